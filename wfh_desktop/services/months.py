"""Which months are closed: the one place that every change to a month's facts asks."""

from __future__ import annotations

from sqlalchemy import select

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Recommendation
from wfh_desktop.services import units


def is_open(work: Work, unit_id: int, period: Period) -> bool:
    """Tell whether the facts of *unit_id* in *period* may still change.

    They may not once the latest revision of the recommendation of the unit, or of a unit above
    it, is final; a correction first opens a new revision.
    """
    covering = {row.id for row in units.path(work, unit_id, period.last)} | {unit_id}
    revisions = work.session.execute(
        select(Recommendation.unit_id, Recommendation.state)
        .where(
            Recommendation.unit_id.in_(covering),
            Recommendation.year == period.year,
            Recommendation.month == period.month,
        )
        .order_by(Recommendation.revision)
    )
    latest = {row.unit_id: row.state for row in revisions}
    return State.FINAL not in latest.values()


def require_open(work: Work, unit_id: int, period: Period) -> None:
    """Raise `Invalid` if the month is closed for the unit."""
    if not is_open(work, unit_id, period):
        raise Invalid([Problem("period", "month_locked", (period,))])
