"""What stands between a draft and its submission, each with the place where it is put right.

A blocking check forbids submitting; the others are told and left to the head's judgement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from sqlalchemy import func, select

from wfh_desktop import rulebook
from wfh_desktop.domain.attendance import Status
from wfh_desktop.domain.calendar import Calendar
from wfh_desktop.domain.people import EmploymentStatus, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.domain.work_reports import ReportState
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import (
    Ceiling,
    Holiday,
    Recommendation,
    RecommendationLine,
    Sanction,
    WorkReport,
)
from wfh_desktop.services import calendar, office, units
from wfh_desktop.services.tpp import lines
from wfh_desktop.services.tpp.facts import Facts, choice, gather
from wfh_desktop.services.tpp.findings import Check

NAMES = 5  # people named in a sentence before the rest is only counted
FEW = Decimal("0.2")  # of the usual presence: below it a day looks like a missed holiday


@dataclass(frozen=True, slots=True)
class _Matter:
    """What the checks look at."""

    work: Work
    record: Recommendation
    period: Period
    facts: Facts
    lines: tuple[RecommendationLine, ...]
    calendar: Calendar

    def named(self, keys: Iterable[int]) -> str:
        """Return the names of *keys* in the order of the list."""
        wanted = set(keys)
        names = [one.person.name for one in self.facts.people if one.person.id in wanted]
        rest = len(names) - NAMES
        return ", ".join(names[:NAMES]) + (f" dan {rest} orang lain" if rest > 0 else "")


def run(work: Work, record: Recommendation) -> list[Check]:
    """Return everything that was found, what blocks first."""
    work.actor.require(Right.READ)
    period = Period(record.year, record.month)
    chosen = choice(work, record.unit_id, period)
    if chosen is None:
        return [Check("no_rules", (period,))]
    matter = _Matter(
        work=work,
        record=record,
        period=period,
        facts=gather(work, record.unit_id, period, chosen),
        lines=lines.of(work, record),
        calendar=calendar.calendar(work, record.unit_id, period),
    )
    found = [one for check in CHECKS for one in check(matter)]
    return sorted(found, key=lambda one: not one.blocking)


def before_submitting(work: Work, key: int) -> list[Check]:
    """Return the findings for one recommendation, for the window. Raises `NotFound`."""
    return run(work, work.get(Recommendation, key))


def ceiling(work: Work, unit_id: int, period: Period) -> Decimal | None:
    """Return the pagu of the unit for the month in rupiah, None if none was entered."""
    return work.session.scalar(
        select(Ceiling.amount).where(
            Ceiling.unit_id == unit_id,
            Ceiling.year == period.year,
            Ceiling.month == period.month,
        )
    )


def _nobody(matter: _Matter) -> Iterator[Check]:
    if not matter.facts.people:
        yield Check("nobody")


def _month_over(matter: _Matter) -> Iterator[Check]:
    today = matter.calendar.zone.local(matter.work.now).date()
    if today <= matter.period.last:
        yield Check("not_over")


def _unclear(matter: _Matter) -> Iterator[Check]:
    days = Counter({one.person.id: one.month.summary.unclear for one in matter.facts.people})
    keys = tuple(key for key, count in days.items() if count)
    if keys:
        yield Check("unclear", (days.total(), matter.named(keys)), keys)


def _pending(matter: _Matter) -> Iterator[Check]:
    keys = tuple(one.person.id for one in matter.facts.people if one.month.summary.pending)
    if keys:
        yield Check("pending", (matter.named(keys),), keys)


def _without_class(matter: _Matter) -> Iterator[Check]:
    keys = tuple(
        one.person.id
        for one in matter.facts.people
        if one.person.job_class is None and one.person.status is not EmploymentStatus.NON_ASN
    )
    if keys:
        yield Check("no_class", (matter.named(keys),), keys)


def _not_calculated(matter: _Matter) -> Iterator[Check]:
    """Tell each reason once, with everybody whom it concerns."""
    found: dict[tuple[str, str], list[int]] = {}
    for line in matter.lines:
        if reason := line.result.get("refusal"):
            for code, name in line.result.get("lacks") or [("refused", reason)]:
                found.setdefault((code, name), []).append(line.employee_id)
    for (code, name), keys in found.items():
        if code != "no_class":  # told by its own check, also where a table needs no class
            limits = (matter.named(keys), *([name[:1].upper() + name[1:]] if name else []))
            yield Check(code, limits, tuple(keys))


def _missing_people(matter: _Matter) -> Iterator[Check]:
    listed = {line.employee_id for line in matter.lines}
    there = {one.person.id for one in matter.facts.people}
    own = {lines.own_employee(matter.work)}  # told by `_others`
    if keys := tuple(there - listed - own):
        yield Check("missing", (matter.named(keys),), keys)
    if gone := listed - there - own:
        names = [line.person["name"] for line in matter.lines if line.employee_id in gone]
        yield Check("gone", (", ".join(names),), tuple(gone))


def _stale(matter: _Matter) -> Iterator[Check]:
    fresh = {one.person.id: rulebook.case_to_plain(one.case) for one in matter.facts.people}
    fresh.pop(lines.own_employee(matter.work) or 0, None)  # told by `_others`
    changed = tuple(
        line.employee_id
        for line in matter.lines
        if line.employee_id in fresh and fresh[line.employee_id] != line.facts
    )
    if changed:
        yield Check("stale", (matter.named(changed),), changed)
    elif (matter.record.rule_id, matter.record.rule_digest) != (
        matter.facts.choice.rule_id,
        matter.facts.digest,
    ):
        yield Check("rules_changed")


def _others(matter: _Matter) -> Iterator[Check]:
    """Say whose line somebody else has to calculate: nobody writes their own on a shared list."""
    own = lines.own_employee(matter.work)
    there = {one.person.id for one in matter.facts.people}
    for line in matter.lines:
        if line.employee_id == own and own not in there:
            yield Check("others", (line.person["name"],), (own,))
    if own in there:
        found = lines.calculated(matter.facts, matter.work.progress)
        for one in lines.left(matter.work, matter.record, found.entries):
            yield Check("others", (one.name,), (one.employee_id,))


def _rules_valid(matter: _Matter) -> Iterator[Check]:
    rules = matter.facts.rules
    if not rules.holds_in(matter.period):
        yield Check("rules_dated", (rules.name,))
    if failing := rulebook.failing_examples(rules):
        yield Check("rules_failing", (len(failing), rules.name))


def _reports(matter: _Matter) -> Iterator[Check]:
    keys = [one.person.id for one in matter.facts.people]
    rows = matter.work.session.execute(
        select(WorkReport.employee_id, func.count())
        .where(
            WorkReport.employee_id.in_(keys),
            WorkReport.day.between(matter.period.first, matter.period.last),
            WorkReport.state == ReportState.SUBMITTED,
        )
        .group_by(WorkReport.employee_id)
    )
    waiting = dict(rows.all())
    if waiting:
        yield Check("undecided", (sum(waiting.values()), matter.named(waiting)), tuple(waiting))


def _pagu(matter: _Matter) -> Iterator[Check]:
    limit = ceiling(matter.work, matter.record.unit_id, matter.period)
    if limit is None:
        yield Check("no_ceiling")
        return
    total = sum((line.gross for line in matter.lines), Decimal(0))
    if total > limit:
        yield Check("ceiling", (total - limit,))


def _signer(matter: _Matter) -> Iterator[Check]:
    signers = office.signatories(matter.work, matter.record.unit_id, matter.period.last)
    if "head" not in signers:
        yield Check("no_signer")
    head = office.letterhead(matter.work, matter.record.unit_id, matter.period)
    if not head.office or not head.place:
        yield Check("letterhead")


def _elsewhere(matter: _Matter) -> Iterator[Check]:
    """Somebody on the final or submitted list of another unit would be paid twice."""
    keys = [line.employee_id for line in matter.lines]
    rows = matter.work.session.execute(
        select(RecommendationLine.employee_id, Recommendation.unit_id)
        .join(Recommendation, Recommendation.id == RecommendationLine.recommendation_id)
        .where(
            RecommendationLine.employee_id.in_(keys),
            ~RecommendationLine.withdrawn,
            Recommendation.unit_id != matter.record.unit_id,
            Recommendation.year == matter.record.year,
            Recommendation.month == matter.record.month,
            Recommendation.state != State.DRAFT,
        )
    )
    found = dict(rows.all())
    if found:
        names = {row.id: row.name for row in units.tree(matter.work, matter.period.last)}
        where = ", ".join(sorted({names.get(unit, "unit lain") for unit in found.values()}))
        yield Check("elsewhere", (where, matter.named(found)), tuple(found))


def _holidays(matter: _Matter) -> Iterator[Check]:
    """Ask for the holidays: an empty calendar silently makes people absent on them."""
    year = matter.period.year
    known = matter.work.session.scalar(
        select(func.count())
        .select_from(Holiday)
        .where(Holiday.day.between(date(year, 1, 1), date(year, 12, 31)))
    )
    if not known:
        yield Check("no_holidays", (year,))


def _missed_holiday(matter: _Matter) -> Iterator[Check]:
    """Ask about a working day on which hardly anybody came; a human decides."""
    present: Counter[object] = Counter()
    for one in matter.facts.people:
        present.update(
            day.day for day in one.month.days if day.status in (Status.PRESENT, Status.DUTY)
        )
    today = matter.calendar.zone.local(matter.work.now).date()
    days = [day for day in matter.calendar.working_days(matter.period) if day < today]
    usual = median(present[day] for day in days) if days else 0
    for day in days:
        if usual and present[day] < FEW * Decimal(usual):
            yield Check("missed_holiday", (present[day], day))


def _superiors(matter: _Matter) -> Iterator[Check]:
    keys = tuple(one.person.id for one in matter.facts.people if one.person.superior_id is None)
    if len(keys) > 1:  # the head of the unit has theirs elsewhere
        yield Check("no_superior", (matter.named(keys),), keys)


def _undecreed(matter: _Matter) -> Iterator[Check]:
    keys = [one.person.id for one in matter.facts.people]
    rows = matter.work.session.scalars(
        select(Sanction.employee_id).where(
            Sanction.employee_id.in_(keys),
            Sanction.decree == "",
            ~Sanction.cancelled,
            Sanction.starts <= matter.period.last,
            Sanction.ends >= matter.period.first,
        )
    )
    if found := tuple(rows):
        yield Check("no_decree", (matter.named(found),), found)


def _nothing_paid(matter: _Matter) -> Iterator[Check]:
    keys = tuple(
        line.employee_id
        for line in matter.lines
        if line.net == 0 and not line.result.get("refusal")
    )
    if keys:
        yield Check("zero", (matter.named(keys),), keys)


def _corrected(matter: _Matter) -> Iterator[Check]:
    days = Counter(
        {one.person.id: sum(day.corrected for day in one.month.days) for one in matter.facts.people}
    )
    keys = tuple(key for key, count in days.items() if count)
    if keys:
        yield Check("corrected", (days.total(), matter.named(keys)), keys)


def _revision_reason(matter: _Matter) -> Iterator[Check]:
    if matter.record.revision and not matter.record.reason:
        yield Check("reason")


CHECKS: tuple[Callable[[_Matter], Iterator[Check]], ...] = (
    _nobody,
    _month_over,
    _missing_people,
    _stale,
    _others,
    _rules_valid,
    _unclear,
    _pending,
    _without_class,
    _not_calculated,
    _reports,
    _pagu,
    _signer,
    _elsewhere,
    _revision_reason,
    _holidays,
    _missed_holiday,
    _superiors,
    _undecreed,
    _nothing_paid,
    _corrected,
)
