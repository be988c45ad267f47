"""A case laid beside the rules: checked, completed with defaults, ready to be calculated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.tpp.case import Case, Event, Leave
from wfh_desktop.domain.tpp.figures import ONE, ZERO, number
from wfh_desktop.domain.tpp.ruleset import (
    SCORE,
    TOTAL,
    Condition,
    Counted,
    EventRule,
    Metric,
    Op,
    RuleSet,
)

LARGEST = Decimal(10) ** 13  # rupiah and counts beyond this are mistakes
COMPARE = {
    Op.LESS: Decimal.__lt__,
    Op.AT_MOST: Decimal.__le__,
    Op.MORE: Decimal.__gt__,
    Op.AT_LEAST: Decimal.__ge__,
    Op.EQUAL: Decimal.__eq__,
}


class Facts:
    """One person's month under one rule set.

    Raises `Invalid` with every fault at once if the case has codes or numbers that the rule set
    cannot take.
    """

    def __init__(self, rules: RuleSet, case: Case) -> None:
        self.rules = rules
        self.case = case
        events, leave = _sorted_out(rules, case)
        if problems := tuple(_problems(rules, case, events, leave)):
            raise Invalid(problems)
        self.events = tuple(event for _, event in events)
        self.leave = tuple(one for _, one in leave)
        names = rules.metric_rules
        self.given = {names[name].code: value for name, value in case.metrics.items()}

    def value(self, metric: str) -> Decimal | None:
        """Return a metric as given, counted from the events, or by its default; else None."""
        if metric == SCORE:
            return self.case.performance.score
        if (value := self.given.get(metric)) is not None:
            return value
        rule = self.rules.metric_rules[metric]
        return self._counted(rule) if rule.counts else rule.default

    def needed(self, metric: str) -> Decimal:
        """Return a metric, or raise `Invalid` because the rule set cannot do without it."""
        if (value := self.value(metric)) is not None:
            return value
        field = "performance.score" if metric == SCORE else f"metrics.{metric}"
        raise Invalid([Problem(field, "tpp_needed", (self.rules.id,))])

    def is_given(self, metric: str) -> bool:
        """Tell whether the case itself gives a metric."""
        return metric in self.given or (metric == SCORE and self.value(SCORE) is not None)

    def holds(self, condition: Condition) -> bool:
        """Tell whether a condition holds; raise `Invalid` if its metric is missing."""
        return COMPARE[condition.op](self.needed(condition.metric), self.limit(condition))

    def limit(self, condition: Condition) -> Decimal:
        """Return what a condition compares with."""
        return self.needed(condition.than) if condition.value is None else condition.value

    def words(self, condition: Condition) -> str:
        """Return a condition as it is explained: `menit aktivitas >= 6.750`."""
        limit = number(self.limit(condition))
        return f"{self.label(condition.metric)} {condition.op.value} {limit}"

    def label(self, metric: str) -> str:
        """Return what a metric is called."""
        return "nilai kinerja" if metric == SCORE else self.rules.metric_rules[metric].label

    def _counted(self, rule: Metric) -> Decimal:
        total = ZERO
        for event in self.events:
            if event.code in rule.codes:
                times = quantity(event)
                total += times * (event.minutes or ZERO) if rule.counts == "minutes" else times
        return total


def quantity(event: Event) -> Decimal:
    """Return how often, or on how many days, an event occurred: once if it is not said."""
    if event.count is not None:
        return event.count
    return ONE if event.days is None else event.days


Events = list[tuple[str, Event]]  # with the place in the case
Leaves = list[tuple[str, Leave]]


def _sorted_out(rules: RuleSet, case: Case) -> tuple[Events, Leaves]:
    """Move leave that costs like an event among the events, and events that are leave to leave."""
    events: Events = []
    leave: Leaves = []
    for place, event in enumerate(case.events):
        code, where = event.code.strip().upper(), f"events[{place}]"
        if code not in rules.event_rules and code in rules.leave_rules:
            leave.append((where, Leave(code, None, quantity(event), event.source)))
        else:
            events.append((where, event if event.code == code else replace(event, code=code)))
    for place, one in enumerate(case.leave):
        code, where = one.code.strip().upper(), f"leave[{place}]"
        if code not in rules.leave_rules and code in rules.event_rules:
            events.append((where, Event(code, days=one.days, source=one.source)))
        else:
            leave.append((where, one if one.code == code else replace(one, code=code)))
    return events, leave


def _problems(rules: RuleSet, case: Case, events: Events, leave: Leaves) -> Iterator[Problem]:
    yield from _base_problems(rules, case)
    for place, event in events:
        yield from _event_problems(rules, event, place)
    yield from _metric_problems(rules, case)
    for place, one in leave:
        if one.code not in rules.leave_rules:
            known = ", ".join(rules.leave_rules) or "-"
            yield Problem(f"{place}.code", "tpp_unknown_code", (one.code, known))
        if one.month_index is not None and one.month_index < 1:
            yield Problem(f"{place}.month_index", "tpp_month_index")
        yield from _amount_problems(f"{place}.days", one.days)
    yield from _multiplier_problems(rules, case)
    yield from _amount_problems("performance.score", case.performance.score)


def _base_problems(rules: RuleSet, case: Case) -> Iterator[Problem]:
    base, known = case.base, rules.component_rules
    for code, amount in base.items():
        if code not in known:
            yield Problem(f"base.{code}", "tpp_unknown_code", (code, ", ".join(known)))
        yield from _amount_problems(f"base.{code}", amount)
    if TOTAL in base and len(base) > 1:
        yield Problem("base", "tpp_total_and_components")


def _event_problems(rules: RuleSet, event: Event, place: str) -> Iterator[Problem]:
    rule = rules.event_rules.get(event.code)
    if rule is None:
        known = ", ".join(rules.event_rules)
        yield Problem(f"{place}.code", "tpp_unknown_code", (event.code, known))
        return
    for name in ("count", "minutes", "days"):
        yield from _amount_problems(f"{place}.{name}", getattr(event, name))
    if event.count is not None and event.days is not None:
        yield Problem(place, "tpp_count_and_days")
    if event.minutes is None and wants_minutes(rule):
        yield Problem(f"{place}.minutes", "tpp_needed", (rules.id,))
    if event.count is not None and event.count != event.count.to_integral_value():
        yield Problem(f"{place}.count", "tpp_whole")


def wants_minutes(rule: EventRule) -> bool:
    """Tell whether an event cannot be counted without its minutes."""
    return bool(rule.bands) or rule.unit in (Counted.MINUTE, Counted.HOUR)


def _metric_problems(rules: RuleSet, case: Case) -> Iterator[Problem]:
    known = rules.metric_rules
    seen: set[str] = set()
    for name, value in case.metrics.items():
        rule = known.get(name)
        if rule is None:
            yield Problem(f"metrics.{name}", "tpp_unknown_metric", (", ".join(known) or "-",))
            continue
        if rule.code in seen:
            yield Problem(f"metrics.{name}", "tpp_metric_twice", (rule.code,))
        seen.add(rule.code)
        if value < rule.minimum:
            yield Problem(f"metrics.{name}", "tpp_less", (number(rule.minimum),))
        elif value > (LARGEST if rule.maximum is None else rule.maximum):
            highest = LARGEST if rule.maximum is None else rule.maximum
            yield Problem(f"metrics.{name}", "tpp_more", (number(highest),))


def _multiplier_problems(rules: RuleSet, case: Case) -> Iterator[Problem]:
    known = rules.multiplier_rules
    for code, value in case.multipliers.items():
        rule = known.get(code)
        if rule is None:
            limits = (code, ", ".join(known) or "-")
            yield Problem(f"multipliers.{code}", "tpp_unknown_code", limits)
        elif value is True:
            if rule.value is None:
                yield Problem(f"multipliers.{code}", "tpp_value_needed")
        elif value is not False and not ZERO <= value <= rule.highest:
            yield Problem(f"multipliers.{code}", "tpp_multiplier_range", (number(rule.highest),))


def _amount_problems(place: str, amount: Decimal | None) -> Iterator[Problem]:
    if amount is None:
        return
    if amount < 0:
        yield Problem(place, "negative")
    elif amount > LARGEST:
        yield Problem(place, "tpp_more", (number(LARGEST),))
