"""The middle of the window: the page that is shown, and above it what concerns every page."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from wfh_desktop.views.context import Context
from wfh_desktop.views.shell.freshness import Freshness
from wfh_desktop.views.shell.outage import Outage
from wfh_desktop.views.shell.sealing import Sealing
from wfh_desktop.views.widgets.message_bar import MessageBar


class Stage(QWidget):
    """Shows one page at a time; bars tell of a broken line, a broken chain, and others' changes."""

    def __init__(self, context: Context, first: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget()
        self.stack.addWidget(first)
        self.outage_bar = MessageBar()
        self.chain_bar = MessageBar()
        self.news_bar = MessageBar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.outage_bar, self.chain_bar, self.news_bar, self.stack):
            layout.addWidget(widget)
        self.outage = Outage(context, self, self.outage_bar)
        self.sealing = Sealing(context, self, self.chain_bar)
        self.freshness = Freshness(context, self.stack, self.news_bar)
