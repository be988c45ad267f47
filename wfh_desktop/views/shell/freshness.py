"""Sees that others changed what is on the screen, and shows it without getting in the way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget

from wfh_desktop.domain.errors import Refusal
from wfh_desktop.views.context import Context
from wfh_desktop.views.page import Page, Seen, look_again
from wfh_desktop.views.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from wfh_desktop.services.freshness import Mark

PAUSE, ASLEEP = 10_000, 30_000  # milliseconds between two questions; the latter if minimised
NEWS = "Ada perubahan oleh pengguna lain."


class Freshness(QObject):
    """Asks about the page that is shown, in the unit and month it shows, one question at a time.

    Only a shared database is asked: a file has one user at a time. A page in which something is
    being typed is not reloaded; a bar offers it.
    """

    def __init__(self, context: Context, stack: QStackedWidget, bar: MessageBar) -> None:
        super().__init__(stack)
        self._context = context
        self._stack = stack
        self._bar = bar
        self._asking = False
        self.clock = QTimer(self)
        self.clock.setInterval(PAUSE)
        self.clock.timeout.connect(self.look)
        self.clock.start()
        stack.currentChanged.connect(self._forget)
        context.scope.changed.connect(self._forget)
        context.jobs.outdated.connect(self._offer)

    def look(self) -> None:
        """Ask now, unless the answer could not be used."""
        window = self._stack.window()
        self.clock.setInterval(ASLEEP if window.isMinimized() else PAUSE)
        page, jobs = self._stack.currentWidget(), self._context.jobs
        if not isinstance(page, Page) or page.seen is None or self._asking:
            return
        if not jobs.shared or not jobs.reachable or jobs.busy(page):
            return
        self._asking = True
        task = partial(look_again, page.seen)
        then = partial(self._compare, page, page.seen)
        jobs.run(self._stack, task, then, refused=self._give_up, failed=self._give_up)

    def _compare(self, page: Page, before: Seen, marks: dict[str, Mark]) -> None:
        self._asking = False
        if page is not self._stack.currentWidget() or page.seen is not before:
            return  # it was reloaded meanwhile
        if marks == before.marks or self._context.jobs.running:  # what runs may be the change
            return
        if page.editing() or self._elsewhere():
            self._say(page)
        else:
            self._reload(page)

    def _offer(self) -> None:
        """Offer the news to a page that did not take them because something is typed in it."""
        page = self._stack.currentWidget()
        if isinstance(page, Page) and page.editing():
            self._say(page)

    def _say(self, page: Page) -> None:
        self._bar.say(NEWS, "neutral", "Muat ulang", partial(self._reload, page))

    def _elsewhere(self) -> bool:
        """Tell whether a dialog or a menu is open over the page."""
        dialogs = self._stack.window().findChildren(QDialog)
        return bool(QApplication.activePopupWidget()) or any(one.isVisible() for one in dialogs)

    def _reload(self, page: Page) -> None:
        self._forget()
        page.show_news()

    def _forget(self, *_: object) -> None:
        self._bar.clear()

    def _give_up(self, _: Refusal | None = None) -> None:
        """Leave it to what watches over the line to say that it is broken."""
        self._asking = False
