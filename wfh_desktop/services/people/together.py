"""Changing many people at once: all get the same, or nobody gets anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from wfh_desktop.domain.careers import CLASSES
from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.people import Level, Right, full_name
from wfh_desktop.domain.ranks import GRADES
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee, Position, Rank, Unit
from wfh_desktop.services import records, timeline, units
from wfh_desktop.services.people import careers
from wfh_desktop.services.people.careers import NEVER, own_positions, own_ranks, tidy
from wfh_desktop.services.people.roster import valid

Dated = Position | Rank
D = TypeVar("D", Position, Rank)
KINDS: dict[str, type[Dated]] = {"position": Position, "rank": Rank}
COLUMNS = ("title", "level", "job_class", "unit_id", "superior_id")
NAMED = 3  # people named in a sentence before the rest is only counted


@dataclass(frozen=True, slots=True)
class CommonDraft:
    """What several people get alike from a day on; what is None stays as it is."""

    since: date
    title: str | None = None
    level: Level | None = None
    job_class: int | None = None
    unit_id: int | None = None
    superior_id: int | None = None
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A field that becomes another; *before* and *after* are words, empty for what is unknown."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What would change of one person: from the day on if *dated*, else what stands there now."""

    id: int
    name: str
    changes: tuple[Change, ...]
    dated: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A row that was changed from *before*, or made (None); *version* is the one it has now."""

    table: str
    key: int
    version: int
    before: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Changed:
    """How many people were changed, and the steps by which that can be taken back."""

    people: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """What becomes of one dated row: it is changed itself (*stands*), or another follows it."""

    record: Dated
    values: Mapping[str, Any]
    stands: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """What becomes of one person."""

    employee: Employee
    edits: tuple[_Edit, ...]


def preview_together(work: Work, keys: Sequence[int], draft: CommonDraft) -> list[ChangeRow]:
    """Return what `change_together` would do, in the order of *keys*; raises `Invalid` like it."""
    work.actor.require(Right.RECORD)
    plans = _plans(work, keys, draft)
    names = _Names(work, plans, draft)
    return [
        ChangeRow(
            plan.employee.id,
            _name(plan.employee),
            tuple(names.change(edit, column) for edit in plan.edits for column in edit.values),
            dated=not all(edit.stands for edit in plan.edits),
        )
        for plan in plans
    ]


def change_together(work: Work, keys: Sequence[int], draft: CommonDraft) -> Changed:
    """Give all people the same jabatan, jenjang, class, unit, superior or golongan from a day on.

    What was unknown, or began on that day, is completed where it stands; otherwise a new row
    follows and the change is dated. A superior among the people keeps his own. Raises `Invalid`
    with every reason if it cannot be done for all of them.
    """
    work.actor.require(Right.RECORD)
    plans = [plan for plan in _plans(work, keys, draft) if plan.edits]
    seats, ranks = own_positions(work, keys), own_ranks(work, keys)
    before: dict[Dated, Mapping[str, Any] | None] = {}
    for done, plan in enumerate(plans):
        work.progress(done, len(plans))
        key = plan.employee.id
        for edit in plan.edits:
            rows: list[Any] = (seats if isinstance(edit.record, Position) else ranks)[key]
            before |= _store(work, edit, rows, draft.since)
        careers.settle_among(work, plan.employee, seats[key])
    work.session.flush()
    steps = tuple(
        Step(one.__tablename__, one.id, one.version, values) for one, values in before.items()
    )
    return Changed(len(plans), steps)


def take_back(work: Work, steps: Sequence[Step]) -> int:
    """Undo a `change_together` as a new action; return how many rows that concerned.

    Raises `Conflict` if one of them was changed since; then nothing is undone.
    """
    work.actor.require(Right.RECORD)
    # Loaded at once, so that `get` asks for none of them.
    held: list[Dated] = [*_rows(work, Position, steps), *_rows(work, Rank, steps)]
    rows = [work.get(KINDS[step.table], step.key, step.version) for step in steps]
    for step, row in zip(steps, rows, strict=True):
        if step.before is None:
            records.amend(work, row, f"{step.table}.withdrawn", withdrawn=True, valid_to=NEVER)
        else:
            records.amend(work, row, f"{step.table}.restored", **step.before)
    keys = {row.employee_id for row in held}
    seats = own_positions(work, keys)
    for employee in work.session.scalars(select(Employee).where(Employee.id.in_(keys))):
        careers.settle_among(work, employee, seats[employee.id])
    return len(steps)


def _rows(work: Work, kind: type[D], steps: Iterable[Step]) -> Sequence[D]:
    asked = [step.key for step in steps if step.table == kind.__tablename__]
    return work.session.scalars(select(kind).where(kind.id.in_(asked))).all()


def _store(
    work: Work, edit: _Edit, rows: list[Any], since: date
) -> dict[Dated, Mapping[str, Any] | None]:
    """Carry an edit out; return the rows it changed or made, with what they said before."""
    row, table = edit.record, edit.record.__tablename__
    if edit.stands:
        told = {name: getattr(row, name) for name in edit.values}
        records.amend(work, row, f"{table}.corrected", **edit.values)
        return {row: told}
    new = _following(row, edit.values, since)
    told = {"valid_to": row.valid_to}
    timeline.place(rows, new)
    work.add(new)
    rows.append(new)
    records.noted(work, new, f"{table}.changed")
    return {row: told, new: None}


def _following(row: Dated, values: Mapping[str, Any], since: date) -> Dated:
    """Return a row like *row* with other *values*; its decree is not that of the former."""
    if isinstance(row, Rank):
        return Rank(employee_id=row.employee_id, status=row.status, valid_from=since, **values)
    kept = {name: getattr(row, name) for name in COLUMNS}
    decree = row.decree if set(values) == {"superior_id"} else ""
    return Position(
        employee_id=row.employee_id,
        capacity=row.capacity,
        decree=decree,
        valid_from=since,
        withdrawn=False,
        **(kept | dict(values)),
    )


def _plans(work: Work, keys: Sequence[int], draft: CommonDraft) -> list[_Plan]:
    """Return what becomes of everybody; raise `Invalid` with all that stands against it."""
    wanted = _wanted(draft)
    refuse(_problems(work, keys, draft))
    query = select(Employee).where(Employee.id.in_(keys))
    people = {one.id: one for one in work.session.scalars(query)}
    seats, ranks = own_positions(work, keys), own_ranks(work, keys)
    held = {key: valid(seats.get(key, ()), draft.since) for key in keys}
    grades = {key: valid(ranks.get(key, ()), draft.since) for key in keys}
    refuse(_absent(draft, [people[key] for key in keys if not (held[key] and grades[key])]))
    refuse(_misfits(draft, [(people[key], grades[key]) for key in keys]))
    return [
        _Plan(people[key], tuple(_edits(held[key], grades[key], wanted, draft))) for key in keys
    ]


def _wanted(draft: CommonDraft) -> dict[str, Any]:
    """Return the columns of a position that are to become others."""
    values = {name: getattr(draft, name) for name in COLUMNS}
    if draft.title is not None:
        values["title"] = tidy(draft.title)
    return {name: value for name, value in values.items() if value not in (None, "")}


def _edits(
    seat: Position | None, rank: Rank | None, wanted: Mapping[str, Any], draft: CommonDraft
) -> Iterator[_Edit]:
    if seat is not None:
        own = seat.employee_id == draft.superior_id
        values = {
            name: value
            for name, value in wanted.items()
            if value != getattr(seat, name) and not (own and name == "superior_id")
        }
        if values:
            begins = seat.valid_from == draft.since
            yield _Edit(seat, values, begins or all(_unknown(seat, name) for name in values))
    if rank is not None and draft.grade and draft.grade != rank.grade:
        yield _Edit(rank, {"grade": draft.grade}, rank.valid_from == draft.since or not rank.grade)


def _unknown(seat: Position, column: str) -> bool:
    """Tell whether nobody has said yet what a column holds; a level is known with the title."""
    return not getattr(seat, "title" if column == "level" else column)


def _problems(work: Work, keys: Sequence[int], draft: CommonDraft) -> Iterator[Problem]:
    if not keys:
        yield Problem("people", "nobody")
    if draft.job_class is not None and draft.job_class not in CLASSES:
        yield Problem("job_class", "out_of_range", (CLASSES[0], CLASSES[-1]))
    there = {row.id for row in units.tree(work, draft.since)}
    if draft.unit_id is not None and draft.unit_id not in there:
        unit = work.session.get(Unit, draft.unit_id)
        yield Problem("unit_id", "unit_not_there", (draft.since, unit.name if unit else ""))
    others = [key for key in keys if key != draft.superior_id]
    yield from careers.superior_problems(work, others, draft.superior_id, draft.since)


def _absent(draft: CommonDraft, people: Sequence[Employee]) -> list[Problem]:
    return [Problem("since", "not_yet_there", (draft.since, _named(people)))] if people else []


def _misfits(
    draft: CommonDraft, people: Iterable[tuple[Employee, Rank | None]]
) -> Iterator[Problem]:
    """Yield a problem for each status among the people to which the golongan does not belong."""
    strangers: dict[Any, list[Employee]] = {}
    for employee, rank in people:
        if draft.grade and rank and draft.grade not in GRADES[rank.status]:
            strangers.setdefault(rank.status, []).append(employee)
    for status, found in strangers.items():
        yield Problem("grade", "grade_of_people", (draft.grade, status, _named(found)))


class _Names:
    """The words for units and superiors that changes speak of, fetched at once."""

    def __init__(self, work: Work, plans: Iterable[_Plan], draft: CommonDraft) -> None:
        seats = [edit.record for plan in plans for edit in plan.edits]
        held = [row for row in seats if isinstance(row, Position)]
        chiefs = {row.superior_id for row in held} | {draft.superior_id}
        query = select(Employee).where(Employee.id.in_(chiefs - {None}))
        self._people = {one.id: _name(one) for one in work.session.scalars(query)}
        self._units = {row.id: row.name for row in units.tree(work, draft.since)}

    def change(self, edit: _Edit, column: str) -> Change:
        """Return a change in words."""
        field = "position_title" if column == "title" else column
        before, after = getattr(edit.record, column), edit.values[column]
        if column == "level" and _unknown_level(edit.record):
            before = None  # a level without a title is only assumed
        return Change(field, self._words(column, before), self._words(column, after))

    def _words(self, column: str, value: Any) -> str:
        match column:
            case "superior_id":
                return self._people.get(value, "")
            case "unit_id":
                return self._units.get(value, "")
            case _:
                return str(value or "")


def _unknown_level(row: Dated) -> bool:
    return isinstance(row, Position) and _unknown(row, "level")


def _named(people: Sequence[Employee]) -> str:
    rest = len(people) - NAMED
    names = ", ".join(_name(one) for one in people[:NAMED])
    return names + (f" dan {rest} pegawai lain" if rest > 0 else "")


def _name(one: Employee) -> str:
    return full_name(one.name, one.front_title, one.back_title)
