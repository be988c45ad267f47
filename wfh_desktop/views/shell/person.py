"""Who acts: shown at the top right with what they may do today, and what they may do about it."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from wfh_desktop import words
from wfh_desktop.domain.errors import Refusal, Unreadable
from wfh_desktop.views.context import Context
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.shell.menu import PersonMenu
from wfh_desktop.views.shell.start import SIGN_IN, Start
from wfh_desktop.views.shell.top_bar import TopBar

if TYPE_CHECKING:
    from wfh_desktop.persistence.opening import Opened
    from wfh_desktop.services.accounts import MandateRow


class Person(QObject):
    """Connects the person of the top bar with the account behind it."""

    def __init__(
        self, context: Context, bar: TopBar, menu: PersonMenu, start: Start, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._bar = bar
        self._menu = menu
        self._start = start
        self._window = parent
        start.attached.connect(self._show)
        menu.password_action.triggered.connect(self._change_password)
        menu.leave_action.triggered.connect(self._leave)
        menu.database_action.triggered.connect(start.choose_database)
        for action in (menu.password_action, menu.leave_action):
            action.setVisible(False)  # until somebody has signed in

    def _show(self, opened: Opened) -> None:
        shared = opened.actor is not None
        for action in (self._menu.password_action, self._menu.leave_action):
            action.setVisible(shared)
        self._bar.show_person(self._context.actor.name)
        if shared:
            mine = import_module("wfh_desktop.services.accounts").mine
            self._context.jobs.run(self._window, mine, self._show_roles, refused=_be_quiet)

    def _show_roles(self, held: list[MandateRow]) -> None:
        roles = [f"{words.MANDATES[row.role]} {row.unit}" for row in held]
        self._bar.show_person(self._context.actor.name, roles or ["tanpa mandat hari ini"])

    def _change_password(self) -> None:
        dialogs = import_module("wfh_desktop.views.dialogs.password")
        dialogs.OwnPasswordDialog(self._context, self._window).open()

    def _leave(self) -> None:
        """Sign out: the next window asks who signs in, whatever the system remembers."""
        opened = self._context.opened
        if opened is not None:
            url = opened.database.engine.url.render_as_string(hide_password=True)
            self._start.replaced.emit(partial(_nobody, url), url)


def _nobody(url: str, progress: Progress) -> Opened:  # noqa: ARG001 - there is nothing to wait for
    raise Unreadable(SIGN_IN, url)


def _be_quiet(_: Refusal) -> None:
    """Leave it to the page that is shown to say what is refused."""
