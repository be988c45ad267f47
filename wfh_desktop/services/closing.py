"""Which months are closed to changes because their TPP recommendation is final."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Recommendation
from wfh_desktop.services import units


def closed(work: Work, unit_ids: Iterable[int], first: date, last: date | None) -> set[Period]:
    """Return the closed months that touch the days *first* to *last* in any of *unit_ids*.

    A month is closed for a unit, and for all below it, from the moment its recommendation is
    final until a newer revision is opened.
    """
    rows = work.session.execute(
        select(
            Recommendation.unit_id,
            Recommendation.year,
            Recommendation.month,
            Recommendation.state,
        )
        .where(
            Recommendation.unit_id.in_(_above(work, unit_ids, first)),
            Recommendation.year >= first.year,
        )
        .order_by(Recommendation.revision)
    )
    latest = {(unit_id, Period(year, month)): state for unit_id, year, month, state in rows}
    return {
        period
        for (_, period), state in latest.items()
        if state is State.FINAL and period.last >= first and (not last or period.first <= last)
    }


def require_open(work: Work, unit_id: int, period: Period) -> None:
    """Raise `Invalid` if the month is closed for the unit."""
    require_none(closed(work, [unit_id], period.first, period.last))


def require_open_days(work: Work, unit_id: int | None, first: date, last: date | None) -> None:
    """Raise `Invalid` if a closed month of the unit, or of one below it, touches these days.

    No unit means the whole nation.
    """
    if unit_id is None:
        concerned = [row.id for row in units.tree(work, first)]
    else:
        concerned = units.below(work, unit_id, first)
    require_none(closed(work, concerned, first, last))


def require_none(periods: Iterable[Period]) -> None:
    """Raise `Invalid` naming the closed *periods*, if there are any."""
    if problems := [Problem("period", "month_locked", (period,)) for period in sorted(periods)]:
        raise Invalid(problems)


def _above(work: Work, unit_ids: Iterable[int], day: date) -> set[int]:
    """Return the units and all above them, as on *day*."""
    parents = {row.id: row.parent_id for row in units.tree(work, day)}
    found: set[int] = set()
    for unit_id in unit_ids:
        key: int | None = unit_id
        while key is not None and key not in found:
            found.add(key)
            key = parents.get(key)
    return found
