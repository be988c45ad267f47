"""The unit that is looked at, chosen from the tree of all units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from wfh_desktop.views import icons

if TYPE_CHECKING:
    from wfh_desktop.services.units import UnitRow

WIDTH = 330


class UnitChooser(QToolButton):
    """Shows the unit with the one above it; opens the tree. `chosen` carries id and name."""

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[UnitRow] = ()
        self._unit_id = 0
        self.setProperty("flat", True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIcon(icons.icon("unit"))
        self.setMaximumWidth(WIDTH)
        self.clicked.connect(self.open)

    def show_units(self, rows: Sequence[UnitRow]) -> None:
        """Offer *rows*, each below its parent."""
        self._rows = rows
        self._show()

    def show_unit(self, unit_id: int) -> None:
        """Show which unit is looked at, without telling anybody."""
        self._unit_id = unit_id
        self._show()

    def open(self) -> None:
        """Open the tree below the button."""
        from wfh_desktop.views.shell.unit_tree import UnitTree

        tree = UnitTree(self._rows, self._unit_id, self)
        tree.chosen.connect(self.chosen)
        tree.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        tree.show()

    def _show(self) -> None:
        names = self._path()
        text = " / ".join(names[-2:]) or "Belum ada unit"
        room = WIDTH - 50
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room))
        self.setToolTip(f"{' / '.join(names)}\nPilih unit (Ctrl+U)".strip())
        self.setAccessibleName(f"Unit {names[-1]}" if names else "Unit")
        self.setEnabled(bool(self._rows))

    def _path(self) -> list[str]:
        rows = {row.id: row for row in self._rows}
        names: list[str] = []
        key: int | None = self._unit_id
        while key in rows:
            names.insert(0, rows[key].name)
            key = rows[key].parent_id
        return names
