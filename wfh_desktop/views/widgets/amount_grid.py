"""A small spreadsheet of rupiah: typed, pasted, and asked what changed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QTableWidget, QTableWidgetItem, QWidget
from typing_extensions import override

from wfh_desktop.domain import numbers
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.merging import Difference, Standing
from wfh_desktop.views import clipboard, labels, theme
from wfh_desktop.views.widgets import cell_editor

Key = tuple[Any, Any]  # of the row and of the column
Captions = Sequence[tuple[str, object]]  # with the key of each
Amounts = Mapping[Key, Decimal | None] | Mapping[Key, Decimal]
WIDTH = 176


class AmountGrid(QTableWidget):
    """Rows and columns with a key each; `changed_cells` gives what differs from what was shown.

    Cells that are no amount are marked, and refused as a whole when they are asked for. Enter goes
    down, Tab leaves the grid, or goes on to the next cell while one is being typed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Captions = ()
        self._columns: Captions = ()
        self._shown: dict[Key, Decimal | None] = {}
        self._filling = False
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setDefaultSectionSize(WIDTH)
        self.itemChanged.connect(self._check)

    def show_amounts(
        self,
        rows: Captions,
        columns: Captions,
        amounts: Amounts,
    ) -> None:
        """Show *amounts* under their row and column, each with its caption and key."""
        self._filling = True
        self._rows, self._columns = rows, columns
        self._shown = dict(amounts)
        self.setRowCount(len(rows))
        self.setColumnCount(len(columns))
        self.setVerticalHeaderLabels([caption for caption, _ in rows])
        self.setHorizontalHeaderLabels([caption for caption, _ in columns])
        for row, (_, row_key) in enumerate(rows):
            for column, (_, column_key) in enumerate(columns):
                amount = amounts.get((row_key, column_key))
                item = QTableWidgetItem("" if amount is None else labels.number(amount))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
        self._filling = False

    def changed_cells(self) -> dict[Key, Decimal | None]:
        """Return the amounts that differ from what was shown; None where one was cleared.

        Raises `Invalid` naming every cell that is no amount.
        """
        cell_editor.finish(self)
        found: dict[Key, Decimal | None] = {}
        wrong = []
        for row, (caption, row_key) in enumerate(self._rows):
            for column, (_, column_key) in enumerate(self._columns):
                text = self._text(row, column).strip()
                amount = numbers.read(text) if text else None
                if text and amount is None:
                    wrong.append(Problem("amount", "cell_no_amount", (caption, text)))
                elif amount != self._shown.get((row_key, column_key)):
                    found[row_key, column_key] = amount
        if wrong:
            raise Invalid(wrong)
        return found

    @property
    def unsaved(self) -> bool:
        """Whether a cell says something else than what was shown."""
        return any(text != shown for text, shown in self._typed().values())

    def shown(self, row: object, column: object) -> Decimal | None:
        """Return what a cell said before anything was typed."""
        return self._shown.get((row, column))

    def clashes(self, amounts: Amounts) -> list[Difference]:
        """Return the cells that were typed here and say something else in *amounts*, as stored."""
        mine = self.changed_cells()
        found = [Difference(key, self._shown.get(key), mine[key], amounts.get(key)) for key in mine]
        return [one for one in found if one.standing is Standing.BOTH]

    def renew(
        self, rows: Captions, columns: Captions, amounts: Amounts, given_up: Container[Key] = ()
    ) -> None:
        """Show *amounts* as they are by now; what was typed and not *given up* stays typed."""
        mine = self.changed_cells()
        self.show_amounts(rows, columns, amounts)
        for key, item in self._items():
            if key in mine and key not in given_up:
                amount = mine[key]
                item.setText("" if amount is None else labels.number(amount))

    def caption(self, key: Key) -> str:
        """Return what stands before and above a cell."""
        rows = {row_key: caption for caption, row_key in self._rows}
        columns = {column_key: caption for caption, column_key in self._columns}
        name = columns.get(key[1], "").partition("\n")[0]
        return f"{rows.get(key[0], '')}, {name}"

    def fill_empty(self, amounts: Mapping[Key, Decimal]) -> None:
        """Put *amounts* into the cells in which nothing stands yet, as if they were typed."""
        for key, item in self._items():
            amount = amounts.get(key)
            if amount is not None and not item.text().strip():
                item.setText(labels.number(amount))

    def paste(self, text: str) -> None:
        """Fill cells from a spreadsheet, beginning at the current one."""
        top, left = max(0, self.currentRow()), max(0, self.currentColumn())
        for down, cells in enumerate(clipboard.table(text)):
            for right, cell in enumerate(cells):
                item = self.item(top + down, left + right)
                if item is not None:
                    item.setText(cell.strip())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for item in self.selectedItems():
                item.setText("")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() is not QTableWidget.State.EditingState:  # else the editor closes first
                self._go_down()
        else:
            super().keyPressEvent(event)

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:  # by Enter
            self._go_down()

    def _items(self) -> Iterator[tuple[Key, QTableWidgetItem]]:
        for row, (_, row_key) in enumerate(self._rows):
            for column, (_, column_key) in enumerate(self._columns):
                if (item := self.item(row, column)) is not None:
                    yield (row_key, column_key), item

    def _typed(self) -> dict[Key, tuple[str, str]]:
        """Return what each cell says, and what it said at first."""
        found = {}
        for key, item in self._items():
            shown = self._shown.get(key)
            found[key] = item.text().strip(), "" if shown is None else labels.number(shown)
        return found

    def _go_down(self) -> None:
        if self.currentRow() + 1 < self.rowCount():
            self.setCurrentCell(self.currentRow() + 1, self.currentColumn())

    def _copy(self) -> None:
        chosen = self.selectedIndexes()
        if not chosen:
            return
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        cells = [[self._text(row, column) for column in columns] for row in rows]
        QGuiApplication.clipboard().setMimeData(clipboard.cells(cells))

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text() if item else ""

    def _check(self, item: QTableWidgetItem) -> None:
        """Write an amount as all are written, and mark a cell that is none."""
        if self._filling:
            return
        text = item.text().strip()
        amount = numbers.read(text) if text else None
        wrong = bool(text) and amount is None
        self._filling = True
        if amount is not None:
            item.setText(labels.number(amount))
        item.setForeground(theme.colour("bad" if wrong else "text"))
        item.setToolTip("Bukan angka seperti 4.595.150" if wrong else "")
        self._filling = False
        self.edited.emit()
