"""The dialog in which a month's target is set for one or many people, or changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from wfh_desktop.domain import numbers as typed
from wfh_desktop.domain.errors import Invalid, Problem, Refusal
from wfh_desktop.domain.performance import Generation, in_force
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import TargetDraft
from wfh_desktop.forms.target_dialog import Ui_TargetDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import people, targets
from wfh_desktop.services.people import PersonRow
from wfh_desktop.services.realisation import TargetRow
from wfh_desktop.services.targets import ObjectiveRow
from wfh_desktop.views import errors, icons, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.entry import EntryDialog

MEASURES = ("laporan", "dokumen", "kegiatan", "berkas", "orang", "persen")


@dataclass(frozen=True)
class Start:
    """What the dialog needs to begin."""

    people: Sequence[PersonRow]
    objectives: Sequence[ObjectiveRow]


class TargetDialog(EntryDialog):
    """Sets a new target, for *chosen* people to begin with, or changes *row*.

    `saved` carries what was done.
    """

    amounts = frozenset({"quantity", "quality", "days", "cost", "scope_percent"})

    saved = Signal(str)

    def __init__(
        self,
        context: Context,
        row: TargetRow | None = None,
        chosen: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.row = row
        self._chosen = chosen
        self._objectives: dict[str, int] = {}
        self.ui = Ui_TargetDialog()
        self.ui.setupUi(self)
        icons.dress(self)
        self.ui.measure_box.addItems(MEASURES)
        additional = in_force(context.scope.period) is Generation.PANRB8
        for widget in (self.ui.scope_percent_label, self.ui.scope_percent_edit):
            widget.setVisible(additional)
        if row:
            self.setWindowTitle("Ubah target")
            self.ui.save_button.setText("&Simpan")
            self.ui.people_label.hide()
            self.ui.people_chips.hide()
        self.ui.objective_box.editTextChanged.connect(self._note_objective)
        self.ui.save_button.clicked.connect(self.accept)
        self.ui.cancel_button.clicked.connect(self.reject)
        self.setEnabled(False)
        scope = context.scope
        task = partial(_start, unit_id=scope.unit_id, period=scope.period)
        context.jobs.run(self, task, self._begin, refused=self._fail)

    def draft(self) -> TargetDraft:
        """Return what the user has typed; raise `Invalid` for what is no number.

        A sasaran that is not known yet has the number 0.
        """
        ui = self.ui
        numbers = read_numbers(
            {
                "quantity": ui.quantity_edit,
                "quality": ui.quality_edit,
                "days": ui.days_edit,
                "cost": ui.cost_edit,
                "scope_percent": ui.scope_percent_edit,
            },
            optional={"cost", "scope_percent"},
        )
        return TargetDraft(
            employee_id=self.row.employee_id if self.row else 0,
            objective_id=self._objectives.get(self._objective, 0),
            title=ui.title_edit.text(),
            measure=ui.measure_box.currentText(),
            quantity=numbers["quantity"] or Decimal(),
            quality=numbers["quality"] or Decimal(),
            days=numbers["days"] or Decimal(),
            cost=numbers["cost"],
            scope_percent=numbers["scope_percent"],
        )

    @property
    def _objective(self) -> str:
        return " ".join(self.ui.objective_box.currentText().split())

    @override
    def task(self) -> Callable[[Work], int]:
        scope = self.context.scope
        return partial(
            _store,
            unit_id=scope.unit_id,
            period=scope.period,
            draft=self.draft(),
            objective=self._objective,
            chosen=tuple(self.ui.people_chips.people),
            row=self.row,
        )

    @override
    def again(self) -> Callable[[Work], TargetRow] | None:
        return self.row and partial(fetch, row=self.row, period=self.context.scope.period)

    @override
    def fill(self, row: TargetRow) -> None:
        ui = self.ui
        ui.objective_box.setCurrentText(row.objective)
        ui.title_edit.setText(row.title)
        ui.measure_box.setCurrentText(row.measure)
        ui.quantity_edit.setText(labels.number(row.quantity))
        ui.quality_edit.setText(labels.number(row.quality))
        ui.days_edit.setText(labels.number(row.days))
        ui.cost_edit.setText(labels.number(row.cost) if row.cost is not None else "")
        percent = "" if row.scope_percent is None else labels.number(row.scope_percent)
        ui.scope_percent_edit.setText(percent)

    def _begin(self, start: Start) -> None:
        self.setEnabled(True)
        ui = self.ui
        for objective in start.objectives:
            self._objectives.setdefault(objective.title, objective.id)
        ui.objective_box.addItems(list(self._objectives))
        ui.objective_box.setCurrentIndex(-1)
        ui.people_chips.offer({person.id: person.name for person in start.people})
        ui.people_chips.choose(self._chosen)
        if self.row:
            self.fill(self.row)
        elif len(self._objectives) == 1:
            ui.objective_box.setCurrentIndex(0)
        self._note_objective()
        self.settle(ui.save_button)
        (ui.title_edit if self.row or self._chosen else ui.people_chips).setFocus()

    def _note_objective(self) -> None:
        new = self._objective and self._objective not in self._objectives
        year = self.context.scope.period.year
        self.ui.objective_note.setText(f"Sasaran baru; ditambahkan ke {year}." if new else "")
        self.ui.objective_note.setVisible(bool(new))

    @override
    def finish(self, answer: int) -> None:
        self.saved.emit("Target diubah" if self.row else f"Target ditetapkan untuk {answer} orang")

    def _fail(self, refusal: Refusal) -> None:
        errors.show(self.parentWidget(), refusal)
        self.reject()


def read_numbers(
    fields: dict[str, QLineEdit], optional: set[str] | frozenset[str] = frozenset()
) -> dict[str, Decimal | None]:
    """Return the numbers typed; raise `Invalid` with all that are none.

    Empty is None where it is *optional*, elsewhere 0, which the rules then refuse.
    """
    numbers: dict[str, Decimal | None] = {}
    problems = []
    for name, field in fields.items():
        text = field.text().strip()
        if not text:
            numbers[name] = None if name in optional else Decimal()
            continue
        numbers[name] = typed.read(text)
        if numbers[name] is None:
            problems.append(Problem(name, "not_a_number", (text,)))
    if problems:
        raise Invalid(problems)
    return numbers


def fetch(work: Work, row: TargetRow, period: Period) -> TargetRow:
    """Return *row* as it is stored by now."""
    return entry.one_of(targets.rows_of(work, [row.employee_id], period), row.id)


def _start(work: Work, unit_id: int, period: Period) -> Start:
    return Start(
        people.roster(work, unit_id, period), targets.objectives(work, unit_id, period.year)
    )


def _store(
    work: Work,
    *,
    unit_id: int,
    period: Period,
    draft: TargetDraft,
    objective: str,
    chosen: Sequence[int],
    row: TargetRow | None,
) -> int:
    """Set or change the target, with its sasaran if that is new; return for how many people."""
    if not draft.objective_id and objective:
        key = targets.add_objective(work, unit_id, period.year, objective)
        draft = replace(draft, objective_id=key)
    if row:
        targets.change(work, row.id, row.version, draft)
        return 1
    drafts = [replace(draft, employee_id=key) for key in chosen]
    return len(targets.set_targets(work, unit_id, period, drafts))
