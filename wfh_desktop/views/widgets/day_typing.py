"""The field that lies over a date field while a date is typed into it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip
from typing_extensions import override

from wfh_desktop.domain import typed_days
from wfh_desktop.views import labels

if TYPE_CHECKING:
    from wfh_desktop.views.widgets.fields import DayEdit

PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
TABS = {Qt.Key.Key_Tab: True, Qt.Key.Key_Backtab: False}
SAID = 6_000  # milliseconds that a refusal is to be read


class DayTyping(QLineEdit):
    """Takes 5/7/2022, 05072022 or 5 Juli as a whole; Qt's own field takes each part by itself.

    Enter and Tab take the date over, Esc leaves the one before it.
    """

    def __init__(self, owner: DayEdit) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Tanggal, misalnya 5/7/2022")
        self.hide()

    def begin(self, text: str) -> None:
        """Show what was typed so far, and take what follows."""
        self.setGeometry(self._owner.rect())
        self.setText(f"{self.text()}{text}")  # empty, unless keys come faster than the focus
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.end(False)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            forward = TABS.get(Qt.Key(event.key()))
            if forward is not None:
                self._leave()
                self._owner.focusNextPrevChild(forward)
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self._take_over():
                    self._leave()
                else:
                    self._refuse()
            case Qt.Key.Key_Escape:
                self.clear()
                self._leave()
            case _:
                super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._finish()

    def _leave(self) -> None:
        self._finish()
        self._owner.setFocus()

    def _finish(self) -> None:
        """Take the date over if it is one, and go; else say so and leave the one before it."""
        if self.isHidden():
            return
        self.hide()
        if self.text().strip() and not self._take_over():
            self._refuse()
        self.clear()

    def _take_over(self) -> bool:
        day = self._day()
        if day is not None:
            self._owner.set_day(day)
        return day is not None

    def _day(self) -> date | None:
        """Return what was typed, if it is a date that the field takes."""
        day = typed_days.read(self.text(), self._owner.day())
        owner = self._owner
        possible = day is not None and owner.minimumDate() <= day <= owner.maximumDate()  # type: ignore[operator]
        return day if possible else None

    def _refuse(self) -> None:
        near = labels.day(self._owner.day())
        text = f"“{self.text()}” bukan tanggal yang dapat dipilih. Tulis misalnya {near}."
        place = self._owner.mapToGlobal(QPoint(0, self._owner.height()))
        QToolTip.showText(place, text, self._owner, self._owner.rect(), SAID)


def begins(event: QKeyEvent) -> bool:
    """Tell whether a key begins a date: a digit or a letter, without Ctrl or Alt."""
    plain = not event.modifiers() & ~PLAIN
    return plain and event.text().isalnum()
