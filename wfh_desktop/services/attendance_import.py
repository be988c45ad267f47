"""Taking over attendance files: a preview that asks, then all or nothing, and the way back."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import insert, select, update

from wfh_desktop import readers
from wfh_desktop.domain.attendance import Source, Status, Workplace
from wfh_desktop.domain.errors import Conflict, Invalid, Problem
from wfh_desktop.domain.file_names import shown_name
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence import backup
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import DayEntry, ImportedFile, Scan
from wfh_desktop.readers.records import Kind, Reading, Severity
from wfh_desktop.readers.records import Problem as Remark
from wfh_desktop.services import closing, days_off, people, records, units
from wfh_desktop.services.attendance_entry import Said
from wfh_desktop.services.attendance_matching import (
    Found,
    Match,
    Named,
    key_of,
    proposals,
    remember,
)
from wfh_desktop.services.attendance_matching import match as match_people
from wfh_desktop.services.attendance_plan import (
    Frame,
    Plan,
    PlanRow,
    RowKind,
    plan_days,
    plan_scans,
)
from wfh_desktop.services.attendance_store import stored
from wfh_desktop.services.people import PersonRow

ASKED_BY_PERSON = frozenset({"nip_damaged", "pins_alike", "name_twice"})
PORTION = 5_000  # keys in one question to the database
T = TypeVar("T", DayEntry, Scan)
FIELDS = ("status", "workplace", "time_in", "time_out", "leave", "note")


@dataclass(frozen=True)
class Upload:
    """A file as it came in, and what the reader understood of it."""

    name: str
    content: bytes
    sha256: str
    reading: Reading


@dataclass(frozen=True)
class Answers:
    """What the user decided.

    *people*: whom each person of the file means, None to leave out. *accepted*: which kinds of
    doubt of the reader were looked at and accepted.
    """

    people: Mapping[str, int | None] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same file, taken over before; in the unit's wall time."""

    at: datetime
    actor: str
    name: str


