"""What every page needs: who acts, where work is done, which unit and month are looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wfh_desktop import paths
from wfh_desktop.domain.people import Actor
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.views.drafts import Drafts
from wfh_desktop.views.jobs import Jobs, Progress

if TYPE_CHECKING:
    from wfh_desktop.persistence.opening import Opened


def this_month() -> Period:
    """Return the month of the calendar on this computer."""
    return Period.of(datetime.now().astimezone().date())


class Scope(QObject):
    """The unit and the month chosen at the top of the window; they hold for every page.

    `unit_id` is 0 while the database has no unit; no page loads until there is one.
    """

    changed = Signal()  # another unit or another month: everything shown is out of date
    state_changed = Signal()  # the same month, but submitted, locked or reopened

    def __init__(self, period: Period, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.unit_id = 0
        self.unit_name = ""
        self.period = period
        self.state = State.DRAFT

    @property
    def locked(self) -> bool:
        """Whether the month's recommendation is final, so that nothing may change any more."""
        return self.state is State.FINAL

    def choose_unit(self, unit_id: int, name: str) -> None:
        """Look at another unit; a new name of the same unit is no reason to reload."""
        before, self.unit_id, self.unit_name = self.unit_id, unit_id, name
        if before != unit_id:
            self.changed.emit()

    def choose_period(self, period: Period) -> None:
        """Look at another month."""
        if period != self.period:
            self.period = period
            self.changed.emit()

    def show_state(self, state: State) -> None:
        """Remember how far the month's recommendation is."""
        if state is not self.state:
            self.state = state
            self.state_changed.emit()


def _stay(_opening: Callable[[Progress], Opened], _url: str) -> None:
    """Open nothing else: there is no window that could."""


@dataclass
class Context:
    """Built once in `app`, handed to every page and dialog. There are no other globals.

    Who acts is known once the database is open, before any page is there: of a file it is the
    user of this computer, of a shared database the one who signed in.

    `reopen` closes the window and opens another database, or the same anew, in the next one.
    """

    actor: Actor
    jobs: Jobs
    scope: Scope
    drafts: Drafts = field(default_factory=Drafts)
    opened: Opened | None = None
    reopen: Callable[[Callable[[Progress], Opened], str], object] = _stay

    def attach(self, opened: Opened) -> None:
        """Work on the database that was opened, on behalf of whom it knows."""
        self.opened = opened
        self.actor = opened.actor or self.actor
        self.jobs.attach(opened.database, self.actor)
        self.drafts.attach(paths.draft_folder(), str(opened.database.engine.url))
