"""The month of a unit in full: a row for each person, a cell for each day, counts at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from wfh_desktop.domain.attendance import PersonDay, Summary
from wfh_desktop.services.attendance import PersonMonth
from wfh_desktop.services.home import kind
from wfh_desktop.views import clipboard, labels, theme
from wfh_desktop.views.widgets.day_cells import draw
from wfh_desktop.views.widgets.day_marks import described, draw_marks, short, tip

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
DAY = Qt.ItemDataRole.UserRole
NAMES = (120, 190, 280)  # pixels: at least, usually, at most
NARROWEST, WIDEST, COUNT, ROW = 18, 34, 38, 25
WEEKDAYS = ("Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg")


@dataclass(frozen=True)
class Count:
    """A column of counts behind the days."""

    title: str
    tip: str
    number: Callable[[Summary], int]
    tone: str = ""


COUNTS = (
    Count("Hari", "Hari kerja", lambda s: s.working_days),
    Count("H", "Hadir, termasuk dinas luar", lambda s: s.present + s.duty),
    Count("TL", "Kali terlambat", lambda s: len(s.late), "attention"),
    Count("PSW", "Kali pulang cepat", lambda s: len(s.early), "attention"),
    Count("TAP", "Kali tidak absen masuk atau pulang", lambda s: s.missing_taps, "attention"),
    Count("TK", "Hari tanpa keterangan", lambda s: s.absent, "bad"),
    Count("?", "Hari yang belum jelas", lambda s: s.unclear, "bad"),
)


class MatrixModel(QAbstractTableModel):
    """Rows of people; `show_only` chooses among them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[PersonMonth] = []
        self.days: Sequence[date] = ()
        self.today: date | None = None
        self._all: Sequence[PersonMonth] = ()
        self._wanted: Callable[[PersonMonth], bool] = _everybody

    def show(self, months: Sequence[PersonMonth], days: Sequence[date], today: date) -> None:
        """Show another month."""
        self.beginResetModel()
        self._all, self.days, self.today = months, days, today
        self.rows = [month for month in self._all if self._wanted(month)]
        self.endResetModel()

    def show_only(self, wanted: Callable[[PersonMonth], bool]) -> None:
        """Show only the people for whom *wanted* is true, now and after a reload."""
        self.beginResetModel()
        self._wanted = wanted
        self.rows = [month for month in self._all if wanted(month)]
        self.endResetModel()

    def day(self, index: Index) -> PersonDay | None:
        """Return the day behind a cell; None behind a count."""
        if not index.isValid() or index.column() >= len(self.days):
            return None
        return self.rows[index.row()].days[index.column()]

    def place(self, employee_id: int, day: date | None) -> QModelIndex:
        """Return the cell of a person and day, invalid if it is not shown."""
        row = next((n for n, one in enumerate(self.rows) if one.person.id == employee_id), None)
        if row is None:
            return ROOT
        return self.index(row, self.days.index(day) if day in self.days else 0)

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() or not self.days else len(self.days) + len(COUNTS)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        month, day = self.rows[index.row()], self.day(index)
        if day is None:
            return _count(COUNTS[index.column() - len(self.days)], month, role)
        if role == DAY:
            return day
        if role == Qt.ItemDataRole.DisplayRole:
            return short(day)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(month.person.name, day)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{month.person.name}, {labels.day(day.day)}: {described(day)}"
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return _name(self.rows[section], role) if section < len(self.rows) else None
        if not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if section >= len(self.days):
            count = COUNTS[section - len(self.days)]
            return {
                Qt.ItemDataRole.DisplayRole: count.title,
                Qt.ItemDataRole.ToolTipRole: count.tip,
            }.get(Qt.ItemDataRole(role))
        day = self.days[section]
        return {
            Qt.ItemDataRole.DisplayRole: f"{WEEKDAYS[day.weekday()]}\n{day.day}",
            Qt.ItemDataRole.ToolTipRole: f"{labels.weekday(day)}\nKlik dua kali: isi hari ini",
        }.get(Qt.ItemDataRole(role))


