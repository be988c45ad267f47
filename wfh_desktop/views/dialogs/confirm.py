"""A question before something is done that many would regret."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask(owner: QWidget, question: str, act: str, then: Callable[[], object]) -> QMessageBox:
    """Ask *question* over *owner*; a button with the words *act* calls *then*."""
    box = QMessageBox(QMessageBox.Icon.Question, "WFH Desktop", question, parent=owner.window())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    yes = box.addButton(act, QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Batal", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(yes)
    yes.clicked.connect(then)
    box.open()
    return box
