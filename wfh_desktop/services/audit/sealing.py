"""Adding links to the chain, and asking for them."""

from __future__ import annotations

from sqlalchemy import insert, text

from wfh_desktop.domain import chain
from wfh_desktop.domain.chain import Anchor
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.links import REST
from wfh_desktop.persistence.models import Installation
from wfh_desktop.persistence.models.audit import Seal

AT_ONCE = 5_000  # changes in one go

_UNSEALED = text(
    f"SELECT c.seq, {REST['sqlite']} FROM change c "  # noqa: S608 - nothing in it comes from outside
    "WHERE c.seq > (SELECT coalesce(max(s.seq), 0) FROM seal s) ORDER BY c.seq LIMIT :most"
)
_LAST = text("SELECT seal, hash FROM seal ORDER BY seal DESC LIMIT 1")


def seal(work: Work) -> int:
    """Add a link for each change that has none yet; return how many.

    A server does it itself, one client at a time: where another one is at it, there is nothing
    left to do. In a file nobody else works at the same time.
    """
    done = 0
    step = _seal_on_server if work.shared else _seal_here
    while sealed := step(work):
        done += sealed
    return done


def head(work: Work) -> Anchor | None:
    """Return the last link of the chain; None before the first."""
    last = text("SELECT seal, hash FROM audit.head()") if work.shared else _LAST
    row = work.session.execute(last).one_or_none()
    return Anchor(row[0], row[1]) if row and row[0] else None


def holds(work: Work, anchor: Anchor) -> bool:
    """Tell whether the chain still has the link that *anchor* remembers."""
    if work.shared:
        found = work.session.scalar(text("SELECT audit.hash_of(:seal)"), {"seal": anchor.seal})
    else:
        found = work.session.scalar(
            text("SELECT hash FROM seal WHERE seal = :seal"), {"seal": anchor.seal}
        )
    return bool(found) and anchor.agrees(found)


def installation(work: Work) -> str:
    """Return by which name this database is known, wherever it is copied to; it may have none."""
    there = work.session.get(Installation, 1)
    return there.install_id if there else ""


def _seal_on_server(work: Work) -> int:
    return work.session.scalar(text("SELECT audit.seal_now(:most)"), {"most": AT_ONCE}) or 0


def _seal_here(work: Work) -> int:
    rows = work.session.execute(_UNSEALED, {"most": AT_ONCE}).all()
    last = head(work)
    number, before = (last.seal, last.hash) if last else (0, chain.BEGINNING)
    links = []
    for seq, rest in rows:
        number += 1
        before = chain.link(before, number, rest)
        links.append({"seal": number, "seq": seq, "hash": before})
    if links:  # by the connection: the chain is not a change that somebody made
        work.session.connection().execute(insert(Seal.__table__), links)  # type: ignore[arg-type]
    return len(links)
