"""Steps with their state, each of which leads to the place where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from wfh_desktop.views.widgets.elided_label import ElidedLabel
from wfh_desktop.views.widgets.icon_label import IconLabel

LINE = 26  # pixels


@dataclass(frozen=True)
class Item:
    """One step: its tone (good, attention, neutral), title, state, what is missing, its place."""

    tone: str
    title: str
    state: str
    detail: str
    target: object


class Checklist(QWidget):
    """A line for each step; `asked` carries the target of the one that was pressed."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(3, 1)
        self._lines: list[_Line] = []

    def show_items(self, items: Sequence[Item]) -> None:
        """Show *items*; lines that are there already change in place, so that focus stays."""
        while len(self._lines) < len(items):
            self._lines.append(_Line(self, self._grid, len(self._lines)))
        for line, item in zip(self._lines, items, strict=False):
            line.show_item(item)

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons that lead to the places, from top to bottom."""
        return [line.button for line in self._lines]

    @property
    def details(self) -> list[str]:
        """What is said to be missing, from top to bottom."""
        return [line.detail.text() for line in self._lines]


class _Line:
    """The widgets of one step."""

    def __init__(self, owner: Checklist, grid: QGridLayout, row: int) -> None:
        self._owner = owner
        self._target: object = None
        self.sign = IconLabel(size=18)
        self.title = QLabel()
        self.button = QPushButton()
        self.button.setProperty("link", True)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.detail = ElidedLabel()
        self.detail.setProperty("role", "muted")
        grid.setRowMinimumHeight(row, LINE)
        for column, widget in enumerate((self.sign, self.title, self.button, self.detail)):
            grid.addWidget(widget, row, column)
        self.button.clicked.connect(partial(self._ask))

    def show_item(self, item: Item) -> None:
        self._target = item.target
        self.sign.show_icon(item.tone, item.tone)
        self.title.setText(item.title)
        self.button.setText(item.state)
        self.button.setToolTip(f"Buka: {item.title}")
        self.button.setAccessibleName(f"{item.title}: {item.state}. {item.detail}")
        self.detail.setText(item.detail)

    def _ask(self) -> None:
        self._owner.asked.emit(self._target)
