"""From what is stored to the facts that each paper prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from decimal import Decimal

from sqlalchemy import func, select

from wfh_desktop import words
from wfh_desktop.documents import calculation, text
from wfh_desktop.documents.attendance import AttendanceLine, AttendanceRecap, Remark
from wfh_desktop.documents.breakdown import Breakdown
from wfh_desktop.documents.calculation import Calculation, CalculationLine, Figures
from wfh_desktop.documents.paper import Layout
from wfh_desktop.documents.performance import PerformanceLine, PerformanceRecap
from wfh_desktop.documents.recommendation import Amounts, Recommendation
from wfh_desktop.domain.attendance import Rule, Status
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.performance import in_force
from wfh_desktop.domain.targets import TargetState
from wfh_desktop.domain.work_reports import ReportState
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import WorkReport
from wfh_desktop.services import attendance as presence
from wfh_desktop.services import performance, tpp
from wfh_desktop.services.attendance import PersonMonth
from wfh_desktop.services.papers.month import Month, on_paper
from wfh_desktop.services.performance import PerformanceRow
from wfh_desktop.services.realisation import TargetRow
from wfh_desktop.services.tpp import ColumnRow, LineRow, RecommendationDetails

ONE = Decimal(1)


def letter(month: Month) -> Recommendation:
    """Return the letter of the unit with its list; raise `Invalid` before the calculation."""
    details = _details(month)
    listed = listing(month)
    return Recommendation(
        mark=month.mark,
        letterhead=month.letterhead,
        number=details.number,
        nature=month.settings.nature,
        place=month.kop.get("place", ""),
        day=month.day,
        addressee=month.settings.addressee,
        unit=month.unit,
        legal_basis=details.legal_basis,
        amounts=_amounts(details, listed, month.settings.layout),
        signature=month.head(),
        calculation=listed,
        copies=month.settings.copies,
    )


def listing(month: Month) -> Calculation:
    """Return the list of the unit; raise `Invalid` before the calculation."""
    details = _details(month)
    return Calculation(
        mark=month.mark,
        office=month.office,
        unit=month.unit,
        rules_title=details.rules_title,
        columns=tuple(map(_figures, details.columns)),
        lines=tuple(_line(line, len(details.columns)) for line in details.lines),
        signatures=month.two("treasurer", "personnel", "secretary"),
        subtotals=month.settings.subtotals,
    )


def breakdowns(work: Work, month: Month, employee_id: int | None = None) -> tuple[Breakdown, ...]:
    """Return the sheets of everybody, or of one person; raise `Invalid` if there is none."""
    found = sheets(work, month)
    chosen = tuple(one for key, one in found.items() if employee_id in {None, key})
    if not chosen:
        code = "nobody_to_print" if employee_id is None else "not_on_list"
        raise Invalid([Problem("people", code, (month.period,))])
    return chosen


def sheets(work: Work, month: Month) -> dict[int, Breakdown]:
    """Return the sheet of each person by employee; whoever has no amount has no sheet."""
    details = _details(month)
    trails = tpp.trails(work, details.id)
    return {
        line.employee_id: Breakdown(
            mark=month.mark,
            letterhead=month.letterhead,
            person=on_paper(line.person),
            rules_title=details.rules_title,
            trail=trails[line.employee_id],
            gross=line.gross,
            tax=line.tax,
            bpjs=line.bpjs,
            net=line.net,
            signatures=(month.placed(month.head()),),
        )
        for line in details.lines
        if line.employee_id in trails
    }


def attendance(work: Work, month: Month) -> AttendanceRecap:
    """Return the attendance of the unit's people."""
    people = presence.month(work, month.unit_id, month.period)
    return AttendanceRecap(
        mark=month.mark,
        office=month.office,
        unit=month.unit,
        lines=tuple(AttendanceLine(on_paper(one.person), one.summary, one.days) for one in people),
        corrected=tuple(_corrections(people)),
        unclear=tuple(_questions(people)),
        signatures=month.two("personnel", "secretary"),
    )


