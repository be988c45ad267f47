"""Pay the demo unit: its rules, amounts and pagu, and the recommendation of the closed month."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import Recommendation
from wfh_desktop.services import conduct, office
from wfh_desktop.services.conduct import ConductDraft
from wfh_desktop.services.demo.story import HEAD, Stage
from wfh_desktop.services.tpp import workflow

SUBMITTED, LOCKED = timedelta(days=2), timedelta(days=3)  # after the first of the next month


def set_rules(stage: Stage) -> None:
    """Choose the rule set, and enter what each class is worth and what the unit may spend."""
    told = stage.story.tpp
    work = stage.at(stage.closed.first, time(8), who=HEAD)
    since = date(stage.closed.year, 1, 1)
    factor = Decimal(told["unit_factor"]) if "unit_factor" in told else None
    office.choose_rules(work, stage.unit_id, told["rules"], since, factor)
    drafts = [
        office.AmountDraft(component, Decimal(amount), job_class=int(job_class))
        for component, amounts in told["amounts"].items()
        for job_class, amount in amounts.items()
    ]
    office.set_amounts(work, stage.unit_id, told["rules"], since, drafts)
    ceilings = [(month, 0, Decimal(told["ceiling"])) for month in (stage.closed, stage.opened)]
    office.set_ceilings(work, stage.unit_id, ceilings)


def note_conduct(stage: Stage) -> None:
    """Note what counts for TPP and is in no scan."""
    for told in stage.story.attendance["conduct"]:
        if day := stage.day(stage.month(told["month"]), told["day"]):
            draft = ConductDraft(told["code"], day, reason=told["reason"])
            conduct.note(stage.at(day), stage.people[told["who"]], draft)


def recommend(stage: Stage, period: Period) -> int:
    """Calculate the month, submit it and lock it; return the number of the recommendation."""
    after = period.shifted(1).first
    clerk = stage.at(after + SUBMITTED, time(9))
    head = stage.at(after + SUBMITTED, time(14), who=HEAD)
    key = workflow.compute(clerk, stage.unit_id, period)
    workflow.submit(head, key, _version(stage, key))
    letter = stage.story.tpp["letter"].format(month=period.month, year=period.year)
    on = after + LOCKED
    workflow.lock(stage.at(on, time(10), who=HEAD), key, _version(stage, key), letter, on)
    return key


def _version(stage: Stage, key: int) -> int:
    stage.work.session.flush()
    return stage.work.get(Recommendation, key).version
