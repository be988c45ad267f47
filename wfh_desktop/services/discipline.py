"""Hukuman disiplin as recorded; the program counts and warns, it never imposes one."""

from __future__ import annotations

from collections import Counter as Counted
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from wfh_desktop.domain import discipline as rules
from wfh_desktop.domain.attendance import Status
from wfh_desktop.domain.careers import CLASSES
from wfh_desktop.domain.discipline import Counter, SanctionLevel, Term
from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee, Sanction
from wfh_desktop.services import attendance, records
from wfh_desktop.services.people.roster import term


@dataclass(frozen=True, slots=True)
class SanctionDraft:
    """A sanction as typed in; without *decree* (SK) it is kept, and does not count."""

    level: SanctionLevel
    kind: str
    starts: date
    ends: date
    decree: str = ""
    lowered_class: int | None = None
    factor: Decimal | None = None


def record(work: Work, employee_id: int, draft: SanctionDraft) -> int:
    """Record a sanction that the authorised official imposed; return its number."""
    work.actor.require(Right.RECORD)
    employee = work.get(Employee, employee_id)
    refuse(_problems(draft))
    row = work.add(Sanction(unit_id=employee.unit_id, employee_id=employee_id, **_columns(draft)))
    records.noted(work, row, "sanction.recorded")
    return row.id


def correct(work: Work, key: int, version: int, draft: SanctionDraft) -> None:
    """Correct a sanction, or add the number of its decree once that is issued."""
    work.actor.require(Right.RECORD)
    row = work.get(Sanction, key, version)
    refuse(_problems(draft))
    records.amend(work, row, "sanction.corrected", **_columns(draft))


def cancel(work: Work, key: int, version: int, reason: str) -> None:
    """Take back a sanction: an appeal succeeded, or it was entered by mistake."""
    work.actor.require(Right.RECORD)
    row = work.get(Sanction, key, version)
    refuse([] if reason.strip() else [Problem("reason", "required")])
    row.cancelled = True
    work.log("sanction.cancelled", row, reason=reason.strip())


def of_month(work: Work, employee_ids: list[int], period: Period) -> dict[int, tuple[Term, ...]]:
    """Return the sanctions of the people that touch *period*, those without a decree too."""
    work.actor.require(Right.READ)
    found: dict[int, list[Term]] = defaultdict(list)
    query = (
        select(Sanction)
        .where(
            Sanction.employee_id.in_(employee_ids),
            ~Sanction.cancelled,
            Sanction.starts <= period.last,
            Sanction.ends >= period.first,
        )
        .order_by(Sanction.starts, Sanction.id)
    )
    for row in work.session.scalars(query):
        found[row.employee_id].append(term(row))
    return {key: tuple(rows) for key, rows in found.items()}


def counters(work: Work, unit_id: int, until: date) -> dict[int, Counter]:
    """Return for everybody in a unit how often they were absent without excuse this year.

    An early warning only. A day that is unclear is no absence; a run may begin last December.
    """
    days: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    late: Counted[int] = Counted()
    period = Period(until.year - 1, 12)
    while period <= Period.of(until):
        for one in attendance.month(work, unit_id, period):
            worked = [day for day in one.days if day.status is not Status.HOLIDAY]
            days[one.person.id] += [(day.day, day.status is Status.ABSENT) for day in worked]
            if period.year == until.year:
                late[one.person.id] += sum(one.summary.late)
        period = period.shifted(1)
    found = {key: rules.count(rows, until, late[key]) for key, rows in days.items()}
    return {key: counter for key, counter in found.items() if counter is not None}


def _problems(draft: SanctionDraft) -> Iterator[Problem]:
    if not draft.kind.strip():
        yield Problem("kind", "required")
    if draft.ends < draft.starts:
        yield Problem("ends", "before_start")
    if draft.lowered_class is not None and draft.lowered_class not in CLASSES:
        yield Problem("lowered_class", "out_of_range", (CLASSES[0], CLASSES[-1]))
    if draft.factor is not None and not 0 <= draft.factor <= 1:
        yield Problem("factor", "out_of_range", (0, 1))


def _columns(draft: SanctionDraft) -> dict[str, object]:
    return {
        "level": draft.level,
        "kind": draft.kind.strip(),
        "starts": draft.starts,
        "ends": draft.ends,
        "decree": draft.decree.strip(),
        "lowered_class": draft.lowered_class,
        "factor": draft.factor,
    }
