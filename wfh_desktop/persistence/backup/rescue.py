"""A database that is damaged or gone: what may be offered, and putting it right."""

from __future__ import annotations

from pathlib import Path

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.persistence.backup import checking, making, restoring
from wfh_desktop.persistence.backup.making import Backup
from wfh_desktop.persistence.files import writing
from wfh_desktop.persistence.lock import FileLock

OFFERED = frozenset({"database_damaged_with_backup", "database_lost_with_backup"})


def require_present(path: Path) -> None:
    """Raise `Unreadable` if *path* is gone or empty although it has backups.

    Whoever lost a file must not find an empty office in its place.
    """
    lost = not path.exists() or (path.is_file() and path.stat().st_size == 0)
    if lost and (newest := _newest(path)):
        raise _offer("database_lost_with_backup", path, newest)


def require_sound(path: Path) -> None:
    """Raise `Unreadable` if the pages of *path* do not hang together."""
    if not checking.quick_check(path):
        raise damaged(path)


def damaged(path: Path) -> Unreadable:
    """Return what to say of a damaged file: with its newest good backup, if there is one."""
    newest = _newest(path)
    if newest is None:
        return Unreadable("database_damaged", path.name)
    return _offer("database_damaged_with_backup", path, newest)


def rescue(path: Path) -> Backup:
    """Put the newest good backup in the place of *path*, which nobody has open.

    Of several the newest that still passes its check. The damaged file is kept. Raises
    `Unreadable` if there is none or the file is in use.
    """
    backup = _passing(path)
    put_in_place(backup.path, path)
    return backup


def put_in_place(backup: Path, path: Path) -> Path | None:
    """Restore *backup* to *path*, if nobody has it open; return where the former file is kept."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock.take(lock_of(path))
    if lock is None:
        raise Unreadable("database_in_use", path.name)
    try:
        aside = restoring.restore(backup, path)
        lock.mark()  # so that releasing it says that the file is as good as new
    finally:
        lock.release()
    return aside


def lock_of(path: Path) -> Path:
    """Return the file whose lock keeps other processes out of the database *path*."""
    return path.with_name(f"{path.name}.lock")


def _passing(path: Path) -> Backup:
    for backup in making.listing(making.folder_of(path), path.stem):
        if not checking.check(backup.path).damage:
            return backup
    raise Unreadable("no_backup", path.name)


def _newest(path: Path) -> Backup | None:
    return making.newest_good(making.folder_of(path), path.stem)


def _offer(code: str, path: Path, newest: Backup) -> Unreadable:
    moment = newest.moment.astimezone()
    return Unreadable(code, path.name, f"{moment:%d-%m-%Y %H.%M}", newest.path.name, str(path))
