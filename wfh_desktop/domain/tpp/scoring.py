"""How much of a part is reached: each kind of score, with the node that explains it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.tpp.facts import Facts
from wfh_desktop.domain.tpp.figures import HUNDRED, ZERO, number, percent, rounded, tidy
from wfh_desktop.domain.tpp.ruleset import (
    Bands,
    FirstOf,
    Full,
    Gate,
    Linear,
    PredicateTable,
    Proportion,
    Score,
    ScoreBand,
    Stage,
    SubPart,
    WeightedSum,
)
from wfh_desktop.domain.tpp.trail import Node, Rounded, Unit


class Scored(NamedTuple):
    """A score in percent, exact, and what it was made from."""

    percent: Decimal
    formula: str = ""
    inputs: tuple[Node, ...] = ()

    @property
    def reason(self) -> str:
        """Return the formula where it says more than the percentage itself."""
        return "" if self.formula == percent(self.percent) else self.formula


FULL = Scored(HUNDRED, "100 %")


def score(rule: Score, facts: Facts) -> Scored:
    """Return a score between 0 and 100 percent; raise `Invalid` if an input is missing."""
    scored = EVALUATE[type(rule)](rule, facts)
    if scored.percent > HUNDRED:
        return scored._replace(percent=HUNDRED, formula=f"{scored.formula}, paling banyak 100 %")
    if scored.percent < ZERO:
        return scored._replace(percent=ZERO, formula=f"{scored.formula}, paling sedikit 0 %")
    return scored


def metric_node(metric: str, facts: Facts) -> Node:
    """Return the node of a metric: its value, where it comes from, whether it was assumed."""
    value = facts.needed(metric)
    rule = facts.rules.metric_rules.get(metric)
    assumed = rule is not None and not facts.is_given(metric)
    source = facts.case.performance.source if rule is None else facts.case.sources.get(metric, ())
    note = ""
    if assumed and rule is not None:
        note = "dihitung dari kejadian" if rule.counts else "tidak diberikan; dipakai nilai baku"
    label = facts.label(metric)
    return Node(
        label[:1].upper() + label[1:],
        tidy(value),
        Unit.NUMBER,
        source=source,
        key=f"metric.{metric}",
        note=note,
    )


def _predicate(rule: PredicateTable, facts: Facts) -> Scored:
    performance = facts.case.performance
    if performance.predicate is not None:
        word = performance.predicate.value
        share = rule.percent.get(performance.predicate)
        if share is None:
            raise Invalid([Problem("performance.predicate", "tpp_no_percentage", (word,))])
        node = Node(f"Predikat {word}", share, Unit.PERCENT, source=performance.source)
        return Scored(share, percent(share), (node,))
    if performance.score is not None and rule.accepts_score:
        node = metric_node("score", facts)
        return Scored(performance.score, percent(performance.score), (node,))
    if rule.missing is None:
        raise Invalid([Problem("performance.predicate", "tpp_needed", (facts.rules.id,))])
    return Scored(
        rule.missing,
        percent(rule.missing),
        (Node("Tanpa predikat", rule.missing, Unit.PERCENT),),
    )


def _bands(rule: Bands, facts: Facts) -> Scored:
    value = facts.needed(rule.of)
    band = max(
        (one for one in rule.bands if one.at_least <= value), key=_start, default=rule.bands[0]
    )
    node = metric_node(rule.of, facts)
    if band.value is None:
        share = value / rule.full * HUNDRED
        return Scored(share, f"({number(value)} / {number(rule.full)})", (node,))
    if not band.slope:
        return Scored(band.value, percent(band.value), (node,))
    reached = band.value + band.slope * (value - band.at_least)
    formula = (
        f"{number(band.value)} + {number(band.slope)} x ({number(value)} - {number(band.at_least)})"
    )
    return Scored(reached, formula, (node,))


def _start(band: ScoreBand) -> Decimal:
    return band.at_least


def _linear(rule: Linear, facts: Facts) -> Scored:
    value = facts.needed(rule.of)
    reached = rule.y0 + (value - rule.x0) * (rule.y1 - rule.y0) / (rule.x1 - rule.x0)
    if rule.clip:
        low, high = sorted((rule.y0, rule.y1))
        reached = min(max(reached, low), high)
    formula = (
        f"garis lurus dari ({number(rule.x0)}; {number(rule.y0)}) ke "
        f"({number(rule.x1)}; {number(rule.y1)}) pada {number(value)}"
    )
    return Scored(reached, formula, (metric_node(rule.of, facts),))


def _gate(rule: Gate, facts: Facts) -> Scored:
    when = rule.when
    share = rule.met if facts.holds(when) else rule.unmet
    formula = f"{percent(share)} ({facts.words(when)}"
    verdict = "terpenuhi" if share is rule.met else "tidak terpenuhi"
    return Scored(share, f"{formula}: {verdict})", (metric_node(when.metric, facts),))


def _proportion(rule: Proportion, facts: Facts) -> Scored:
    value = facts.needed(rule.of)
    share = value / rule.full * HUNDRED
    formula = percent(share) if rule.full == 1 else f"({number(value)} / {number(rule.full)})"
    return Scored(share, formula, (metric_node(rule.of, facts),))


def _weighted(rule: WeightedSum, facts: Facts) -> Scored:
    points = [_sub_part(one, facts) for one in rule.parts]
    total = sum((one.amount for one in points if one.amount is not None), ZERO)
    whole = sum((one.weight for one in rule.parts), ZERO)
    formula = f"({' + '.join(number(one.amount or ZERO) for one in points)}) / {number(whole)}"
    return Scored(total / whole * HUNDRED, formula, tuple(points))


def _sub_part(part: SubPart, facts: Facts) -> Node:
    scored = score(part.score, facts)
    before = part.weight * scored.percent / HUNDRED
    points, rounding = round_percent(before, facts)
    cap = part.weight if part.cap is None else part.cap
    note = f"paling banyak {percent(cap)}" if points > cap else ""
    return Node(
        part.label,
        tidy(min(points, cap)),
        Unit.PERCENT,
        part.clause,
        f"{percent(part.weight)} x {scored.formula}",
        scored.inputs,
        rounding,
        key=f"points.{part.code}",
        note=note,
    )


def round_percent(value: Decimal, facts: Facts) -> tuple[Decimal, Rounded | None]:
    """Round a percentage of the total as the rule set wants; tell the step if it changed it."""
    rule = facts.rules.roundings.get(Stage.PERCENT)
    if rule is None:
        return value, None
    after = rounded(value, rule.mode, rule.unit)
    before = tidy(value)
    return after, None if after == before else Rounded(rule.mode.value, rule.unit, before, after)


def _first(rule: FirstOf, facts: Facts) -> Scored:
    for one in rule.of:
        if _is_given(one, facts):
            return score(one, facts)
    return score(rule.of[-1], facts)


def _is_given(rule: Score, facts: Facts) -> bool:
    match rule:
        case Bands(of=metric) | Linear(of=metric) | Proportion(of=metric):
            return facts.is_given(metric)
        case Gate(when=when):
            return facts.is_given(when.metric)
        case PredicateTable():
            return facts.case.performance.predicate is not None
        case WeightedSum(parts=parts):
            return any(_is_given(part.score, facts) for part in parts)
        case FirstOf(of=scores):
            return any(_is_given(one, facts) for one in scores)
        case Full():
            return True


def _full(_rule: Full, _facts: Facts) -> Scored:
    return FULL


EVALUATE: dict[type, Callable[[Any, Facts], Scored]] = {
    Full: _full,
    PredicateTable: _predicate,
    Bands: _bands,
    Linear: _linear,
    Gate: _gate,
    Proportion: _proportion,
    WeightedSum: _weighted,
    FirstOf: _first,
}
