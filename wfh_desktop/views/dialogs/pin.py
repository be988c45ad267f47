"""The dialogs of the PIN: asking for it before a file is opened, setting and changing it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.errors import Invalid, Problem, Refusal
from wfh_desktop.forms.pin_dialog import Ui_PinDialog
from wfh_desktop.persistence import pin
from wfh_desktop.views import theme
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.widgets.fields import show_problems

ASKED = "Basis data {0} dibuka dengan PIN."
NEW = (
    "PIN akan diminta setiap kali berkas ini dibuka. PIN yang terlupa hanya dapat dihapus oleh "
    "pemilik map datanya."
)
CHANGED = "Isi PIN sekarang, lalu yang baru. Kosongkan yang baru untuk menghapus PIN."


class PinDialog(Sheet):
    """Asks for the PIN; `given` carries what was typed. It is no judge of it."""

    given = Signal(str)

    def __init__(self, name: str, why: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ui = Ui_PinDialog()
        self.ui.setupUi(self)
        ui = self.ui
        ui.question_label.setText(ASKED.format(name))
        ui.old_label.setText("&PIN")
        ui.old_edit.setAccessibleName("PIN")
        for widget in (ui.pin_label, ui.pin_edit, ui.again_label, ui.again_edit):
            widget.hide()
        ui.old_problem.show_problem(why)
        _name_buttons(ui.button_box, "Buka")
        ui.button_box.accepted.connect(self.accept)
        ui.button_box.rejected.connect(self.reject)

    @override
    def accept(self) -> None:
        typed = self.ui.old_edit.text()
        if not typed:
            self.ui.old_problem.show_problem("PIN wajib diisi.")
            self.ui.old_edit.setFocus()
            return
        self.given.emit(typed)
        super().accept()


class ChangePinDialog(Sheet):
    """Sets, changes or removes the PIN of a file."""

    def __init__(
        self, context: Context, database: Path, *, known: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.database = database
        self.known = known
        self.ui = Ui_PinDialog()
        self.ui.setupUi(self)
        self.setWindowTitle("Ubah PIN" if known else "Pasang PIN")
        self.ui.question_label.setText(CHANGED if known else NEW)
        for widget in (self.ui.old_label, self.ui.old_edit):
            widget.setVisible(known)
        _name_buttons(self.ui.button_box, "Simpan")
        self.ui.button_box.accepted.connect(self.accept)
        self.ui.button_box.rejected.connect(self.reject)

    @override
    def accept(self) -> None:
        ui = self.ui
        new, old = ui.pin_edit.text(), ui.old_edit.text()
        if new != ui.again_edit.text():
            show_problems(self, [Problem("again", "pin_differs")])
            return
        if not new and not self.known:
            show_problems(self, [Problem("pin", "required")])
            return
        self.setEnabled(False)
        self.context.jobs.compute(
            self,
            partial(_change, self.database, new, old),
            self._done,
            refused=self._refuse,
            failed=partial(self.setEnabled, True),
        )

    def _done(self, _: object) -> None:
        super().accept()

    def _refuse(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        if isinstance(refusal, Invalid):
            show_problems(self, refusal.problems)
            self.ui.pin_edit.setFocus()
        else:
            show_problems(self, [])
            self.ui.old_problem.show_problem(words.explain(refusal))
            self.ui.old_edit.setFocus()


def _change(database: Path, new: str, old: str, _: Progress) -> None:
    pin.change(database, new, old)


def _name_buttons(box: QDialogButtonBox, act: str) -> None:
    store = box.button(QDialogButtonBox.StandardButton.Ok)
    store.setText(act)
    store.setProperty("main", True)
    theme.repolish(store)
    box.button(QDialogButtonBox.StandardButton.Cancel).setText("Batal")
