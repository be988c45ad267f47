"""The sums below a table, each under its column."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.views import theme
from wfh_desktop.views.tables import ALIGNMENTS, NORMAL, DataTable, TableModel

PADDING = 8


class TotalsRow(QWidget):
    """Paints what `Column.total` makes of the rows that are shown; put it below the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(NORMAL)
        self._table: DataTable | None = None
        self._texts: dict[int, str] = {}

    def follow(self, table: DataTable) -> None:
        """Stay below the columns of *table*, which has its model already."""
        self._table = table
        table.shown_changed.connect(self._count)
        header = table.horizontalHeader()
        header.sectionResized.connect(self.update)
        header.sectionMoved.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)
        self._count()

    @property
    def texts(self) -> dict[int, str]:
        """The sums by number of column."""
        return dict(self._texts)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, NORMAL)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._table is None:
            return
        painter = QPainter(self)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        header, model = self._table.horizontalHeader(), _model(self._table)
        for number, text in self._texts.items():
            if not header.isSectionHidden(number):
                left = header.sectionViewportPosition(number) + PADDING
                room = QRect(left, 0, header.sectionSize(number) - 2 * PADDING, self.height())
                flags = ALIGNMENTS[model.columns[number].align] | Qt.TextFlag.TextDontClip
                painter.drawText(room, int(flags), text)

    def _count(self) -> None:
        assert self._table is not None
        rows = self._table.shown
        self._texts = {
            number: column.total(rows)
            for number, column in enumerate(_model(self._table).columns)
            if column.total and rows
        }
        self.setAccessibleName("; ".join(self._texts.values()))
        self.update()


def _model(table: DataTable) -> TableModel[object]:
    model = table.sorter.sourceModel()
    assert isinstance(model, TableModel)
    return model
