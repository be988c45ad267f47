"""What events cost: occurrences to charges in percent, charges to rupiah of what they act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from wfh_desktop.domain.tpp.case import Event
from wfh_desktop.domain.tpp.facts import Facts, quantity
from wfh_desktop.domain.tpp.figures import (
    HUNDRED,
    ONE,
    ZERO,
    number,
    percent,
    rounded,
    rupiah,
    tidy,
)
from wfh_desktop.domain.tpp.limits import Entry, reductions
from wfh_desktop.domain.tpp.ruleset import Counted, EventRule, Exemption, Hours, Of, Stage
from wfh_desktop.domain.tpp.trail import Node, Rounded

SIXTY = Decimal(60)


class Charge(NamedTuple):
    """So many times so many percent, in words, and the rows of the case behind it."""

    times: Decimal
    rate: Decimal
    text: str
    source: tuple[str, ...] = ()


class Cut(NamedTuple):
    """What all events of one code cost, in percent of what the rule takes it of."""

    code: str
    rule: EventRule
    charges: tuple[Charge, ...]
    note: str = ""

    @property
    def percent(self) -> Decimal:
        """Return the percentage of the target that is taken."""
        total = sum((one.times * one.rate for one in self.charges), ZERO)
        return total * self.rule.share / HUNDRED


def cuts(facts: Facts) -> tuple[Cut, ...]:
    """Return what the events of a month cost, in the order of the rules, not of the events."""
    by_code: dict[str, list[Event]] = {}
    for event in facts.events:
        by_code.setdefault(event.code, []).append(event)
    found: list[Cut] = []
    entries: list[Entry] = []
    for rule in facts.rules.active(facts.rules.events):
        if rule.unit is Counted.POINT:
            found += _points(rule, facts)
        for code in (rule.code, *rule.aliases):
            if events := by_code.get(code):
                found.append(_cut(code, rule, events, facts, entries))
    if not any(_is_limited(cut.rule) for cut in found):
        return tuple(found)
    taken_off = reductions(entries)
    return tuple(
        cut._replace(charges=cut.charges + tuple(_less(*one) for one in taken_off[cut.code]))
        if cut.code in taken_off
        else cut
        for cut in found
    )


def _is_limited(rule: EventRule) -> bool:
    caps = (rule.cap_per_day, rule.cap_per_month)
    return bool(rule.group) or rule.combine == "max" or any(cap is not None for cap in caps)


def _less(excess: Decimal, why: str) -> Charge:
    return Charge(ONE, -excess, f"{why}: {percent(-excess)}")


def _points(rule: EventRule, facts: Facts) -> Iterator[Cut]:
    value = facts.value(rule.metric)
    if value and rule.rate is not None:
        source = facts.case.sources.get(rule.metric, ())
        text = f"{number(value)} poin x {percent(rule.rate)}"
        yield Cut(rule.code, rule, (Charge(value, rule.rate, text, source),))


def _cut(
    code: str, rule: EventRule, events: list[Event], facts: Facts, entries: list[Entry]
) -> Cut:
    exemption = _exemption(code, facts)
    if exemption is not None:
        return Cut(code, rule, (), f"dikecualikan: {exemption.label}")
    counting = [event for event in events if _counts(rule, event)]
    note = ""
    if len(counting) < len(events):
        note = f"{len(events) - len(counting)} kejadian dikecualikan (tempat tugas atau alasan)"
    charges = tuple(_charges(rule, counting))
    if _is_limited(rule):
        entries += [
            Entry(code, rule, event.day, quantity(event), _rate(rule, event)) for event in counting
        ]
    return Cut(code, rule, charges, note or rule.note)


def _exemption(code: str, facts: Facts) -> Exemption | None:
    person = facts.case.person
    for one in facts.rules.active(facts.rules.exemptions):
        if one.events and code not in one.events:
            continue
        reached = (
            one.classes_from is not None
            and person.job_class is not None
            and person.job_class >= one.classes_from
        )
        if reached or person.level in one.levels or person.status in one.statuses:
            return one
    return None


def _counts(rule: EventRule, event: Event) -> bool:
    if rule.counted and event.workplace and event.workplace not in rule.counted:
        return False
    return event.reason not in rule.exempt_if if event.reason else True


def _charges(rule: EventRule, events: Sequence[Event]) -> Iterator[Charge]:
    if rule.bands:
        yield from _by_band(rule, events)
    elif rule.unit is Counted.MINUTE:
        minutes = sum((quantity(one) * _beyond(rule, one) for one in events), ZERO)
        yield Charge(minutes, _flat(rule), f"{number(minutes)} menit", _sources(events))
    elif rule.unit is Counted.HOUR:
        hours = sum((quantity(one) * _hours(rule, one) for one in events), ZERO)
        yield Charge(hours, _flat(rule), f"{number(hours, most=2)} jam", _sources(events))
    else:
        times = sum((quantity(one) for one in events), ZERO)
        yield Charge(times, _flat(rule), f"{number(times)} {rule.unit.value}", _sources(events))


def _by_band(rule: EventRule, events: Iterable[Event]) -> Iterator[Charge]:
    """Put the occurrences into bands; a band is one charge, whatever order they came in."""
    by_rate: dict[Decimal, list[Event]] = {}
    for event in events:
        by_rate.setdefault(_band(rule, event), []).append(event)
    for rate, inside in sorted(by_rate.items()):
        times = sum((quantity(one) for one in inside), ZERO)
        minutes = ", ".join(number(one) for one in sorted(one.minutes or ZERO for one in inside))
        yield Charge(times, rate, f"{number(times)} kejadian ({minutes} menit)", _sources(inside))


def _rate(rule: EventRule, event: Event) -> Decimal:
    """Return the percentage that one occurrence costs."""
    if rule.bands:
        return _band(rule, event)
    if rule.unit is Counted.MINUTE:
        return _beyond(rule, event) * _flat(rule)
    return _hours(rule, event) * _flat(rule) if rule.unit is Counted.HOUR else _flat(rule)


def _flat(rule: EventRule) -> Decimal:
    return ZERO if rule.rate is None else rule.rate


def _beyond(rule: EventRule, event: Event) -> Decimal:
    """Return the minutes beyond tolerance; a grace in seconds forgives the incomplete minute."""
    minutes = event.minutes or ZERO
    if rule.grace_seconds and minutes * SIXTY <= rule.grace_seconds:
        return ZERO
    return max(minutes - rule.tolerance_minutes, ZERO)


def _band(rule: EventRule, event: Event) -> Decimal:
    """Return the rate of the band in which the whole minutes of an occurrence lie."""
    whole = _beyond(rule, event).to_integral_value("ROUND_FLOOR")
    rates = [band.rate for band in rule.bands if band.at_least <= whole]
    return rates[-1] if rates else ZERO


def _hours(rule: EventRule, event: Event) -> Decimal:
    hours = _beyond(rule, event) / SIXTY
    if rule.hours is Hours.STARTED:
        return hours.to_integral_value("ROUND_CEILING")
    return hours.to_integral_value("ROUND_FLOOR") if rule.hours is Hours.FULL else hours


def _sources(events: Iterable[Event]) -> tuple[str, ...]:
    return tuple(source for event in events for source in event.source)


class Target(NamedTuple):
    """What percentages are taken of: its rupiah, what it is called, how to write it."""

    amount: Decimal
    name: str
    component: str
    part: str = ""


def node(cut: Cut, target: Target, facts: Facts) -> Node:
    """Return what a cut takes of a target, as a negative amount with its explanation."""
    charges = [_charged(cut, one, target, facts) for one in cut.charges]
    rule = cut.rule
    key = f"event.{target.component}.{target.part}.{cut.code}"
    if len(charges) == 1:
        return charges[0]._replace(label=rule.label, clause=rule.clause, key=key, note=cut.note)
    return Node(
        rule.label,
        sum((one.amount or ZERO for one in charges), ZERO),
        clause=rule.clause,
        children=tuple(charges),
        key=key,
        note=cut.note,
    )


def _charged(cut: Cut, charge: Charge, target: Target, facts: Facts) -> Node:
    rule, whole = cut.rule, target.amount
    name = f"{target.name} ({rupiah(whole)})"
    exact = whole * rule.share * charge.rate / (HUNDRED * HUNDRED)
    if rule.of is Of.DAY:
        days = facts.rules.month_days or ONE
        exact /= days
        name = f"TPP sehari ({rupiah(whole)} / {number(days)})"
    if rule.share != HUNDRED:
        name = f"{percent(rule.share)} {name}"
    each, rounding = _item(tidy(exact), facts)
    amount = tidy(-each * charge.times)
    formula = f"{charge.text} x {percent(charge.rate)} dari {name}"
    if charge.rate < 0:
        formula = f"{charge.text} dari {name}"
    return Node(
        charge.text, amount or ZERO, formula=formula, rounding=rounding, source=charge.source
    )


def _item(exact: Decimal, facts: Facts) -> tuple[Decimal, Rounded | None]:
    rule = facts.rules.roundings.get(Stage.ITEM)
    if rule is None:
        return exact, None
    after = rounded(exact, rule.mode, rule.unit)
    return after, None if after == exact else Rounded(rule.mode.value, rule.unit, exact, after)
