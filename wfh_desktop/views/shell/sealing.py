"""Seals what was changed within a minute, and raises the alarm if the chain was rewritten."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from wfh_desktop.domain.errors import Refusal
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.widgets.message_bar import MessageBar
from wfh_desktop.words.audit import LOST

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Work
    from wfh_desktop.services.audit import Watch

SOON, PAUSE = 5_000, 60_000  # milliseconds after the first page, and after a change


class Sealing(QObject):
    """Looks once after the database was opened, then after changes, once a minute at most.

    Only a look that found everything in place lets this computer remember the newest link.
    """

    def __init__(self, context: Context, owner: QWidget, bar: MessageBar) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._bar = bar
        self._install_id = ""
        self.clock = QTimer(self)
        self.clock.setSingleShot(True)
        self.clock.timeout.connect(self.look)
        context.jobs.changed.connect(self._await)
        context.scope.changed.connect(self._begin)

    def look(self) -> None:
        """Seal what is new and compare the chain with what this computer remembers."""
        jobs = self._context.jobs
        if jobs.reachable:
            jobs.run(self._owner, _look, self._answered, refused=_be_quiet)

    def _begin(self) -> None:
        if not self._install_id and not self.clock.isActive():
            self.clock.start(SOON)

    def _await(self, _: object) -> None:
        if not self.clock.isActive():
            self.clock.start(PAUSE)

    def _answered(self, seen: Watch) -> None:
        self._install_id = seen.install_id or "?"
        if seen.lost is None:
            self._bar.clear()
            task = partial(_remember, seen, _beside(self._context))
            self._context.jobs.compute(self._owner, task, refused=_be_quiet)
            return
        number = labels.number(seen.lost.anchor.seal)
        words = LOST.format(seal=number, day=labels.moment(seen.lost.at))
        self._bar.say(words, "bad", "Saya mengerti, catat ulang", self._begin_anew)

    def _begin_anew(self) -> None:
        self._bar.clear()
        task = partial(_forget, self._install_id)
        self._context.jobs.compute(self._owner, task, lambda _: self.look())


def _folder() -> Path:
    from wfh_desktop.services import audit

    return audit.folder()


def _look(work: Work) -> Watch:
    from wfh_desktop.services import audit

    return audit.watch(work, _folder())


def _beside(context: Context) -> Path | None:
    """Return the folder of the backups of a file; a server keeps its own elsewhere."""
    from wfh_desktop.persistence.backup import making

    file = making.file_of(context.opened.database) if context.opened else None
    return making.folder_of(file) if file else None


def _remember(seen: Watch, beside: Path | None, _: Progress) -> None:
    from wfh_desktop.services import audit

    audit.remember(seen, _folder(), beside)


def _forget(install_id: str, _: Progress) -> None:
    from wfh_desktop.services import audit

    audit.forget(install_id, _folder())


def _be_quiet(_: Refusal) -> None:
    """Leave it to the next look."""
