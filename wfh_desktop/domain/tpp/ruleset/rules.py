"""Schema of a rule set as a whole: components, parts, multipliers, rounding, columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal, Protocol, TypeVar

from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.case import Case
from wfh_desktop.domain.tpp.figures import ONE, ZERO, Mode
from wfh_desktop.domain.tpp.ruleset.events import EventRule, Exemption, LeaveRule, Threshold
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


class Optional(Protocol):
    """A rule that an option may switch on."""

    @property
    def option(self) -> str:
        """The option, or nothing."""


Rule = TypeVar("Rule", bound=Optional)


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

    FACTOR = "factor"  # base x value
    PLUS = "plus"  # base + base x value
    PLUS_OF = "plus_of"  # base + value x the acting position's base
    DIFFERENCE = "difference"  # the acting position's base, where it is higher


@dataclass(frozen=True, kw_only=True)
class Multiplier:
    """A factor such as CPNS, TUBEL, PLT, HUKDIS or UNIT; lower *order* acts first.

    *value* is what `true` in the case means (0.8 for 80 %). *statuses* have it without being told.
    *highest* is the largest value a case may give. *metric* is the rupiah of the acting position,
    *class_metric* its class where the base comes from a table.
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

    *counts* derives it from events: minutes, or occurrences and days, of these codes. Whoever types
    it is *proposed* the score of the appraisal, where that is what it mostly is.
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
    proposed: Literal["", "score"] = ""
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

    Values are paths such as `base`, `base.BK`, `score.KINERJA`, `percent.KINERJA`, `event.TK` or
    `net`. A formula is rounded like the *rounding* stage; *digits* None prints all decimals.
    *figure* names the result that a formula must equal (gross, tax, bpjs, net). An *optional*
    column is left out where all its cells are *neutral*.
    """

    key: str
    caption: str
    value: str = ""
    formula: str = ""
    kind: Literal["rupiah", "percent", "factor", "number"] = "rupiah"
    digits: int | None = None
    rounding: Stage | None = None
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
    month_days: Decimal | None = None  # what a month is divided by, where rates are of the day
    performance_period: Literal["M", "M-1"] = "M"
    notes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    metrics: tuple[Metric, ...] = ()
    components: tuple[Component, ...]
    parts: tuple[Part, ...] = ()
    events: tuple[EventRule, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
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

    def active(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """Return those of *rules* that hold: without an option, or with one that is on."""
        return tuple(one for one in rules if not one.option or one.option in self.active_options)

    @cached_property
    def component_rules(self) -> Mapping[str, Component]:
        """The components, by code."""
        return {one.code: one for one in self.components}

    @cached_property
    def event_rules(self) -> Mapping[str, EventRule]:
        """The events that cost something, by code and alias."""
        rules = self.active(self.events)
        return {code: one for one in rules for code in (one.code, *one.aliases)}

    @cached_property
    def leave_rules(self) -> Mapping[str, LeaveRule]:
        """The kinds of leave, by code."""
        return {code: one for one in self.active(self.leave) for code in one.codes}

    @cached_property
    def multiplier_rules(self) -> Mapping[str, Multiplier]:
        """The multipliers by code, in the order in which they act."""
        rules = sorted(self.active(self.multipliers), key=lambda one: one.order)
        return {one.code: one for one in rules}

    @cached_property
    def metric_rules(self) -> Mapping[str, Metric]:
        """The metrics, by code and alias."""
        return {code: one for one in self.metrics for code in (one.code, *one.aliases)}

    @cached_property
    def threshold_rules(self) -> tuple[Threshold, ...]:
        """The thresholds that hold."""
        return self.active(self.thresholds)

    @cached_property
    def roundings(self) -> Mapping[Stage, Rounding]:
        """How each stage is rounded; a stage that is missing is not."""
        return {one.stage: one for one in self.rounding}

    @cached_property
    def tax(self) -> Tax | None:
        """The tax rule: the first whose option is on."""
        return next(iter(self.active(self.taxes)), None)

    @cached_property
    def contribution(self) -> Bpjs | None:
        """The rule of the health contribution."""
        return next(iter(self.active(self.bpjs)), None)

    @cached_property
    def parts_by_component(self) -> Mapping[str, tuple[Part, ...]]:
        """The parts that count on each component."""
        parts = self.active(self.parts)
        return {
            one.code: tuple(p for p in parts if not p.applies_to or one.code in p.applies_to)
            for one in self.components
        }