@dataclass(frozen=True)
class Preview:
    """Everything that would happen, and every question that is open.

    *people* are all persons of the file with whom they mean; *remarks* what the reader has to say;
    *roster* whom a person of the file may be.
    """

    upload: Upload
    period: Period
    people: tuple[Found, ...]
    rows: tuple[PlanRow, ...]
    remarks: tuple[Remark, ...]
    roster: tuple[PersonRow, ...]
    earlier: tuple[Earlier, ...]
    closed: bool
    accepted: frozenset[str]

    @property
    def counts(self) -> Counter[RowKind]:
        """How many lines meet each fate."""
        found: Counter[RowKind] = Counter()
        for row in self.rows:
            found[row.kind] += row.lines
        return found

    @property
    def asked(self) -> tuple[Found, ...]:
        """People of the file about whom the user has to decide."""
        return tuple(one for one in self.people if one.match is Match.ASK)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Kinds of doubt the reader has, which the user has to look at and accept."""
        codes = (
            remark.code
            for remark in self.remarks
            if remark.severity is Severity.QUESTION and remark.code not in ASKED_BY_PERSON
        )
        return tuple(code for code in dict.fromkeys(codes) if code not in self.accepted)

    @property
    def open_questions(self) -> int:
        """How many answers are missing before the file can be taken over."""
        return len(self.asked) + len(self.doubts)

    @property
    def ready(self) -> bool:
        """Whether the file can be taken over and would change something."""
        counts = self.counts
        return not (self.open_questions or self.closed) and bool(
            counts[RowKind.NEW] or counts[RowKind.CHANGED]
        )


@dataclass(frozen=True, slots=True)
class Imported:
    """What taking a file over did; *id* undoes it."""

    id: int
    new: int
    changed: int


def load(path: Path, period: Period | None = None) -> Upload:
    """Read a file; raise `Unreadable`, or `Invalid` if it holds no attendance."""
    reading = readers.read(path, period=period)
    if reading.kind not in {Kind.DAYS, Kind.SCANS}:
        raise Invalid([Problem("file", "no_attendance", (path.name,))])
    content = path.read_bytes()
    return Upload(path.name, content, hashlib.sha256(content).hexdigest(), reading)


def preview(
    work: Work, unit_id: int, period: Period, upload: Upload, answers: Answers = Answers()
) -> Preview:
    """Compare a file with what is stored, changing nothing."""
    work.actor.require(Right.RECORD)
    return _preview(work, unit_id, period, upload, answers)[0]


def apply(
    work: Work, unit_id: int, period: Period, upload: Upload, answers: Answers = Answers()
) -> Imported:
    """Take a file over, all of it or nothing, and keep the file itself as evidence.

    Raises `Invalid` while questions are open, when the month is closed, or for nothing to do.
    """
    work.actor.require(Right.RECORD)
    found, plan = _preview(work, unit_id, period, upload, answers)
    _require_ready(found)
    backup.before_import(work)
    days_off.ensure(work, period.year)
    file = work.add(
        ImportedFile(
            unit_id=unit_id,
            kind=upload.reading.kind,
            name=shown_name(upload.name),
            sha256=upload.sha256,
            content=upload.content,
            at=work.now,
            actor=work.actor.name,
            summary={},
        )
    )
    made, changed = _write_entries(work, plan, file.id)
    moved = _write_scans(work, unit_id, plan, file.id)
    remember(work, found.roster, found.people, answers.people)
    counts = {kind.value: number for kind, number in found.counts.items()}
    facts = {"period": str(period), "counts": counts, "changed": changed, "moved": moved}
    file.summary = facts | {"made": made}
    work.log("attendance.imported", file, file=upload.name, **facts)
    return Imported(file.id, found.counts[RowKind.NEW], found.counts[RowKind.CHANGED])


def run(
    work: Work, unit: str, period: Period, upload: Upload, *, accept: bool, store: bool
) -> tuple[Preview, Imported | None]:
    """Preview a file and, if wanted and no question is open, store it, in one step.

    *accept* takes the proposed people. The doubts of the reader are not accepted by anybody here.
    """
    unit_id = units.find(work, unit, period.last).id
    seen = preview(work, unit_id, period, upload)
    answers = Answers(dict(proposals(seen.asked)) if accept else {})
    seen = preview(work, unit_id, period, upload, answers) if accept else seen
    done = apply(work, unit_id, period, upload, answers) if store and seen.ready else None
    return seen, done


def undo(work: Work, key: int) -> None:
    """Take an import back as a new action; refused if one of its days was changed since."""
    work.actor.require(Right.RECORD)
    file = work.get(ImportedFile, key)
    period = Period.parse(file.summary["period"])
    closing.require_open(work, file.unit_id, period)
    if "undone" in file.summary:
        raise Invalid([Problem("file", "already_undone", (file.name,))])
    before: dict[int, tuple[int, dict[str, Any]]] = {
        entry_id: (1, {}) for entry_id in file.summary["made"]
    }
    before |= {one["id"]: (one["version"], one["before"]) for one in file.summary["changed"]}
    for entry in _fetch(work, DayEntry, before):
        version, said = before[entry.id]
        if entry.version != version:
            raise Conflict(f"DayEntry {entry.id}")
        _say(entry, _from_plain(said))
    work.session.execute(update(Scan).where(Scan.import_id == key).values(employee_id=None))
    for scan_id, holder in file.summary["moved"]:
        work.session.execute(update(Scan).where(Scan.id == scan_id).values(employee_id=holder))
    file.summary = file.summary | {"undone": work.now.isoformat()}
    work.log("attendance.import_undone", file, file=file.name, period=str(period))


def _preview(
    work: Work, unit_id: int, period: Period, upload: Upload, answers: Answers
) -> tuple[Preview, Plan]:
    roster = people.roster(work, unit_id, period)
    reading = upload.reading
    found = match_people(work, roster, _persons(reading), answers.people)
    frame = Frame(unit_id, period, roster, found)
    if reading.kind is Kind.DAYS:
        plan = plan_days(work, reading, frame, stored(work, roster, period))
    else:
        plan = plan_scans(work, reading, frame)
    shut = closing.closed(work, [unit_id], period.first, period.last)
    seen = Preview(
        upload,
        period,
        tuple(found.values()),
        plan.rows,
        reading.problems,
        tuple(roster),
        tuple(_earlier(work, unit_id, upload)),
        bool(shut),
        answers.accepted,
    )
    return seen, plan


def _persons(reading: Reading) -> dict[str, Named]:
    """Return everybody a file names, with the number of their lines."""
    named: dict[str, Named] = {}
    touches = [(scan.person, scan.device or "") for scan in reading.scans]
    for person, device in (*touches, *((day.person, "") for day in reading.days)):
        key = key_of(person, device)
        lines = named[key].lines if key in named else 0
        named[key] = Named(person, device, lines + 1)
    return named


def _require_ready(found: Preview) -> None:
    problems = []
    if found.closed:
        problems.append(Problem("period", "month_locked", (found.period,)))
    if found.open_questions:
        problems.append(Problem("file", "open_questions", (found.open_questions,)))
    if not problems and not found.ready:
        problems.append(Problem("file", "nothing_new", (found.upload.name, found.period)))
    if problems:
        raise Invalid(problems)


def _earlier(work: Work, unit_id: int, upload: Upload) -> Iterator[Earlier]:
    query = (
        select(ImportedFile.at, ImportedFile.actor, ImportedFile.name, ImportedFile.summary)
        .where(
            ImportedFile.unit_id == unit_id,
            ImportedFile.sha256 == upload.sha256,
            ImportedFile.kind.in_((Kind.DAYS, Kind.SCANS)),  # staff lists are kept there too
        )
        .order_by(ImportedFile.id)
    )
    for at, actor, name, summary in work.session.execute(query):
        if "undone" not in summary:
            yield Earlier(at, actor, name)


def _write_entries(work: Work, plan: Plan, file_id: int) -> tuple[list[int], list[dict[str, Any]]]:
    """Make and change entries; return the new ones' numbers and what the others said before."""
    ids = [one.entry_id for one in plan.entries if one.entry_id]
    old = {entry.id: entry for entry in _fetch(work, DayEntry, ids)}
    made, changed = [], []
    for number, one in enumerate(plan.entries):
        work.progress(number, len(plan.entries))
        entry = old.get(one.entry_id or 0)
        if entry is None:
            entry = DayEntry(
                unit_id=one.unit_id, employee_id=one.employee_id, day=one.day, source=Source.FILE
            )
            work.session.add(entry)
            made.append(entry)
        else:
            changed.append((entry, _to_plain(entry)))
        _say(entry, one.said)
        entry.import_id = file_id
    work.session.flush()
    return (
        [entry.id for entry in made],
        [{"id": entry.id, "version": entry.version, "before": said} for entry, said in changed],
    )


