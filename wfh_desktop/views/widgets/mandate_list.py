"""The mandates of one person in the panel beside the table, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from wfh_desktop import words
from wfh_desktop.services.accounts import MandateRow, Standing
from wfh_desktop.views import icons, labels
from wfh_desktop.views.page import permit
from wfh_desktop.views.widgets.status_pill import StatusPill

TONES = {Standing.RUNNING: "good", Standing.COMING: "accent", Standing.ENDED: "neutral"}
NONE = "Belum ada mandat: orang ini dapat masuk, tetapi tidak melihat data unit mana pun."


class MandateList(QScrollArea):
    """Emits what is to be done with a mandate, which the signal carries."""

    correct = Signal(object)
    end = Signal(object)
    withdraw = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Mandat")
        self.buttons: list[QToolButton] = []

    def show_mandates(self, rows: Sequence[MandateRow], forbidden: str) -> None:
        """Show *rows*; *forbidden* says why nothing may be done about them, or is empty."""
        self.buttons = []
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(12)
        for row in rows:
            layout.addWidget(self._card(row, forbidden))
        if not rows:
            none = QLabel(NONE)
            none.setWordWrap(True)
            none.setProperty("role", "muted")
            layout.addWidget(none)
        layout.addStretch()
        self.setWidget(body)

    def _card(self, row: MandateRow, forbidden: str) -> QWidget:
        card = QWidget()
        layout = QVBoxLayout(card)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        head = QHBoxLayout()
        role = QLabel(words.MANDATES[row.role])
        role.setProperty("role", "heading")
        pill = StatusPill()
        pill.show_state(row.standing.value, TONES[row.standing])
        head.addWidget(role)
        head.addWidget(pill)
        head.addStretch()
        for icon, does, signal in (
            ("edit", "Koreksi", self.correct),
            ("flag", "Akhiri", self.end),
            ("remove", "Tarik", self.withdraw),
        ):
            button = QToolButton()
            button.setProperty("flat", True)
            button.setIcon(icons.icon(icon))
            button.setToolTip(f"{does} mandat ini")
            button.setAccessibleName(f"{does} {words.MANDATES[row.role]} {row.unit}")
            button.clicked.connect(partial(signal.emit, row))
            permit(button, forbidden)
            head.addWidget(button)
            self.buttons.append(button)
        layout.addLayout(head)
        for text in (row.unit, times(row), row.decree):
            if text:
                label = QLabel(text)
                label.setWordWrap(True)
                label.setProperty("role", "muted")
                layout.addWidget(label)
        return card


def times(row: MandateRow) -> str:
    """Return from when to when a mandate counts."""
    if row.valid_to:
        return f"{labels.short_day(row.valid_from)} – {labels.short_day(row.valid_to)}"
    return f"sejak {labels.short_day(row.valid_from)}"
