"""Dialogs in which units are added, corrected, reorganised and ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.forms.reorganise_dialog import Ui_ReorganiseDialog
from wfh_desktop.forms.unit_dialog import Ui_UnitDialog
from wfh_desktop.forms.unit_end_dialog import Ui_UnitEndDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import units
from wfh_desktop.services.units import UnitDetails, UnitDraft
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets import choices

NO_PARENT = "(tidak ada: paling atas)"
ZONES = {
    Zone.WIB: "WIB, Indonesia bagian barat",
    Zone.WITA: "WITA, Indonesia bagian tengah",
    Zone.WIT: "WIT, Indonesia bagian timur",
}


class UnitDialog(EntryDialog):
    """Adds a unit below *parent_id*, or corrects *row*."""

    def __init__(
        self,
        context: Context,
        tree: Sequence[UnitDetails],
        row: UnitDetails | None = None,
        below: UnitDetails | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.row = row
        self.ui = Ui_UnitDialog()
        self.ui.setupUi(self)
        ui = self.ui
        like = row or below
        zones = [(text, zone) for zone, text in ZONES.items()]
        choices.fill(ui.zone_box, zones, like.zone if like else Zone.WIB)
        choices.fill(ui.parent_id_box, offered(tree), below.id if below else None)
        first = entry.first_day(context).replace(month=1)
        ui.valid_from_edit.set_day(max(first, below.valid_from) if below else first)
        if row:
            self.fill(row)
        for widget in (
            ui.parent_id_label,
            ui.parent_id_box,
            ui.valid_from_label,
            ui.valid_from_edit,
        ):
            widget.setVisible(row is None)
        self.setWindowTitle("Koreksi unit" if row else "Tambah unit")
        self.begin(ui.button_box)

    @override
    def task(self) -> Callable[[Work], Any]:
        ui = self.ui
        name, code, zone = ui.name_edit.text(), ui.code_edit.text(), choices.value(ui.zone_box)
        if self.row:
            return partial(
                units.correct,
                key=self.row.id,
                version=self.row.version,
                name=name,
                code=code,
                zone=zone,
            )
        draft = UnitDraft(
            name=name,
            parent_id=choices.typed(ui.parent_id_box, "parent_id"),
            valid_from=ui.valid_from_edit.day(),
            code=code,
            zone=zone,
        )
        return partial(units.create, draft=draft)

    @override
    def again(self) -> Callable[[Work], UnitDetails] | None:
        return self.row and partial(_fetch, day=self.context.scope.period.last, key=self.row.id)

    @override
    def fill(self, row: UnitDetails) -> None:
        self.ui.name_edit.setText(row.name)
        self.ui.code_edit.setText(row.code)
        choices.select(self.ui.zone_box, row.zone)


class ReorganiseDialog(EntryDialog):
    """Gives a unit another name or another place from a day on."""

    def __init__(
        self,
        context: Context,
        tree: Sequence[UnitDetails],
        row: UnitDetails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.row = row
        self.ui = Ui_ReorganiseDialog()
        self.ui.setupUi(self)
        others = [one for one in tree if one.id != row.id]
        choices.fill(self.ui.parent_id_box, offered(others))
        self.fill(row)
        self.ui.valid_from_edit.set_day(entry.first_day(context))
        self.begin(self.ui.button_box)

    @override
    def task(self) -> Callable[[Work], Any]:
        return partial(
            units.reorganise,
            key=self.row.id,
            version=self.row.version,
            name=self.ui.name_edit.text(),
            parent_id=choices.typed(self.ui.parent_id_box, "parent_id"),
            since=self.ui.valid_from_edit.day(),
            decree=self.ui.decree_edit.text(),
        )

    @override
    def again(self) -> Callable[[Work], UnitDetails]:
        return partial(_fetch, day=self.context.scope.period.last, key=self.row.id)

    @override
    def fill(self, row: UnitDetails) -> None:
        self.ui.name_edit.setText(row.name)
        choices.select(self.ui.parent_id_box, row.parent_id)


class UnitEndDialog(EntryDialog):
    """Lets a unit exist until a day."""

    def __init__(self, context: Context, row: UnitDetails, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.row = row
        self.ui = Ui_UnitEndDialog()
        self.ui.setupUi(self)
        self.ui.end_note.setText(
            f"{row.name} tidak ada lagi sesudah hari ini. Pindahkan dahulu pegawai dan unit "
            "di bawahnya; bulan-bulan sebelumnya tetap memuatnya."
        )
        self.ui.valid_to_edit.set_day(context.scope.period.last)
        self.begin(self.ui.button_box, "Akhiri")

    @override
    def task(self) -> Callable[[Work], Any]:
        return partial(
            units.end,
            key=self.row.id,
            version=self.row.version,
            last=self.ui.valid_to_edit.day(),
            decree=self.ui.decree_edit.text(),
        )

    @override
    def again(self) -> Callable[[Work], UnitDetails]:
        return partial(_fetch, day=self.context.scope.period.last, key=self.row.id)

    @override
    def fill(self, row: UnitDetails) -> None:
        """Nothing that is asked here is known before."""


def offered(tree: Sequence[UnitDetails]) -> list[tuple[str, object]]:
    """Return the units to choose as parent, set in by their depth."""
    return [(NO_PARENT, None), *((f"{'    ' * one.depth}{one.name}", one.id) for one in tree)]


def _fetch(work: Work, day: date, key: int) -> UnitDetails:
    return entry.one_of(units.listing(work, day), key)
