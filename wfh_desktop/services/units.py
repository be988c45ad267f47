"""Units of a region: a tree that changes over time, and a month that asks how it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import FormerUnit, Unit


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
