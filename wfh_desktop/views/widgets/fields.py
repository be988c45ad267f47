"""Small fields of forms, and what is said below them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QLabel, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.errors import Problem
from wfh_desktop.views import labels
from wfh_desktop.views.widgets.day_typing import DayTyping, begins


class ProblemLabel(QLabel):
    """Says what is wrong with the field above it; takes no room while nothing is.

    In a form it is called like the field of the draft: `starts_problem` for `starts`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setProperty("tone", "problem")
        self.hide()

    def show_problem(self, text: str) -> None:
        """Show *text*, or nothing."""
        self.setText(text)
        self.setVisible(bool(text))


def show_problems(form: QWidget, problems: Iterable[Problem]) -> list[Problem]:
    """Put each problem at its `ProblemLabel` below *form*; return those that have none.

    Labels without a problem are emptied.
    """
    said: dict[str, list[str]] = {}
    rest = []
    places = {label.objectName(): label for label in form.findChildren(ProblemLabel)}
    for problem in problems:
        name = f"{problem.field}_problem"
        if name in places:
            said.setdefault(name, []).append(words.problem(problem))
        else:
            rest.append(problem)
    for name, label in places.items():
        label.show_problem("\n".join(said.get(name, [])))
    return rest


class DayEdit(QDateEdit):
    """A date field that speaks Python, with a calendar whose weeks begin on Monday.

    A date can be typed as a whole: 5/7/2022, 05072022, 5 Juli.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(labels.INDONESIAN)
        self.setDisplayFormat("d MMMM yyyy")
        self.setCalendarPopup(True)
        self.setDate(QDate.currentDate())
        calendar = self.calendarWidget()
        calendar.setLocale(labels.INDONESIAN)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setGridVisible(False)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, QTextCharFormat())  # Qt's red is hard to read
        self.typing = DayTyping(self)

    def day(self) -> date:
        """Return the date entered."""
        entered = self.date()
        return date(entered.year(), entered.month(), entered.day())

    def set_day(self, day: date) -> None:
        """Show *day*."""
        self.setDate(QDate(day))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if begins(event):
            self.typing.begin(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Leave with one Tab, not after one for each of day, month and year."""
        return QWidget.focusNextPrevChild(self, forward)
