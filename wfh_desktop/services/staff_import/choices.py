"""What the user decides about an import, and what the preview tells him."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from wfh_desktop.domain.errors import Problem
from wfh_desktop.domain.people import Level
from wfh_desktop.readers import records as readings


class Assignment(StrEnum):
    """Into which unit people go."""

    HERE = "semua ke unit ini"
    OWN_ROWS = "hanya baris unit ini"
    BY_FILE = "menurut kolom unit"


class Verdict(StrEnum):
    """What an import would do with a line."""

    NEW = "baru"
    CHANGED = "berubah"
    SAME = "sama"
    QUESTION = "perlu jawaban"
    DOUBLE = "ganda"
    ELSEWHERE = "unit lain"
    LEFT_OUT = "dilewati"


class Take(StrEnum):
    """How a question about a line is answered."""

    AS_IT_IS = "ambil"
    SAME_AS = "orang yang sama"
    LEAVE_OUT = "lewati"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question; *employee_id* names the person for `SAME_AS`."""

    take: Take
    employee_id: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything the user decides; *answers* by line, *levels* by title (see `title_key`)."""

    unit_id: int
    valid_from: date
    assignment: Assignment = Assignment.HERE
    create_units: bool = False
    answers: Mapping[int, Answer] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the file says something else than what is stored."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored person whom a line may mean."""

    employee_id: int
    name: str
    nip: str
    unit: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A line of the file and what would become of it."""

    number: int
    place: str
    nip: str
    name: str
    title: str
    grade: str
    unit: str
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    remarks: tuple[Problem, ...] = ()
    questions: tuple[Problem, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    proposal: Answer | None = None
    employee_id: int | None = None
    notes: tuple[readings.Problem, ...] = ()  # of the reader, about this line


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A title whose level is not exact, with what is assumed until somebody says."""

    title: str
    level: Level
    people: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit that the file names, with how many people."""

    path: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying would do; nothing is stored yet. *digest* stands for exactly this."""

    format: str
    rows: tuple[PreviewRow, ...]
    titles: tuple[TitleRow, ...]
    missing_units: tuple[UnitRow, ...]
    other_units: tuple[UnitRow, ...]  # that the file names, and that are not below the chosen one
    not_in_file: tuple[Candidate, ...]
    problems: tuple[readings.Problem, ...]  # of the file, not of one of the rows
    known_since: datetime | None  # the same file was imported before
    digest: str

    def count(self, *verdicts: Verdict) -> int:
        """Return the number of rows with one of *verdicts*."""
        return sum(row.verdict in verdicts for row in self.rows)

    @property
    def proposals(self) -> dict[int, Answer]:
        """The proposed answers to all questions that have one."""
        return {row.number: row.proposal for row in self.rows if row.proposal}


READY: Sequence[Verdict] = (Verdict.NEW, Verdict.CHANGED)
