"""The panel of one person: identity, dated facts, leave, sanctions, other names, history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wfh_desktop.services.people import PersonDetails
from wfh_desktop.views import icons
from wfh_desktop.views.widgets.person_facts import Entry, Section, sections
from wfh_desktop.views.widgets.side_panel import SidePanel

ADD = "add"


class PersonPane(SidePanel):
    """Shows a person; `wanted` carries section, action and row when something is to be done."""

    wanted = Signal(str, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(320)
        self._heads: dict[str, QLabel] = {}
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._scroll, 1)

    def show_person(self, person: PersonDetails, day: date, *, may_change: bool) -> None:
        """Show everything about *person*; without the right to change, no buttons."""
        position = next((row.title for row in person.positions if row.valid_to is None), "")
        self.show_title(person.full_name, position)
        place = self._scroll.verticalScrollBar().value()
        room = QWidget()
        layout = QVBoxLayout(room)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(4)
        self._heads.clear()
        for section in sections(person, day):
            self._add_section(layout, section, may_change=may_change)
        self._counter = self._add_more(layout, "Ketidakhadiran", "count", "Hitung tahun ini")
        self._history = self._add_more(layout, "Riwayat", "history", "Tampilkan")
        layout.addStretch()
        self._scroll.setWidget(room)
        self._scroll.verticalScrollBar().setValue(place)

    def show_part(self, key: str) -> None:
        """Scroll to a section: positions, sanctions."""
        if key in self._heads:
            self._scroll.ensureWidgetVisible(self._heads[key], 0, 40)

    def show_counter(self, entry: Entry) -> None:
        """Show how often the person was absent without excuse."""
        _refill(self._counter, [entry])

    def show_history(self, entries: Iterable[Entry]) -> None:
        """Show who entered what, when."""
        _refill(self._history, entries)

    def buttons(self, section: str) -> list[QAbstractButton]:
        """Return the buttons of a section, in their order; for tests and keyboards alike."""
        every = self.findChildren(QAbstractButton)
        return [one for one in every if one.property("section") == section]

    def _add_section(self, layout: QVBoxLayout, section: Section, *, may_change: bool) -> None:
        head, title = self._head(section.key, section.title)
        layout.addLayout(head)
        self._heads[section.key] = title
        if may_change:
            head.addWidget(self._button(section.key, section.add, section.title))
        for entry in section.entries:
            layout.addWidget(self._row(section, entry, may_change=may_change))
        if not section.entries and section.empty:
            layout.addWidget(_label(section.empty, "muted"))

    def _add_more(self, layout: QVBoxLayout, title: str, key: str, act: str) -> QVBoxLayout:
        head, _ = self._head(key, title)
        head.addWidget(
            self._button(key, act, title, icon="refresh" if key == "count" else "history")
        )
        layout.addLayout(head)
        room = QVBoxLayout()
        layout.addLayout(room)
        return room

    def _head(self, key: str, title: str) -> tuple[QHBoxLayout, QLabel]:
        head = QHBoxLayout()
        head.setContentsMargins(0, 10, 0, 0)
        label = QLabel(title)
        label.setProperty("role", "heading")
        label.setObjectName(f"{key}_head")
        head.addWidget(label, 1)
        return head, label

    def _button(self, key: str, act: str, title: str, icon: str = "add") -> QPushButton:
        button = QPushButton(act)
        button.setProperty("link", True)
        button.setProperty("section", key)
        button.setIcon(icons.icon("edit" if key == "identity" else icon, "accent"))
        button.setAccessibleName(f"{title}: {act}")
        button.clicked.connect(partial(self.wanted.emit, key, ADD, None))
        return button

    def _row(self, section: Section, entry: Entry, *, may_change: bool) -> QWidget:
        row = QFrame()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.addLayout(_texts(entry), 1)
        if entry.actions and may_change:
            more = QToolButton()
            more.setProperty("flat", True)
            more.setProperty("dots", True)
            more.setProperty("section", section.key)
            more.setIcon(icons.icon("more"))
            more.setToolTip("Koreksi atau tarik")
            more.setAccessibleName(f"Tindakan untuk {entry.first}")
            more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            menu = QMenu(more)
            for key, act in entry.actions:
                menu.addAction(act).triggered.connect(
                    partial(self._ask, section.key, key, entry.row)
                )
            more.setMenu(menu)
            layout.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _ask(self, section: str, action: str, row: object, _: bool = False) -> None:
        self.wanted.emit(section, action, row)


def _texts(entry: Entry) -> QVBoxLayout:
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addWidget(_label(entry.first, entry.tone))
    if entry.second:
        texts.addWidget(_label(entry.second, "muted"))
    return texts


def _label(text: str, tone: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("tone", tone)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _refill(room: QVBoxLayout, entries: Iterable[Entry]) -> None:
    while (item := room.takeAt(0)) is not None:
        if widget := item.widget():
            widget.deleteLater()
    for entry in entries:
        holder = QWidget()
        holder.setLayout(_texts(entry))
        room.addWidget(holder)
