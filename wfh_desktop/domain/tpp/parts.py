"""A part of a component, and what is taken of it, as a tree whose leaves add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from wfh_desktop.domain.tpp.absence import Adjustment
from wfh_desktop.domain.tpp.deductions import Cut, Target, node
from wfh_desktop.domain.tpp.facts import Facts
from wfh_desktop.domain.tpp.figures import HUNDRED, ZERO, inside, percent, rounded, rupiah, tidy
from wfh_desktop.domain.tpp.month import Month
from wfh_desktop.domain.tpp.ruleset import Of, Part, Rounding, Stage
from wfh_desktop.domain.tpp.scoring import Scored, round_percent
from wfh_desktop.domain.tpp.trail import Node, Rounded, Unit


def total(nodes: Iterable[Node]) -> Decimal:
    """Return what nodes add up to."""
    amount = ZERO
    for one in nodes:
        if one.amount is not None:
            amount += one.amount
    return amount


def part_node(part: Part, base: Decimal, component: str, month: Month) -> Node:
    """Return a part of a component: the full part, less its deductions, limits and rounding."""
    facts, reached = month.facts, month.score(part)
    share = part.weight * reached.percent / HUNDRED
    full = tidy(base * share / HUNDRED)
    formula = f"{percent(part.weight)} x {reached.formula} x {rupiah(base)}"
    steps = [Node(f"{part.label} sebelum potongan", full, clause=part.clause, formula=formula)]
    own = [one for one in month.cuts if one.rule.of is Of.PART and part.code in one.rule.parts]
    target = Target(full, f"bagian {inside(part.label)}", component, part.code)
    steps += [node(one, target, facts) for one in own]
    steps += _within(steps, "potongan paling banyak sebesar bagiannya")
    taken = min(sum((one.percent for one in own), ZERO), HUNDRED)
    paid, rounding = round_percent(share * (HUNDRED - taken) / HUNDRED, facts)
    if rounding is not None:
        change = tidy(base * paid / HUNDRED) - total(steps)
        clause = facts.rules.roundings[Stage.PERCENT].clause
        steps.append(Node("Pembulatan persen", change, clause=clause, rounding=rounding))
    steps += rounding_step(total(steps), Stage.PART, facts)
    for one in month.adjustments:
        if one.concerns(part.code):
            steps.append(adjusted(one, total(steps)))
            paid = paid * one.left / HUNDRED
    return _joined(part, component, steps, _explained(part, reached, taken, paid))


def _explained(part: Part, reached: Scored, taken: Decimal, paid: Decimal) -> tuple[Node, ...]:
    name, code = inside(part.label), part.code
    score = Node(
        f"Capaian {name}", tidy(reached.percent), Unit.PERCENT, part.clause, reached.reason,
        reached.inputs, key=f"score.{code}",
    )  # fmt: skip
    left = Node(f"Dibayar untuk {name}", tidy(paid), Unit.PERCENT, key=f"percent.{code}")
    if not taken:
        return score, left
    return score, Node(f"Potongan {name}", tidy(taken), Unit.PERCENT, key=f"cut.{code}"), left


def _joined(part: Part, component: str, steps: list[Node], inputs: tuple[Node, ...]) -> Node:
    key = f"part.{component}.{part.code}"
    if len(steps) == 1:
        whole = steps[0]
        return Node(
            part.label, whole.amount, clause=part.clause, formula=whole.formula, inputs=inputs,
            key=key,
        )  # fmt: skip
    return Node(
        part.label, total(steps), clause=part.clause, inputs=inputs, children=tuple(steps),
        key=key,
    )  # fmt: skip


def _within(steps: Sequence[Node], why: str) -> list[Node]:
    """Give back what deductions take beyond zero."""
    left = total(steps)
    return [Node(f"Batas: {why}", -left)] if left < ZERO else []


def adjusted(one: Adjustment, amount: Decimal) -> Node:
    """Return what leave or a threshold takes of an amount."""
    return Node(
        one.label,
        tidy(amount * one.left / HUNDRED - amount),
        clause=one.clause,
        formula=f"tersisa {percent(one.left)} dari {rupiah(amount)}",
        inputs=one.inputs,
        source=one.source,
        note=one.note,
    )


def rounding_step(amount: Decimal, stage: Stage, facts: Facts) -> list[Node]:
    """Return the leaf that rounds an amount at a stage, or nothing where it changes nothing."""
    rule: Rounding | None = facts.rules.roundings.get(stage)
    if rule is None or (after := rounded(amount, rule.mode, rule.unit)) == amount:
        return []
    rounding = Rounded(rule.mode.value, rule.unit, amount, after)
    return [Node("Pembulatan", after - amount, clause=rule.clause, rounding=rounding)]


def deductions_node(base: Decimal, component: str, month: Month) -> list[Node]:
    """Return what is deducted from a component as a whole: of the total, of it, of the day."""
    target = Target(base, "jumlah TPP", component)
    on_it = [one for one in month.cuts if _on_component(one, component)]
    steps = [node(one, target, month.facts) for one in on_it]
    if not steps:
        return []
    for one in month.adjustments:
        if not one.parts:
            steps.append(adjusted(one, total(steps)))
    key = f"cuts.{component}"
    return [Node("Potongan dari jumlah TPP", total(steps), children=tuple(steps), key=key)]


def _on_component(cut: Cut, component: str) -> bool:
    rule = cut.rule
    if rule.of is Of.PART:
        return False
    return not rule.components or component in rule.components


def within_component(steps: Sequence[Node]) -> list[Node]:
    """Give back what deductions from the whole take beyond zero."""
    return _within(steps, "potongan paling banyak sebesar jumlahnya")


def whole(label: str, base: Decimal, adjustments: Sequence[Adjustment]) -> Node:
    """Return a component that has no parts: paid whole, unless leave or a threshold lowers it."""
    steps = [Node(f"{label} penuh", base, formula=f"100 % x {rupiah(base)}")]
    for one in adjustments:
        if not one.parts:
            steps.append(adjusted(one, total(steps)))
    if len(steps) == 1:
        return steps[0]
    return Node(label, total(steps), children=tuple(steps))