def _write_scans(
    work: Work, unit_id: int, plan: Plan, file_id: int
) -> list[tuple[int, int | None]]:
    """Add scans, and give stored ones to the right person; return whose those were."""
    new = [
        {
            "unit_id": unit_id,
            "employee_id": one.employee_id,
            "device": one.device,
            "pin": one.pin,
            "day": one.at.date(),
            "at": one.at.time(),
            "import_id": file_id,
        }
        for one in plan.scans
        if one.scan_id is None
    ]
    if new:
        work.session.execute(insert(Scan), new)
    moved = [(one.scan_id, one.before) for one in plan.scans if one.scan_id]
    owners = {one.scan_id: one.employee_id for one in plan.scans if one.scan_id}
    for scan in _fetch(work, Scan, owners):
        scan.employee_id = owners[scan.id]
    return moved


def _fetch(work: Work, kind: type[T], keys: Iterable[int]) -> Iterator[T]:
    """Yield the rows with these keys, in portions that every database takes."""
    left = list(keys)
    for start in range(0, len(left), PORTION):
        query = select(kind).where(kind.id.in_(left[start : start + PORTION]))
        yield from work.session.scalars(query)


def _say(entry: DayEntry, said: Said) -> None:
    for name in FIELDS:
        setattr(entry, name, getattr(said, name))


def _to_plain(entry: DayEntry) -> dict[str, Any]:
    return {name: records.plain(getattr(entry, name)) for name in FIELDS}


def _from_plain(plain: Mapping[str, Any]) -> Said:
    read: dict[str, Callable[[str], Any]] = {
        "status": Status,
        "workplace": Workplace,
        "time_in": time.fromisoformat,
        "time_out": time.fromisoformat,
        "leave": LeaveKind,
        "note": str,
    }
    return Said(**{name: read[name](value) for name, value in plain.items() if value})
