"""The dialog in which what was achieved of a target is entered by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from wfh_desktop.domain.targets import Realisation
from wfh_desktop.forms.realisation_dialog import Ui_RealisationDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import targets
from wfh_desktop.services.realisation import ASPECTS, TargetRow
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.dialogs.target import fetch, read_numbers


class RealisationDialog(EntryDialog):
    """Takes quantity, quality, time and cost; what stays empty comes from accepted reports."""

    amounts = frozenset(ASPECTS)

    saved = Signal(str)

    def __init__(self, context: Context, row: TargetRow, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.row = row
        self.ui = Ui_RealisationDialog()
        self.ui.setupUi(self)
        self.ui.target_label.setText(row.title)
        self.fill(row)
        with_cost = row.cost is not None
        for widget in (self.ui.cost_label, self.ui.cost_edit):
            widget.setVisible(with_cost)
        self.begin(self.ui.button_box)

    @override
    def task(self) -> Callable[[Work], None]:
        numbers = read_numbers(self._fields(), optional=frozenset(ASPECTS))
        return partial(
            targets.realise,
            key=self.row.id,
            version=self.row.version,
            entered=Realisation(**numbers),
        )

    @override
    def again(self) -> Callable[[Work], TargetRow]:
        return partial(fetch, row=self.row, period=self.context.scope.period)

    @override
    def fill(self, row: TargetRow) -> None:
        for name, field in self._fields().items():
            value, by_hand = getattr(row.done, name), name in row.done.by_hand
            field.setText(labels.number(value) if by_hand else "")
            if value is not None and not by_hand:
                counted = labels.number(value, 1).removesuffix(",0")
                field.setPlaceholderText(f"{counted} menurut laporan")

    @override
    def finish(self, answer: object) -> None:
        self.saved.emit("Realisasi disimpan")

    def _fields(self) -> dict[str, QLineEdit]:
        ui = self.ui
        return {
            "quantity": ui.quantity_edit,
            "quality": ui.quality_edit,
            "days": ui.days_edit,
            "cost": ui.cost_edit,
        }
