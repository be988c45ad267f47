"""What stands between a draft and its submission, each line leading to where it is put right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from wfh_desktop.services.tpp import Check
from wfh_desktop.views import icons
from wfh_desktop.views.page import Place


class ChecksView(QWidget):
    """Lists findings; Enter or a double click asks for the place of one by `asked`."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setProperty("steps", True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)  # every name is to be read
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Hasil pemeriksaan")
        self.list.setToolTip("Enter membuka tempat memperbaikinya")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(self.list, 1)
        self.list.itemActivated.connect(self._open)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show what was found."""
        blocking = sum(check.blocking for check in checks)
        self.summary.setText(summary(blocking, len(checks) - blocking))
        self.list.clear()
        for check in checks:
            tone = "bad" if check.blocking else "attention"
            item = QListWidgetItem(icons.icon(tone, tone), check.text)
            item.setData(Qt.ItemDataRole.UserRole, check)
            item.setToolTip("Harus diperbaiki" if check.blocking else "Perlu diperhatikan")
            self.list.addItem(item)
        self.list.setVisible(bool(checks))
        if checks:
            self.list.setCurrentRow(0)

    def _open(self, item: QListWidgetItem) -> None:
        check: Check = item.data(Qt.ItemDataRole.UserRole)
        key = check.keys[0] if len(check.keys) == 1 else None
        self.asked.emit(Place(check.page, check.part, key))


def summary(blocking: int, told: int) -> str:
    """Return the findings in one sentence."""
    if blocking:
        return f"{blocking} hal harus diperbaiki sebelum diajukan; {told} hal perlu diperhatikan."
    if told:
        return f"Dapat diajukan; {told} hal perlu diperhatikan."
    return "Dapat diajukan: tidak ada yang kurang."
