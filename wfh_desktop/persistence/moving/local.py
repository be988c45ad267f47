"""A file of one user as the source or the target of a move."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from wfh_desktop.domain.errors import Unreadable, Unwritable
from wfh_desktop.domain.moves import Finding
from wfh_desktop.persistence import guards, places, schema
from wfh_desktop.persistence.backup.rescue import lock_of
from wfh_desktop.persistence.files import put, writing
from wfh_desktop.persistence.lock import FileLock
from wfh_desktop.persistence.models.audit import Installation
from wfh_desktop.persistence.moving.rows import Kind, Row, Shape, Unfit, copied, shapes, spelled
from wfh_desktop.persistence.moving.sides import Mark
from wfh_desktop.persistence.tracing import TRACES

WHOLE = 2**31 - 1
PROGRESS = "moving_progress"
INSTALLATION = next(one for one in shapes() if one.name == Installation.__tablename__)


class _File:
    """Reading the tables of a file."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    def count(self, shape: Shape) -> int:
        """Return the number of rows of a table."""
        query = f'SELECT count(*) FROM "{shape.name}"'  # noqa: S608 - a table of our own
        return int(self.connection.execute(query).fetchone()[0])

    def rows(self, shape: Shape, after: int = 0) -> Iterator[Row]:
        """Yield the rows behind the one numbered *after*; raise `Unreadable` for an odd one."""
        columns = ", ".join(f'"{one}"' for one in shape.columns)
        query = (
            f'SELECT {columns} FROM "{shape.name}" '  # noqa: S608 - names of our own
            f'WHERE "{shape.key}" > ? ORDER BY "{shape.key}"'
        )
        last: object = after
        try:
            for row in spelled(shape, self.connection.execute(query, (after,))):
                last = row[shape.key_at]
                yield row
        except Unfit as odd:
            column = shape.columns[odd.number]
            raise Unreadable("move_unfit", shape.name, column, f"> {last}") from odd


class FileSource(_File):
    """A file that nobody else has open, read in one transaction and never written."""

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        """Open *path*; *alone* says that the caller keeps others out of it.

        Raises `Unreadable`: in use, not closed well, damaged, or of another version.
        """
        if not path.is_file():
            raise Unreadable("missing", path.name)
        self._lock = None if alone else FileLock.take(lock_of(path))
        if not alone and self._lock is None:
            raise Unreadable("database_in_use", path.name)
        try:
            journal = path.with_name(f"{path.name}-journal")
            if journal.exists() and journal.stat().st_size:
                raise Unreadable("move_unclean", path.name)
            self._proof = _digest(path)
            super().__init__(path, _read_only(path))
            self._require_sound()
        except BaseException:
            self.close()
            raise

    def _require_sound(self) -> None:
        try:
            self.connection.execute("BEGIN")
            _require_current(self.connection, self.path)
            broken = self.connection.execute("PRAGMA foreign_key_check").fetchone()
            pages = self.connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise Unreadable("database_damaged", self.path.name) from error
        if broken or pages != "ok":
            raise Unreadable("database_damaged", self.path.name)
        for shape in shapes():
            self._require_fit(shape)

    def _require_fit(self, shape: Shape) -> None:
        """Raise `Unreadable` for the first value that no server could keep."""
        for column, kind, length in zip(shape.columns, shape.kinds, shape.lengths, strict=True):
            wrong = _wrong(column, kind, length)
            if not wrong:
                continue
            query = f'SELECT "{shape.key}" FROM "{shape.name}" WHERE {wrong} LIMIT 1'  # noqa: S608
            if found := self.connection.execute(query).fetchone():
                raise Unreadable("move_unfit", shape.name, column, found[0])

    def unharmed(self) -> str:
        """Return the SHA-256 of the file, which is the one that it had at the start."""
        if _digest(self.path) != self._proof:
            raise Unreadable("move_source_changed", self.path.name)
        return self._proof

    def close(self) -> None:
        """Let others in again."""
        if hasattr(self, "connection"):
            self.connection.close()
        if self._lock:
            self._lock.release()


def _wrong(column: str, kind: Kind, length: int | None) -> str:
    """Return the condition under which a value of SQLite does not fit into a server's column."""
    match kind:
        case Kind.WHOLE if column not in {"seq", "seal", "txid"}:
            return f'abs("{column}") > {WHOLE}'
        case Kind.TEXT | Kind.JSON:
            long = f'length("{column}") > {length} OR ' if length else ""
            odd = f"typeof(\"{column}\") NOT IN ('text', 'null')"
            return f'{long}{odd} OR instr("{column}", char(0)) > 0'
    return ""


