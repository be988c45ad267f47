"""Moving the focus between the areas of the window: menu, page, bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def focus_next(areas: Sequence[QWidget], step: int) -> None:
    """Move the focus from the area that has it to the one *step* further, going round."""
    focused = QApplication.focusWidget()
    inside = (n for n, area in enumerate(areas) if focused and area.isAncestorOf(focused))
    target = first_field(areas[(next(inside, 0) + step) % len(areas)])
    if target:
        target.setFocus(Qt.FocusReason.TabFocusReason)


def first_field(area: QWidget) -> QWidget | None:
    """Return the first widget of *area*, in the order of the Tab key, that takes the focus."""
    found: QWidget | None = area.nextInFocusChain()
    while found is not None and found is not area:
        if area.isAncestorOf(found) and _takes_focus(found):
            return found
        found = found.nextInFocusChain()
    return None


def _takes_focus(widget: QWidget) -> bool:
    tabs = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tabs and widget.isVisible() and widget.isEnabled()
