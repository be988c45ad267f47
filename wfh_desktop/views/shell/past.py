"""The history of whatever is selected, one key or one click away on every page."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QToolButton

from wfh_desktop.views import icons
from wfh_desktop.views.context import Context
from wfh_desktop.views.page import Page
from wfh_desktop.views.widgets import toast

NOTHING = "Pilih dahulu baris atau sel yang riwayatnya ingin dilihat"


class Past(QObject):
    """Opens the history of the selected line; *button* shows that this is possible."""

    def __init__(
        self, context: Context, stack: QStackedWidget, action: QAction, button: QToolButton
    ) -> None:
        super().__init__(stack)
        self._context = context
        self._stack = stack
        button.setIcon(icons.icon("history"))
        button.setText("Riwayat")
        button.setToolTip("Riwayat baris atau sel yang dipilih (Ctrl+R)")
        button.setAccessibleName("Riwayat baris yang dipilih")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else it would take the focus off the list
        action.triggered.connect(self.open)
        button.clicked.connect(self.open)

    def open(self) -> None:
        """Show what happened to the selected line, or say that there is none."""
        page = self._stack.currentWidget()
        if not isinstance(page, Page):
            return
        dialogs = import_module("wfh_desktop.views.dialogs.history")
        if subject := dialogs.find_subject(page):
            dialogs.HistoryDialog(self._context, subject, page).open()
        else:
            toast.say(page, NOTHING)
