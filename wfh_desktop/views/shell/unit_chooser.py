"""The unit that is looked at, chosen from the tree of all units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStyleOptionToolButton, QToolButton, QWidget
from typing_extensions import override

from wfh_desktop.views import icons

if TYPE_CHECKING:
    from wfh_desktop.services.units import UnitRow

NARROWEST, WIDEST = 120, 330
FRAME = 50  # pixels that the icon and the edges take


class UnitChooser(QToolButton):
    """Shows the unit with the one above it; opens the tree. `chosen` carries id and name."""

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[UnitRow] = ()
        self._unit_id = 0
        self._texts = [""]  # the longest first
        self.setProperty("flat", True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIcon(icons.icon("unit"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)

    @override
    def sizeHint(self) -> QSize:
        wanted = self.fontMetrics().horizontalAdvance(self._texts[0]) + FRAME
        return QSize(min(wanted, WIDEST), super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    @override
    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        super().initStyleOption(option)
        option.text = self._fitting()

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
        self._texts = [" / ".join(names[-2:]), *names[-1:]] if names else ["Belum ada unit"]
        self.setText(self._texts[0])
        self.setToolTip(f"{' / '.join(names)}\nPilih unit (Ctrl+U)".strip())
        self.setAccessibleName(f"Unit {names[-1]}" if names else "Unit")
        self.setEnabled(bool(self._rows))

    def _fitting(self) -> str:
        """Return as much as there is room for: the unit above and the unit, or the unit alone."""
        metrics, room = self.fontMetrics(), self.width() - FRAME
        fitting = (text for text in self._texts if metrics.horizontalAdvance(text) <= room)
        short = metrics.elidedText(self._texts[-1], Qt.TextElideMode.ElideMiddle, room)
        return next(fitting, short)

    def _path(self) -> list[str]:
        rows = {row.id: row for row in self._rows}
        names: list[str] = []
        key: int | None = self._unit_id
        while key in rows:
            names.insert(0, rows[key].name)
            key = rows[key].parent_id
        return names
