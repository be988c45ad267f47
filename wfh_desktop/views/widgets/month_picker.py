"""The month that is looked at, with arrows and a small calendar of months."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget
from typing_extensions import override

from wfh_desktop.domain.periods import Period
from wfh_desktop.views import icons, labels

TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
EARLIEST = Period(2014, 1)  # from here on there are rules of appraisal (PP 46/2011)


class MonthPicker(QWidget):
    """Two arrows and, between them, the month; a click or Enter on it opens the year."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._period = Period(2026, 1)
        self.earlier_button = _arrow("left", "Bulan sebelumnya (Alt+Kiri)")
        self.later_button = _arrow("right", "Bulan berikutnya (Alt+Kanan)")
        self.month_button = QToolButton()
        self.month_button.setProperty("flat", True)
        self.month_button.setMinimumWidth(128)
        self.month_button.setToolTip("Pilih bulan (Ctrl+M)")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for button in (self.earlier_button, self.month_button, self.later_button):
            layout.addWidget(button)
        self.setFocusProxy(self.month_button)
        self.earlier_button.clicked.connect(partial(self.step, -1))
        self.later_button.clicked.connect(partial(self.step, 1))
        self.month_button.clicked.connect(self._open)
        QShortcut("Ctrl+M", self.month_button).activated.connect(self._open)

    @property
    def period(self) -> Period:
        """The month that is shown."""
        return self._period

    def show_period(self, period: Period) -> None:
        """Show *period* without telling anybody."""
        self._period = period
        self.month_button.setText(labels.month(period))
        self.month_button.setAccessibleName(f"Bulan {labels.month(period)}")

    def step(self, months: int, _: bool = False) -> None:
        """Choose the month that lies *months* later."""
        self.choose(self._period.shifted(months))

    def choose(self, period: Period) -> None:
        """Show *period* and tell so; nothing lies before 2014."""
        if period < EARLIEST:
            return
        self.show_period(period)
        self.chosen.emit(period)

    def _open(self) -> None:
        year = _Year(self._period, self)
        year.chosen.connect(self.choose)
        year.move(self.month_button.mapToGlobal(QPoint(-40, self.month_button.height() + 4)))
        year.show()


class _Year(QFrame):
    """Twelve months of a year, one to be chosen; PgUp and PgDn turn to another year."""

    chosen = Signal(object)

    def __init__(self, period: Period, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        self._now = period
        self._year = period.year
        self._label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._label.setProperty("role", "heading")
        earlier = _arrow("left", "Tahun sebelumnya (PgUp)")
        later = _arrow("right", "Tahun berikutnya (PgDn)")
        earlier.clicked.connect(partial(self._turn, -1))
        later.clicked.connect(partial(self._turn, 1))
        layout = QGridLayout(self)
        layout.addWidget(earlier, 0, 0)
        layout.addWidget(self._label, 0, 1)
        layout.addWidget(later, 0, 2, Qt.AlignmentFlag.AlignRight)
        self._buttons = []
        for number in range(12):
            button = QToolButton()
            button.setProperty("flat", True)
            button.setCheckable(True)
            button.setMinimumWidth(64)
            button.setText(labels.INDONESIAN.toString(QDate(2026, number + 1, 1), "MMM"))
            button.clicked.connect(partial(self._choose, number + 1))
            layout.addWidget(button, 1 + number // 3, number % 3)
            self._buttons.append(button)
        self._turn(0)
        self._buttons[period.month - 1].setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        years = TURNS.get(Qt.Key(event.key()))
        if years is None:
            super().keyPressEvent(event)
        else:
            self._turn(years)

    def _turn(self, years: int, _: bool = False) -> None:
        self._year += years
        self._label.setText(str(self._year))
        for number, button in enumerate(self._buttons, start=1):
            button.setChecked(Period(self._year, number) == self._now)

    def _choose(self, month: int, _: bool = False) -> None:
        self.chosen.emit(Period(self._year, month))
        self.close()


def _arrow(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("flat", True)
    button.setIcon(icons.icon(name))
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition(" (")[0])
    return button
