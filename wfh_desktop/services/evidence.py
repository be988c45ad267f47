"""Files that prove a report: kept in the database, told apart by content, never by name.

Nothing that comes from outside is ever run or opened under its own name: pictures are drawn
anew, and what another program shall show is laid into a private folder (`evidence_files`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from wfh_desktop.domain.errors import Invalid, NotFound, Problem, Unreadable
from wfh_desktop.domain.file_names import shown_name
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Evidence, WorkReport
from wfh_desktop.services import pictures

LARGEST = 5 * 1024 * 1024  # bytes of one file
MOST = 10  # files of one report
MOST_PIXELS = 40_000_000  # of a picture as it comes; it is kept much smaller
# Bytes that the reports of one unit may add in a month: 100 people with 300 kB on each working
# day are 640 MB. More means that somebody attaches what belongs elsewhere.
QUOTA = 1024**3
NAMELESS = "eviden"

SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"%PDF-", "pdf"),
)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A file of a report, without its content."""

    id: int
    version: int
    report_id: int
    name: str
    kind: str  # jpeg, png, pdf
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file as it was attached. The name is for display only."""

    id: int
    name: str
    kind: str
    content: bytes


def kind_of(content: bytes) -> str | None:
    """Return jpeg, png or pdf by the first bytes of a file, or None for anything else."""
    return next((kind for start, kind in SIGNATURES if content.startswith(start)), None)


def from_paths(paths: Iterable[Path]) -> list[tuple[str, bytes]]:
    """Read the files a user picked; raise `Invalid` naming all that cannot be read.

    Nothing is read beyond the largest size that may be kept.
    """
    found, problems = [], []
    for path in paths:
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError:
            problems.append(
                Problem("evidence", "evidence_unreadable", (shown_name(path.name, NAMELESS),))
            )
            continue
        found.append((path.name, content))
    if problems:
        raise Invalid(problems)
    return found


def attach(work: Work, report: WorkReport, name: str, content: bytes) -> Evidence:
    """Attach a file to a report that may still change; raise `Invalid` unless it may be kept.

    Of a picture only its pixels are kept, upright and at most 2.000 a side; a PDF as it is.
    """
    shown = shown_name(name, NAMELESS)
    kind, kept = _kept(shown, content)
    digest = sha256(kept).hexdigest()
    held = _held(work, report.id)
    problems = []
    if len(held) >= MOST:
        problems.append(Problem("evidence", "evidence_count", (MOST,)))
    if digest in held:
        problems.append(Problem("evidence", "evidence_same", (shown,)))
    if _used(work, report) + len(kept) > QUOTA:
        problems.append(Problem("evidence", "evidence_quota", (QUOTA // 1024**2,)))
    if problems:
        raise Invalid(problems)
    return work.add(
        Evidence(
            unit_id=report.unit_id,
            report_id=report.id,
            name=shown,
            kind=kind,
            size=len(kept),
            sha256=digest,
            content=kept,
        )
    )


def _kept(shown: str, content: bytes) -> tuple[str, bytes]:
    """Return the kind and the bytes that are stored of a file; raise `Invalid` if none are."""
    kind = kind_of(content)
    if kind is None:
        raise Invalid([Problem("evidence", "evidence_kind", (shown,))])
    if len(content) > LARGEST:
        raise Invalid([Problem("evidence", "evidence_size", (shown, LARGEST // 1024**2))])
    if kind == "pdf":
        return kind, content
    try:
        picture = pictures.opened(content, pictures.EVIDENCE_SIDE, MOST_PIXELS)
    except Unreadable as error:
        raise Invalid(
            [Problem("evidence", f"evidence_{error.code}", (shown, *error.limits))]
        ) from error
    drawn = pictures.as_png(picture) if kind == "png" else b""
    if drawn and len(drawn) <= LARGEST:
        return kind, drawn
    return "jpeg", pictures.as_jpeg(picture)


def _used(work: Work, report: WorkReport) -> int:
    """Return how many bytes the unit's reports of that month hold, those taken back included."""
    month = Period.of(report.day)
    used = (
        select(func.sum(Evidence.size))
        .join(WorkReport, WorkReport.id == Evidence.report_id)
        .where(
            Evidence.unit_id == report.unit_id,
            WorkReport.day.between(month.first, month.last),
        )
    )
    return int(work.session.scalar(used) or 0)


def listing(work: Work, reports: Collection[int]) -> list[EvidenceRow]:
    """Return the files of *reports*, in the order of attaching, without their content."""
    query = (
        select(
            Evidence.id,
            Evidence.version,
            Evidence.report_id,
            Evidence.name,
            Evidence.kind,
            Evidence.size,
            Evidence.sha256,
        )
        .where(Evidence.report_id.in_(reports), Evidence.withdrawn.is_(False))
        .order_by(Evidence.id)
    )
    return [EvidenceRow(*row) for row in work.session.execute(query)]


def number(work: Work, reports: Collection[int]) -> dict[int, int]:
    """Return how many files each of *reports* has; those without one are left out."""
    query = (
        select(Evidence.report_id, func.count().label("files"))
        .where(Evidence.report_id.in_(reports), Evidence.withdrawn.is_(False))
        .group_by(Evidence.report_id)
    )
    return {row.report_id: row.files for row in work.session.execute(query)}


def content(work: Work, report_id: int) -> list[EvidenceFile]:
    """Return the files of one report with their content."""
    work.actor.require(Right.READ)
    query = (
        select(Evidence)
        .options(undefer(Evidence.content))
        .where(Evidence.report_id == report_id, Evidence.withdrawn.is_(False))
        .order_by(Evidence.id)
    )
    return [
        EvidenceFile(row.id, row.name, row.kind, row.content) for row in work.session.scalars(query)
    ]


def take_back(work: Work, key: int, version: int) -> Evidence:
    """Take a file out of its report; it stays in the database, out of sight."""
    record = work.get(Evidence, key, version)
    if record.withdrawn:
        raise NotFound(f"Evidence {key}")
    record.withdrawn = True
    return record


def _held(work: Work, report_id: int) -> set[str]:
    query = select(Evidence.sha256).where(
        Evidence.report_id == report_id, Evidence.withdrawn.is_(False)
    )
    return set(work.session.scalars(query))
