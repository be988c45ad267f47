"""Play the comings and goings of the demo unit: what the machine scanned and what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from wfh_desktop.domain.attendance import Status, Workplace
from wfh_desktop.domain.calendar import DayHours
from wfh_desktop.domain.periods import Period
from wfh_desktop.services import attendance_entry, attendance_import, calendar
from wfh_desktop.services.attendance_entry import CorrectionDraft, EntryDraft, Said
from wfh_desktop.services.demo.story import Stage

EXCUSED = {"duty": Status.DUTY, "sick": Status.SICK, "permit": Status.PERMIT}
Cell = tuple[str, date]


@dataclass
class _Month:
    """What the story says of single days of a month, by person and day."""

    late: dict[Cell, int] = field(default_factory=dict)
    early: dict[Cell, int] = field(default_factory=dict)
    no_in: set[Cell] = field(default_factory=set)
    no_out: set[Cell] = field(default_factory=set)
    absent: set[Cell] = field(default_factory=set)
    excused: dict[Cell, Said] = field(default_factory=dict)
    lone: dict[Cell, time] = field(default_factory=dict)
    swapped: set[Cell] = field(default_factory=set)


def away(stage: Stage, period: Period, who: str) -> set[date]:
    """Return the days of *period* on which somebody was neither in the office nor at home."""
    told = _told(stage, period)
    days = {day for person, day in (*told.excused, *told.absent) if person == who}
    return days | {day for first, last in stage.leaves.get(who, ()) for day in _days(first, last)}


def read_machine(stage: Stage, period: Period, folder: Path) -> Path:
    """Fetch the machine's log into *folder* and take it over; return the file."""
    file = folder / str(period) / f"{stage.story.attendance['device']}_attlog.dat"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(scan_log(stage, period))
    work = stage.at(min(period.shifted(1).first, stage.today), time(9))
    upload = attendance_import.load(file, period)
    attendance_import.apply(work, stage.unit_id, period, upload)
    return file


def scan_log(stage: Stage, period: Period) -> bytes:
    """Return what the machine recorded in *period*, as its `attlog.dat`."""
    told = _told(stage, period)
    lines = []
    for number, who in enumerate(stage.story.people, start=1):
        for index, day, hours in _present(stage, period, who):
            if (who, day) in told.swapped or _elsewhere(stage, who, day) is Workplace.HOME:
                continue
            lines += [(at, number) for at in _scans(told, (who, day), hours, index, number)]
    text = "".join(
        f"{number:>9}\t{at:%Y-%m-%d %H:%M:%S}\t1\t0\t1\t0\r\n" for at, number in sorted(lines)
    )
    return text.encode("ascii")


def type_in(stage: Stage, period: Period) -> None:
    """Type what no machine knows: work from home, duty roster, dinas luar, sickness."""
    told = _told(stage, period)
    typed = {cell: said for cell, said in told.excused.items() if cell[1] < stage.today}
    for number, who in enumerate(stage.story.people, start=1):
        for index, day, hours in _present(stage, period, who):
            cell, place = (who, day), _elsewhere(stage, who, day)
            came, left = map(_minute, _times(told, cell, hours, index, number))
            if cell in told.swapped:
                typed[cell] = Said(workplace=Workplace.HOME, time_in=left, time_out=came)
            elif place is Workplace.HOME:
                typed[cell] = Said(workplace=place, time_in=came, time_out=left)
            elif place:
                typed[cell] = Said(Status.PRESENT, place)
    drafts = [EntryDraft(stage.people[who], day, said) for (who, day), said in typed.items()]
    day = min(period.last, stage.today)
    attendance_entry.enter(stage.at(day, time(17)), stage.unit_id, drafts)


def correct(stage: Stage) -> None:
    """Correct the days of the story, with reason and evidence beside the original."""
    for told in stage.story.attendance["corrections"]:
        period = stage.month(told["month"])
        if day := stage.day(period, told["day"]):
            draft = CorrectionDraft(
                told["reason"],
                time_in=told["time_in"],
                time_out=told["time_out"],
                evidence=told["evidence"],
            )
            work = stage.at(stage.after(day), time(10))
            attendance_entry.correct(work, stage.unit_id, stage.people[told["who"]], day, draft)


def _told(stage: Stage, period: Period) -> _Month:
    name = "closed" if period == stage.closed else "open"
    told, month = stage.story.attendance[name], _Month()
    for kind, target in (("late", month.late), ("early", month.early)):
        target.update({cell: one["minutes"] for cell, one in _cells(stage, period, told, kind)})
    for kind in ("no_in", "no_out", "absent", "swapped"):
        getattr(month, kind).update(cell for cell, _ in _cells(stage, period, told, kind))
    for kind, status in EXCUSED.items():
        for cell, one in _cells(stage, period, told, kind):
            month.excused[cell] = Said(status, note=_note(one))
    for cell, one in _cells(stage, period, told, "lone_scan"):
        month.lone[cell] = one["time"]
    return month


def _cells(
    stage: Stage, period: Period, told: Mapping[str, Any], kind: str
) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
    for one in told.get(kind, ()):
        for number in one.get("days", [one.get("day")]):
            if day := stage.day(period, number):
                yield (one["who"], day), one


def _note(one: Mapping[str, Any]) -> str:
    return "; ".join(filter(None, (one["note"], one.get("document"))))


def _present(stage: Stage, period: Period, who: str) -> Iterator[tuple[int, date, DayHours]]:
    """Yield number, day and hours of the days over on which somebody worked in *period*."""
    known = calendar.calendar(stage.work, stage.unit_id, period)
    missing = away(stage, period, who)
    for index, day in enumerate(stage.over(period)):
        hours = known.hours(day)
        if hours and day not in missing and stage.story.people[who]["since"] <= day:
            yield index, day, hours


def _elsewhere(stage: Stage, who: str, day: date) -> Workplace | None:
    weekday = str(day.weekday())
    if who in stage.story.attendance["home"].get(weekday, ()):
        return Workplace.HOME
    on_duty = who in stage.story.attendance["roster"].get(weekday, ())
    return Workplace.DUTY_ROSTER if on_duty else None


def _usual(hours: DayHours, day: date, index: int, number: int) -> tuple[datetime, datetime]:
    """Return a little before work begins and a little after it ends, different every day."""
    begins, ends = hours.span(day)
    before = timedelta(minutes=3 + (index * 7 + number * 5) % 25, seconds=number * 29 % 60)
    after = timedelta(minutes=1 + (index * 3 + number * 11) % 30, seconds=index * 13 % 60)
    return begins - before, ends + after


def _scans(told: _Month, cell: Cell, hours: DayHours, index: int, number: int) -> list[datetime]:
    if lone := told.lone.get(cell):
        return [datetime.combine(cell[1], lone)]
    return [at for at in _times(told, cell, hours, index, number) if at]


def _times(
    told: _Month, cell: Cell, hours: DayHours, index: int, number: int
) -> tuple[datetime | None, datetime | None]:
    """Return arrival and departure as the story tells them, or as usual where it is silent."""
    came, left = _usual(hours, cell[1], index, number)
    begins, ends = hours.span(cell[1])
    if cell in told.late:
        came = begins + timedelta(minutes=told.late[cell])
    if cell in told.early:
        left = ends - timedelta(minutes=told.early[cell])
    return None if cell in told.no_in else came, None if cell in told.no_out else left


def _minute(moment: datetime | None) -> time | None:
    return moment.time().replace(second=0) if moment else None


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
