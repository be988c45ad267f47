"""The period that the title of a report states, and the days its columns stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wfh_desktop.domain.periods import Period
from wfh_desktop.readers.values import MONTHS, day_of

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "sn sen senin mon", "sl sel selasa tue", "rb rab rabu wed", "km kam kamis thu",
            "jm jum jumat jum'at fri", "sb sab sabtu sat", "mg min ming minggu ahad ahd sun",
        )
    )
    for name in names.split()
}  # fmt: skip

_UNTIL = r"\s*(?:s\s*[./]?\s*d\.?|sampai(?:\s+dengan)?|hingga|to|[-\u2013\u2014~])\s*"
_DAY = r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})"
_ISO = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_WORDS = r"\b(\d{1,2})(?:\s+([A-Za-z]+))?(?:\s+(\d{4}))?"
_NUMBERS = re.compile(_DAY + _UNTIL + _DAY, re.IGNORECASE)
_ISO_NUMBERS = re.compile(_ISO + _UNTIL + _ISO, re.IGNORECASE)
_IN_WORDS = re.compile(_WORDS + _UNTIL + r"(\d{1,2})\s+([A-Za-z]+)\s+(\d{4})", re.IGNORECASE)
_TITLE = r"(?:periode|bulan)\W{0,4}(?:bulan\W{0,4})?"
_MONTH = re.compile(_TITLE + r"([A-Za-z]+)\W{1,3}(\d{4})", re.IGNORECASE)
_MONTH_NUMBER = re.compile(_TITLE + r"(\d{1,2})\s*[-/]\s*(\d{4})\s*$", re.IGNORECASE)
_LONGEST = 62


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of a report."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        """Every day, first to last."""
        return tuple(
            self.first + timedelta(days=offset)
            for offset in range((self.last - self.first).days + 1)
        )


def stated(titles: Iterable[str]) -> list[Span]:
    """Return the readings of the first period stated: two where day and month could be swapped."""
    for title in titles:
        if found := [span for span in _readings(title) if span is not None]:
            return list(dict.fromkeys(found))
    return []


def _readings(title: str) -> Iterator[Span | None]:
    if parts := _NUMBERS.search(title):
        one, two, year, three, four, until = (int(part) for part in parts.groups())
        yield _span(day_of(year, two, one), day_of(until, four, three))
        yield _span(day_of(year, one, two), day_of(until, three, four))
    elif parts := _ISO_NUMBERS.search(title):
        numbers = [int(part) for part in parts.groups()]
        yield _span(day_of(*numbers[:3]), day_of(*numbers[3:]))
    elif parts := _IN_WORDS.search(title):
        yield _worded(parts)
    elif (parts := _MONTH.search(title)) and parts[1].lower() in MONTHS:
        yield _month(int(parts[2]), MONTHS[parts[1].lower()])
    elif parts := _MONTH_NUMBER.search(title):
        yield _month(int(parts[2]), int(parts[1]))


def _month(year: int, month: int) -> Span | None:
    if not (1900 < year < 2200 and 1 <= month <= 12):
        return None
    return Span(Period(year, month).first, Period(year, month).last)


def _worded(parts: re.Match[str]) -> Span | None:
    day, month, year, till, until, end = parts.groups()
    month = month or until  # `1 s.d. 31 Juli 2022`
    if month.lower() not in MONTHS or until.lower() not in MONTHS:
        return None
    first = day_of(int(year or end), MONTHS[month.lower()], int(day))
    return _span(first, day_of(int(end), MONTHS[until.lower()], int(till)))


def _span(first: date | None, last: date | None) -> Span | None:
    if first is None or last is None or not 0 <= (last - first).days <= _LONGEST:
        return None
    return Span(first, last)


@dataclass(frozen=True, slots=True)
class DayColumn:
    """A column headed by a day of the month and, mostly, its weekday (0 is Monday)."""

    column: int
    day: int
    weekday: int | None


def assigned(columns: Sequence[DayColumn], span: Span) -> dict[int, date]:
    """Give each column its date within *span*; columns outside it get none."""
    dates: dict[int, date] = {}
    rest = list(span.days)
    for column in columns:
        day = next((day for day in rest if day.day == column.day), None)
        if day is not None:
            dates[column.column] = day
            rest.remove(day)
    return dates


def agreeing(columns: Sequence[DayColumn], dates: dict[int, date]) -> tuple[int, int]:
    """Count the dated columns that name a weekday: those whose weekday is right, and all."""
    named = [one for one in columns if one.weekday is not None and one.column in dates]
    right = sum(dates[one.column].weekday() == one.weekday for one in named)
    return right, len(named)
