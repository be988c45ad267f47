"""A list of people to choose from by typing a part of the name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from wfh_desktop.services.people import PersonRow

SKIP = "(lewati)"


class PersonCombo(QComboBox):
    """Offers everybody of the unit, or to leave the person out; `chosen` carries a number or None.

    It is empty while nothing was decided.
    """

    OPEN: ClassVar[int] = -1

    chosen = Signal(object)

    def __init__(self, roster: Sequence[PersonRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: list[int | None] = [None, *(row.id for row in roster)]
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems([SKIP, *(row.name for row in roster)])
        finder = QCompleter(self.model(), self)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(finder)
        if editor := self.lineEdit():
            editor.setPlaceholderText("Pilih pegawai")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._choose)

    def show_choice(self, employee_id: int | None) -> None:
        """Show what was decided: a person, None to leave out, or `OPEN`."""
        number = self._keys.index(employee_id) if employee_id in self._keys else -1
        self.setCurrentIndex(number)

    def _choose(self, number: int) -> None:
        self.chosen.emit(self._keys[number])
