"""The dialog that asks for a reason before something is taken back or opened again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from typing_extensions import override

from wfh_desktop.forms.reason_dialog import Ui_ReasonDialog
from wfh_desktop.views.dialogs.sheet import Sheet


class ReasonDialog(Sheet):
    """Asks one question and takes one line; `given` carries the reason.

    What was given as an answer to the same question stands there again: the act may have been
    refused.
    """

    given = Signal(str)

    def __init__(self, title: str, question: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_ReasonDialog()
        self.ui.setupUi(self)
        self.setWindowTitle(title)
        self.ui.question_label.setText(question)
        self._memory = f"reason/{title}/{question}"
        if parent is not None:
            self.ui.reason_edit.setText(parent.property(self._memory) or "")
            self.ui.reason_edit.selectAll()
        self.ui.button_box.button(QDialogButtonBox.StandardButton.Ok).setText(act)
        self.ui.button_box.accepted.connect(self.accept)
        self.ui.button_box.rejected.connect(self.reject)

    @override
    def accept(self) -> None:
        reason = " ".join(self.ui.reason_edit.text().split())
        if not reason:
            self.ui.reason_problem.show_problem("Alasan wajib diisi.")
            self.ui.reason_edit.setFocus()
            return
        if (owner := self.parentWidget()) is not None:
            owner.setProperty(self._memory, reason)
        self.given.emit(reason)
        super().accept()
