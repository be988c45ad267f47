"""The dialog in which a rule set is chosen for a unit from a day on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.domain import numbers
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.tpp.ruleset import RuleSet
from wfh_desktop.forms.rule_choice_dialog import Ui_RuleChoiceDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import office
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.entry import EntryDialog

UNIT_FACTOR = "UNIT"


class RuleChoiceDialog(EntryDialog):
    """Asks from which day a rule set holds, and for the unit's factor where it has one."""

    def __init__(self, context: Context, rules: RuleSet, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.rules = rules
        self.ui = Ui_RuleChoiceDialog()
        self.ui.setupUi(self)
        ui = self.ui
        ui.choice_note.setText(
            f"{context.scope.unit_name} dan semua unit di bawahnya dibayar menurut "
            f"{rules.name}. Bulan sebelum tanggal itu tetap memakai aturan yang lama."
        )
        first = entry.first_day(context).replace(month=1)
        ui.valid_from_edit.set_day(max(first, rules.valid_from))
        factor = next((one for one in rules.multipliers if one.code == UNIT_FACTOR), None)
        ui.factor_note.setText(factor.note or factor.label if factor else "")
        for widget in (ui.unit_factor_label, ui.unit_factor_edit, ui.factor_note):
            widget.setVisible(factor is not None)
        if factor and factor.value is not None:
            ui.unit_factor_edit.setText(labels.number(factor.value))
        self.begin(ui.button_box, "Pakai")

    @override
    def task(self) -> Callable[[Work], Any]:
        text = self.ui.unit_factor_edit.text().strip()
        factor = numbers.read(text) if text else None
        if text and factor is None:
            raise Invalid([Problem("unit_factor", "not_a_number", (text,))])
        return partial(
            office.choose_rules,
            unit_id=self.context.scope.unit_id,
            rule_id=self.rules.id,
            since=self.ui.valid_from_edit.day(),
            unit_factor=factor,
        )
