"""The tree of units, opened below the unit that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from wfh_desktop.views.labels import fold

if TYPE_CHECKING:
    from wfh_desktop.services.units import UnitRow

KEY = Qt.ItemDataRole.UserRole
SHOWN = QSize(420, 380)


class UnitTree(QFrame):
    """The tree of units with a field to search it; Enter or a click chooses."""

    chosen = Signal(int, str)

    def __init__(
        self, rows: Sequence[UnitRow], unit_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        self.search_edit = QLineEdit()
        self.search_edit.setPlaceholderText("Cari unit")
        self.search_edit.setAccessibleName("Cari unit")
        self.search_edit.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName("Pohon unit")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.search_edit)
        layout.addWidget(self.tree)
        self._fill(rows, unit_id)
        self.search_edit.textChanged.connect(self._filter)
        self.search_edit.returnPressed.connect(self._accept)
        self.tree.itemActivated.connect(self._accept)
        self.tree.itemClicked.connect(self._accept)
        self.resize(SHOWN)
        self.search_edit.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.tree.setFocus()
        super().keyPressEvent(event)

    def _fill(self, rows: Sequence[UnitRow], unit_id: int) -> None:
        items: dict[int, QTreeWidgetItem] = {}
        for row in rows:
            above = items.get(row.parent_id or 0)
            item = QTreeWidgetItem(above or self.tree, [row.name])
            item.setData(0, KEY, row.id)
            item.setToolTip(0, row.name)
            items[row.id] = item
        self.tree.expandAll()
        if unit_id in items:
            self.tree.setCurrentItem(items[unit_id])

    def _filter(self, text: str) -> None:
        wanted = fold(text)
        for item in self._items():
            item.setHidden(True)
        found = [item for item in self._items() if wanted in fold(item.text(0))]
        for item in found:
            shown: QTreeWidgetItem | None = item
            while shown is not None:
                shown.setHidden(False)
                shown = shown.parent()
        if found:
            self.tree.setCurrentItem(found[0])

    def _items(self) -> list[QTreeWidgetItem]:
        iterator, items = QTreeWidgetItemIterator(self.tree), []
        while (item := iterator.value()) is not None:
            items.append(item)
            iterator += 1
        return items

    def _accept(self) -> None:
        item = self.tree.currentItem()
        if item is not None and not item.isHidden():
            self.chosen.emit(item.data(0, KEY), item.text(0))
            self.close()
