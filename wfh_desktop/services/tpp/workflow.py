"""Calculating a recommendation, and its way from draft over submitted to final, and on."""

from __future__ import annotations

from datetime import date
from typing import Any

from wfh_desktop import rulebook
from wfh_desktop.domain.errors import Invalid, NotAllowed, Problem, refuse
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State, step
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Recommendation
from wfh_desktop.services import calendar, office, units
from wfh_desktop.services.tpp import checks, lines, reading, verifying
from wfh_desktop.services.tpp.facts import Facts, choice, gather
from wfh_desktop.services.tpp.lines import Calculated
from wfh_desktop.services.tpp.snapshots import digest, plain

REASON_LENGTH = 400
SECOND = "needs_second_person"


def compute(work: Work, unit_id: int, period: Period) -> int:
    """Calculate the month of everybody in the unit into its draft; return the draft's number.

    A draft is brought up to date; what was submitted or locked is refused (`Invalid`): it is
    first taken back or revised, with a reason. On a shared database the actor's own line is left
    to somebody else.
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
    record.submitted_login = work.actor.login
    work.log("recommendation.submitted", record)


def lock(work: Work, key: int, version: int, number: str = "", dated: date | None = None) -> None:
    """Make the recommendation final; from here on the database refuses every change to it.

    Every amount is calculated anew from today's facts; if any differs from what was submitted,
    nothing is locked (`Invalid`, with everybody concerned). On a shared database somebody other
    than the submitter locks. *number* and *dated* are those of its letter; both may stay empty
    until the secretariat gives them by hand.
    """
    work.actor.require(Right.VERIFY)
    record = work.get(Recommendation, key, version)
    state = step(record.state, State.FINAL)
    if submitted_by_actor(work, record):
        raise NotAllowed(SECOND)
    recalculated = verifying.of(work, record)
    refuse(one.problem for one in recalculated.differences)
    record.digest, record.confirmed = seal(work, record), recalculated.fingerprint
    record.number, record.dated = number.strip(), dated
    record.locked_at, record.locked_by = work.now, work.actor.name
    record.locked_login = work.actor.login
    record.state = state
    work.log("recommendation.locked", record, digest=record.digest, number=record.number)


def submitted_by_actor(work: Work, record: Recommendation) -> bool:
    """Tell whether the actor may not lock because they submitted; on a local file all may."""
    return lines.is_shared(work) and record.submitted_login == work.actor.login


def reopen(work: Work, key: int, version: int, reason: str) -> int:
    """Open the month again, with a *reason*; return the number of the draft to go on with.

    What was submitted becomes the draft it was, by whoever may submit or may lock: the second
    person too sends back what they cannot confirm. What is final stays as it is for ever, and a
    new revision that refers to it is calculated from today's facts, by whoever may submit it.
    """
    record = work.get(Recommendation, key, version)
    if record.state is State.FINAL or Right.VERIFY not in work.actor.rights:
        work.actor.require(Right.RECOMMEND)
    reason = _reason(reason)
    if record.state is State.FINAL:
        return _revise(work, record, reason)
    record.state = step(record.state, State.DRAFT)
    record.reason = reason
    record.submitted_at, record.submitted_by, record.submitted_login = None, "", ""
    work.log("recommendation.reopened", record, reason=reason)
    return record.id


def seal(work: Work, record: Recommendation) -> str:
    """Return the digest of everything that makes up a recommendation: snapshot and lines."""
    content = [
        [line.employee_id, line.person, line.facts, line.result] for line in lines.of(work, record)
    ]
    return digest([record.revision, record.rule_digest, record.snapshot, content])


def _facts(work: Work, unit_id: int, period: Period) -> Facts:
    chosen = choice(work, unit_id, period)
    if chosen is None:
        raise Invalid([Problem("rules", "no_rules", (period,))])
    return gather(work, unit_id, period, chosen)


def _fill(work: Work, record: Recommendation, facts: Facts, period: Period) -> None:
    """Put today's facts and amounts into a draft."""
    record.rule_id, record.rule_digest = facts.choice.rule_id, facts.digest
    found = lines.calculated(facts, work.progress)
    left = lines.left(work, record, found.entries)
    record.snapshot = {
        **_snapshot(work, record.unit_id, period, facts, found),
        "waiting": [{"place": one.place, "person": dict(one.person)} for one in left],
    }
    record.computed_at = work.now
    work.add(record)
    lines.write(work, record, found.entries)


def _snapshot(
    work: Work, unit_id: int, period: Period, facts: Facts, found: Calculated
) -> dict[str, Any]:
    """Return what the papers need of the office, the calendar and the rules as they are now."""
    head = office.letterhead(work, unit_id, period)
    signers = office.signatories(work, unit_id, period.last)
    days = calendar.calendar(work, unit_id, period)
    limit = checks.ceiling(work, unit_id, period)
    unit = next((row.name for row in units.tree(work, period.last) if row.id == unit_id), "")
    kop = {**plain(head), "logo": head.logo.hex() if head.logo else None}
    return {
        "unit": unit,
        "rules_text": rulebook.path_of(facts.choice.rule_id).read_text(encoding="utf-8"),
        "rules_title": facts.rules.name,
        "legal_basis": [
            " tentang ".join(filter(None, (one.number, one.about)))
            for one in facts.rules.legal_basis
        ],
        "columns": lines.described(facts, found),
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
