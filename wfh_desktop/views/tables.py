"""Tables of rows, for every list in the application."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from typing_extensions import override

from wfh_desktop.settings import Settings
from wfh_desktop.views import clipboard, icons, theme
from wfh_desktop.views.labels import fold
from wfh_desktop.views.theme import DENSITY

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")

ROOT = QModelIndex()
ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}
CAPTION_PADDING = 9
NORMAL, COMPACT = 28, 22  # heights of a row in pixels


@dataclass(frozen=True)
class Column(Generic[Row]):
    """How one attribute of a row is shown, sorted and summed.

    *order* is the value behind the text, by which the column sorts; without it, the text.
    *tip*, *tone* and *icon* give a row's tool tip, the name of its colour in `theme` and of its
    icon; *total* makes the text below the column from the rows that are shown.
    """

    title: str
    text: Callable[[Row], str]
    order: Callable[[Row], Any] | None = None
    align: Literal["left", "right", "center"] = "left"
    tip: Callable[[Row], str] | None = None
    tone: Callable[[Row], str] | None = None
    icon: Callable[[Row], str] | None = None
    width: int | None = None
    total: Callable[[Sequence[Row]], str] | None = None
    title_tip: str = ""


class TableModel(QAbstractTableModel, Generic[Row]):
    """Read-only table over rows that a use case returned."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self.rows: Sequence[Row] = []
        self._roles: dict[int, Callable[[Column[Row], Row], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda column, row: column.text(row),
            Qt.ItemDataRole.ToolTipRole: _tip,
            Qt.ItemDataRole.TextAlignmentRole: lambda column, _: ALIGNMENTS[column.align],
            Qt.ItemDataRole.ForegroundRole: _foreground,
            Qt.ItemDataRole.DecorationRole: _decoration,
        }

    def show(self, rows: Sequence[Row]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Replace all columns, where what is shown depends on a rule set."""
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._roles.get(role)
        if answer is None or not index.isValid():
            return None
        return answer(self.columns[index.column()], self.rows[index.row()])

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.title_tip or column.title.replace("\n", " ")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[column.align]
        return None


def _tip(column: Column[Row], row: Row) -> str:
    return column.tip(row) if column.tip else column.text(row)


def _foreground(column: Column[Row], row: Row) -> Any:
    name = column.tone(row) if column.tone else ""
    return theme.colour(name) if name else None


def _decoration(column: Column[Row], row: Row) -> Any:
    name = column.icon(row) if column.icon else ""
    return icons.icon(name, column.tone(row) if column.tone else "") if name else None


class RowSorter(QSortFilterProxyModel):
    """Sorts by the values behind the texts; shows the rows that contain all words looked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._ranks: dict[int, list[int]] = {}
        self._folded: list[str] | None = None

    def set_filter(self, text: str) -> None:
        """Show only rows that contain every word of *text*, in whatever columns."""
        words = tuple(fold(text).split())
        if words != self._words:
            self._words = words
            self.invalidate()

    @property
    def shown(self) -> list[Any]:
        """The rows that pass the filter, in the order shown."""
        rows = self._model().rows
        indexes = (self.index(number, 0) for number in range(self.rowCount()))
        return [rows[self.mapToSource(index).row()] for index in indexes]

    @override
    def setSourceModel(self, model: QAbstractItemModel) -> None:
        model.modelAboutToBeReset.connect(self._forget)
        super().setSourceModel(model)

    @override
    def lessThan(self, left: Index, right: Index) -> bool:
        ranks = self._ranks.get(left.column()) or self._rank(left.column())
        return ranks[left.row()] < ranks[right.row()]

    @override
    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        if not self._words:
            return True
        if self._folded is None:
            columns = self._model().columns
            self._folded = [
                fold("\n".join(column.text(one) for column in columns))
                for one in self._model().rows
            ]
        return all(word in self._folded[row] for word in self._words)

    def _rank(self, number: int) -> list[int]:
        column, rows = self._model().columns[number], self._model().rows
        values = [column.order(row) if column.order else fold(column.text(row)) for row in rows]
        places = {value: place for place, value in enumerate(sorted(_known(values)), start=1)}
        self._ranks[number] = [0 if value is None else places[value] for value in values]
        return self._ranks[number]

    def _forget(self) -> None:
        self._ranks.clear()
        self._folded = None

    def _model(self) -> TableModel[Any]:
        model = self.sourceModel()
        assert isinstance(model, TableModel)
        return model


def _known(values: Iterable[Any]) -> set[Any]:
    return {value for value in values if value is not None}


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
        self._given: list[int] = []
        self._kept: tuple[set[Any], int] = (set(), 0)
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

    def select_key(self, key: object) -> bool:
        """Select the row whose `id` is *key* and scroll to it; tell whether it is shown."""
        for number, row in enumerate(self.shown):
            if getattr(row, "id", None) == key:
                self.selectRow(number)
                self.scrollTo(self.sorter.index(number, 0))
                return True
        return False

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
    def hideEvent(self, event: QHideEvent) -> None:
        if self._remembered_as and self.model():
            widths = self._widths()
            if widths[:-1] != self._given[:-1]:  # the last one takes what is left
                Settings().remember_widths(self._remembered_as, widths)
        super().hideEvent(event)

    def _set_widths(self) -> None:
        header, model = self.horizontalHeader(), self.sorter.sourceModel()
        assert isinstance(model, TableModel)
        remembered = Settings().widths(self._remembered_as) if self._remembered_as else []
        if len(remembered) != len(model.columns):
            remembered = [
                max(column.width, self._caption_width(column.title)) if column.width else 0
                for column in model.columns
            ]
        for number, width in enumerate(remembered):
            if width:
                header.resizeSection(number, width)
        self._given = self._widths()

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
        self._kept = keys, self.verticalScrollBar().value()

    def _restore(self) -> None:
        keys, place = self._kept
        chosen = QItemSelection()
        for number, row in enumerate(self.shown if keys else []):
            if getattr(row, "id", None) in keys:
                index = self.sorter.index(number, 0)
                chosen.select(index, index)
        select = QItemSelectionModel.SelectionFlag
        if not chosen.isEmpty():
            self.selectionModel().setCurrentIndex(chosen.indexes()[0], select.NoUpdate)
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
