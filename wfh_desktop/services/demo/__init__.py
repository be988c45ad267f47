"""The demo unit: 40 invented people, a month that is locked and one that is open.

Everything goes through the use cases in the order in which an office would do it, on behalf of its
head and its secretariat, each on its day. Nothing is left to chance: the same day gives the same
unit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Recommendation, Unit
from wfh_desktop.services.demo import days, labour, money, office
from wfh_desktop.services.demo.printing import print_papers
from wfh_desktop.services.demo.story import Stage, Story

__all__ = ["Demo", "build", "find", "months", "print_papers"]


@dataclass(frozen=True, slots=True)
class Demo:
    """The unit that was built: its number, and the months to look at."""

    unit_id: int
    closed: Period
    opened: Period


def months(work: Work) -> tuple[Period, Period]:
    """Return the months that would be locked and open in a demo unit built today."""
    stage = _stage(work)
    return stage.closed, stage.opened


def find(work: Work) -> Demo | None:
    """Return the demo unit if it was built in this database before."""
    name = Story.read().office["units"][0]["name"]
    query = (
        select(Recommendation)
        .join(Unit, Unit.id == Recommendation.unit_id)
        .where(Unit.name == name, Unit.parent_id.is_(None), Recommendation.state == State.FINAL)
        .order_by(Recommendation.id)
    )
    first = work.session.scalars(query).first()
    if first is None:
        return None
    closed = Period(first.year, first.month)
    return Demo(first.unit_id, closed, closed.shifted(1))


def build(work: Work, folder: Path | None = None) -> Demo:
    """Build the demo unit as of today; keep the machine's logs in *folder* if it is given.

    Takes a dozen seconds and reports its progress.
    """
    with TemporaryDirectory() as temporary:
        stage = _stage(work)
        steps = _steps(stage, folder or Path(temporary))
        for number, step in enumerate(steps):
            work.progress(number, len(steps))
            step()
    work.progress(len(steps), len(steps))
    return Demo(stage.unit_id, stage.closed, stage.opened)


def _stage(work: Work) -> Stage:
    story = Story.read()
    zone = Zone(story.office["units"][0]["zone"])
    return Stage(work, story, zone.local(work.now).date(), zone)


def _steps(stage: Stage, folder: Path) -> list[Callable[[], object]]:
    """Return what an office does in these two months, in order."""
    closed, opened = stage.closed, stage.opened
    return [
        lambda: office.set_up(stage),
        lambda: money.set_rules(stage),
        lambda: labour.set_targets(stage, closed),
        lambda: days.read_machine(stage, closed, folder),
        lambda: days.type_in(stage, closed),
        lambda: days.correct(stage),
        lambda: labour.hand_in(stage, closed),
        lambda: money.note_conduct(stage),
        lambda: labour.appraise(stage, closed),
        lambda: money.recommend(stage, closed),
        lambda: labour.set_targets(stage, opened),
        lambda: days.read_machine(stage, opened, folder),
        lambda: days.type_in(stage, opened),
        lambda: labour.hand_in(stage, opened),
    ]
