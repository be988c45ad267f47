"""Tasks given to people, and the only ways between their states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.work_reports import ReportState


class TaskState(StrEnum):
    """Life of one person's share of a task."""

    GIVEN = "diberikan"
    IN_PROGRESS = "dikerjakan"
    REPORTED = "dilaporkan"
    DONE = "selesai"
    CANCELLED = "dibatalkan"


OPEN = frozenset({TaskState.GIVEN, TaskState.IN_PROGRESS, TaskState.REPORTED})

# A share moves with its reports, also back when a decision is taken back; only by cancelling does
# it leave them, and taking that back returns it to where its reports stand.
STEPS = frozenset(
    (before, after)
    for before in TaskState
    for after in TaskState
    if before is not after and (before, after) != (TaskState.DONE, TaskState.CANCELLED)
)


@dataclass(frozen=True, slots=True)
class Share:
    """What one person is to do of a task, and the month's target it works towards."""

    employee_id: int
    quantity: Decimal = Decimal(1)
    target_id: int | None = None


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task as typed, before it is given."""

    title: str
    due: date
    shares: tuple[Share, ...]
    output: str = ""
    description: str = ""
    given: date | None = None  # None: today; an earlier day is for what was given on paper


def step(before: TaskState, after: TaskState) -> TaskState:
    """Return *after* if a share may get there from *before*; raise `Invalid` otherwise."""
    if (before, after) not in STEPS:
        raise Invalid([Problem("task", "task_step", (before, after))])
    return after


def standing(quantity: Decimal, reports: list[tuple[ReportState, Decimal]]) -> TaskState:
    """Return where a share stands, from its reports: state and quantity of each.

    It is done when the accepted quantity reaches the quantity asked for.
    """
    states = {state for state, _ in reports}
    accepted = sum((done for state, done in reports if state is ReportState.ACCEPTED), Decimal())
    if accepted >= quantity:
        return TaskState.DONE
    if ReportState.SUBMITTED in states:
        return TaskState.REPORTED
    if states - {ReportState.WITHDRAWN}:
        return TaskState.IN_PROGRESS
    return TaskState.GIVEN


def overall(shares: Iterable[TaskState]) -> TaskState:
    """Return where a task stands from its people's shares: done or cancelled only when all are."""
    states = set(shares)
    living = states - {TaskState.CANCELLED}
    if not living:
        return TaskState.CANCELLED
    if living == {TaskState.DONE}:
        return TaskState.DONE
    if TaskState.REPORTED in living:
        return TaskState.REPORTED
    return TaskState.GIVEN if living == {TaskState.GIVEN} else TaskState.IN_PROGRESS


def is_overdue(state: TaskState, due: date, today: date) -> bool:
    """Tell whether a share is still to be done after its due date."""
    return state in (TaskState.GIVEN, TaskState.IN_PROGRESS) and due < today


def check(draft: TaskDraft, today: date) -> None:
    """Raise `Invalid` with every rule that *draft* breaks."""
    if problems := tuple(_problems(draft, today)):
        raise Invalid(problems)


def _problems(draft: TaskDraft, today: date) -> Iterator[Problem]:
    if not draft.title.strip():
        yield Problem("title", "required")
    if len(draft.title) > 400:
        yield Problem("title", "too_long", (400,))
    if draft.given and draft.given > today:
        yield Problem("given", "in_future")
    if draft.due < (draft.given or today):
        yield Problem("due", "due_before_given")
    if not draft.shares:
        yield Problem("people", "nobody")
    people = [share.employee_id for share in draft.shares]
    if len(set(people)) < len(people):
        yield Problem("people", "twice")
    if any(share.quantity <= 0 for share in draft.shares):
        yield Problem("quantity", "not_positive")
