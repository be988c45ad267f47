"""What a person's TPP is computed from: the base of each component, and what multiplies it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.tpp.facts import Facts
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
from wfh_desktop.domain.tpp.ruleset import Component, Multiplier, Multiplies, Stage
from wfh_desktop.domain.tpp.trail import Node, Rounded, Unit


class Applied(NamedTuple):
    """A multiplier that acts on this person, with its value."""

    rule: Multiplier
    value: Decimal


def multipliers(facts: Facts, from_leave: frozenset[str]) -> tuple[Applied, ...]:
    """Return the multipliers of a person in the order in which they act.

    A status such as CPNS has its multiplier without being told; the case may say False.
    """
    status, told = facts.case.person.status, facts.case.multipliers
    found = []
    for code, rule in facts.rules.multiplier_rules.items():
        value = told.get(
            code, code in from_leave or (status is not None and status in rule.statuses)
        )
        if value is True:
            value = ONE if rule.value is None else rule.value
        if value is not False:
            found.append(Applied(rule, value))
    return tuple(found)


def bases(facts: Facts, applied: tuple[Applied, ...]) -> dict[str, Node]:
    """Return the base of each component, by code; its children add up to it."""
    on_base = [one for one in applied if one.rule.stage == Stage.BASE.value]
    tariffs = tuple(_tariffs(facts))
    if len(tariffs) > 1 and any(_needs_acting(one.rule) for one in on_base):
        raise Invalid([Problem("base", "tpp_acting_needs_total")])
    return {code: _base(code, tariff, on_base, facts) for code, tariff in tariffs}


def _needs_acting(rule: Multiplier) -> bool:
    return rule.kind in (Multiplies.PLUS_OF, Multiplies.DIFFERENCE)


def _tariffs(facts: Facts) -> Iterator[tuple[str, Node]]:
    """Return what the case gives, or else what the tables say, component by component."""
    rules, given = facts.rules.component_rules, facts.case.base
    if given:
        for code, rule in rules.items():
            if code in given:
                source = facts.case.sources.get(f"base.{code}", ())
                label = f"{rule.label} sesuai penetapan"
                yield code, Node(label, given[code], clause=rule.clause, source=source)
        return
    tables = [one for one in rules.values() if one.by_title or one.by_class or one.by_level]
    if not tables:
        raise Invalid([Problem("base", "tpp_base_needed", (", ".join(rules),))])
    for one in tables:
        yield one.code, _from_table(one, facts)


def _from_table(rule: Component, facts: Facts) -> Node:
    """Look a component's base up: the jabatan wins over the class, the class over the level."""
    person = facts.case.person
    titles = {title.casefold(): amount for title, amount in rule.by_title.items()}
    if (amount := titles.get(person.title.casefold())) is not None:
        return Node(f"{rule.label} jabatan {person.title}", amount, clause=rule.clause)
    if rule.by_class and person.job_class is not None:
        if (amount := rule.by_class.get(person.job_class)) is None:
            limits = (person.job_class, ", ".join(map(str, sorted(rule.by_class))))
            raise Invalid([Problem("person.job_class", "tpp_class_unknown", limits)])
        return Node(f"{rule.label} kelas jabatan {person.job_class}", amount, clause=rule.clause)
    if person.level is not None and (amount := rule.by_level.get(person.level)) is not None:
        return Node(f"{rule.label} {person.level.value}", amount, clause=rule.clause)
    needed = "person.job_class" if rule.by_class else "base"
    raise Invalid([Problem(needed, "tpp_needed", (facts.rules.id,))])


def _base(code: str, tariff: Node, applied: list[Applied], facts: Facts) -> Node:
    steps = [tariff]
    amount = tariff.amount or ZERO
    for one in applied:
        step = _multiplied(one, amount, facts)
        amount += step.amount or ZERO
        steps.append(step)
    rule = facts.rules.roundings.get(Stage.BASE)
    if rule is not None and (after := rounded(amount, rule.mode, rule.unit)) != amount:
        rounding = Rounded(rule.mode.value, rule.unit, amount, after)
        steps.append(
            Node("Pembulatan dasar", after - amount, clause=rule.clause, rounding=rounding)
        )
        amount = after
    key = f"base.{code}"
    if len(steps) == 1:
        return tariff._replace(key=key)
    return Node(f"Dasar {code}", amount, children=tuple(steps), key=key)


def _multiplied(one: Applied, amount: Decimal, facts: Facts) -> Node:
    """Return what a multiplier adds to a base, or takes from it."""
    rule, value = one
    match rule.kind:
        case Multiplies.FACTOR:
            return factor(one, amount)
        case Multiplies.PLUS:
            step = tidy(amount * value)
            formula = f"{percent(value * HUNDRED)} x {rupiah(amount)}"
        case Multiplies.PLUS_OF:
            acting = _acting(rule, facts)
            step = tidy(acting * value)
            formula = f"{percent(value * HUNDRED)} x dasar jabatan yang dirangkap {rupiah(acting)}"
        case Multiplies.DIFFERENCE:
            acting = _acting(rule, facts)
            step = max(acting - amount, ZERO)
            formula = f"selisih {rupiah(acting)} dan {rupiah(amount)}, bila lebih tinggi"
    key = f"multiplier.{rule.code}"
    return Node(rule.label, step, clause=rule.clause, formula=formula, key=key)


def factor(one: Applied, amount: Decimal) -> Node:
    """Return what multiplying *amount* by a factor adds to it: nothing or less than nothing."""
    rule, value = one
    return Node(
        f"{rule.label} {percent(value * HUNDRED)}",
        tidy(amount * value - amount),
        clause=rule.clause,
        formula=f"{rupiah(amount)} x {number(value)} - {rupiah(amount)}",
        inputs=(Node(rule.label, value, Unit.FACTOR, key=f"multiplier.{rule.code}"),),
    )


def _acting(rule: Multiplier, facts: Facts) -> Decimal:
    """Return the base of the position held as Plt or Plh; raise `Invalid` if it is not known."""
    if rule.metric and (given := facts.value(rule.metric)) is not None:
        return given
    if rule.class_metric and (job_class := facts.value(rule.class_metric)) is not None:
        for one in facts.rules.components:
            if (amount := one.by_class.get(int(job_class))) is not None:
                return amount
        raise Invalid(
            [Problem(f"metrics.{rule.class_metric}", "tpp_class_unknown", (job_class, ""))]
        )
    raise Invalid([Problem(f"metrics.{rule.metric}", "tpp_acting_needed", (rule.code,))])
