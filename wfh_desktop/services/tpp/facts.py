"""From what is stored about a month to the cases that the engine calculates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import select

from wfh_desktop import rulebook
from wfh_desktop.domain import discipline, leave
from wfh_desktop.domain.attendance import PersonDay, Status
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Capacity, EmploymentStatus
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp import case as cases
from wfh_desktop.domain.tpp.case import Case
from wfh_desktop.domain.tpp.ruleset import RuleSet
from wfh_desktop.domain.work_reports import ReportState
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import (
    BaseAmount,
    ConductEvent,
    Leave,
    MonthFigure,
    Position,
    RuleChoice,
    Sanction,
    WorkReport,
)
from wfh_desktop.services import attendance, people, performance, units
from wfh_desktop.services.attendance import PersonMonth
from wfh_desktop.services.people import PersonRow
from wfh_desktop.services.performance import MonthScore

R = TypeVar("R", Leave, Sanction, ConductEvent, Position, MonthFigure)

LONGEST_LEAVE = 18  # months back in which a leave that was extended may have begun
STATUS_EVENTS = {Status.ABSENT: "TK", Status.SICK: "S", Status.PERMIT: "I"}
RECORDED = frozenset({"TL", "PSW", "TAP", *STATUS_EVENTS.values()})  # known from attendance
STUDY_MULTIPLIER = "TUBEL"
MEASURED = frozenset({"attendance", "activity_minutes"})  # metrics that the program knows itself


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules hold for a unit in a month, and from where that was decided."""

    unit_id: int
    rule_id: str
    unit_factor: Decimal | None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person's month: what is known, and the case made of it."""

    month: PersonMonth
    case: Case

    @property
    def person(self) -> PersonRow:
        """Who it is, as valid in the month."""
        return self.month.person


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything from which the recommendation of a unit is calculated."""

    choice: Choice
    rules: RuleSet
    digest: str
    people: tuple[PersonFacts, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What holds for the whole unit, and what is known of its people beside attendance."""

    period: Period
    choice: Choice
    rules: RuleSet
    bases: list[BaseAmount]
    scores: Mapping[int, MonthScore]
    leaves: Mapping[int, list[Leave]] = field(default_factory=dict)
    sanctions: Mapping[int, list[Sanction]] = field(default_factory=dict)
    conduct: Mapping[int, list[ConductEvent]] = field(default_factory=dict)
    minutes: Mapping[int, Decimal] = field(default_factory=dict)
    acting: Mapping[int, list[Position]] = field(default_factory=dict)
    figures: Mapping[int, list[MonthFigure]] = field(default_factory=dict)


def choice(work: Work, unit_id: int, period: Period) -> Choice | None:
    """Return the rules chosen for the unit, or for the nearest one above it; None if none are."""
    line = [unit_id, *(row.id for row in units.path(work, unit_id, period.last))]
    rows = work.session.scalars(
        select(RuleChoice)
        .where(
            RuleChoice.unit_id.in_(line),
            RuleChoice.valid_from <= period.last,
            RuleChoice.valid_to.is_(None) | (RuleChoice.valid_to >= period.last),
        )
        .order_by(RuleChoice.valid_from, RuleChoice.id)
    )
    nearest = {row.unit_id: row for row in rows}
    for key in line:
        if found := nearest.get(key):
            return Choice(found.unit_id, found.rule_id, found.unit_factor)
    return None


def gather(work: Work, unit_id: int, period: Period, chosen: Choice) -> Facts:
    """Collect the month of everybody in the unit; a handful of queries for any number of people.

    Whoever is no ASN is left out: TPP is paid to ASN alone (PP 12/2019 article 58).
    """
    rules = rulebook.load(chosen.rule_id)
    months = [
        one
        for one in attendance.month(work, unit_id, period)
        if one.person.status is not EmploymentStatus.NON_ASN
    ]
    keys = [one.person.id for one in months]
    known = _known(work, unit_id, period, chosen, rules=rules, keys=keys)
    return Facts(
        choice=chosen,
        rules=rules,
        digest=rulebook.digest(chosen.rule_id),
        people=tuple(PersonFacts(one, _case(one, known)) for one in months),
    )


