"""Making papers, issuing them, and keeping what was issued.

Collecting needs the database and is quick; rendering needs none and may take long; issuing again
is quick. The window does each in its own job, so that nobody waits for the database meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select

from wfh_desktop.documents import (
    attendance,
    breakdown,
    calculation,
    performance,
    recommendation,
)
from wfh_desktop.documents.paper import Layout
from wfh_desktop.domain.chain import Anchor
from wfh_desktop.domain.papers import NEED_CALCULATION, Paper, PaperState
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee, PrintedPaper
from wfh_desktop.services import audit
from wfh_desktop.services.papers import collecting, files
from wfh_desktop.services.papers.month import Month, month

RENDER: dict[Paper, Callable[[Any, Layout, Anchor | None], bytes]] = {
    Paper.LETTER: recommendation.write,
    Paper.LIST: calculation.write,
    Paper.BREAKDOWNS: breakdown.write,
    Paper.ATTENDANCE: attendance.write,
    Paper.PERFORMANCE: performance.write,
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper before it is made: its facts, or the *stored* bytes of one that was issued final."""

    unit_id: int
    period: Period
    paper: Paper
    employee_id: int | None
    name: str  # of the file, without folder
    revision: int
    draft: bool
    code: str
    layout: Layout
    facts: Any
    stored: bytes | None
    anchor: Anchor | None = None  # of the chain when the facts were collected; none for a draft


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of the month in the list: how far it is, and who printed it last."""

    paper: Paper
    state: PaperState
    draft: bool
    revision: int
    pages_of: int  # sheets that are one for each person; 0 for a paper of the unit
    at: datetime | None
    actor: str


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A person who has a sheet of their own; *state* tells how far it is."""

    employee_id: int
    place: int
    name: str
    nip: str
    title: str
    state: PaperState


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A paper as it was issued."""

    id: int
    paper: Paper
    subject: str
    revision: int
    draft: bool
    code: str
    at: datetime
    actor: str


def listing(work: Work, unit_id: int, period: Period) -> list[PaperRow]:
    """Return the papers of a unit's month with their state, in the order they are printed."""
    work.actor.require(Right.READ)
    there = month(work, unit_id, period)
    latest = {(row.paper, row.subject): row for row in _issued(work, unit_id, period)}
    return [_row(work, there, paper, latest.get((paper.value, ""))) for paper in Paper]


def subjects(work: Work, unit_id: int, period: Period) -> list[SubjectRow]:
    """Return everybody who has a breakdown of their own, in the order of the list."""
    work.actor.require(Right.READ)
    there = month(work, unit_id, period)
    if there.details is None:
        return []
    latest = {row.subject: row for row in _issued(work, unit_id, period)}
    sheets = collecting.sheets(work, there)
    return [
        SubjectRow(
            employee_id=line.employee_id,
            place=line.place,
            name=line.person.name,
            nip=line.person.nip,
            title=line.person.title,
            state=_compared(
                there,
                breakdown.code(sheets[line.employee_id]),
                latest.get(_subject(line.employee_id)),
            ),
        )
        for line in there.details.lines
        if line.employee_id in sheets
    ]


def prepare(
    work: Work, unit_id: int, period: Period, paper: Paper, employee_id: int | None = None
) -> Prepared:
    """Collect what a paper prints; raise `Invalid` if there is nothing to print yet.

    With an *employee_id* the breakdown is that of one person.
    """
    work.actor.require(Right.READ)
    there = month(work, unit_id, period)
    facts = _facts(work, there, paper, employee_id)
    prepared = Prepared(
        unit_id=unit_id,
        period=period,
        paper=paper,
        employee_id=employee_id,
        name=files.name(there, paper, _person(work, employee_id)),
        revision=there.revision,
        draft=not there.final,
        code=_code(paper, facts),
        layout=there.settings.layout,
        facts=facts,
        stored=None,
    )
    if prepared.draft:
        return prepared
    if former := _former(work, prepared):
        return replace(prepared, stored=former.content)
    audit.seal(work)  # so that the anchor on the paper covers what it says
    return replace(prepared, anchor=audit.head(work))


def render(prepared: Prepared) -> bytes:
    """Return the PDF of a paper; a final one that was issued is the very same bytes again."""
    if prepared.stored is not None:
        return prepared.stored
    return RENDER[prepared.paper](prepared.facts, prepared.layout, prepared.anchor)


def issue(work: Work, prepared: Prepared, content: bytes) -> bytes:
    """Note that a paper goes out of the house; return the bytes that do.

    The first issue of a final paper is kept for ever and handed out whenever it is asked for
    again. A draft is noted with its code, so that the list can tell whether it changed since.
    """
    work.actor.require(Right.READ)
    former = _former(work, prepared)
    if former is not None:
        work.log("paper.reprinted", former, paper=prepared.paper.value, code=former.code)
        return content if prepared.draft else former.content
    record = PrintedPaper(
        unit_id=prepared.unit_id,
        year=prepared.period.year,
        month=prepared.period.month,
        paper=prepared.paper.value,
        subject=_subject(prepared.employee_id),
        revision=prepared.revision,
        draft=prepared.draft,
        code=prepared.code,
        sha256=sha256(content).hexdigest(),
        content=b"" if prepared.draft else content,
        at=work.now,
        actor=work.actor.name,
    )
    work.add(record)
    details: dict[str, Any] = {"paper": record.paper, "code": record.code, "sha256": record.sha256}
    if prepared.paper is Paper.BREAKDOWNS and prepared.employee_id is None:
        details["sheets"] = [breakdown.code(sheet) for sheet in prepared.facts]
    work.log("paper.issued", record, **details)
    return content


