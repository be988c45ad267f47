"""Calculating a recommendation, and its way from draft over submitted to final, and on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import delete

from wfh_desktop import rulebook
from wfh_desktop.domain.errors import Invalid, Problem, Refusal
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp import columns, engine
from wfh_desktop.domain.tpp.columns import Column
from wfh_desktop.domain.tpp.engine import Result
from wfh_desktop.domain.tpp.workflow import State, step
from wfh_desktop.persistence.database import Progress, Work
from wfh_desktop.persistence.models import Recommendation, RecommendationLine
from wfh_desktop.services import calendar, office, units
from wfh_desktop.services.tpp import checks, lacking, reading
from wfh_desktop.services.tpp.facts import Facts, PersonFacts, choice, gather
from wfh_desktop.services.tpp.snapshots import PersonSnapshot, digest, plain

REASON_LENGTH = 400
FIRST_COLUMN = 6  # after number, name, golongan, jabatan and class, on paper and screen


def compute(work: Work, unit_id: int, period: Period) -> int:
    """Calculate the month of everybody in the unit into its draft; return the draft's number.

    A draft is made anew; what was submitted or locked is refused (`Invalid`): it is first taken
    back or revised, with a reason.
    """
    work.actor.require(Right.RECORD)
    record = reading.newest(work, unit_id, period)
    if record is not None and record.state is not State.DRAFT:
        raise Invalid([Problem("state", "not_a_draft", (record.state.value,))])
    facts = _facts(work, unit_id, period)
    if record is None:
        record = Recommendation(
            unit_id=unit_id, year=period.year, month=period.month, revision=0, state=State.DRAFT
        )
    _fill(work, record, facts, period)
    work.log("recommendation.computed", record, people=len(facts.people), rules=record.rule_id)
    return record.id


def submit(work: Work, key: int, version: int) -> None:
    """Hand the draft in, if nothing stands against it; else raise `Invalid` with all that does."""
    work.actor.require(Right.RECOMMEND)
    record = work.get(Recommendation, key, version)
    state = step(record.state, State.SUBMITTED)
    against = [one for one in checks.run(work, record) if one.blocking]
    if against:
        raise Invalid(Problem("state", "check_failed", (one.text,)) for one in against)
    record.state = state
    record.submitted_at, record.submitted_by = work.now, work.actor.name
    work.log("recommendation.submitted", record)


def lock(work: Work, key: int, version: int, number: str = "", dated: date | None = None) -> None:
    """Make the recommendation final; from here on the database refuses every change to it.

    *number* and *dated* are those of its letter; both may stay empty until the secretariat gives
    them by hand.
    """
    work.actor.require(Right.RECOMMEND)
    record = work.get(Recommendation, key, version)
    state, record.digest = step(record.state, State.FINAL), seal(work, record)
    record.number, record.dated = number.strip(), dated
    record.locked_at, record.locked_by = work.now, work.actor.name
    record.state = state
    work.log("recommendation.locked", record, digest=record.digest, number=record.number)


def reopen(work: Work, key: int, version: int, reason: str) -> int:
    """Open the month again, with a *reason*; return the number of the draft to go on with.

    What was submitted becomes the draft it was. What is final stays as it is for ever, and a new
    revision that refers to it is calculated from today's facts.
    """
    work.actor.require(Right.RECOMMEND)
    record = work.get(Recommendation, key, version)
    reason = _reason(reason)
    if record.state is not State.FINAL:
        record.state = step(record.state, State.DRAFT)
        record.reason = reason
        record.submitted_at, record.submitted_by = None, ""
        work.log("recommendation.reopened", record, reason=reason)
        return record.id
    return _revise(work, record, reason)


def seal(work: Work, record: Recommendation) -> str:
    """Return the digest of everything that makes up a recommendation: snapshot and lines."""
    lines = checks.stored(work, record)
    content = [[line.employee_id, line.person, line.facts, line.result] for line in lines]
    return digest([record.revision, record.rule_digest, record.snapshot, content])


@dataclass(frozen=True, slots=True)
class Calculated:
    """Everybody's amounts, in the order of the list, and the columns in which they are shown.

    Whoever cannot be calculated has the refusal instead of an amount.
    """

    columns: tuple[Column, ...]
    lines: tuple[tuple[PersonFacts, Result | Refusal], ...]


def calculated(facts: Facts, progress: Progress) -> Calculated:
    """Calculate everybody."""
    lines: list[tuple[PersonFacts, Result | Refusal]] = []
    for done, one in enumerate(facts.people):
        progress(done, len(facts.people))
        try:
            lines.append((one, engine.calculate(facts.rules, one.case)))
        except Refusal as refusal:
            lines.append((one, refusal))
    results = [result for _, result in lines if isinstance(result, Result)]
    return Calculated(columns.columns(facts.rules, results, FIRST_COLUMN), tuple(lines))


def _facts(work: Work, unit_id: int, period: Period) -> Facts:
    chosen = choice(work, unit_id, period)
    if chosen is None:
        raise Invalid([Problem("rules", "no_rules", (period,))])
    return gather(work, unit_id, period, chosen)


def _fill(work: Work, record: Recommendation, facts: Facts, period: Period) -> None:
    """Put today's facts and amounts into a draft."""
    record.rule_id, record.rule_digest = facts.choice.rule_id, facts.digest
    found = calculated(facts, work.progress)
    record.snapshot = _snapshot(work, record.unit_id, period, facts, found)
    record.computed_at = work.now
    work.add(record)
    work.session.execute(
        delete(RecommendationLine).where(RecommendationLine.recommendation_id == record.id)
    )
    work.session.add_all(_line(record, facts, found, place) for place in range(len(found.lines)))
    work.session.flush()


