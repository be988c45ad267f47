"""What a file turns into: plain records, and problems that say where they were found.

Lists of people and scans are long; as named tuples their lines are made five times as fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from wfh_desktop.domain.periods import Period


class Kind(StrEnum):
    """What the records of a file are."""

    DAYS = "attendance.day"
    SCANS = "attendance.scan"
    STAFF = "staff"


class Severity(StrEnum):
    """How much a problem matters to whoever imports the file."""

    ERROR = (
        "error"  # what stands there cannot be right: it became no record, or the record is wrong
    )
    QUESTION = "question"  # read as it stands, but a person has to say whether it is meant so
    NOTE = "note"  # read without doubt; worth knowing


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that is wrong, doubtful or worth knowing.

    `words.remark(code, limits)` makes the Indonesian sentence. *place* is Indonesian too and ready
    to show: `lembar Sheet1, baris 12, kolom C`, or empty for the file as a whole.
    """

    severity: Severity
    code: str
    place: str = ""
    limits: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a line of attendance is about, as far as the file tells.

    *nip* holds digits only (18 unless a problem says otherwise), *pin* is text and keeps its
    leading zeros, *name* is as written, degrees included. What the file does not tell is None.
    A NIP that went through a number cell has lost its last three digits: *nip_damaged* is set, the
    three are 000, and only the first 15 may be compared.
    """

    nip: str | None = None
    pin: str | None = None
    name: str | None = None
    nip_damaged: bool = False


@dataclass(frozen=True, slots=True)
class AttendanceDay:
    """One person's day as an online attendance system printed it.

    Every cell of a month matrix that can be understood is a record. *time_in* and *time_out* are
    None where the file has `00:00`, nothing, or a code instead of times. *time_out* may be earlier
    than *time_in*: a shift that ends on the next day.

    *code* is what stands in the cell instead of times, in capitals: `A` (absent), `-` (day off),
    `L`, `OFF`, `S`, `I` and the leave codes; empty when there are times or the cell is empty. In
    the long form it is what *kind* means in the matrix (`A` for Tanpa Keterangan), else empty;
    *kind* is the column Jenis Absensi, *note* all remarks of the line, *place_in* and *place_out*
    where the person tapped. *place* is where in the file the day stands.
    """

    person: Person
    date: date
    time_in: time | None
    time_out: time | None
    code: str = ""
    place: str = ""
    kind: str = ""
    note: str = ""
    place_in: str = ""
    place_out: str = ""


class AttendanceScan(NamedTuple):
    """One touch of a fingerprint machine, in the machine's local time.

    Exact duplicates stay in, with a note: whoever stores scans keeps (device, pin, at) once.
    *state* is the machine's idea of in and out (0 in, 1 out, 2 to 5 breaks and overtime, 255
    undefined). It must never decide in or out by itself: many machines send the same for both.
    *device* is the number of the machine, or None where the file does not tell.
    """

    person: Person
    at: datetime
    device: str | None
    state: int | None = None
    verify: int | None = None
    place: str = ""


class Staff(NamedTuple):
    """One line of a staff list.

    *nip* as in `Person`; *name* without degrees, otherwise as written (no change of case);
    *front_title* and *back_title* as written (`Drs. H.`, `SE, M.Si`); *grade* as `III/b`, for
    PPPK `IX`, empty when not given or not understood; *position* and *unit* as written, with
    single blanks. *unit_path* is the unit from the top downwards. *grade_since* and *birth_date*
    are as the file has them, even where a question says that day and month may be swapped.
    Texts that the list does not have are empty, other values None.
    """

    nip: str | None
    nip_damaged: bool
    name: str
    front_title: str = ""
    back_title: str = ""
    grade: str = ""
    position: str = ""
    unit: str = ""
    unit_path: tuple[str, ...] = ()
    pin: str | None = None
    status: str = ""  # PNS, CPNS, PPPK ... as written
    position_kind: str = ""  # Jabatan Pelaksana, JFT ... as written
    echelon: str = ""  # II.a, Non Eselon ... as written
    sex: str = ""  # as written
    birth_date: date | None = None
    grade_since: date | None = None
    place: str = ""


Record = AttendanceDay | AttendanceScan | Staff


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file says: its records in the file's order and its problems.

    *first* and *last* bound the days the file is about: the period it states, else the first and
    last date in it; None for staff lists. *unit* is the unit the file names, else empty. *format*
    names the format in Indonesian, for the user.
    """

    kind: Kind
    format: str
    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()
    first: date | None = None
    last: date | None = None
    unit: str = ""

    @property
    def period(self) -> Period | None:
        """The month the file is about, or None if it is about several or none."""
        if self.first is None or self.last is None:
            return None
        month = Period.of(self.first)
        return month if self.last in month else None

    @property
    def days(self) -> tuple[AttendanceDay, ...]:
        """Each person's day once, for a file of days; empty for other kinds.

        Where a file tells a day twice, the first line counts; a problem says so.
        """
        days: dict[tuple[Person, date], AttendanceDay] = {}
        for one in self.records:
            if isinstance(one, AttendanceDay):
                days.setdefault((one.person, one.date), one)
        return tuple(days.values())

    @property
    def scans(self) -> tuple[AttendanceScan, ...]:
        """The records of a file of scans; empty for other kinds."""
        return tuple(one for one in self.records if isinstance(one, AttendanceScan))

    @property
    def staff(self) -> tuple[Staff, ...]:
        """The records of a staff list; empty for other kinds."""
        return tuple(one for one in self.records if isinstance(one, Staff))
