"""Leave that was granted to people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from wfh_desktop.domain import leave as rules
from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.leave import LeaveKind, Span
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee, Leave
from wfh_desktop.services import calendar, closing, records
from wfh_desktop.services.people.details import LeaveRow, leave_row


@dataclass(frozen=True, slots=True)
class LeaveDraft:
    """A leave as typed in."""

    kind: LeaveKind
    starts: date
    ends: date
    document: str = ""
    note: str = ""


def grant(work: Work, employee_id: int, draft: LeaveDraft) -> int:
    """Record a leave; return its number. Two leaves of a person never share a day."""
    work.actor.require(Right.RECORD)
    employee = work.get(Employee, employee_id)
    work.hold(Employee, employee_id)  # of two leaves granted at once, the second sees the first
    rules.check(_span(draft), _others(work, employee_id))
    closing.require_open_days(work, employee.unit_id, draft.starts, draft.ends)
    row = work.add(Leave(unit_id=employee.unit_id, employee_id=employee_id, **_columns(draft)))
    records.noted(work, row, "leave.granted")
    return row.id


def correct(work: Work, key: int, version: int, draft: LeaveDraft) -> None:
    """Correct a leave, or let it end on another day."""
    work.actor.require(Right.RECORD)
    row = work.get(Leave, key, version)
    work.hold(Employee, row.employee_id)
    rules.check(_span(draft), _others(work, row.employee_id, key))
    first, last = min(row.starts, draft.starts), max(row.ends, draft.ends)
    closing.require_open_days(work, row.unit_id, first, last)
    records.amend(work, row, "leave.corrected", **_columns(draft))


def cancel(work: Work, key: int, version: int, reason: str) -> None:
    """Take back a leave that was not taken."""
    work.actor.require(Right.RECORD)
    row = work.get(Leave, key, version)
    refuse([] if reason.strip() else [Problem("reason", "required")])
    closing.require_open_days(work, row.unit_id, row.starts, row.ends)
    row.cancelled = True
    work.log("leave.cancelled", row, reason=reason.strip())


def of_month(
    work: Work, employee_ids: list[int], period: Period
) -> dict[int, tuple[LeaveRow, ...]]:
    """Return the leaves of the people that touch *period*, in their order, by employee."""
    work.actor.require(Right.READ)
    found: dict[int, list[LeaveRow]] = defaultdict(list)
    query = (
        select(Leave)
        .where(
            Leave.employee_id.in_(employee_ids),
            ~Leave.cancelled,
            Leave.starts <= period.last,
            Leave.ends >= period.first,
        )
        .order_by(Leave.starts, Leave.id)
    )
    for row in work.session.scalars(query):
        found[row.employee_id].append(leave_row(row))
    return {key: tuple(rows) for key, rows in found.items()}


def month_index(work: Work, employee_id: int, row: LeaveRow, period: Period) -> int:
    """Return in which month of a leave *period* lies; an extension counts on."""
    span = Span(row.kind, row.starts, row.ends)
    return rules.month_index(span, _others(work, employee_id, row.id), period)


def _others(work: Work, employee_id: int, key: int | None = None) -> list[Span]:
    query = select(Leave).where(Leave.employee_id == employee_id, ~Leave.cancelled)
    return [
        Span(row.kind, row.starts, row.ends) for row in work.session.scalars(query) if row.id != key
    ]


def _span(draft: LeaveDraft) -> Span:
    return Span(draft.kind, draft.starts, draft.ends)


def _columns(draft: LeaveDraft) -> dict[str, object]:
    return {
        "kind": draft.kind,
        "starts": draft.starts,
        "ends": draft.ends,
        "document": draft.document.strip(),
        "note": draft.note.strip(),
    }


@dataclass(frozen=True, slots=True)
class Look:
    """How long a leave is, and what is unusual about it."""

    days: int
    working_days: int
    doubts: tuple[Problem, ...]


def look(work: Work, unit_id: int, draft: LeaveDraft) -> Look:
    """Return the length of a leave by the unit's calendar, before it is stored."""
    work.actor.require(Right.READ)
    span = _span(draft)
    days = 0
    period = Period.of(span.starts)
    while period <= Period.of(span.ends):
        month = calendar.calendar(work, unit_id, period)
        days += rules.days_within(span, month.working_days(period))
        period = period.shifted(1)
    length = max(0, (span.ends - span.starts).days + 1)
    return Look(length, days, rules.doubts(span, days) if length else ())
