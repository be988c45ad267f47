"""Use cases for tasks: given to one or many people, followed through their reports, cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select

from wfh_desktop.domain import tasks as rules
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import TargetState
from wfh_desktop.domain.tasks import TaskDraft, TaskState
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Assignment, Target, Task, WorkReport
from wfh_desktop.services import clock, closing, history, people, task_rows, units
from wfh_desktop.services.history import StepRow
from wfh_desktop.services.task_rows import ShareRow, TaskRow


def give(work: Work, unit_id: int, draft: TaskDraft) -> int:
    """Give a task to everybody in its shares; return its number."""
    work.actor.require(Right.ASSIGN)
    today = clock.today(work, unit_id)
    rules.check(draft, today)
    given = draft.given or today
    places = _places(work, unit_id, draft, given)
    _check_targets(work, _wanted(draft))
    task = Task(unit_id=unit_id, given=given)
    _fill(task, draft)
    work.add(task)
    _hand_out(work, task, draft, places)
    work.log(
        "task.given",
        task,
        title=task.title,
        due=task.due.isoformat(),
        people=[share.employee_id for share in draft.shares],
    )
    return task.id


def amend(work: Work, key: int, version: int, draft: TaskDraft) -> None:
    """Change what a task says and when it is due, and give it to further people.

    Whoever has it keeps it: a share ends only by `cancel_share`. The day it was given stays.
    """
    work.actor.require(Right.ASSIGN)
    task = _living(work, key, version)
    today = clock.today(work, task.unit_id)
    rules.check(replace(draft, given=task.given), today)
    held = {
        share.employee_id: share
        for share in work.session.scalars(select(Assignment).where(Assignment.task_id == key))
    }
    further = replace(
        draft, shares=tuple(one for one in draft.shares if one.employee_id not in held)
    )
    places = _places(work, task.unit_id, further, today)
    tied = {(share.employee_id, share.target_id) for share in held.values() if share.target_id}
    _check_targets(work, _wanted(draft) - tied)
    before = _stored(task)
    _fill(task, draft)
    for one in draft.shares:
        if (share := held.get(one.employee_id)) and share.state is not TaskState.CANCELLED:
            share.quantity, share.target_id = one.quantity, one.target_id
            follow(work, share)
    _hand_out(work, task, further, places)
    work.log("task.amended", task, before=before, after=_stored(task))


def cancel(work: Work, key: int, version: int, reason: str) -> int:
    """Cancel a task for everybody who is not done with it; return its version for `reopen`."""
    work.actor.require(Right.ASSIGN)
    note = _reason(reason)
    task = _living(work, key, version)
    shares = work.session.scalars(
        select(Assignment).where(Assignment.task_id == key, Assignment.state.in_(rules.OPEN))
    )
    for share in shares:
        _move(work, share, TaskState.CANCELLED, note)
    task.cancelled = True
    history.record(work, task, None, TaskState.CANCELLED, note)
    work.log("task.cancelled", task, reason=note)
    return task.version


def reopen(work: Work, key: int, version: int) -> None:
    """Take a cancellation back: the shares it ended return to where their reports stand."""
    work.actor.require(Right.ASSIGN)
    task = work.get(Task, key, version)
    cancelled = history.last(work, task)
    if not task.cancelled or cancelled is None:
        raise Invalid([Problem("task", "nothing_to_undo")])
    task.cancelled = False
    query = select(Assignment).where(
        Assignment.task_id == key, Assignment.state == TaskState.CANCELLED
    )
    for share in work.session.scalars(query).all():
        ended = history.last(work, share)
        if ended and ended.at == cancelled.at:  # others were cancelled on their own before
            _move(work, share, _standing(work, share), history.TAKEN_BACK)
    work.log("task.reopened", task)


def cancel_share(work: Work, key: int, version: int, reason: str) -> None:
    """Take a task from one person, with a reason."""
    work.actor.require(Right.ASSIGN)
    note = _reason(reason)
    share = work.get(Assignment, key, version)
    _move(work, share, TaskState.CANCELLED, note)
    work.log("assignment.cancelled", share, reason=note)


def tie(work: Work, key: int, version: int, target_id: int | None) -> None:
    """Let a share count for one of its person's targets, or for none."""
    work.actor.require(Right.ASSIGN)
    share = work.get(Assignment, key, version)
    _check_targets(work, {(share.employee_id, key) for key in (share.target_id, target_id) if key})
    before, share.target_id = share.target_id, target_id
    work.log("assignment.tied", share, before=before, after=target_id)


