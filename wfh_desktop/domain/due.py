"""Due dates as people say them: "Jumat", "3 hari", "akhir bulan", "30 September"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from wfh_desktop.domain.periods import Period

NEAR = {"hari ini": 0, "besok": 1, "esok": 1, "lusa": 2}
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
MONTH_ALIASES = {"agt": 8, "ags": 8, "peb": 2, "pebruari": 2, "nop": 11, "nopember": 11}

IN_DAYS = re.compile(r"(\d{1,3}) ?(hari|minggu|pekan)(?: lagi)?")
NAMED = re.compile(r"(\d{1,2}) ([a-z]{3,9})(?: (\d{4}))?")
NUMBERED = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?")


def parse(text: str, today: date) -> date | None:
    """Return the day that *text* means on *today*, or None if it means none.

    A weekday is the next one after today, with "depan" the one of next week; a day without a
    year is the next such day.
    """
    words = " ".join(text.lower().replace(",", " ").replace("'", "").split())
    words = words.removeprefix("hari ") if words[5:] in WEEKDAYS else words
    if words in NEAR:
        return today + timedelta(days=NEAR[words])
    if words == "akhir bulan":
        return Period.of(today).last
    if words in {"akhir minggu", "akhir pekan"}:
        return today + timedelta(days=(4 - today.weekday()) % 7)
    for read in (_weekday, _in_days, _named, _numbered):
        found = read(words, today)
        if found is not None:
            return found
    return None


def _weekday(words: str, today: date) -> date | None:
    name, _, which = words.partition(" ")
    if name not in WEEKDAYS or which not in {"", "depan", "ini"}:
        return None
    number = WEEKDAYS.index(name)
    if which == "depan":
        return today + timedelta(days=7 - today.weekday() + number)
    ahead = (number - today.weekday()) % 7
    return today + timedelta(days=ahead or (0 if which == "ini" else 7))


def _in_days(words: str, today: date) -> date | None:
    found = IN_DAYS.fullmatch(words)
    if not found:
        return None
    days = int(found[1]) * (1 if found[2] == "hari" else 7)
    return today + timedelta(days=days)


def _named(words: str, today: date) -> date | None:
    found = NAMED.fullmatch(words)
    if not found:
        return None
    names = [number for number, name in enumerate(MONTHS, 1) if name.startswith(found[2])]
    month = names[0] if names else MONTH_ALIASES.get(found[2])
    return _day(found[1], month, found[3], today) if month else None


def _numbered(words: str, today: date) -> date | None:
    found = NUMBERED.fullmatch(words)
    return _day(found[1], int(found[2]), found[3], today) if found else None


def _day(day: str, month: int, year: str | None, today: date) -> date | None:
    """Return the date, or the next such date where no year is given; None if there is none."""
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
    this = _date(today.year, month, int(day))
    if this is None or this >= today:
        return this
    return _date(today.year + 1, month, int(day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
