"""Backups that nobody asks for: when work begins, and when a month was locked."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from wfh_desktop.domain.errors import Refusal
from wfh_desktop.views import errors
from wfh_desktop.views.context import Context
from wfh_desktop.views.shell.start import Start
from wfh_desktop.views.widgets import toast

if TYPE_CHECKING:
    from wfh_desktop.persistence.backup import Kept
    from wfh_desktop.persistence.database import Work
    from wfh_desktop.persistence.models import Base

AFTER_START = 4_000  # milliseconds: the first page comes first
AFTER_LOCK = 200


class Keeping(QObject):
    """Runs what is due as a job, and says only what somebody has to do."""

    def __init__(self, context: Context, start: Start, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._said = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._keep)
        start.ready.connect(self._begin)
        context.jobs.changed.connect(self._look_at_change)

    def _begin(self, _: object) -> None:
        if not self._context.jobs.shared:
            self._clock.start(AFTER_START)

    def _look_at_change(self, kinds: frozenset[type[Base]]) -> None:
        if not self._context.jobs.shared and any(
            kind.__tablename__ == "recommendation" for kind in kinds
        ):
            self._clock.start(AFTER_LOCK)

    def _keep(self) -> None:
        self._context.jobs.run(
            self._window, _keep, self._tell, refused=self._refused, label="Membuat cadangan"
        )

    def _tell(self, kept: Kept) -> None:
        if kept.overdue and not self._said:
            self._said = True
            toast.say(
                self._window,
                f"Sudah {kept.overdue} hari tanpa salinan cadangan di tempat lain (Atur, Cadangan)",
            )

    def _refused(self, refusal: Refusal) -> None:
        if not self._said:
            self._said = True
            errors.show(self._window, refusal)


def _keep(work: Work) -> Kept:
    backup = import_module("wfh_desktop.persistence.backup")
    kept: Kept = backup.keep(work.session.get_bind(), progress=work.progress)
    return kept
