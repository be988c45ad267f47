"""The facts of one person's month, from which an amount is calculated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.performance.panrb6 import Predicate
from wfh_desktop.domain.periods import Period

# How predicates are written: the words of 2022, those before it, and what offices make of them.
PREDICATES = {
    "sangat baik": Predicate.VERY_GOOD,
    "baik": Predicate.GOOD,
    "butuh perbaikan": Predicate.NEEDS_WORK,
    "perlu perbaikan": Predicate.NEEDS_WORK,
    "cukup": Predicate.NEEDS_WORK,
    "kurang": Predicate.POOR,
    "misconduct": Predicate.POOR,
    "kurang/misconduct": Predicate.POOR,
    "sangat kurang": Predicate.VERY_POOR,
    "buruk": Predicate.VERY_POOR,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who is paid, as valid in the month."""

    status: EmploymentStatus | None = None
    grade: str = ""  # "III/b", "IX"
    job_class: int | None = None
    level: Level | None = None
    title: str = ""  # the jabatan, for bases that are set by jabatan


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may be deducted. Without a count it is one occurrence.

    *minutes* are those of each occurrence; *day*, *workplace* and *reason* are known where the
    program itself recorded the event, and let rules count by day and exempt (dinas luar, outage).
    """

    code: str
    count: Decimal | None = None
    minutes: Decimal | None = None
    days: Decimal | None = None
    day: date | None = None
    workplace: str = ""
    reason: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave of the month: its code, in which month of the leave this one is, or how many days."""

    code: str
    month_index: int | None = None
    days: Decimal | None = None
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Performance:
    """The appraisal of the month: a predicate, a score in percent, or both."""

    predicate: Predicate | None = None
    score: Decimal | None = None
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One person's month. What a rule set does not need may be missing.

    *base* holds rupiah by component (BK PK TB KK KP PO, or TOTAL); *multipliers* a factor, or True
    where the rule set knows it; *sources* the rows behind a metric or a base, by its name.
    """

    period: Period | None = None
    person: Person = field(default_factory=Person)
    base: Mapping[str, Decimal] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    metrics: Mapping[str, Decimal] = field(default_factory=dict)
    performance: Performance = field(default_factory=Performance)
    leave: tuple[Leave, ...] = ()
    multipliers: Mapping[str, Decimal | bool] = field(default_factory=dict)
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
