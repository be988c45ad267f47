"""Typing days in bulk, correcting single ones, and taking both back; all of it leaves a trace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from sqlalchemy import select

from wfh_desktop.domain.attendance import (
    Amendment,
    Known,
    Rule,
    Source,
    Status,
    Workplace,
    judge,
)
from wfh_desktop.domain.errors import Conflict, Invalid, Problem
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Correction, DayEntry, Employee
from wfh_desktop.services import closing, days_off, people
from wfh_desktop.services.attendance_store import Stored, stored
from wfh_desktop.services.people import PersonRow

ENTERED = (
    Status.PRESENT,
    Status.DUTY,
    Status.LEAVE,
    Status.SICK,
    Status.PERMIT,
    Status.ABSENT,
)
CORRECTED = (*ENTERED, Status.HOLIDAY)
PLANNED = frozenset({Status.DUTY, Status.LEAVE, Status.SICK, Status.PERMIT})


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed for a day; all empty: nothing, as if it had never been typed."""

    status: Status | None = None
    workplace: Workplace | None = None
    time_in: time | None = None
    time_out: time | None = None
    leave: LeaveKind | None = None
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.status or self.time_in or self.time_out)


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One cell of the day grid; *version* is that of the entry shown, 0 if there was none."""

    employee_id: int
    day: date
    said: Said
    version: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One entry before and after; *version* is the one it has now."""

    employee_id: int
    day: date
    before: Said
    after: Said
    version: int

    @property
    def reverse(self) -> EntryDraft:
        """The draft that takes this change back."""
        return EntryDraft(self.employee_id, self.day, self.before, self.version)


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    """A correction as typed; *replaces* is the one that held when the form was opened.

    Without a status the times are judged; with one it stands as it is.
    """

    reason: str
    status: Status | None = None
    workplace: Workplace | None = None
    time_in: time | None = None
    time_out: time | None = None
    leave: LeaveKind | None = None
    evidence: str = ""
    replaces: int | None = None


def enter(work: Work, unit_id: int, drafts: Sequence[EntryDraft]) -> tuple[Change, ...]:
    """Store what was typed into the day grid: all of it, or nothing; return what changed.

    Raises `Invalid` with every fault, `Conflict` if somebody changed an entry meanwhile.
    """
    work.actor.require(Right.RECORD)
    drafts = [replace(draft, said=_settled(draft.said)) for draft in drafts]
    found = {period: _place(work, unit_id, drafts, period) for period in _periods(drafts)}
    _check_entries(work, drafts, found)
    for period, (_, where) in found.items():
        closing.require_none(closing.closed(work, where.values(), period.first, period.last))
        days_off.ensure(work, period.year)
    ids, days = ({draft.employee_id for draft in drafts}, {draft.day for draft in drafts})
    entries = _entries(work, ids, days)
    changes = []
    for draft in drafts:
        _, where = found[Period.of(draft.day)]
        entry = entries.get((draft.employee_id, draft.day))
        change = _write(work, draft, entry, where[draft.employee_id, draft.day])
        if change:
            changes.append(change)
    return tuple(changes)


