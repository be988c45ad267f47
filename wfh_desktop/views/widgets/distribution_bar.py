"""How a unit's predicates are distributed: one bar of the whole unit, with the numbers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from wfh_desktop.views import theme

MISSING = "Belum dinilai"
TONES = {
    "Sangat Baik": "good",
    "Baik": "accent",
    "Cukup": "attention",
    "Butuh Perbaikan": "attention",
    "Kurang": "bad",
    "Buruk": "bad",
    "Sangat Kurang": "bad",
    MISSING: "line",
}
BAR = 12


class DistributionBar(QWidget):
    """Shows how many people have which predicate, those without one last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show *counts* by predicate; an empty predicate is one not yet given."""
        named = {name or MISSING: number for name, number in counts.items()}
        self.counts = {name: named[name] for name in TONES if named.get(name)}
        total = sum(self.counts.values()) or 1
        told = [
            f"{name}: {number} orang ({number * 100 / total:.0f}%)".replace(".", ",")
            for name, number in self.counts.items()
        ]
        self.setToolTip("\n".join(told))
        self.setAccessibleName("Sebaran predikat: " + "; ".join(told))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, BAR + 6 + QFontMetrics(self.font()).height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter)
        self._paint_legend(painter)
        painter.end()

    def _paint_bar(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        total, left = sum(self.counts.values()), 0.0
        for name, number in self.counts.items():
            width = self.width() * number / total
            painter.setBrush(theme.colour(TONES[name]))
            painter.drawRect(QRectF(left, 0, max(width - 2, 1), BAR))
            left += width

    def _paint_legend(self, painter: QPainter) -> None:
        metrics, left = QFontMetrics(self.font()), 0
        for name, number in self.counts.items():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(TONES[name]))
            middle = BAR + 6 + metrics.height() / 2
            painter.drawRect(QRectF(left, middle - 4, 8, 8))
            painter.setPen(theme.colour("text"))
            text = f"{name} {number}"
            painter.drawText(left + 14, BAR + 6 + metrics.ascent(), text)
            left += 14 + metrics.horizontalAdvance(text) + 24
