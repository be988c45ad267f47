"""A due date typed in words ("Jumat", "3 hari") or as a date, with what it means beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from wfh_desktop.domain import due
from wfh_desktop.views import labels


class DueEdit(QWidget):
    """Shows the day that the words mean, counted from a day; `day` is None while they mean none."""

    day_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = date.min
        self.day: date | None = None
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("Jumat, 3 hari, akhir bulan, 30 September")
        self.edit.setAccessibleName("Tenggat")
        self.meaning_label = QLabel()
        self.meaning_label.setProperty("role", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.meaning_label)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._read)

    def show_day(self, base: date, day: date | None = None) -> None:
        """Count words from *base*; begin with *day*, if there is one."""
        self._base = base
        self.edit.setText(f"{day:%d/%m/%Y}" if day else "")
        self._read()

    def count_from(self, base: date) -> None:
        """Count words from another day."""
        self._base = base
        self._read()

    def _read(self) -> None:
        text = self.edit.text()
        self.day = due.parse(text, self._base)
        if self.day is not None:
            self.meaning_label.setText(labels.weekday(self.day))
        else:
            self.meaning_label.setText("belum dimengerti" if text.strip() else "")
        self.day_changed.emit()
