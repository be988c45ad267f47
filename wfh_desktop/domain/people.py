"""Who the civil servants are, how they rank, and who acts in the program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Flag, StrEnum, auto

from wfh_desktop.domain.errors import NotAllowed


class EmploymentStatus(StrEnum):
    """The legal status of an employee (UU 20/2023; PPPK paruh waktu since 2025)."""

    PNS = "PNS"
    CPNS = "CPNS"
    PPPK = "PPPK"
    PPPK_PART_TIME = "PPPK Paruh Waktu"
    NON_ASN = "Non-ASN"


class Level(StrEnum):
    """Jabatan level, highest first; the values are the field's own names."""

    JPT_UTAMA = "JPT Utama"
    JPT_MADYA = "JPT Madya"
    JPT_PRATAMA = "JPT Pratama"
    ADMINISTRATOR = "Administrator"
    PENGAWAS = "Pengawas"
    FUNGSIONAL = "Fungsional"
    PELAKSANA = "Pelaksana"


class Capacity(StrEnum):
    """In which capacity a position is held or a paper signed."""

    DEFINITIVE = auto()
    PLT = auto()  # pelaksana tugas: the post is vacant
    PLH = auto()  # pelaksana harian: the holder is away
    ON_BEHALF = auto()  # a.n.: signs for the superior


class Right(Flag):
    """Permissions. A role is a combination of them."""

    READ = auto()
    RECORD = auto()  # people, attendance, reports: the secretariat's daily work
    ASSIGN = auto()  # targets and tasks
    REVIEW = auto()  # decide on reports, score
    RECOMMEND = auto()  # calculate, submit and reopen the TPP recommendation
    VERIFY = auto()  # lock what another person has submitted
    ADMINISTER = auto()  # units, rules, calendar, users


EVERYTHING = ~Right(0)


@dataclass(frozen=True)
class Actor:
    """The person on whose behalf something is done."""

    name: str
    rights: Right
    login: str = ""  # of a shared database: p_<nip>
    employee_id: int | None = None  # who they are on the staff list

    def require(self, right: Right) -> None:
        """Raise `NotAllowed` unless the actor holds *right*."""
        if right not in self.rights:
            raise NotAllowed(right.name)


def full_name(name: str, front_title: str = "", back_title: str = "") -> str:
    """Return the name with its degrees, as papers print it: Ir. Nama, S.T., M.Si."""
    front = f"{front_title.strip()} " if front_title.strip() else ""
    back = f", {back_title.strip().strip(',').strip()}" if back_title.strip(" ,") else ""
    return f"{front}{name.strip()}{back}"


_WORDS = re.compile(r"[^\W_]+")
_HONORIFICS = frozenset({"h", "hj", "drs", "dra", "ir", "dr", "drg", "drh", "prof"})
_MUHAMMAD = frozenset(
    {"muh", "moh", "mohd", "mhd", "muhamad", "mohammad", "mohamad", "muhammad", "mochammad", "moch"}
)


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without degrees, as they are compared.

    Without case, marks and honorifics; all spellings of Muhammad are one.
    """
    words = (word.casefold() for word in _WORDS.findall(name))
    return tuple(
        "muhammad" if word in _MUHAMMAD else word for word in words if word not in _HONORIFICS
    )


def same_name(one: str, other: str) -> bool:
    """Tell whether two names may mean one person: equal, or one of them cut short.

    A machine keeps `Siti Nur A` of `Siti Nur Aminah`. Only ever a proposal, never a proof.
    """
    short, long = sorted(
        (name_words(one), name_words(other)), key=lambda words: len("".join(words))
    )
    if not short or len(short) > len(long):
        return False
    *whole, last = short
    if tuple(whole) != long[: len(whole)] or not long[len(whole)].startswith(last):
        return False
    return len(short) == len(long) or (len(whole) > 0 and last == long[len(whole)])
