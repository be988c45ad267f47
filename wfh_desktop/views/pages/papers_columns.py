"""What the page Cetak lists: papers with their state, and whom they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wfh_desktop import words
from wfh_desktop.domain.papers import PaperState
from wfh_desktop.persistence.models import (
    Assessment,
    Base,
    Correction,
    DayEntry,
    Employee,
    Holiday,
    Leave,
    Letterhead,
    PaperLayout,
    Position,
    PrintedPaper,
    Rank,
    Recommendation,
    RuleChoice,
    Scan,
    Schedule,
    Signatory,
    Target,
    WorkReport,
)
from wfh_desktop.services.papers import PaperRow, SubjectRow
from wfh_desktop.views import labels
from wfh_desktop.views.tables import Column

PRINTED: frozenset[type[Base]] = frozenset(  # whatever papers are made of
    {
        Assessment,
        Correction,
        DayEntry,
        Employee,
        Holiday,
        Leave,
        Letterhead,
        PaperLayout,
        Position,
        PrintedPaper,
        Rank,
        Recommendation,
        RuleChoice,
        Scan,
        Schedule,
        Signatory,
        Target,
        WorkReport,
    }
)
ICONS = {
    PaperState.MISSING: "neutral",
    PaperState.READY: "file",
    PaperState.PRINTED: "good",
    PaperState.CHANGED: "attention",
}
TONES = {
    PaperState.MISSING: "muted",
    PaperState.READY: "",
    PaperState.PRINTED: "good",
    PaperState.CHANGED: "attention",
}


@dataclass(frozen=True)
class Line:
    """A paper of the month."""

    row: PaperRow

    @property
    def id(self) -> str:
        """The name of the paper, by which a reload finds it again."""
        return self.row.paper.value


@dataclass(frozen=True)
class Subject:
    """Whom a paper is about: the unit, everybody, or one person."""

    name: str
    nip: str = ""
    employee_id: int | None = None
    state: PaperState | None = None

    @property
    def id(self) -> int:
        """The employee, or 0 for the unit."""
        return self.employee_id or 0


def lines(rows: Sequence[PaperRow]) -> list[Line]:
    """Return the papers as the table lists them."""
    return [Line(row) for row in rows]


def one(unit: str) -> Subject:
    """Return the unit, the only subject of most papers."""
    return Subject(unit)


def everybody(rows: Sequence[SubjectRow]) -> list[Subject]:
    """Return all together, then each person in the order of the list."""
    people = [Subject(row.name, row.nip, row.employee_id, row.state) for row in rows]
    return [Subject(f"Semua pegawai ({len(rows)} lembar)"), *people]


def _last(line: Line) -> str:
    row = line.row
    if row.at is None:
        return words.PAPER_STATES[row.state]
    said = f"{words.PAPER_STATES[row.state]}: terakhir {labels.moment(row.at)} oleh {row.actor}"
    return said[:1].upper() + said[1:]


PAPER_COLUMNS: tuple[Column[Line], ...] = (
    Column("Naskah", lambda line: words.PAPERS[line.row.paper], tip=_last, width=180),
    Column(
        "Keadaan",
        lambda line: words.PAPER_STATES[line.row.state],
        tip=_last,
        tone=lambda line: TONES[line.row.state],
        icon=lambda line: ICONS[line.row.state],
    ),
)
SUBJECT_COLUMNS: tuple[Column[Subject], ...] = (
    Column(
        "Unit atau pegawai",
        lambda subject: subject.name,
        tip=lambda subject: "\n".join(filter(None, (subject.name, subject.nip))),
        tone=lambda subject: TONES[subject.state] if subject.state else "",
        icon=lambda subject: ICONS[subject.state] if subject.state else "",
    ),
)
