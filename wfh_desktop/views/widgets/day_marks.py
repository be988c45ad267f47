"""What is special about a person's day: the marks in its corners, and the same in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.attendance import PersonDay, Status
from wfh_desktop.services.home import Kind, kind
from wfh_desktop.views import labels, theme
from wfh_desktop.views.widgets.day_cells import LOOKS, draw

MARK = QColor("#FFD54A")  # on every colour of a day
LINE, SWATCH, GAP = 20, 17, 5  # pixels
MARKED = {
    "Terlambat": PersonDay(date.min, Status.PRESENT, late_minutes=1),
    "Pulang cepat": PersonDay(date.min, Status.PRESENT, early_minutes=1),
    "Tidak absen": PersonDay(date.min, Status.PRESENT, no_out=True),
    "Dikoreksi": PersonDay(date.min, Status.PRESENT, corrected=True),
}


class MonthLegend(QWidget):
    """Says what colours, letters and marks mean, in as many lines as the width needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        said = [f"{look.letter} {look.word}".strip() for look in LOOKS.values()]
        self.setAccessibleName("Keterangan: " + ", ".join([*said, *MARKED]))

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, self.heightForWidth(600))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, LINE)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return LINE * (1 + max(line for _, line, _ in self._places(width)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        samples: list[Kind | PersonDay] = [*LOOKS, *MARKED.values()]
        for sample, (left, line, word) in zip(samples, self._places(self.width()), strict=True):
            room = QRectF(left + 0.5, line * LINE + 2.5, SWATCH, LINE - 5)
            if isinstance(sample, PersonDay):
                draw(painter, room, Kind.OFFICE)
                draw_marks(painter, room, sample)
            else:
                draw(painter, room, sample)
            painter.setFont(self.font())
            painter.setPen(theme.colour("muted"))
            painter.drawText(QPointF(left + SWATCH + GAP, line * LINE + LINE - 6), word)

    def _places(self, width: int) -> list[tuple[int, int, str]]:
        """Return where each sample stands: from the left, in which line, with which word."""
        found, left, line = [], 0, 0
        for word in [*(look.word for look in LOOKS.values()), *MARKED]:
            needed = SWATCH + GAP + self.fontMetrics().horizontalAdvance(word) + 3 * GAP
            if left and left + needed > width:
                left, line = 0, line + 1
            found.append((left, line, word))
            left += needed
        return found


def draw_marks(painter: QPainter, room: QRectF, day: PersonDay) -> None:
    """Mark late at the top left, early at the bottom right, no tap below, corrected top right."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(MARK)
    side = 7.0
    if day.late_minutes:
        corner = room.topLeft()
        painter.drawPolygon(
            QPolygonF([corner, corner + QPointF(side, 0), corner + QPointF(0, side)])
        )
    if day.early_minutes:
        corner = room.bottomRight()
        painter.drawPolygon(
            QPolygonF([corner, corner - QPointF(side, 0), corner - QPointF(0, side)])
        )
    if day.no_in or day.no_out:
        painter.drawRect(QRectF(room.left() + 3, room.bottom() - 3, room.width() - 6, 2))
    if day.corrected:
        painter.setBrush(theme.colour("text") if not LOOKS[kind(day)].colour else MARK)
        painter.drawEllipse(room.topRight() + QPointF(-3.5, 3.5), 2.3, 2.3)


def short(day: PersonDay) -> str:
    """Return a day in a few letters, as it is copied into a spreadsheet."""
    times = " - ".join(labels.clock(clock) for clock in (day.time_in, day.time_out))
    if day.status is Status.PRESENT and (day.time_in or day.time_out):
        return times
    if day.leave:
        return day.leave.value
    return LOOKS[kind(day)].letter or ("L" if day.status is Status.HOLIDAY else "")


def described(day: PersonDay) -> str:
    """Return a day in words: "WFO, terlambat 15 menit, tidak absen pulang"."""
    facts = (
        (LOOKS[kind(day)].word, True),
        (words.LEAVES[day.leave] if day.leave else "", day.leave),
        (f"terlambat {labels.minutes(day.late_minutes)}", day.late_minutes),
        (f"pulang cepat {labels.minutes(day.early_minutes)}", day.early_minutes),
        ("tidak absen masuk", day.no_in),
        ("tidak absen pulang", day.no_out),
        ("dikoreksi", day.corrected),
    )
    return ", ".join(fact for fact, holds in facts if holds)


def tip(name: str, day: PersonDay) -> str:
    """Return whose day it is, what it counts as, and why."""
    head = f"{name}\n{labels.weekday(day.day)}: {described(day)}"
    return "\n".join((head, *words.causes(day)))
