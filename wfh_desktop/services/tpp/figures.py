"""Numbers of the month that the rules ask for and nothing here measures: a salary, BerAKHLAK."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wfh_desktop import rulebook
from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.people import EmploymentStatus, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.ruleset import Metric, RuleSet
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import MonthFigure
from wfh_desktop.services import closing, people, performance, records
from wfh_desktop.services.tpp.facts import MEASURED, choice, stored_figures

Key = tuple[int, str]  # of the employee and of the metric


@dataclass(frozen=True, slots=True)
class FigureKind:
    """A number that may be entered of everybody; *default* is taken where it is not."""

    code: str
    label: str
    unit: str
    note: str
    default: Decimal | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of whom numbers are entered."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a unit's month, with what they were last month and what is proposed."""

    rules: str
    kinds: tuple[FigureKind, ...]
    people: tuple[PersonRow, ...]
    values: Mapping[Key, Decimal]
    versions: Mapping[Key, int]
    former: Mapping[Key, Decimal]
    proposed: Mapping[Key, Decimal]


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A number as entered; None takes it back. *version* is that of what was shown, 0 for none."""

    employee_id: int
    code: str
    value: Decimal | None
    version: int = 0


def asked(rules: RuleSet) -> tuple[Metric, ...]:
    """Return the metrics of a rule set that are entered by hand."""
    acting = {name for one in rules.multipliers for name in (one.metric, one.class_metric)}
    known = MEASURED | acting
    return tuple(one for one in rules.metrics if one.code not in known and not one.counts)


def of_month(work: Work, unit_id: int, period: Period) -> Figures:
    """Return what the rules of the month ask for, and what is entered so far.

    Raises `Invalid` if no rules were chosen.
    """
    work.actor.require(Right.READ)
    rules = _rules(work, unit_id, period)
    metrics = asked(rules)
    staff = _staff(work, unit_id, period)
    keys = [one.id for one in staff]
    codes = {one.code for one in metrics}
    rows = [row for row in stored_figures(work, keys, period) if row.code in codes]
    before = stored_figures(work, keys, period.shifted(-1))
    return Figures(
        rules=rules.name,
        kinds=tuple(_kind(one) for one in metrics),
        people=staff,
        values={(row.employee_id, row.code): row.value for row in rows if row.value is not None},
        versions={(row.employee_id, row.code): row.version for row in rows},
        former={
            (row.employee_id, row.code): row.value
            for row in before
            if row.code in codes and row.value is not None
        },
        proposed=dict(_proposals(work, unit_id, period, metrics, keys)),
    )


def enter(work: Work, unit_id: int, period: Period, drafts: Sequence[FigureDraft]) -> int:
    """Store numbers of people's month; return how many changed.

    All or none: raises `Invalid` with all that is wrong, `Conflict` if somebody else changed one
    of them meanwhile.
    """
    work.actor.require(Right.RECORD)
    closing.require_open(work, unit_id, period)
    staff = {one.id: one for one in _staff(work, unit_id, period)}
    rules = {one.code: one for one in asked(_rules(work, unit_id, period))}
    refuse(_problems(drafts, staff, rules))
    there = {(row.employee_id, row.code): row for row in stored_figures(work, staff, period)}
    places = {one.id: one.unit_id for one in people.roster(work, unit_id, period)}
    changed = 0
    for done, draft in enumerate(drafts):
        work.progress(done, len(drafts))
        row = there.get((draft.employee_id, draft.code))
        changed += _store(work, places[draft.employee_id], period, draft, row)
    return changed


def _store(
    work: Work, unit_id: int, period: Period, draft: FigureDraft, row: MonthFigure | None
) -> bool:
    if row is not None:
        work.get(MonthFigure, row.id, draft.version)
        return records.amend(work, row, "figure.changed", value=draft.value)
    if draft.value is None:
        return False
    new = work.add(
        MonthFigure(
            unit_id=unit_id,
            employee_id=draft.employee_id,
            year=period.year,
            month=period.month,
            code=draft.code,
            value=draft.value,
        )
    )
    records.noted(work, new, "figure.entered", employee=draft.employee_id)
    return True


def _rules(work: Work, unit_id: int, period: Period) -> RuleSet:
    chosen = choice(work, unit_id, period)
    refuse([] if chosen else [Problem("rules", "no_rules", (period,))])
    assert chosen is not None
    return rulebook.load(chosen.rule_id)


def _staff(work: Work, unit_id: int, period: Period) -> tuple[PersonRow, ...]:
    """Return whom TPP is paid to, by rank."""
    return tuple(
        PersonRow(one.id, one.name)
        for one in people.roster(work, unit_id, period)
        if one.status is not EmploymentStatus.NON_ASN
    )


def _proposals(
    work: Work, unit_id: int, period: Period, metrics: Iterable[Metric], keys: Iterable[int]
) -> Iterator[tuple[Key, Decimal]]:
    """Yield the score of the appraisal for each metric that mostly is just that."""
    codes = [one.code for one in metrics if one.proposed == "score"]
    if not codes:
        return
    scores = performance.scores(work, unit_id, period)
    for key in keys:
        found = scores.get(key)
        if found is not None and found.score is not None:
            for code in codes:
                yield (key, code), found.score


def _problems(
    drafts: Iterable[FigureDraft], staff: Mapping[int, PersonRow], rules: Mapping[str, Metric]
) -> Iterator[Problem]:
    for draft in drafts:
        rule, person = rules.get(draft.code), staff.get(draft.employee_id)
        if rule is None:
            yield Problem("code", "figure_unknown", (draft.code,))
        elif person is None:
            yield Problem("people", "not_here")
        elif draft.value is not None and not _fits(draft.value, rule):
            limits = (person.name, rule.label, rule.minimum)
            if rule.maximum is None:
                yield Problem("value", "figure_less", limits)
            else:
                yield Problem("value", "figure_range", (*limits, rule.maximum))


def _fits(value: Decimal, rule: Metric) -> bool:
    return rule.minimum <= value and (rule.maximum is None or value <= rule.maximum)


def _kind(one: Metric) -> FigureKind:
    return FigureKind(one.code, one.label, one.unit, one.note, one.default)
