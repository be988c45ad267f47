"""Play a month of work in the demo unit: targets, tasks, reports with evidence, appraisal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_CEILING, Decimal
from typing import Any

from wfh_desktop.domain.performance.assessment import AssessmentDraft
from wfh_desktop.domain.performance.panrb6 import CoreValue, Rating
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import TargetDraft
from wfh_desktop.domain.tasks import Share, TaskDraft
from wfh_desktop.domain.work_reports import ReportDraft
from wfh_desktop.paths import DEMO
from wfh_desktop.persistence.models import WorkReport
from wfh_desktop.services import performance, targets, tasks, work_reports
from wfh_desktop.services.demo.days import away
from wfh_desktop.services.demo.story import HEAD, Stage
from wfh_desktop.services.performance import PerformanceRow
from wfh_desktop.services.task_rows import ShareRow

RATINGS = (4, 5, 4, 4, 5)  # of one report after the other
NOON, MORNING = time(11, 30), time(8)
SETTLED = 3  # of the days over in the open month, the first third is settled
FATES = ("waiting", "accepted", "waiting", "returned", "accepted", "draft", "waiting")
RETURNED = "Lengkapi hasilnya; uraian belum menyebut apa yang selesai"
NOT_AS_MOST = 2  # of the seven values, those rated as expected where most are not


@dataclass(frozen=True)
class _Report:
    """One report of the story: whose share, on which day, how much."""

    share: ShareRow
    who: str
    text: str
    day: date
    quantity: Decimal


def set_targets(stage: Stage, period: Period) -> None:
    """Set the month's targets and give the tasks that lead there."""
    work = stage.at(period.first, MORNING, who=HEAD)
    objectives = _objectives(stage, period.year)
    works = stage.story.work["works"]
    drafts = [
        TargetDraft(
            employee_id=stage.people[who],
            objective_id=objectives[told["objective"]],
            title=told["target"],
            measure=told["measure"],
            quantity=Decimal(told["quantity"]),
        )
        for told in works
        for who in told["people"]
    ]
    keys = iter(targets.set_targets(work, stage.unit_id, period, drafts))
    for told in works:
        quantity = Decimal(told["quantity"])
        shares = tuple(Share(stage.people[who], quantity, next(keys)) for who in told["people"])
        task = TaskDraft(told["task"], period.last, shares, told["output"])
        tasks.give(work, stage.unit_id, task)


def hand_in(stage: Stage, period: Period) -> None:
    """Hand in the reports of the days that are over; the head decides on each a day later."""
    detours = {
        told["who"]: told
        for told in stage.story.work["detours"]
        if stage.month(told["month"]) == period
    }
    open_from = _open_from(stage, period)
    reports = sorted(_reports(stage, period), key=lambda one: one.day)
    for number, one in enumerate(reports):
        fate = FATES[number % len(FATES)] if one.day >= open_from else "accepted"
        if fate == "accepted":
            _settle(stage, one, number, detours.pop(one.who, {}))
        else:
            _leave_open(stage, one, number, fate)


def appraise(stage: Stage, period: Period) -> None:
    """Let the head appraise everybody's month as achievement and behaviour suggest."""
    work = stage.at(period.shifted(1).first, MORNING, who=HEAD)
    names = {key: who for who, key in stage.people.items()}
    for row in performance.month(work, stage.unit_id, period):
        if row.targets:
            draft = _appraisal(stage, names[row.person.id], row)
            performance.assess(work, stage.unit_id, period, row.person.id, draft)


def _objectives(stage: Stage, year: int) -> dict[str, int]:
    work = stage.at(stage.closed.first, MORNING, who=HEAD)
    known = {row.title: row.id for row in targets.objectives(work, stage.unit_id, year)}
    return {
        key: known.get(title) or targets.add_objective(work, stage.unit_id, year, title)
        for key, title in stage.story.work["objectives"].items()
    }


