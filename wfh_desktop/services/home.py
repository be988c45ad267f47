"""The first page: who is here today, what waits for the head, what the month still lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from sqlalchemy import func, select

from wfh_desktop.domain.attendance import PersonDay, Status, Workplace
from wfh_desktop.domain.people import EmploymentStatus, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import PrintedPaper, Recommendation, RecommendationLine
from wfh_desktop.services import attendance, clock, performance, tasks, work_reports
from wfh_desktop.services.attendance import PersonMonth
from wfh_desktop.services.people import PersonRow
from wfh_desktop.services.task_rows import ShareRow


class Kind(StrEnum):
    """What a person's day is shown as: where it was worked, or why it was not."""

    OFFICE = auto()
    HOME = auto()
    DUTY_ROSTER = auto()
    DUTY = auto()
    LEAVE = auto()
    SICK = auto()
    PERMIT = auto()
    ABSENT = auto()
    HOLIDAY = auto()
    UNCLEAR = auto()
    PENDING = auto()


WORKED = {
    Workplace.OFFICE: Kind.OFFICE,
    Workplace.HOME: Kind.HOME,
    Workplace.DUTY_ROSTER: Kind.DUTY_ROSTER,
}
KINDS = {
    Status.DUTY: Kind.DUTY,
    Status.LEAVE: Kind.LEAVE,
    Status.SICK: Kind.SICK,
    Status.PERMIT: Kind.PERMIT,
    Status.ABSENT: Kind.ABSENT,
    Status.HOLIDAY: Kind.HOLIDAY,
    Status.UNCLEAR: Kind.UNCLEAR,
    Status.PENDING: Kind.PENDING,
}


class Step(StrEnum):
    """What has to be done before a month is closed, in this order."""

    ATTENDANCE = auto()
    REPORTS = auto()
    PERFORMANCE = auto()
    CALCULATION = auto()
    SUBMISSION = auto()
    LOCK = auto()
    PAPERS = auto()


