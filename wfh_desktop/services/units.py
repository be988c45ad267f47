"""Units of a region: a tree that changes over time, and a month that asks how it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ARRAY, Integer, func, select

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import FormerUnit, Position, Unit
from wfh_desktop.services import records


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it was on a day; *depth* 0 is the top of a tree."""

    id: int
    version: int
    parent_id: int | None
    name: str
    zone: Zone
    depth: int


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """A unit as it was entered, with its code and the days it exists."""

    id: int
    version: int
    parent_id: int | None
    name: str
    code: str
    zone: Zone
    depth: int
    valid_from: date
    valid_to: date | None
    formerly: tuple[str, ...]  # other names it had, the latest first


@dataclass(frozen=True, slots=True)
class _Shape:
    """Name and place of a unit between two days."""

    id: int
    version: int
    parent_id: int | None
    code: str
    name: str
    zone: Zone
    first: date
    last: date


def tree(work: Work, day: date) -> list[UnitRow]:
    """Return every unit that existed on *day*, each below its parent, in the order of codes."""
    work.actor.require(Right.READ)
    return _tree(_shapes(work), day)


def readable(work: Work, day: date) -> list[UnitRow]:
    """Return the units of *day* whose people and months one may read, in the order of the tree.

    On a shared database those above one's own are known by name only.
    """
    rows = tree(work, day)
    if not work.shared:
        return rows
    asked = select(func.sec.my_units("read", type_=ARRAY(Integer)))
    mine = frozenset(work.session.scalar(asked) or ())
    return [row for row in rows if row.id in mine]


def below(work: Work, unit_id: int, day: date) -> list[int]:
    """Return *unit_id* and all units below it on *day*."""
    return _subtree(tree(work, day), unit_id) or [unit_id]


def path(work: Work, unit_id: int, day: date) -> list[UnitRow]:
    """Return the unit and those above it, the nearest first."""
    rows = {row.id: row for row in tree(work, day)}
    found: list[UnitRow] = []
    key: int | None = unit_id
    while key is not None and key in rows:
        found.append(rows[key])
        key = rows[key].parent_id
    return found


def find(work: Work, text: str, day: date) -> UnitRow:
    """Return the unit that *text* names on *day*: by number, code or name.

    Without a text it is the unit above all others, where there is only one. Raises `Invalid` if
    there is none, or more than one of that name.
    """
    rows = tree(work, day)
    if not text:
        return _topmost(rows)
    wanted = _tidy(text).casefold()
    codes = {shape.id: shape.code.casefold() for shape in _shapes(work)}
    found = [row for row in rows if wanted in {str(row.id), codes[row.id]}]
    found = found or [row for row in rows if row.name.casefold() == wanted]
    if len(found) != 1:
        refuse([Problem("unit_id", "unit_ambiguous" if found else "unit_unknown", (text,))])
    return found[0]


def _topmost(rows: Sequence[UnitRow]) -> UnitRow:
    found = [row for row in rows if row.depth == 0]
    if len(found) != 1:
        names = ", ".join(row.name for row in found)
        refuse([Problem("unit_id", "unit_needed" if found else "unit_none", (names,))])
    return found[0]


def listing(work: Work, day: date) -> list[UnitDetails]:
    """Return the tree of *day* with everything that was entered about each unit."""
    rows = tree(work, day)
    stored = {unit.id: unit for unit in work.session.scalars(select(Unit))}
    names: dict[int, list[str]] = defaultdict(list)
    query = select(FormerUnit).order_by(FormerUnit.valid_to.desc(), FormerUnit.id.desc())
    for former in work.session.scalars(query):
        if former.name != stored[former.unit_id].name:
            names[former.unit_id].append(former.name)
    return [
        UnitDetails(
            id=row.id,
            version=row.version,
            parent_id=row.parent_id,
            name=row.name,
            code=stored[row.id].code,
            zone=row.zone,
            depth=row.depth,
            valid_from=stored[row.id].valid_from,
            valid_to=stored[row.id].valid_to,
            formerly=tuple(names[row.id]),
        )
        for row in rows
    ]


