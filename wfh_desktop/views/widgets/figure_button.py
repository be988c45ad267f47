"""A number with its word that opens the list behind it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from wfh_desktop.views import theme

LARGE, SMALL = 20, 10  # points
GAP, PADDING = 6, 6  # pixels
RADIUS = 5


class FigureButton(QAbstractButton):
    """Shows a figure large and its *word* beside it, in a colour of `theme`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure, self._word, self._tone = "", "", "text"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: str, word: str, tone: str = "text", tip: str = "") -> None:
        """Show another figure; *tip* says what opens."""
        self._figure, self._word, self._tone = figure, word, tone
        self.setAccessibleName(f"{figure} {word}")
        self.setToolTip(tip)
        self.updateGeometry()
        self.update()

    @property
    def figure(self) -> str:
        """The number that is shown."""
        return self._figure

    @override
    def sizeHint(self) -> QSize:
        large, small = (QFontMetrics(font) for font in self._fonts())
        width = large.horizontalAdvance(self._figure) + GAP + small.horizontalAdvance(self._word)
        return QSize(width + 2 * PADDING, large.height() + 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        large, small = self._fonts()
        metrics = QFontMetrics(large)
        base = (self.height() + metrics.ascent() - metrics.descent()) // 2
        painter.setPen(theme.colour("text"))
        painter.setFont(large)
        painter.drawText(QPoint(PADDING, base), self._figure)
        painter.setPen(theme.word_colour(self._tone))
        painter.setFont(small)
        left = PADDING + metrics.horizontalAdvance(self._figure) + GAP
        painter.drawText(QPoint(left, base), self._word)

    def _paint_ground(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse() and self.isEnabled():
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(QRect(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _fonts(self) -> tuple[QFont, QFont]:
        large, small = QFont(self.font()), QFont(self.font())
        large.setPointSize(LARGE)
        large.setWeight(QFont.Weight.DemiBold)
        small.setPointSize(SMALL)
        small.setWeight(QFont.Weight.DemiBold)
        return large, small
