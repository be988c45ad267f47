"""The second place: another disk, so that a stolen or broken computer takes not all."""

from __future__ import annotations

import platform
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from wfh_desktop.domain import backups
from wfh_desktop.domain.backups import State
from wfh_desktop.domain.errors import Unwritable
from wfh_desktop.persistence.backup import journal, making
from wfh_desktop.persistence.backup.checking import Progress, silent
from wfh_desktop.persistence.files import put, spare, writing


def choose(folder: Path, place: str) -> None:
    """Remember *place* as the second place; empty: none."""
    with writing(folder / "x"):
        folder.mkdir(parents=True, exist_ok=True)

    def begin(book: journal.Journal) -> journal.Journal:
        fresh = {name: replace(note, second=False) for name, note in book.notes.items()}
        return replace(book, second=place, second_at=None, notes=fresh)

    journal.change(folder, begin)


def there(folder: Path) -> Path | None:
    """Return the folder in the second place, or None if there is none or it is away.

    It bears the name of this computer, so that two offices may share one disk.
    """
    place = journal.read(folder).second
    if not place or not Path(place).is_dir():
        return None
    return Path(place) / f"{folder.name} {platform.node()}".strip()


def send(
    folder: Path,
    database: str,
    *,
    now: datetime | None = None,
    progress: Progress = silent,
) -> list[str]:
    """Copy every good backup that is not in the second place yet; return the names.

    Each copy is read back and compared. Raises `Unwritable` if the place is away, full, or may
    not be written to.
    """
    target = there(folder)
    if target is None:
        raise Unwritable("second_away", journal.read(folder).second)
    now = now or datetime.now(UTC)
    with writing(target / "x"):
        target.mkdir(exist_ok=True)
    sent = []
    wanted = [one for one in making.listing(folder, database) if _wanted(one, target)]
    for number, backup in enumerate(wanted):
        progress(number, len(wanted))
        _send(backup, target)
        sent.append(backup.path.name)
        journal.change(folder, partial(_arrived, name=backup.path.name))
    journal.change(folder, lambda book: replace(book, second_at=now))
    _thin(target, database, now)
    return sent


def _arrived(book: journal.Journal, name: str) -> journal.Journal:
    return book.noting(name, replace(book.note(name), second=True))


def overdue(folder: Path, now: datetime) -> int | None:
    """Return for how many days no copy has reached the second place, if that is a week or more.

    The week begins when backups were first made, or with the last copy.
    """
    book = journal.read(folder)
    since = book.second_at or book.asked_at
    if since is None or now - since < backups.REMIND:
        return None
    return (now - since).days


def _wanted(backup: making.Backup, target: Path) -> bool:
    arrived = target / backup.path.name
    return backup.note.state is State.GOOD and not (backup.note.second and arrived.exists())


def _send(backup: making.Backup, target: Path) -> None:
    path = target / backup.path.name
    with writing(path), spare(path) as temporary:
        shutil.copyfile(backup.path, temporary)
        put(temporary, path)
        if making.digest(path) != backup.note.sha256:
            with suppress(OSError):
                path.unlink()
            raise Unwritable("copy_differs", str(target))


def _thin(target: Path, database: str, now: datetime) -> None:
    own = making.listing(target, database)
    stay = backups.keep((one.kept for one in own), now)
    for one in own:
        if one.kept not in stay:
            with suppress(OSError):
                one.path.unlink()
