"""The TPP engine: a pure function from dated rules and the facts of a month to a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from wfh_desktop.domain.tpp.absence import delays
from wfh_desktop.domain.tpp.bases import bases, factor
from wfh_desktop.domain.tpp.case import Case
from wfh_desktop.domain.tpp.facts import Facts
from wfh_desktop.domain.tpp.figures import EXACT, HUNDRED, ONE, ZERO, slim, tidy
from wfh_desktop.domain.tpp.levies import bpjs, tax
from wfh_desktop.domain.tpp.month import Month, gather
from wfh_desktop.domain.tpp.parts import (
    deductions_node,
    part_node,
    rounding_step,
    total,
    whole,
    within_component,
)
from wfh_desktop.domain.tpp.ruleset import RuleSet, Stage
from wfh_desktop.domain.tpp.trail import Node, Unit


@dataclass(frozen=True, slots=True)
class Result:
    """What a person's month is worth, in rupiah, and how it came about.

    *components* are what is paid of each component, *parts* what is left of each part (over all
    components, before what acts on the component), *deductions* what each event takes, by its
    code. *delay* is by how many months the payment is put off.
    """

    components: Mapping[str, Decimal]
    parts: Mapping[str, Decimal]
    deductions: Mapping[str, Decimal]
    gross: Decimal
    tax: Decimal
    bpjs: Decimal
    net: Decimal
    trail: Node
    delay: int = 0


def calculate(rules: RuleSet, case: Case) -> Result:
    """Calculate a person's TPP of a month.

    Pure: the same rules and case always give the same tree. Raises `Invalid` if the case has
    codes or numbers that the rules do not know, or lacks what they need.
    """
    with localcontext(EXACT):
        return _calculated(gather(Facts(rules, case)))


def _calculated(month: Month) -> Result:
    facts = month.facts
    amounts = bases(facts, month.applied)
    components = [
        _component(code, base, month) if base.amount or len(amounts) == 1 else _nothing(code, base)
        for code, base in amounts.items()
    ]
    steps = [*components, *rounding_step(total(components), Stage.TOTAL, facts)]
    later = tuple(delays(facts, frozenset(one.rule.code for one in month.applied)))
    gross = total(steps)
    root = Node("Jumlah TPP (bruto)", gross, inputs=later, children=tuple(steps), key="gross")
    levied = [one for one in (tax(gross, facts), bpjs(gross, facts)) if one is not None]
    net = total((root, *levied))
    trail = Node(
        "Jumlah TPP yang diterima", net, inputs=_context(month), children=(root, *levied),
        key="net", note=_validity(facts),
    )  # fmt: skip
    return _result(month, components, trail, later)


def _validity(facts: Facts) -> str:
    period = facts.case.period
    if period is None or facts.rules.holds_in(period):
        return ""
    return f"aturan {facts.rules.id} tidak berlaku pada {period}"


def _context(month: Month) -> tuple[Node, ...]:
    """Return what explains the whole month: the rule set and the leave taken in it."""
    rules = month.facts.rules
    basis = "; ".join(one.number for one in rules.legal_basis)
    return (Node(f"Aturan: {rules.name}", None, Unit.NUMBER, basis), *month.away.notes)


def _nothing(code: str, base: Node) -> Node:
    """Return a component that this person does not have."""
    return Node(base.label, ZERO, clause=base.clause, inputs=(base,), key=f"component.{code}")


def _component(code: str, base: Node, month: Month) -> Node:
    facts, amount = month.facts, base.amount or ZERO
    rule = facts.rules.component_rules[code]
    parts = facts.rules.parts_by_component[code]
    steps = [part_node(part, amount, code, month) for part in parts]
    steps = steps or [whole(rule.label, amount, month.adjustments)]
    steps += deductions_node(amount, code, month)
    steps += within_component(steps)
    product = ONE
    for one in month.applied:
        if one.rule.stage == Stage.COMPONENT.value:
            steps.append(factor(one, total(steps)))
            product *= one.value
    steps += rounding_step(total(steps), Stage.COMPONENT, facts)
    inputs: tuple[Node, ...] = (base,)
    if month.share != HUNDRED:
        inputs += (Node("Bagian yang dibayar", tidy(month.share), Unit.PERCENT, key="share"),)
    if product != ONE:
        inputs += (Node("Faktor", product, Unit.FACTOR, key="factor"),)
    return Node(
        rule.label, total(steps), clause=rule.clause, inputs=inputs, children=tuple(steps),
        key=f"component.{code}",
    )  # fmt: skip


def _result(
    month: Month, components: Sequence[Node], trail: Node, later: tuple[Node, ...]
) -> Result:
    parts: dict[str, Decimal] = {}
    deductions: dict[str, Decimal] = {event.code: ZERO for event in month.facts.events}
    for component in components:
        for one in component.children:
            if one.key.startswith("part."):
                _add(parts, one)
            for event in one.children:
                if event.key.startswith("event."):
                    _add(deductions, event, sign=-1)
    amounts = {one.key: one.amount or ZERO for one in trail.children}
    return Result(
        components={one.key.partition(".")[2]: slim(one.amount or ZERO) for one in components},
        parts={code: slim(amount) for code, amount in parts.items()},
        deductions={code: slim(amount) for code, amount in deductions.items()},
        gross=slim(amounts["gross"]),
        tax=slim(-amounts.get("tax", ZERO)),
        bpjs=slim(-amounts.get("bpjs", ZERO)),
        net=slim(trail.amount or ZERO),
        trail=trail,
        delay=sum(int(one.amount or ZERO) for one in later),
    )


def _add(amounts: dict[str, Decimal], node: Node, sign: int = 1) -> None:
    code = node.key.rpartition(".")[2]
    amounts[code] = amounts.get(code, ZERO) + sign * (node.amount or ZERO)
