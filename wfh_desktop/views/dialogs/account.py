"""The dialog in which somebody of the staff list gets an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.domain import nip, passwords
from wfh_desktop.forms.account_dialog import Ui_AccountDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import accounts
from wfh_desktop.services.accounts import Candidate
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets import choices
from wfh_desktop.views.widgets.fields import ProblemLabel

HINT = (
    "Masuk dengan NIP {0}. Sampaikan kata sandi ini langsung kepada orangnya; ia menggantinya "
    "sendiri lewat menu di kanan atas. Kata sandi ini tidak dapat dilihat lagi nanti."
)
NOT_VALID = "NIP-nya belum ada atau salah; perbaiki dahulu di halaman Pegawai."


class AccountDialog(EntryDialog):
    """Makes an account for one of *candidates*."""

    def __init__(
        self, context: Context, candidates: Sequence[Candidate], parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.candidates = {one.id: one for one in candidates}
        self.ui = Ui_AccountDialog()
        self.ui.setupUi(self)
        people = [(f"{one.name}  ·  {nip.printed(one.nip) or '?'}", one.id) for one in candidates]
        choices.fill(self.ui.employee_id_box, people)
        self.ui.employee_id_box.currentIndexChanged.connect(self._explain)
        self.ui.suggest_button.clicked.connect(self._suggest)
        self.begin(self.ui.button_box, "Buat akun")
        self._explain()

    @override
    def task(self) -> Callable[[Work], Any]:
        return partial(
            accounts.create,
            employee_id=choices.typed(self.ui.employee_id_box, "employee_id"),
            password=self.ui.password_edit.text(),
        )

    def _suggest(self) -> None:
        self.ui.password_edit.setText(passwords.suggest())
        self.ui.password_edit.show_typed(shown=True)

    def _explain(self) -> None:
        chosen = self.candidates.get(choices.value(self.ui.employee_id_box))
        said = HINT.format(nip.printed(chosen.nip)) if chosen and not chosen.problem else ""
        self.ui.login_note.setText(said)
        problem = self.findChild(ProblemLabel, "employee_id_problem")
        assert problem is not None
        problem.show_problem(NOT_VALID if chosen and chosen.problem else "")