def _case(month: PersonMonth, known: _Known) -> Case:
    person = month.person
    base, base_sources = _base(person.title, person.job_class, known.bases)
    metrics, metric_sources = _metrics(month, known)
    codes = _event_codes(known.rules)
    tolerated = {rule.code: rule.measured_tolerance for rule in known.rules.events}
    events = (
        *_day_events(month.days, tolerated),
        *_conduct_events(known.conduct.get(person.id, ())),
    )
    return Case(
        period=known.period,
        person=cases.Person(
            person.status, person.grade, person.job_class, person.level, person.title
        ),
        base=base,
        events=tuple(event for event in events if event.code in codes),
        metrics=metrics,
        performance=_performance(known.scores.get(person.id)),
        leave=tuple(_leave(month, known)),
        multipliers=_multipliers(month, known),
        sources={**base_sources, **metric_sources},
    )


def _event_codes(rules: RuleSet) -> set[str]:
    """Return the codes of all events the rules know; some count leave among them."""
    return {code for event in rules.events for code in (event.code, *event.aliases)}


def _day_events(
    days: Iterable[PersonDay], tolerated: Mapping[str, Decimal]
) -> Iterator[cases.Event]:
    """Return what the days give occasion to deduct; an unclear day gives none.

    *tolerated* minutes of a code are taken off what was measured; the source says both.
    """
    for day in days:
        place = day.workplace.value if day.workplace else ""
        shown = f"{day.day:%d-%m-%Y}"
        if code := STATUS_EVENTS.get(day.status):
            yield cases.Event(
                code, days=Decimal(1), day=day.day, source=(f"{shown}: {day.status.value}",)
            )
        if day.status is not Status.PRESENT:
            continue
        for code, minutes, at, word in (
            ("TL", day.late_minutes, day.time_in, "masuk"),
            ("PSW", day.early_minutes, day.time_out, "pulang"),
        ):
            spared = tolerated.get(code, Decimal(0))
            if minutes > spared:
                said = f"{shown}: {word} {_clock(at)}"
                said += f", {minutes} menit, toleransi {spared:f} menit" if spared else ""
                counted = minutes - spared
                yield cases.Event(
                    code, minutes=counted, day=day.day, workplace=place, source=(said,)
                )
        for missing, word in ((day.no_in, "masuk"), (day.no_out, "pulang")):
            if missing:
                tap = (f"{shown}: tidak absen {word}",)
                yield cases.Event("TAP", Decimal(1), day=day.day, workplace=place, source=tap)


def _conduct_events(rows: Iterable[ConductEvent]) -> Iterator[cases.Event]:
    for row in rows:
        said = " ".join(filter(None, (f"{row.day:%d-%m-%Y}:", row.reason, row.document)))
        minutes = None if row.minutes is None else Decimal(row.minutes)
        yield cases.Event(row.code, Decimal(row.count), minutes, day=row.day, source=(said,))


def _leave(month: PersonMonth, known: _Known) -> Iterator[cases.Leave]:
    """Return the leave of the month as the rule set names it, with its month and days."""
    codes = {code for rule in known.rules.leave for code in rule.codes} | _event_codes(known.rules)
    rows = sorted(known.leaves.get(month.person.id, ()), key=lambda row: row.starts)
    spans = [leave.Span(row.kind, row.starts, row.ends) for row in rows]
    granted = {row.kind: row for row in rows if row.ends >= known.period.first}
    for kind, days in month.summary.leave.items():
        if kind.value not in codes:
            continue
        if row := granted.get(kind):
            span = leave.Span(row.kind, row.starts, row.ends)
            index = leave.month_index(span, spans, known.period)
            said = f"{row.document} ({row.starts:%d-%m-%Y} s.d. {row.ends:%d-%m-%Y})".strip()
            yield cases.Leave(kind.value, index, Decimal(days), (said,))
        else:
            yield cases.Leave(kind.value, days=Decimal(days))


