"""What single cells mean: texts, NIP, PIN, dates and times in every spelling seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple, cast

from wfh_desktop.readers.table import Cell

NOTHING = frozenset({"", "-", "--", "---", "\\n", "null", "none", "nan", "0", "#n/a", "n/a"})
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari february", "maret mar march",
            "april apr", "mei may", "juni jun june", "juli jul july",
            "agustus agu agt ags august aug", "september sep sept", "oktober okt october oct",
            "november nov nopember nop", "desember des december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f]")
_NIP_PREFIX = re.compile(r"^(?:nip|ni\s*pppk|nipppk|nrp)\b\s*[.:]*\s*|^nip(?=\d)", re.IGNORECASE)
_NIP_MARKS = re.compile(r"[\s.\-'\"`\u2018\u2019\u201c\u201d\u00b4]+")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_ONE_SOUND = r"[12]\d{7}[12]\d{3}(?:0[1-9]|1[0-2]|21)[12](?!000)\d{3}"
_SOUND = re.compile(rf"(?:{_ONE_SOUND}(?:\n(?!\Z)|\Z))+", re.ASCII)
_START_MONTHS = frozenset(f"{month:02}" for month in (*range(1, 13), 21))
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?:\s+0?0:00.*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}.*)?")
_IN_WORDS = re.compile(r"(\d{1,2})[\s-]+([A-Za-z]+)\.?[\s,-]+(\d{4})")
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets
_OLDEST_START, _YOUNGEST_START = 70, 14


def text(cell: Cell) -> str:
    """Return a cell as one line of text with single blanks."""
    if type(cell) is str:
        if cell.isascii() and cell.isprintable() and "  " not in cell:
            return cell.strip()
        return " ".join(_INVISIBLE.sub("", cell).split())
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def given(cell: Cell) -> str:
    """Return a cell as text, or nothing for the many ways to write nothing."""
    shown = text(cell)
    return "" if len(shown) < 6 and shown.lower() in NOTHING else shown


class Nip(NamedTuple):
    """A NIP as read: *digits* or None, and what is wrong with it (empty if nothing)."""

    digits: str | None
    damaged: bool = False
    fault: str = ""


NO_NIP = Nip(None)


def nip(cell: Cell) -> Nip:
    """Read a NIP in any spelling: blanks, apostrophes, quotes, `NIP.`, or a number cell.

    A number has 15 digits at most, so what came through a number cell (or ends in 000, which no
    serial number does) is damaged: its last three digits are given as 000.
    """
    if type(cell) is not str:
        return _number_nip(cell)
    if len(cell) == 18 and cell[-3:] != "000" and _possible(cell):
        return Nip(cell)
    digits = _digits(cell)
    if digits.strip("0") == "" or digits.lower() in NOTHING:
        return NO_NIP
    if _SCIENTIFIC.fullmatch(digits):
        return _number_nip(_float(digits))
    if not (digits.isdecimal() and digits.isascii()):
        return Nip(None, fault="nip_unclear")
    if len(digits) >= 16 and digits.endswith("000"):
        return Nip(digits, damaged=True, fault=_fault(digits[:-3] + "101"))
    return Nip(digits, fault=_fault(digits))


def all_sound(cells: Sequence[Cell]) -> bool:
    """Tell whether every cell is a NIP without any doubt, without looking at each of them."""
    if set(map(type, cells)) != {str}:
        return False
    texts = cast("Sequence[str]", cells)
    if not _SOUND.fullmatch("\n".join(texts)):
        return False
    return all(
        _OLDEST_START >= int(start) - _birth_year(born) >= _YOUNGEST_START
        for born, start in {(text[:8], text[8:12]) for text in texts}
    )


def _digits(cell: str) -> str:
    bare = _NIP_PREFIX.sub("", text(cell).strip("'\"` "))
    return bare if _SCIENTIFIC.fullmatch(bare) else _NIP_MARKS.sub("", bare)


def _float(digits: str) -> float:
    try:
        return float(Decimal(digits.replace(",", ".")))
    except (InvalidOperation, OverflowError, ValueError):
        return 0.0


def _number_nip(cell: Cell) -> Nip:
    if not isinstance(cell, int | float) or isinstance(cell, bool) or not 0 <= cell < 1e20:
        return Nip(None, fault="nip_unclear")
    if cell == 0:
        return NO_NIP
    digits = str(int(cell))
    if len(digits) < 16:
        return Nip(digits, fault="nip_length")
    return Nip(digits[:-3] + "000", damaged=True, fault=_fault(digits[:-3] + "101"))


def _fault(digits: str) -> str:
    if len(digits) != 18:
        return "nip_length"
    return "" if _possible(digits) else "nip_structure"


def _possible(digits: str) -> bool:
    """Tell whether 18 characters are birth date, start of service, sex and serial of a person."""
    born, started = _birth_year(digits[:8]), _start_year(digits[8:14])
    return (
        0 < born <= started - _YOUNGEST_START
        and started - _OLDEST_START <= born
        and digits[14] in "12"
        and digits[15:].isdecimal()
        and digits.isascii()
    )


@lru_cache(maxsize=65_536)
def _birth_year(digits: str) -> int:
    day = birth_day(digits) if digits.isdecimal() else None
    return day.year if day and 1900 <= day.year < 2100 else 0


@lru_cache(maxsize=4096)
def _start_year(digits: str) -> int:
    """Return the year that service began; the month of PPPK is 21."""
    return int(digits[:4]) if digits.isdecimal() and digits[4:] in _START_MONTHS else 0


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a date, or None if the calendar does not have it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def birth_day(digits: str | None) -> date | None:
    """Return the birth date that the first eight digits of a NIP state."""
    if digits is None or len(digits) < 8:
        return None
    return day_of(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def pin(cell: Cell) -> str | None:
    """Read the number a machine knows a person by; leading zeros of texts are kept."""
    shown = text(cell).strip("'\"` ")
    return shown or None


def clock(shown: str) -> time | None:
    """Read `07:31`, `7.31`, `07:31:20`; None if there is no such time. `00:00` is midnight here."""
    parts = _TIME.fullmatch(shown)
    if not parts:
        return None
    try:
        return time(int(parts[1]), int(parts[2]), int(parts[3] or 0))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Numbers:
    """A date of three numbers whose first two may be day and month or month and day."""

    first: int
    second: int
    year: int

    def day(self, day_first: bool) -> date | None:
        """Return the date in the order given, or None if there is none."""
        order = (self.second, self.first) if day_first else (self.first, self.second)
        return day_of(self.year, *order)


def written_date(cell: Cell) -> date | Numbers | None:
    """Read a date cell: sure of it, or three numbers whose order the column decides, or None.

    Numbers of a spreadsheet's own count of days are dates; two-digit years are of 1950 to 2049.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _EPOCH + timedelta(days=int(cell)) if 1 <= cell < 80_000 else None
    shown = text(cell).strip("'\"` ")
    if parts := _YEAR_FIRST.fullmatch(shown):
        return day_of(*(int(part) for part in parts.groups()))
    if parts := _DAY_FIRST.fullmatch(shown):
        return Numbers(int(parts[1]), int(parts[2]), _year(parts[3]))
    if (parts := _IN_WORDS.search(shown)) and parts[2].lower() in MONTHS:
        return day_of(int(parts[3]), MONTHS[parts[2].lower()], int(parts[1]))
    return None


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) == 4:
        return number
    return number + (2000 if number < 50 else 1900)
