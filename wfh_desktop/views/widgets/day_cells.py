"""How a person's day is drawn: colour, letter and word for each kind of day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from wfh_desktop.services.home import Kind
from wfh_desktop.views import theme

RADIUS = 3
LINE, SWATCH, GAP = 20, 18, 5  # pixels


@dataclass(frozen=True)
class Look:
    """The letter in a cell, the word in the legend, the colour of the ground."""

    letter: str
    word: str
    colour: str = ""


LOOKS = {
    Kind.OFFICE: Look("O", "WFO", "wfo"),
    Kind.HOME: Look("H", "WFH", "wfh"),
    Kind.DUTY_ROSTER: Look("P", "Piket", "piket"),
    Kind.DUTY: Look("D", "Dinas luar", "duty"),
    Kind.LEAVE: Look("C", "Cuti", "leave"),
    Kind.SICK: Look("S", "Sakit", "sick"),
    Kind.PERMIT: Look("I", "Izin", "permit"),
    Kind.ABSENT: Look("A", "Tanpa keterangan", "absent"),
    Kind.UNCLEAR: Look("?", "Belum jelas"),
    Kind.HOLIDAY: Look("", "Libur"),
    Kind.PENDING: Look("", "Belum dinilai"),
}


def draw(painter: QPainter, room: QRectF, kind: Kind) -> None:
    """Draw the cell of a day into *room*."""
    look = LOOKS[kind]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    letters = theme.colour("on_day")
    if look.colour:
        painter.setBrush(theme.colour(look.colour))
    elif kind is Kind.UNCLEAR:
        painter.setPen(QPen(theme.colour("bad"), 1.4, Qt.PenStyle.DashLine))
        letters = theme.colour("bad")
    elif kind is Kind.HOLIDAY:
        painter.setBrush(QBrush(theme.colour("line"), Qt.BrushStyle.BDiagPattern))
    else:
        painter.setPen(QPen(theme.colour("line"), 1))
    painter.drawRoundedRect(room, RADIUS, RADIUS)
    if look.letter:
        font = QFont(painter.font())
        font.setPointSize(8)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(letters)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), look.letter)


class DayLegend(QWidget):
    """Says what the colours and letters mean, in as many lines as the width needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: list[Kind] = list(LOOKS)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_kinds(self, kinds: Iterable[Kind]) -> None:
        """Explain only what is to be seen; an empty cell needs no words."""
        seen = set(kinds) - {Kind.PENDING}
        self._kinds = [kind for kind in LOOKS if kind in seen]
        words = (f"{LOOKS[kind].letter} {LOOKS[kind].word}".strip() for kind in self._kinds)
        self.setAccessibleName(f"Keterangan: {', '.join(words)}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(sum(self._needed(kind) for kind in self._kinds), LINE)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(max(map(self._needed, self._kinds), default=0), LINE)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return LINE * (1 + max((line for _, line in self._places(width)), default=0))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for kind, (left, line) in zip(self._kinds, self._places(self.width()), strict=True):
            draw(painter, QRectF(left + 0.5, line * LINE + 2.5, SWATCH - 1, 15), kind)
            painter.setFont(self.font())
            painter.setPen(theme.colour("muted"))
            room = QRect(left + SWATCH + GAP, line * LINE, self._needed(kind), LINE)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), LOOKS[kind].word)

    def _needed(self, kind: Kind) -> int:
        return SWATCH + 3 * GAP + self.fontMetrics().horizontalAdvance(LOOKS[kind].word)

    def _places(self, width: int) -> list[tuple[int, int]]:
        """Return where each kind stands: from the left, and in which line."""
        found, left, line = [], 0, 0
        for needed in map(self._needed, self._kinds):
            if left and left + needed > width:
                left, line = 0, line + 1
            found.append((left, line))
            left += needed
        return found
