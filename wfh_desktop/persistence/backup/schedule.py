"""When backups are made without anybody asking, and what they look after besides."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from wfh_desktop.domain import backups
from wfh_desktop.domain.backups import Reason, State
from wfh_desktop.domain.errors import Unwritable
from wfh_desktop.domain.tpp.workflow import State as Step
from wfh_desktop.persistence.backup import journal, making, restoring, second
from wfh_desktop.persistence.backup.checking import Progress, silent
from wfh_desktop.persistence.backup.making import Backup, Open
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.files import writing
from wfh_desktop.persistence.models import Recommendation


@dataclass(frozen=True)
class Kept:
    """What was done, and for how many days the second place has been away, if too long."""

    made: Backup | None = None
    sent: tuple[str, ...] = ()
    tried: State | None = None
    overdue: int | None = None


def keep(
    database: Open,
    *,
    now: datetime | None = None,
    progress: Progress = silent,
) -> Kept:
    """Do what is due: a backup, its copy in the second place, the monthly trial.

    Raises `Unwritable` or `Unreadable` if no backup can be made. A second place that is away is
    no refusal: it is asked for after a week.
    """
    path = making.file_of(database)
    if path is None:
        return Kept()
    folder, now = making.folder_of(path), now or datetime.now(UTC)
    why = due(database, folder, now)
    made = making.make(database, folder, why, now=now, progress=progress) if why else None
    _begin(folder, now)
    sent: list[str] = []
    if second.there(folder):
        with suppress(Unwritable):
            sent = second.send(folder, path.stem, now=now, progress=progress)
    book, tried = journal.read(folder), None
    if made and (book.trial_at is None or now - book.trial_at >= backups.TRIAL):
        tried = restoring.trial(folder, path.stem, now=now)
    return Kept(made, tuple(sent), tried, second.overdue(folder, now))


def due(database: Open, folder: Path, now: datetime) -> Reason | None:
    """Return why a backup is due: a month was closed since the last one, or it is a day old."""
    path = making.file_of(database)
    whole = (
        one
        for one in making.listing(folder, path.stem if path else "")
        if one.note.state is not State.DAMAGED and one.moment < now + backups.OFTEN
    )  # one of the future says only that a clock was wrong
    newest = next(whole, None)
    with database.engine.connect() as connection:
        closed = _last_close(connection)
    if closed and (newest is None or newest.moment < closed.replace(microsecond=0)):
        return Reason.CLOSE
    if newest is None or now - newest.moment >= backups.OFTEN:
        return Reason.DAILY
    return None


def before(database: Open, why: Reason, progress: Progress = silent) -> None:
    """Make a backup before something that changes much, unless nothing changed since the last."""
    path = making.file_of(database)
    if path is None:
        return
    folder = making.folder_of(path)
    newest = making.newest_good(folder, path.stem)
    if newest and newest.note.counter == making.changes(path):
        return
    making.make(database, folder, why, progress=progress)


def before_import(work: Work) -> None:
    """Make a backup before a file is taken over, in a unit of work that has changed nothing yet."""
    if not work.changed:
        before(work.session.get_bind(), Reason.IMPORT, work.progress)


def _last_close(connection: Connection) -> datetime | None:
    final = Recommendation.state == Step.FINAL
    return connection.scalar(select(func.max(Recommendation.locked_at)).where(final))


def _begin(folder: Path, now: datetime) -> None:
    if journal.read(folder).asked_at is None:
        with writing(folder / journal.NAME):
            folder.mkdir(parents=True, exist_ok=True)
        journal.change(folder, lambda book: replace(book, asked_at=now))
