"""Making a backup, listing those there are, and letting old ones go.

A database that is open is never copied as a file: of 25 such copies under load 22 were corrupt.
SQLite's backup copies page by page on a connection of the application itself, inside a
transaction that only reads: writers wait at their commit meanwhile, so the copy is of one
moment and never begins anew.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from shutil import disk_usage
from typing import Protocol

from sqlalchemy import Engine

from wfh_desktop.domain import backups
from wfh_desktop.domain.backups import Kept, Reason, State
from wfh_desktop.domain.errors import Unreadable, Unwritable
from wfh_desktop.persistence.backup import checking, journal
from wfh_desktop.persistence.backup.checking import Progress, silent
from wfh_desktop.persistence.backup.journal import Note
from wfh_desktop.persistence.files import put, spare, writing

PAGES = 256  # copied between two looks at whether to go on: 1 MB
ROOM = 10_000_000  # bytes that stay free on the disk, for the database itself
CHANGES = slice(24, 28)  # of the header of an SQLite file: how often it was changed


class Open(Protocol):
    """A database that is open."""

    @property
    def engine(self) -> Engine:
        """Its connections."""


@dataclass(frozen=True)
class Backup:
    """A copy of the database as it was at one moment."""

    path: Path
    moment: datetime
    why: Reason
    size: int
    note: Note

    @property
    def id(self) -> str:
        """The name by which a list knows it again."""
        return self.path.name

    @property
    def kept(self) -> Kept:
        """What the rule of thinning looks at."""
        return Kept(self.moment, self.why)


def file_of(database: Open) -> Path | None:
    """Return the file of an open database; None for a server or a database in memory."""
    url = database.engine.url
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database)).expanduser().absolute()


def folder_of(database: Path) -> Path:
    """Return where the backups of a database file lie, beside it."""
    return database.with_name(f"{database.stem}-cadangan")


def make(
    database: Open,
    folder: Path,
    why: Reason,
    *,
    now: datetime | None = None,
    progress: Progress = silent,
) -> Backup:
    """Copy, check and store; return the backup. Old good ones go only if it is good.

    Raises `Unwritable` if it cannot be stored, and `Unreadable` if the database is damaged:
    then nothing is stored, so that bad copies never push out good ones.
    """
    source = file_of(database)
    assert source is not None
    now = now or datetime.now(UTC)
    with writing(folder / "x"):
        folder.mkdir(parents=True, exist_ok=True)
    path = _free_name(folder / backups.file_name(source.stem, Kept(now, why)))
    if disk_usage(folder).free < source.stat().st_size + ROOM:
        raise Unwritable("full", path.name)
    counter = changes(source)
    with writing(path), spare(path) as temporary:
        _copy(database.engine, temporary, progress)
        verdict = checking.check(temporary, progress)
        if verdict.damage:
            raise Unreadable("database_damaged", source.name)
        note = Note(verdict.state, now, digest(temporary), verdict.contradictions, counter)
        put(temporary, path)
    journal.change(folder, lambda book: book.noting(path.name, note))
    thin(folder, source.stem, now, note.state)
    return _backup(path, Kept(now.replace(microsecond=0), why), note)


def listing(folder: Path, database: str = "") -> list[Backup]:
    """Return the backups in *folder*, the newest first; of *database* only, if it is given."""
    notes = journal.read(folder)
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            named = backups.read_name(path.name)
            if named and database in {"", named[0]} and path.is_file():
                with suppress(OSError):  # gone meanwhile
                    found.append(_backup(path, named[1], notes.note(path.name)))
    return sorted(found, key=lambda one: (one.moment, one.path.name), reverse=True)


def newest_good(folder: Path, database: str = "") -> Backup | None:
    """Return the newest backup that was found good, or else the newest that nobody checked."""
    there = listing(folder, database)
    for wanted in (State.GOOD, State.UNKNOWN, State.SUSPECT):
        for one in there:
            if one.note.state is wanted:
                return one
    return None


def check(backup: Backup, progress: Progress = silent) -> Backup:
    """Read all of a backup again and note what was found."""
    verdict = checking.check(backup.path, progress)
    folder, name = backup.path.parent, backup.path.name
    known = journal.read(folder).note(name)
    found = digest(backup.path)
    state, faults = verdict.state, verdict.damage + verdict.contradictions
    if known.sha256 and known.sha256 != found:
        state, faults = State.DAMAGED, ("sha256", *faults)

    def noting(book: journal.Journal) -> journal.Journal:
        note = replace(book.note(name), state=state, checked=datetime.now(UTC), faults=faults)
        return book.noting(name, replace(note, sha256=known.sha256 or found))

    book = journal.change(folder, noting)
    return replace(backup, note=book.note(name))


def thin(folder: Path, database: str, now: datetime, state: State = State.GOOD) -> list[str]:
    """Let old backups of one *state* go as the rule says; return their names.

    Those of another state are left alone: a suspect one never pushes out a good one.
    """
    alike = [one for one in listing(folder, database) if one.note.state is state]
    stay = backups.keep((one.kept for one in alike), now)
    gone = [one.path for one in alike if one.kept not in stay]
    for path in gone:
        with suppress(OSError):
            path.unlink()
    if gone:
        journal.change(folder, lambda book: book.without({path.name for path in gone}))
    return [path.name for path in gone]


def changes(path: Path) -> int:
    """Return how often the database file was changed; it grows with every commit."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(CHANGES.stop)[CHANGES])


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _copy(engine: Engine, target: Path, progress: Progress) -> None:
    def report(_: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    with engine.connect() as connection, closing(sqlite3.connect(target)) as copy:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # hold this moment
        copy.execute("PRAGMA journal_mode = OFF")  # a copy that fails is thrown away
        copy.execute("PRAGMA synchronous = OFF")  # `put` waits for the disk, once
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy, pages=PAGES, progress=report)


def _free_name(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _backup(path: Path, kept: Kept, note: Note) -> Backup:
    return Backup(path, kept.moment, kept.why, path.stat().st_size, note)
