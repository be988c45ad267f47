"""The keys of buttons: the letter underlined in their words, and another one beside it."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget


def pair(widget: QWidget) -> None:
    """Let every button below *widget* that has both a letter and another key hear both.

    Qt keeps one of them: a shortcut puts the letter out of use while it stays underlined, and new
    words put the shortcut out of use.
    """
    for button in widget.findChildren(QAbstractButton):
        letter, key = QKeySequence.mnemonic(button.text()), button.shortcut()
        if letter.isEmpty() or key.isEmpty() or key == letter:
            continue
        button.setShortcut(letter)
        QShortcut(key, button).activated.connect(button.click)
