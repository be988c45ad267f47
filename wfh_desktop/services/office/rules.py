"""Which TPP rules hold for a unit, its amounts by class or jabatan, and its pagu by month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from wfh_desktop import rulebook
from wfh_desktop.domain.careers import CLASSES
from wfh_desktop.domain.errors import Conflict, Problem, refuse
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.ruleset import RuleSet
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import BaseAmount, Ceiling, RuleChoice, Unit
from wfh_desktop.services import records, timeline, units

MOST = Decimal(10) ** 12  # rupiah; whatever is more is a slip of the finger


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A rule set chosen for a unit from a day on."""

    id: int
    version: int
    unit_id: int
    rule_id: str
    valid_from: date
    valid_to: date | None
    unit_factor: Decimal | None


@dataclass(frozen=True, slots=True)
class AmountRow:
    """What a component is worth a month for a class, or for one jabatan."""

    id: int
    version: int
    unit_id: int
    component: str
    job_class: int | None
    title: str
    amount: Decimal
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class AmountDraft:
    """An amount as typed in: for a class, or for one jabatan, never both; None ends it.

    *shown* is what stood there before.
    """

    component: str
    amount: Decimal | None
    job_class: int | None = None
    title: str = ""
    shown: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CeilingRow:
    """The pagu of a month; *version* 0 where none was entered yet."""

    id: int
    version: int
    period: Period
    amount: Decimal | None


def choices(work: Work, unit_id: int) -> list[ChoiceRow]:
    """Return the rule sets chosen for the unit itself, the newest first."""
    work.actor.require(Right.READ)
    return [
        ChoiceRow(
            id=row.id,
            version=row.version,
            unit_id=row.unit_id,
            rule_id=row.rule_id,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            unit_factor=row.unit_factor,
        )
        for row in sorted(_choices(work, unit_id), key=lambda row: row.valid_from, reverse=True)
    ]


def choose_rules(
    work: Work,
    unit_id: int,
    rule_id: str,
    since: date,
    unit_factor: Decimal | None = None,
) -> int:
    """Pay a unit, and all below it, by a rule set from a day on; return the row's number.

    Refused unless every worked example of the rule set comes out right and it holds on that day.
    """
    work.actor.require(Right.ADMINISTER)
    work.get(Unit, unit_id)
    rules = rulebook.load(rule_id)
    refuse(_rule_problems(rules, since, unit_factor))
    new = RuleChoice(unit_id=unit_id, rule_id=rule_id, valid_from=since, unit_factor=unit_factor)
    timeline.place(_choices(work, unit_id), new)
    work.add(new)
    records.noted(work, new, "rules.chosen", digest=rulebook.digest(rule_id))
    return new.id


def correct_choice(
    work: Work, key: int, version: int, since: date, unit_factor: Decimal | None
) -> None:
    """Correct the first day or the unit factor of a choice."""
    work.actor.require(Right.ADMINISTER)
    row = work.get(RuleChoice, key, version)
    refuse(_rule_problems(rulebook.load(row.rule_id), since, unit_factor))
    timeline.make_room(_choices(work, row.unit_id), row, since)
    records.amend(work, row, "rules.corrected", valid_from=since, unit_factor=unit_factor)


def amounts(work: Work, unit_id: int, rule_id: str, day: date) -> list[AmountRow]:
    """Return the amounts entered for a rule set that hold on *day*, inherited ones too."""
    work.actor.require(Right.READ)
    line = [row.id for row in units.path(work, unit_id, day)] or [unit_id]
    query = select(BaseAmount).where(
        BaseAmount.unit_id.in_(line),
        BaseAmount.rule_id == rule_id,
        BaseAmount.valid_from <= day,
        BaseAmount.valid_to.is_(None) | (BaseAmount.valid_to >= day),
    )
    rows = sorted(
        work.session.scalars(query),
        key=lambda row: (-line.index(row.unit_id), row.valid_from, row.id),
    )
    nearest = {(row.component, row.job_class, row.title.casefold()): row for row in rows}
    return [_amount_row(row) for row in sorted(nearest.values(), key=_amount_order)]


def set_amounts(
    work: Work,
    unit_id: int,
    rule_id: str,
    since: date,
    drafts: Iterable[AmountDraft],
    *,
    shown_on: date | None = None,
) -> int:
    """Set what components are worth from a day on; return how many amounts are new or changed.

    Raises `Conflict` if one of them is by now another one than was shown for the day *shown_on*.
    """
    work.actor.require(Right.ADMINISTER)
    work.get(Unit, unit_id)
    drafts = list(drafts)
    refuse(_amount_problems(drafts, rulebook.load(rule_id)))
    if shown_on is not None:
        _require_as_shown(drafts, amounts(work, unit_id, rule_id, shown_on))
    stored = list(
        work.session.scalars(
            select(BaseAmount)
            .where(BaseAmount.unit_id == unit_id, BaseAmount.rule_id == rule_id)
            .order_by(BaseAmount.id)
        )
    )
    return sum(
        _set_amount(work, draft, stored, unit_id=unit_id, rule_id=rule_id, since=since)
        for draft in drafts
    )


