"""What is taken from the gross amount: PPh 21 and the BPJS contribution."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.tpp.facts import Facts
from wfh_desktop.domain.tpp.figures import HUNDRED, ZERO, percent, rounded, rupiah, tidy
from wfh_desktop.domain.tpp.ruleset import Bracket, Stage, Tax
from wfh_desktop.domain.tpp.trail import Node, Rounded, Unit

DECEMBER = 12


def tax(gross: Decimal, facts: Facts) -> Node | None:
    """Return the tax as a negative amount, or None where the rule set has none."""
    rule = facts.rules.tax
    if rule is None or rule.kind == "none":
        return None
    rate, inputs = _rate(rule, gross, facts)
    if rule.kind == "rate" and not rate:
        return None
    if rule.kind == "ter":
        exact, formula = _ter(rate, gross, facts)
    else:
        exact, formula = gross * rate / HUNDRED, f"{percent(rate)} x {rupiah(gross)}"
    after, rounding = _rounded(tidy(exact), Stage.TAX, facts)
    inputs += (Node("Tarif PPh", tidy(rate), Unit.PERCENT, key="tax_rate"),)
    due = Node(
        "PPh Pasal 21", -after or ZERO, clause=rule.clause, formula=formula, inputs=inputs,
        rounding=rounding, key="tax", note=rule.note,
    )  # fmt: skip
    if not rule.borne:
        return due
    borne = Node("PPh ditanggung pemerintah", after, formula="ditambahkan sebesar potongannya")
    return Node("PPh Pasal 21", ZERO, children=(due._replace(key="tax.due"), borne), key="tax")


def _rate(rule: Tax, gross: Decimal, facts: Facts) -> tuple[Decimal, tuple[Node, ...]]:
    match rule.kind:
        case "rate":
            return facts.needed(rule.metric) * HUNDRED, ()
        case "ter":
            return _ter_rate(rule, gross + facts.needed("gross_salary"), facts), ()
        case _:
            return _flat(rule, facts), ()


def _flat(rule: Tax, facts: Facts) -> Decimal:
    """Return the flat rate of a person's golongan and status; raise `Invalid` if none fits."""
    person = facts.case.person
    grade = golongan(person.grade)
    for one in rule.rates:
        if one.grades and grade not in one.grades:
            continue
        if not one.statuses or person.status in one.statuses:
            return one.rate
    code = "tpp_grade_unknown" if grade else "tpp_needed"
    raise Invalid([Problem("person.grade", code, (person.grade or facts.rules.id,))])


def golongan(grade: str) -> str:
    """Return the golongan without its ruang: `III` for III/b, `IX` for IX."""
    return grade.strip().upper().replace("-", "/").partition("/")[0].strip()


def _ter_rate(rule: Tax, income: Decimal, facts: Facts) -> Decimal:
    """Return the monthly effective rate of an income (PP 58/2023); December is settled apart."""
    period = facts.case.period
    if period is not None and period.month == DECEMBER:
        raise Invalid([Problem("period", "tpp_ter_december")])
    return _bracket(rule.brackets, "ABC"[int(facts.needed("ter_category")) - 1], income)


def _bracket(table: Mapping[str, tuple[Bracket, ...]], category: str, income: Decimal) -> Decimal:
    for bracket in table[category]:
        if bracket.up_to is None or income <= bracket.up_to:
            return bracket.rate
    return table[category][-1].rate


def _ter(rate: Decimal, gross: Decimal, facts: Facts) -> tuple[Decimal, str]:
    salary, paid = facts.needed("gross_salary"), facts.needed("salary_tax")
    formula = f"{percent(rate)} x ({rupiah(gross)} + gaji {rupiah(salary)}) - {rupiah(paid)}"
    return max(rate * (gross + salary) / HUNDRED - paid, ZERO), formula


def bpjs(gross: Decimal, facts: Facts) -> Node | None:
    """Return the employee's BPJS contribution as a negative amount, or None if there is no rule.

    The contribution is a percentage of the TPP as far as salary and TPP together stay below the
    cap; what the employer pays stands beside it and takes nothing.
    """
    rule = facts.rules.contribution
    if rule is None:
        return None
    base, words = gross, rupiah(gross)
    if rule.cap is not None:
        salary = facts.value(rule.salary_metric) if rule.salary_metric else None
        room = max(rule.cap - (salary or ZERO), ZERO)
        base = min(gross, room)
        if base < gross:
            words = f"({rupiah(rule.cap)} - gaji {rupiah(salary or ZERO)})"
    after, rounding = _rounded(tidy(base * rule.employee / HUNDRED), Stage.BPJS, facts)
    inputs = [Node("Dasar BPJS", base, key="bpjs_base")]
    if rule.employer:
        employer, step = _rounded(tidy(base * rule.employer / HUNDRED), Stage.BPJS, facts)
        formula = f"{percent(rule.employer)} x {words}"
        label = "BPJS pemberi kerja (masuk dan keluar)"
        inputs.append(Node(label, employer, formula=formula, rounding=step, key="bpjs_employer"))
    return Node(
        "Iuran BPJS Kesehatan", -after or ZERO, clause=rule.clause,
        formula=f"{percent(rule.employee)} x {words}", inputs=tuple(inputs), rounding=rounding,
        key="bpjs", note=rule.note,
    )  # fmt: skip


def _rounded(exact: Decimal, stage: Stage, facts: Facts) -> tuple[Decimal, Rounded | None]:
    rule = facts.rules.roundings.get(stage)
    if rule is None:
        return exact, None
    after = rounded(exact, rule.mode, rule.unit)
    return after, None if after == exact else Rounded(rule.mode.value, rule.unit, exact, after)
