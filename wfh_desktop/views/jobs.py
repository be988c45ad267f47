"""Work off the GUI thread.

Two rules keep Qt alive. A worker holds no reference to a widget, not even an indirect one:
whoever drops the last reference destroys the widget, and only the GUI thread may do that.
For the same reason `collect_garbage_here` moves Python's cyclic collector to the GUI thread.

Nothing here imports the database: the window stands before SQLAlchemy is loaded.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from wfh_desktop.domain.errors import Cancelled, Conflict, NotFound, Refusal, Unreachable
from wfh_desktop.domain.people import Actor
from wfh_desktop.views import errors
from wfh_desktop.views.widgets import toast

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Database, Work
    from wfh_desktop.persistence.models import Base

GONE = frozenset({"away", "lost", "full", "uncertain"})  # codes of `Unreachable`: no line at all
NOT_NOW = "Belum dapat: sambungan ke server terputus"
SELDOM = 30  # turns from one collection of everything to the next
log = logging.getLogger(__name__)
T = TypeVar("T")
Progress = Callable[[int, int], None]


@dataclass(eq=False)
class Job:
    """The half of a task that the worker sees."""

    task: Callable[[Progress, Job], Any]
    label: str = ""
    cancelled: bool = False
    asked: bool = False  # whether the database was asked
    changed: frozenset[type[Base]] = frozenset()

    def cancel(self) -> None:
        """Stop at the next report of progress and roll everything back."""
        self.cancelled = True


@dataclass(frozen=True)
class _Reply:
    """The half that stays in the GUI thread."""

    owner: QWidget
    then: Callable[[Any], object]
    refused: Callable[[Refusal], object] | None
    failed: Callable[[], object] | None


class Jobs(QObject):
    """Runs use cases, each in its own thread and transaction, and reports back to the owner.

    Everything a page does with the database goes through `run`. Callbacks and public signals
    arrive in the GUI thread; callbacks not at all if their owner has been closed meanwhile.
    What is asked for before `attach` waits for the database.
    """

    started = Signal(object)
    progressed = Signal(object, int, int)
    finished = Signal(object)
    changed = Signal(object)  # kinds of record, by a job that ended well
    outdated = Signal()  # what is on the screen may be so, in whatever kind of record
    idle = Signal()
    reach_changed = Signal()  # the database cannot be reached any more, or can again
    _ticked = Signal(object, int, int)
    _answered = Signal(object, object)

    def __init__(self, actor: Actor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actor = actor
        self._database: Database | None = None
        self._closed = False
        self.reachable = True
        self.seen = _now()  # when the database answered last
        self._waiting: list[Job] = []
        self._replies: dict[Job, _Reply] = {}
        self._pool = QThreadPool(self)  # for work on the database
        self._side = QThreadPool(self)  # for work that needs none
        self._ticked.connect(self._progress, Qt.ConnectionType.QueuedConnection)
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def attach(self, database: Database, actor: Actor | None = None) -> None:
        """Work on *database* from now on, beginning with what was asked for meanwhile.

        A shared database says on behalf of which *actor*: the one who signed in.
        An SQLite file takes one unit of work after the other: two that read first and write
        later would lock each other out.
        """
        self._database = database
        self._actor = actor or self._actor
        if database.engine.dialect.name == "sqlite":
            self._pool.setMaxThreadCount(1)
        waiting, self._waiting = self._waiting, []
        for job in waiting:
            self._start(self._pool, job)

    def run(
        self,
        owner: QWidget,
        task: Callable[[Work], T],
        then: Callable[[T], object] = lambda _: None,
        *,
        refused: Callable[[Refusal], object] | None = None,
        failed: Callable[[], object] | None = None,
        label: str = "",
    ) -> Job:
        """Run *task* in the background in a unit of work, then call *then* with its result.

        The task is a use case with plain arguments, never a method of a widget. A refusal
        (being cancelled is one) goes to *refused*, or to a message box over *owner*. A fault is
        logged and shown; then *failed* is called, so that a dialog can be enabled again. A
        *label* is shown in the status bar, with progress and a button to cancel, if the job
        takes longer than a moment.
        """
        job = Job(partial(self._transact, task), label)
        self._expect(job, _Reply(owner, then, refused, failed))
        if self._database is None:
            self._waiting.append(job)
        else:
            self._start(self._pool, job)
        return job

    def compute(
        self,
        owner: QWidget,
        task: Callable[[Progress], T],
        then: Callable[[T], object] = lambda _: None,
        *,
        refused: Callable[[Refusal], object] | None = None,
        failed: Callable[[], object] | None = None,
        label: str = "",
    ) -> Job:
        """Run *task*, which needs no database, as `run` does; it gets the report of progress."""
        job = Job(partial(_without_database, task), label)
        self._expect(job, _Reply(owner, then, refused, failed))
        self._start(self._side, job)
        return job

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that have not answered yet, oldest first."""
        return tuple(self._replies)

    @property
    def shared(self) -> bool:
        """Whether others may work on the same database at the same time."""
        return self._database is not None and self._database.shared

    def knock(self, owner: QWidget, then: Callable[[bool], object]) -> None:
        """Ask, without signing in, whether somebody listens at the server; tell *then*."""
        assert self._database is not None
        self.compute(owner, partial(_listening, self._database), then)

    def busy(self, owner: QWidget) -> bool:
        """Tell whether a job of *owner* has not answered yet."""
        return any(reply.owner is owner for reply in self._replies.values())

    def close(self) -> None:
        """Cancel what can be cancelled and wait for the rest; nothing begins any more."""
        self._closed = True
        for job in self._replies:
            job.cancel()
        self._pool.waitForDone()
        self._side.waitForDone()

    def _expect(self, job: Job, reply: _Reply) -> None:
        self._replies[job] = reply
        self.started.emit(job)

    def _start(self, pool: QThreadPool, job: Job) -> None:
        if not self._closed:
            pool.start(partial(self._perform, job))

    def _perform(self, job: Job) -> None:
        try:
            if job.cancelled:
                raise Cancelled
            outcome = job.task(partial(self._tick, job), job)
        except Exception as error:  # whatever it is, `_deliver` shows it
            outcome = error
        self._answered.emit(job, outcome)

    def _transact(self, task: Callable[[Work], T], progress: Progress, job: Job) -> T:
        assert self._database is not None
        job.asked = True
        try:
            outcome, job.changed = self._database.perform(self._actor, task, progress=progress)
        except Conflict as conflict:
            self._look_up(self._database, conflict)
            raise
        return outcome

    def _look_up(self, database: Database, conflict: Conflict) -> None:
        """Find out who was faster, so that it can be told; not knowing is no reason to fail."""
        from wfh_desktop.services import records

        if conflict.table and conflict.key:
            ask = partial(records.last_change, table=conflict.table, key=conflict.key)
            with suppress(Refusal):
                found, _ = database.perform(self._actor, ask)
                conflict.by, conflict.at = found or ("", None)

    def _tick(self, job: Job, done: int, total: int) -> None:
        if job.cancelled:
            raise Cancelled
        self._ticked.emit(job, done, total)

    @Slot(object, int, int)
    def _progress(self, job: Job, done: int, total: int) -> None:
        self.progressed.emit(job, done, total)

    @Slot(object, object)
    def _deliver(self, job: Job, outcome: object) -> None:
        reply = self._replies.pop(job)
        self.finished.emit(job)
        known = not self.reachable  # that it cannot be reached: the banner says so
        if job.asked:
            self._reach(not (isinstance(outcome, Unreachable) and outcome.code in GONE))
        if isinstance(outcome, Conflict | NotFound):  # what the user sees is out of date
            self.outdated.emit()
        elif job.changed:
            self.changed.emit(job.changed)
        if isValid(reply.owner):
            _answer(reply, outcome, quiet=known)
        elif isinstance(outcome, Exception) and not isinstance(outcome, Refusal):
            log.error("job failed after its owner was closed", exc_info=outcome)
        if not self._replies:
            self.idle.emit()

    def _reach(self, reachable: bool) -> None:
        if reachable:
            self.seen = _now()
        if reachable is not self.reachable:
            self.reachable = reachable
            self.reach_changed.emit()


