"""A unit's month of presensi, every day judged from what is stored, and one day in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from wfh_desktop.domain.attendance import (
    PersonDay,
    Source,
    Status,
    Summary,
    Workplace,
    judge,
    missed_holidays,
    summarise,
)
from wfh_desktop.domain.calendar import DAY, Calendar
from wfh_desktop.domain.errors import NotFound
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import AuditEntry, Correction, DayEntry, ImportedFile
from wfh_desktop.persistence.models import Scan as StoredScan
from wfh_desktop.services import clock, days_off, people
from wfh_desktop.services.attendance_entry import Said, manual_entries
from wfh_desktop.services.attendance_store import Stored, stored
from wfh_desktop.services.closing import require_open
from wfh_desktop.services.people import PersonRow

__all__ = ["DayDetails", "PersonMonth", "day", "grid", "month", "month_view", "require_open"]


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One person's month: every day with its cause, and the counts."""

    person: PersonRow
    days: tuple[PersonDay, ...]
    summary: Summary


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month, the day it is where the unit works, and what may be wrong with its calendar.

    *suspects* are working days on which hardly anybody came.
    """

    months: tuple[PersonMonth, ...]
    today: date
    holidays_known: bool
    suspects: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One person in the day grid: the status so far, what was typed, and its version (0: none)."""

    person: PersonRow
    verdict: PersonDay
    said: Said
    version: int

    @property
    def id(self) -> int:
        """What tells the row apart: the person."""
        return self.person.id


