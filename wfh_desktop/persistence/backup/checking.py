"""Whether a database file is whole, and whether what it says agrees with itself.

`integrity_check` knows nothing of the field: a file may be sound and still lack the digest of
a locked month. Hence the questions of `AGREES`, each of which counts what is wrong.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from wfh_desktop.domain import chain
from wfh_desktop.domain.backups import State
from wfh_desktop.domain.chain import Sealed
from wfh_desktop.persistence import schema
from wfh_desktop.persistence.links import REST
from wfh_desktop.persistence.models import Base, Record

Progress = Callable[[int, int], None]
FIRST_FAULTS = 20  # a damaged file may have thousands
STEPS = 100_000  # of SQLite's machine between two looks at whether to go on

AGREES = {
    "lines": "SELECT count(*) FROM recommendation_line "
    "WHERE recommendation_id NOT IN (SELECT id FROM recommendation)",
    "digest": "SELECT count(*) FROM recommendation "
    "WHERE state = 'dikunci' AND (length(digest) <> 64 OR locked_at IS NULL)",
    "revision": "SELECT count(*) FROM recommendation "
    "WHERE replaces_id NOT IN (SELECT id FROM recommendation WHERE state = 'dikunci')",
    "audit": "SELECT EXISTS (SELECT 1 FROM unit) AND NOT EXISTS (SELECT 1 FROM audit_entry)",
    "papers": "SELECT count(*) FROM printed_paper WHERE NOT draft AND length(content) = 0",
}
# Tables that keep a file beside its SHA-256: the only place where bits that flipped show.
FILES = ("printed_paper", "imported_file", "evidence")


def silent(_done: int, _total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a file: damage makes it useless, contradictions make it suspect."""

    damage: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """The verdict in one word."""
        if self.damage:
            return State.DAMAGED
        return State.SUSPECT if self.contradictions else State.GOOD


def check(path: Path, progress: Progress = silent) -> Verdict:
    """Read all of *path*, without changing it; raise what *progress* raises to stop."""
    stopped: list[BaseException] = []

    def look() -> int:
        try:
            progress(1, 1)
        except BaseException as error:  # SQLite swallows it, so it is kept
            stopped.append(error)
        return len(stopped)

    try:
        with closing(read_only(path)) as connection:
            connection.set_progress_handler(look, STEPS)
            return _verdict(connection)
    except sqlite3.DatabaseError as error:
        if stopped:
            raise stopped[0] from error
        return Verdict(damage=(str(error),))


def quick_check(path: Path) -> bool:
    """Return whether the pages of *path* hang together, after a close that was none.

    Opening it also brings back what a half-written transaction had changed.
    """
    try:
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("PRAGMA quick_check(1)").fetchall()
            return rows == [("ok",)]
    except sqlite3.DatabaseError:
        return False


def version(path: Path) -> str:
    """Return the revision of the schema in *path*; empty if it is not one of ours."""
    try:
        with closing(read_only(path)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        return ""
    return str(row[0]) if row else ""


def read_only(path: Path) -> sqlite3.Connection:
    """Open *path* so that nothing can be written to it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _verdict(connection: sqlite3.Connection) -> Verdict:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    rows = connection.execute(f"PRAGMA integrity_check({FIRST_FAULTS})").fetchall()
    damage = [str(row[0]) for row in rows if row != ("ok",)]
    if not damage:
        broken = connection.execute("PRAGMA foreign_key_check").fetchmany(FIRST_FAULTS)
        damage = [f"{table} {key} -> {parent}" for table, key, parent, _ in broken]
    return Verdict(tuple(damage), () if damage else tuple(_contradictions(connection)))


def _contradictions(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the names of the questions that found something; older schemas answer fewer."""
    tables = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for name, question in AGREES.items():
        if _tables_of(question) <= tables.keys() and connection.execute(question).fetchone()[0]:
            yield name
    for kind in Base.registry.mappers:
        table = kind.local_table.name  # type: ignore[attr-defined]
        if not issubclass(kind.class_, Record) or "version" not in tables.get(table, ""):
            continue
        query = f"SELECT EXISTS (SELECT 1 FROM {table} WHERE version < 1)"  # noqa: S608 - ours
        if connection.execute(query).fetchone()[0]:
            yield f"version:{table}"
    if {"change", "seal"} <= tables.keys() and chain.walk(_links(connection)).broken:
        yield "chain"
    yield from (f"content:{table}" for table in FILES if _flipped(connection, table, tables))


def _links(connection: sqlite3.Connection) -> Iterator[Sealed]:
    rows = connection.execute(
        f"SELECT s.seal, CAST(s.hash AS BLOB), s.seq, {REST['sqlite']} "  # noqa: S608 - constants
        "FROM seal s LEFT JOIN change c ON c.seq = s.seq ORDER BY s.seal"
    )
    return (Sealed(*row) for row in rows)


def _tables_of(question: str) -> set[str]:
    words = question.replace(")", " ").split()
    return {after for word, after in pairwise(words) if word == "FROM"}


def _flipped(connection: sqlite3.Connection, table: str, tables: dict[str, str]) -> bool:
    if table not in tables:
        return False
    rows = connection.execute(f"SELECT sha256, content FROM {table}")  # noqa: S608 - from FILES
    return any(content and sha256(content).hexdigest() != digest for digest, content in rows)


def known(revision: str) -> bool:
    """Return whether this version of the program can open that schema."""
    return revision in schema.revisions()
