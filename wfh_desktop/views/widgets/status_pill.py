"""A state as a small coloured word, with an icon in the text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from wfh_desktop.views import theme

MARKS = {"good": "✓", "attention": "●", "bad": "✕", "neutral": "○", "accent": "●"}
NARROWEST = 96  # pixels: the short words whole, and the beginning of a long one


class StatusPill(QLabel):
    """Shows a word in the colours of a tone: good, attention, bad, neutral or accent.

    Where there is no room the word ends in …; its accessible name does not.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("pill", "neutral")

    def show_state(self, text: str, tone: str = "neutral") -> None:
        """Show *text* in the colours of *tone*; an empty text hides the pill."""
        self.setText(f"{MARKS[tone]} {text}")
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if self.property("pill") != tone:
            self.setProperty("pill", tone)
            theme.repolish(self)

    @override
    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), NARROWEST), whole.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)
            return
        QFrame.paintEvent(self, event)
        room = self.contentsRect()
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