def undo(work: Work, unit_id: int, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Take typed days back as a new action; refused if somebody changed one of them since."""
    return enter(work, unit_id, [change.reverse for change in changes])


def correct(work: Work, unit_id: int, employee_id: int, day: date, draft: CorrectionDraft) -> int:
    """Let a correction stand beside the original of a day and win over it; return its number."""
    work.actor.require(Right.RECORD)
    wanted = EntryDraft(employee_id, day, Said())
    person, where, facts = _person(work, unit_id, wanted)
    closing.require_open(work, where, Period.of(day))
    _check_correction(work, person, facts, day, draft)
    _require_unchanged(work, employee_id, day, draft.replaces)
    record = work.add(
        Correction(
            unit_id=where,
            employee_id=employee_id,
            day=day,
            status=draft.status,
            workplace=draft.workplace,
            time_in=draft.time_in,
            time_out=draft.time_out,
            leave=draft.leave if draft.status is Status.LEAVE else None,
            reason=draft.reason.strip(),
            evidence=draft.evidence.strip(),
            actor=work.actor.name,
            at=work.now,
            withdrawn=False,
        )
    )
    work.log("day.corrected", record, day=day.isoformat(), reason=record.reason, **_said(record))
    return record.id


def withdraw(work: Work, key: int, version: int, reason: str = "") -> None:
    """Take a correction back; what held before it holds again."""
    work.actor.require(Right.RECORD)
    record = work.get(Correction, key, version)
    closing.require_open(work, record.unit_id, Period.of(record.day))
    if record.withdrawn:
        raise Invalid([Problem("correction", "already_withdrawn")])
    record.withdrawn = True
    work.log("day.correction_withdrawn", record, day=record.day.isoformat(), reason=reason.strip())


def restore(work: Work, key: int, version: int) -> None:
    """Let a withdrawn correction hold again."""
    work.actor.require(Right.RECORD)
    record = work.get(Correction, key, version)
    closing.require_open(work, record.unit_id, Period.of(record.day))
    record.withdrawn = False
    work.log("day.correction_restored", record, day=record.day.isoformat())


def manual_entries(
    work: Work, people_ids: Iterable[int], days: Iterable[date]
) -> dict[tuple[int, date], tuple[Said, int]]:
    """Return what was typed for these people on these days, with its version."""
    entries = _entries(work, people_ids, days)
    return {cell: (_value(entry), entry.version) for cell, entry in entries.items()}


Where = Mapping[tuple[int, date], int]


def _periods(drafts: Iterable[EntryDraft]) -> list[Period]:
    return sorted({Period.of(draft.day) for draft in drafts})


def _place(
    work: Work, unit_id: int, drafts: Sequence[EntryDraft], period: Period
) -> tuple[Stored, Where]:
    """Return what is stored about the people of a month, and in which unit each draft belongs."""
    wanted = {draft.employee_id for draft in drafts}
    roster = {row.id: row for row in people.roster(work, unit_id, period) if row.id in wanted}
    facts = stored(work, list(roster.values()), period)
    where: dict[tuple[int, date], int] = {}
    for draft in drafts:
        person = roster.get(draft.employee_id)
        place = person and draft.day in period and facts.unit_on(person, draft.day)
        if place:
            where[draft.employee_id, draft.day] = place
    return facts, where


def _person(work: Work, unit_id: int, wanted: EntryDraft) -> tuple[PersonRow, int, Stored]:
    period = Period.of(wanted.day)
    facts, where = _place(work, unit_id, [wanted], period)
    if (wanted.employee_id, wanted.day) not in where:
        raise Invalid([Problem("day", "not_in_service", (wanted.day,))])
    roster = people.roster(work, unit_id, period)
    person = next(row for row in roster if row.id == wanted.employee_id)
    return person, where[wanted.employee_id, wanted.day], facts


def _check_entries(
    work: Work, drafts: Sequence[EntryDraft], found: Mapping[Period, tuple[Stored, Where]]
) -> None:
    problems: list[Problem] = []
    for draft in drafts:
        facts, where = found[Period.of(draft.day)]
        place = where.get((draft.employee_id, draft.day))
        if place is None:
            problems.append(Problem("day", "not_in_service", (draft.day,)))
            continue
        today = facts.calendars[place].zone.local(work.now).date()
        problems += _faults(draft, today)
    if problems:
        raise Invalid(dict.fromkeys(problems))


def _faults(draft: EntryDraft, today: date) -> list[Problem]:
    said, faults = draft.said, []
    if said.status not in {None, *ENTERED}:
        faults.append(Problem("status", "not_enterable", (said.status,)))
    if said and draft.day > today and said.status not in PLANNED:
        faults.append(Problem("day", "in_future"))
    return faults


def _settled(said: Said) -> Said:
    """Bring what was typed into one shape: presence is at some place, leave alone has a kind."""
    if not said:
        return Said()
    at_work = said.status in {None, Status.PRESENT}
    return Said(
        said.status,
        (said.workplace or Workplace.OFFICE) if at_work else None,
        said.time_in if at_work else None,
        said.time_out if at_work else None,
        said.leave if said.status is Status.LEAVE else None,
        said.note.strip(),
    )


def _entries(
    work: Work, people_ids: Iterable[int], days: Iterable[date]
) -> dict[tuple[int, date], DayEntry]:
    query = select(DayEntry).where(
        DayEntry.source == Source.MANUAL,
        DayEntry.employee_id.in_(set(people_ids)),
        DayEntry.day.in_(set(days)),
    )
    return {(entry.employee_id, entry.day): entry for entry in work.session.scalars(query)}


def _write(work: Work, draft: EntryDraft, entry: DayEntry | None, unit_id: int) -> Change | None:
    if draft.version != (entry.version if entry else 0):
        text = f"DayEntry of {draft.employee_id} on {draft.day}"
        raise Conflict(text, table="day_entry", key=entry.id if entry else 0)
    before = _value(entry)
    if before == draft.said:
        return None
    if entry is None:
        entry = DayEntry(
            unit_id=unit_id, employee_id=draft.employee_id, day=draft.day, source=Source.MANUAL
        )
        work.session.add(entry)
    for name in ("status", "workplace", "time_in", "time_out", "leave", "note"):
        setattr(entry, name, getattr(draft.said, name))
    work.session.flush()
    work.log(
        "day.entered",
        entry,
        day=draft.day.isoformat(),
        before=_said(before),
        after=_said(draft.said),
    )
    return Change(draft.employee_id, draft.day, before, draft.said, entry.version)


def _value(entry: DayEntry | None) -> Said:
    if entry is None:
        return Said()
    return Said(
        entry.status, entry.workplace, entry.time_in, entry.time_out, entry.leave, entry.note
    )


def _said(one: Said | Correction) -> dict[str, Any]:
    """Write what was said for the audit log, leaving out what was not."""
    plain = {
        "status": one.status,
        "workplace": one.workplace,
        "in": one.time_in and f"{one.time_in:%H:%M}",
        "out": one.time_out and f"{one.time_out:%H:%M}",
        "leave": one.leave,
    }
    return {name: value for name, value in plain.items() if value}


def _check_correction(
    work: Work, person: PersonRow, facts: Stored, day: date, draft: CorrectionDraft
) -> None:
    calendar = facts.calendar_on(person, day)
    problems = []
    if not draft.reason.strip():
        problems.append(Problem("reason", "required"))
    if draft.status is None and not (draft.time_in or draft.time_out):
        problems.append(Problem("status", "required"))
    if draft.status not in {None, *CORRECTED}:
        problems.append(Problem("status", "not_enterable", (draft.status,)))
    if draft.status is Status.LEAVE and draft.leave is None:
        problems.append(Problem("leave", "required"))
    if day > calendar.zone.local(work.now).date():
        problems.append(Problem("day", "in_future"))
    amendment = Amendment("", "", draft.status, draft.time_in, draft.time_out)
    result = judge(day, calendar, Known(correction=amendment), calendar.zone.local(work.now))
    if result.status is Status.HOLIDAY and draft.status is not Status.HOLIDAY:
        problems.append(Problem("status", "day_is_off", (day,)))
    if result.question and result.question.rule is Rule.REVERSED:
        problems.append(Problem("time_out", "times_reversed"))
    if problems:
        raise Invalid(problems)


def _require_unchanged(work: Work, employee_id: int, day: date, shown: int | None) -> None:
    """Raise `Conflict` if another correction holds than the user saw."""
    work.hold(Employee, employee_id)  # of two who correct at once, one comes second
    held = work.session.scalar(
        select(Correction.id)
        .where(
            Correction.employee_id == employee_id,
            Correction.day == day,
            Correction.withdrawn.is_(False),
        )
        .order_by(Correction.id.desc())
        .limit(1)
    )
    if held != shown:
        text = f"Correction of {employee_id} on {day}"
        raise Conflict(text, table="correction", key=held or shown or 0)
