"""What all dialogs have in common in which one entry is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, ClassVar, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain import merging, numbers
from wfh_desktop.domain.careers import CLASSES
from wfh_desktop.domain.errors import Conflict, Invalid, NotFound, Refusal
from wfh_desktop.domain.merging import Side
from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.ranks import GRADES, PANGKAT
from wfh_desktop.persistence.database import Work
from wfh_desktop.services.people import UnitChoice
from wfh_desktop.views import errors, icons, theme
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.conflict import ConflictDialog, Line
from wfh_desktop.views.dialogs.draft_keeper import DraftKeeper
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.drafts import Draft
from wfh_desktop.views.page import hold, permit
from wfh_desktop.views.widgets import typed
from wfh_desktop.views.widgets.fields import ProblemLabel, show_problems

NOBODY = "(belum ditetapkan)"
UNKNOWN = "(belum diketahui)"


class Numbered(Protocol):
    """A row as use cases return it."""

    @property
    def id(self) -> int:
        """The number of the record."""


R = TypeVar("R", bound=Numbered)


class EntryDialog(Sheet):
    """Collects one entry and stays open, with the problems marked, until it is stored.

    A subclass sets up its form, calls `begin`, and says in `task` what is to be done with what
    was typed. `stored` carries the answer.

    One that changes a record keeps it in `row`, says in `again` how it is fetched and in `fill`
    how it is shown. Somebody else's change of it meanwhile is then no loss: one chooses field by
    field, and what was chosen is stored with the version that is there by now.
    """

    amounts: ClassVar[frozenset[str]] = frozenset()  # fields with numbers: never merged unasked
    aids: ClassVar[frozenset[str]] = frozenset()  # fields that only fill in others

    stored = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.row: Any = None
        self.base: dict[str, Any] = {}  # what the fields said before anything was typed
        self.keeper = DraftKeeper(context, self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.keeper.resumed.connect(self._resume)
        self.rejected.connect(self.keeper.give_up)
        context.jobs.reach_changed.connect(self._hold)

    def task(self) -> Callable[[Work], Any]:
        """Return the use case with what was typed; raise `Invalid` for what cannot be read."""
        raise NotImplementedError

    def again(self) -> Callable[[Work], Any] | None:
        """Return the use case that fetches `row` anew; None where no record is changed."""
        return None

    def fill(self, row: Any) -> None:
        """Show what *row* says, in the fields that are there."""
        raise NotImplementedError

    def finish(self, answer: Any) -> None:
        """Tell that the entry is stored."""
        self.stored.emit(answer)

    def subject(self) -> str:
        """Return what tells this entry from others: its record, or for whom it is new."""
        if self.row:
            return f"{type(self).__name__}/{self.row.id}"
        person = getattr(self, "person", None)
        for_whom = [person.id] if person else getattr(self, "keys", [])
        return f"{type(self).__name__}/+/{self.context.scope.unit_id}/{for_whom}"

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
        self.settle(store)

    def settle(self, *storing: QWidget) -> None:
        """Take what the fields say now for what they said at first, once all is loaded.

        What is *storing* rests while the database cannot be reached.
        """
        self.base = typed.values(self)
        self.keeper.begin(self.subject(), self.base, self.row)
        for widget in storing:
            permit(widget)
        self._hold()

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
        self.keeper.end()
        self.finish(answer)
        super().accept()

    def _refuse(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        again = self.again() if isinstance(refusal, Conflict) else None
        if isinstance(refusal, Invalid):
            self._mark(refusal)
        elif isinstance(refusal, Conflict) and again:
            self.setEnabled(False)
            self.context.jobs.run(
                self,
                again,
                partial(self._compare, refusal),
                refused=self._refuse,
                failed=partial(self.setEnabled, True),
            )
        else:
            errors.show(self, refusal)

    def _compare(self, refusal: Conflict, row: Any) -> None:
        """Let the user choose between what was typed and what is stored by now."""
        self.setEnabled(True)
        if row.version == self.row.version:  # it was another record that had changed
            errors.show(self, refusal)
            return
        mine, theirs = typed.values(self), self._said_by(row)
        lines = self._lines(mine, theirs)
        if not lines:  # what they changed is not asked here, or is the same
            self._merge(row, mine, theirs, {})
            return
        dialog = ConflictDialog(refusal, lines, self)
        dialog.resolved.connect(partial(self._merge, row, mine, theirs))
        dialog.open()

    def _lines(self, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Line]:
        """Return the fields in which both differ, in words."""
        fields = {field.name: field for field in typed.fields(self)}
        found = merging.compare(*map(self._comparable, (self.base, mine, theirs)))
        return [
            Line(
                field=one.field,
                caption=fields[one.field].caption,
                mine=fields[one.field].tell(mine[one.field]),
                theirs=fields[one.field].tell(theirs[one.field]),
                base=fields[one.field].tell(self.base.get(one.field, theirs[one.field])),
                standing=one.standing,
                proposal=one.proposal,
            )
            for one in merging.differing(found)
        ]

    def _comparable(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Return what fields say, numbers as numbers: 1.000 and 1000 are no difference."""
        return {
            name: _amount(value) if name in self.amounts else value
            for name, value in said.items()
            if name not in self.aids
        }

    def _said_by(self, row: Any) -> dict[str, Any]:
        """Return what the fields would say of *row*; what is typed stands there afterwards."""
        own, mine = self.row, typed.values(self)
        self.setUpdatesEnabled(False)
        try:
            self.row = row
            self.fill(row)
            return typed.values(self)
        finally:
            self.row = own
            typed.write(self, mine)
            self.setUpdatesEnabled(True)

    def _merge(
        self, row: Any, mine: dict[str, Any], theirs: dict[str, Any], sides: Mapping[str, Side]
    ) -> None:
        """Store what was chosen, on top of what is stored by now."""
        self.row, self.base = row, theirs
        chosen = {name: theirs[name] for name, side in sides.items() if side is Side.THEIRS}
        typed.write(self, mine | chosen)
        self.accept()

    def _resume(self, draft: Draft) -> None:
        """Type again what was not stored, as a change of the version that it was typed for."""
        self.base = draft.base
        if self.row and draft.version:
            self.row = replace(self.row, version=draft.version)
        typed.write(self, draft.typed)

    def _hold(self) -> None:
        hold(self, "" if self.context.jobs.reachable else words.WITHOUT_SERVER)

    def _mark(self, refusal: Invalid) -> None:
        """Put each problem at its field, the others at the foot; go to the first one."""
        rest = show_problems(self, refusal.problems)
        other = self.findChild(ProblemLabel, "other_problem")
        if other is not None:
            other.show_problem("\n".join(words.problem(one) for one in rest))
        elif rest:
            errors.show(self, Invalid(rest))
        for problem in refusal.problems:
            for suffix in ("edit", "box"):
                field = self.findChild(QWidget, f"{problem.field}_{suffix}")
                if field is not None:
                    field.setFocus()
                    return


def _amount(text: Any) -> Any:
    """Return the number that *text* is, or the text."""
    bare = text.strip().rstrip("%").strip()
    number = numbers.read(bare) if bare else None
    return bare if number is None else number


def one_of(rows: Iterable[R], key: int) -> R:
    """Return the row with this number; raise `NotFound` if it is gone."""
    for row in rows:
        if row.id == key:
            return row
    raise NotFound(f"row {key}")


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
