"""Lines of lists of reports, with all that a head reads before deciding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import ColumnElement, select

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.people import full_name
from wfh_desktop.domain.work_reports import ReportState
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import (
    Assignment,
    Employee,
    Target,
    Task,
    Unit,
    WorkReport,
)
from wfh_desktop.services import evidence


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A line of the list of reports, with all that a head reads before deciding."""

    id: int
    version: int
    unit_id: int
    employee_id: int
    person: str
    nip: str | None
    assignment_id: int
    task: str
    output: str
    due: date
    asked: Decimal  # quantity of the share
    target_id: int | None
    target: str
    measure: str
    day: date
    starts: time | None
    ends: time | None
    text: str
    quantity: Decimal
    no_evidence: str
    state: ReportState
    submitted_on: date | None  # on the clocks of the unit
    rating: int | None
    reason: str
    decided_on: date | None
    decided_by: str
    files: int

    @property
    def late_days(self) -> int:
        """Calendar days after the due date of the task."""
        return max(0, (self.day - self.due).days)


def fetch(work: Work, *conditions: ColumnElement[bool]) -> list[ReportRow]:
    """Return the reports that meet *conditions*, the oldest first, in two queries."""
    query = (
        select(WorkReport, Employee, Assignment, Task, Target, Unit.zone)
        .join(Employee, Employee.id == WorkReport.employee_id)
        .join(Assignment, Assignment.id == WorkReport.assignment_id)
        .join(Task, Task.id == Assignment.task_id)
        .join(Unit, Unit.id == WorkReport.unit_id)
        .outerjoin(Target, Target.id == Assignment.target_id)
        .where(*conditions)
        .order_by(WorkReport.submitted_at.asc().nulls_first(), WorkReport.day, WorkReport.id)
    )
    found = work.session.execute(query).all()
    files = evidence.number(work, [held[0].id for held in found])
    return [_row(held, files.get(held[0].id, 0)) for held in found]


def _row(
    held: tuple[WorkReport, Employee, Assignment, Task, Target | None, Zone], files: int
) -> ReportRow:
    report, employee, share, task, target, zone = held
    return ReportRow(
        id=report.id,
        version=report.version,
        unit_id=report.unit_id,
        employee_id=employee.id,
        person=full_name(employee.name, employee.front_title, employee.back_title),
        nip=employee.nip,
        assignment_id=share.id,
        task=task.title,
        output=task.output,
        due=task.due,
        asked=share.quantity,
        target_id=target.id if target else None,
        target=target.title if target else "",
        measure=target.measure if target else "",
        day=report.day,
        starts=report.starts,
        ends=report.ends,
        text=report.text,
        quantity=report.quantity,
        no_evidence=report.no_evidence,
        state=report.state,
        submitted_on=_local_day(report.submitted_at, zone),
        rating=report.rating,
        reason=report.reason,
        decided_on=_local_day(report.decided_at, zone),
        decided_by=report.decided_by,
        files=files,
    )


def _local_day(moment: datetime | None, zone: Zone) -> date | None:
    return zone.local(moment).date() if moment else None
