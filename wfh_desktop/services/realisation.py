"""What was achieved of monthly targets: counted from accepted reports unless entered by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from wfh_desktop.domain.performance.activities import QUALITY, Activity, Aspect
from wfh_desktop.domain.performance.steps import mean
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import TargetState
from wfh_desktop.domain.work_reports import ReportState
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Assignment, Target, Task, WorkReport

ASPECTS = ("quantity", "quality", "days", "cost")


@dataclass(frozen=True, slots=True)
class Done:
    """An accepted report that counts for a target."""

    quantity: Decimal
    rating: int
    day: date
    due: date

    @property
    def late_days(self) -> int:
        """Calendar days after the due date of its task."""
        return max(0, (self.day - self.due).days)


@dataclass(frozen=True, slots=True)
class Realised:
    """What was achieved of a target; *by_hand* names the aspects somebody entered.

    Days are those allowed plus the most days a report came late: finishing early is not counted
    as spending less, because reports say when work was done and not how long it took.
    """

    quantity: Decimal
    quality: Decimal
    days: Decimal
    cost: Decimal | None
    reports: int
    late_days: int
    by_hand: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target of a person's month with what was achieved of it."""

    id: int
    version: int
    employee_id: int
    objective_id: int
    objective: str
    title: str
    measure: str
    quantity: Decimal
    quality: Decimal
    days: Decimal
    cost: Decimal | None
    scope_percent: Decimal | None
    state: TargetState
    done: Realised


def targets_of(work: Work, people: Collection[int], period: Period) -> list[Target]:
    """Return the targets of *people* in *period* that are not cancelled, in order of entry."""
    query = (
        select(Target)
        .where(
            Target.employee_id.in_(people),
            Target.year == period.year,
            Target.month == period.month,
            Target.state != TargetState.CANCELLED,
        )
        .order_by(Target.id)
    )
    return list(work.session.scalars(query))


def counted(work: Work, people: Collection[int], period: Period) -> dict[int, list[Done]]:
    """Return by target the accepted reports of *people* with a day in *period*, in one query."""
    query = (
        select(
            Assignment.target_id,
            WorkReport.quantity,
            WorkReport.rating,
            WorkReport.day,
            Task.due,
        )
        .join(Assignment, Assignment.id == WorkReport.assignment_id)
        .join(Task, Task.id == Assignment.task_id)
        .where(
            WorkReport.employee_id.in_(people),
            WorkReport.state == ReportState.ACCEPTED,
            WorkReport.day.between(period.first, period.last),
            Assignment.target_id.is_not(None),
        )
        .order_by(WorkReport.day, WorkReport.id)
    )
    found: dict[int, list[Done]] = defaultdict(list)
    for target_id, quantity, rating, day, due in work.session.execute(query):
        if target_id is not None and rating is not None:  # an accepted report has a rating
            found[target_id].append(Done(quantity, rating, day, due))
    return found


def realised(target: Target, done: Sequence[Done]) -> Realised:
    """Return what was achieved of *target*, given the reports that count for it."""
    late = max((one.late_days for one in done), default=0)
    quality = mean(QUALITY[one.rating] for one in done) if done else Decimal()
    quantity = sum((one.quantity for one in done), Decimal())
    return Realised(
        quantity=quantity if target.done_quantity is None else target.done_quantity,
        quality=quality if target.done_quality is None else target.done_quality,
        days=target.days + late if target.done_days is None else target.done_days,
        cost=target.done_cost,
        reports=len(done),
        late_days=late,
        by_hand=frozenset(name for name in ASPECTS if getattr(target, f"done_{name}") is not None),
    )


def activity(target: TargetRow) -> Activity:
    """Return a target as the rules of appraisal read it.

    Cost is left out while its realisation is unknown; `lacks_cost` tells of that.
    """
    achieved, cost = target.done, None
    if target.cost is not None and achieved.cost is not None:
        cost = Aspect(target.cost, achieved.cost)
    return Activity(
        title=target.title,
        quantity=Aspect(target.quantity, achieved.quantity),
        quality=Aspect(target.quality, achieved.quality),
        days=Aspect(target.days, achieved.days),
        cost=cost,
    )


def lacks_cost(target: TargetRow) -> bool:
    """Tell whether something was achieved for money and nobody has entered how much."""
    return target.cost is not None and target.done.cost is None and target.done.quantity > 0


def all_realised(
    targets: Sequence[Target], done: Mapping[int, Sequence[Done]]
) -> dict[int, Realised]:
    """Return what was achieved, by target."""
    return {target.id: realised(target, done.get(target.id, ())) for target in targets}
