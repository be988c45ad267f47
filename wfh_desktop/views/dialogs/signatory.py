"""The dialog in which somebody is appointed to sign papers from a day on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain import nip
from wfh_desktop.domain.people import Capacity
from wfh_desktop.domain.ranks import PNS_GRADES, PPPK_GRADES
from wfh_desktop.forms.signatory_dialog import Ui_SignatoryDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import office
from wfh_desktop.services.office import ROLES, SignatoryDraft, SignatoryRow
from wfh_desktop.services.people import Overview
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets import choices

OUTSIDE = "(pejabat di luar daftar pegawai)"


class SignatoryDialog(EntryDialog):
    """Appoints a signatory of the unit, or corrects *row*."""

    def __init__(
        self,
        context: Context,
        overview: Overview,
        row: SignatoryRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.row = row
        self.titles = {one.id: one.person.title for one in overview.rows}
        self.ui = Ui_SignatoryDialog()
        self.ui.setupUi(self)
        ui = self.ui
        choices.fill(ui.role_box, [(words.ROLES[role], role) for role in ROLES])
        people = [(OUTSIDE, None), *((name, key) for key, name in overview.superiors)]
        choices.fill(ui.employee_id_box, people, overview.rows[0].id if overview.rows else None)
        grades = [("", ""), *((grade, grade) for grade in (*PNS_GRADES, *PPPK_GRADES))]
        choices.fill(ui.grade_box, grades)
        kinds = [(words.CAPACITIES[one].capitalize(), one) for one in Capacity]
        choices.fill(ui.capacity_box, kinds, Capacity.DEFINITIVE)
        ui.valid_from_edit.set_day(entry.first_day(context).replace(month=1))
        ui.valid_to_edit.set_day(context.scope.period.last)
        self._suggest_title()
        if row:
            self.fill(row)
        self.setWindowTitle("Koreksi penanda tangan" if row else "Tetapkan penanda tangan")
        ui.employee_id_box.currentIndexChanged.connect(self._suggest_title)
        ui.employee_id_box.currentIndexChanged.connect(self._arrange)
        ui.capacity_box.currentIndexChanged.connect(self._arrange)
        ui.bounded_check.toggled.connect(self._arrange)
        self.begin(ui.button_box)
        self._arrange()

    @override
    def task(self) -> Callable[[Work], Any]:
        ui = self.ui
        key = choices.typed(ui.employee_id_box, "employee_id")
        capacity = choices.value(ui.capacity_box)
        behalf = ui.on_behalf_of_edit.text() if capacity is Capacity.ON_BEHALF else ""
        draft = SignatoryDraft(
            role=choices.value(ui.role_box),
            title=ui.position_title_edit.text(),
            valid_from=ui.valid_from_edit.day(),
            employee_id=key,
            name=ui.name_edit.text(),
            nip=ui.nip_edit.text(),
            grade=choices.value(ui.grade_box) or "",
            capacity=capacity,
            on_behalf_of=behalf,
            valid_to=ui.valid_to_edit.day() if ui.bounded_check.isChecked() else None,
        )
        if self.row:
            return partial(
                office.correct_signatory, key=self.row.id, version=self.row.version, draft=draft
            )
        return partial(office.appoint, unit_id=self.context.scope.unit_id, draft=draft)

    @override
    def again(self) -> Callable[[Work], SignatoryRow] | None:
        return self.row and partial(_fetch, unit_id=self.row.unit_id, key=self.row.id)

    @override
    def fill(self, row: SignatoryRow) -> None:
        ui = self.ui
        choices.select(ui.role_box, row.role)
        choices.add(ui.employee_id_box, row.name, row.employee_id)
        choices.select(ui.employee_id_box, row.employee_id)
        outside = row.employee_id is None
        ui.name_edit.setText(row.name if outside else "")
        ui.nip_edit.setText(nip.printed(row.nip) if outside else "")
        choices.select(ui.grade_box, row.grade if outside else "")
        ui.position_title_edit.setText(row.title)
        choices.select(ui.capacity_box, row.capacity)
        ui.on_behalf_of_edit.setText(row.on_behalf_of)
        ui.valid_from_edit.set_day(row.valid_from)
        ui.bounded_check.setChecked(row.valid_to is not None)
        if row.valid_to:
            ui.valid_to_edit.set_day(row.valid_to)

    def _suggest_title(self) -> None:
        """Offer the title of the person chosen."""
        title = self.titles.get(choices.value(self.ui.employee_id_box), "")
        if title:
            self.ui.position_title_edit.setText(title)

    def _arrange(self) -> None:
        """Show only the fields that the choices made need."""
        ui = self.ui
        outside = choices.value(ui.employee_id_box) is None
        for name in ("name", "nip", "grade"):
            for suffix in ("label", "edit", "box"):
                widget = self.findChild(QWidget, f"{name}_{suffix}")
                if widget is not None:
                    widget.setVisible(outside)
        behalf = choices.value(ui.capacity_box) is Capacity.ON_BEHALF
        ui.on_behalf_of_label.setVisible(behalf)
        ui.on_behalf_of_edit.setVisible(behalf)
        bounded = ui.bounded_check.isChecked()
        ui.valid_to_label.setVisible(bounded)
        ui.valid_to_edit.setVisible(bounded)


def _fetch(work: Work, unit_id: int, key: int) -> SignatoryRow:
    return entry.one_of(office.appointed(work, unit_id), key)
