"""The day grid: one line a person, typed, pasted and filled like a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QKeyCombination,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from wfh_desktop.services.attendance import GridRow
from wfh_desktop.views import clipboard
from wfh_desktop.views.widgets import cell_editor
from wfh_desktop.views.widgets.day_grid_model import CODE, GridModel, Index
from wfh_desktop.views.widgets.day_lines import FIELDS

ROW = 26  # pixels
STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
}
CTRL_D = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_D)


class _Editing(QStyledItemDelegate):
    """Lets Enter and the arrow keys leave a cell that is being typed, up or down.

    Qt's own Enter stores the text only when events are processed next: a fast typist, whose next
    letter is already waiting, would find the cell still open.
    """

    left = Signal(int)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()))
            if step and isinstance(watched, QWidget):
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                self.left.emit(step)
                return True
        return super().eventFilter(watched, event)


class DayGrid(QTableView):
    """Typing starts a cell, Enter goes down; Ctrl+C, V, D, Z, Y and Delete do as in a sheet."""

    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = GridModel(self)
        self.setModel(self.grid)
        self._editing = _Editing(self)
        self.setItemDelegate(self._editing)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        trigger = QTableView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.EditKeyPressed)
        self.setTabKeyNavigation(True)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Isi harian")
        self.setProperty("sheet", True)
        self.verticalHeader().setProperty("names", True)
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for section, width in enumerate((230, 90, 80, 80, 200)):
            header.resizeSection(section, width)
        self._editing.left.connect(self._step)

    def show_only(self, wanted: Callable[[GridRow], bool]) -> None:
        """Hide the lines of people for whom *wanted* is false."""
        for number, row in enumerate(self.grid.rows):
            self.setRowHidden(number, not wanted(row))

    def choose_first(self) -> None:
        """Stand in the first cell to type into."""
        shown = self._shown()
        if shown:
            self.setCurrentIndex(self.grid.index(shown[0], CODE))

    def finish_typing(self) -> None:
        """Take over what stands in the cell that is being typed."""
        cell_editor.finish(self)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as a spreadsheet takes them."""
        cells = self._selected()
        rows, columns = (sorted({cell[axis] for cell in cells}) for axis in (0, 1))
        if cells:
            table = [
                [str(self.grid.index(row, column).data() or "") for column in columns]
                for row in rows
            ]
            QGuiApplication.clipboard().setMimeData(clipboard.cells(table))

    def paste(self) -> None:
        """Type what a spreadsheet put on the clipboard, from the current cell on.

        A single cell fills the whole selection.
        """
        table = clipboard.table(QGuiApplication.clipboard().text())
        if not table:
            return
        if len(table) == len(table[0]) == 1:
            self._fill(self._selected(), table[0][0], "Tempel")
            return
        rows = [row for row in self._shown() if row >= self.currentIndex().row()]
        first = self.currentIndex().column()
        self._type(
            {
                (row, first + offset): text
                for row, texts in zip(rows, table, strict=False)
                for offset, text in enumerate(texts)
            },
            "Tempel",
        )

    def fill_down(self) -> None:
        """Copy the top cell of the selection downwards; a single cell takes what is above it."""
        cells = self._selected()
        tops = {column: min(row for row, one in cells if one == column) for _, column in cells}
        above = [row for row in self._shown() if row < self.currentIndex().row()]
        if len(cells) == 1 and above:
            tops = dict.fromkeys(tops, above[-1])
        texts = {
            (row, column): str(self.grid.index(tops[column], column).data() or "")
            for row, column in cells
        }
        self._type(texts, "Isi ke bawah")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        for key, act in self._acts():
            if event.matches(key):
                act()
                event.accept()
                return
        if event.keyCombination() == CTRL_D:
            self.fill_down()
        elif event.key() == Qt.Key.Key_Delete:
            self._fill(self._selected(), "", "Kosongkan")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    @override
    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Z for the grid while there is something to undo in it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            stack = self.grid.undo_stack
            if (undo and stack.canUndo()) or (redo and stack.canRedo()):
                event.accept()
                return True
        return super().event(event)

    def _acts(self) -> Iterable[tuple[QKeySequence.StandardKey, Callable[[], object]]]:
        keys = QKeySequence.StandardKey
        return (
            (keys.Copy, self.copy),
            (keys.Paste, self.paste),
            (keys.Undo, self.grid.undo_stack.undo),
            (keys.Redo, self.grid.undo_stack.redo),
            (keys.Save, self.save_asked.emit),
        )

    def _step(self, step: int) -> None:
        """Go to the next line that is shown, up or down, in the same column."""
        index, shown = self.currentIndex(), self._shown()
        later = [row for row in shown if (row - index.row()) * step > 0]
        if later:
            row = min(later) if step > 0 else max(later)
            self.setCurrentIndex(self.grid.index(row, index.column()))

    def _shown(self) -> list[int]:
        return [row for row in range(self.grid.rowCount()) if not self.isRowHidden(row)]

    def _selected(self) -> list[tuple[int, int]]:
        indexes = self.selectionModel().selectedIndexes()
        return sorted(
            (one.row(), one.column()) for one in indexes if not self.isRowHidden(one.row())
        )

    def _fill(self, cells: Iterable[tuple[int, int]], text: str, name: str) -> None:
        self._type(dict.fromkeys(cells, text), name)

    def _type(self, cells: Mapping[tuple[int, int], str], name: str) -> None:
        fields = {
            (row, FIELDS[column - 1]): text
            for (row, column), text in cells.items()
            if 1 <= column <= len(FIELDS)
        }
        self.grid.type_into(fields, name)
