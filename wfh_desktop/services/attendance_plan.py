"""What an attendance file would change: every day compared with what is stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select

from wfh_desktop.domain.attendance import Source, Status, Workplace
from wfh_desktop.domain.calendar import DAY
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import DayEntry, Scan
from wfh_desktop.readers.records import AttendanceDay, Reading
from wfh_desktop.services.attendance_entry import Said
from wfh_desktop.services.attendance_matching import Found, Match, key_of
from wfh_desktop.services.attendance_store import Stored
from wfh_desktop.services.people import PersonRow


class RowKind(StrEnum):
    """What becomes of a line of the file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"  # waits for an answer
    FOREIGN = "foreign"  # a person of another unit
    UNMATCHED = "unmatched"  # nobody is known by this NIP, PIN or name
    OUTSIDE = "outside"  # not in the chosen month, or before or after the person's service
    SKIPPED = "skipped"  # left out on request, or nothing in the cell


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One day of one person, or all lines that share a fate; *before* and *after* are in words."""

    kind: RowKind
    who: str
    day: date | None = None
    before: str = ""
    after: str = ""
    reason: str = ""  # a key of `words.REASONS`, or of `words.DOUBTS`
    lines: int = 1
    place: str = ""


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """An entry to be made or changed."""

    employee_id: int
    unit_id: int
    day: date
    said: Said
    entry_id: int | None = None


@dataclass(frozen=True, slots=True)
class ScanPlan:
    """A scan to be added, or to be given to somebody else."""

    employee_id: int
    device: str
    pin: str
    at: datetime
    scan_id: int | None = None
    before: int | None = None  # whose it was


@dataclass(frozen=True)
class Plan:
    """All that would be done, and the rows that show it."""

    rows: tuple[PlanRow, ...]
    entries: tuple[EntryPlan, ...] = ()
    scans: tuple[ScanPlan, ...] = ()


PRESENT = Said(Status.PRESENT, Workplace.OFFICE)
CODES: Mapping[str, Said] = {
    "A": Said(Status.ABSENT),
    "TK": Said(Status.ABSENT),
    "-": Said(Status.HOLIDAY),
    "L": Said(Status.HOLIDAY),
    "OFF": Said(Status.HOLIDAY),
    "S": Said(Status.SICK),
    "I": Said(Status.PERMIT),
    "C": Said(Status.LEAVE),
    "H": PRESENT,
    "WFO": PRESENT,
    "WFH": Said(Status.PRESENT, Workplace.HOME),
    "P": Said(Status.PRESENT, Workplace.DUTY_ROSTER),
    **dict.fromkeys(("D", "DL", "DD", "DK", "PD"), Said(Status.DUTY)),
    **{kind.value: Said(Status.LEAVE, leave=kind) for kind in LeaveKind},
}


@dataclass(frozen=True)
class Frame:
    """Where and when a file is to be taken over, and whom its persons mean."""

    unit_id: int
    period: Period
    roster: Sequence[PersonRow]
    found: Mapping[str, Found]


@dataclass
class _Draft:
    """Rows while they are gathered; lines that share a fate become one row."""

    frame: Frame
    last: date
    rows: list[PlanRow] = field(default_factory=list)
    shared: Counter[tuple[RowKind, str, date | None, str]] = field(default_factory=Counter)

    def whose(self, key: str, day: date) -> int | None:
        """Return whose line it is; a line that goes nowhere joins those with the same fate."""
        if not self.frame.period.first <= day <= self.last:
            self.share(RowKind.OUTSIDE, "", "other_month", Period.of(day).first)
            return None
        one = self.frame.found[key]
        if one.employee_id is None:
            self.share(FATES[one.match], one.shown, one.doubt.value)
        return one.employee_id

    def share(self, kind: RowKind, who: str, reason: str, day: date | None = None) -> None:
        """Count one more line with this fate."""
        self.shared[kind, who, day, reason] += 1

    def finished(self) -> tuple[PlanRow, ...]:
        """Return all rows, those that need attention first."""
        together = [
            PlanRow(kind, who, day, reason=reason, lines=lines)
            for (kind, who, day, reason), lines in self.shared.items()
        ]
        return (*together, *self.rows)


FATES = {
    Match.ASK: RowKind.DOUBTFUL,
    Match.FOREIGN: RowKind.FOREIGN,
    Match.UNKNOWN: RowKind.UNMATCHED,
    Match.SKIPPED: RowKind.SKIPPED,
}


def plan_days(work: Work, reading: Reading, frame: Frame, stored: Stored) -> Plan:
    """Compare the days of a file with the entries that files made before."""
    people = {row.id: row for row in frame.roster}
    entries = _entries(work, people, frame.period)
    draft, plans = _Draft(frame, frame.period.last), []
    for record in reading.days:
        employee_id = draft.whose(key_of(record.person, ""), record.date)
        if employee_id is None:
            continue
        person, said = people[employee_id], meaning(record)
        unit_id = stored.unit_on(person, record.date)
        if not said:
            draft.share(RowKind.SKIPPED, person.name, "unknown_code" if record.code else "empty")
        elif unit_id is None:
            draft.share(RowKind.OUTSIDE, person.name, "not_in_service")
        else:
            entry_id, before = entries.get((person.id, record.date), (None, Said()))
            kind = _kind(before, said)
            texts = shown(before), shown(said)
            draft.rows.append(PlanRow(kind, person.name, record.date, *texts, place=record.place))
            if kind is not RowKind.SAME:
                plans.append(EntryPlan(person.id, unit_id, record.date, said, entry_id))
    return Plan(draft.finished(), tuple(plans))


def plan_scans(work: Work, reading: Reading, frame: Frame) -> Plan:
    """Compare the scans of a file with those stored; the morning after the month belongs to it."""
    names = {row.id: row.name for row in frame.roster}
    known = _scans(work, frame.unit_id, frame.period)
    draft = _Draft(frame, frame.period.last + DAY)
    touches: defaultdict[tuple[int, date], dict[datetime, ScanPlan | None]] = defaultdict(dict)
    for record in reading.scans:
        device = record.device or ""
        employee_id = draft.whose(key_of(record.person, device), record.at.date())
        if employee_id is None:
            continue
        touch = device, record.person.pin or "", record.at
        scan_id, holder = known.get(touch, (None, None))
        same = scan_id is not None and holder == employee_id
        plan = None if same else ScanPlan(employee_id, *touch, scan_id, holder)
        touches[employee_id, record.at.date()][record.at] = plan
    for (employee_id, day), moments in sorted(touches.items()):
        fates: defaultdict[RowKind, list[datetime]] = defaultdict(list)
        for at, plan in sorted(moments.items()):
            fates[_fate(plan)].append(at)
        for kind, some in fates.items():
            after = " ".join(f"{at:%H.%M}" for at in some)
            draft.rows.append(PlanRow(kind, names[employee_id], day, after=after, lines=len(some)))
    scans = [plan for moments in touches.values() for plan in moments.values() if plan]
    return Plan(draft.finished(), scans=tuple(scans))


def meaning(record: AttendanceDay) -> Said:
    """Return what a day of a file says; times win over the code printed beside them."""
    if record.time_in or record.time_out:
        note = record.note if record.note != "-" else ""
        return Said(None, Workplace.OFFICE, record.time_in, record.time_out, note=note[:400])
    return CODES.get(record.code, Said())


def shown(said: Said) -> str:
    """Write an entry as the preview shows it: `07.31-16.16`, or the status."""
    if said.time_in or said.time_out:
        clocks = (said.time_in, said.time_out)
        return " - ".join(f"{clock:%H.%M}" if clock else "..." for clock in clocks)
    if said.leave:
        return f"{said.status} {said.leave}"
    if said.status is Status.PRESENT and said.workplace:
        return f"{said.status} {said.workplace}"
    return said.status.value if said.status else ""


def _fate(plan: ScanPlan | None) -> RowKind:
    if plan is None:
        return RowKind.SAME
    return RowKind.CHANGED if plan.before else RowKind.NEW


def _kind(before: Said, after: Said) -> RowKind:
    if not before:
        return RowKind.NEW
    return RowKind.SAME if before == after else RowKind.CHANGED


def _entries(
    work: Work, people: Mapping[int, PersonRow], period: Period
) -> dict[tuple[int, date], tuple[int, Said]]:
    query = select(DayEntry).where(
        DayEntry.source == Source.FILE,
        DayEntry.employee_id.in_(people),
        DayEntry.day.between(period.first, period.last),
    )
    return {
        (one.employee_id, one.day): (
            one.id,
            Said(one.status, one.workplace, one.time_in, one.time_out, one.leave, one.note),
        )
        for one in work.session.scalars(query)
    }


def _scans(
    work: Work, unit_id: int, period: Period
) -> dict[tuple[str, str, datetime], tuple[int, int | None]]:
    query = select(Scan.id, Scan.device, Scan.pin, Scan.day, Scan.at, Scan.employee_id).where(
        Scan.unit_id == unit_id, Scan.day.between(period.first, period.last + DAY)
    )
    return {
        (device, pin, datetime.combine(day, at)): (key, employee_id)
        for key, device, pin, day, at, employee_id in work.session.execute(query)
    }
