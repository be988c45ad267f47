"""When units work: their calendar of a month, and changing their work hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import or_, select

from wfh_desktop.domain import calendar as rules
from wfh_desktop.domain.calendar import Calendar, DayHours
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Holiday, Schedule, Unit
from wfh_desktop.services import closing, units

EDGE = timedelta(days=2)  # a work day may begin before the month and end after it


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """Work hours that a unit has entered; *own* is false for those of a unit above."""

    id: int
    version: int
    unit_id: int
    unit: str
    own: bool
    name: str
    hours: Mapping[int, DayHours]
    valid_from: date
    valid_to: date | None
    legal_basis: str
    repeat_seconds: int


@dataclass(frozen=True, slots=True)
class ScheduleDraft:
    """Work hours as a user typed them; see `check_schedule`."""

    name: str
    hours: Mapping[int, DayHours]
    valid_from: date
    valid_to: date | None = None
    legal_basis: str = ""
    repeat_seconds: int = 60


def calendar(work: Work, unit_id: int, period: Period) -> Calendar:
    """Return when *unit_id* works in *period*: its own hours and holidays over inherited ones."""
    return calendars(work, [unit_id], period)[unit_id]


def calendars(work: Work, unit_ids: Iterable[int], period: Period) -> dict[int, Calendar]:
    """Return the calendars of several units in three queries."""
    work.actor.require(Right.READ)
    lines = _lines(work, unit_ids, period)
    above = {row.id for line in lines.values() for row in line}
    schedules = _schedules(work, above, period)
    holidays = _holidays(work, above, period)
    return {
        unit_id: Calendar.layered(
            [schedules[row.id] for row in line],
            [holidays[row.id] for row in line] + [holidays[None]],
            line[0].zone,
        )
        for unit_id, line in lines.items()
    }


def schedules(work: Work, unit_id: int, day: date) -> list[ScheduleRow]:
    """Return the work hours that a unit has or inherits, the nearest and latest first."""
    line = units.path(work, unit_id, day)
    place = {row.id: number for number, row in enumerate(line)}
    names = {row.id: row.name for row in line}
    query = select(Schedule).where(Schedule.unit_id.in_(place), Schedule.cancelled.is_(False))
    rows = [
        ScheduleRow(
            one.id,
            one.version,
            one.unit_id,
            names[one.unit_id],
            one.unit_id == unit_id,
            one.name,
            hours_from_plain(one.hours),
            one.valid_from,
            one.valid_to,
            one.legal_basis,
            one.repeat_seconds,
        )
        for one in work.session.scalars(query)
    ]
    return sorted(rows, key=lambda row: (place[row.unit_id], -row.valid_from.toordinal(), row.id))


def add_schedule(work: Work, unit_id: int, draft: ScheduleDraft) -> int:
    """Give a unit work hours from a day on; return their number.

    Raises `Invalid`, also if a closed month would change.
    """
    work.actor.require(Right.ADMINISTER)
    check_schedule(draft)
    closing.require_open_days(work, unit_id, draft.valid_from, draft.valid_to)
    record = work.add(Schedule(unit_id=unit_id, **_columns(draft)))
    work.log("schedule.added", record, **_plain(draft))
    return record.id


def change_schedule(work: Work, key: int, version: int, draft: ScheduleDraft) -> None:
    """Replace what a schedule says."""
    work.actor.require(Right.ADMINISTER)
    check_schedule(draft)
    record = work.get(Schedule, key, version)
    first = min(record.valid_from, draft.valid_from)
    last = max(record.valid_to or date.max, draft.valid_to or date.max)
    closing.require_open_days(work, record.unit_id, first, last)
    before = _plain(_draft(record))
    for name, value in _columns(draft).items():
        setattr(record, name, value)
    work.log("schedule.changed", record, before=before, after=_plain(draft))


def cancel_schedule(work: Work, key: int, version: int) -> None:
    """Take work hours back, as if they had never been entered; the record stays."""
    work.actor.require(Right.ADMINISTER)
    record = work.get(Schedule, key, version)
    closing.require_open_days(work, record.unit_id, record.valid_from, record.valid_to)
    record.cancelled = True
    work.log("schedule.cancelled", record, **_plain(_draft(record)))


def check_schedule(draft: ScheduleDraft) -> None:
    """Raise `Invalid` with everything that is wrong with the hours a user typed."""
    problems = []
    if not draft.name.strip():
        problems.append(Problem("name", "required"))
    if not draft.hours:
        problems.append(Problem("hours", "required"))
    if draft.valid_to and draft.valid_to < draft.valid_from:
        problems.append(Problem("valid_to", "before_start"))
    problems += [
        Problem("hours", "rest_too_long", (rules.DAYS[weekday],))
        for weekday, hours in draft.hours.items()
        if hours.minutes <= 0
    ]
    if problems:
        raise Invalid(problems)


def hours_from_plain(plain: Mapping[str, Any]) -> dict[int, DayHours]:
    """Read the hours of a week as they are stored."""
    return {
        int(weekday): DayHours(
            time.fromisoformat(one["starts"]), time.fromisoformat(one["ends"]), one["rest"]
        )
        for weekday, one in plain.items()
    }


def hours_to_plain(hours: Mapping[int, DayHours]) -> dict[str, Any]:
    """Write the hours of a week as they are stored."""
    return {
        str(weekday): {
            "starts": f"{one.starts:%H:%M}",
            "ends": f"{one.ends:%H:%M}",
            "rest": one.rest_minutes,
        }
        for weekday, one in sorted(hours.items())
    }


def _lines(
    work: Work, unit_ids: Iterable[int], period: Period
) -> dict[int, Sequence[units.UnitRow]]:
    """Return each unit with those above it, the nearest first, as at the end of the month."""
    rows = {row.id: row for row in units.tree(work, period.first)}
    rows |= {row.id: row for row in units.tree(work, period.last)}
    lines: dict[int, Sequence[units.UnitRow]] = {}
    for unit_id in dict.fromkeys(unit_ids):
        line: list[units.UnitRow] = []
        key: int | None = unit_id
        while key is not None and key in rows:
            line.append(rows[key])
            key = rows[key].parent_id
        lines[unit_id] = line or [_unit(work, unit_id)]
    return lines


def _unit(work: Work, unit_id: int) -> units.UnitRow:
    """Return a unit that did not exist in the month as it stands on its own today."""
    unit = work.get(Unit, unit_id)
    return units.UnitRow(unit.id, unit.version, None, unit.name, unit.zone, 0)


def _schedules(
    work: Work, unit_ids: Iterable[int], period: Period
) -> defaultdict[int, list[rules.Schedule]]:
    query = select(Schedule).where(
        Schedule.unit_id.in_(list(unit_ids)),
        Schedule.cancelled.is_(False),
        Schedule.valid_from <= period.last + EDGE,
        or_(Schedule.valid_to.is_(None), Schedule.valid_to >= period.first - EDGE),
    )
    found: defaultdict[int, list[rules.Schedule]] = defaultdict(list)
    for one in work.session.scalars(query.order_by(Schedule.id)):
        found[one.unit_id].append(
            rules.Schedule(
                one.name,
                hours_from_plain(one.hours),
                one.valid_from,
                one.valid_to,
                one.legal_basis,
                one.repeat_seconds,
                f"schedule:{one.id}",
            )
        )
    return found


def _holidays(
    work: Work, unit_ids: Iterable[int], period: Period
) -> defaultdict[int | None, list[rules.Holiday]]:
    query = select(Holiday).where(
        or_(Holiday.unit_id.is_(None), Holiday.unit_id.in_(list(unit_ids))),
        Holiday.day.between(period.first - EDGE, period.last + EDGE),
    )
    found: defaultdict[int | None, list[rules.Holiday]] = defaultdict(list)
    for one in work.session.scalars(query.order_by(Holiday.id)):
        found[one.unit_id].append(
            rules.Holiday(
                one.day, one.name, one.kind, one.source, one.cancelled, f"holiday:{one.id}"
            )
        )
    return found


def _columns(draft: ScheduleDraft) -> dict[str, Any]:
    return {
        "name": draft.name.strip(),
        "hours": hours_to_plain(draft.hours),
        "valid_from": draft.valid_from,
        "valid_to": draft.valid_to,
        "legal_basis": draft.legal_basis,
        "repeat_seconds": draft.repeat_seconds,
    }


def _draft(record: Schedule) -> ScheduleDraft:
    return ScheduleDraft(
        record.name,
        hours_from_plain(record.hours),
        record.valid_from,
        record.valid_to,
        record.legal_basis,
        record.repeat_seconds,
    )


def _plain(draft: ScheduleDraft) -> dict[str, Any]:
    until = draft.valid_to.isoformat() if draft.valid_to else None
    return _columns(draft) | {"valid_from": draft.valid_from.isoformat(), "valid_to": until}