def during(work: Work, unit_id: int, period: Period) -> list[int]:
    """Return *unit_id* and all units that were below it on any day of *period*."""
    work.actor.require(Right.READ)
    shapes = _shapes(work)
    days = {period.first} | {shape.first for shape in shapes if shape.first in period}
    found = {unit_id: None}
    for day in sorted(days):
        found.update(dict.fromkeys(_subtree(_tree(shapes, day), unit_id)))
    return list(found)


def _tree(shapes: Iterable[_Shape], day: date) -> list[UnitRow]:
    there = [shape for shape in shapes if shape.first <= day <= shape.last]
    known = {shape.id for shape in there}
    children: dict[int | None, list[_Shape]] = defaultdict(list)
    for shape in sorted(there, key=lambda shape: (shape.code, shape.id)):
        children[shape.parent_id if shape.parent_id in known else None].append(shape)
    return list(_walk(children, None, 0))


def _shapes(work: Work) -> list[_Shape]:
    """Return all shapes all units ever had: the former ones, and the present one after them."""
    former = work.session.execute(
        select(
            Unit.id,
            Unit.version,
            FormerUnit.parent_id,
            Unit.code,
            FormerUnit.name,
            Unit.zone,
            FormerUnit.valid_from,
            FormerUnit.valid_to,
        ).join(Unit, Unit.id == FormerUnit.unit_id)
    )
    shapes = [_Shape(*row) for row in former]
    ended = {shape.id: shape.last for shape in sorted(shapes, key=lambda shape: shape.last)}
    present = work.session.execute(
        select(
            Unit.id,
            Unit.version,
            Unit.parent_id,
            Unit.code,
            Unit.name,
            Unit.zone,
            Unit.valid_from,
            Unit.valid_to,
        )
    )
    for key, version, parent_id, code, name, zone, first, last in present:
        since = ended[key] + timedelta(days=1) if key in ended else first
        shapes.append(_Shape(key, version, parent_id, code, name, zone, since, last or date.max))
    return shapes


def _walk(
    children: dict[int | None, list[_Shape]], parent: int | None, depth: int
) -> Iterator[UnitRow]:
    for shape in children.get(parent, ()):
        yield UnitRow(shape.id, shape.version, shape.parent_id, shape.name, shape.zone, depth)
        yield from _walk(children, shape.id, depth + 1)


