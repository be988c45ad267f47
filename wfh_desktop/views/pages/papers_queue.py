"""All papers of a month, one after the other: told how far, stopped and taken up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from wfh_desktop import words
from wfh_desktop.domain.errors import Refusal
from wfh_desktop.domain.papers import Paper, PaperState
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import papers
from wfh_desktop.services.papers import Prepared
from wfh_desktop.views import printing
from wfh_desktop.views.context import Context
from wfh_desktop.views.jobs import Progress


@dataclass(frozen=True)
class Order:
    """What is to be printed: the papers of one unit and month, into a folder or on a printer."""

    unit_id: int
    period: Period
    papers: tuple[Paper, ...]
    folder: Path | None = None
    printer: QPrinter | None = None


class PaperQueue(QObject):
    """Works through an order; each paper is collected, made and issued in jobs of its own.

    `moved` says that something changed: see `done`, `current`, `running`. `ended` carries how
    many papers went out; a refusal stops the queue, which may be resumed at the same paper.
    """

    moved = Signal()
    ended = Signal(int)
    refused = Signal(object)

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self.context = context
        self.owner = owner
        self.order: Order | None = None
        self.done = 0
        self.running = False
        self._stopping = False

    @property
    def current(self) -> Paper | None:
        """The paper that is being printed, or that is the next."""
        left = self.order.papers[self.done :] if self.order else ()
        return next(iter(left), None)

    @property
    def total(self) -> int:
        """How many papers were ordered."""
        return len(self.order.papers) if self.order else 0

    def start(self, order: Order) -> None:
        """Begin with the first paper of *order*."""
        self.order, self.done = order, 0
        self.resume()

    def resume(self) -> None:
        """Go on with the first paper that has not gone out."""
        self._stopping, self.running = False, True
        self._next()

    def stop(self) -> None:
        """Begin no further paper; the one at hand is finished."""
        self._stopping = True
        self.moved.emit()

    def drop(self) -> None:
        """Forget what is left of the order."""
        self.order, self.running = None, False
        self.moved.emit()

    @property
    def stopping(self) -> bool:
        """Whether the paper at hand is the last one for now."""
        return self._stopping and self.running

    def _next(self) -> None:
        order, paper = self.order, self.current
        if order is None or paper is None or self._stopping:
            self.running = False
            self.moved.emit()
            if order is not None and paper is None:
                self.ended.emit(self.done)
            return
        self.moved.emit()
        task = partial(papers.prepare, unit_id=order.unit_id, period=order.period, paper=paper)
        self._run(task, self._make)

    def _make(self, prepared: Prepared) -> None:
        self.context.jobs.compute(
            self.owner,
            partial(make, prepared),
            partial(self._issue, prepared),
            failed=self._failed,
            label=f"Menyusun {words.within(words.PAPERS[prepared.paper])}",
        )

    def _issue(self, prepared: Prepared, content: bytes) -> None:
        order = self.order
        if order is None:
            return
        if order.folder is not None:
            path = order.folder / prepared.name
            self._run(
                partial(papers.issue_to, prepared=prepared, content=content, path=path),
                self._went_out,
            )
        else:
            self._run(
                partial(papers.issue, prepared=prepared, content=content),
                partial(self._print, prepared),
            )

    def _print(self, prepared: Prepared, content: bytes) -> None:
        if self.order is None or self.order.printer is None:
            return
        self.context.jobs.compute(
            self.owner,
            partial(
                printing.print_paper,
                printer=self.order.printer,
                content=content,
                name=prepared.name,
            ),
            self._went_out,
            refused=self._refused,
            failed=self._failed,
            label=f"Mencetak {words.within(words.PAPERS[prepared.paper])}",
        )

    def _went_out(self, _: object) -> None:
        self.done += 1
        self._next()

    def _run(self, task: Callable[[Work], object], then: Callable[..., object]) -> None:
        self.context.jobs.run(self.owner, task, then, refused=self._refused, failed=self._failed)

    def _refused(self, refusal: Refusal) -> None:
        self._failed()
        self.refused.emit(refusal)

    def _failed(self) -> None:
        self.running = False
        self.moved.emit()


def make(prepared: Prepared, _: Progress) -> bytes:
    """Make a paper in a worker; it cannot be stopped half way."""
    return papers.render(prepared)


def printable(rows: Sequence[papers.PaperRow]) -> tuple[Paper, ...]:
    """Return the papers that there is something to print of."""
    return tuple(row.paper for row in rows if row.state is not PaperState.MISSING)
