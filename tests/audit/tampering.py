"""Nine ways to rewrite a trace, for who has the database to themselves.

Each takes what stands in the chain and gives back the statements that forge it. The last three
make every link anew, so that the chain is whole again: only an anchor kept elsewhere tells.
"""

from dataclasses import dataclass, replace

from wfh_desktop.domain import chain

OVERRIDING = "/* OVERRIDING SYSTEM VALUE */ "  # only a server understands it
COLUMNS = ("seq", "at", "who", "unit_id", "tab", "pk", "op", "txid", "addr", "payload")


@dataclass(frozen=True)
class Row:
    """A sealed change, as text where the chain takes text."""

    seal: int
    hash: str
    seq: int
    at: str
    who: str
    unit_id: str
    tab: str
    pk: str
    op: str
    txid: str
    addr: str
    payload: str

    @property
    def rest(self):
        return "\x1f".join(str(getattr(self, name)) for name in COLUMNS).encode()


def read(place):
    """Return the chain as it stands, with the moments as the chain writes them."""
    at = (
        "to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
        if place.shared
        else "replace(c.at, ' ', 'T')"
    )
    unit = "coalesce(CAST(c.unit_id AS text), '')"
    names = ", ".join(f"c.{name}" for name in COLUMNS[4:])
    return [
        Row(*row)
        for row in place.rows(
            f"SELECT s.seal, s.hash, c.seq, {at}, c.who, {unit}, {names} "
            "FROM seal s JOIN change c ON c.seq = s.seq ORDER BY s.seal"
        )
    ]


def linked(rows):
    """Return *rows* with links of their own, numbered from one."""
    before, made = chain.BEGINNING, []
    for number, row in enumerate(rows, start=1):
        before = chain.link(before, number, row.rest)
        made.append(replace(row, seal=number, hash=before))
    return made


def payload(rows, at, dice):
    text = rows[at].payload
    where = dice.randrange(len(text))
    forged = text[:where] + chr(ord("a") + dice.randrange(26)) + text[where + 1 :]
    if forged == text:
        forged = text + " "
    return [("UPDATE change SET payload = ? WHERE seq = ?", (forged, rows[at].seq))]


def who(rows, at, dice):
    return [("UPDATE change SET who = 'p_lain' WHERE seq = ?", (rows[at].seq,))]


def moment(rows, at, dice):
    moved = f"2020-01-0{1 + dice.randrange(9)} 01:02:03.000000"
    return [("UPDATE change SET at = ? WHERE seq = ?", (moved, rows[at].seq))]


def removed(rows, at, dice):
    return [
        ("DELETE FROM seal WHERE seq = ?", (rows[at].seq,)),
        ("DELETE FROM change WHERE seq = ?", (rows[at].seq,)),
    ]


def swapped(rows, at, dice):
    other = (at + 1 + dice.randrange(len(rows) - 1)) % len(rows)
    one, two = rows[at], rows[other]
    return [
        ("UPDATE seal SET seq = -1 WHERE seal = ?", (one.seal,)),
        ("UPDATE seal SET seq = ? WHERE seal = ?", (one.seq, two.seal)),
        ("UPDATE seal SET seq = ? WHERE seal = ?", (two.seq, one.seal)),
    ]


def inserted(rows, at, dice):
    """Put a change of one's own among those sealed long ago."""
    forged = max(row.seq for row in rows) + 1
    return [
        _copied(rows[at].seq, forged),
        ("DELETE FROM seal WHERE seal > ?", (rows[at].seal,)),
        ("INSERT INTO seal VALUES (?, ?, ?)", (rows[at].seal + 1, forged, rows[at].hash)),
        *(
            ("INSERT INTO seal VALUES (?, ?, ?)", (row.seal + 1, row.seq, row.hash))
            for row in rows[at + 1 :]
        ),
    ]


def cut(rows, at, dice):
    gone = rows[at:]
    return [
        *(("DELETE FROM seal WHERE seal = ?", (row.seal,)) for row in gone),
        *(("DELETE FROM change WHERE seq = ?", (row.seq,)) for row in gone),
    ]


def rehashed(rows, at, dice):
    """Change one row and make all links anew."""
    forged = [*rows]
    forged[at] = replace(rows[at], pk=f"{rows[at].pk}9")
    return [
        ("UPDATE change SET pk = ? WHERE seq = ?", (forged[at].pk, forged[at].seq)),
        *(
            ("UPDATE seal SET hash = ? WHERE seal = ?", (row.hash, row.seal))
            for row in linked(forged)[at:]
        ),
    ]


def replaced(rows, at, dice):
    """Throw the whole trace away and write another of the same length."""
    forged = linked([replace(row, payload='{"old":null,"new":null}') for row in rows])
    return [
        ("UPDATE change SET payload = ?", (forged[0].payload,)),
        *(("UPDATE seal SET hash = ? WHERE seal = ?", (row.hash, row.seal)) for row in forged),
    ]


def _copied(seq, forged):
    """Return a statement that adds a copy of a change under another number."""
    names = ", ".join(name for name in COLUMNS if name not in ("seq", "pk"))
    return (
        f"INSERT INTO change (seq, pk, {names}) {OVERRIDING}SELECT ?, '999999', {names} "
        "FROM change WHERE seq = ?",
        (forged, seq),
    )


KINDS = (payload, who, moment, removed, swapped, inserted, cut, rehashed, replaced)
NEED_AN_ANCHOR = (cut, rehashed, replaced)
