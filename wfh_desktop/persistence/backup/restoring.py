"""Putting a backup in the place of the database, and trying every month whether that works."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine

from wfh_desktop.domain.backups import State
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.persistence import schema
from wfh_desktop.persistence.backup import checking, journal, making
from wfh_desktop.persistence.backup.checking import Progress, silent
from wfh_desktop.persistence.files import put, spare, sync, sync_folder, writing


def restore(backup: Path, target: Path, progress: Progress = silent) -> Path | None:
    """Put *backup* in the place of *target*; return where the replaced file is kept.

    Nobody may have *target* open. At every moment there is a whole file in its place: the one
    before or the restored one, never an empty one. Raises `Unreadable` if the backup is damaged
    or of a newer version, and `Unwritable`.
    """
    require_good(backup, progress)
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with spare(target) as temporary:
            shutil.copyfile(backup, temporary)
            if making.digest(temporary) != making.digest(backup):
                raise Unreadable("backup_damaged", backup.name)
            aside = _set_aside(target)
            put(temporary, target)
    return aside


def require_good(backup: Path, progress: Progress = silent) -> None:
    """Raise `Unreadable` if *backup* cannot be restored."""
    if not backup.is_file():
        raise Unreadable("missing", backup.name)
    known = journal.read(backup.parent).note(backup.name).sha256
    if checking.check(backup, progress).damage or (known and making.digest(backup) != known):
        raise Unreadable("backup_damaged", backup.name)
    if not (version := checking.version(backup)):
        raise Unreadable("backup_damaged", backup.name)
    if not checking.known(version):
        raise Unreadable("database_newer", backup.name)


def trial(folder: Path, database: str, *, now: datetime | None = None) -> State:
    """Restore the newest backup into an empty folder, bring it up to date and check it again.

    What came of it is noted in the journal.
    """
    newest = making.newest_good(folder, database)
    if newest is None:
        return State.UNKNOWN
    try:
        with TemporaryDirectory(prefix="wfh-uji-") as name:
            outcome = _try(newest.path, Path(name) / "uji.db")
    except (Unreadable, sqlite3.DatabaseError):
        outcome = State.DAMAGED
    moment = now or datetime.now(UTC)
    journal.change(folder, lambda book: replace(book, trial=outcome, trial_at=moment))
    return outcome


def _try(backup: Path, target: Path) -> State:
    restore(backup, target)
    engine = create_engine(f"sqlite:///{target}")
    try:
        if schema.state(engine) is schema.State.OLDER:
            engine.dispose()
            schema.upgrade(engine)
    finally:
        engine.dispose()
    return checking.check(target).state


def _set_aside(target: Path) -> Path | None:
    """Keep what *target* is now under another name, together with its journal.

    A journal left behind would be played back into the restored file and ruin it; hence the
    database is asked to play it back first, and whatever remains of it goes along.
    """
    if not target.exists() or target.stat().st_size == 0:
        return None
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(target)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("SELECT count(*) FROM sqlite_master")
    aside = _name_aside(target)
    _copy_or_link(target, aside)
    for ending in ("-journal", "-wal", "-shm"):
        left = Path(f"{target}{ending}")
        if left.exists():
            if left.stat().st_size:
                shutil.copyfile(left, f"{aside}{ending}")
                sync(Path(f"{aside}{ending}"))
            sync_folder(aside.parent)
            left.unlink()
    sync_folder(aside.parent)
    return aside


def _name_aside(target: Path) -> Path:
    moment, number = datetime.now(UTC).strftime("%Y%m%d-%H%M%S"), 1
    aside = target.with_name(f"{target.stem}-diganti-{moment}{target.suffix}")
    while aside.exists():
        number += 1
        aside = target.with_name(f"{target.stem}-diganti-{moment}-{number}{target.suffix}")
    return aside


def _copy_or_link(target: Path, aside: Path) -> None:
    """Give the file a second name, which costs no room; or copy it where there are none."""
    try:
        os.link(target, aside)
    except OSError:
        shutil.copyfile(target, aside)
        sync(aside)
