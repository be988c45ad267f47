"""Schema of what lowers a TPP: events, leave and thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.tpp.figures import HUNDRED, ZERO
from wfh_desktop.domain.tpp.ruleset.scores import Condition


class Counted(StrEnum):
    """What one unit of an event is."""

    OCCURRENCE = "kejadian"
    DAY = "hari"
    MINUTE = "menit"
    HOUR = "jam"
    POINT = "poin"  # taken from a metric


class Of(StrEnum):
    """What a percentage is a percentage of."""

    TOTAL = "total"
    PART = "part"
    COMPONENT = "component"
    DAY = "day"


class Hours(StrEnum):
    """How minutes become hours."""

    PROPORTIONAL = "proportional"
    STARTED = "started"
    FULL = "full"


@dataclass(frozen=True, kw_only=True)
class RateBand:
    """From so many minutes on, an occurrence costs *rate* percent."""

    at_least: Decimal
    rate: Decimal


@dataclass(frozen=True, kw_only=True)
class EventRule:
    """What an event costs: its rate or bands, what the percentage is taken of, and limits.

    *share* is the part of `of` that the rate acts on (40 for "40 % of the day"). *counted* and
    *exempt_if* concern events whose workplace or reason is known. Caps are in percent. Events of
    one *group* share caps; with *combine* max only the dearest of a day counts in its group.
    *tolerance_minutes* is taken off the minutes of a case; where those stand for minutes after
    the tolerance already, *measured_tolerance* is taken off what the program itself measured.
    """

    code: str
    label: str
    unit: Counted
    of: Of
    rate: Decimal | None = None
    bands: tuple[RateBand, ...] = ()
    aliases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    share: Decimal = HUNDRED
    tolerance_minutes: Decimal = ZERO
    measured_tolerance: Decimal = ZERO
    grace_seconds: Decimal = ZERO
    hours: Hours = Hours.PROPORTIONAL
    metric: str = ""
    cap_per_day: Decimal | None = None
    cap_per_month: Decimal | None = None
    group: str = ""
    combine: Literal["sum", "max"] = "sum"
    counted: tuple[str, ...] = ()
    exempt_if: tuple[str, ...] = ()
    clause: str = ""
    note: str = ""
    option: str = ""


class By(StrEnum):
    """By what a leave table is read."""

    NONE = "none"
    MONTH = "month"
    DAYS = "days"


@dataclass(frozen=True, kw_only=True)
class PayBand:
    """From so many days of leave on, *pay* percent are paid."""

    at_least: Decimal
    pay: Decimal


@dataclass(frozen=True, kw_only=True)
class LeaveRule:
    """How a leave is paid: a share of the whole TPP, and whether that replaces deductions.

    *replaces* reduced: only a leave that pays less than 100 % replaces the computation of the
    month; one that pays everything never erases deductions. *short_days* and *short_pay* are for
    leave of less than a month, told by its days. A leave may instead count as a multiplier.
    """

    codes: tuple[str, ...]
    label: str
    by: By = By.NONE
    pay: tuple[Decimal, ...] = (HUNDRED,)
    bands: tuple[PayBand, ...] = ()
    beyond: Decimal | None = None
    short_days: int | None = None
    short_pay: Decimal = HUNDRED
    replaces: Literal["never", "reduced", "always"] = "reduced"
    multiplier: str = ""
    clause: str = ""
    note: str = ""
    option: str = ""


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """People from whom events take nothing; *events* empty means all events."""

    label: str
    classes_from: int | None = None
    levels: tuple[Level, ...] = ()
    statuses: tuple[EmploymentStatus, ...] = ()
    events: tuple[str, ...] = ()
    clause: str = ""
    note: str = ""
    option: str = ""


class Effect(StrEnum):
    """What a threshold does."""

    ZERO = "zero"
    FACTOR = "factor"
    PART_ZERO = "part_zero"
    DELAY = "delay"


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A condition on a metric and what follows from it."""

    label: str
    when: Condition
    effect: Effect
    factor: Decimal = ZERO  # percent
    parts: tuple[str, ...] = ()
    months: int = 1
    clause: str = ""
    note: str = ""
    option: str = ""
