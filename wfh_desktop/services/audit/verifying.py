"""Making the whole chain anew, to find out whether anybody rewrote the trace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Result, bindparam, func, select, text

from wfh_desktop.domain import chain
from wfh_desktop.domain.chain import Anchor, Broken, Fault, Sealed
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.links import REST
from wfh_desktop.persistence.models import Change
from wfh_desktop.persistence.models.audit import Seal
from wfh_desktop.persistence.models.base import Instant

AT_ONCE = 5_000  # rows fetched in one go
LATE = 120  # seconds after which a change should be sealed

_CHAIN = {
    "sqlite": text(
        f"SELECT s.seal, CAST(s.hash AS BLOB), s.seq, {REST['sqlite']} "  # noqa: S608 - constants
        "FROM seal s LEFT JOIN change c ON c.seq = s.seq ORDER BY s.seal"
    ),
    "postgresql": text(
        "SELECT s.seal, s.hash, s.seq, "  # noqa: S608 - constants
        f"CASE WHEN c.seq IS NOT NULL THEN {REST['postgresql']} END "
        "FROM audit.seal s LEFT JOIN audit.change c ON c.seq = s.seq ORDER BY s.seal"
    ),
}
_AGE = {  # by the clock that wrote the moment
    name: text(query).bindparams(bindparam("oldest", type_=Instant()))
    for name, query in (
        ("sqlite", "SELECT (julianday('now') - julianday(:oldest)) * 86400"),
        ("postgresql", "SELECT extract(epoch FROM clock_timestamp() - :oldest)"),
    )
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is left of the chain, and what waits to be sealed.

    *what* names the record and *at* the moment of the change at which the chain breaks, as far
    as the database still knows them.
    """

    links: int
    head: Anchor | None
    broken: Broken | None
    what: str
    at: datetime | None
    unsealed: int
    age: int  # seconds since the oldest change without a seal

    @property
    def sound(self) -> bool:
        """Whether nothing was changed that was once sealed."""
        return self.broken is None

    @property
    def late(self) -> bool:
        """Whether sealing does not keep up, so that what is new could still be changed unseen."""
        return self.age > LATE


def verify(work: Work, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Make every link anew and compare it; every one of *anchors* has to be in the chain.

    On a server only who may read everything can do that.
    """
    with closing(_chain(work)) as rows:  # a chain that is broken is not read to its end
        walked = chain.walk(map(_sealed, rows), anchors)
    unsealed, lowest, age = _unsealed(work)
    broken = walked.broken or _inserted(work, lowest)
    there = work.session.get(Change, broken.seq) if broken and broken.seq else None
    return Verdict(
        links=walked.links,
        head=walked.head,
        broken=broken,
        what=f"{there.tab}:{there.pk}" if there else "",
        at=there.at if there else None,
        unsealed=unsealed,
        age=age,
    )


def _chain(work: Work) -> Result[Any]:
    engine = "postgresql" if work.shared else "sqlite"
    return work.session.execute(_CHAIN[engine], execution_options={"yield_per": AT_ONCE})


def _sealed(row: Sequence[Any]) -> Sealed:
    seal, hash_, seq, rest = row
    return Sealed(seal, _bytes(hash_), seq, rest if rest is None else _bytes(rest))


def _bytes(value: str | bytes) -> bytes:
    """Return text as bytes; an SQLite file may hold what is no text at all."""
    return value.encode() if isinstance(value, str) else value


def _unsealed(work: Work) -> tuple[int, int | None, int]:
    """Return how many changes have no seal, the first of them, and its age in seconds."""
    sealed = select(Seal.seq).where(Seal.seq == Change.seq).exists()
    query = select(func.count(), func.min(Change.seq), func.min(Change.at)).where(~sealed)
    count, lowest, oldest = work.session.execute(query).one()
    if oldest is None:
        return 0, None, 0
    engine = "postgresql" if work.shared else "sqlite"
    age = work.session.scalar(_AGE[engine], {"oldest": oldest}) or 0
    return count, lowest, max(round(age), 0)


def _inserted(work: Work, lowest: int | None) -> Broken | None:
    """In a file changes are sealed in their order; a server seals late what is committed late."""
    if lowest is None or work.shared:
        return None
    follows = select(Seal).where(Seal.seq > lowest).order_by(Seal.seq).limit(1)
    after = work.session.scalar(follows)
    return Broken(Fault.INSERTED, after.seal, lowest) if after else None
