"""What can be known of a person's day, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from wfh_desktop.domain.leave import LeaveKind


class Status(StrEnum):
    """What a person's day counts as. Lateness and the like stand beside it, with their minutes."""

    PRESENT = "hadir"
    DUTY = "dinas luar"
    LEAVE = "cuti"
    SICK = "sakit"
    PERMIT = "izin"
    ABSENT = "tanpa keterangan"
    HOLIDAY = "libur"
    UNCLEAR = "belum jelas"
    PENDING = "belum dinilai"  # a day that has not come, or not ended


class Workplace(StrEnum):
    """Where a working day is worked."""

    OFFICE = "WFO"
    HOME = "WFH"
    DUTY_ROSTER = "piket"


class Source(StrEnum):
    """Where an entry of a day comes from; a correction is no source, it stands beside them."""

    FILE = "berkas"
    MANUAL = "manual"


class Coverage(StrEnum):
    """What it means that nothing is known of a person's day."""

    NONE = "none"  # no import and no entry speaks of the day
    MACHINE = "machine"  # the unit's machines were read for the day, and this person is on them
    THIN = "thin"  # they were, but hardly anybody scanned: a holiday, or a broken machine
    NO_PIN = "no_pin"  # they were, but no machine knows this person


class Rule(StrEnum):
    """What a fact says; `words.CAUSES` has the sentence, filled with the fact's limits."""

    NOT_IN_SERVICE = "not_in_service"
    CORRECTED = "corrected"  # actor, reason, evidence
    HOLIDAY = "holiday"  # name
    DAY_OFF = "day_off"  # name of the schedule
    NOT_COME = "not_come"
    NOT_ENDED = "not_ended"
    HOURS = "hours"  # starts, ends, name of the schedule
    SCANS = "scans"  # first, last, number
    TIMES = "times"  # source, in, out
    CODE = "code"  # source, status
    LEAVE = "leave"  # kind, document
    LATE = "late"  # minutes
    EARLY = "early"  # minutes
    NO_IN = "no_in"
    NO_OUT = "no_out"
    NO_SCAN = "no_scan"
    # from here on questions
    NO_SCHEDULE = "no_schedule"
    NO_SOURCE = "no_source"
    THIN_COVERAGE = "thin_coverage"
    NO_PIN = "no_pin"
    LONE_SCAN = "lone_scan"  # time
    REVERSED = "reversed"  # in, out
    TIMES_DIFFER = "times_differ"
    CONTRADICTION = "contradiction"  # two statuses
    LEAVE_KIND = "leave_kind"
    OFF_IN_FILE = "off_in_file"


@dataclass(frozen=True, slots=True)
class Fact:
    """One step of the reasoning about a day: which rule, with what, from which rows."""

    rule: Rule
    limits: tuple[object, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """One touch of a machine, in the wall time of the unit. In or out is never decided by it."""

    at: datetime
    row: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one source says of the day: times, or a code such as dinas luar, or both."""

    source: Source
    status: Status | None = None  # None: judge by the times
    time_in: time | None = None
    time_out: time | None = None
    workplace: Workplace | None = None
    leave: LeaveKind | None = None
    row: str = ""

    @property
    def times(self) -> tuple[time | None, time | None]:
        """Arrival and departure, as far as given."""
        return self.time_in, self.time_out


@dataclass(frozen=True, slots=True)
class Granted:
    """A leave that covers the day."""

    kind: LeaveKind
    document: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A correction that holds: who decided what, and why. It wins over everything else.

    With a *status* it stands as it is (hadir: pardoned, neither late nor early); without one the
    times are judged, and a missing time is a missing tap.
    """

    actor: str
    reason: str
    status: Status | None = None
    time_in: time | None = None
    time_out: time | None = None
    workplace: Workplace | None = None
    leave: LeaveKind | None = None
    evidence: str = ""
    row: str = ""

    @property
    def times(self) -> tuple[time | None, time | None]:
        """Arrival and departure, as far as given."""
        return self.time_in, self.time_out


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that is known of one person on one day."""

    scans: tuple[Scan, ...] = ()  # those of other work days do no harm
    entries: tuple[Entry, ...] = ()
    leave: Granted | None = None
    correction: Amendment | None = None
    coverage: Coverage = Coverage.NONE
    in_service: bool = True


@dataclass(frozen=True, slots=True)
class PersonDay:
    """The status of one person's day and how it came about."""

    day: date
    status: Status
    cause: tuple[Fact, ...] = ()
    arrived: datetime | None = None
    left: datetime | None = None
    late_minutes: int = 0
    early_minutes: int = 0
    no_in: bool = False
    no_out: bool = False
    workplace: Workplace | None = None
    leave: LeaveKind | None = None
    corrected: bool = False

    @property
    def time_in(self) -> time | None:
        """When the person came, by the clock."""
        return self.arrived.time() if self.arrived else None

    @property
    def time_out(self) -> time | None:
        """When the person left, by the clock; `left` knows whether that was after midnight."""
        return self.left.time() if self.left else None

    @property
    def sources(self) -> tuple[str, ...]:
        """The stored rows behind the status, such as `scan:12`."""
        return tuple(dict.fromkeys(row for fact in self.cause for row in fact.rows if row))

    @property
    def question(self) -> Fact | None:
        """What has to be answered before the day counts, if it is unclear."""
        return self.cause[-1] if self.status is Status.UNCLEAR else None
