"""What an empty page shows: what belongs here, and the one action that fills it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from wfh_desktop.views.widgets.icon_label import IconLabel

ICON = 40
WIDTH = 460


class EmptyState(QWidget):
    """A sentence and a button in the middle of the room; `asked` is emitted by the button."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = IconLabel(size=ICON)
        self._sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        self._sentence.setFixedWidth(WIDTH)
        self._sentence.setProperty("role", "muted")
        self.action_button = QPushButton()
        self.action_button.setProperty("main", True)
        self.action_button.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch()
        for widget in (self._sign, self._sentence, self.action_button):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        self.action_button.hide()

    def say(self, sentence: str, action: str = "", icon: str = "inbox") -> None:
        """Show *sentence*, and a button with the words *action* if there are any."""
        self._sign.show_icon(icon, "muted")
        self._sentence.setText(sentence)
        self._sentence.setMinimumHeight(self._sentence.heightForWidth(WIDTH))
        self.action_button.setText(action)
        self.action_button.setVisible(bool(action))
