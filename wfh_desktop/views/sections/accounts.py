"""Who may sign in to a shared database, and as what."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.people import Right
from wfh_desktop.forms.accounts_section import Ui_AccountsSection
from wfh_desktop.persistence import backup
from wfh_desktop.persistence.address import shown
from wfh_desktop.services import accounts
from wfh_desktop.services.accounts import AccountRow, MandateRow, Overview, Standing
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import confirm
from wfh_desktop.views.dialogs.account import AccountDialog
from wfh_desktop.views.dialogs.mandate import MandateDialog, MandateEndDialog
from wfh_desktop.views.dialogs.password import ResetDialog
from wfh_desktop.views.sections.section import Section
from wfh_desktop.views.tables import Column, TableModel
from wfh_desktop.views.widgets.mandate_list import MandateList

ONE_USER = (
    "Basis data ini berkas di satu komputer dengan satu pengguna, jadi tidak ada akun. Agar "
    "pimpinan, sekretariat dan verifikator bekerja bersama, pengelola server menyiapkan basis data "
    "bersama (wfhctl server install), lalu data ini dipindahkan ke sana."
)
MOVE = "Pindahkan data ini ke server…"
OWN = "Akun dan mandat sendiri diubah oleh administrator lain"
NOBODY = "Pilih seorang pengguna"
NOBODY_LEFT = "Semua pegawai yang dapat Anda atur sudah mempunyai akun"


class AccountsSection(Section):
    """A table of accounts; the panel at the right shows the mandates of the chosen one."""

    key = "accounts"
    title = "Pengguna"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.look: Overview | None = None
        self._wanted: int | None = None  # the account that was made a moment ago
        self.ui = Ui_AccountsSection()
        self.ui.setupUi(self)
        self.dress()
        ui = self.ui
        self.model = TableModel[AccountRow](COLUMNS, self)
        ui.table.attach(self.model, "accounts")
        self.mandate_list = MandateList()
        ui.side_panel.body.addWidget(self.mandate_list)
        ui.side_panel.hide()
        ui.splitter.setStretchFactor(0, 1)
        ui.search_edit.textChanged.connect(ui.table.set_filter)
        ui.table.selected_changed.connect(self._look_at)
        ui.table.opened.connect(self._open_panel)
        ui.table.shown_changed.connect(self._count)
        ui.side_panel.closed.connect(ui.table.setFocus)
        ui.empty_state.asked.connect(self._move)
        ui.add_button.clicked.connect(self._add)
        ui.mandate_button.clicked.connect(self._give)
        ui.password_button.clicked.connect(self._reset)
        ui.close_button.clicked.connect(self._close)
        ui.reopen_button.clicked.connect(self._reopen)
        self.mandate_list.correct.connect(self._correct)
        self.mandate_list.end.connect(self._end)
        self.mandate_list.withdraw.connect(self._withdraw)

    @override
    def reload(self) -> None:
        self.load(accounts.overview, self._show)

    def _show(self, look: Overview) -> None:
        self.look = look
        ui = self.ui
        ui.stack.setCurrentWidget(ui.list_room if look.shared else ui.empty_state)
        ui.empty_state.say(ONE_USER, MOVE, icon="people")
        self.allow(ui.empty_state.action_button)
        self.model.show(look.rows)
        if self._wanted is not None and ui.table.select_key(self._wanted):
            self._wanted = None
        if ui.table.selected() is None and ui.table.shown:
            ui.table.selectRow(0)
        self._look_at(ui.table.selected())
        self._count()

    def _count(self) -> None:
        rows: list[AccountRow] = self.ui.table.shown
        closed = sum(not row.active for row in rows)
        idle = sum(row.active and not row.running for row in rows)
        parts = [f"{len(rows)} akun"]
        parts += [f"{closed} ditutup"] if closed else []
        parts += [f"{idle} tanpa mandat hari ini"] if idle else []
        self.ui.footer_label.setText("  ·  ".join(parts))

    def _look_at(self, row: AccountRow | None) -> None:
        if row is None:
            self.ui.side_panel.hide()
        else:
            self.ui.side_panel.show_title(row.name, shown(row.login))
            self.mandate_list.show_mandates(row.mandates, self._why_not(row))
            self.ui.side_panel.show()
        self._permit()

    def _open_panel(self, _: object) -> None:
        self.ui.side_panel.show()
        self.mandate_list.setFocus()

    def _why_not(self, row: AccountRow | None) -> str:
        """Return why nothing may be done about *row*; empty if something may."""
        if forbidden := self.forbidden():
            return forbidden
        if row is None:
            return NOBODY
        return OWN if row.own else ""

    def _permit(self) -> None:
        ui, row = self.ui, self._chosen()
        why = self._why_not(row)
        closed = row is not None and not row.active
        self.allow(ui.add_button, "" if self.look and self.look.candidates else NOBODY_LEFT)
        self.allow(ui.mandate_button, why)
        self.allow(ui.password_button, why)
        self.allow(ui.close_button, why)
        self.allow(ui.reopen_button, why)
        ui.close_button.setVisible(not closed)
        ui.reopen_button.setVisible(closed)

    @override
    def forbidden(self) -> str:
        may = Right.ADMINISTER in self.context.actor.rights
        return "" if may else "Hanya administrator yang mengatur akun"

    def _chosen(self) -> AccountRow | None:
        row: AccountRow | None = self.ui.table.selected()
        return row

    def _move(self) -> None:
        """Open the way from this file to a server."""
        from wfh_desktop.views.dialogs.move import MoveDialog

        opened = self.context.opened
        file = backup.file_of(opened.database) if opened else None
        if file is not None:
            MoveDialog(self.context, file, self).open()

    def _add(self) -> None:
        if self.look:
            dialog = AccountDialog(self.context, self.look.candidates, self)
            dialog.stored.connect(self._want)
            self.open(dialog, "Akun dibuat; beri mandat agar ia melihat data unitnya")

    def _want(self, key: int) -> None:
        self._wanted = key

    def _give(self) -> None:
        if self.look and (row := self._chosen()):
            dialog = MandateDialog(self.context, row, self.look, None, self)
            self.open(dialog, "Mandat diberikan")

    def _correct(self, mandate: MandateRow) -> None:
        if self.look and (row := self._chosen()):
            dialog = MandateDialog(self.context, row, self.look, mandate, self)
            self.open(dialog)

    def _end(self, mandate: MandateRow) -> None:
        if self.look and (row := self._chosen()):
            dialog = MandateEndDialog(self.context, row, self.look, mandate, self)
            self.open(dialog, "Mandat diakhiri")

    def _withdraw(self, mandate: MandateRow) -> None:
        question = (
            f"Tarik mandat {words.MANDATES[mandate.role]} {mandate.unit}? Berlaku seketika, "
            "seolah-olah tidak pernah diberikan; yang sudah dikerjakan tetap tercatat."
        )
        task = partial(accounts.withdraw, key=mandate.id, version=mandate.version)
        confirm.ask(self, question, "Tarik", partial(self.do, task, "Mandat ditarik"))

    def _reset(self) -> None:
        if row := self._chosen():
            self.open(ResetDialog(self.context, row, self), "Kata sandi diganti")

    def _close(self) -> None:
        if row := self._chosen():
            question = (
                f"Tutup akun {row.name}? Ia tidak dapat masuk lagi, dan yang sedang terbuka "
                "berakhir. Akun dapat dibuka lagi; datanya tidak berubah."
            )
            task = partial(accounts.close, key=row.id, version=row.version)
            confirm.ask(self, question, "Tutup akun", partial(self.do, task, "Akun ditutup"))

    def _reopen(self) -> None:
        if row := self._chosen():
            task = partial(accounts.reopen, key=row.id, version=row.version)
            self.do(task, "Akun dibuka lagi")


def _roles(row: AccountRow) -> str:
    """Return the roles that count today, or the next one to come."""
    coming = [one for one in row.mandates if one.standing is Standing.COMING]
    return "; ".join(map(_role, row.running or coming[:1])) or "tanpa mandat"


def _role(row: MandateRow) -> str:
    said = f"{words.MANDATES[row.role]} {row.unit}"
    if row.standing is Standing.COMING:
        return f"{said} mulai {labels.short_day(row.valid_from)}"
    return f"{said} s.d. {labels.short_day(row.valid_to)}" if row.valid_to else said


def _state(row: AccountRow) -> str:
    if not row.active:
        return "ditutup"
    return "aktif" if row.running else "–"


COLUMNS: list[Column[AccountRow]] = [
    Column("Nama", lambda row: row.name, width=170),
    Column("NIP", lambda row: shown(row.login), width=188, firm=True),
    Column("Unit", lambda row: row.unit, width=110),
    Column("Peran hari ini", _roles, width=230),
    Column("Keadaan", _state, width=78),
]
