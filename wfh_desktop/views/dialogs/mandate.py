"""The dialogs in which somebody gets a role in a unit for a time, and in which it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.mandates import Role
from wfh_desktop.forms.mandate_dialog import Ui_MandateDialog
from wfh_desktop.forms.mandate_end_dialog import Ui_MandateEndDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import accounts
from wfh_desktop.services.accounts import AccountRow, MandateDraft, MandateRow, Overview
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.entry import EntryDialog, one_of
from wfh_desktop.views.widgets import choices

USUAL = timedelta(days=13)  # of a Plh: two weeks with the first day
DOES = {
    Role.HEAD: "Memberi tugas, memutuskan laporan, menilai, mengajukan TPP, dan mengunci "
    "TPP yang diajukan orang lain.",
    Role.ACTING_HEAD: "Seperti kepala, hanya pada masa yang disebut: selama pimpinan cuti atau "
    "jabatannya kosong. Berakhir sendiri sesudah hari terakhir.",
    Role.SECRETARIAT: "Mencatat pegawai, presensi dan laporan; menghitung dan mengajukan TPP.",
    Role.VERIFIER: "Memeriksa dan mengunci TPP yang diajukan orang lain.",
    Role.INSPECTOR: "Membaca seluruh daerah, tidak mengubah apa pun.",
    Role.ADMINISTRATOR: "Mengatur unit, kalender, aturan, akun dan mandat; mencatat data.",
}


class MandateDialog(EntryDialog):
    """Gives *account* a mandate, or corrects *row*."""

    def __init__(
        self,
        context: Context,
        account: AccountRow,
        look: Overview,
        row: MandateRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.account = account
        self.row = row
        self.ui = Ui_MandateDialog()
        self.ui.setupUi(self)
        ui = self.ui
        ui.account_label.setText(account.name)
        choices.fill(ui.role_box, [(words.MANDATES[role], role) for role in Role])
        units = [(f"{'    ' * one.depth}{one.name}", one.id) for one in look.places]
        here = context.scope.unit_id
        choices.fill(ui.unit_id_box, units, here)
        ui.unit_id_box.setEnabled(row is None)
        ui.valid_from_edit.set_day(look.today)
        ui.valid_to_edit.set_day(look.today + USUAL)
        if row:
            if all(one.id != row.unit_id for one in look.places):
                ui.unit_id_box.addItem(row.unit, choices.Choice(row.unit_id))
            self.fill(row)
        self.setWindowTitle("Koreksi mandat" if row else "Beri mandat")
        ui.role_box.currentIndexChanged.connect(self._arrange)
        ui.bounded_check.toggled.connect(self._arrange)
        self._arrange()
        self.begin(ui.button_box)

    @override
    def fill(self, row: MandateRow) -> None:
        ui = self.ui
        choices.select(ui.role_box, row.role)
        choices.select(ui.unit_id_box, row.unit_id)
        ui.valid_from_edit.set_day(row.valid_from)
        ui.bounded_check.setChecked(row.valid_to is not None)
        if row.valid_to:
            ui.valid_to_edit.set_day(row.valid_to)
        ui.decree_edit.setText(row.decree)

    @override
    def again(self) -> Callable[[Work], Any] | None:
        return partial(_again, self.account.id, self.row.id) if self.row else None

    @override
    def subject(self) -> str:
        return f"{type(self).__name__}/{self.account.id}/{self.row.id if self.row else '+'}"

    @override
    def task(self) -> Callable[[Work], Any]:
        ui = self.ui
        draft = MandateDraft(
            unit_id=choices.typed(ui.unit_id_box, "unit_id"),
            role=choices.value(ui.role_box),
            valid_from=ui.valid_from_edit.day(),
            valid_to=ui.valid_to_edit.day() if ui.bounded_check.isChecked() else None,
            decree=ui.decree_edit.text(),
        )
        if self.row:
            return partial(accounts.change, key=self.row.id, version=self.row.version, draft=draft)
        return partial(accounts.give, account_id=self.account.id, draft=draft)

    def _arrange(self) -> None:
        """Say what the role does; a stand-in always has a last day."""
        ui, role = self.ui, choices.value(self.ui.role_box)
        ui.role_note.setText(DOES.get(role, ""))
        acting = role is Role.ACTING_HEAD
        if acting == ui.bounded_check.isEnabled():  # to that role, or away from it
            ui.bounded_check.setEnabled(not acting)
            ui.bounded_check.setChecked(acting)
        ui.valid_to_label.setVisible(ui.bounded_check.isChecked())
        ui.valid_to_edit.setVisible(ui.bounded_check.isChecked())


class MandateEndDialog(EntryDialog):
    """Lets a mandate count until a day."""

    def __init__(
        self,
        context: Context,
        account: AccountRow,
        look: Overview,
        row: MandateRow,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.account = account
        self.row = row
        self.ui = Ui_MandateEndDialog()
        self.ui.setupUi(self)
        self.ui.end_note.setText(
            f"{account.name} tidak lagi bertindak sebagai {words.MANDATES[row.role]} {row.unit} "
            "sesudah hari ini. Yang sudah dikerjakan tetap tercatat."
        )
        self.fill(row)
        if row.valid_to is None:
            self.ui.valid_to_edit.set_day(max(look.today, row.valid_from))
        self.begin(self.ui.button_box, "Akhiri")

    @override
    def fill(self, row: MandateRow) -> None:
        if row.valid_to:
            self.ui.valid_to_edit.set_day(row.valid_to)

    @override
    def again(self) -> Callable[[Work], Any]:
        return partial(_again, self.account.id, self.row.id)

    @override
    def task(self) -> Callable[[Work], Any]:
        return partial(
            accounts.end,
            key=self.row.id,
            version=self.row.version,
            last=self.ui.valid_to_edit.day(),
        )


def _again(account_id: int, key: int, work: Work) -> MandateRow:
    account = one_of(accounts.listing(work), account_id)
    return one_of(account.mandates, key)
