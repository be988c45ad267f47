"""A date as people type it: 5/7/2022, 5-7-22, 05072022, 5 Juli 2022, or less than that."""

from __future__ import annotations

import re
from datetime import date

from wfh_desktop.domain.due import MONTH_ALIASES, MONTHS

PARTED = re.compile(r"(\d{1,2})(?:[\s/.,-]+(\d{1,2}|[a-z]{3,9})\.?(?:[\s/.,-]+(\d{4}|\d{2}))?)?")
RUN = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")


def read(text: str, near: date) -> date | None:
    """Return the date that was typed, or None; month and year may be left to those of *near*."""
    typed = " ".join(text.lower().replace("'", "").split())
    found = PARTED.fullmatch(typed) or RUN.fullmatch(typed)
    if found is None:
        return None
    day, year = found[1], found[3]
    month = _month(found[2]) if found[2] else near.month
    full = near.year if not year else int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(full, month, int(day))
    except ValueError:  # there is no such month, or no such day in it
        return None


def _month(text: str) -> int:
    """Return the number of a month; 0 if there is none of that name."""
    if text.isdecimal():
        return int(text)
    named = (number for number, name in enumerate(MONTHS, 1) if name.startswith(text))
    return next(named, MONTH_ALIASES.get(text, 0))