def export(work: Work, unit_id: int, period: Period, paper: Paper, folder: Path) -> Path:
    """Make a paper, save it to *folder* and note that it was issued; return the file.

    A file that cannot be saved raises `Unwritable`, and nothing is noted.
    """
    prepared = prepare(work, unit_id, period, paper)
    return issue_to(work, prepared, render(prepared), folder / prepared.name)


def issue_to(work: Work, prepared: Prepared, content: bytes, path: Path) -> Path:
    """Issue a paper by saving it to *path*; return that. What cannot be saved is not noted."""
    return files.save(issue(work, prepared, content), path)


def register(work: Work, unit_id: int, period: Period) -> list[RegisterRow]:
    """Return what was issued for a unit's month, the latest first."""
    work.actor.require(Right.READ)
    return [
        RegisterRow(
            id=row.id,
            paper=Paper(row.paper),
            subject=row.subject,
            revision=row.revision,
            draft=row.draft,
            code=row.code,
            at=row.at,
            actor=row.actor,
        )
        for row in reversed(_issued(work, unit_id, period))
    ]


def _facts(work: Work, there: Month, paper: Paper, employee_id: int | None) -> Any:
    match paper:
        case Paper.LETTER:
            return collecting.letter(there)
        case Paper.LIST:
            return collecting.listing(there)
        case Paper.BREAKDOWNS:
            return collecting.breakdowns(work, there, employee_id)
        case Paper.ATTENDANCE:
            return collecting.attendance(work, there)
        case Paper.PERFORMANCE:
            return collecting.recap(work, there)


def _code(paper: Paper, facts: Any) -> str:
    """Return the code of a paper; that of several sheets together is made of theirs."""
    match paper:
        case Paper.LETTER:
            return recommendation.code(facts)
        case Paper.LIST:
            return calculation.code(facts)
        case Paper.BREAKDOWNS:
            return breakdown.code_of_all(facts)
        case Paper.ATTENDANCE:
            return attendance.code(facts)
        case Paper.PERFORMANCE:
            return performance.code(facts)


def _row(work: Work, there: Month, paper: Paper, former: PrintedPaper | None) -> PaperRow:
    return PaperRow(
        paper=paper,
        state=_state(work, there, paper, former),
        draft=not there.final,
        revision=there.revision,
        pages_of=len(there.details.lines) if there.details and paper is Paper.BREAKDOWNS else 0,
        at=former.at if former else None,
        actor=former.actor if former else "",
    )


def _state(work: Work, there: Month, paper: Paper, former: PrintedPaper | None) -> PaperState:
    if paper in NEED_CALCULATION and (there.details is None or not there.details.lines):
        return PaperState.MISSING
    if former is None or former.revision != there.revision or there.final:
        return _compared(there, former.code if former else "", former)
    return _compared(there, _code(paper, _facts(work, there, paper, None)), former)


def _compared(there: Month, code: str, former: PrintedPaper | None) -> PaperState:
    """Tell how far a paper is that now has *code* and was issued last as *former*.

    What was printed as a draft has not been printed final yet.
    """
    if former is None or (former.draft and there.final):
        return PaperState.READY
    same = (former.revision, former.code) == (there.revision, code)
    return PaperState.PRINTED if same else PaperState.CHANGED


def _issued(work: Work, unit_id: int, period: Period) -> Sequence[PrintedPaper]:
    """Return everything that was issued for a unit's month, the oldest first."""
    query = select(PrintedPaper).where(
        PrintedPaper.unit_id == unit_id,
        PrintedPaper.year == period.year,
        PrintedPaper.month == period.month,
    )
    return work.session.scalars(query.order_by(PrintedPaper.id)).all()


def _former(work: Work, prepared: Prepared) -> PrintedPaper | None:
    """Return the same paper as it was issued: the first final one, or a draft that says this."""
    same = [
        row
        for row in _issued(work, prepared.unit_id, prepared.period)
        if (row.paper, row.subject) == (prepared.paper.value, _subject(prepared.employee_id))
        and (row.revision, row.draft) == (prepared.revision, prepared.draft)
    ]
    if not prepared.draft:
        return same[0] if same else None
    return same[-1] if same and same[-1].code == prepared.code else None


def _subject(employee_id: int | None) -> str:
    return "" if employee_id is None else f"employee:{employee_id}"


def _person(work: Work, employee_id: int | None) -> str:
    return "" if employee_id is None else work.get(Employee, employee_id).name
