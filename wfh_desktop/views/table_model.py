"""Rows as Qt's models: one model class for every list, told by columns what to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)
from typing_extensions import override

from wfh_desktop.views import icons, theme
from wfh_desktop.views.labels import fold

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")

ROOT = QModelIndex()
ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


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
    firm: bool = False  # gives no room away: where that is short, the table scrolls


class TableModel(QAbstractTableModel, Generic[Row]):
    """Read-only table over rows that a use case returned."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self.rows: Sequence[Row] = []
        self.marked: frozenset[Any] = frozenset()  # the `id` of rows that others changed
        self._former: dict[Any, Row] | None = None  # as they were before, while that is marked
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._unmark)
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
        if self._former is not None:
            there = ((getattr(row, "id", None), row) for row in rows)
            former = self._former
            self.marked = frozenset(key for key, row in there if key and former.get(key) != row)
        self.endResetModel()

    def mark_changes(self, milliseconds: int) -> None:
        """Mark what the rows shown from now on say otherwise than those shown now, for a while."""
        if self._former is None:
            self._former = {getattr(row, "id", None): row for row in self.rows}
        self._clock.start(milliseconds)

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Replace all columns, where what is shown depends on a rule set."""
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    def _unmark(self) -> None:
        self.marked, self._former = frozenset(), None
        last = self.index(len(self.rows) - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.BackgroundRole])

    def _ground(self, row: Row) -> Any:
        fresh = getattr(row, "id", None) in self.marked
        return theme.colour("attention_ground") if fresh else None

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.BackgroundRole and self.marked and index.isValid():
            return self._ground(self.rows[index.row()])
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
