"""The month of a unit at a glance: a line for each person, a cell for each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.attendance import PersonDay
from wfh_desktop.services.attendance import PersonMonth
from wfh_desktop.services.home import Kind, kind
from wfh_desktop.views import labels, theme
from wfh_desktop.views.tables import ALIGNMENTS
from wfh_desktop.views.widgets.day_cells import LOOKS, draw

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
DAY = Qt.ItemDataRole.UserRole
NAMES, SHORT_NAMES, NARROWEST, ROW = 210, 150, 20, 22  # pixels
ROWS = 6  # that are always seen


class StripModel(QAbstractTableModel):
    """Names in the first column, one column for each day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months: Sequence[PersonMonth] = ()
        self._days: list[dict[date, PersonDay]] = []
        self.days: Sequence[date] = ()
        self.today: date | None = None

    def show(self, months: Sequence[PersonMonth], days: Sequence[date], today: date) -> None:
        """Show another month."""
        self.beginResetModel()
        self.months, self.days, self.today = months, days, today
        self._days = [{day.day: day for day in month.days} for month in months]
        self.endResetModel()

    def day(self, index: Index) -> PersonDay | None:
        """Return the day behind a cell; None for names and days outside the person's service."""
        if index.column() == 0:
            return None
        return self._days[index.row()].get(self.days[index.column() - 1])

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.months)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.days) + 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        person = self.months[index.row()].person
        day = self.day(index)
        if role == Qt.ItemDataRole.DisplayRole and index.column() == 0:
            return person.name
        if role == DAY:
            return day
        if role == Qt.ItemDataRole.BackgroundRole and day and day.day == self.today:
            return theme.colour("selection")
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(person.name, day)
        if role == Qt.ItemDataRole.AccessibleTextRole and day:
            return f"{person.name}, {labels.day(day.day)}, {LOOKS[kind(day)].word}"
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section <= len(self.days):
            return None
        day = self.days[section - 1] if section else None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day) if day else "Pegawai"
        if role == Qt.ItemDataRole.ToolTipRole and day:
            return labels.weekday(day)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter if day else ALIGNMENTS["left"]
        return None


class _Cells(QStyledItemDelegate):
    """Draws the cells of days; names are drawn as usual."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() == 0:
            super().paint(painter, option, index)
            return
        room = QRectF(option.rect).adjusted(1.5, 2.5, -1.5, -2.5)
        painter.save()
        if ground := index.data(Qt.ItemDataRole.BackgroundRole):
            painter.fillRect(option.rect, ground)
        if day := index.data(DAY):
            draw(painter, room, kind(day))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(room.adjusted(-1, -1, 1, 1), 4, 4)
        painter.restore()


class MonthStrip(QTableView):
    """Shows the month; Enter or a double click on a day emits `opened` with person and day."""

    opened = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = StripModel(self)
        self.setModel(self.strip)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(NARROWEST)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(False)
        header.setProperty("days", True)
        self.setAccessibleName("Presensi unit bulan ini")
        self.activated.connect(self._open)

    def show_month(self, months: Sequence[PersonMonth], days: Sequence[date], today: date) -> None:
        """Show everybody's *days*, and mark *today*."""
        self.strip.show(months, days, today)
        self._share_width()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def minimumSizeHint(self) -> QSize:
        frame, head = 2 * self.frameWidth(), self.horizontalHeader().sizeHint().height()
        return QSize(super().minimumSizeHint().width(), head + ROWS * ROW + frame)

    @property
    def kinds(self) -> set[Kind]:
        """The kinds of day that are to be seen."""
        return {kind(day) for month in self.strip.months for day in month.days}

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.strip.index(0, 0))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        days = len(self.strip.days)
        if not days:
            return
        header, room = self.horizontalHeader(), self.viewport().width()
        each = max(NARROWEST, (room - NAMES) // days)
        header.resizeSection(0, max(SHORT_NAMES, room - each * days))
        for number in range(1, days + 1):
            header.resizeSection(number, each)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            day = self.strip.day(index)
            person = self.strip.months[index.row()].person
            self.opened.emit(person.id, day.day if day else None)


def _tip(name: str, day: PersonDay | None) -> str:
    if day is None:
        return name
    causes = "\n".join(words.causes(day))
    return f"{name}\n{labels.weekday(day.day)}: {LOOKS[kind(day)].word}\n{causes}".strip()
