"""The table of every list in the application; its rows and columns are in `table_model`."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from wfh_desktop.settings import Settings
from wfh_desktop.views import clipboard
from wfh_desktop.views.table_model import ALIGNMENTS, Column, Index, RowSorter, TableModel
from wfh_desktop.views.theme import DENSITY

__all__ = ["ALIGNMENTS", "COMPACT", "NORMAL", "Column", "DataTable", "Index", "TableModel"]

Row = TypeVar("Row")
CAPTION_PADDING = 9
NORMAL, COMPACT = 28, 22  # heights of a row in pixels
MARKED = 8_000  # milliseconds that a row which others changed is marked
WORDY = 90  # pixels: a column of text at least this wide takes a share of room to spare


class MarkingDelegate(QStyledItemDelegate):
    """Paints the ground that a model gives a cell: a style sheet with borders leaves it out."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if ground := index.data(Qt.ItemDataRole.BackgroundRole):
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


class DataTable(QTableView):
    """The table view of every page. Forms promote a `QTableView` to it.

    A reload keeps what was selected (rows are known again by their `id`) and the place in the
    list. `selected_changed` and `opened` (Enter, double click) carry a row, or None.
    """

    selected_changed = Signal(object)
    opened = Signal(object)
    shown_changed = Signal()  # after a reload, a sort or a search

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remembered_as = ""
        self._stretched: tuple[int, ...] = ()
        self._wanted: list[int] = []  # as the columns say
        self._given: list[int] = []  # as they are, until the user changes them
        self._kept: tuple[set[Any], Any, int] = (set(), None, 0)
        self._marking = MarkingDelegate(self)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsMovable(True)
        self.horizontalHeader().setMinimumSectionSize(32)
        self.verticalHeader().hide()
        app = QApplication.instance()
        self.set_compact(bool(app and app.property(DENSITY)))
        self.activated.connect(self._open)

    def attach(self, model: TableModel[Row], remember: str = "") -> None:
        """Show *model*, in its own order until the user clicks a header.

        With a name to *remember*, the widths the user gives the columns are kept.
        """
        sorter = RowSorter(self)
        sorter.setSourceModel(model)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.setModel(sorter)
        self._remembered_as = remember
        self._set_widths()
        model.modelAboutToBeReset.connect(self._keep)
        sorter.modelReset.connect(self._restore)
        sorter.layoutChanged.connect(self.shown_changed)
        sorter.rowsInserted.connect(self.shown_changed)
        sorter.rowsRemoved.connect(self.shown_changed)
        self.selectionModel().selectionChanged.connect(self._tell)

    def set_filter(self, text: str) -> None:
        """Show only rows that contain every word of *text*."""
        self.sorter.set_filter(text)

    def stretch(self, *columns: int) -> None:
        """Give the room to spare to these columns alone, not to all columns of words."""
        self._stretched = columns
        self._share_room()

    def set_compact(self, compact: bool) -> None:
        """Show rows tight, or with room."""
        self.verticalHeader().setMinimumSectionSize(COMPACT)
        self.verticalHeader().setDefaultSectionSize(COMPACT if compact else NORMAL)

    @property
    def sorter(self) -> RowSorter:
        """What stands between the model and this view."""
        sorter = self.model()
        assert isinstance(sorter, RowSorter)
        return sorter

    @property
    def shown(self) -> list[Any]:
        """The rows that are shown, in their order."""
        return self.sorter.shown

    def selected(self) -> Any:
        """Return the current row if it is selected, or the first selected one, or None."""
        rows = self.selected_rows()
        current = self._row(self.currentIndex())
        return current if current is not None and current in rows else next(iter(rows), None)

    def selected_rows(self) -> list[Any]:
        """Return all selected rows, from top to bottom."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=QModelIndex.row)
        numbers = dict.fromkeys(index.row() for index in indexes)
        return [self._row(self.sorter.index(number, 0)) for number in numbers]

    def selectRow(self, row: int) -> None:  # noqa: N802 - stands before Qt's
        """Select a row alone. Qt's own looks at the keys that are still held down."""
        select = QItemSelectionModel.SelectionFlag
        index = self.sorter.index(row, 0)
        self.selectionModel().setCurrentIndex(index, select.ClearAndSelect | select.Rows)

    def select_key(self, key: object) -> bool:
        """Select the row whose `id` is *key* and scroll to it; tell whether it is shown."""
        for number, row in enumerate(self.shown):
            if getattr(row, "id", None) == key:
                self.selectRow(number)
                self.scrollTo(self.sorter.index(number, 0))
                return True
        return False

    def mark_changes(self) -> None:
        """Mark for a while the rows that a reload from now on shows otherwise than now."""
        model = self.sorter.sourceModel() if self.model() else None
        if isinstance(model, TableModel):
            self.setItemDelegate(self._marking)
            model.mark_changes(MARKED)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as a spreadsheet takes them."""
        header = self.horizontalHeader()
        indexes = self.selectionModel().selectedIndexes()
        texts = {(one.row(), one.column()): str(one.data() or "") for one in indexes}
        chosen = {column for _, column in texts if not header.isSectionHidden(column)}
        columns = sorted(chosen, key=header.visualIndex)
        cells = [
            [texts.get((row, column), "") for column in columns]
            for row in sorted({row for row, _ in texts})
        ]
        if cells:
            QGuiApplication.clipboard().setMimeData(clipboard.cells(cells))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        if self._remembered_as and self.model():
            widths = self._widths()
            if widths[:-1] != self._given[:-1]:  # the last one takes what is left
                Settings().remember_widths(self._remembered_as, widths)
        super().hideEvent(event)

    def _set_widths(self) -> None:
        header, model = self.horizontalHeader(), self.sorter.sourceModel()
        assert isinstance(model, TableModel)
        self.ensurePolished()  # captions are measured in the letters of the style sheet
        remembered = Settings().widths(self._remembered_as) if self._remembered_as else []
        kept = len(remembered) == len(model.columns)
        wanted = remembered if kept else [self._column_width(one) for one in model.columns]
        for number, width in enumerate(wanted):
            header.resizeSection(number, width)
        self._wanted, self._given = ([], []) if kept else (wanted, self._widths())

    def _share_room(self) -> None:
        """Let the columns of words take what room there is, as long as the user let them be.

        Where room is short they give way, but not below what a word needs.
        """
        spare = self.viewport().width() - sum(self._wanted)
        if not self._wanted or self._widths()[:-1] != self._given[:-1]:
            return
        wordy = {
            number: self._wanted[number]
            for number in self._stretched or self._wordy()
            if spare > 0 or not self._columns[number].firm
        }
        for number, width in wordy.items():
            share = spare * width // sum(wordy.values())
            least = min(width, max(WORDY, 2 * width // 3) if self._stretched else WORDY)
            self.horizontalHeader().resizeSection(number, max(width + share, least))
        self._given = self._widths()

    @property
    def _columns(self) -> list[Column[Any]]:
        model = self.sorter.sourceModel()
        assert isinstance(model, TableModel)
        return list(model.columns)

    def _wordy(self) -> list[int]:
        return [
            number
            for number, column in enumerate(self._columns)
            if column.align == "left"
            and self._wanted[number] >= WORDY
            and not self.isColumnHidden(number)
        ]

    def _column_width(self, column: Column[Any]) -> int:
        if column.width is None:
            return self.horizontalHeader().defaultSectionSize()
        return max(column.width, self._caption_width(column.title))

    def _caption_width(self, title: str) -> int:
        """Return the room that a caption needs, so that none is ever cut."""
        font = QFont(self.font())
        font.setBold(True)
        lines = title.split("\n")
        return max(map(QFontMetrics(font).horizontalAdvance, lines)) + 2 * CAPTION_PADDING

    def _widths(self) -> list[int]:
        header = self.horizontalHeader()
        return [header.sectionSize(number) for number in range(header.count())]

    def _keep(self) -> None:
        keys = {getattr(row, "id", None) for row in self.selected_rows()} - {None}
        current = getattr(self.selected(), "id", None)
        self._kept = keys, current, self.verticalScrollBar().value()

    def _restore(self) -> None:
        keys, current, place = self._kept
        chosen, first = QItemSelection(), QModelIndex()
        for number, row in enumerate(self.shown if keys else []):
            if getattr(row, "id", None) in keys:
                index = self.sorter.index(number, 0)
                chosen.select(index, index)
                if not first.isValid() or row.id == current:
                    first = index
        select = QItemSelectionModel.SelectionFlag
        if not chosen.isEmpty():
            self.selectionModel().setCurrentIndex(first, select.NoUpdate)
            self.selectionModel().select(chosen, select.Select | select.Rows)
            self.verticalScrollBar().setValue(place)
        else:
            self._tell()
        self.shown_changed.emit()

    def _tell(self, *_: object) -> None:
        self.selected_changed.emit(self.selected())

    def _open(self, index: QModelIndex) -> None:
        row = self._row(index)
        if row is not None:
            self.opened.emit(row)

    def _row(self, index: QModelIndex) -> Any:
        if not index.isValid():
            return None
        model = self.sorter.sourceModel()
        assert isinstance(model, TableModel)
        return model.rows[self.sorter.mapToSource(index).row()]
