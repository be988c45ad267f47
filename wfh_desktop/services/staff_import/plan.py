"""What an import would do with each line, before anything is stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select

from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.people import Right, name_words
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import ImportedFile
from wfh_desktop.readers import records as readings
from wfh_desktop.readers.records import Kind, Reading
from wfh_desktop.services.staff_import.choices import (
    READY,
    Answer,
    Assignment,
    Candidate,
    Choices,
    Difference,
    Preview,
    PreviewRow,
    Take,
    TitleRow,
    UnitRow,
    Verdict,
)
from wfh_desktop.services.staff_import.compare import POSITION, RANK, differences
from wfh_desktop.services.staff_import.interpret import Wanted, interpret
from wfh_desktop.services.staff_import.places import Place, Places
from wfh_desktop.services.staff_import.stored import Known, Stored

KIND = "staff"
TWICE = "line_twice"
UNANSWERABLE = frozenset({"unit_missing", "newer_known"})  # other than by leaving the line out


@dataclass(frozen=True, slots=True)
class Line:
    """A line with all that applying it needs."""

    row: PreviewRow
    wanted: Wanted
    known: Known | None
    place: Place


@dataclass(frozen=True, slots=True)
class Plan:
    """All lines, and the preview made of them."""

    lines: tuple[Line, ...]
    places: Places
    preview: Preview


@dataclass(frozen=True, slots=True)
class _Match:
    """Whom a line means: surely, or perhaps one of the *candidates*."""

    known: Known | None
    questions: tuple[Problem, ...] = ()
    candidates: tuple[Known, ...] = ()
    remarks: tuple[Problem, ...] = ()


def preview(work: Work, reading: Reading, choices: Choices, content: bytes = b"") -> Preview:
    """Return what importing a staff list would do; stores nothing.

    Raises `Invalid` for a file that is no staff list, `NotFound` for an unknown unit.
    """
    return make(work, reading, choices, content).preview


def make(work: Work, reading: Reading, choices: Choices, content: bytes = b"") -> Plan:
    """Judge every line of a staff list."""
    work.actor.require(Right.RECORD)
    refuse([] if reading.kind is Kind.STAFF else [Problem("file", "not_staff", (reading.format,))])
    places = Places.load(work, choices.unit_id, choices.valid_from)
    stored = Stored.load(work)
    wanted = [
        interpret(number, staff, choices.levels) for number, staff in enumerate(reading.staff)
    ]
    doubles = _doubles(wanted)
    lines = _each_once(
        _judge(one, _matched(one, stored, places), doubles.get(one.number), places, choices)
        for one in wanted
    )
    notes = _notes(reading)
    lines = tuple(
        replace(line, row=replace(line.row, notes=notes.get(line.row.place, ()))) for line in lines
    )
    known_since = work.session.scalar(
        select(func.max(ImportedFile.at)).where(
            ImportedFile.kind == KIND, ImportedFile.sha256 == sha256(content).hexdigest()
        )
    )
    return Plan(lines, places, _preview(reading, lines, stored, places, known_since))


def _each_once(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Let one of several ready lines about a person pass; the others stay questions."""
    taken: dict[object, str] = {}
    found: list[Line] = []
    for line in lines:
        key = line.row.employee_id or line.wanted.nip
        if line.row.verdict in READY and key in taken:
            question = Problem("nip", "line_contradicts", (taken[key],))
            row = replace(line.row, verdict=Verdict.QUESTION, questions=(question,))
            found.append(replace(line, row=row))
            continue
        if line.row.verdict in READY and key:
            taken[key] = line.row.place
        found.append(line)
    return tuple(found)


def _matched(one: Wanted, stored: Stored, places: Places) -> _Match:
    """Find whom a line means: by number surely, by anything else only as a question."""
    if one.nip:
        return _by_nip(one, stored, places)
    likely = stored.like_stem(one.stem) if one.stem else []
    here = [known for known in stored.like_name(one.name) if _inside(known, places)]
    named = [known for known in likely if _named(known, one)] or likely or here
    if one.faults:
        return _Match(None, one.faults, tuple(named))
    same = [known for known in named if not known.employee.nip and _named(known, one)]
    if len(same) == 1:
        return _Match(same[0], remarks=(Problem("name", "matched_by_name"),))
    if named:
        return _Match(None, (Problem("name", "same_name_stored"),), tuple(named))
    return _Match(None)


