"""The field of three by three from which the predicate comes (PermenPANRB 6/2022)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.domain.performance.panrb6 import PREDICATES, Predicate, Rating
from wfh_desktop.views import theme

DOWN = (Rating.ABOVE, Rating.AS, Rating.BELOW)  # results, from the top
ACROSS = (Rating.BELOW, Rating.AS, Rating.ABOVE)  # behaviour, from the left
SHORT = {Rating.BELOW: "di bawah", Rating.AS: "sesuai", Rating.ABOVE: "di atas"}
CAPTION, HEAD = 64, 30
GAP = 3
TONES = {
    Predicate.VERY_GOOD: "good",
    Predicate.GOOD: "good",
    Predicate.NEEDS_WORK: "attention",
    Predicate.POOR: "bad",
    Predicate.VERY_POOR: "bad",
}
PRINTED = {predicate: predicate.value for predicate in Predicate} | {
    Predicate.POOR: "Kurang/\nMisconduct",
    Predicate.NEEDS_WORK: "Butuh\nPerbaikan",
    Predicate.VERY_POOR: "Sangat\nKurang",
}


class PredicateField(QWidget):
    """Shows where both ratings meet; the row and the column that are known stand out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results: Rating | None = None
        self.behaviour: Rating | None = None
        self.setFixedHeight(HEAD + 3 * 35)
        self.setMinimumWidth(260)
        self.show_ratings(None, None)

    @property
    def predicate(self) -> Predicate | None:
        """The predicate where both ratings meet, or None while one is missing."""
        if self.results is None or self.behaviour is None:
            return None
        return PREDICATES[self.results, self.behaviour]

    def show_ratings(self, results: Rating | None, behaviour: Rating | None) -> None:
        """Mark the row of *results* and the column of *behaviour*."""
        self.results, self.behaviour = results, behaviour
        known = self.predicate
        self.setAccessibleName(f"Predikat: {known.value if known else 'belum ada'}")
        self.setToolTip(
            "Baris: hasil kerja. Kolom: perilaku kerja. Hasil baik dengan perilaku di bawah "
            "ekspektasi tetap Kurang (PermenPANRB 6/2022)."
        )
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, self.minimumHeight())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = QFont(self.font())
        small.setPointSizeF(self.font().pointSizeF() * 0.9)
        painter.setFont(small)
        self._paint_captions(painter)
        for row, results in enumerate(DOWN):
            for column, behaviour in enumerate(ACROSS):
                self._paint_cell(painter, self._cell(row, column), results, behaviour)
        painter.end()

    def _cell(self, row: int, column: int) -> QRectF:
        width = (self.width() - CAPTION) / 3
        height = (self.height() - HEAD) / 3
        return QRectF(
            CAPTION + column * width + GAP, HEAD + row * height + GAP, width - GAP, height - GAP
        )

    def _paint_captions(self, painter: QPainter) -> None:
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setPen(theme.colour("muted"))
        head = QRectF(CAPTION, 0, self.width() - CAPTION, HEAD / 2)
        painter.drawText(head, middle, "perilaku kerja")
        painter.drawText(QRectF(0, HEAD / 2, CAPTION, HEAD / 2), middle, "hasil kerja")
        for place in range(3):
            top, left = self._cell(0, place), self._cell(place, 0)
            painter.setPen(self._ink(ACROSS[place] is self.behaviour))
            painter.drawText(
                QRectF(top.x(), HEAD / 2, top.width(), HEAD / 2), middle, SHORT[ACROSS[place]]
            )
            painter.setPen(self._ink(DOWN[place] is self.results))
            painter.drawText(
                QRectF(0, left.y(), CAPTION, left.height()), middle, SHORT[DOWN[place]]
            )

    def _ink(self, known: bool) -> QPen:
        return QPen(theme.colour("accent" if known else "muted"))

    def _paint_cell(
        self, painter: QPainter, room: QRectF, results: Rating, behaviour: Rating
    ) -> None:
        predicate = PREDICATES[results, behaviour]
        tone = TONES[predicate]
        here = results is self.results and behaviour is self.behaviour
        crossing = results is self.results or behaviour is self.behaviour
        painter.setBrush(theme.colour(f"{tone}_ground" if here else "surface"))
        edge = tone if here else "edge" if crossing else "line"
        painter.setPen(QPen(theme.colour(edge), 2 if here else 1))
        painter.drawRoundedRect(room, 4, 4)
        font = painter.font()
        font.setBold(here)
        painter.setFont(font)
        painter.setPen(theme.colour(tone if here else "muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, PRINTED[predicate])
