"""The dialog in which a holiday is added or changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.domain.calendar import HolidayKind
from wfh_desktop.forms.holiday_dialog import Ui_HolidayDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import days_off
from wfh_desktop.services.days_off import HolidayDraft, HolidayRow
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets import choices


class HolidayDialog(EntryDialog):
    """Adds a day off for the unit or for everybody, or changes *row*."""

    def __init__(
        self, context: Context, row: HolidayRow | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.row = row
        self.ui = Ui_HolidayDialog()
        self.ui.setupUi(self)
        ui = self.ui
        kinds = [(kind.value.capitalize(), kind) for kind in HolidayKind]
        choices.fill(ui.kind_box, kinds, HolidayKind.LOCAL)
        scopes = [(f"{context.scope.unit_name} dan semua di bawahnya", context.scope.unit_id)]
        choices.fill(ui.scope_box, [*scopes, ("Semua unit", None)])
        ui.day_edit.set_day(entry.first_day(context))
        if row:
            self.fill(row)
            ui.scope_label.hide()
            ui.scope_box.hide()
        self.setWindowTitle("Ubah hari libur" if row else "Tambah hari libur")
        self.begin(ui.button_box)

    @override
    def task(self) -> Callable[[Work], Any]:
        ui = self.ui
        draft = HolidayDraft(
            day=ui.day_edit.day(),
            name=ui.name_edit.text(),
            kind=choices.value(ui.kind_box),
            source=ui.source_edit.text(),
        )
        if self.row:
            return partial(days_off.change, key=self.row.id, version=self.row.version, draft=draft)
        return partial(days_off.add, unit_id=choices.value(ui.scope_box), draft=draft)

    @override
    def again(self) -> Callable[[Work], HolidayRow] | None:
        if not self.row:
            return None
        place = {"unit_id": self.context.scope.unit_id, "year": self.row.day.year}
        return partial(_fetch, **place, key=self.row.id)

    @override
    def fill(self, row: HolidayRow) -> None:
        choices.select(self.ui.kind_box, row.kind)
        self.ui.day_edit.set_day(row.day)
        self.ui.name_edit.setText(row.name)
        self.ui.source_edit.setText(row.source)


def _fetch(work: Work, unit_id: int, year: int, key: int) -> HolidayRow:
    return entry.one_of(days_off.listing(work, unit_id, year), key)