def _listening(database: Database, _: Progress) -> bool:
    from wfh_desktop.persistence import connecting

    return database.shared and connecting.listening(database.engine.url)


def _without_database(task: Callable[[Progress], T], progress: Progress, _: Job) -> T:
    return task(progress)


def _now() -> datetime:
    return datetime.now().astimezone()


def _answer(reply: _Reply, outcome: object, *, quiet: bool) -> None:
    match outcome:
        case Refusal() if reply.refused:
            reply.refused(outcome)
        case Unreachable(code="away") if quiet:
            toast.say(reply.owner, NOT_NOW)
        case Exception():
            errors.show(reply.owner, outcome)
            if reply.failed and not isinstance(outcome, Refusal):
                reply.failed()
        case result:
            reply.then(result)


def collect_garbage_here(owner: QObject, milliseconds: int = 2_000) -> None:
    """Let only this thread collect cyclic garbage: it may contain widgets.

    Young garbage goes often, for that takes no time; all of it only now and then.
    """
    gc.disable()
    turns = count(1)
    timer = QTimer(owner)
    timer.timeout.connect(lambda: gc.collect(2 if next(turns) % SELDOM == 0 else 1))
    timer.start(milliseconds)


def spare_what_is_loaded() -> None:
    """Never look for garbage among modules and tables: that is what makes collecting slow."""
    gc.freeze()