def listing(work: Work, unit_id: int, period: Period) -> list[TaskRow]:
    """Return the tasks of a month: due or given in it, or left open from before, by due date."""
    work.actor.require(Right.READ)
    places = units.during(work, unit_id, period)
    here = select(Assignment.task_id).where(Assignment.unit_id.in_(places))
    still_open = select(Assignment.task_id).where(
        Assignment.unit_id.in_(places), Assignment.state.in_(rules.OPEN)
    )
    in_month = or_(
        Task.due.between(period.first, period.last), Task.given.between(period.first, period.last)
    )
    left_open = (Task.due < period.first) & Task.id.in_(still_open)
    spanning = (Task.given <= period.last) & (Task.due >= period.first)
    return task_rows.fetch(
        work,
        unit_id,
        or_(Task.unit_id.in_(places), Task.id.in_(here)),
        or_(in_month, left_open, spanning),
    )


def details(work: Work, key: int) -> tuple[TaskRow, list[StepRow]]:
    """Return a task with its shares, and the history of all of them."""
    work.actor.require(Right.READ)
    task = work.get(Task, key)
    (row,) = task_rows.fetch(work, task.unit_id, Task.id == key)
    shares = {share.id: share.unit_id for share in row.shares}
    steps = history.of(work, Assignment.__tablename__, shares, shares.values())
    return row, steps


def open_shares(work: Work, unit_id: int, period: Period) -> list[ShareRow]:
    """Return the shares of a month that one may report on, by person and due date."""
    shares = [share for task in listing(work, unit_id, period) for share in task.shares]
    there = [share for share in shares if share.state is not TaskState.CANCELLED]
    return sorted(there, key=lambda share: (share.person, share.due, share.id))


def follow(work: Work, share: Assignment) -> None:
    """Move a share to where its reports stand; a cancelled one stays cancelled."""
    if share.state is TaskState.CANCELLED:
        return
    after = _standing(work, share)
    if after is not share.state:
        _move(work, share, after, "")


def _standing(work: Work, share: Assignment) -> TaskState:
    work.session.flush()
    work.hold(Assignment, share.id)  # of two reports decided at once, the second sees the first
    reports = work.session.execute(
        select(WorkReport.state, WorkReport.quantity).where(WorkReport.assignment_id == share.id)
    )
    return rules.standing(share.quantity, [(row.state, row.quantity) for row in reports])


def _move(work: Work, share: Assignment, after: TaskState, note: str) -> None:
    before, share.state = share.state, rules.step(share.state, after)
    history.record(work, share, before, after, note)


def _living(work: Work, key: int, version: int) -> Task:
    task = work.get(Task, key, version)
    if task.cancelled:
        raise Invalid([Problem("task", "task_cancelled")])
    return task


def _reason(reason: str) -> str:
    line = " ".join(reason.split())
    if not line:
        raise Invalid([Problem("reason", "required")])
    if len(line) > 400:
        raise Invalid([Problem("reason", "too_long", (400,))])
    return line


def _places(work: Work, unit_id: int, draft: TaskDraft, day: date) -> dict[int, int]:
    """Return the unit of everybody in the month of *day*; refuse who is elsewhere."""
    period = Period.of(day)
    there = {person.id: person.unit_id for person in people.roster(work, unit_id, period)}
    if any(share.employee_id not in there for share in draft.shares):
        raise Invalid([Problem("people", "not_here")])
    return there


def _wanted(draft: TaskDraft) -> set[tuple[int, int]]:
    return {(share.employee_id, share.target_id) for share in draft.shares if share.target_id}


def _check_targets(work: Work, wanted: set[tuple[int, int]]) -> None:
    """Refuse a target that belongs to somebody else, and one of a month that is closed."""
    owned = list(
        work.session.execute(
            select(Target.employee_id, Target.id, Target.unit_id, Target.year, Target.month).where(
                Target.id.in_({target_id for _, target_id in wanted}),
                Target.state != TargetState.CANCELLED,
            )
        )
    )
    if wanted - {(row.employee_id, row.id) for row in owned}:
        raise Invalid([Problem("target", "other_target")])
    for unit_id, year, month in {(row.unit_id, row.year, row.month) for row in owned}:
        closing.require_open(work, unit_id, Period(year, month))


def _fill(task: Task, draft: TaskDraft) -> None:
    task.title = " ".join(draft.title.split())
    task.description = draft.description.strip()
    task.output = draft.output.strip()
    task.due = draft.due


def _hand_out(work: Work, task: Task, draft: TaskDraft, places: dict[int, int]) -> None:
    shares = [
        Assignment(
            unit_id=places[one.employee_id],
            task_id=task.id,
            employee_id=one.employee_id,
            target_id=one.target_id,
            quantity=one.quantity,
            state=TaskState.GIVEN,
        )
        for one in draft.shares
    ]
    work.session.add_all(shares)
    work.session.flush()
    for share in shares:
        history.record(work, share, None, TaskState.GIVEN)


def _stored(task: Task) -> dict[str, str]:
    return {
        "title": task.title,
        "description": task.description,
        "output": task.output,
        "due": task.due.isoformat(),
    }
