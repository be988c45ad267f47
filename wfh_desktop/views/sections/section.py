"""What all sections of the page Atur have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtWidgets import QAbstractButton, QWidget

from wfh_desktop.domain.people import Right
from wfh_desktop.views import icons
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.page import permit
from wfh_desktop.views.widgets import toast

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Work

T = TypeVar("T")


class Section(QWidget):
    """A part of the office's decisions; the page reloads it when it is looked at."""

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._turn = 0

    def reload(self) -> None:
        """Fetch what the section shows."""
        raise NotImplementedError

    def dress(self) -> None:
        """Put on the icons that the form names."""
        icons.dress(self)

    def load(self, task: Callable[[Work], T], then: Callable[[T], object]) -> None:
        """Run *task* as a job; of several calls only the last one's answer reaches *then*."""
        self._turn += 1
        self.context.jobs.run(self, task, partial(self._loaded, self._turn, then))

    def do(self, task: Callable[[Work], Any], said: str = "Tersimpan") -> None:
        """Run a use case and say that it is done."""
        self.context.jobs.run(self, task, lambda _: toast.say(self, said))

    def open(self, dialog: EntryDialog, said: str = "Tersimpan") -> None:
        """Open a form; say when what it holds is stored."""
        dialog.stored.connect(lambda _: toast.say(self, said))
        dialog.open()

    def forbidden(self) -> str:
        """Return why the actor may change nothing here; empty if he may."""
        may = Right.ADMINISTER in self.context.actor.rights
        return "" if may else "Hanya administrator yang mengatur"

    def allow(self, button: QAbstractButton, why_not: str = "") -> None:
        """Enable *button*, or say why not."""
        permit(button, self.forbidden() or why_not)

    def _loaded(self, turn: int, then: Callable[[T], object], answer: T) -> None:
        if turn == self._turn:
            then(answer)
