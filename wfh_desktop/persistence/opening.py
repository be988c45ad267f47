"""Opening a database: alone and at the current schema, or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, make_url
from sqlalchemy.exc import DBAPIError

from wfh_desktop.domain.backups import Reason
from wfh_desktop.domain.errors import Refusal, Unreadable, Unwritable
from wfh_desktop.domain.people import Actor
from wfh_desktop.persistence import entering, pin, places, refusals, schema
from wfh_desktop.persistence.backup import folder_of, make, rescue
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.lock import FileLock


@dataclass(frozen=True)
class Opened:
    """An open database, and the lock that keeps other processes out of its file."""

    database: Database
    lock: FileLock | None
    actor: Actor | None = None  # who signed in to a shared database

    @property
    def name(self) -> str:
        """What users call it: "wfh.db", or "kominfo (server)"."""
        return _name(self.database)

    def close(self) -> None:
        """Close all connections, then let others in."""
        self.database.engine.dispose()
        if self.lock:
            self.lock.release()


def open_database(url: str, password: str = "") -> Opened:
    """Open *url*, creating or upgrading an SQLite file as needed.

    An older file is backed up before it is upgraded. Raises `Unreadable`: the file is in use by
    another process, damaged, gone, out of reach, in a place where it would come to harm, written
    by a newer version of the application, or asks for its PIN, which is then the *password*. A
    server's database is never changed by opening it; why it cannot be entered, `entering` says.
    """
    if make_url(url).get_backend_name() == "postgresql":
        return _enter(url, password)
    path = sqlite_path(url)
    if path:
        places.refuse(path)
        pin.require(path, password)
    lock = _lock(path) if path else None
    opened = Opened(Database(url), lock)
    try:
        _mark(path, lock)
        _bring_up_to_date(opened.database, path)
    except DBAPIError as error:
        opened.close()
        raise _refusal(error, path, _name(opened.database)) from error
    except BaseException:
        opened.close()
        raise
    return opened


def _enter(url: str, password: str) -> Opened:
    database = Database(url, password)
    try:
        return Opened(database, None, entering.enter(database))
    except BaseException:
        database.engine.dispose()
        raise


def open_restored(backup: Path, path: Path) -> Opened:
    """Put *backup* in the place of the file *path*, which nobody has open, then open it."""
    rescue.put_in_place(backup, path)
    return open_database(f"sqlite:///{path}")


def sqlite_path(url: str) -> Path | None:
    """Return the file behind *url*; None for a server or a database in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database)).expanduser().absolute()


def _lock(path: Path) -> FileLock:
    rescue.require_present(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock.take(rescue.lock_of(path))
        if lock and not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # nobody else's business
    except OSError as error:
        raise Unreadable("database_unreachable", str(path)) from error
    if lock is None:
        raise Unreadable("database_in_use", path.name)
    return lock


def _mark(path: Path | None, lock: FileLock | None) -> None:
    """Look at the pages first, if the last process did not close the file."""
    if path and lock:
        if lock.unclean:
            rescue.require_sound(path)
        lock.mark()


def _bring_up_to_date(database: Database, path: Path | None) -> None:
    match schema.state(database.engine):
        case schema.State.NEWER:
            raise Unreadable("database_newer", _name(database))
        case schema.State.CURRENT:
            return
        case schema.State.OLDER if path is not None:
            make(database, folder_of(path), Reason.UPGRADE)
        case schema.State.EMPTY if inspect(database.engine).get_table_names():
            raise Unreadable("database_damaged", _name(database))  # somebody else's tables
    database.engine.dispose()
    schema.upgrade(database.engine)


def _refusal(error: DBAPIError, path: Path | None, name: str) -> Refusal:
    refusal = refusals.refusal(error, name)
    if isinstance(refusal, Unreadable) and path:
        return rescue.damaged(path)
    if isinstance(refusal, Unwritable) and refusal.code in {"database_full", "database_failed"}:
        return refusal
    return refusal if isinstance(refusal, Unreadable) else Unreadable("database_unreachable", name)


def _name(database: Database) -> str:
    if database.shared:
        return entering.called(database)
    return Path(database.engine.url.database or "").name