class FileTarget(_File):
    """A file that takes its name only when it is whole; until then it lies beside it."""

    def __init__(self, path: Path) -> None:
        """Lock *path*; raise `Unreadable` if a database with rows is there already."""
        places.refuse(path)
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock.take(lock_of(path))
        if self._lock is None:
            raise Unreadable("database_in_use", path.name)
        self._target = path
        self._unfinished = path.with_name(f"{path.name}.pindahan")
        self._journal = path.with_name(f"{path.name}.pindahan-journal")
        try:
            there = path.exists() and path.stat().st_size > 0
            self.complete = there and _has_rows(path)
            super().__init__(path, _opened(path if self.complete else self._unfinished))
        except BaseException:
            self._lock.release()
            raise

    complete = False

    def begin(self, source: str) -> Mapping[str, Mark]:
        """Make the tables, or find how far the same move came."""
        connection = self.connection
        if not _has_table(connection, PROGRESS):
            connection.close()
            self._unfinished.unlink(missing_ok=True)
            with writing(self._unfinished):
                self.connection = connection = _made(self._unfinished, source)
        started = connection.execute(f"SELECT source FROM {PROGRESS} WHERE tab = ''").fetchone()  # noqa: S608
        if started != (source,):
            raise Unreadable("move_other_source", self.path.name)
        rows = connection.execute(f"SELECT tab, last, rows, digest FROM {PROGRESS} WHERE tab <> ''")  # noqa: S608
        return {tab: Mark(*mark) for tab, *mark in rows}

    def write(self, shape: Shape, rows: Sequence[Row], mark: Mark) -> None:
        """Store rows and the new mark of their table, both or neither."""
        columns = ", ".join(f'"{one}"' for one in shape.columns)
        places_ = ", ".join("?" * len(shape.columns))
        insert = f'INSERT INTO "{shape.name}" ({columns}) VALUES ({places_})'  # noqa: S608
        note = f"INSERT OR REPLACE INTO {PROGRESS} VALUES (?, '', ?, ?, ?)"  # noqa: S608
        with writing(self._unfinished), self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.executemany(insert, rows)
            self.connection.execute(note, (shape.name, mark.last, mark.rows, mark.digest))

    def restart(self) -> None:
        """Throw away what an unfinished move has left."""
        if self.complete:
            return
        self.connection.close()
        self._unfinished.unlink(missing_ok=True)
        self.connection = _opened(self._unfinished)

    def finish(self, installation: Row) -> None:
        """Put the guards back, look at everything once more, and give the file its name."""
        places_ = ", ".join("?" * len(installation))
        insert = f"INSERT INTO {INSTALLATION.name} VALUES ({places_})"  # noqa: S608
        with writing(self._unfinished), self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute(insert, installation)
            for trigger in guards.SQLITE:
                self.connection.execute(trigger)
            self.connection.execute(f"DROP TABLE {PROGRESS}")
        broken = self.connection.execute("PRAGMA foreign_key_check").fetchone()
        pages = self.connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if broken or pages != "ok":
            raise Unwritable("copy_differs", str(self._unfinished))
        self.connection.close()
        with writing(self._target):
            put(self._unfinished, self._target)
        self._journal.unlink(missing_ok=True)
        self.connection = _opened(self._target)
        self.complete = True

    def findings(self) -> Sequence[Finding]:
        """Return nothing: a file has no rights to look after."""
        return ()

    def close(self) -> None:
        """Let others in."""
        self.connection.close()
        if not self.complete:
            with suppress(OSError):
                if self._unfinished.stat().st_size == 0:
                    self._unfinished.unlink()
        if self._lock:
            self._lock.release()


def _made(path: Path, source: str) -> sqlite3.Connection:
    """Return a new file with all tables, without guards and without its declaration."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    schema.upgrade(engine)
    with engine.begin() as connection:
        guards.remove(connection)
        for table in (*TRACES, INSTALLATION.name):  # of the making of the file itself
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - a table of our own
    engine.dispose()
    made = _opened(path)
    with made:
        made.execute("BEGIN")
        made.execute(
            f"CREATE TABLE {PROGRESS} (tab TEXT PRIMARY KEY, source TEXT, last INTEGER, "
            "rows INTEGER, digest TEXT)"
        )
        made.execute(f"INSERT INTO {PROGRESS} VALUES ('', ?, 0, 0, '')", (source,))  # noqa: S608
    return made


def _opened(path: Path) -> sqlite3.Connection:
    """Return a connection that writes for good: a kill leaves all of a batch or nothing."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode = TRUNCATE", "synchronous = FULL", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )


def _require_current(connection: sqlite3.Connection, path: Path) -> None:
    found = (
        _has_table(connection, "alembic_version")
        and connection.execute("SELECT version_num FROM alembic_version").fetchone()
    )
    if not found:
        raise Unreadable("database_damaged", path.name)
    if found[0] not in schema.revisions():
        raise Unreadable("database_newer", path.name)
    if found[0] != schema.revisions()[-1]:
        raise Unreadable("move_older", path.name)


def _has_rows(path: Path) -> bool:
    connection = _read_only(path)
    try:
        found = [
            connection.execute(f'SELECT 1 FROM "{one.name}" LIMIT 1').fetchone()  # noqa: S608
            for one in copied()
            if one.name not in TRACES
        ]
    except sqlite3.DatabaseError:
        return True  # not ours, so nothing to write over
    finally:
        connection.close()
    return any(found)


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (name,)).fetchone() is not None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
