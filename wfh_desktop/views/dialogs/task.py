"""The dialog in which a task is given to one or many people, or changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.domain import numbers
from wfh_desktop.domain.errors import Invalid, Problem, Refusal
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tasks import Share, TaskDraft, TaskState
from wfh_desktop.forms.task_dialog import Ui_TaskDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import clock, people, targets, tasks
from wfh_desktop.services.people import PersonRow
from wfh_desktop.services.realisation import TargetRow
from wfh_desktop.services.task_rows import TaskRow
from wfh_desktop.views import errors, icons, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.entry import EntryDialog

NO_TARGET = "Tanpa target"


@dataclass(frozen=True)
class Start:
    """What the dialog needs to begin."""

    people: Sequence[PersonRow]
    targets: Sequence[TargetRow]
    today: date


class TaskDialog(EntryDialog):
    """Gives a new task, or changes *row*; stays open until everything is in order.

    `saved` carries the task's number and what was done.
    """

    amounts = frozenset({"quantity"})

    saved = Signal(int, str)

    def __init__(
        self, context: Context, row: TaskRow | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.row = row
        self._targets: dict[str, dict[int, int]] = {}  # by title: the target of each person
        self.ui = Ui_TaskDialog()
        self.ui.setupUi(self)
        icons.dress(self)
        self.ui.people_chips.people_changed.connect(self._offer_targets)
        self.ui.target_box.currentTextChanged.connect(self._note_target)
        self.ui.given_edit.dateChanged.connect(self._count_from)
        self.ui.save_button.clicked.connect(self.accept)
        self.ui.cancel_button.clicked.connect(self.reject)
        self.setEnabled(False)
        scope = context.scope
        task = partial(_start, unit_id=scope.unit_id, period=scope.period)
        context.jobs.run(self, task, self._begin, refused=self._fail)

    def draft(self) -> TaskDraft:
        """Return what the user has typed; raise `Invalid` for what is no number or day."""
        ui, problems = self.ui, []
        quantity = numbers.read(ui.quantity_edit.text())
        if quantity is None:
            problems.append(Problem("quantity", "not_a_number", (ui.quantity_edit.text(),)))
        if ui.due_edit.day is None:
            problems.append(Problem("due", "no_day" if ui.due_edit.edit.text() else "required"))
        if problems or quantity is None or ui.due_edit.day is None:
            raise Invalid(problems)
        owned = self._targets.get(ui.target_box.currentText(), {})
        return TaskDraft(
            title=ui.title_edit.text(),
            due=ui.due_edit.day,
            shares=tuple(Share(key, quantity, owned.get(key)) for key in ui.people_chips.people),
            output=ui.output_edit.text(),
            description=ui.description_edit.toPlainText(),
            given=ui.given_edit.day(),
        )

    def _begin(self, start: Start) -> None:
        self.setEnabled(True)
        ui = self.ui
        for target in start.targets:
            self._targets.setdefault(target.title, {})[target.employee_id] = target.id
        ui.people_chips.offer({person.id: person.name for person in start.people})
        given = self.row.given if self.row else _given(self.context.scope.period, start.today)
        ui.due_edit.show_day(given)
        ui.given_edit.setMaximumDate(QDate(start.today))
        ui.given_edit.set_day(given)
        ui.given_edit.setEnabled(self.row is None)
        if self.row:
            self.setWindowTitle("Ubah tugas")
            ui.save_button.setText("&Simpan")
            ui.save_button.setToolTip("Simpan perubahan (Ctrl+Enter)")
            self.fill(self.row)
        self._offer_targets()
        self.settle(ui.save_button)
        ui.title_edit.setFocus()

    def _count_from(self) -> None:
        """Let words like "3 hari" count from the day the task is given."""
        self.ui.due_edit.count_from(self.ui.given_edit.day())

    @override
    def task(self) -> Callable[[Work], int]:
        draft = self.draft()
        if self.row:
            return partial(_amend, key=self.row.id, version=self.row.version, draft=draft)
        return partial(tasks.give, unit_id=self.context.scope.unit_id, draft=draft)

    @override
    def again(self) -> Callable[[Work], TaskRow] | None:
        return self.row and partial(_fetch, key=self.row.id)

    @override
    def fill(self, row: TaskRow) -> None:
        ui = self.ui
        ui.due_edit.show_day(row.given, row.due)
        ui.title_edit.setText(row.title)
        ui.output_edit.setText(row.output)
        ui.description_edit.setPlainText(row.description)
        held = [share for share in row.shares if share.state is not TaskState.CANCELLED]
        ui.people_chips.choose([share.employee_id for share in held], kept=True)
        if held:
            ui.quantity_edit.setText(labels.number(held[0].quantity))
            ui.target_box.setCurrentText(held[0].target or NO_TARGET)

    def _offer_targets(self) -> None:
        """Offer the targets that at least one of the people chosen has."""
        ui, chosen = self.ui, set(self.ui.people_chips.people)
        before = ui.target_box.currentText()
        titles = [title for title, owned in self._targets.items() if chosen & owned.keys()]
        ui.target_box.blockSignals(True)
        ui.target_box.clear()
        ui.target_box.addItems([NO_TARGET, *titles])
        ui.target_box.setCurrentText(before if before in titles else NO_TARGET)
        if self.row is None and before not in titles and len(titles) == 1:
            ui.target_box.setCurrentIndex(1)
        ui.target_box.blockSignals(False)
        self._note_target()

    def _note_target(self) -> None:
        """Say how many of the people chosen do not have the target."""
        ui = self.ui
        title = ui.target_box.currentText()
        without = [key for key in ui.people_chips.people if key not in self._targets.get(title, {})]
        if title in self._targets and without:
            ui.target_note.setText(f"{len(without)} orang tidak memiliki target ini bulan ini.")
        elif not self._targets:
            ui.target_note.setText("Belum ada target bulan ini; tetapkan di halaman Kinerja.")
        else:
            ui.target_note.clear()
        ui.target_note.setVisible(bool(ui.target_note.text()))

    @override
    def finish(self, answer: int) -> None:
        given = len(self.ui.people_chips.people)
        told = "Tugas diubah" if self.row else f"Tugas diberikan kepada {given} orang"
        self.saved.emit(answer, told)

    def _fail(self, refusal: Refusal) -> None:
        errors.show(self.parentWidget(), refusal)
        self.reject()


def _start(work: Work, unit_id: int, period: Period) -> Start:
    today = clock.today(work, unit_id)
    return Start(
        people.roster(work, unit_id, period), targets.listing(work, unit_id, period), today
    )


def _fetch(work: Work, key: int) -> TaskRow:
    row, _ = tasks.details(work, key)
    return row


def _given(period: Period, today: date) -> date:
    """Return today, or the first day of a month that is over: then an old task is entered."""
    return today if period.last >= today else period.first


def _amend(work: Work, key: int, version: int, draft: TaskDraft) -> int:
    tasks.amend(work, key, version, draft)
    return key