def _line(
    record: Recommendation, facts: Facts, found: Calculated, number: int
) -> RecommendationLine:
    one, result = found.lines[number]
    if isinstance(result, Refusal):
        told: dict[str, Any] = {
            "refusal": lacking.sentence(result, facts.rules),
            "lacks": plain(list(lacking.lacks(result, facts.rules))),
        }
    else:
        cells = columns.cells(facts.rules, result, found.columns)
        told = {**rulebook.result_to_plain(result), "cells": plain(list(cells))}
    return RecommendationLine(
        unit_id=record.unit_id,
        recommendation_id=record.id,
        employee_id=one.person.id,
        place=number + 1,
        person=asdict(PersonSnapshot.of(one.person)),
        facts=rulebook.case_to_plain(one.case),
        result=told,
        gross=Decimal(0) if isinstance(result, Refusal) else result.gross,
        net=Decimal(0) if isinstance(result, Refusal) else result.net,
    )


def _snapshot(
    work: Work, unit_id: int, period: Period, facts: Facts, found: Calculated
) -> dict[str, Any]:
    """Return what the papers need of the office, the calendar and the rules as they are now."""
    head = office.letterhead(work, unit_id, period)
    signers = office.signatories(work, unit_id, period.last)
    days = calendar.calendar(work, unit_id, period)
    limit = checks.ceiling(work, unit_id, period)
    unit = next((row.name for row in units.tree(work, period.last) if row.id == unit_id), "")
    paths = {rule.key: rule.value or rule.figure for rule in facts.rules.columns}
    kop = {**plain(head), "logo": head.logo.hex() if head.logo else None}
    return {
        "unit": unit,
        "rules_text": rulebook.path_of(facts.choice.rule_id).read_text(encoding="utf-8"),
        "rules_title": facts.rules.name,
        "legal_basis": [
            " tentang ".join(filter(None, (one.number, one.about)))
            for one in facts.rules.legal_basis
        ],
        "columns": [{**asdict(one), "path": paths[one.key]} for one in found.columns],
        "working_days": plain(days.working_days(period)),
        "letterhead": kop,
        "signatories": {role: plain(one) for role, one in signers.items()},
        "ceiling": plain(limit),
        "unit_factor": plain(facts.choice.unit_factor),
    }


def _revise(work: Work, final: Recommendation, reason: str) -> int:
    period = Period(final.year, final.month)
    record = Recommendation(
        unit_id=final.unit_id,
        year=final.year,
        month=final.month,
        revision=final.revision + 1,
        replaces_id=final.id,
        state=State.DRAFT,
        reason=reason,
    )
    _fill(work, record, _facts(work, final.unit_id, period), period)
    work.log("recommendation.revised", record, reason=reason, replaces=final.id)
    return record.id


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise Invalid([Problem("reason", "required")])
    if len(reason) > REASON_LENGTH:
        raise Invalid([Problem("reason", "too_long", (REASON_LENGTH,))])
    return reason
