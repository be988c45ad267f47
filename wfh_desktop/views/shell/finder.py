"""The search field of the window: people of the unit, pages and actions by their names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from wfh_desktop.views import icons
from wfh_desktop.views.page import Place

NARROWEST, WIDEST = 130, 250


class Finder(QLineEdit):
    """Offers what contains the typed words; `found` carries the `Place` that was chosen.

    `wanted` is emitted when the field is entered: the moment to fetch what it offers.
    """

    wanted = Signal()
    found = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: dict[str, Place] = {}
        self._names = QStringListModel(self)
        self.setPlaceholderText("Cari orang atau halaman")
        self.setAccessibleName("Cari orang atau halaman")
        self.setToolTip("Cari orang atau halaman (Ctrl+K)")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(NARROWEST)
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.returnPressed.connect(self._first)

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDEST, super().sizeHint().height())

    def offer(self, places: Sequence[tuple[str, Place]]) -> None:
        """Let the user choose among named places."""
        if self.completer() is None:
            self._complete()
        self._places = dict(places)
        self._names.setStringList(list(self._places))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.wanted.emit()

    def _complete(self) -> None:
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(12)
        completer.activated.connect(self._choose)
        self.setCompleter(completer)

    def _first(self) -> None:
        """Go to the first one offered when Enter is pressed without choosing."""
        completer = self.completer()
        if completer is None:
            return
        completer.setCompletionPrefix(self.text())
        index = completer.completionModel().index(0, 0)
        if self.text().strip() and index.isValid():
            self._choose(str(index.data()))

    def _choose(self, name: str) -> None:
        place = self._places.get(name)
        if place:
            QTimer.singleShot(0, self, self.clear)  # after the completer has filled the field
            self.found.emit(place)