@dataclass(frozen=True, slots=True)
class StepRow:
    """How far one step is: *done* of *total*, and by whom or on which days it is held up.

    *held* counts what somebody has to put right; the rest of what is missing is yet to come.
    """

    step: Step
    complete: bool
    done: int
    total: int
    held: int = 0
    people: tuple[str, ...] = ()
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Today:
    """The unit on the present day; *holiday* is true if nobody has to work."""

    day: date
    counts: dict[Kind, int]
    missing: tuple[PersonRow, ...]  # have to work, and nothing is known of them yet
    holiday: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a decision or an answer; *oldest_days* is the age of the oldest report."""

    reports: int
    oldest_days: int
    overdue: int
    unclear: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the first page shows."""

    today: Today
    waiting: Waiting
    steps: tuple[StepRow, ...]
    months: tuple[PersonMonth, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """What stands around every page: the month's state, and how much waits on which page."""

    state: State
    badges: dict[str, int]


def kind(day: PersonDay) -> Kind:
    """Return what a day is shown as."""
    if day.status is Status.PRESENT:
        return WORKED[day.workplace or Workplace.OFFICE]
    return KINDS[day.status]


def overview(work: Work, unit_id: int, period: Period) -> Overview:
    """Return what the first page shows of a unit's month, and of the present day."""
    work.actor.require(Right.READ)
    today = clock.today(work, unit_id)
    months = attendance.month(work, unit_id, period)
    present = Period.of(today)
    of_today = months if period == present else attendance.month(work, unit_id, present)
    reports = work_reports.waiting(work, unit_id, period)
    sent = [today - row.submitted_on for row in reports if row.submitted_on]
    return Overview(
        today=_today(of_today, today),
        waiting=Waiting(
            reports=len(reports),
            oldest_days=max((age.days for age in sent), default=0),
            overdue=len(_overdue(work, unit_id, period)),
            unclear=sum(month.summary.unclear for month in months),
        ),
        steps=tuple(_steps(work, unit_id, period, months, len(reports))),
        months=tuple(months),
    )


def glance(work: Work, unit_id: int, period: Period) -> Glance:
    """Return how far the month is, and what waits on which page; it is asked for after each job."""
    work.actor.require(Right.READ)
    found = _recommendation(work, unit_id, period)
    return Glance(
        state=found.state if found else State.DRAFT,
        badges={
            "tasks": len(_overdue(work, unit_id, period)),
            "work_reports": len(work_reports.waiting(work, unit_id, period)),
        },
    )


def unclear_days(work: Work, unit_id: int, period: Period) -> int:
    """Return how many days of the unit's month wait for an answer.

    Every day of everybody is judged for it: ask only when something about attendance changed.
    """
    return sum(month.summary.unclear for month in attendance.month(work, unit_id, period))


def _today(months: Sequence[PersonMonth], today: date) -> Today:
    days = [(one.person, day) for one in months for day in one.days if day.day == today]
    counts = Counter(kind(day) for _, day in days)
    return Today(
        day=today,
        counts=dict(counts),
        missing=tuple(person for person, day in days if kind(day) is Kind.PENDING),
        holiday=bool(days) and set(counts) <= {Kind.HOLIDAY},
    )


def _overdue(work: Work, unit_id: int, period: Period) -> list[ShareRow]:
    rows = tasks.listing(work, unit_id, period)
    return [share for row in rows for share in row.shares if share.overdue]


def _steps(
    work: Work, unit_id: int, period: Period, months: Sequence[PersonMonth], waiting: int
) -> Iterator[StepRow]:
    yield _attendance(months)
    reports = len(work_reports.listing(work, unit_id, period))
    yield StepRow(Step.REPORTS, waiting == 0, reports - waiting, reports)
    yield _performance(work, unit_id, period)
    yield from _recommended(work, unit_id, period)


def _attendance(months: Sequence[PersonMonth]) -> StepRow:
    days = [day for month in months for day in month.days]
    unclear = [day.day for day in days if day.status is Status.UNCLEAR]
    coming = sum(day.status is Status.PENDING for day in days)
    owed = sum(month.summary.working_days for month in months)
    return StepRow(
        Step.ATTENDANCE,
        complete=bool(months) and not unclear and not coming,
        done=owed - len(unclear) - coming,
        total=owed,
        held=len(unclear),
        people=_names(month.person for month in months if month.summary.unclear),
        days=tuple(sorted(set(unclear))),
    )


def _performance(work: Work, unit_id: int, period: Period) -> StepRow:
    rows = performance.month(work, unit_id, period)
    rows = [row for row in rows if row.person.status is not EmploymentStatus.NON_ASN]
    without = [row.person for row in rows if not row.score.predicate]
    done = len(rows) - len(without)
    return StepRow(
        Step.PERFORMANCE, bool(rows) and not without, done, len(rows), people=_names(without)
    )


def _recommended(work: Work, unit_id: int, period: Period) -> Iterator[StepRow]:
    found = _recommendation(work, unit_id, period)
    people = _listed(work, found) if found else 0
    state = found.state if found else None
    handed_in = state in {State.SUBMITTED, State.FINAL}
    yield StepRow(Step.CALCULATION, found is not None, people, people)
    yield StepRow(Step.SUBMISSION, handed_in, int(handed_in), 1)
    yield StepRow(Step.LOCK, state is State.FINAL, int(state is State.FINAL), 1)
    printed = _printed(work, unit_id, period) if found else 0
    yield StepRow(Step.PAPERS, printed > 0, printed, 0)


def _recommendation(work: Work, unit_id: int, period: Period) -> Recommendation | None:
    """Return the newest revision of the month, if there is one."""
    return work.session.scalar(
        select(Recommendation)
        .where(
            Recommendation.unit_id == unit_id,
            Recommendation.year == period.year,
            Recommendation.month == period.month,
        )
        .order_by(Recommendation.revision.desc())
        .limit(1)
    )


def _listed(work: Work, found: Recommendation) -> int:
    """Return how many people are on the list of a recommendation."""
    lines = select(func.count()).where(
        RecommendationLine.recommendation_id == found.id, ~RecommendationLine.withdrawn
    )
    return work.session.scalar(lines) or 0


def _printed(work: Work, unit_id: int, period: Period) -> int:
    """Return how many papers of the month were issued, drafts not counted."""
    return (
        work.session.scalar(
            select(
                func.count(func.distinct(PrintedPaper.paper + ":" + PrintedPaper.subject))
            ).where(
                PrintedPaper.unit_id == unit_id,
                PrintedPaper.year == period.year,
                PrintedPaper.month == period.month,
                PrintedPaper.draft.is_(False),
            )
        )
        or 0
    )


def _names(people: Iterable[PersonRow]) -> tuple[str, ...]:
    return tuple(person.name for person in people)