@dataclass(frozen=True, slots=True)
class ScanRow:
    """A touch of a machine, as read from a file."""

    id: int
    day: date
    at: time
    device: str
    file: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What one source says of the day; *file* names the file it was read from."""

    id: int
    version: int
    source: Source
    status: Status | None
    workplace: Workplace | None
    leave: LeaveKind | None
    time_in: time | None
    time_out: time | None
    note: str
    file: str


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction with who, when and why; a withdrawn one no longer holds."""

    id: int
    version: int
    status: Status | None
    workplace: Workplace | None
    leave: LeaveKind | None
    time_in: time | None
    time_out: time | None
    reason: str
    evidence: str
    actor: str
    at: datetime
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry of the audit log about the day."""

    at: datetime
    actor: str
    action: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DayDetails:
    """Everything about one person's day; moments are in the unit's wall time.

    *original* is the status without the correction, if there is one.
    """

    employee_id: int
    verdict: PersonDay
    original: PersonDay | None
    scans: tuple[ScanRow, ...]
    entries: tuple[EntryRow, ...]
    corrections: tuple[CorrectionRow, ...]
    history: tuple[HistoryRow, ...]

    @property
    def manual(self) -> EntryRow | None:
        """What was typed for the day."""
        return next((row for row in self.entries if row.source is Source.MANUAL), None)


def month(work: Work, unit_id: int, period: Period) -> list[PersonMonth]:
    """Return the month of everybody in the unit, in order of rank.

    A dozen queries, however many people there are.
    """
    work.actor.require(Right.READ)
    roster = people.roster(work, unit_id, period)
    found = stored(work, roster, period)
    return [_person_month(work, person, found, period) for person in roster]


def month_view(work: Work, unit_id: int, period: Period) -> MonthView:
    """Return the month as its page shows it."""
    months = tuple(month(work, unit_id, period))
    return MonthView(
        months,
        clock.today(work, unit_id),
        days_off.known(work, period.year),
        missed_holidays(one.days for one in months),
    )


def grid(work: Work, unit_id: int, day: date) -> list[GridRow]:
    """Return what was typed for everybody who served on *day*, with the status so far."""
    work.actor.require(Right.READ)
    roster = people.roster(work, unit_id, Period.of(day))
    found = stored(work, roster, Period.of(day))
    typed = manual_entries(work, [person.id for person in roster], [day])
    return [
        GridRow(
            person, _verdict(work, person, found, day), *typed.get((person.id, day), (Said(), 0))
        )
        for person in roster
        if found.unit_on(person, day)
    ]


def day(work: Work, unit_id: int, employee_id: int, day: date) -> DayDetails:
    """Return one day of one person with all scans, entries, corrections and the history.

    Raises `NotFound` for somebody who was not in the unit that month.
    """
    work.actor.require(Right.READ)
    roster = people.roster(work, unit_id, Period.of(day))
    person = next((one for one in roster if one.id == employee_id), None)
    if person is None:
        raise NotFound(f"Employee {employee_id}")
    found = stored(work, [person], Period.of(day))
    verdict = _verdict(work, person, found, day)
    plain = replace(found, corrections={})
    zone = found.calendar_on(person, day).zone
    entries = tuple(_entry_rows(work, employee_id, day))
    corrections = tuple(_correction_rows(work, employee_id, day))
    subjects = [f"day_entry:{row.id}" for row in entries]
    subjects += [f"correction:{row.id}" for row in corrections]
    return DayDetails(
        employee_id,
        verdict,
        _verdict(work, person, plain, day) if verdict.corrected else None,
        tuple(_scan_rows(work, employee_id, found.calendar_on(person, day), day)),
        entries,
        tuple(replace(row, at=zone.local(row.at)) for row in corrections),
        tuple(replace(row, at=zone.local(row.at)) for row in _history(work, subjects)),
    )


def _person_month(work: Work, person: PersonRow, found: Stored, period: Period) -> PersonMonth:
    days = tuple(_verdict(work, person, found, day) for day in period.days)
    return PersonMonth(person, days, summarise(days))


def _verdict(work: Work, person: PersonRow, found: Stored, day: date) -> PersonDay:
    calendar = found.calendar_on(person, day)
    return judge(day, calendar, found.known(person, day), calendar.zone.local(work.now))


def _scan_rows(work: Work, employee_id: int, calendar: Calendar, day: date) -> Iterator[ScanRow]:
    """Yield the scans that belong to the work day, also those after midnight."""
    opens, closes = calendar.window(day)
    query = (
        select(StoredScan.id, StoredScan.day, StoredScan.at, StoredScan.device, ImportedFile.name)
        .outerjoin(ImportedFile, ImportedFile.id == StoredScan.import_id)
        .where(StoredScan.employee_id == employee_id, StoredScan.day.between(day, day + DAY))
        .order_by(StoredScan.day, StoredScan.at, StoredScan.id)
    )
    for key, on, at, device, file in work.session.execute(query):
        if opens <= datetime.combine(on, at) < closes:
            yield ScanRow(key, on, at, device, file or "")


def _entry_rows(work: Work, employee_id: int, day: date) -> Iterator[EntryRow]:
    query = (
        select(DayEntry, ImportedFile.name)
        .outerjoin(ImportedFile, ImportedFile.id == DayEntry.import_id)
        .where(DayEntry.employee_id == employee_id, DayEntry.day == day)
    )
    for one, file in sorted(work.session.execute(query), key=lambda pair: pair[0].source):
        yield EntryRow(
            one.id,
            one.version,
            one.source,
            one.status,
            one.workplace,
            one.leave,
            one.time_in,
            one.time_out,
            one.note,
            file or "",
        )


def _correction_rows(work: Work, employee_id: int, day: date) -> Iterator[CorrectionRow]:
    query = (
        select(Correction)
        .where(Correction.employee_id == employee_id, Correction.day == day)
        .order_by(Correction.id.desc())
    )
    for one in work.session.scalars(query):
        yield CorrectionRow(
            one.id,
            one.version,
            one.status,
            one.workplace,
            one.leave,
            one.time_in,
            one.time_out,
            one.reason,
            one.evidence,
            one.actor,
            one.at,
            one.withdrawn,
        )


def _history(work: Work, subjects: list[str]) -> Iterator[HistoryRow]:
    query = select(AuditEntry).where(AuditEntry.subject.in_(subjects)).order_by(AuditEntry.id)
    for one in work.session.scalars(query):
        yield HistoryRow(one.at, one.actor, one.action, one.details)
