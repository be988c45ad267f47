"""What happens while the database cannot be reached: pages stay, writing rests, it is retried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.errors import Refusal
from wfh_desktop.views.context import Context
from wfh_desktop.views.page import hold
from wfh_desktop.views.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Work

WAITS = (1_000, 2_000, 4_000, 8_000, 15_000)  # milliseconds before each try, the last one for ever
BETWEEN = 1_500  # milliseconds between two looks whether a server listens again
LOST = (
    "Sambungan ke server terputus. Yang tampil adalah data{since}; perubahan belum dapat disimpan."
)


class Outage(QObject):
    """Tells that the line is broken and since when, and looks for it until it is there again.

    Everything that asks for a permission rests with the reason in its tool tip. Who comes back
    to the window, or presses the button, does not wait for the next try, nor does anybody once
    the server listens again.
    """

    def __init__(self, context: Context, owner: QWidget, bar: MessageBar) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._bar = bar
        self._tries = 0
        self._asking = False
        self.clock = QTimer(self)
        self.clock.setSingleShot(True)
        self.clock.timeout.connect(self.retry)
        self._deaf = False  # whether nobody listened at the server the last time
        self._ear = QTimer(self)
        self._ear.setInterval(BETWEEN)
        self._ear.timeout.connect(self._listen)
        context.jobs.reach_changed.connect(self._follow)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and not self._context.jobs.reachable:
            self.retry()
        return False

    def retry(self) -> None:
        """Try now whether the database answers."""
        if self._asking or self._context.jobs.reachable:
            return
        self._asking = True
        self.clock.stop()
        self._context.jobs.run(
            self._owner, _knock, self._answered, refused=self._silent, failed=self._silent
        )

    def _follow(self) -> None:
        window = self._owner.window()
        if self._context.jobs.reachable:
            self.clock.stop()
            self._ear.stop()
            window.removeEventFilter(self)
            self._bar.clear()
            _hold_all(window, "")
            self._context.jobs.outdated.emit()  # nobody knows what was missed
        else:
            self._tries, self._deaf = 0, False
            self._ear.start()
            window.installEventFilter(self)
            seen = words.since(self._context.jobs.seen)
            self._bar.say(LOST.format(since=seen), "bad", "Coba sekarang", self.retry)
            self._bar.close_button.hide()
            _hold_all(window, words.WITHOUT_SERVER)
            self.clock.start(WAITS[0])

    def _listen(self) -> None:
        """Between two tries, ask what costs nothing: whether anybody listens there."""
        if not self._asking:
            self._context.jobs.knock(self._owner, self._heard)

    def _heard(self, listening: bool) -> None:
        """Try at once when nobody had listened and now somebody does."""
        deaf, self._deaf = self._deaf, not listening
        if deaf and listening:
            self.retry()

    def _answered(self, _: object) -> None:
        self._asking = False

    def _silent(self, _: Refusal | None = None) -> None:
        self._asking = False
        if not self._context.jobs.reachable:
            self._tries += 1
            self.clock.start(WAITS[min(self._tries, len(WAITS) - 1)])


def _hold_all(window: QWidget, why: str) -> None:
    """Let everything that asks for a permission rest, in the dialogs over the window too."""
    for one in (window, *window.findChildren(QDialog)):
        hold(one, why)


def _knock(_: Work) -> None:
    """Do nothing: a unit of work cannot begin without asking the server for the time."""
