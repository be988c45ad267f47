"""Jejak hitung on the screen: the tree of a figure, with clause, rounding and source rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wfh_desktop.domain.tpp import figures, trail
from wfh_desktop.domain.tpp.trail import Node, Unit
from wfh_desktop.views import icons, theme
from wfh_desktop.views.tables import ALIGNMENTS

NODE = Qt.ItemDataRole.UserRole
DEPTH = 2  # levels of the tree that are open at first


class TrailView(QWidget):
    """Shows one trail; whoever selects a step reads how it came about below the tree."""

    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._root: Node | None = None
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setAccessibleName("Jejak hitung")
        self.tree.setIndentation(16)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.explanation = QLabel()
        self.explanation.setWordWrap(True)
        self.explanation.setProperty("role", "muted")
        self.explanation.setTextFormat(Qt.TextFormat.PlainText)
        self.explanation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = QPushButton("&Salin sebagai teks")
        self.copy_button.setToolTip("Salin seluruh jejak hitung, misalnya untuk WhatsApp")
        self.copy_button.setIcon(icons.icon("copy"))
        self.print_button = QPushButton("&Cetak rincian")
        self.print_button.setToolTip("Buka rincian perhitungan orang ini di halaman Cetak")
        self.print_button.setIcon(icons.icon("print"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.print_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.explanation)
        self.tree.currentItemChanged.connect(self._explain)
        self.copy_button.clicked.connect(self._copy)
        self.print_button.clicked.connect(self.print_asked)

    def show_trail(self, root: Node, key: str = "") -> None:
        """Show the tree of *root*, opened at the step named *key* if there is one."""
        self._root = root
        self.tree.clear()
        self._add(self.tree.invisibleRootItem(), root)
        self.tree.expandToDepth(DEPTH)
        found = self._item(key) or self.tree.topLevelItem(0)
        if found is not None:
            self.tree.setCurrentItem(found)

    def clear(self) -> None:
        """Show nothing."""
        self._root = None
        self.tree.clear()
        self.explanation.clear()

    def _add(self, parent: QTreeWidgetItem, node: Node) -> None:
        item = QTreeWidgetItem(parent, [node.label, amount(node)])
        item.setData(0, NODE, node)
        item.setToolTip(0, "\n".join(explain(node)) or node.label)
        item.setTextAlignment(1, ALIGNMENTS["right"])
        if node.amount is not None and node.amount < 0:
            item.setForeground(1, theme.colour("bad"))
        for below in (*node.inputs, *node.children):
            self._add(item, below)

    def _item(self, key: str) -> QTreeWidgetItem | None:
        if not key:
            return None
        found = self.tree.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive)
        return next((item for item in found if item.data(0, NODE).key == key), None)

    def _explain(self, item: QTreeWidgetItem | None, _: QTreeWidgetItem | None = None) -> None:
        self.explanation.setText("\n".join(explain(item.data(0, NODE))) if item else "")

    def _copy(self) -> None:
        if self._root is not None:
            QGuiApplication.clipboard().setText(trail.as_text(self._root))


def amount(node: Node) -> str:
    """Return the amount of a step as the tree shows it: exact, money without idle zeros."""
    if node.amount is None:
        return ""
    if node.unit is not Unit.RUPIAH:
        return node.shown
    sign = "-" if node.amount < 0 else ""
    return f"{sign}Rp{figures.number(abs(node.amount))}"


def explain(node: Node) -> list[str]:
    """Return what stands behind a step: formula, rounding, clause, note, source rows."""
    lines = [node.label]
    if node.formula:
        lines.append(f"= {node.formula}")
    if node.rounding:
        lines.append(trail.rounding_text(node.rounding))
    if node.clause:
        lines.append(f"Dasar: {node.clause}")
    if node.note:
        lines.append(f"Catatan: {node.note}")
    lines += [f"Sumber: {source}" for source in node.source]
    return lines
