"""Use cases for the score of a month: realisation, behaviour, predicate, and their trail."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from wfh_desktop.domain.errors import Conflict, Invalid, Problem
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.performance import Generation, assessment, in_force, panrb6, scoring
from wfh_desktop.domain.performance.assessment import AssessmentDraft
from wfh_desktop.domain.performance.panrb8 import Additional, Indicator
from wfh_desktop.domain.performance.scoring import Facts, MonthScore
from wfh_desktop.domain.performance.steps import figure
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import TargetState
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Assessment
from wfh_desktop.services import closing, people, realisation, records, targets
from wfh_desktop.services.people import PersonRow
from wfh_desktop.services.realisation import TargetRow

__all__ = ["AssessmentRow", "MonthScore", "PerformanceRow", "assess", "clear", "month", "scores"]


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """What was entered to appraise a person's month."""

    id: int
    version: int
    entered: AssessmentDraft


@dataclass(frozen=True, slots=True)
class PerformanceRow:
    """A person's month: targets with realisation, what was entered, and the score from both.

    *proposed* is the rating of results that the realisation suggests (PermenPANRB 6/2022).
    """

    person: PersonRow
    targets: tuple[TargetRow, ...]
    assessment: AssessmentRow | None
    proposed: panrb6.Rating | None
    score: MonthScore

    @property
    def id(self) -> int:
        """The employee's number."""
        return self.person.id


def scores(work: Work, unit_id: int, period: Period) -> dict[int, MonthScore]:
    """Return the month's score of everybody on the unit's roster, by employee.

    Somebody whose month is not fully appraised has an empty predicate and an explanation that
    says what is missing. Raises `Invalid` before January 2014.
    """
    return {row.person.id: row.score for row in month(work, unit_id, period)}


def month(work: Work, unit_id: int, period: Period) -> list[PerformanceRow]:
    """Return the performance of everybody in a unit's month, by rank, in a handful of queries."""
    work.actor.require(Right.READ)
    generation = in_force(period)
    roster = people.roster(work, unit_id, period)
    ids = [person.id for person in roster]
    by_person: dict[int, list[TargetRow]] = {key: [] for key in ids}
    for target in targets.rows_of(work, ids, period):
        by_person[target.employee_id].append(target)
    entered = _entered(work, ids, period)
    return [
        _row(generation, person, by_person[person.id], entered.get(person.id)) for person in roster
    ]


def assess(
    work: Work,
    unit_id: int,
    period: Period,
    employee_id: int,
    draft: AssessmentDraft,
    *,
    version: int | None = None,
) -> int:
    """Enter the appraisal of a person's month afresh; return its number.

    *version* is that of the appraisal it replaces, None for the first. Raises `Invalid` with all
    that is missing, `Conflict` if somebody else appraised meanwhile.
    """
    work.actor.require(Right.REVIEW)
    row = _of(work, unit_id, period, employee_id)
    closing.require_open(work, row.person.unit_id, period)
    generation = in_force(period)
    assessment.check(draft, generation, row.person.level, row.proposed)
    record = _record(work, period, employee_id)
    if (record.version if record else None) != version:
        text = f"assessment of {employee_id} in {period}"
        raise Conflict(text, table="assessment", key=record.id if record else 0)
    score = scoring.score(generation, _facts(generation, row.targets, draft))
    values = _values(draft, score)
    if record:
        records.amend(work, record, "performance.assessed", **values)
        return record.id
    record = Assessment(
        unit_id=row.person.unit_id,
        employee_id=employee_id,
        year=period.year,
        month=period.month,
        generation=generation,
        **values,
    )
    work.add(record)
    records.noted(work, record, "performance.assessed", employee=employee_id)
    return record.id


def clear(work: Work, key: int, version: int) -> None:
    """Take an appraisal back, as if the month had not been appraised; the trace remains."""
    work.actor.require(Right.REVIEW)
    record = work.get(Assessment, key, version)
    closing.require_open(work, record.unit_id, Period(record.year, record.month))
    empty = {"results": "", "behaviour": "", "aspects": {}, "predicate": "", "note": ""}
    records.amend(work, record, "performance.cleared", score=None, new_idea=False, **empty)


