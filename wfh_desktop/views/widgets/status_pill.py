"""A state as a small coloured word, with an icon in the text."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from wfh_desktop.views import theme

MARKS = {"good": "✓", "attention": "●", "bad": "✕", "neutral": "○", "accent": "●"}


class StatusPill(QLabel):
    """Shows a word in the colours of a tone: good, attention, bad, neutral or accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("pill", "neutral")

    def show_state(self, text: str, tone: str = "neutral") -> None:
        """Show *text* in the colours of *tone*; an empty text hides the pill."""
        self.setText(f"{MARKS[tone]} {text}")
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if self.property("pill") != tone:
            self.setProperty("pill", tone)
            theme.repolish(self)
