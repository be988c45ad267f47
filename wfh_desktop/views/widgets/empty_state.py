"""What an empty page shows: what belongs here, and the one action that fills it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from wfh_desktop.views.widgets.icon_label import IconLabel

ICON = 40
NARROWEST, WIDEST, EDGE = 200, 460, 12  # pixels


class EmptyState(QWidget):
    """A sentence and a button in the middle of the room; `asked` is emitted by the button."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = IconLabel(size=ICON)
        self._sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
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
        self._fit()
        self.action_button.setText(action)
        self.action_button.setVisible(bool(action))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Break the sentence where the room ends, or sooner in a wide room."""
        width = max(NARROWEST, min(self.width() - 2 * EDGE, WIDEST))
        self._sentence.setFixedSize(width, max(0, self._sentence.heightForWidth(width)))
