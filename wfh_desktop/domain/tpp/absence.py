"""Leave and thresholds: what they leave of a month's TPP."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.tpp.case import Leave
from wfh_desktop.domain.tpp.facts import Facts
from wfh_desktop.domain.tpp.figures import HUNDRED, ZERO, number, percent
from wfh_desktop.domain.tpp.ruleset import By, Effect, LeaveRule
from wfh_desktop.domain.tpp.scoring import metric_node
from wfh_desktop.domain.tpp.trail import Node, Unit


class Adjustment(NamedTuple):
    """So many percent are left of the parts it concerns (none named: of all)."""

    label: str
    left: Decimal
    clause: str = ""
    parts: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    note: str = ""
    inputs: tuple[Node, ...] = ()

    def concerns(self, part: str) -> bool:
        """Tell whether it acts on *part*; one without a name is what has no part."""
        return not self.parts or part in self.parts


class Away(NamedTuple):
    """What leave does: an adjustment that replaces the month, or only notes; and multipliers."""

    replaced: Adjustment | None
    notes: tuple[Node, ...]
    multipliers: frozenset[str]


def leave(facts: Facts) -> Away:
    """Read every leave of the month off its table; the one that pays least replaces the month."""
    replaced: Adjustment | None = None
    notes: list[Node] = []
    multipliers: set[str] = set()
    for one in facts.leave:
        rule = facts.rules.leave_rules[one.code]
        if rule.multiplier:
            multipliers.add(rule.multiplier)
            continue
        pay, words = _pay(rule, one)
        note = _node(rule, one, pay, words)
        notes.append(note)
        replaces = rule.replaces == "always" or (rule.replaces == "reduced" and pay < HUNDRED)
        if replaces and (replaced is None or pay < replaced.left):
            label = f"{words}: dibayar {percent(pay)}"
            replaced = Adjustment(label, pay, rule.clause, source=one.source, note=rule.note)
    return Away(replaced, tuple(notes), frozenset(multipliers))


def _node(rule: LeaveRule, one: Leave, pay: Decimal, words: str) -> Node:
    return Node(
        words,
        pay,
        Unit.PERCENT,
        rule.clause,
        f"dibayar {percent(pay)}",
        source=one.source,
        key=f"leave.{one.code}",
        note=rule.note,
    )


def _pay(rule: LeaveRule, one: Leave) -> tuple[Decimal, str]:
    """Return the percentage paid and the words for it; raise `Invalid` outside the table."""
    if rule.by is By.NONE:
        days = "" if one.days is None else f" {number(one.days)} hari"
        return rule.pay[0], f"{rule.label}{days}"
    if rule.by is By.DAYS:
        if one.days is None:
            raise Invalid([Problem(f"leave.{one.code}.days", "required")])
        bands = [band.pay for band in rule.bands if band.at_least <= one.days]
        return (bands[-1] if bands else HUNDRED), f"{rule.label} {number(one.days)} hari"
    if one.month_index is None:
        if rule.short_days is not None and one.days is not None and one.days < rule.short_days:
            return rule.short_pay, f"{rule.label} {number(one.days)} hari"
        raise Invalid([Problem(f"leave.{one.code}.month_index", "required")])
    words = f"{rule.label} bulan ke-{one.month_index}"
    if one.month_index <= len(rule.pay):
        return rule.pay[one.month_index - 1], words
    if rule.beyond is None:
        limits = (rule.label, len(rule.pay))
        raise Invalid([Problem(f"leave.{one.code}.month_index", "tpp_beyond_table", limits)])
    return rule.beyond, words


def thresholds(facts: Facts) -> Iterator[Adjustment]:
    """Return the thresholds that are crossed and lower the TPP."""
    for rule in facts.rules.threshold_rules:
        metric = rule.when.metric
        if rule.effect is Effect.DELAY or facts.value(metric) is None or not facts.holds(rule.when):
            continue
        left = rule.factor if rule.effect is Effect.FACTOR else ZERO
        inputs = (metric_node(metric, facts),)
        yield Adjustment(
            rule.label, left, rule.clause, rule.parts, inputs[0].source, rule.note, inputs
        )


def delays(facts: Facts, multipliers: frozenset[str]) -> Iterator[Node]:
    """Return why the TPP is paid later: crossed thresholds, and multipliers paid a month later."""
    for rule in facts.rules.threshold_rules:
        metric = rule.when.metric
        if rule.effect is not Effect.DELAY or facts.value(metric) is None:
            continue
        if facts.holds(rule.when):
            yield _delay(rule.label, rule.months, rule.clause, metric, facts)
    for code in multipliers:
        one = facts.rules.multiplier_rules[code]
        if one.months_later:
            yield _delay(one.label, one.months_later, one.clause, "", facts)


def _delay(label: str, months: int, clause: str, metric: str, facts: Facts) -> Node:
    return Node(
        label,
        Decimal(months),
        Unit.NUMBER,
        clause,
        f"dibayarkan {months} bulan kemudian; jumlahnya tidak berubah",
        (metric_node(metric, facts),) if metric else (),
        key="delay",
    )