def _reports(stage: Stage, period: Period) -> Iterator[_Report]:
    """Yield the reports of everybody on days that are over and on which they worked."""
    texts = {told["task"]: told["report"] for told in stage.story.work["works"]}
    names = {key: who for who, key in stage.people.items()}
    rows = tasks.listing(stage.at(period.first), stage.unit_id, period)
    shares = [share for row in rows for share in row.shares]
    for number, share in enumerate(shares):
        who = names[share.employee_id]
        days = [day for day in stage.working_days(period) if day not in away(stage, period, who)]
        parts = _parts(share.quantity * _achieved(stage, period, who))
        for place, quantity in enumerate(parts):
            if days:
                share_of_month = len(days) // len(parts) or 1
                index = (place * share_of_month + number * 5 % share_of_month) % len(days)
                if days[index] < stage.today:
                    yield _Report(share, who, texts[share.task], days[index], quantity)


def _achieved(stage: Stage, period: Period, who: str) -> Decimal:
    told = stage.story.work["achieved"] if period == stage.closed else {}
    return Decimal(told.get(who, 1))


def _parts(quantity: Decimal) -> list[Decimal]:
    """Split what was done into one report, or two if it can be."""
    whole = quantity.to_integral_value(ROUND_CEILING)
    first = whole // 2
    return [first, whole - first] if first else [whole]


def _open_from(stage: Stage, period: Period) -> date:
    """Return the day from which reports of *period* may still be undecided."""
    over = stage.over(period)
    if period == stage.closed or not over:
        return date.max
    return over[len(over) // SETTLED]


def _draft(one: _Report, no_evidence: str = "") -> ReportDraft:
    return ReportDraft(
        assignment_id=one.share.id,
        day=one.day,
        text=one.text,
        quantity=one.quantity,
        starts=MORNING,
        ends=NOON,
        no_evidence=no_evidence,
    )


def _evidence(number: int) -> list[tuple[str, bytes]]:
    name = "evidence.png" if number % 3 == 0 else "evidence.pdf"
    return [(f"eviden-{number + 1:03}{name[-4:]}", (DEMO / name).read_bytes())]


def _settle(stage: Stage, one: _Report, number: int, detour: Mapping[str, Any]) -> None:
    """Let a report be accepted, by the way that the story tells."""
    author, head = stage.at(one.day), stage.at(stage.after(one.day), MORNING, who=HEAD)
    unproved = detour.get("no_evidence", "")
    files = [] if unproved else _evidence(number)
    key = work_reports.hand_in(author, _draft(one, unproved), files)
    if reason := detour.get("withdrawn"):
        work_reports.withdraw(author, key, author.get(WorkReport, key).version, reason)
        key = work_reports.hand_in(author, _draft(one), files)
    if reason := detour.get("returned"):
        work_reports.send_back(head, key, head.get(WorkReport, key).version, reason)
        again = stage.at(stage.after(one.day))
        work_reports.hand_in(again, _draft(one), _evidence(number + 1)[:1], key)
        head = stage.at(stage.after(stage.after(one.day)), MORNING, who=HEAD)
    rating = RATINGS[number % len(RATINGS)]
    work_reports.accept(head, key, head.get(WorkReport, key).version, rating)


def _leave_open(stage: Stage, one: _Report, number: int, fate: str) -> None:
    """Leave a report of the open month undecided: waiting, returned or not yet sent."""
    author = stage.at(one.day)
    if fate == "draft":
        work_reports.write(author, _draft(one))
        return
    key = work_reports.hand_in(author, _draft(one), _evidence(number))
    if fate == "returned":
        head = stage.at(one.day, time(17), who=HEAD)
        work_reports.send_back(head, key, head.get(WorkReport, key).version, RETURNED)


def _appraisal(stage: Stage, who: str, row: PerformanceRow) -> AssessmentDraft:
    told = stage.story.work
    note = told["departures"].get(who, "")
    rating = next((one for one in ("above", "below") if who in told["behaviour"][one]), "as")
    most = Rating[rating.upper()]
    values = list(CoreValue)
    ratings = {value.value: most.value for value in values[NOT_AS_MOST:]}
    ratings |= {value.value: Rating.AS.value for value in values[:NOT_AS_MOST]}
    results = Rating.AS if note else row.proposed
    return AssessmentDraft(aspects=ratings, results=results, note=note)
