"""A field for a password: dots, and an eye that shows what was typed."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from wfh_desktop.views import icons

HIDDEN, SHOWN = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


class PasswordEdit(QLineEdit):
    """Forms promote a `QLineEdit` to it; it is hidden again whenever it is emptied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(HIDDEN)
        self.setProperty("secret", True)  # no draft keeps it
        self.setMaxLength(128)
        self.show_action = QAction(icons.icon("preview"), "Perlihatkan kata sandi", self)
        self.show_action.setCheckable(True)
        self.addAction(self.show_action, QLineEdit.ActionPosition.TrailingPosition)
        self.show_action.toggled.connect(self.show_typed)
        self.textChanged.connect(self._hide_again)

    def show_typed(self, shown: bool) -> None:
        """Show what was typed, or dots."""
        self.setEchoMode(SHOWN if shown else HIDDEN)
        self.show_action.setChecked(shown)

    def _hide_again(self, text: str) -> None:
        if not text:
            self.show_typed(shown=False)