def _performance(score: MonthScore | None) -> cases.Performance:
    if score is None:
        return cases.Performance()
    predicate = cases.PREDICATES.get(score.predicate.casefold())
    return cases.Performance(predicate, score.score, score.explanation)


def _metrics(
    month: PersonMonth, known: _Known
) -> tuple[dict[str, Decimal], dict[str, tuple[str, ...]]]:
    """Return the numbers that were entered and those that the program knows itself, as asked."""
    summary = month.summary
    entered = {row.code: row.value for row in known.figures.get(month.person.id, ())}
    values = {
        **{code: value for code, value in entered.items() if value is not None},
        "attendance": summary.attendance,
        "activity_minutes": known.minutes.get(month.person.id, Decimal(0)),
        **_acting_metrics(month.person.id, known),
    }
    worked = summary.present + summary.duty
    sources = {
        **dict.fromkeys(entered, ("diisi pada angka bulanan",)),
        "attendance": (f"{worked} hari hadir, {summary.absent} hari tanpa keterangan",),
        "activity_minutes": ("menit laporan yang diterima",),
    }
    asked = {metric.code for metric in known.rules.metrics}
    return (
        {code: value for code, value in values.items() if code in asked},
        {code: said for code, said in sources.items() if code in asked & values.keys()},
    )


def _acting_metrics(employee: int, known: _Known) -> dict[str, Decimal]:
    """Return base and class of the acting post, where a multiplier of the rules takes them."""
    found: dict[str, Decimal] = {}
    for post in known.acting.get(employee, ()):
        amounts, _ = _base(post.title, post.job_class, known.bases)
        for rule in known.rules.multipliers:
            if rule.class_metric and post.job_class:
                found[rule.class_metric] = Decimal(post.job_class)
            if rule.metric and amounts:
                found[rule.metric] = sum(amounts.values(), Decimal(0))
    return found


def _multipliers(month: PersonMonth, known: _Known) -> dict[str, Decimal | bool]:
    """Return what multiplies the amount of this person, as far as the rule set has it."""
    wanted: dict[str, Decimal | bool] = {}
    if known.choice.unit_factor is not None:
        wanted["UNIT"] = known.choice.unit_factor
    terms = map(people.term, known.sanctions.get(month.person.id, ()))
    factors = [term.factor for term in terms if term.factor and _counts(term, known.period)]
    if factors:
        wanted["HUKDIS"] = min(factors)
    if known.acting.get(month.person.id):
        wanted["PLT"] = True
    if month.summary.leave.get(LeaveKind.STUDY):
        wanted[STUDY_MULTIPLIER] = True
    return {rule.code: wanted[rule.code] for rule in known.rules.multipliers if rule.code in wanted}


def _counts(term: discipline.Term, period: Period) -> bool:
    """Tell whether a sanction is in force on some day of the month."""
    return term.issued and term.starts <= period.last and term.ends >= period.first


def _base(
    title: str, job_class: int | None, rows: Iterable[BaseAmount]
) -> tuple[dict[str, Decimal], dict[str, tuple[str, ...]]]:
    """Return the amounts by component for a jabatan; its own amount wins over that of its class."""
    amounts: dict[str, Decimal] = {}
    sources: dict[str, tuple[str, ...]] = {}
    by_class = (row for row in rows if not row.title and row.job_class == job_class)
    by_title = (row for row in rows if row.title and row.title.casefold() == title.casefold())
    for row in (*by_class, *by_title):
        amounts[row.component] = row.amount
        whose = row.title or f"kelas {row.job_class}"
        sources[row.component] = (f"besaran {whose}, berlaku {row.valid_from:%d-%m-%Y}",)
    return amounts, sources


