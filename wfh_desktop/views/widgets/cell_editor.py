"""The small field in which a cell of a grid is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QLineEdit


def finish(grid: QAbstractItemView) -> None:
    """Take over what stands in the cell of *grid* that is being typed, if one is."""
    editors = grid.viewport().findChildren(QLineEdit)
    for editor in (one for one in editors if one.isVisible()):  # a hidden one is closed already
        grid.commitData(editor)
        grid.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
