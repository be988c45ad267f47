"""The dialog in which what was achieved of a target is entered by hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from wfh_desktop.domain.errors import Invalid, Refusal
from wfh_desktop.domain.targets import Realisation
from wfh_desktop.forms.realisation_dialog import Ui_RealisationDialog
from wfh_desktop.services import targets
from wfh_desktop.services.realisation import ASPECTS, TargetRow
from wfh_desktop.views import errors, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.dialogs.target import read_numbers
from wfh_desktop.views.widgets.fields import show_problems


class RealisationDialog(Sheet):
    """Takes quantity, quality, time and cost; what stays empty comes from accepted reports."""

    saved = Signal(str)

    def __init__(self, context: Context, row: TargetRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.row = row
        self.ui = Ui_RealisationDialog()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui.target_label.setText(row.title)
        for name, field in self._fields().items():
            value = getattr(row.done, name)
            if name in row.done.by_hand:
                field.setText(labels.number(value))
            elif value is not None:
                counted = labels.number(value, 1).removesuffix(",0")
                field.setPlaceholderText(f"{counted} menurut laporan")
        with_cost = row.cost is not None
        for widget in (self.ui.cost_label, self.ui.cost_edit):
            widget.setVisible(with_cost)
        self.ui.button_box.accepted.connect(self.accept)
        self.ui.button_box.rejected.connect(self.reject)

    @override
    def accept(self) -> None:
        try:
            numbers = read_numbers(self._fields(), optional=frozenset(ASPECTS))
        except Invalid as refusal:
            show_problems(self, refusal.problems)
            return
        self.setEnabled(False)
        task = partial(
            targets.realise,
            key=self.row.id,
            version=self.row.version,
            entered=Realisation(**numbers),
        )
        self.context.jobs.run(self, task, self._done, refused=self._mark)

    def _fields(self) -> dict[str, QLineEdit]:
        ui = self.ui
        return {
            "quantity": ui.quantity_edit,
            "quality": ui.quality_edit,
            "days": ui.days_edit,
            "cost": ui.cost_edit,
        }

    def _done(self, _: object) -> None:
        self.saved.emit("Realisasi disimpan")
        super().accept()

    def _mark(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        if not isinstance(refusal, Invalid):
            errors.show(self, refusal)
            return
        rest = show_problems(self, refusal.problems)
        if rest:
            errors.show(self, Invalid(rest))