def recap(work: Work, month: Month) -> PerformanceRecap:
    """Return the performance of the unit's people; raise `Invalid` before January 2014."""
    people = performance.month(work, month.unit_id, month.period)
    reports = _reports(work, [one.person.id for one in people], month)
    return PerformanceRecap(
        mark=month.mark,
        office=month.office,
        unit=month.unit,
        generation=in_force(month.period).value,
        lines=tuple(_performance(one, reports) for one in people),
        signatures=month.two("personnel", "secretary"),
    )


def _details(month: Month) -> RecommendationDetails:
    if month.details is None:
        raise Invalid([Problem("rules", "no_recommendation", (month.period,))])
    return month.details


def _figures(column: ColumnRow) -> Figures:
    heading = f"{column.number} = {column.formula}" if column.formula else str(column.number)
    return Figures(column.caption, heading, column.kind, column.digits)


def _line(line: LineRow, columns: int) -> CalculationLine:
    cells = line.cells or (None,) * columns
    return CalculationLine(on_paper(line.person), cells, line.refusal)


def _amounts(details: RecommendationDetails, listed: Calculation, layout: Layout) -> Amounts:
    """Return the sums of the letter: those at the foot of the list, wherever it has the column."""
    lines = [line for line in details.lines if not line.refusal]
    totals = list(enumerate(calculation.totals(listed, layout)))

    def total(amounts: Sequence[Decimal]) -> Decimal:
        printed = [text.rounded(one, layout.decimals) for one in amounts]
        for place, found in reversed(totals):
            cells = [line.cells[place] for line in lines]
            if found is not None and cells in (list(amounts), printed):
                return found
        return sum(printed, Decimal())

    return Amounts(
        people=len(details.lines),
        gross=total([line.gross for line in lines]),
        tax=total([line.tax for line in lines]),
        bpjs=total([line.bpjs for line in lines]),
        net=total([line.net for line in lines]),
    )


def _corrections(people: Sequence[PersonMonth]) -> list[Remark]:
    return [
        Remark(one.person.name, day.day, f"{day.status.value}. {words.cause(fact)}")
        for one in people
        for day in one.days
        if day.corrected
        for fact in day.cause
        if fact.rule is Rule.CORRECTED
    ]


def _questions(people: Sequence[PersonMonth]) -> list[Remark]:
    return [
        Remark(one.person.name, day.day, words.cause(day.question))
        for one in people
        for day in one.days
        if day.status is Status.UNCLEAR and day.question
    ]


def _performance(row: PerformanceRow, reports: Counter[tuple[int, ReportState]]) -> PerformanceLine:
    key, score = row.person.id, row.score
    there = [target for target in row.targets if target.state is TargetState.SET]
    return PerformanceLine(
        person=on_paper(row.person),
        targets=len(there),
        reached=sum(map(_share, there), Decimal()) / len(there) if there else None,
        accepted=reports[key, ReportState.ACCEPTED],
        returned=reports[key, ReportState.RETURNED],
        waiting=reports[key, ReportState.SUBMITTED],
        results=score.results,
        behaviour=score.behaviour,
        score=score.score if score.predicate else None,
        predicate=score.predicate,
        note=_note(row),
    )


def _share(target: TargetRow) -> Decimal:
    """Return how much of a target was reached; more than all of it makes up for no other."""
    return min(target.done.quantity / target.quantity, ONE) if target.quantity else ONE


def _note(row: PerformanceRow) -> str:
    """Return the head's note; without a predicate, what is missing."""
    entered = row.assessment.entered.note if row.assessment else ""
    missing = () if row.score.predicate else row.score.explanation[-1:]
    return " ".join(filter(None, (entered, *missing)))


def _reports(work: Work, people: Collection[int], month: Month) -> Counter[tuple[int, ReportState]]:
    """Count the reports of *people* in the month by state, in one query."""
    rows = work.session.execute(
        select(WorkReport.employee_id, WorkReport.state, func.count())
        .where(
            WorkReport.employee_id.in_(people),
            WorkReport.day.between(month.period.first, month.period.last),
        )
        .group_by(WorkReport.employee_id, WorkReport.state)
    )
    return Counter({(employee, state): count for employee, state, count in rows})
