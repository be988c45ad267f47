"""Everything stored about the days of some people, fetched at once and sorted by person and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from sqlalchemy import func, or_, select

from wfh_desktop.domain.attendance import Amendment, Coverage, Entry, Granted, Known, Scan
from wfh_desktop.domain.calendar import DAY, Calendar
from wfh_desktop.domain.people import Capacity
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Alias, Correction, DayEntry, Leave, Position
from wfh_desktop.persistence.models import Scan as StoredScan
from wfh_desktop.services import calendar, people, units
from wfh_desktop.services.people import PersonRow

PIN = "pin"
THIN = 5  # fewer than one fifth of the usual number scanned: a holiday, or a broken machine
Cell = tuple[int, date]


@dataclass(frozen=True)
class Stored:
    """All rows about the people of a month."""

    places: Mapping[int, Sequence[Position]]
    calendars: Mapping[int, Calendar]
    scans: Mapping[Cell, tuple[Scan, ...]]
    entries: Mapping[Cell, tuple[Entry, ...]]
    corrections: Mapping[Cell, Amendment]
    leaves: Mapping[int, Sequence[Leave]]
    coverage: Mapping[Cell, Coverage]  # by unit and day
    enrolled: frozenset[int]  # people whom a machine knows

    def unit_on(self, person: PersonRow, day: date) -> int | None:
        """Return where a person served on *day*, if at all."""
        holding = people.valid(self.places.get(person.id, ()), day)
        return holding.unit_id if holding else None

    def calendar_on(self, person: PersonRow, day: date) -> Calendar:
        """Return the calendar that holds for a person on *day*."""
        return self.calendars[self.unit_on(person, day) or person.unit_id]

    def known(self, person: PersonRow, day: date) -> Known:
        """Gather what is known of one day."""
        unit_id = self.unit_on(person, day)
        here, after = (person.id, day), (person.id, day + DAY)
        leaves = self.leaves.get(person.id, ())
        leave = next((one for one in leaves if one.starts <= day <= one.ends), None)
        coverage = self.coverage.get((unit_id or 0, day), Coverage.NONE)
        if coverage is not Coverage.NONE and person.id not in self.enrolled:
            coverage = Coverage.NO_PIN
        return Known(
            scans=self.scans.get(here, ()) + self.scans.get(after, ()),
            entries=self.entries.get(here, ()),
            leave=Granted(leave.kind, leave.document, f"leave:{leave.id}") if leave else None,
            correction=self.corrections.get(here),
            coverage=coverage,
            in_service=unit_id is not None,
        )


def stored(work: Work, roster: Sequence[PersonRow], period: Period) -> Stored:
    """Fetch all that is stored about *roster* in *period*, in a fixed number of queries."""
    ids = [person.id for person in roster]
    places = _places(work, ids, period)
    unit_ids = {person.unit_id for person in roster}
    unit_ids |= {position.unit_id for held in places.values() for position in held}
    return Stored(
        places=places,
        calendars=calendar.calendars(work, unit_ids, period),
        scans=_scans(work, ids, period),
        entries=_entries(work, ids, period),
        corrections=_corrections(work, ids, period),
        leaves=_leaves(work, ids, period),
        coverage=_coverage(work, unit_ids, period),
        enrolled=frozenset(
            work.session.scalars(
                select(Alias.employee_id).where(
                    Alias.employee_id.in_(ids), Alias.kind == PIN, Alias.withdrawn.is_(False)
                )
            )
        ),
    )


def _places(work: Work, ids: Sequence[int], period: Period) -> Mapping[int, Sequence[Position]]:
    query = select(Position).where(
        Position.employee_id.in_(ids),
        Position.capacity == Capacity.DEFINITIVE,
        Position.withdrawn.is_(False),
        Position.valid_from <= period.last,
        or_(Position.valid_to.is_(None), Position.valid_to >= period.first),
    )
    found: defaultdict[int, list[Position]] = defaultdict(list)
    for position in work.session.scalars(query):
        found[position.employee_id].append(position)
    return found


def _scans(work: Work, ids: Sequence[int], period: Period) -> Mapping[Cell, tuple[Scan, ...]]:
    query = select(StoredScan.id, StoredScan.employee_id, StoredScan.day, StoredScan.at).where(
        StoredScan.employee_id.in_(ids),
        StoredScan.day.between(period.first, period.last + DAY),
    )
    found: defaultdict[Cell, list[Scan]] = defaultdict(list)
    for key, employee_id, day, at in work.session.execute(query.order_by(StoredScan.id)):
        found[employee_id or 0, day].append(Scan(datetime.combine(day, at), f"scan:{key}"))
    return {cell: tuple(scans) for cell, scans in found.items()}


def _entries(work: Work, ids: Sequence[int], period: Period) -> Mapping[Cell, tuple[Entry, ...]]:
    query = select(DayEntry).where(
        DayEntry.employee_id.in_(ids), DayEntry.day.between(period.first, period.last)
    )
    found: defaultdict[Cell, list[Entry]] = defaultdict(list)
    for one in work.session.scalars(query.order_by(DayEntry.id)):
        found[one.employee_id, one.day].append(
            Entry(
                one.source,
                one.status,
                one.time_in,
                one.time_out,
                one.workplace,
                one.leave,
                f"day_entry:{one.id}",
            )
        )
    return {cell: tuple(entries) for cell, entries in found.items()}


def _corrections(work: Work, ids: Sequence[int], period: Period) -> Mapping[Cell, Amendment]:
    """Return the correction that holds on each day: the last one that was not withdrawn."""
    query = (
        select(Correction)
        .where(
            Correction.employee_id.in_(ids),
            Correction.day.between(period.first, period.last),
            Correction.withdrawn.is_(False),
        )
        .order_by(Correction.id)
    )
    return {
        (one.employee_id, one.day): Amendment(
            one.actor,
            one.reason,
            one.status,
            one.time_in,
            one.time_out,
            one.workplace,
            one.leave,
            one.evidence,
            f"correction:{one.id}",
        )
        for one in work.session.scalars(query)
    }


def _leaves(work: Work, ids: Sequence[int], period: Period) -> Mapping[int, Sequence[Leave]]:
    query = select(Leave).where(
        Leave.employee_id.in_(ids),
        Leave.cancelled.is_(False),
        Leave.starts <= period.last,
        Leave.ends >= period.first,
    )
    found: defaultdict[int, list[Leave]] = defaultdict(list)
    for leave in work.session.scalars(query.order_by(Leave.starts, Leave.id)):
        found[leave.employee_id].append(leave)
    return found


def _coverage(work: Work, unit_ids: Iterable[int], period: Period) -> Mapping[Cell, Coverage]:
    """Tell for each unit on which days its machines were read; those of units above count too."""
    parents = {row.id: row.parent_id for row in units.tree(work, period.last)}
    lines = {unit_id: _line(parents, unit_id) for unit_id in unit_ids}
    above = {key for line in lines.values() for key in line}
    counts: defaultdict[int, dict[date, int]] = defaultdict(dict)
    for unit_id, day, people_there in work.session.execute(
        select(StoredScan.unit_id, StoredScan.day, func.count(StoredScan.pin.distinct()))
        .where(
            StoredScan.unit_id.in_(above),
            StoredScan.employee_id.is_not(None),
            StoredScan.day.between(period.first, period.last),
        )
        .group_by(StoredScan.unit_id, StoredScan.day)
    ):
        counts[unit_id][day] = people_there
    found: dict[Cell, Coverage] = {}
    for unit_id, line in lines.items():
        by_day: defaultdict[date, int] = defaultdict(int)
        for key in line:
            for day, number in counts[key].items():
                by_day[day] += number
        usual = median(by_day.values()) if by_day else 0
        for day, number in by_day.items():
            thin = number * THIN < usual
            found[unit_id, day] = Coverage.THIN if thin else Coverage.MACHINE
    return found


def _line(parents: Mapping[int, int | None], unit_id: int) -> list[int]:
    line: list[int] = []
    key: int | None = unit_id
    while key is not None:
        line.append(key)
        key = parents.get(key)
    return line
