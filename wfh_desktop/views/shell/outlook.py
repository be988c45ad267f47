"""Keeps what stands around the pages up to date: the month's state, what waits, the units."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from wfh_desktop.domain.errors import Refusal
from wfh_desktop.views.context import Context

if TYPE_CHECKING:
    from wfh_desktop.persistence.models import Base
    from wfh_desktop.services.home import Glance
    from wfh_desktop.services.units import UnitRow

PATIENCE = 150  # milliseconds
UNITS = {"Unit", "FormerUnit"}


class Outlook(QObject):
    """Asks again whenever unit or month change, and after every job that changed something."""

    badges_changed = Signal(object)
    units_changed = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self._turn = 0
        self._clock = QTimer(self)  # pages answer first, and several changes are one
        self._clock.setSingleShot(True)
        self._clock.setInterval(PATIENCE)
        self._clock.timeout.connect(self.refresh)
        context.scope.changed.connect(self._clock.start)
        context.jobs.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Ask how far the month is and what waits in it."""
        scope = self._context.scope
        if not scope.unit_id:
            return
        self._turn += 1
        home = import_module("wfh_desktop.services.home")
        self._context.jobs.run(
            self._window,
            partial(home.glance, unit_id=scope.unit_id, period=scope.period),
            partial(self._show, self._turn),
            refused=_be_quiet,
        )

    def _on_changed(self, kinds: frozenset[type[Base]]) -> None:
        self._clock.start()
        if UNITS & {kind.__name__ for kind in kinds}:
            units = import_module("wfh_desktop.services.units")
            today = datetime.now().astimezone().date()
            self._context.jobs.run(
                self._window, partial(units.tree, day=today), self._show_units, refused=_be_quiet
            )

    def _show(self, turn: int, glance: Glance) -> None:
        if turn == self._turn:
            self._context.scope.show_state(glance.state)
            self.badges_changed.emit(glance.badges)

    def _show_units(self, rows: list[UnitRow]) -> None:
        self.units_changed.emit(rows)


def _be_quiet(_: Refusal) -> None:
    """Leave it to the page that is shown to say what is refused."""