class _Cells(QStyledItemDelegate):
    """Draws days with their marks; counts are drawn as text."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        day = index.data(DAY)
        painter.save()
        model = index.model()
        if isinstance(model, MatrixModel) and day and day.day == model.today:
            painter.fillRect(option.rect, theme.colour("selection"))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("selection"))
        if day:
            room = QRectF(option.rect).adjusted(1.5, 2.5, -1.5, -2.5)
            draw(painter, room, kind(day))
            draw_marks(painter, room, day)
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.drawRoundedRect(room.adjusted(-0.5, -1.5, 0.5, 1.5), 4, 4)
        else:
            tone = index.data(Qt.ItemDataRole.ForegroundRole)
            painter.setPen(tone or theme.colour("text"))
            painter.drawText(
                option.rect, int(Qt.AlignmentFlag.AlignCenter), str(index.data() or "")
            )
        painter.restore()


class MonthMatrix(QTableView):
    """The month by arrow keys: `chosen` follows the current cell, Enter emits `opened`."""

    chosen = Signal(int, object)  # person and day
    opened = Signal(int, object)
    day_opened = Signal(object)  # a double click on the head of a day

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = MatrixModel(self)
        self.setModel(self.matrix)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Presensi sebulan, pegawai dan hari")
        names, header = self.verticalHeader(), self.horizontalHeader()
        names.setFixedWidth(NAMES[1])
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names.setTextElideMode(Qt.TextElideMode.ElideRight)
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setMinimumSectionSize(ROW)
        names.setDefaultSectionSize(ROW)
        names.setHighlightSections(True)
        header.setMinimumSectionSize(NARROWEST)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setProperty("matrix", True)
        names.setProperty("names", True)
        header.sectionDoubleClicked.connect(self._open_day)
        self.activated.connect(self._open)
        self.selectionModel().currentChanged.connect(self._choose)

    def show_month(self, months: Sequence[PersonMonth], days: Sequence[date], today: date) -> None:
        """Show a month, keeping the current person and day."""
        kept = self.current
        self.matrix.show(months, days, today)
        self._share_width()
        if kept:
            self.go_to(*kept)

    @property
    def current(self) -> tuple[int, date] | None:
        """The person and day of the current cell."""
        index = self.currentIndex()
        day = self.matrix.day(index)
        return (self.matrix.rows[index.row()].person.id, day.day) if day else None

    def go_to(self, employee_id: int, day: date | None) -> bool:
        """Make the cell of a person and day current; tell whether it is shown."""
        index = self.matrix.place(employee_id, day)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QTableView.ScrollHint.PositionAtCenter)
        return index.isValid()

    def copy(self) -> None:
        """Put the selected cells on the clipboard with names and dates, for a spreadsheet."""
        indexes = self.selectionModel().selectedIndexes()
        rows = sorted({index.row() for index in indexes})
        columns = sorted({index.column() for index in indexes})
        heads = [str(self.matrix.headerData(c, Qt.Orientation.Horizontal) or "") for c in columns]
        table = [["", *(head.replace("\n", " ") for head in heads)]]
        for row in rows:
            texts = [str(self.matrix.index(row, column).data() or "") for column in columns]
            table.append([self.matrix.rows[row].person.name, *texts])
        if rows:
            QGuiApplication.clipboard().setMimeData(clipboard.cells(table))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Let the days fit, if need be without the counts; names take what is over."""
        days, names = len(self.matrix.days), self.verticalHeader()
        if not days:
            return
        least, usual, most = NAMES
        counts, total = COUNT * len(COUNTS), self.viewport().width() + names.width()
        each = min(WIDEST, max(NARROWEST, (total - usual - counts) // days))
        over = total - counts - each * days
        narrow = min(usual, max(least, total - NARROWEST * days))
        width = min(most, over) if over >= usual else narrow
        if width != names.width():
            names.setFixedWidth(width)
        header = self.horizontalHeader()
        for number in range(days + len(COUNTS)):
            header.resizeSection(number, each if number < days else COUNT)

    def _choose(self, index: QModelIndex, _: QModelIndex) -> None:
        day = self.matrix.day(index)
        if day:
            self.chosen.emit(self.matrix.rows[index.row()].person.id, day.day)

    def _open(self, index: QModelIndex) -> None:
        day = self.matrix.day(index)
        if day:
            self.opened.emit(self.matrix.rows[index.row()].person.id, day.day)

    def _open_day(self, section: int) -> None:
        if section < len(self.matrix.days):
            self.day_opened.emit(self.matrix.days[section])


def _count(count: Count, month: PersonMonth, role: int) -> Any:
    number = count.number(month.summary)
    if role == Qt.ItemDataRole.DisplayRole:
        return str(number) if number else ""
    if role == Qt.ItemDataRole.ToolTipRole:
        return f"{month.person.name}\n{count.tip}: {number}"
    if role == Qt.ItemDataRole.ForegroundRole and count.tone:
        return theme.colour(count.tone)
    return None


def _name(month: PersonMonth, role: int) -> Any:
    person = month.person
    if role == Qt.ItemDataRole.DisplayRole:
        return person.name
    if role == Qt.ItemDataRole.ToolTipRole:
        lines = (person.name, f"NIP {person.nip}" if person.nip else "", person.title, person.unit)
        return "\n".join(filter(None, lines))
    return None


def _everybody(_: PersonMonth) -> bool:
    return True