def _require_as_shown(drafts: Iterable[AmountDraft], rows: Iterable[AmountRow]) -> None:
    now = {(row.component, row.job_class, row.title.casefold()): row for row in rows}
    for draft in drafts:
        title = " ".join(draft.title.split()).casefold()
        row = now.get((draft.component, draft.job_class, title))
        if (row.amount if row else None) != draft.shown:
            key = row.id if row else 0
            raise Conflict(f"amount of {draft.component}", table="base_amount", key=key)


def ceilings(work: Work, unit_id: int, year: int) -> list[CeilingRow]:
    """Return the pagu of the twelve months of a year."""
    work.actor.require(Right.READ)
    query = select(Ceiling).where(Ceiling.unit_id == unit_id, Ceiling.year == year)
    rows = [CeilingRow(0, 0, Period(year, month), None) for month in range(1, 13)]
    for row in work.session.scalars(query):
        rows[row.month - 1] = CeilingRow(row.id, row.version, Period(year, row.month), row.amount)
    return rows


def set_ceilings(
    work: Work, unit_id: int, values: Iterable[tuple[Period, int, Decimal | None]]
) -> int:
    """Set the pagu of some months, each with the version it was shown at; return how many changed.

    None takes a pagu back, so that the month is not checked.
    """
    work.actor.require(Right.ADMINISTER)
    values = list(values)
    refuse(
        Problem("amount", "amount_range", (period, MOST))
        for period, _, amount in values
        if amount is not None and not 0 <= amount <= MOST
    )
    changed = 0
    for period, version, amount in values:
        changed += _set_ceiling(work, unit_id, period, version, amount)
    return changed


def _set_ceiling(
    work: Work, unit_id: int, period: Period, version: int, amount: Decimal | None
) -> bool:
    stored = work.session.scalar(
        select(Ceiling).where(
            Ceiling.unit_id == unit_id, Ceiling.year == period.year, Ceiling.month == period.month
        )
    )
    if stored is not None:
        work.get(Ceiling, stored.id, version)
        return records.amend(work, stored, "ceiling.changed", amount=amount)
    if amount is None:
        return False
    new = work.add(Ceiling(unit_id=unit_id, year=period.year, month=period.month, amount=amount))
    records.noted(work, new, "ceiling.set")
    return True


def _set_amount(
    work: Work,
    draft: AmountDraft,
    stored: Iterable[BaseAmount],
    *,
    unit_id: int,
    rule_id: str,
    since: date,
) -> bool:
    title = " ".join(draft.title.split())
    key = (draft.component, draft.job_class, title.casefold())
    same = [row for row in stored if (row.component, row.job_class, row.title.casefold()) == key]
    former = next(
        (row for row in same if row.valid_from <= since <= (row.valid_to or date.max)), None
    )
    if draft.amount is None:
        last = since - timeline.DAY
        return former is not None and records.amend(work, former, "amount.ended", valid_to=last)
    if former is not None and former.valid_from == since:
        return records.amend(work, former, "amount.corrected", amount=draft.amount)
    if former is not None and former.amount == draft.amount:
        return False
    new = BaseAmount(
        unit_id=unit_id,
        rule_id=rule_id,
        component=draft.component,
        job_class=draft.job_class,
        title=title,
        amount=draft.amount,
        valid_from=since,
    )
    timeline.place([row for row in same if row.valid_from != since], new)
    work.add(new)
    records.noted(work, new, "amount.set")
    return True


def _rule_problems(rules: RuleSet, since: date, unit_factor: Decimal | None) -> Iterator[Problem]:
    if rules.valid_from > since or (rules.valid_to and rules.valid_to < since):
        yield Problem("valid_from", "rules_not_valid", (rules.name, rules.valid_from))
    if not rules.examples:
        yield Problem("rule_id", "rules_unproven", (rules.name,))
    if failing := rulebook.failing_examples(rules):
        yield Problem("rule_id", "rules_fail", (rules.name, len(failing)))
    if unit_factor is not None and not 0 <= unit_factor <= 2:
        yield Problem("unit_factor", "out_of_range", (0, 2))


def _amount_problems(drafts: Iterable[AmountDraft], rules: RuleSet) -> Iterator[Problem]:
    known = {component.code for component in rules.components}
    for draft in drafts:
        whose = draft.title.strip() or f"kelas {draft.job_class}"
        if draft.component not in known:
            yield Problem("component", "component_unknown", (draft.component, rules.name))
        if bool(draft.title.strip()) == (draft.job_class is not None):
            yield Problem("job_class", "class_or_title")
        if draft.job_class is not None and draft.job_class not in CLASSES:
            yield Problem("job_class", "out_of_range", (CLASSES[0], CLASSES[-1]))
        if draft.amount is not None and not 0 <= draft.amount <= MOST:
            yield Problem("amount", "amount_range", (whose, MOST))


def _choices(work: Work, unit_id: int) -> list[RuleChoice]:
    query = select(RuleChoice).where(RuleChoice.unit_id == unit_id)
    return list(work.session.scalars(query.order_by(RuleChoice.valid_from, RuleChoice.id)))


def _amount_row(row: BaseAmount) -> AmountRow:
    return AmountRow(
        id=row.id,
        version=row.version,
        unit_id=row.unit_id,
        component=row.component,
        job_class=row.job_class,
        title=row.title,
        amount=row.amount,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _amount_order(row: BaseAmount) -> tuple[object, ...]:
    return (row.job_class is None, -(row.job_class or 0), row.title.casefold(), row.component)
