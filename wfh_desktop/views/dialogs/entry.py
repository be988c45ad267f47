"""What all dialogs have in common in which one entry is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.careers import CLASSES
from wfh_desktop.domain.errors import Invalid, Refusal
from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.ranks import GRADES, PANGKAT
from wfh_desktop.persistence.database import Work
from wfh_desktop.services.people import UnitChoice
from wfh_desktop.views import errors, icons, theme
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.widgets.fields import ProblemLabel, show_problems

NOBODY = "(belum ditetapkan)"
UNKNOWN = "(belum diketahui)"


class EntryDialog(Sheet):
    """Collects one entry and stays open, with the problems marked, until it is stored.

    A subclass sets up its form, calls `begin`, and says in `task` what is to be done with what
    was typed. `stored` carries the answer.
    """

    stored = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def task(self) -> Callable[[Work], Any]:
        """Return the use case with what was typed; raise `Invalid` for what cannot be read."""
        raise NotImplementedError

    def begin(self, buttons: QDialogButtonBox, act: str = "Simpan") -> None:
        """Connect the buttons once the form is there."""
        store = buttons.button(QDialogButtonBox.StandardButton.Ok)
        store.setText(act)
        store.setProperty("main", True)
        theme.repolish(store)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Batal")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        icons.dress(self)

    @override
    def accept(self) -> None:
        try:
            task = self.task()
        except Invalid as refusal:
            self._mark(refusal)
            return
        self.setEnabled(False)
        self.context.jobs.run(
            self, task, self._store, refused=self._refuse, failed=partial(self.setEnabled, True)
        )

    def _store(self, answer: object) -> None:
        self.stored.emit(answer)
        super().accept()

    def _refuse(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        if isinstance(refusal, Invalid):
            self._mark(refusal)
        else:
            errors.show(self, refusal)

    def _mark(self, refusal: Invalid) -> None:
        """Put each problem at its field, the others at the foot; go to the first one."""
        rest = show_problems(self, refusal.problems)
        other = self.findChild(ProblemLabel, "other_problem")
        if other is not None:
            other.show_problem("\n".join(words.problem(one) for one in rest))
        for problem in refusal.problems:
            for suffix in ("edit", "box"):
                field = self.findChild(QWidget, f"{problem.field}_{suffix}")
                if field is not None:
                    field.setFocus()
                    return


def statuses() -> list[tuple[str, object]]:
    """Return the employment statuses to choose from."""
    return [(status.value, status) for status in EmploymentStatus]


def grades(status: EmploymentStatus) -> list[tuple[str, object]]:
    """Return the golongan of a status to choose from, the highest last."""
    offered = [(f"{grade}  {PANGKAT.get(grade, '')}".strip(), grade) for grade in GRADES[status]]
    return [(UNKNOWN, ""), *offered]


def levels() -> list[tuple[str, object]]:
    """Return the jabatan levels to choose from, the highest first."""
    return [(level.value, level) for level in Level]


def classes() -> list[tuple[str, object]]:
    """Return the kelas jabatan to choose from."""
    return [(UNKNOWN, None), *((str(number), number) for number in CLASSES)]


def places(units: Iterable[UnitChoice]) -> list[tuple[str, object]]:
    """Return units to choose from, set in by their depth."""
    return [(f"{'    ' * unit.depth}{unit.name}", unit.id) for unit in units]


def superiors(
    people: Iterable[tuple[int, str]], but: int | None = None
) -> list[tuple[str, object]]:
    """Return whom somebody may report to, without himself."""
    return [(NOBODY, None), *((name, key) for key, name in people if key != but)]


def first_day(context: Context) -> date:
    """Return the first day of the month that is looked at: from when a change mostly holds."""
    return context.scope.period.first
