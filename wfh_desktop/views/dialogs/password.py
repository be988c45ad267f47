"""The dialogs in which a password is changed: the own one, or one that somebody forgot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.domain import passwords
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.forms.password_dialog import Ui_PasswordDialog
from wfh_desktop.persistence import secrets
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import accounts
from wfh_desktop.services.accounts import AccountRow
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets import toast

RESET = (
    "Kata sandi baru untuk {0}. Yang lama tidak berlaku lagi, dan jendela yang sedang terbuka "
    "dengan akun itu berakhir. Sampaikan yang baru langsung kepada orangnya."
)
OWN = "Berlaku sejak Anda masuk berikutnya; jendela ini tetap terbuka."


class OwnPasswordDialog(EntryDialog):
    """Changes the password of whoever signed in, who types the present one first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_PasswordDialog()
        self.ui.setupUi(self)
        self.setWindowTitle("Ganti kata sandi")
        self.ui.whose_label.setText(OWN)
        self.ui.suggest_button.hide()
        self.begin(self.ui.button_box, "Ganti")

    @override
    def task(self) -> Callable[[Work], Any]:
        opened, ui = self.context.opened, self.ui
        present = opened.database.key.password if opened else ""
        if present and ui.current_edit.text() != present:
            raise Invalid([Problem("current", "password_wrong")])
        url = opened.database.engine.url.render_as_string() if opened else ""
        return partial(_change, url, ui.password_edit.text(), ui.again_edit.text())

    @override
    def finish(self, answer: Any) -> None:
        if self.context.opened:  # the next connection of this window needs the new one
            self.context.opened.database.key.password = self.ui.password_edit.text()
        window = self.parentWidget()
        if window is not None:
            toast.say(window, "Kata sandi diganti")
        super().finish(answer)


class ResetDialog(EntryDialog):
    """Gives somebody who forgot theirs another password."""

    def __init__(self, context: Context, row: AccountRow, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.account = row
        self.ui = Ui_PasswordDialog()
        self.ui.setupUi(self)
        ui = self.ui
        self.setWindowTitle("Kata sandi baru")
        ui.whose_label.setText(RESET.format(row.name))
        for widget in (ui.current_label, ui.current_edit, ui.again_label, ui.again_edit):
            widget.hide()
        ui.suggest_button.clicked.connect(self._suggest)
        self.begin(ui.button_box, "Ganti")

    @override
    def task(self) -> Callable[[Work], Any]:
        return partial(
            accounts.reset_password,
            key=self.account.id,
            version=self.account.version,
            password=self.ui.password_edit.text(),
        )

    def _suggest(self) -> None:
        self.ui.password_edit.setText(passwords.suggest())
        self.ui.password_edit.show_typed(shown=True)


def _change(url: str, password: str, again: str, work: Work) -> None:
    """Change the own password, also where the system keeps it."""
    accounts.change_password(work, password, again)
    if url and secrets.recall(url):
        secrets.keep(url, password)
