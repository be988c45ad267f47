"""Use cases for reports of work done: written, proved by files, submitted, decided by the head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wfh_desktop.domain import work_reports as rules
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tasks import TaskState
from wfh_desktop.domain.work_reports import EDITABLE, ReportDraft, ReportState
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import (
    Assignment,
    Evidence,
    Target,
    Task,
    WorkReport,
)
from wfh_desktop.services import clock, closing, evidence, history, report_rows, tasks, units
from wfh_desktop.services.evidence import EvidenceRow
from wfh_desktop.services.history import StepRow
from wfh_desktop.services.report_rows import ReportRow


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """A report with its files and its life."""

    row: ReportRow
    files: tuple[EvidenceRow, ...]
    steps: tuple[StepRow, ...]


def write(work: Work, draft: ReportDraft) -> int:
    """Start a report for a share of a task; return its number."""
    work.actor.require(Right.RECORD)
    share = work.get(Assignment, draft.assignment_id)
    if share.state is TaskState.CANCELLED:
        raise Invalid([Problem("task", "task_cancelled")])
    closing.require_open(work, share.unit_id, Period.of(draft.day))
    report = WorkReport(
        unit_id=share.unit_id,
        employee_id=share.employee_id,
        assignment_id=share.id,
        state=ReportState.DRAFT,
    )
    _fill(report, draft)
    work.add(report)
    history.record(work, report, None, ReportState.DRAFT)
    tasks.follow(work, share)
    work.log("work_report.written", report, assignment=share.id, day=report.day.isoformat())
    return report.id


def revise(work: Work, key: int, version: int, draft: ReportDraft) -> None:
    """Change a report that is a draft or was returned; its share stays."""
    work.actor.require(Right.RECORD)
    report = _editable(work, key, version)
    closing.require_open(work, report.unit_id, Period.of(draft.day))
    before = _stored(report)
    _fill(report, draft)
    work.log("work_report.revised", report, before=before, after=_stored(report))


def attach(work: Work, key: int, version: int, name: str, content: bytes) -> int:
    """Attach a JPEG, PNG or PDF of at most 5 MB to an editable report; return its number."""
    work.actor.require(Right.RECORD)
    report = _editable(work, key, version)
    record = evidence.attach(work, report, name, content)
    work.log("evidence.attached", record, report=key, name=record.name, sha256=record.sha256)
    return record.id


def detach(work: Work, key: int, version: int) -> None:
    """Take a file out of an editable report."""
    work.actor.require(Right.RECORD)
    record = work.get(Evidence, key, version)
    _editable(work, record.report_id, None)
    evidence.take_back(work, key, version)
    work.log("evidence.detached", record, report=record.report_id, sha256=record.sha256)


def submit(work: Work, key: int, version: int) -> None:
    """Put a report before the head; raise `Invalid` with everything it lacks."""
    work.actor.require(Right.RECORD)
    report = _editable(work, key, version)
    task = work.get(Task, work.get(Assignment, report.assignment_id).task_id)
    rules.check(
        _draft(report),
        given=task.given,
        today=clock.today(work, report.unit_id),
        has_evidence=bool(evidence.number(work, [key])),
    )
    report.submitted_at = work.now
    _move(work, report, ReportState.SUBMITTED, "")
    work.log("work_report.submitted", report)


def keep(
    work: Work,
    draft: ReportDraft,
    files: Iterable[tuple[str, bytes]] = (),
    key: int = 0,
    *,
    removed: Iterable[EvidenceRow] = (),
    version: int | None = None,
) -> int:
    """Keep a report with its files as a draft; return its number.

    *key* names a draft or returned report to complete instead of a new one, *version* the one
    that was looked at, *removed* files to take out of it.
    """
    if key:
        revise(work, key, version or work.get(WorkReport, key).version, draft)
    else:
        key = write(work, draft)
    for row in removed:
        detach(work, row.id, row.version)
    for name, content in files:
        attach(work, key, work.get(WorkReport, key).version, name, content)
    return key


def hand_in(
    work: Work,
    draft: ReportDraft,
    files: Iterable[tuple[str, bytes]],
    key: int = 0,
    *,
    removed: Iterable[EvidenceRow] = (),
    version: int | None = None,
) -> int:
    """Keep a report as `keep` does and submit it in one go, as the secretariat does for a person.

    Nothing is kept if it lacks anything.
    """
    key = keep(work, draft, files, key, removed=removed, version=version)
    work.session.flush()
    submit(work, key, work.get(WorkReport, key).version)
    return key


def accept(work: Work, key: int, version: int, rating: int) -> int:
    """Accept a report with a rating from 1 to 5; its task is done when the quantity is reached.

    Returns the version the report has now, by which `undo` knows that nobody changed it since.
    """
    work.actor.require(Right.REVIEW)
    report = _open_report(work, key, version)
    report.rating = rules.check_rating(rating)
    _decide(work, report, ReportState.ACCEPTED, "")
    work.log("work_report.accepted", report, rating=rating)
    return report.version


def send_back(work: Work, key: int, version: int, reason: str) -> int:
    """Return a report to its author with one line saying why; return its version for `undo`."""
    work.actor.require(Right.REVIEW)
    report = _open_report(work, key, version)
    report.reason = rules.check_return(reason)
    _decide(work, report, ReportState.RETURNED, report.reason)
    work.log("work_report.returned", report, reason=report.reason)
    return report.version


def rate(work: Work, key: int, version: int, rating: int) -> None:
    """Give an accepted report another rating."""
    work.actor.require(Right.REVIEW)
    report = _open_report(work, key, version)
    if report.state is not ReportState.ACCEPTED:
        raise Invalid([Problem("rating", "report_fixed", (report.state,))])
    before, report.rating = report.rating, rules.check_rating(rating)
    work.log("work_report.rated", report, before=before, after=rating)


def withdraw(work: Work, key: int, version: int, reason: str) -> int:
    """Take an undecided report away, with a reason; return its version for `undo`.

    It is kept, but counts for nothing.
    """
    work.actor.require(Right.RECORD)
    report = _open_report(work, key, version)
    note = rules.check_return(reason)
    _move(work, report, ReportState.WITHDRAWN, note)
    work.log("work_report.withdrawn", report, reason=note)
    return report.version


def undo(work: Work, key: int, version: int) -> None:
    """Take the last decision on a report back, as a new step with its own trace.

    An accepted or returned report waits for a decision again, a withdrawn one is a draft again.
    Raises `Conflict` if somebody changed it since.
    """
    report = _open_report(work, key, version)
    if report.state is ReportState.WITHDRAWN:
        work.actor.require(Right.RECORD)
        after = ReportState.DRAFT
    elif report.state in rules.DECIDED:
        work.actor.require(Right.REVIEW)
        after = ReportState.SUBMITTED
        report.rating, report.reason = None, ""
        report.decided_at, report.decided_by = None, ""
    else:
        raise Invalid([Problem("report", "nothing_to_undo")])
    before = report.state
    _move(work, report, after, history.TAKEN_BACK)
    work.log("work_report.undone", report, before=before, after=after)


def waiting(work: Work, unit_id: int, period: Period) -> list[ReportRow]:
    """Return the submitted, undecided reports of a month in a unit, the oldest first."""
    return listing(work, unit_id, period, {ReportState.SUBMITTED})


def listing(
    work: Work, unit_id: int, period: Period, states: Iterable[ReportState] = ReportState
) -> list[ReportRow]:
    """Return the reports of a month in a unit that are in *states*, the oldest first."""
    work.actor.require(Right.READ)
    return report_rows.fetch(
        work,
        WorkReport.unit_id.in_(units.during(work, unit_id, period)),
        WorkReport.day.between(period.first, period.last),
        WorkReport.state.in_([*states]),
    )


def of_target(work: Work, target_id: int) -> list[ReportRow]:
    """Return the reports that work towards a target, the oldest first."""
    work.actor.require(Right.READ)
    target = work.get(Target, target_id)
    return report_rows.fetch(
        work, WorkReport.employee_id == target.employee_id, Assignment.target_id == target_id
    )


def of_task(work: Work, task_id: int) -> list[ReportRow]:
    """Return the reports of a task, the oldest first."""
    work.actor.require(Right.READ)
    return report_rows.fetch(work, Assignment.task_id == task_id)


def details(work: Work, key: int) -> ReportDetails:
    """Return a report with its files and its life; raise `NotFound`."""
    work.actor.require(Right.READ)
    work.get(WorkReport, key)
    (row,) = report_rows.fetch(work, WorkReport.id == key)
    files = tuple(evidence.listing(work, [key]))
    steps = history.of(work, WorkReport.__tablename__, [key], [row.unit_id])
    return ReportDetails(row, files, tuple(steps))


def _decide(work: Work, report: WorkReport, after: ReportState, note: str) -> None:
    report.decided_at, report.decided_by = work.now, work.actor.name
    _move(work, report, after, note)


def _move(work: Work, report: WorkReport, after: ReportState, note: str) -> None:
    before, report.state = report.state, rules.step(report.state, after)
    history.record(work, report, before, after, note)
    tasks.follow(work, work.get(Assignment, report.assignment_id))


def _open_report(work: Work, key: int, version: int | None) -> WorkReport:
    report = work.get(WorkReport, key, version)
    closing.require_open(work, report.unit_id, Period.of(report.day))
    return report


def _editable(work: Work, key: int, version: int | None) -> WorkReport:
    report = _open_report(work, key, version)
    if report.state not in EDITABLE:
        raise Invalid([Problem("report", "report_fixed", (report.state,))])
    return report


def _fill(report: WorkReport, draft: ReportDraft) -> None:
    report.day = draft.day
    report.starts, report.ends = draft.starts, draft.ends
    report.text = draft.text.strip()
    report.quantity = draft.quantity
    report.no_evidence = " ".join(draft.no_evidence.split())


def _draft(report: WorkReport) -> ReportDraft:
    return ReportDraft(
        assignment_id=report.assignment_id,
        day=report.day,
        text=report.text,
        quantity=report.quantity,
        starts=report.starts,
        ends=report.ends,
        no_evidence=report.no_evidence,
    )


def _stored(report: WorkReport) -> dict[str, str]:
    names = ("day", "starts", "ends", "text", "quantity", "no_evidence")
    values = {name: getattr(report, name) for name in names}
    return {name: "" if value is None else str(value) for name, value in values.items()}
