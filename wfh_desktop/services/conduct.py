"""What counts for TPP and is in no scan: a missed apel or upacara, LHKPN, arrears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from wfh_desktop import rulebook
from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.ruleset import Counted
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import ConductEvent, Employee
from wfh_desktop.services import closing, people, records
from wfh_desktop.services.tpp.facts import RECORDED, choice


@dataclass(frozen=True, slots=True)
class Kind:
    """An event that the rules of the month know and that people enter by hand."""

    code: str
    label: str
    by_minutes: bool


@dataclass(frozen=True, slots=True)
class ConductDraft:
    """An event as typed in; *minutes* where it is counted by time."""

    code: str
    day: date
    count: int = 1
    minutes: int | None = None
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class ConductRow:
    """An event of a person's month."""

    id: int
    version: int
    employee_id: int
    name: str
    code: str
    day: date
    count: int
    minutes: int | None
    reason: str
    document: str


def kinds(work: Work, unit_id: int, period: Period) -> list[Kind]:
    """Return what may be entered under the rules that hold for the unit in the month."""
    work.actor.require(Right.READ)
    chosen = choice(work, unit_id, period)
    if chosen is None:
        return []
    return [
        Kind(rule.code, rule.label, rule.unit in {Counted.MINUTE, Counted.HOUR})
        for rule in rulebook.load(chosen.rule_id).events
        if rule.code not in RECORDED and rule.unit is not Counted.POINT
    ]


def of_month(work: Work, unit_id: int, period: Period) -> list[ConductRow]:
    """Return the events of the unit's month by day."""
    work.actor.require(Right.READ)
    names = {person.id: person.name for person in people.roster(work, unit_id, period)}
    query = (
        select(ConductEvent)
        .where(
            ConductEvent.employee_id.in_(names),
            ConductEvent.day.between(period.first, period.last),
            ~ConductEvent.cancelled,
        )
        .order_by(ConductEvent.day, ConductEvent.id)
    )
    return [
        ConductRow(
            id=row.id,
            version=row.version,
            employee_id=row.employee_id,
            name=names[row.employee_id],
            code=row.code,
            day=row.day,
            count=row.count,
            minutes=row.minutes,
            reason=row.reason,
            document=row.document,
        )
        for row in work.session.scalars(query)
    ]


def note(work: Work, employee_id: int, draft: ConductDraft) -> int:
    """Record an event; return its number. Raises `Invalid` with all that is wrong."""
    work.actor.require(Right.RECORD)
    employee = work.get(Employee, employee_id)
    closing.require_open(work, employee.unit_id, Period.of(draft.day))
    refuse(_problems(work, employee, draft))
    row = work.add(
        ConductEvent(
            unit_id=employee.unit_id,
            employee_id=employee_id,
            day=draft.day,
            code=draft.code,
            count=draft.count,
            minutes=draft.minutes,
            reason=draft.reason.strip(),
            document=draft.document.strip(),
        )
    )
    records.noted(work, row, "conduct.noted", employee=employee_id)
    return row.id


def cancel(work: Work, key: int, version: int, reason: str) -> None:
    """Take an event back, with a reason; the trace remains."""
    work.actor.require(Right.RECORD)
    row = work.get(ConductEvent, key, version)
    closing.require_open(work, row.unit_id, Period.of(row.day))
    refuse([] if reason.strip() else [Problem("reason", "required")])
    row.cancelled = True
    work.log("conduct.cancelled", row, reason=reason.strip())


def _problems(work: Work, employee: Employee, draft: ConductDraft) -> Iterator[Problem]:
    known = {one.code: one for one in kinds(work, employee.unit_id, Period.of(draft.day))}
    kind = known.get(draft.code)
    if kind is None:
        yield Problem("code", "unknown_event", (draft.code,))
    if draft.count < 1:
        yield Problem("count", "not_positive")
    if kind is not None and kind.by_minutes and not draft.minutes:
        yield Problem("minutes", "required")
    if draft.minutes is not None and draft.minutes < 1:
        yield Problem("minutes", "not_positive")
    if not draft.reason.strip():
        yield Problem("reason", "required")