def _by_nip(one: Wanted, stored: Stored, places: Places) -> _Match:
    """Find the number; if it is new, those who may have had another one before."""
    assert one.nip
    if known := stored.with_nip(one.nip):
        return _Match(known)
    likely = tuple(
        known
        for known in stored.like_name(one.name)
        if (known.employee.nip or "")[:8] == one.nip[:8]
        or (not known.employee.nip and _inside(known, places))
    )
    return _Match(None, (Problem("nip", "same_person"),) if likely else (), likely)


def _inside(known: Known, places: Places) -> bool:
    return known.position is not None and known.position.unit_id in places.inside


def _named(known: Known, one: Wanted) -> bool:
    return name_words(known.employee.name) == name_words(one.name)


def _doubles(wanted: Iterable[Wanted]) -> dict[int, Problem]:
    """Return what is wrong with lines that are about the same person as another one."""
    groups: dict[object, list[Wanted]] = defaultdict(list)
    for one in wanted:
        groups[one.nip or (one.stem, name_words(one.name))].append(one)
    found: dict[int, Problem] = {}
    for same in groups.values():
        first, *more = same
        if all(one.content == first.content for one in more):
            found |= {one.number: Problem("nip", TWICE, (first.place,)) for one in more}
            continue
        for one in same:
            other = more[0] if one is first else first
            found[one.number] = Problem("nip", "line_contradicts", (other.place,))
    return found


def _judge(
    one: Wanted, match: _Match, double: Problem | None, places: Places, choices: Choices
) -> Line:
    """Return the line with its verdict, the answer of the user taken into account."""
    answer = choices.answers.get(one.number)
    known = _answered(match, answer)
    place, elsewhere = _place(one, known, places, choices)
    found = differences(one, known, place, places) if known else ()
    questions = [
        *match.questions,
        *([double] if double and double.code != TWICE else []),
        *_place_questions(known, place, places, choices),
        *_date_questions(known, found, choices),
    ]
    verdict = _verdict(found, questions, answer, elsewhere=elsewhere, known=known)
    twice = double is not None and double.code == TWICE
    row = PreviewRow(
        number=one.number,
        place=one.place,
        nip=one.nip or one.stem,
        name=one.full_name,
        title=one.title,
        grade=one.grade,
        unit=" > ".join((places.names[place.unit_id], *place.missing)),
        verdict=Verdict.DOUBLE if twice else verdict,
        differences=found,
        remarks=(*one.remarks, *match.remarks, *([double] if double and twice else [])),
        questions=tuple(questions) if verdict is Verdict.QUESTION else (),
        candidates=tuple(_candidate(each, places) for each in match.candidates),
        proposal=_proposal(one, match),
        employee_id=known.employee.id if known else None,
    )
    return Line(row, one, known, place)


def _verdict(
    found: tuple[Difference, ...],
    questions: list[Problem],
    answer: Answer | None,
    *,
    elsewhere: bool,
    known: Known | None,
) -> Verdict:
    """Return what becomes of a line; what no answer can settle stays a question."""
    if elsewhere:
        return Verdict.ELSEWHERE
    if answer and answer.take is Take.LEAVE_OUT:
        return Verdict.LEFT_OUT
    if any(one.code in UNANSWERABLE for one in questions) or (questions and answer is None):
        return Verdict.QUESTION
    if known is None:
        return Verdict.NEW
    return Verdict.CHANGED if found else Verdict.SAME


def _answered(match: _Match, answer: Answer | None) -> Known | None:
    if answer and answer.take is Take.SAME_AS:
        named = (one for one in match.candidates if one.employee.id == answer.employee_id)
        return next(named, match.known)
    return match.known


def _place(
    one: Wanted, known: Known | None, places: Places, choices: Choices
) -> tuple[Place, bool]:
    """Return where the person goes, and whether the line belongs to another unit altogether."""
    held = known.position if known else None
    kept = Place(held.unit_id) if held and held.unit_id in places.inside else Place(places.top.id)
    match choices.assignment:
        case Assignment.BY_FILE:
            return (places.find(one.path) if one.path else kept), False
        case Assignment.OWN_ROWS:
            found = places.mentioned(one.path)
            return found or kept, found is None
        case Assignment.HERE:
            return kept, False


