"""The dialog in which a month's target is set for one or many people, or changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

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
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.widgets.fields import show_problems

MEASURES = ("laporan", "dokumen", "kegiatan", "berkas", "orang", "persen")


@dataclass(frozen=True)
class Start:
    """What the dialog needs to begin."""

    people: Sequence[PersonRow]
    objectives: Sequence[ObjectiveRow]


class TargetDialog(Sheet):
    """Sets a new target, for *chosen* people to begin with, or changes *row*.

    `saved` carries what was done.
    """

    saved = Signal(str)

    def __init__(
        self,
        context: Context,
        row: TargetRow | None = None,
        chosen: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.row = row
        self._chosen = chosen
        self._objectives: dict[str, int] = {}
        self.ui = Ui_TargetDialog()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icons.dress(self)
        self.ui.measure_box.addItems(MEASURES)
        additional = in_force(context.scope.period) is Generation.PANRB8
        for widget in (self.ui.scope_percent_label, self.ui.scope_percent_edit):
            widget.setVisible(additional)
        if row:
            self._fill(row)
        self.ui.objective_box.editTextChanged.connect(self._note_objective)
        self.ui.save_button.clicked.connect(self._save)
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

    def _fill(self, row: TargetRow) -> None:
        ui = self.ui
        self.setWindowTitle("Ubah target")
        ui.save_button.setText("&Simpan")
        for widget in (ui.people_label, ui.people_chips):
            widget.hide()
        ui.title_edit.setText(row.title)
        ui.measure_box.setCurrentText(row.measure)
        ui.quantity_edit.setText(labels.number(row.quantity))
        ui.quality_edit.setText(labels.number(row.quality))
        ui.days_edit.setText(labels.number(row.days))
        ui.cost_edit.setText(labels.number(row.cost) if row.cost is not None else "")
        if row.scope_percent is not None:
            ui.scope_percent_edit.setText(labels.number(row.scope_percent))

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
            ui.objective_box.setCurrentText(self.row.objective)
        elif len(self._objectives) == 1:
            ui.objective_box.setCurrentIndex(0)
        self._note_objective()
        (ui.title_edit if self.row or self._chosen else ui.people_chips).setFocus()

    def _note_objective(self) -> None:
        new = self._objective and self._objective not in self._objectives
        year = self.context.scope.period.year
        self.ui.objective_note.setText(f"Sasaran baru; ditambahkan ke {year}." if new else "")
        self.ui.objective_note.setVisible(bool(new))

    def _save(self) -> None:
        try:
            draft = self.draft()
        except Invalid as refusal:
            show_problems(self, refusal.problems)
            return
        self.setEnabled(False)
        scope = self.context.scope
        task = partial(
            _store,
            unit_id=scope.unit_id,
            period=scope.period,
            draft=draft,
            objective=self._objective,
            chosen=tuple(self.ui.people_chips.people),
            row=self.row,
        )
        self.context.jobs.run(self, task, self._done, refused=self._mark)

    def _done(self, number: int) -> None:
        told = "Target diubah" if self.row else f"Target ditetapkan untuk {number} orang"
        self.saved.emit(told)
        self.accept()

    def _mark(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        if not isinstance(refusal, Invalid):
            errors.show(self, refusal)
            return
        rest = show_problems(self, refusal.problems)
        if rest:
            errors.show(self, Invalid(rest))

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
