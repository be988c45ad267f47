"""When a person came and left, as far as each source tells, in whole minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from wfh_desktop.domain.attendance.day import (
    Amendment,
    Entry,
    Fact,
    Known,
    PersonDay,
    Rule,
    Scan,
    Status,
)
from wfh_desktop.domain.calendar import DAY, Calendar, DayHours

NO_DAYS = timedelta()
LONE_MARGIN = timedelta(hours=2)  # a single scan further from both ends of the day is a question


@dataclass(frozen=True, slots=True)
class Case:
    """One day before the court."""

    day: date
    calendar: Calendar
    known: Known
    now: datetime
    hours: DayHours | None

    @property
    def over(self) -> bool:
        """Whether no more scans can come."""
        return self.now >= self.calendar.opens(self.day + DAY)

    def decide(self, status: Status, *facts: Fact) -> PersonDay:
        """Give the day its status."""
        return PersonDay(self.day, status, facts)


@dataclass(frozen=True, slots=True)
class Pair:
    """When one source says that the person came and left; *doubt* says why it cannot be used."""

    fact: Fact
    arrived: datetime | None = None
    left: datetime | None = None
    doubt: Fact | None = None


def late_minutes(case: Case, arrived: datetime | None) -> int:
    """Minutes after the start, at most the whole work day."""
    if arrived is None or case.hours is None:
        return 0
    starts, ends = case.hours.span(case.day)
    return _minutes(min(arrived, ends) - starts)


def early_minutes(case: Case, left: datetime | None) -> int:
    """Minutes before the end, at most the whole work day; none while the day is not over."""
    if left is None or case.hours is None or not case.over:
        return 0
    starts, ends = case.hours.span(case.day)
    return _minutes(ends - max(left, starts))


def _minutes(span: timedelta) -> int:
    return max(0, int(span.total_seconds()) // 60)


def pairs_of(case: Case) -> Iterator[Pair]:
    """Give what each source knows of arrival and departure, or that the person was there."""
    for entry in case.known.entries:
        if entry.status is Status.PRESENT or any(entry.times):
            yield entry_pair(case, entry, entry_fact(entry))
    scans = scans_of(case)
    if scans:
        yield _scan_pair(case, scans)


def entry_pair(case: Case, entry: Entry | Amendment, fact: Fact) -> Pair:
    """Put clock times on the day they belong to; an end before its start is after midnight."""
    opens, closes = case.calendar.window(case.day)
    midnight = datetime.combine(case.day, time())
    earliest = opens if case.hours and case.hours.overnight else min(opens, midnight)

    def place(clock: time | None, after: datetime) -> datetime | None:
        if clock is None:
            return None
        clock = clock.replace(second=0, microsecond=0)
        placed = (datetime.combine(case.day + offset, clock) for offset in (NO_DAYS, DAY))
        return next((moment for moment in placed if after <= moment < closes), None)

    arrived = place(entry.time_in, earliest)
    left = place(entry.time_out, arrived or earliest)
    if (entry.time_in and arrived is None) or (entry.time_out and left is None):
        return Pair(fact, doubt=Fact(Rule.REVERSED, entry.times))
    return Pair(fact, arrived, left)


def _scan_pair(case: Case, scans: Sequence[Scan]) -> Pair:
    """First scan in, last scan out; one touch alone is told by the end of the day it is near."""
    fact = scan_fact(scans)
    first, last = (_whole_minute(scans[index].at) for index in (0, -1))
    schedule = case.calendar.schedule(case.day)
    gap = timedelta(seconds=schedule.repeat_seconds if schedule else 0)
    if any(later.at - earlier.at > gap for earlier, later in pairwise(scans)):
        return Pair(fact, first, last)
    if not case.over or case.hours is None:
        return Pair(fact, first)
    starts, ends = case.hours.span(case.day)
    arriving, leaving = first <= starts + LONE_MARGIN, last >= ends - LONE_MARGIN
    if arriving is leaving:
        return Pair(fact, doubt=Fact(Rule.LONE_SCAN, (first.time(),), fact.rows))
    return Pair(fact, first) if arriving else Pair(fact, None, last)


def scans_of(case: Case) -> list[Scan]:
    """Return the scans of this work day in their order, from its window alone."""
    if not case.known.scans:
        return []
    opens, closes = case.calendar.window(case.day)
    return sorted(
        (scan for scan in case.known.scans if opens <= scan.at < closes), key=lambda scan: scan.at
    )


def _whole_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def entry_fact(entry: Entry) -> Fact:
    """Say what an entry says."""
    if any(entry.times):
        return Fact(Rule.TIMES, (entry.source, *entry.times), (entry.row,))
    said = entry.workplace if entry.status is Status.PRESENT and entry.workplace else entry.status
    return Fact(Rule.CODE, (entry.source, said), (entry.row,))


def scan_fact(scans: Sequence[Scan]) -> Fact:
    """Say when the first and the last scan were, and how many there are."""
    limits = (scans[0].at.time(), scans[-1].at.time(), len(scans))
    return Fact(Rule.SCANS, limits, tuple(scan.row for scan in scans))


def hours_fact(case: Case, hours: DayHours) -> Fact:
    """Say which work hours the times are compared with."""
    schedule = case.calendar.schedule(case.day)
    name, row = (schedule.name, schedule.row) if schedule else ("", "")
    return Fact(Rule.HOURS, (hours.starts, hours.ends, name), (row,))