def _bases(work: Work, unit_id: int, period: Period, rule_id: str) -> list[BaseAmount]:
    """Return the amounts that hold in the month, those of the unit itself last."""
    line = [unit_id, *(row.id for row in units.path(work, unit_id, period.last))]
    rows = work.session.scalars(
        select(BaseAmount).where(
            BaseAmount.unit_id.in_(line),
            BaseAmount.rule_id == rule_id,
            BaseAmount.valid_from <= period.last,
            BaseAmount.valid_to.is_(None) | (BaseAmount.valid_to >= period.last),
        )
    )
    return sorted(rows, key=lambda row: (-line.index(row.unit_id), row.valid_from, row.id))


def _known(
    work: Work, unit_id: int, period: Period, chosen: Choice, *, rules: RuleSet, keys: list[int]
) -> _Known:
    leaves = work.session.scalars(
        select(Leave)
        .where(
            Leave.employee_id.in_(keys),
            Leave.starts <= period.last,
            Leave.ends >= period.shifted(-LONGEST_LEAVE).first,
            ~Leave.cancelled,
        )
        .order_by(Leave.starts, Leave.id)
    )
    sanctions = work.session.scalars(
        select(Sanction)
        .where(Sanction.employee_id.in_(keys))
        .order_by(Sanction.starts, Sanction.id)
    )
    conduct = work.session.scalars(
        select(ConductEvent)
        .where(
            ConductEvent.employee_id.in_(keys),
            ConductEvent.day.between(period.first, period.last),
            ~ConductEvent.cancelled,
        )
        .order_by(ConductEvent.day, ConductEvent.id)
    )
    back = 1 if rules.performance_period == "M-1" else 0
    return _Known(
        period=period,
        choice=chosen,
        rules=rules,
        bases=_bases(work, unit_id, period, chosen.rule_id),
        scores=performance.scores(work, unit_id, period.shifted(-back)),
        leaves=_by_employee(leaves),
        sanctions=_by_employee(sanctions),
        conduct=_by_employee(conduct),
        minutes=_minutes(work, keys, period),
        acting=_by_employee(_acting(work, keys, period, rules)),
        figures=_by_employee(stored_figures(work, keys, period)),
    )


def stored_figures(work: Work, keys: Iterable[int], period: Period) -> list[MonthFigure]:
    """Return the numbers that were entered of these people's month."""
    query = select(MonthFigure).where(
        MonthFigure.employee_id.in_(keys),
        MonthFigure.year == period.year,
        MonthFigure.month == period.month,
    )
    return sorted(work.session.scalars(query), key=lambda row: (row.code, row.id))


def _acting(work: Work, keys: list[int], period: Period, rules: RuleSet) -> list[Position]:
    """Return the Plt and Plh posts that count in the month: some rules pay them a month later."""
    later = max((rule.months_later for rule in rules.multipliers if rule.code == "PLT"), default=0)
    counted = period.shifted(-later)
    return list(
        work.session.scalars(
            select(Position)
            .where(
                Position.employee_id.in_(keys),
                Position.capacity != Capacity.DEFINITIVE,
                ~Position.withdrawn,
                Position.valid_from <= counted.last,
                Position.valid_to.is_(None) | (Position.valid_to >= counted.first),
            )
            .order_by(Position.valid_from, Position.id)
        )
    )


def _minutes(work: Work, keys: list[int], period: Period) -> dict[int, Decimal]:
    """Return the minutes of accepted reports by employee."""
    total: dict[int, Decimal] = defaultdict(Decimal)
    rows = work.session.execute(
        select(WorkReport.employee_id, WorkReport.starts, WorkReport.ends).where(
            WorkReport.employee_id.in_(keys),
            WorkReport.day.between(period.first, period.last),
            WorkReport.state == ReportState.ACCEPTED,
        )
    )
    for employee, starts, ends in rows:
        if starts and ends and ends > starts:
            total[employee] += Decimal(_minute(ends) - _minute(starts))
    return total


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(at: time | datetime | None) -> str:
    return f"{at:%H.%M}" if at else "-"


def _by_employee(rows: Iterable[R]) -> dict[int, list[R]]:
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[row.employee_id].append(row)
    return found
