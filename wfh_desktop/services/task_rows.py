"""Lines of lists of tasks: each with the shares of its people and what they reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, select

from wfh_desktop.domain import tasks as rules
from wfh_desktop.domain.people import full_name
from wfh_desktop.domain.tasks import TaskState
from wfh_desktop.domain.work_reports import ReportState
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Assignment, Employee, Target, Task, WorkReport
from wfh_desktop.services import clock


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One person's share of a task."""

    id: int
    version: int
    unit_id: int
    task_id: int
    task: str
    output: str
    given: date
    due: date
    employee_id: int
    person: str
    quantity: Decimal
    accepted: Decimal  # quantity of accepted reports
    waiting: int  # reports that wait for a decision
    state: TaskState
    overdue: bool
    target_id: int | None
    target: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with the shares of everybody it was given to."""

    id: int
    version: int
    unit_id: int
    title: str
    description: str
    output: str
    given: date
    due: date
    cancelled: bool
    state: TaskState
    overdue: bool
    shares: tuple[ShareRow, ...]

    @property
    def done(self) -> int:
        """How many people are done."""
        return sum(share.state is TaskState.DONE for share in self.shares)

    @property
    def asked(self) -> int:
        """How many people still have or had to do it."""
        return sum(share.state is not TaskState.CANCELLED for share in self.shares)

    @property
    def waiting(self) -> int:
        """How many reports wait for a decision."""
        return sum(share.waiting for share in self.shares)


def fetch(work: Work, unit_id: int, *conditions: ColumnElement[bool]) -> list[TaskRow]:
    """Return the tasks that meet *conditions* with their shares, by due date, in three queries."""
    tasks = list(work.session.scalars(select(Task).where(*conditions).order_by(Task.due, Task.id)))
    today = clock.today(work, unit_id)
    shares = _shares(work, tasks, today)
    return [_row(task, shares[task.id]) for task in tasks]


def _row(task: Task, shares: Sequence[ShareRow]) -> TaskRow:
    state = rules.overall(share.state for share in shares)
    return TaskRow(
        id=task.id,
        version=task.version,
        unit_id=task.unit_id,
        title=task.title,
        description=task.description,
        output=task.output,
        given=task.given,
        due=task.due,
        cancelled=task.cancelled,
        state=state,
        overdue=any(share.overdue for share in shares),
        shares=tuple(shares),
    )


def _shares(work: Work, tasks: Iterable[Task], today: date) -> dict[int, list[ShareRow]]:
    by_key = {task.id: task for task in tasks}
    reported = _reported(work, by_key)
    rows = work.session.execute(
        select(Assignment, Employee, Target.title)
        .join(Employee, Employee.id == Assignment.employee_id)
        .outerjoin(Target, Target.id == Assignment.target_id)
        .where(Assignment.task_id.in_(by_key))
        .order_by(Assignment.id)
    )
    found: dict[int, list[ShareRow]] = defaultdict(list)
    for share, employee, target in rows:
        task = by_key[share.task_id]
        accepted, waiting = reported.get(share.id, (Decimal(), 0))
        found[task.id].append(
            ShareRow(
                id=share.id,
                version=share.version,
                unit_id=share.unit_id,
                task_id=task.id,
                task=task.title,
                output=task.output,
                given=task.given,
                due=task.due,
                employee_id=employee.id,
                person=full_name(employee.name, employee.front_title, employee.back_title),
                quantity=share.quantity,
                accepted=accepted,
                waiting=waiting,
                state=share.state,
                overdue=rules.is_overdue(share.state, task.due, today),
                target_id=share.target_id,
                target=target or "",
            )
        )
    return found


def _reported(work: Work, tasks: Iterable[int]) -> dict[int, tuple[Decimal, int]]:
    """Return by share the accepted quantity and the number of reports that wait."""
    rows = work.session.execute(
        select(WorkReport.assignment_id, WorkReport.state, WorkReport.quantity)
        .join(Assignment, Assignment.id == WorkReport.assignment_id)
        .where(
            Assignment.task_id.in_(tasks),
            WorkReport.state.in_((ReportState.ACCEPTED, ReportState.SUBMITTED)),
        )
    )
    found: dict[int, tuple[Decimal, int]] = {}
    for share, state, quantity in rows:
        accepted, waiting = found.get(share, (Decimal(), 0))
        if state is ReportState.ACCEPTED:
            found[share] = accepted + quantity, waiting
        else:
            found[share] = accepted, waiting + 1
    return found
