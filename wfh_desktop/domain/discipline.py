"""Hukuman disiplin (PP 94/2021) and the counters that warn of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class SanctionLevel(StrEnum):
    """The three levels of hukuman disiplin (PP 94/2021 article 8)."""

    LIGHT = "ringan"
    MEDIUM = "sedang"
    SEVERE = "berat"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sanction as a regulation names it; *factor* is the share of tukin still paid."""

    name: str
    level: SanctionLevel
    months: int = 0
    factor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A sanction of a person; it counts only once its decree is issued, both days included."""

    level: SanctionLevel
    kind: str
    decree: str
    starts: date
    ends: date
    lowered_class: int | None = None
    factor: Decimal | None = None
    cancelled: bool = False

    @property
    def issued(self) -> bool:
        """Whether there is a decree (SK); without one it is a note, and counts for nothing."""
        return bool(self.decree.strip()) and not self.cancelled

    def in_force(self, day: date) -> bool:
        """Tell whether the sanction counts on *day*."""
        return self.issued and self.starts <= day <= self.ends


@dataclass(frozen=True, slots=True)
class Step:
    """From how many unexcused days of a year the regulation provides which sanction."""

    days: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Ladder:
    """The sanctions for absence of one regulation, valid from a day on."""

    name: str
    article: str
    valid_from: date
    steps: tuple[Step, ...]
    consecutive: Step | None = None  # so many working days without a break
    minutes_a_day: int | None = None  # so much lateness counts as a day


_ORAL = Kind("Teguran lisan", SanctionLevel.LIGHT)
_WRITTEN = Kind("Teguran tertulis", SanctionLevel.LIGHT)
_DISSATISFIED = Kind("Pernyataan tidak puas secara tertulis", SanctionLevel.LIGHT)
_DISMISSED = Kind("Pemberhentian dengan hormat tidak atas permintaan sendiri", SanctionLevel.SEVERE)


def _cut(months: int) -> Kind:
    name = f"Pemotongan tunjangan kinerja 25% selama {months} bulan"
    return Kind(name, SanctionLevel.MEDIUM, months, Decimal("0.75"))


PP_94_2021 = Ladder(
    name="PP 94/2021",
    article="Pasal 9 sampai 11",
    valid_from=date(2021, 8, 31),
    steps=(
        Step(3, _ORAL),
        Step(4, _WRITTEN),
        Step(7, _DISSATISFIED),
        Step(11, _cut(6)),
        Step(14, _cut(9)),
        Step(17, _cut(12)),
        Step(
            21,
            Kind(
                "Penurunan jabatan setingkat lebih rendah selama 12 bulan",
                SanctionLevel.SEVERE,
                12,
            ),
        ),
        Step(
            25,
            Kind(
                "Pembebasan dari jabatan menjadi jabatan pelaksana selama 12 bulan",
                SanctionLevel.SEVERE,
                12,
            ),
        ),
        Step(28, _DISMISSED),
    ),
    consecutive=Step(10, _DISMISSED),
)
PP_53_2010 = Ladder(
    name="PP 53/2010",
    article="Pasal 8 sampai 10",
    valid_from=date(2010, 6, 6),
    steps=(
        Step(5, _ORAL),
        Step(6, _WRITTEN),
        Step(11, _DISSATISFIED),
        Step(16, Kind("Penundaan kenaikan gaji berkala selama 1 tahun", SanctionLevel.MEDIUM, 12)),
        Step(21, Kind("Penundaan kenaikan pangkat selama 1 tahun", SanctionLevel.MEDIUM, 12)),
        Step(
            26,
            Kind(
                "Penurunan pangkat setingkat lebih rendah selama 1 tahun", SanctionLevel.MEDIUM, 12
            ),
        ),
        Step(
            31,
            Kind(
                "Penurunan pangkat setingkat lebih rendah selama 3 tahun", SanctionLevel.SEVERE, 36
            ),
        ),
        Step(
            36,
            Kind(
                "Pemindahan dalam rangka penurunan jabatan setingkat lebih rendah",
                SanctionLevel.SEVERE,
            ),
        ),
        Step(41, Kind("Pembebasan dari jabatan", SanctionLevel.SEVERE)),
        Step(46, _DISMISSED),
    ),
    minutes_a_day=450,  # 7,5 hours of lateness are a day
)
LADDERS = (PP_94_2021, PP_53_2010)  # the newest first


@dataclass(frozen=True, slots=True)
class Counter:
    """Unexcused absence of a person in a year, and how far up the ladder that would be.

    An early warning and nothing else: only the authorised official imposes a sanction, after
    an examination (PP 94/2021 articles 26 to 31).
    """

    ladder: Ladder
    days: int  # this year, lateness included where the ladder converts it
    consecutive: int  # the longest run of working days
    step: Step | None  # reached
    next_step: Step | None  # the next one by days


def ladder(day: date) -> Ladder | None:
    """Return the regulation that holds on *day*; None before PP 53/2010."""
    return next((one for one in LADDERS if one.valid_from <= day), None)


def kinds(day: date) -> tuple[Kind, ...]:
    """Return the kinds of sanction that may be recorded for *day*, the lightest first."""
    found = ladder(day)
    return tuple(step.kind for step in found.steps) if found else ()


def count(
    absent: Iterable[tuple[date, bool]], until: date, late_minutes: int = 0
) -> Counter | None:
    """Count the unexcused days of the year of *until*, up to that day.

    *absent* has every working day of the person with whether it was unexcused, in any order;
    a run may begin in the year before. *late_minutes* of the year are converted at 7,5 hours a
    day under PP 53/2010 and do not count under PP 94/2021.
    """
    found = ladder(until)
    if found is None:
        return None
    days = sorted(one for one in absent if one[0] <= until)
    total = sum(missing for day, missing in days if day.year == until.year)
    if found.minutes_a_day:
        total += late_minutes // found.minutes_a_day
    run = _longest_run(days, until.year)
    reached = [step for step in found.steps if step.days <= total]
    if found.consecutive and run >= found.consecutive.days:
        reached.append(found.consecutive)
    ahead = next((step for step in found.steps if step.days > total), None)
    return Counter(found, total, run, reached[-1] if reached else None, ahead)


def class_in_force(job_class: int | None, terms: Iterable[Term], day: date) -> int | None:
    """Return the kelas jabatan by which a person is paid on *day*.

    A sanction in force lowers it to its own class for its time; it never raises it.
    """
    lowered = [term.lowered_class for term in terms if term.in_force(day) and term.lowered_class]
    return min([job_class or 99, *lowered]) if lowered else job_class


def factor_in_force(terms: Iterable[Term], day: date) -> Decimal:
    """Return the share of TPP paid on *day*, 1 without a sanction; the lowest of several."""
    factors = [term.factor for term in terms if term.in_force(day) and term.factor is not None]
    return min(factors, default=Decimal(1))


def _longest_run(days: list[tuple[date, bool]], year: int) -> int:
    longest = run = 0
    for day, missing in days:
        run = run + 1 if missing else 0
        if day.year == year:
            longest = max(longest, run)
    return longest
