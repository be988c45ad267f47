"""A picture that keeps to the colours of the palette when they change."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.views import icons


class IconLabel(QWidget):
    """Shows the icon `name` in a square of *size* pixels; it is no control and takes no focus."""

    def __init__(
        self, name: str = "", tone: str = "", size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(size, size))
        self._icon = QIcon()
        if name:
            self.show_icon(name, tone)

    def show_icon(self, name: str, tone: str = "") -> None:
        """Show another icon, in the colour of the text or of a *tone*."""
        self._icon = icons.icon(name, tone)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._icon.paint(painter, QRect(0, 0, self.width(), self.height()))
