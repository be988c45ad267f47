"""NIP and NI PPPK: what the 18 digits say, and what a spreadsheet does to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wfh_desktop.domain.errors import Invalid, Problem

LENGTH = 18
EXACT_DIGITS = 15  # what a spreadsheet keeps of a number
FIRST_CONTRACT = 21  # digits 13 and 14 of an NI PPPK count contracts from here
AGES_AT_START = (16, 60)

_NOISE = re.compile(
    r"[\s\u00a0'\"`\u2018\u2019.\-/\u200b-\u200f\ufeff]+|NIP|NI\s?PPPK", re.IGNORECASE
)
_SCIENTIFIC = re.compile(r"\s*'?(\d)[.,](\d+)E\+?1[78]\s*", re.IGNORECASE)


class Sex(StrEnum):
    """What digit 15 says."""

    MALE = "laki-laki"
    FEMALE = "perempuan"


@dataclass(frozen=True, order=True)
class Nip:
    """A number whose structure is right (Perka BKN 22/2007; NI PPPK as BKN issues them)."""

    digits: str

    @property
    def born(self) -> date:
        """The birth date in digits 1 to 8."""
        return _birth(self.digits)

    @property
    def is_pppk(self) -> bool:
        """Whether digits 13 and 14 count a contract, where a PNS has the month of the TMT CPNS."""
        return int(self.digits[12:14]) >= FIRST_CONTRACT

    @property
    def start(self) -> tuple[int, int]:
        """Year and month of the TMT CPNS; for a PPPK year and number of the contract."""
        return int(self.digits[8:12]), int(self.digits[12:14])

    @property
    def sex(self) -> Sex:
        """The sex in digit 15."""
        return Sex.MALE if self.digits[14] == "1" else Sex.FEMALE

    @property
    def serial(self) -> int:
        """The serial number in digits 16 to 18."""
        return int(self.digits[15:])

    def __str__(self) -> str:
        """Print as 19860926 201505 1 001."""
        d = self.digits
        return f"{d[:8]} {d[8:14]} {d[14]} {d[15:]}"


def read(text: str) -> Nip:
    """Read a NIP in any spelling seen in staff lists.

    Raises `Invalid` with every rule the number breaks; `nip_damaged` alone if a spreadsheet
    rounded it, because then its digits prove nothing.
    """
    if is_damaged(text):
        raise Invalid([Problem("nip", "nip_damaged", (text.strip(),))])
    digits = clean(text)
    if problems := tuple(_problems(digits)):
        raise Invalid(problems)
    return Nip(digits)


def warnings(nip: Nip) -> tuple[Problem, ...]:
    """Return what is unlikely, though not wrong: an age at the start outside 16 to 60 years."""
    year, month = nip.start
    age = year - nip.born.year - (not nip.is_pppk and month < nip.born.month)
    youngest, oldest = AGES_AT_START
    if youngest <= age <= oldest:
        return ()
    return (Problem("nip", "nip_age", (age, youngest, oldest)),)


def clean(text: str) -> str:
    """Return *text* without the blanks, quotes, dots and words that surround or part the digits."""
    return _NOISE.sub("", text)


def is_damaged(text: str) -> bool:
    """Tell whether a spreadsheet turned the number into one of 15 exact digits.

    Seen as `1.98609262015051E+17`, and as 16 or more digits that end in 000.
    """
    if _SCIENTIFIC.fullmatch(text):
        return True
    digits = clean(text)
    return digits.isdecimal() and len(digits) > EXACT_DIGITS and digits.endswith("000")


def stem(text: str) -> str:
    """Return the leading digits of a damaged number that can be trusted, at most 15."""
    if match := _SCIENTIFIC.fullmatch(text):
        return (match[1] + match[2])[: EXACT_DIGITS - 1]  # the last one may be rounded up
    return clean(text)[:EXACT_DIGITS]


def printed(digits: str | None) -> str:
    """Return a stored NIP as papers show it, or an empty text."""
    return str(Nip(digits)) if digits and len(digits) == LENGTH else digits or ""


def _problems(digits: str) -> Iterator[Problem]:
    if not (digits.isascii() and digits.isdecimal()) or len(digits) != LENGTH:
        yield Problem("nip", "nip_length", (len(digits),))
        return
    born = _birth_or_none(digits)
    if born is None:
        yield Problem("nip", "nip_birth", (digits[:8],))
    year, month = int(digits[8:12]), int(digits[12:14])
    plausible = 1 <= month <= 12 or month >= FIRST_CONTRACT
    if not plausible or (born and year <= born.year):
        yield Problem("nip", "nip_start", (digits[8:14],))
    if digits[14] not in "12":
        yield Problem("nip", "nip_sex", (digits[14],))


def _birth(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def _birth_or_none(digits: str) -> date | None:
    try:
        born = _birth(digits)
    except ValueError:
        return None
    return born if born.year >= 1900 else None
