"""Working days and work hours: dated schedules, holidays and time zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Self

from wfh_desktop.domain.periods import Period

LEAD = timedelta(hours=4)
DAY = timedelta(days=1)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


class Zone(StrEnum):
    """The three times of Indonesia; the value is what people write after a time."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"

    @property
    def offset(self) -> timezone:
        """The distance from UTC; Indonesia has no summer time."""
        return timezone(timedelta(hours={Zone.WIB: 7, Zone.WITA: 8, Zone.WIT: 9}[self]))

    def local(self, moment: datetime) -> datetime:
        """Return the wall time of an aware *moment*, without a zone, as clocks there show it."""
        return moment.astimezone(self.offset).replace(tzinfo=None)


class HolidayKind(StrEnum):
    """Why a day is off."""

    NATIONAL = "libur nasional"
    CUTI_BERSAMA = "cuti bersama"
    LOCAL = "libur daerah"


@dataclass(frozen=True, slots=True)
class DayHours:
    """The work hours of one day; hours that end at or before their start end the next day."""

    starts: time
    ends: time
    rest_minutes: int = 0

    @property
    def overnight(self) -> bool:
        """Whether the work day ends after midnight."""
        return self.ends <= self.starts

    @property
    def minutes(self) -> int:
        """Minutes of work, without the rest."""
        first, last = self.span(date.min)
        return int((last - first).total_seconds()) // 60 - self.rest_minutes

    def span(self, day: date) -> tuple[datetime, datetime]:
        """Return when work starts and ends if the work day is *day*."""
        last = day + DAY if self.overnight else day
        return datetime.combine(day, self.starts), datetime.combine(last, self.ends)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Work hours by day of the week (0 is Monday) during a time; missing days are off."""

    name: str
    hours: Mapping[int, DayHours]
    valid_from: date
    valid_to: date | None = None
    legal_basis: str = ""
    repeat_seconds: int = 60  # a scan this soon after another is the same touch
    row: str = ""

    def holds(self, day: date) -> bool:
        """Whether the schedule is in force on *day*."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off, or with *cancelled* the statement that an inherited one is none here."""

    day: date
    name: str
    kind: HolidayKind
    source: str = ""
    cancelled: bool = False
    row: str = ""


@dataclass(frozen=True)
class Calendar:
    """When a unit works: the first schedule that holds on a day gives its hours."""

    schedules: tuple[Schedule, ...] = ()
    holidays: Mapping[date, Holiday] = field(default_factory=dict)
    zone: Zone = Zone.WIB
    _hours: dict[date, DayHours | None] = field(default_factory=dict, compare=False, repr=False)
    _opens: dict[date, datetime] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def layered(
        cls,
        schedules: Iterable[Sequence[Schedule]],
        holidays: Iterable[Sequence[Holiday]],
        zone: Zone = Zone.WIB,
    ) -> Self:
        """Combine what the unit, its parents and the nation say, the nearest first.

        The nearest unit that has a schedule for a day decides; among its schedules the one that
        starts later does, so that Ramadan or event hours cover the usual ones and end by
        themselves. A day is off if the nearest layer that speaks of it says so.
        """
        ordered = [s for layer in schedules for s in sorted(layer, key=_precedence, reverse=True)]
        days: dict[date, Holiday] = {}
        for layer in holidays:
            spoken: dict[date, Holiday] = {}
            for holiday in layer:
                known = spoken.get(holiday.day)
                if known is None or known.cancelled:
                    spoken[holiday.day] = holiday
            days = spoken | days
        active = {day: holiday for day, holiday in days.items() if not holiday.cancelled}
        return cls(tuple(ordered), active, zone)

    def schedule(self, day: date) -> Schedule | None:
        """Return the schedule in force on *day*, or None if nobody has entered one."""
        return next((one for one in self.schedules if one.holds(day)), None)

    def hours(self, day: date) -> DayHours | None:
        """Return the work hours of *day*, or None on a day off (or without a schedule)."""
        if day not in self._hours:  # asked once for everybody in the unit
            schedule = None if day in self.holidays else self.schedule(day)
            self._hours[day] = schedule.hours.get(day.weekday()) if schedule else None
        return self._hours[day]

    def holiday(self, day: date) -> str | None:
        """Return the name of the holiday that *day* is, if it is one."""
        holiday = self.holidays.get(day)
        return holiday.name if holiday else None

    def working_days(self, period: Period) -> tuple[date, ...]:
        """Return the days of *period* on which the unit works."""
        return tuple(day for day in period.days if self.hours(day))

    def opens(self, day: date) -> datetime:
        """Return the moment from which a scan belongs to *day* rather than to the day before.

        Four hours before work starts, or later if the work day before ends later than that;
        then in the middle between the two. Days off begin at 04.00.
        """
        if day not in self._opens:
            self._opens[day] = self._first_moment(day)
        return self._opens[day]

    def _first_moment(self, day: date) -> datetime:
        hours, before = self.hours(day), self.hours(day - DAY)
        left = before.span(day - DAY)[1] if before else None
        if hours is None:
            dawn = datetime.combine(day, time()) + LEAD
            return max(dawn, left + LEAD) if left else dawn
        start = hours.span(day)[0]
        return max(start - LEAD, left + (start - left) / 2) if left else start - LEAD

    def window(self, day: date) -> tuple[datetime, datetime]:
        """Return from when until (exclusively) when scans belong to the work day *day*."""
        return self.opens(day), self.opens(day + DAY)