def _row(
    generation: Generation,
    person: PersonRow,
    found: Sequence[TargetRow],
    entered: Assessment | None,
) -> PerformanceRow:
    told = _told(entered) if entered else None
    facts = _facts(generation, found, told)
    score = scoring.score(generation, facts)
    if entered and told and score.predicate and _differs(score, entered):
        score = _marked(score, entered)
    proposes = generation is Generation.PANRB6 and facts.main
    return PerformanceRow(
        person=person,
        targets=tuple(found),
        assessment=AssessmentRow(entered.id, entered.version, told or AssessmentDraft())
        if entered
        else None,
        proposed=panrb6.proposed_results(facts.main)[0] if proposes else None,
        score=score,
    )


def _facts(
    generation: Generation, found: Sequence[TargetRow], entered: AssessmentDraft | None
) -> Facts:
    """Turn a person's targets into what the rules read; drafts count for nothing.

    Only PermenPANRB 8/2021 weighs additional achievements apart; elsewhere they are targets too.
    """
    there = [target for target in found if target.state is TargetState.SET]
    apart = {
        one.id: one.scope_percent
        for one in there
        if one.scope_percent is not None and generation is Generation.PANRB8
    }
    return Facts(
        main=[realisation.activity(one) for one in there if one.id not in apart],
        extra=[_additional(one, apart[one.id]) for one in there if one.id in apart],
        entered=entered,
        gaps=[
            f"Realisasi biaya target “{one.title}” belum diisi."
            for one in there
            if realisation.lacks_cost(one)
        ],
    )


def _additional(target: TargetRow, scope_percent: Decimal) -> Additional:
    indicator = Indicator(target.title, target.quantity, target.quantity, target.done.quantity)
    return Additional(indicator, scope_percent)


def _entered(work: Work, ids: Collection[int], period: Period) -> dict[int, Assessment]:
    query = select(Assessment).where(
        Assessment.employee_id.in_(ids),
        Assessment.year == period.year,
        Assessment.month == period.month,
    )
    return {record.employee_id: record for record in work.session.scalars(query)}


def _record(work: Work, period: Period, employee_id: int) -> Assessment | None:
    return _entered(work, [employee_id], period).get(employee_id)


def _of(work: Work, unit_id: int, period: Period, employee_id: int) -> PerformanceRow:
    for row in month(work, unit_id, period):
        if row.person.id == employee_id:
            return row
    raise Invalid([Problem("people", "not_here")])


def _told(record: Assessment) -> AssessmentDraft | None:
    """Read a stored appraisal back; None if it was taken back."""
    if not record.predicate and not record.aspects and not record.results:
        return None
    ratings = record.generation is Generation.PANRB6
    return AssessmentDraft(
        aspects=dict(record.aspects),
        results=panrb6.Rating(record.results) if ratings and record.results else None,
        behaviour=panrb6.Rating(record.behaviour) if ratings and record.behaviour else None,
        new_idea=record.new_idea,
        note=record.note,
    )


def _values(draft: AssessmentDraft, score: MonthScore) -> dict[str, object]:
    return {
        "results": score.results,
        "behaviour": score.behaviour,
        "aspects": dict(draft.aspects),
        "new_idea": draft.new_idea,
        "note": " ".join(draft.note.split()),
        "score": score.score,
        "predicate": score.predicate,
    }


def _differs(score: MonthScore, entered: Assessment) -> bool:
    return (score.score, score.predicate) != (entered.score, entered.predicate)


def _marked(score: MonthScore, entered: Assessment) -> MonthScore:
    """Say that the realisation changed after the month was appraised."""
    before = figure(entered.score) if entered.score is not None else "–"
    line = f"Realisasi berubah sejak dinilai: waktu itu {before} ({entered.predicate or '–'})."
    return MonthScore(
        score.generation,
        score.results,
        score.behaviour,
        score.predicate,
        score.score,
        (*score.explanation, line),
    )