def _place_questions(
    known: Known | None, place: Place, places: Places, choices: Choices
) -> Iterator[Problem]:
    if place.missing and not choices.create_units:
        yield Problem("unit_id", "unit_missing", (" > ".join(place.missing),))
    if known is None or known.position is None:
        return
    if not known.employee.active:
        yield Problem("active", "was_deactivated", (known.position.valid_to,))
    elif known.position.unit_id not in places.inside:
        where = places.names.get(known.position.unit_id, "unit lain")
        yield Problem("unit_id", "in_other_unit", (where,))


def _date_questions(
    known: Known | None, found: tuple[Difference, ...], choices: Choices
) -> Iterator[Problem]:
    """Yield a question where what is stored began after the day from which the file holds."""
    if known is None:
        return
    for row, fields in ((known.rank, RANK), (known.position, POSITION)):
        late = row is not None and row.valid_from > choices.valid_from
        if row and late and any(one.field in fields for one in found):
            yield Problem("valid_from", "newer_known", (row.valid_from,))


def _proposal(one: Wanted, match: _Match) -> Answer | None:
    """Return the likely answer: the only candidate, if also the name is the same."""
    if len(match.candidates) == 1 and _named(match.candidates[0], one):
        return Answer(Take.SAME_AS, match.candidates[0].employee.id)
    return None


def _candidate(known: Known, places: Places) -> Candidate:
    unit = places.names.get(known.position.unit_id, "") if known.position else ""
    return Candidate(known.employee.id, known.full_name, known.employee.nip or "", unit)


def _preview(
    reading: Reading,
    lines: tuple[Line, ...],
    stored: Stored,
    places: Places,
    known_since: datetime | None,
) -> Preview:
    rows = tuple(line.row for line in lines)
    own = {row.place for row in rows}
    met = {line.known.employee.id for line in lines if line.known}
    gone = [
        _candidate(known, places)
        for key, known in stored.people.items()
        if key not in met
        and known.employee.active
        and known.position
        and known.position.unit_id in places.inside
    ]
    return Preview(
        format=reading.format,
        rows=rows,
        titles=tuple(_titles(lines)),
        missing_units=tuple(_missing_units(lines)),
        other_units=tuple(_other_units(lines, places)),
        not_in_file=tuple(sorted(gone, key=lambda one: one.name)),
        problems=tuple(one for one in reading.problems if _row(one.place) not in own),
        known_since=known_since,
        digest=sha256(repr(rows).encode()).hexdigest(),
    )


def _notes(reading: Reading) -> dict[str, tuple[readings.Problem, ...]]:
    """Return what the reader says about single lines; of numbers the plan says more itself."""
    found: dict[str, tuple[readings.Problem, ...]] = {}
    for one in reading.problems:
        if not one.code.startswith("nip_"):
            found[_row(one.place)] = (*found.get(_row(one.place), ()), one)
    return found


def _row(place: str) -> str:
    """Return the line of a place that may name a cell: `baris 12, kolom C`."""
    return place.partition(", kolom")[0]


def _titles(lines: Iterable[Line]) -> Iterator[TitleRow]:
    """Yield the titles whose level was assumed, the most frequent first."""
    used = [line.wanted for line in lines if line.row.verdict is not Verdict.ELSEWHERE]
    counted = Counter((one.title, one.level) for one in used if one.title and not one.level_sure)
    for (title, level), people in counted.most_common():
        yield TitleRow(title, level, people)


def _missing_units(lines: Iterable[Line]) -> Iterator[UnitRow]:
    for missing, people in Counter(line.place.missing for line in lines).most_common():
        if missing:
            yield UnitRow(missing, people)


def _other_units(lines: Iterable[Line], places: Places) -> Iterator[UnitRow]:
    """Yield the units of lines that name neither the chosen unit nor one below it."""
    paths = Counter(line.wanted.path for line in lines if line.wanted.path)
    for path, people in paths.most_common():
        if places.mentioned(path) is None:
            yield UnitRow(path, people)
