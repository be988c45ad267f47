"""Keeps what stands around the pages up to date: the month's state, what waits, the units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from wfh_desktop.domain.errors import Refusal
from wfh_desktop.views.context import Context

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Work
    from wfh_desktop.persistence.models import Base
    from wfh_desktop.services.home import Glance

T = TypeVar("T")
PATIENCE = 150  # milliseconds
UNITS = {"Unit", "FormerUnit"}
ATTENDANCE = UNITS | {
    "Correction",
    "DayEntry",
    "Employee",
    "Holiday",
    "Leave",
    "Position",
    "Scan",
    "Schedule",
}


class Outlook(QObject):
    """Asks again whenever unit or month change, and after every job that changed something."""

    badges_changed = Signal(object)
    units_changed = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self._turn = 0
        self._badges: dict[str, int] = {}
        self._changed: set[str] = set()
        self._clock = QTimer(self)  # pages answer first, and several changes are one
        self._clock.setSingleShot(True)
        self._clock.setInterval(PATIENCE)
        self._clock.timeout.connect(self._ask)
        context.scope.changed.connect(self.refresh)
        context.jobs.changed.connect(self._on_changed)
        context.jobs.outdated.connect(self.refresh)

    def refresh(self) -> None:
        """Ask everything anew."""
        self._changed |= ATTENDANCE - UNITS
        self._turn += 1
        self._clock.start()

    def _on_changed(self, kinds: frozenset[type[Base]]) -> None:
        self._changed |= {kind.__name__ for kind in kinds}
        self._clock.start()

    def _ask(self) -> None:
        scope, changed = self._context.scope, self._changed
        self._changed = set()
        home, units = (import_module(f"wfh_desktop.services.{name}") for name in ("home", "units"))
        place = {"unit_id": scope.unit_id, "period": scope.period}
        if UNITS & changed:
            today = datetime.now().astimezone().date()
            self._run(partial(units.readable, day=today), self.units_changed.emit)
        if not scope.unit_id:
            return
        self._run(partial(home.glance, **place), partial(self._show, self._turn))
        if ATTENDANCE & changed:
            count = partial(home.unclear_days, **place)
            self._run(count, partial(self._show_unclear, self._turn))

    def _run(self, task: Callable[[Work], T], then: Callable[[T], object]) -> None:
        self._context.jobs.run(self._window, task, then, refused=_be_quiet)

    def _show(self, turn: int, glance: Glance) -> None:
        if turn == self._turn:
            self._context.scope.show_state(glance.state)
            self._show_badges(glance.badges)

    def _show_unclear(self, turn: int, days: int) -> None:
        if turn == self._turn:
            self._show_badges({"attendance": days})

    def _show_badges(self, badges: dict[str, int]) -> None:
        self._badges |= badges
        self.badges_changed.emit(self._badges)


def _be_quiet(_: Refusal) -> None:
    """Leave it to the page that is shown to say what is refused."""
