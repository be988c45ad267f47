"""Golongan in every spelling: `III/b` for PNS, a Roman numeral for PPPK."""

from __future__ import annotations

import re
from functools import lru_cache

from wfh_desktop.readers import values
from wfh_desktop.readers.table import Cell

ROMAN = (
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
    "XV", "XVI", "XVII",
)  # fmt: skip
# PP 99/2000, annex: the rank that belongs to each grade
RANKS = {
    "juru muda": "I/a", "juru muda tingkat i": "I/b", "juru": "I/c", "juru tingkat i": "I/d",
    "pengatur muda": "II/a", "pengatur muda tingkat i": "II/b", "pengatur": "II/c",
    "pengatur tingkat i": "II/d", "penata muda": "III/a", "penata muda tingkat i": "III/b",
    "penata": "III/c", "penata tingkat i": "III/d", "pembina": "IV/a",
    "pembina tingkat i": "IV/b", "pembina utama muda": "IV/c", "pembina utama madya": "IV/d",
    "pembina utama": "IV/e",
}  # fmt: skip

_ROOMS = "abcde"
_SPELLED = re.compile(
    r"(?<![A-Z0-9])(IV|I{1,3}|[1-4])[\s/.,()\\-]*([A-E])(?![A-Z0-9])", re.IGNORECASE
)
_CODE = re.compile(r"([1-4])([1-5])")
_WORD = re.compile(r"^gol(?:ongan|\.)?\W*(?:ruang\W*)?", re.IGNORECASE)
_FIRST_STEP = re.compile(r"\b(?:tingkat|tkt|tk)\b[\s.]*[i1]\b", re.IGNORECASE)
_MARKS = re.compile(r"[^\w ]+")


@lru_cache(maxsize=8192)
def grade(cell: Cell, contract: bool = False) -> str | None:
    """Return the grade; empty if the cell gives none, None if it cannot be understood.

    *contract* tells that the person is PPPK: then a number up to 17 counts their grades, where
    for others 32 is III/b (the payroll's code). A Roman numeral alone stays as it is.
    """
    shown = values.given(cell)
    if not shown:
        return ""
    bare = _WORD.sub("", shown).upper()
    if bare.isdecimal() and bare.isascii():
        return _by_number(bare, contract)
    if spelled := list(_SPELLED.finditer(shown)):
        level, room = spelled[-1].groups()  # the last: in `Penata Tk. I III/d` a rank stands first
        level = ROMAN[int(level)] if level.isdecimal() else level.upper()
        return None if room in "eE" and level != "IV" else f"{level}/{room.lower()}"
    return bare if bare in ROMAN else by_rank(shown)


def depends_on_status(cell: Cell) -> bool:
    """Tell whether a grade means one thing for PPPK and another, or nothing, for PNS."""
    shown = values.given(cell)
    return "/" not in (grade(cell) or "/") or _WORD.sub("", shown).isdecimal()


def _by_number(digits: str, contract: bool) -> str | None:
    number = int(digits[:4])
    if parts := _CODE.fullmatch(digits):
        level, room = int(parts[1]), int(parts[2])
        if not (contract and number < len(ROMAN)) and (room < 5 or level == 4):
            return f"{ROMAN[level]}/{_ROOMS[room - 1]}"
    return ROMAN[number] if 0 < number < len(ROMAN) else None


def by_rank(shown: str) -> str | None:
    """Return the grade that belongs to a rank (`Penata Muda Tk. I`), or None."""
    plain = _MARKS.sub(" ", _FIRST_STEP.sub("tingkat i", shown)).lower()
    return RANKS.get(" ".join(plain.split()))
