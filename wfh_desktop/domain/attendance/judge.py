"""The rules that turn what is known of a day into its status.

`judge` asks them in order; the first that decides gives the status, and what it saw and concluded
stays beside it as `Fact`s. Nothing is docked while a day is unclear: then the last fact is the
question that somebody has to answer.

Minutes: seconds are cut off before comparing, so the minute of a threshold is in time. With work
from 07.45 to 16.00, 07:45:59 is punctual and 07:46:00 one minute late, 16:00:00 is punctual and
15:59:59 one minute early.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from wfh_desktop.domain.attendance.day import (
    Amendment,
    Coverage,
    Fact,
    Known,
    PersonDay,
    Rule,
    Source,
    Status,
    Workplace,
)
from wfh_desktop.domain.attendance.times import (
    Case,
    Pair,
    early_minutes,
    entry_fact,
    entry_pair,
    hours_fact,
    late_minutes,
    pairs_of,
    scan_fact,
    scans_of,
)
from wfh_desktop.domain.calendar import Calendar
from wfh_desktop.domain.leave import LeaveKind

EXCUSES = (Status.LEAVE, Status.DUTY, Status.SICK, Status.PERMIT)
PRECEDENCE = (*EXCUSES, Status.PRESENT, Status.ABSENT, Status.HOLIDAY)


@dataclass(frozen=True, slots=True)
class _Claim:
    """The status that one source speaks for."""

    status: Status
    fact: Fact
    leave: LeaveKind | None = None
    weak: bool = False  # only that no tap is there, which any excuse explains
    tapped: bool = False  # says that the person was in the office


def judge(day: date, calendar: Calendar, known: Known, now: datetime) -> PersonDay:
    """Return the status of *day* for one person; *now* is the wall time of the unit."""
    case = Case(day, calendar, known, now, calendar.hours(day))
    return next(verdict for rule in _RULES if (verdict := rule(case)))


def _not_in_service(case: Case) -> PersonDay | None:
    if case.known.in_service:
        return None
    return case.decide(Status.HOLIDAY, Fact(Rule.NOT_IN_SERVICE))


def _corrected(case: Case) -> PersonDay | None:
    """Let the correction win; on a day off only work can be corrected into being."""
    amendment = case.known.correction
    if amendment is None:
        return None
    if _day_off(case) and amendment.status not in {None, Status.PRESENT, Status.DUTY}:
        return None
    verdict = _amended(case, amendment)
    said = (amendment.actor, amendment.reason, amendment.evidence)
    fact = Fact(Rule.CORRECTED, said, (amendment.row,))
    return replace(verdict, cause=(fact, *verdict.cause), corrected=True)


def _amended(case: Case, amendment: Amendment) -> PersonDay:
    given = entry_pair(case, amendment, Fact(Rule.TIMES, ("koreksi", *amendment.times)))
    if amendment.status is None:
        if case.hours is None and not _day_off(case):
            return case.decide(Status.UNCLEAR, given.fact, Fact(Rule.NO_SCHEDULE))
        return _measured(case, [given], amendment.workplace or Workplace.OFFICE)
    if amendment.status is not Status.PRESENT:
        return replace(case.decide(amendment.status), leave=amendment.leave)
    pairs = [given] if any(amendment.times) else list(pairs_of(case))
    return _seen(case, Status.PRESENT, pairs, amendment.workplace or Workplace.OFFICE)


def _off(case: Case) -> PersonDay | None:
    """Call a holiday and a day off libur: never late nor absent, whatever was tapped."""
    reason = _day_off(case)
    if reason is None:
        return None
    seen = _seen(case, Status.HOLIDAY, list(pairs_of(case)), None)
    return replace(seen, cause=(reason, *seen.cause))


def _not_come(case: Case) -> PersonDay | None:
    if case.now >= case.calendar.opens(case.day) or _day_off(case):
        return None
    return case.decide(Status.PENDING, Fact(Rule.NOT_COME))


def _unscheduled(case: Case) -> PersonDay | None:
    if case.hours:
        return None
    seen = _seen(case, Status.UNCLEAR, list(pairs_of(case)), None)
    return replace(seen, cause=(*seen.cause, Fact(Rule.NO_SCHEDULE)))


def _claimed(case: Case) -> PersonDay | None:
    """Weigh what leave, entries and scans say; two that cannot both be true are a question."""
    claims = sorted(_claims(case), key=lambda claim: PRECEDENCE.index(claim.status))
    if not claims:
        return None
    winner, facts = claims[0], tuple(claim.fact for claim in claims)
    for other in claims[1:]:
        if not _agree(winner, other):
            clash = Fact(Rule.CONTRADICTION, (winner.status, other.status))
            return _withclocks(case, Status.UNCLEAR, *facts, clash)
    match winner.status:
        case Status.PRESENT:
            return _measured(case, list(pairs_of(case)), _workplace(case))
        case Status.LEAVE:
            kind = next((claim.leave for claim in claims if claim.leave), None)
            if kind is None:
                return case.decide(Status.UNCLEAR, *facts, Fact(Rule.LEAVE_KIND))
            return replace(case.decide(Status.LEAVE, *facts), leave=kind)
        case Status.HOLIDAY:
            return case.decide(Status.UNCLEAR, *facts, Fact(Rule.OFF_IN_FILE))
        case Status.ABSENT if winner.weak and not case.over:
            return case.decide(Status.PENDING, *facts, Fact(Rule.NOT_ENDED))
        case status:
            return _withclocks(case, status, *facts)


def _nothing_known(case: Case) -> PersonDay:
    """Nothing speaks of the day: absent only where a source covers it and the day is over."""
    if not case.over:
        return case.decide(Status.PENDING, Fact(Rule.NOT_ENDED))
    match case.known.coverage:
        case Coverage.MACHINE:
            return case.decide(Status.ABSENT, Fact(Rule.NO_SCAN))
        case Coverage.THIN:
            return case.decide(Status.UNCLEAR, Fact(Rule.THIN_COVERAGE))
        case Coverage.NO_PIN:
            return case.decide(Status.UNCLEAR, Fact(Rule.NO_PIN))
        case Coverage.NONE:
            return case.decide(Status.UNCLEAR, Fact(Rule.NO_SOURCE))


_RULES: tuple[Callable[[Case], PersonDay | None], ...] = (
    _not_in_service,
    _not_come,
    _corrected,
    _off,
    _unscheduled,
    _claimed,
    _nothing_known,
)


def _day_off(case: Case) -> Fact | None:
    """Say why nobody works on the day; None on working days and where no schedule is known."""
    holiday = case.calendar.holidays.get(case.day)
    if holiday:
        return Fact(Rule.HOLIDAY, (holiday.name,), (holiday.row,))
    schedule = case.calendar.schedule(case.day)
    if schedule is None or case.hours:
        return None
    return Fact(Rule.DAY_OFF, (schedule.name,), (schedule.row,))


def _claims(case: Case) -> Iterator[_Claim]:
    leave = case.known.leave
    if leave:
        fact = Fact(Rule.LEAVE, (leave.kind, leave.document), (leave.row,))
        yield _Claim(Status.LEAVE, fact, leave.kind)
    for entry in case.known.entries:
        status = entry.status or Status.PRESENT
        if entry.status is None and not any(entry.times):
            continue
        weak = entry.source is Source.FILE and status in {Status.ABSENT, Status.HOLIDAY}
        tapped = entry.workplace is not Workplace.HOME
        yield _Claim(status, entry_fact(entry), entry.leave, weak=weak, tapped=tapped)
    scans = scans_of(case)
    if scans:
        yield _Claim(Status.PRESENT, scan_fact(scans), tapped=True)


def _agree(winner: _Claim, other: _Claim) -> bool:
    """Whether both can be true of one day; *winner* comes first in `PRECEDENCE`."""
    if other.weak and winner.status is not other.status:
        return winner.weak or winner.status in EXCUSES or not winner.tapped
    match winner.status, other.status:
        case Status.LEAVE, Status.LEAVE:
            return winner.leave is None or other.leave in {None, winner.leave}
        case Status.LEAVE, Status.SICK:
            return winner.leave is LeaveKind.SICK
        case Status.DUTY, Status.PRESENT:
            return True
        case one, two:
            return one is two


def _measured(case: Case, pairs: Sequence[Pair], workplace: Workplace) -> PersonDay:
    """Compare arrival and departure with the work hours, in whole minutes."""
    seen = _seen(case, Status.PRESENT, pairs, workplace)
    doubt = _doubt(case, pairs)
    if doubt:
        return replace(seen, status=Status.UNCLEAR, workplace=None, cause=(*seen.cause, doubt))
    if case.hours is None or (seen.arrived is None and seen.left is None):
        return seen
    late, early = late_minutes(case, seen.arrived), early_minutes(case, seen.left)
    no_in = seen.arrived is None
    no_out = seen.left is None and case.over
    found = {
        Rule.LATE: late,
        Rule.EARLY: early,
        Rule.NO_IN: no_in,
        Rule.NO_OUT: no_out,
        Rule.NOT_ENDED: not case.over,
    }
    facts = [hours_fact(case, case.hours)]
    facts += [
        Fact(rule, () if amount is True else (amount,)) for rule, amount in found.items() if amount
    ]
    return replace(
        seen,
        cause=(*seen.cause, *facts),
        late_minutes=late,
        early_minutes=early,
        no_in=no_in,
        no_out=no_out,
    )


def _seen(
    case: Case, status: Status, pairs: Sequence[Pair], workplace: Workplace | None
) -> PersonDay:
    """Return *status* with the earliest arrival and latest departure that the sources know."""
    usable = [pair for pair in pairs if pair.doubt is None]
    arrived = min((pair.arrived for pair in usable if pair.arrived), default=None)
    left = max((pair.left for pair in usable if pair.left), default=None)
    return replace(
        case.decide(status, *(pair.fact for pair in pairs)),
        arrived=arrived,
        left=left,
        workplace=workplace,
    )


def _withclocks(case: Case, status: Status, *facts: Fact) -> PersonDay:
    return replace(_seen(case, status, list(pairs_of(case)), None), cause=facts)


def _doubt(case: Case, pairs: Sequence[Pair]) -> Fact | None:
    """Return the question that keeps the times from being judged, if there is one."""
    timed = [pair for pair in pairs if pair.arrived or pair.left]
    doubts = [pair.doubt for pair in pairs if pair.doubt]
    if any(doubt.rule is Rule.REVERSED for doubt in doubts) or (doubts and not timed):
        return doubts[0]
    late = {late_minutes(case, pair.arrived) for pair in timed if pair.arrived}
    early = {early_minutes(case, pair.left) for pair in timed if pair.left}
    return Fact(Rule.TIMES_DIFFER) if len(late) > 1 or len(early) > 1 else None


def _workplace(case: Case) -> Workplace:
    said = [entry.workplace for entry in case.known.entries if entry.workplace]
    return said[0] if said else Workplace.OFFICE