def _subtree(rows: Iterable[UnitRow], unit_id: int) -> list[int]:
    """Return the unit and what follows it deeper in the order of the tree."""
    found: list[int] = []
    top: int | None = None
    for row in rows:
        if row.id == unit_id:
            top = row.depth
        elif top is not None and row.depth <= top:
            break
        if top is not None:
            found.append(row.id)
    return found


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit as typed in."""

    name: str
    parent_id: int | None
    valid_from: date
    code: str = ""
    zone: Zone = Zone.WIB


def create(work: Work, draft: UnitDraft) -> int:
    """Add a unit to the tree; return its number."""
    work.actor.require(Right.ADMINISTER)
    shapes = _shapes(work)
    refuse(
        [
            *_name_problems(shapes, draft.name, draft.parent_id, draft.valid_from),
            *_parent_problems(shapes, draft.parent_id, draft.valid_from),
        ]
    )
    unit = work.add(
        Unit(
            name=_tidy(draft.name),
            code=draft.code.strip(),
            parent_id=draft.parent_id,
            zone=draft.zone,
            valid_from=draft.valid_from,
        )
    )
    records.noted(work, unit, "unit.created")
    return unit.id


def correct(work: Work, key: int, version: int, *, name: str, code: str, zone: Zone) -> None:
    """Correct a misspelt name, the code or the time zone; it was never otherwise."""
    work.actor.require(Right.ADMINISTER)
    unit = work.get(Unit, key, version)
    refuse(_name_problems(_shapes(work), name, unit.parent_id, unit.valid_from, key))
    records.amend(work, unit, "unit.corrected", name=_tidy(name), code=code.strip(), zone=zone)


def rename(work: Work, key: int, version: int, name: str, *, since: date, decree: str = "") -> None:
    """Give a unit another name from a day on; months before keep the old one."""
    parent_id = work.get(Unit, key, version).parent_id
    reorganise(work, key, version, name=name, parent_id=parent_id, since=since, decree=decree)


def move(
    work: Work, key: int, version: int, parent_id: int | None, *, since: date, decree: str = ""
) -> None:
    """Put a unit, with all below it, under another one from a day on."""
    name = work.get(Unit, key, version).name
    reorganise(work, key, version, name=name, parent_id=parent_id, since=since, decree=decree)


def reorganise(
    work: Work,
    key: int,
    version: int,
    *,
    name: str,
    parent_id: int | None,
    since: date,
    decree: str = "",
) -> None:
    """Rename and move a unit at once from a day on; what does not change stays as it is."""
    work.actor.require(Right.ADMINISTER)
    unit = work.get(Unit, key, version)
    _reorganise(work, unit, _tidy(name), parent_id, since=since, decree=decree)


def end(work: Work, key: int, version: int, last: date, decree: str = "") -> None:
    """Let a unit exist until *last*; refused while units or people are in it after that day."""
    work.actor.require(Right.ADMINISTER)
    unit = work.get(Unit, key, version)
    problems = []
    if last < unit.valid_from:
        problems.append(Problem("valid_to", "before_start"))
    inside = [shape for shape in _shapes(work) if shape.parent_id == key and shape.last > last]
    if inside:
        problems.append(Problem("valid_to", "unit_has_units", (inside[0].name, len(inside))))
    if people := work.session.scalar(
        select(func.count(Position.employee_id.distinct())).where(
            Position.unit_id == key,
            ~Position.withdrawn,
            Position.valid_to.is_(None) | (Position.valid_to > last),
        )
    ):
        problems.append(Problem("valid_to", "unit_has_people", (people,)))
    refuse(problems)
    records.amend(work, unit, "unit.ended", valid_to=last)
    if decree:
        work.log("unit.ended_by", unit, decree=decree)


def reopen(work: Work, key: int, version: int) -> None:
    """Let a unit that was ended go on; undoes `end`."""
    work.actor.require(Right.ADMINISTER)
    unit = work.get(Unit, key, version)
    refuse(_name_problems(_shapes(work), unit.name, unit.parent_id, unit.valid_from, key))
    records.amend(work, unit, "unit.reopened", valid_to=None)


def _reorganise(
    work: Work, unit: Unit, name: str, parent_id: int | None, *, since: date, decree: str
) -> None:
    if (name, parent_id) == (unit.name, unit.parent_id):
        return
    shapes = _shapes(work)
    began = next(shape.first for shape in reversed(shapes) if shape.id == unit.id)
    problems = _name_problems(shapes, name, parent_id, since, unit.id)
    problems += _parent_problems(shapes, parent_id, since, unit.id)
    if since <= began:
        problems.append(Problem("valid_from", "before_former", (began,)))
    if unit.valid_to and since > unit.valid_to:
        problems.append(Problem("valid_from", "after_end", (unit.valid_to,)))
    refuse(problems)
    work.session.add(
        FormerUnit(
            unit_id=unit.id,
            parent_id=unit.parent_id,
            name=unit.name,
            decree=decree.strip(),
            valid_from=began,
            valid_to=since - timedelta(days=1),
        )
    )
    action = "unit.renamed" if name != unit.name else "unit.moved"
    records.amend(work, unit, action, name=name, parent_id=parent_id)


def _name_problems(
    shapes: Iterable[_Shape],
    name: str,
    parent_id: int | None,
    since: date,
    key: int | None = None,
) -> list[Problem]:
    name = _tidy(name)
    if not name:
        return [Problem("name", "required")]
    same = any(
        shape.name.casefold() == name.casefold()
        for shape in shapes
        if shape.parent_id == parent_id and shape.id != key and shape.last >= since
    )
    return [Problem("name", "unit_name_taken", (name,))] if same else []


def _parent_problems(
    shapes: Iterable[_Shape], parent_id: int | None, since: date, key: int | None = None
) -> list[Problem]:
    if parent_id is None:
        return []
    shapes = list(shapes)
    if all(row.id != parent_id for row in _tree(shapes, since)):
        return [Problem("parent_id", "unit_not_there", (since,))]
    days = {since} | {shape.first for shape in shapes if shape.first > since}
    if key is not None and any(parent_id in _subtree(_tree(shapes, day), key) for day in days):
        return [Problem("parent_id", "unit_below_itself")]
    return []


def _tidy(name: str) -> str:
    return " ".join(name.split())
