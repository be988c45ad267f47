"""Schema of a rule set as a whole: components, parts, multipliers, rounding, columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal

from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.case import Case
from wfh_desktop.domain.tpp.figures import ONE, ZERO, Mode
from wfh_desktop.domain.tpp.ruleset.events import EventRule, LeaveRule, Threshold
from wfh_desktop.domain.tpp.ruleset.levies import Bpjs, Tax
from wfh_desktop.domain.tpp.ruleset.scores import Condition, Score


@dataclass(frozen=True, kw_only=True)
class LegalBasis:
    """A regulation the rule set rests on, as printed in the recital of letters."""

    number: str
    about: str = ""
    dated: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Option:
    """A reading that an office may switch on; rules that name it hold only then."""

    code: str
    label: str
    active: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Component:
    """A budget component (BK PK TB KK KP PO) or TOTAL, with its base unless the case gives it."""

    code: str
    label: str
    by_class: Mapping[int, Decimal] = field(default_factory=dict)
    by_level: Mapping[Level, Decimal] = field(default_factory=dict)
    by_title: Mapping[str, Decimal] = field(default_factory=dict)
    clause: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A weighted part of the TPP: its score, and on which components it counts."""

    code: str
    label: str
    weight: Decimal
    score: Score
    applies_to: tuple[str, ...] = ()  # components; empty: all
    when: Condition | None = None  # otherwise the part is zero
    clause: str = ""
    note: str = ""
    option: str = ""


class Stage(StrEnum):
    """Where in the calculation something happens."""

    BASE = "base"
    PERCENT = "percent"
    ITEM = "item"
    PART = "part"
    COMPONENT = "component"
    TOTAL = "total"
    TAX = "tax"
    BPJS = "bpjs"


class Multiplies(StrEnum):
    """How a multiplier acts."""

    FACTOR = "factor"
    PLUS_PERCENT = "plus_percent"
    PLUS_PERCENT_OF = "plus_percent_of"  # of the acting position's base
    DIFFERENCE = "difference"  # to the acting position's base, if that is higher


@dataclass(frozen=True, kw_only=True)
class Multiplier:
    """A factor such as CPNS, TUBEL, PLT, HUKDIS or UNIT; lower *order* acts first.

    *value* is what `true` in the case means: a factor for `factor`, a percentage for the others.
    *statuses* have it without being told. *highest* is the largest value a case may give.
    """

    code: str
    label: str
    kind: Multiplies = Multiplies.FACTOR
    value: Decimal | None = None
    stage: Literal["base", "component"] = "base"
    order: int = 1
    statuses: tuple[EmploymentStatus, ...] = ()
    metric: str = ""
    class_metric: str = ""
    highest: Decimal = ONE
    months_later: int = 0
    clause: str = ""
    note: str = ""
    option: str = ""


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A number the case may give, and how it is taken where it is missing.

    *counts* derives it from events: minutes, or occurrences and days, of these codes.
    """

    code: str
    label: str
    unit: str = ""
    minimum: Decimal = ZERO
    maximum: Decimal | None = None
    default: Decimal | None = None
    counts: Literal["", "minutes", "times"] = ""
    codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Rounding:
    """How figures of one stage are rounded: to a multiple of *step*, or to *digits* decimals."""

    stage: Stage
    mode: Mode
    digits: int = 0
    step: Decimal | None = None
    clause: str = ""
    note: str = ""

    @cached_property
    def unit(self) -> Decimal:
        """Return what figures become multiples of."""
        return self.step if self.step is not None else ONE.scaleb(-self.digits)


@dataclass(frozen=True, kw_only=True)
class ColumnRule:
    """A printed column: the value of a node, or a formula over other columns.

    *figure* names the result that a formula must equal (gross, tax, bpjs, net). An *optional*
    column is left out where it changes nothing for anybody. *digits* None prints what is there.
    """

    key: str
    caption: str
    value: str = ""
    formula: str = ""
    kind: Literal["rupiah", "percent", "factor", "number"] = "rupiah"
    digits: int | None = None
    figure: Literal["", "gross", "tax", "bpjs", "net"] = ""
    optional: bool = False
    neutral: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A table that informs and is not calculated with, such as basic amounts by class."""

    label: str
    rows: Mapping[str, Decimal]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A worked example: a case and what must come out of it, by path such as `parts.KINERJA`."""

    id: str
    case: Case
    expect: Mapping[str, Decimal]
    source: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """Everything by which one region or ministry pays during a time."""

    id: str
    name: str
    region: str
    valid_from: date
    valid_to: date | None = None
    legal_basis: tuple[LegalBasis, ...]
    week_days: Literal[5, 6] = 5
    days_paid: Decimal | None = None  # days a month is divided into, where rates are of the day
    days_metric: str = ""  # the metric that tells how many of them are paid
    performance_period: Literal["M", "M-1"] = "M"
    notes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    metrics: tuple[Metric, ...] = ()
    components: tuple[Component, ...]
    parts: tuple[Part, ...] = ()
    events: tuple[EventRule, ...] = ()
    leave: tuple[LeaveRule, ...] = ()
    multipliers: tuple[Multiplier, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    rounding: tuple[Rounding, ...] = ()
    taxes: tuple[Tax, ...] = ()
    bpjs: tuple[Bpjs, ...] = ()
    columns: tuple[ColumnRule, ...] = ()
    references: tuple[Reference, ...] = ()
    examples: tuple[Example, ...] = ()

    def holds_in(self, period: Period) -> bool:
        """Tell whether the rule set is in force on the first day of *period*."""
        ends = self.valid_to
        return self.valid_from <= period.last and (ends is None or ends >= period.first)

    @cached_property
    def active_options(self) -> frozenset[str]:
        """The options that are switched on."""
        return frozenset(option.code for option in self.options if option.active)
