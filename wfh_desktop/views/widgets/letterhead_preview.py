"""How a kop surat will look on paper, small."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

PAPER, INK = QColor("#FFFFFF"), QColor("#000000")  # paper is white in the dark too
HEIGHT = 118
LOGO = QSize(60, 72)
MARGIN = 12


@dataclass(frozen=True)
class Kop:
    """The lines and the picture of a letterhead."""

    government: str = ""
    office: str = ""
    unit: str = ""
    address: str = ""
    logo: bytes | None = None


class LetterheadPreview(QFrame):
    """Draws the lines centred, the logo at the left, a thick and a thin rule below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kop = Kop()
        self._logo = QPixmap()
        self.setMinimumHeight(HEIGHT)
        self.setAccessibleName("Pratinjau kop surat")

    def show_kop(self, kop: Kop) -> None:
        """Show another letterhead."""
        if kop.logo != self._kop.logo or kop.logo is None:
            self._logo = QPixmap()
            self._logo.loadFromData(kop.logo or b"")
        self._kop = kop
        said = " ".join(line for line, _, _ in self._lines())
        self.setAccessibleDescription(said)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), PAPER)
        left = MARGIN
        if not self._logo.isNull():
            scaled = self._logo.scaled(
                LOGO * self.devicePixelRatio(),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(self.devicePixelRatio())
            size = scaled.deviceIndependentSize()
            painter.drawPixmap(MARGIN, int((HEIGHT - 16 - size.height()) / 2), scaled)
            left += LOGO.width()
        self._draw_lines(painter, left)
        self._draw_rules(painter)

    def _draw_lines(self, painter: QPainter, left: int) -> None:
        painter.setPen(INK)
        lines = self._lines()
        height = sum(size * 2 for _, size, _ in lines)
        top = max(4, (HEIGHT - 18 - height) // 2)
        for text, size, bold in lines:
            font = QFont(self.font())
            font.setPointSize(size)
            font.setBold(bold)
            painter.setFont(font)
            room = QRect(left, top, self.width() - left - MARGIN, size * 2)
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
            top += size * 2

    def _draw_rules(self, painter: QPainter) -> None:
        for below, width in ((12, 3), (7, 1)):
            painter.setPen(QPen(INK, width))
            painter.drawLine(MARGIN, HEIGHT - below, self.width() - MARGIN, HEIGHT - below)

    def _lines(self) -> list[tuple[str, int, bool]]:
        kop = self._kop
        lines = (
            (kop.government, 10, False),
            (kop.office, 12, True),
            (kop.unit, 11, True),
            (kop.address, 7, False),
        )
        return [line for line in lines if line[0].strip()]
