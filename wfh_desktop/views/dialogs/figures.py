"""The dialog for numbers of the month that the rules ask for and nothing here measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.errors import Conflict, Invalid, Refusal
from wfh_desktop.forms.figures_dialog import Ui_FiguresDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services.tpp import figures
from wfh_desktop.services.tpp.figures import FigureDraft, FigureKind, Figures
from wfh_desktop.views import errors, icons, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.conflict import Cells, ask_about
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.page import permit
from wfh_desktop.views.widgets.amount_grid import Captions

ABOUT = "{rules}, {month}. Yang kosong tidak diketahui, atau memakai nilai baku di bawah namanya."
NOTHING = "Aturan {rules} tidak meminta angka yang perlu diisi."


class FiguresDialog(Sheet):
    """A grid of people and numbers; `stored` tells how many were changed."""

    stored = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.figures: Figures | None = None
        self.ui = Ui_FiguresDialog()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Angka bulanan {labels.month(context.scope.period)}")
        icons.dress(self)
        ui = self.ui
        ui.save_button.clicked.connect(self.accept)
        ui.cancel_button.clicked.connect(self.reject)
        ui.former_button.clicked.connect(self._fill_former)
        ui.proposed_button.clicked.connect(self._fill_proposed)
        self._permit()
        context.jobs.run(self, self._again(), self._show, refused=self._not_shown)

    @override
    def accept(self) -> None:
        found = self.figures
        if found is None:
            return
        try:
            changed = self.ui.grid.changed_cells()
        except Invalid as refusal:
            self._refuse(refusal)
            return
        drafts = [
            FigureDraft(person, code, value, found.versions.get((person, code), 0))
            for (person, code), value in changed.items()
        ]
        self.setEnabled(False)
        scope = self.context.scope
        task = partial(figures.enter, unit_id=scope.unit_id, period=scope.period, drafts=drafts)
        enable = partial(self.setEnabled, True)
        self.context.jobs.run(self, task, self._store, refused=self._refuse, failed=enable)

    def _show(self, found: Figures) -> None:
        self.figures = found
        month = labels.month(self.context.scope.period)
        about = ABOUT if found.kinds else NOTHING
        self.ui.about_label.setText(about.format(rules=found.rules, month=month))
        self.ui.grid.show_amounts(*_sheet(found))
        for number, kind in enumerate(found.kinds):
            if (head := self.ui.grid.horizontalHeaderItem(number)) is not None:
                head.setToolTip(kind.note)
        self.ui.grid.setCurrentCell(0, 0)
        self.ui.grid.setFocus()
        self._permit()

    def _permit(self) -> None:
        found = self.figures
        nothing = "" if found and found.kinds else "Tidak ada angka yang perlu diisi"
        permit(self.ui.save_button, nothing)
        former = "" if found and found.former else "Tidak ada angka bulan lalu"
        permit(self.ui.former_button, former)
        self.ui.proposed_button.setVisible(bool(found and found.proposed))

    def _fill_former(self) -> None:
        self._fill(self.figures.former if self.figures else {})

    def _fill_proposed(self) -> None:
        self._fill(self.figures.proposed if self.figures else {})

    def _fill(self, values: Mapping[figures.Key, Decimal]) -> None:
        self.ui.grid.fill_empty(values)
        self.ui.grid.setFocus()

    def _store(self, changed: int) -> None:
        self.stored.emit(changed)
        super().accept()

    def _refuse(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        if isinstance(refusal, Invalid):
            self.ui.other_problem.show_problem(words.explain(refusal))
        elif isinstance(refusal, Conflict):
            self.context.jobs.run(self, self._again(), partial(self._compare, refusal))
        else:
            errors.show(self, refusal)

    def _again(self) -> Callable[[Work], Figures]:
        scope = self.context.scope
        return partial(figures.of_month, unit_id=scope.unit_id, period=scope.period)

    def _compare(self, refusal: Conflict, found: Figures) -> None:
        """Keep what was typed; ask about the numbers that somebody else changed meanwhile."""
        grid = self.ui.grid
        cells = Cells(grid.clashes(found.values), grid.caption, labels.number)
        ask_about(self, refusal, cells, partial(self._renew, found))

    def _renew(self, found: Figures, given_up: frozenset[figures.Key]) -> None:
        self.figures = found
        self.ui.grid.renew(*_sheet(found), given_up)

    def _not_shown(self, refusal: Refusal) -> None:
        self.ui.about_label.setText(words.explain(refusal))


def _sheet(found: Figures) -> tuple[Captions, Captions, Mapping[figures.Key, Decimal]]:
    """Return the rows, the columns and the numbers of the grid."""
    rows = [(person.name, person.id) for person in found.people]
    return rows, [(_caption(kind), kind.code) for kind in found.kinds], found.values


def _caption(kind: FigureKind) -> str:
    """Return the name of a number with its unit and what stands for an empty cell."""
    name = kind.label[:1].upper() + kind.label[1:]
    default = "" if kind.default is None else f"kosong = {labels.number(kind.default)}"
    return "\n".join(filter(None, (name, ", ".join(filter(None, (kind.unit, default))))))
