"""Golongan, pangkat and jabatan levels: their tables, spellings and order."""

from __future__ import annotations

import re

from wfh_desktop.domain.nip import Nip
from wfh_desktop.domain.people import EmploymentStatus, Level

PANGKAT = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
PNS_GRADES = tuple(PANGKAT)
PPPK_GRADES = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII",
)  # fmt: skip
GRADES = {
    EmploymentStatus.PNS: PNS_GRADES,
    EmploymentStatus.CPNS: PNS_GRADES,
    EmploymentStatus.PPPK: PPPK_GRADES,
    EmploymentStatus.PPPK_PART_TIME: PPPK_GRADES,
    EmploymentStatus.NON_ASN: (),
}
_GROUPS = {  # PNS before PPPK, as printed lists have it
    EmploymentStatus.PNS: 0,
    EmploymentStatus.CPNS: 0,
    EmploymentStatus.PPPK: 1,
    EmploymentStatus.PPPK_PART_TIME: 2,
    EmploymentStatus.NON_ASN: 3,
}
_LEVELS = tuple(Level)
_ROMAN = ("I", "II", "III", "IV")
_PNS_SPELLING = re.compile(r"\b(IV|III|II|I)\s*[/.\- ]?\s*([A-E])\s*\)?$")
_PAYROLL_SPELLING = re.compile(r"([1-4])([1-5])")
_PPPK_SPELLING = re.compile(r"(?:GOLONGAN|GOL\.?)?\s*\(?\s*([IVX]+)\s*\)?")


def pangkat(grade: str) -> str:
    """Return the pangkat of a PNS golongan; a PPPK has none."""
    return PANGKAT.get(grade, "")


def printed(grade: str) -> str:
    """Return pangkat and golongan as papers show them: Penata Muda Tingkat I, III/b."""
    return f"{PANGKAT[grade]}, {grade}" if grade in PANGKAT else grade


def read_grade(text: str) -> str | None:
    """Read a golongan in any spelling seen in staff lists; None if it is not one.

    `III/B`, `Golongan IV/d`, `Penata Muda/III/a`, `Penata Tk. I III/d`, the payroll's `45`,
    and a PPPK's `IX`. A bare `IV` is the PPPK golongan: a PNS golongan always has its ruang.
    """
    spelling = " ".join(text.upper().split())
    if match := _PNS_SPELLING.search(spelling):
        return _known(f"{match[1]}/{match[2].lower()}", PNS_GRADES)
    if match := _PAYROLL_SPELLING.fullmatch(spelling):
        return _known(f"{_ROMAN[int(match[1]) - 1]}/{'abcde'[int(match[2]) - 1]}", PNS_GRADES)
    if match := _PPPK_SPELLING.fullmatch(spelling):
        return _known(match[1], PPPK_GRADES)
    return None


def _known(grade: str, grades: tuple[str, ...]) -> str | None:
    return grade if grade in grades else None


def order_of_rank(
    level: Level, status: EmploymentStatus, grade: str, nip: str | None, name: str
) -> tuple[object, ...]:
    """Return the sort key of a person in a list: jabatan, golongan, seniority, age, name.

    Lists of the field are never alphabetical. Seniority is the start in the NIP.
    """
    grades = GRADES[status]
    height = grades.index(grade) if grade in grades else -1
    number = Nip(nip) if nip else None
    return (
        _LEVELS.index(level),
        _GROUPS[status],
        -height,
        number.start if number else (9999, 99),
        number.born.toordinal() if number else 0,
        name.casefold(),
    )