def _precedence(schedule: Schedule) -> tuple[date, bool]:
    return schedule.valid_from, schedule.valid_to is not None


@dataclass(frozen=True, slots=True)
class Preset:
    """Ready-made work hours that a unit can take over, with their legal source."""

    key: str
    name: str
    hours: Mapping[int, DayHours]
    legal_basis: str


def _hours(starts: str, ends: str, rest: int = 0) -> DayHours:
    return DayHours(time.fromisoformat(starts), time.fromisoformat(ends), rest)


def _week(
    usual: DayHours, friday: DayHours, saturday: DayHours | None = None
) -> dict[int, DayHours]:
    week = dict.fromkeys(range(4), usual) | {4: friday}
    return week | {5: saturday} if saturday else week


_PERPRES = "Perpres 21/2023"
_MANADO = "Praktik Pemerintah Kota Manado"
PRESETS = (
    Preset(
        "five_days",
        "5 hari kerja (37 jam 30 menit)",
        _week(_hours("07:30", "16:00", 60), _hours("07:30", "16:30", 90)),
        _PERPRES,
    ),
    Preset(
        "ramadan",
        "Ramadan, 5 hari kerja (32 jam 30 menit)",
        _week(_hours("08:00", "15:00", 30), _hours("08:00", "15:30", 60)),
        _PERPRES,
    ),
    Preset(
        "six_days",
        "6 hari kerja (37 jam 30 menit)",
        _week(_hours("07:30", "14:30"), _hours("07:30", "11:30"), _hours("07:30", "13:00")),
        "Perwali Samarinda 31/2022",
    ),
    Preset(
        "six_days_ramadan",
        "Ramadan, 6 hari kerja (32 jam 30 menit)",
        _week(_hours("08:00", "14:00"), _hours("08:00", "11:30"), _hours("08:00", "13:00")),
        _PERPRES,
    ),
    Preset(
        "manado_2022_01",
        "Manado Januari 2022 (08.00-16.30, Jumat 14.00)",
        _week(_hours("08:00", "16:30"), _hours("08:00", "14:00")),
        _MANADO,
    ),
    Preset(
        "manado_2022_02",
        "Manado Februari 2022 (08.00-16.45, Jumat 07.00-11.45)",
        _week(_hours("08:00", "16:45"), _hours("07:00", "11:45")),
        _MANADO,
    ),
    Preset(
        "manado_office",
        "Manado Juni 2022-Maret 2023, kantor (07.45-17.00, Jumat 07.30-15.30)",
        _week(_hours("07:45", "17:00"), _hours("07:30", "15:30")),
        _MANADO,
    ),
    Preset(
        "manado_service",
        "Manado Juni 2022-Maret 2023, dinas (07.45-16.00, Jumat 07.30-14.30)",
        _week(_hours("07:45", "16:00"), _hours("07:30", "14:30")),
        _MANADO,
    ),
    Preset(
        "manado_ramadan_2023",
        "Manado Ramadan 2023 (08.00-15.30, Jumat 07.00-11.30)",
        _week(_hours("08:00", "15:30"), _hours("07:00", "11:30")),
        _MANADO,
    ),
    Preset(
        "manado_2023_04",
        "Manado sejak 26 April 2023 (07.30-17.15, Jumat 16.30)",
        _week(_hours("07:30", "17:15"), _hours("07:30", "16:30")),
        _MANADO,
    ),
)
