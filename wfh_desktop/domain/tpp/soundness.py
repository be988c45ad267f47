"""Whether a rule set fits together: weights, references, bands, formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from wfh_desktop.domain.errors import Problem
from wfh_desktop.domain.tpp import formulas
from wfh_desktop.domain.tpp.figures import HUNDRED, ZERO, number
from wfh_desktop.domain.tpp.ruleset import (
    SCORE,
    Bands,
    By,
    Condition,
    Counted,
    EventRule,
    FirstOf,
    Gate,
    Linear,
    Multiplies,
    Of,
    Part,
    Proportion,
    RuleSet,
    Score,
    Stage,
    WeightedSum,
)


def problems(rules: RuleSet) -> tuple[Problem, ...]:
    """Return everything in a rule set that cannot be meant, with its place in the file."""
    return (
        *_validity(rules),
        *_twice(rules),
        *_options(rules),
        *_parts(rules),
        *_events(rules),
        *_absence(rules),
        *_multipliers(rules),
        *_levies(rules),
        *_columns(rules),
    )


def _validity(rules: RuleSet) -> Iterator[Problem]:
    if rules.valid_to is not None and rules.valid_to < rules.valid_from:
        yield Problem("valid_to", "rule_ends_before_start")
    for place, one in enumerate(rules.rounding):
        if one.unit <= ZERO:
            yield Problem(f"rounding[{place}].step", "not_positive")
    if rules.month_days is not None and rules.month_days <= ZERO:
        yield Problem("month_days", "not_positive")


def _twice(rules: RuleSet) -> Iterator[Problem]:
    codes: dict[str, Iterable[str]] = {
        "components": [one.code for one in rules.components],
        "parts": [one.code for one in rules.active(rules.parts)],
        "events": [c for one in rules.active(rules.events) for c in (one.code, *one.aliases)],
        "leave": [code for one in rules.active(rules.leave) for code in one.codes],
        "multipliers": [one.code for one in rules.active(rules.multipliers)],
        "metrics": [c for one in rules.metrics for c in (one.code, *one.aliases)],
        "rounding": [one.stage.value for one in rules.rounding],
        "columns": [one.key for one in rules.columns],
        "examples": [one.id for one in rules.examples],
    }
    for name, inside in codes.items():
        for code, times in Counter(inside).items():
            if times > 1:
                yield Problem(name, "rule_twice", (code,))


def _options(rules: RuleSet) -> Iterator[Problem]:
    known = [one.code for one in rules.options]
    named = {
        "parts": [one.option for one in rules.parts],
        "events": [one.option for one in rules.events],
        "exemptions": [one.option for one in rules.exemptions],
        "leave": [one.option for one in rules.leave],
        "multipliers": [one.option for one in rules.multipliers],
        "thresholds": [one.option for one in rules.thresholds],
        "taxes": [one.option for one in rules.taxes],
        "bpjs": [one.option for one in rules.bpjs],
    }
    for name, inside in named.items():
        for place, option in enumerate(inside):
            yield from _known(f"{name}[{place}].option", [option] if option else [], known)


def _known(place: str, codes: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    allowed = list(known)
    for code in codes:
        if code not in allowed:
            yield Problem(place, "rule_unknown_name", (code, ", ".join(allowed) or "-"))


def _metric(rules: RuleSet, place: str, code: str) -> Iterator[Problem]:
    yield from _known(place, [code], [*(one.code for one in rules.metrics), SCORE])


def _condition(rules: RuleSet, place: str, condition: Condition) -> Iterator[Problem]:
    yield from _metric(rules, f"{place}.metric", condition.metric)
    if (condition.value is None) == (not condition.than):
        yield Problem(f"{place}.value", "rule_value_or_metric")
    elif condition.than:
        yield from _metric(rules, f"{place}.than", condition.than)


def _parts(rules: RuleSet) -> Iterator[Problem]:
    components = [one.code for one in rules.components]
    for place, part in enumerate(rules.parts):
        where = f"parts[{place}]"
        yield from _known(f"{where}.applies_to", part.applies_to, components)
        if part.when is not None:
            yield from _condition(rules, f"{where}.when", part.when)
        yield from _score(rules, part.score, f"{where}.score", part)
    for code, parts in rules.parts_by_component.items():
        weights = sum((part.weight for part in parts), ZERO)
        if parts and weights != HUNDRED:
            yield Problem("parts", "rule_weights", (code, number(weights)))


def _score(rules: RuleSet, score: Score, place: str, part: Part) -> Iterator[Problem]:
    match score:
        case Bands(of=metric, bands=bands, full=full):
            yield from _metric(rules, f"{place}.of", metric)
            yield from _ascending(f"{place}.bands", [one.at_least for one in bands])
            if not bands or bands[0].at_least > ZERO:
                yield Problem(f"{place}.bands", "rule_bands_from_zero")
            if full <= ZERO:
                yield Problem(f"{place}.full", "not_positive")
        case Linear(of=metric, x0=x0, x1=x1):
            yield from _metric(rules, f"{place}.of", metric)
            if x0 == x1:
                yield Problem(f"{place}.x1", "rule_no_line")
        case Proportion(of=metric, full=full):
            yield from _metric(rules, f"{place}.of", metric)
            if full <= ZERO:
                yield Problem(f"{place}.full", "not_positive")
        case Gate(when=when):
            yield from _condition(rules, f"{place}.when", when)
        case WeightedSum(parts=subs):
            weights = sum((one.weight for one in subs), ZERO)
            if weights != part.weight:
                limits = (number(weights), number(part.weight))
                yield Problem(f"{place}.parts", "rule_sub_weights", limits)
            for n, one in enumerate(subs):
                yield from _score(rules, one.score, f"{place}.parts[{n}].score", part)
        case FirstOf(of=scores):
            for n, inner in enumerate(scores):
                yield from _score(rules, inner, f"{place}.of[{n}]", part)


def _ascending(place: str, starts: Sequence[Decimal]) -> Iterator[Problem]:
    if list(starts) != sorted(set(starts)):
        yield Problem(place, "rule_bands_order")


def _events(rules: RuleSet) -> Iterator[Problem]:
    for place, event in enumerate(rules.events):
        where = f"events[{place}]"
        yield from _known(f"{where}.parts", event.parts, [one.code for one in rules.parts])
        yield from _known(
            f"{where}.components", event.components, [one.code for one in rules.components]
        )
        yield from _event(rules, event, where)
        yield from _ascending(f"{where}.bands", [one.at_least for one in event.bands])


def _event(rules: RuleSet, event: EventRule, where: str) -> Iterator[Problem]:
    if (event.rate is None) == (not event.bands):
        yield Problem(where, "rule_rate_or_bands")
    if any(rate < ZERO for rate in (event.rate or ZERO, *(one.rate for one in event.bands))):
        yield Problem(where, "negative")
    if (event.of is Of.PART) != bool(event.parts):
        yield Problem(f"{where}.parts", "rule_event_parts")
    if event.of is Of.DAY and rules.month_days is None:
        yield Problem("month_days", "required")
    if event.unit is Counted.POINT:
        yield from _metric(rules, f"{where}.metric", event.metric)
        if event.bands:
            yield Problem(f"{where}.bands", "rule_rate_or_bands")


def _absence(rules: RuleSet) -> Iterator[Problem]:
    known = [one.code for one in rules.multipliers]
    for place, one in enumerate(rules.leave):
        where = f"leave[{place}]"
        yield from _known(f"{where}.multiplier", [one.multiplier] if one.multiplier else [], known)
        if not one.pay or (one.by is By.DAYS and not one.bands):
            yield Problem(where, "rule_leave_table")
        yield from _ascending(f"{where}.bands", [band.at_least for band in one.bands])
        shares = [*one.pay, *(band.pay for band in one.bands), one.beyond or ZERO, one.short_pay]
        if any(not ZERO <= share <= HUNDRED for share in shares):
            yield Problem(where, "rule_percent_range")
    for place, rule in enumerate(rules.thresholds):
        where = f"thresholds[{place}]"
        yield from _condition(rules, f"{where}.when", rule.when)
        yield from _known(f"{where}.parts", rule.parts, [one.code for one in rules.parts])
        if not ZERO <= rule.factor <= HUNDRED:
            yield Problem(f"{where}.factor", "rule_percent_range")


def _multipliers(rules: RuleSet) -> Iterator[Problem]:
    for place, one in enumerate(rules.multipliers):
        where = f"multipliers[{place}]"
        if one.stage == Stage.COMPONENT.value and one.kind is not Multiplies.FACTOR:
            yield Problem(f"{where}.stage", "rule_multiplier_stage")
        for name in ("metric", "class_metric"):
            if code := getattr(one, name):
                yield from _metric(rules, f"{where}.{name}", code)
        if one.kind in (Multiplies.PLUS_OF, Multiplies.DIFFERENCE) and not one.metric:
            yield Problem(f"{where}.metric", "required")
        if one.statuses and one.value is None:
            yield Problem(f"{where}.value", "required")


def _levies(rules: RuleSet) -> Iterator[Problem]:
    for place, tax in enumerate(rules.taxes):
        where = f"taxes[{place}]"
        if tax.kind == "rate":
            yield from _metric(rules, f"{where}.metric", tax.metric)
        if tax.kind == "ter":
            for metric in ("gross_salary", "salary_tax", "ter_category"):
                yield from _metric(rules, where, metric)
            yield from _known(f"{where}.brackets", "ABC", tax.brackets)
        if tax.kind == "flat" and not tax.rates:
            yield Problem(f"{where}.rates", "required")
    for place, one in enumerate(rules.bpjs):
        if one.salary_metric:
            yield from _metric(rules, f"bpjs[{place}].salary_metric", one.salary_metric)


def _columns(rules: RuleSet) -> Iterator[Problem]:
    before: list[str] = []
    for place, one in enumerate(rules.columns):
        where = f"columns[{place}]"
        if bool(one.value) == bool(one.formula):
            yield Problem(where, "rule_value_or_formula")
        if one.formula:
            try:
                used = tuple(formulas.refs(formulas.read(one.formula)))
            except formulas.FormulaError as error:
                yield Problem(f"{where}.formula", "rule_formula", (str(error) or "akhir",))
            else:
                yield from _known(f"{where}.formula", used, before)
        before.append(one.key)
