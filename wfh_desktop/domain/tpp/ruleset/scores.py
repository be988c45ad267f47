"""Schema of scores: what share of a part is reached, in percent from 0 to 100."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from wfh_desktop.domain.performance.panrb6 import Predicate
from wfh_desktop.domain.tpp.figures import HUNDRED, ONE, ZERO


class Op(StrEnum):
    """How a condition compares."""

    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    EQUAL = "="


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A comparison of a metric with a value, or with another metric."""

    metric: str
    op: Op
    value: Decimal | None = None
    than: str = ""  # the other metric


@dataclass(frozen=True, kw_only=True)
class Full:
    """Always 100 %: only deductions lower the part."""

    kind: Literal["full"]


@dataclass(frozen=True, kw_only=True)
class PredicateTable:
    """A percentage by the predicate of the month; *missing* where there is none."""

    kind: Literal["predicate"]
    percent: Mapping[Predicate, Decimal]
    missing: Decimal | None = None
    accepts_score: bool = False  # a score without a predicate is taken as the percentage itself


@dataclass(frozen=True, kw_only=True)
class ScoreBand:
    """From *at_least* on: *value* (plus *slope* for each point beyond), or the plain share."""

    at_least: Decimal
    value: Decimal | None = None
    slope: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class Bands:
    """A metric in bands; a band without a value takes the metric's share of *full*."""

    kind: Literal["bands"]
    of: str
    bands: tuple[ScoreBand, ...]
    full: Decimal = HUNDRED


@dataclass(frozen=True, kw_only=True)
class Linear:
    """The straight line through two points, clipped to their ordinates."""

    kind: Literal["linear"]
    of: str
    x0: Decimal
    y0: Decimal
    x1: Decimal
    y1: Decimal
    clip: bool = True


@dataclass(frozen=True, kw_only=True)
class Gate:
    """One percentage where a condition holds, another where it does not."""

    kind: Literal["threshold"]
    when: Condition
    met: Decimal = HUNDRED
    unmet: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class Proportion:
    """The metric's share of *full*, at most 100 %."""

    kind: Literal["metric"]
    of: str
    full: Decimal = ONE


@dataclass(frozen=True, kw_only=True)
class SubPart:
    """One of several scores that make a part; the weights add up to that of the part."""

    code: str
    label: str
    weight: Decimal
    score: Score
    cap: Decimal | None = None  # in points of the total; the weight where it is not given
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class WeightedSum:
    """Several sub-parts, each with its weight, score and cap."""

    kind: Literal["weighted"]
    parts: tuple[SubPart, ...]


@dataclass(frozen=True, kw_only=True)
class FirstOf:
    """The first score whose inputs the case gives."""

    kind: Literal["first"]
    of: tuple[Score, ...]


Score = Full | PredicateTable | Bands | Linear | Gate | Proportion | WeightedSum | FirstOf
