"""The list of pages at the left: icon, word and the number of what waits there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from wfh_desktop.views import icons

WIDE, NARROW = 176, 64
HEIGHT = 36  # of a button where there is room; less on a low screen
ICON = QSize(20, 20)


@dataclass(frozen=True)
class Entry:
    """A page by its names, so that it is imported only when it is first shown."""

    key: str
    title: str
    icon: str
    module: str
    page: str


class Navigation(QFrame):
    """One button for each page; `chosen` carries the key of the page."""

    chosen = Signal(str)
    collapsed_changed = Signal(bool)

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "side")
        self._collapsed = self._wanted = self._cramped = False
        self._group = QButtonGroup(self)
        self.buttons: dict[str, NavigationButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 8, 4, 8)
        layout.setSpacing(2)
        for number, entry in enumerate(entries, start=1):
            button = NavigationButton(entry.title, entry.icon, f"{entry.title} (Ctrl+{number})")
            button.clicked.connect(partial(self._choose, entry.key))
            self._group.addButton(button)
            self.buttons[entry.key] = button
            layout.addWidget(button)
        layout.addStretch()
        self.collapse_button = NavigationButton("Ciutkan", "collapse", "Ciutkan menu (Ctrl+B)")
        self.collapse_button.setCheckable(False)
        self.collapse_button.clicked.connect(self.toggle)
        layout.addWidget(self.collapse_button)
        self.set_collapsed(False)

    def show_page(self, key: str) -> None:
        """Mark the page that is shown."""
        self.buttons[key].setChecked(True)

    def show_badges(self, badges: Mapping[str, int]) -> None:
        """Say on each page how much waits there."""
        for key, button in self.buttons.items():
            button.show_badge(badges.get(key, 0))

    def set_enabled(self, enabled: bool) -> None:
        """Let pages be chosen, or not while there is nothing to show on them."""
        for button in self.buttons.values():
            button.setEnabled(enabled)

    @property
    def collapsed(self) -> bool:
        """Whether only the icons are shown."""
        return self._collapsed

    @property
    def wanted_collapsed(self) -> bool:
        """Whether the user wants only the icons where there is room for the words."""
        return self._wanted

    def set_collapsed(self, collapsed: bool) -> None:
        """Show icons and words, or icons alone; in a wide window that is remembered."""
        if not self._cramped:
            self._wanted = collapsed
        self._show(collapsed)

    def set_cramped(self, cramped: bool) -> None:
        """Keep to icons in a narrow window; do as the user wants once it is wide again.

        In a narrow window the words can still be shown until its width changes kind.
        """
        if cramped != self._cramped:
            self._cramped = cramped
            self._show(cramped or self._wanted)

    def toggle(self) -> None:
        """Collapse, or show the words again."""
        self.set_collapsed(not self._collapsed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        row: list[QPushButton] = [*self.buttons.values(), self.collapse_button]
        focused = next((n for n, button in enumerate(row) if button.hasFocus()), 0)
        row[(focused + step) % len(row)].setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, collapsed: bool) -> None:
        self._collapsed = collapsed
        self.setFixedWidth(NARROW if collapsed else WIDE)
        for button in (*self.buttons.values(), self.collapse_button):
            button.show_word(not collapsed)
        self.collapse_button.setIcon(icons.icon("expand" if collapsed else "collapse"))
        self.collapse_button.show_tip(f"{'Lebarkan' if collapsed else 'Ciutkan'} menu (Ctrl+B)")
        self.collapsed_changed.emit(collapsed)

    def _choose(self, key: str, _: bool = False) -> None:
        self.chosen.emit(key)


class NavigationButton(QPushButton):
    """Icon, word and a number in a badge."""

    def __init__(self, title: str, icon: str, tip: str) -> None:
        super().__init__()
        self._title = title
        self._tip = tip
        self._badge = QLabel(self)
        self._badge.setProperty("role", "badge")
        self._badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._badge.hide()
        self.setProperty("navigation", True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
        self.setCheckable(True)
        self.setIcon(icons.icon(icon))
        self.setIconSize(ICON)
        self.setToolTip(tip)
        self.setAccessibleName(title)

    def show_word(self, shown: bool) -> None:
        """Show the word beside the icon, or not."""
        self.setText(f"  {self._title}" if shown else "")
        self._place()

    def show_tip(self, tip: str) -> None:
        """Say something else in the tool tip."""
        self._tip = tip
        self.setToolTip(tip)

    def show_badge(self, number: int) -> None:
        """Show how much waits; nothing for 0."""
        self._badge.setText(str(number) if number < 1000 else "999+")
        self._badge.setVisible(number > 0)
        waiting = f"{number} menunggu" if number else ""
        self.setToolTip(f"{self._tip}\n{waiting}".strip())
        self.setAccessibleDescription(waiting)
        self._place()

    @property
    def badge(self) -> str:
        """The number that is shown; empty if there is none."""
        return "" if self._badge.isHidden() else self._badge.text()

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self._badge.adjustSize()
        down = (self.height() - self._badge.height()) // 2
        self._badge.move(self.width() - self._badge.width() - (8 if self.text() else 0), down)
