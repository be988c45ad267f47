"""The people of a unit as their page lists them, with what is still missing of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from wfh_desktop.domain.people import Capacity, EmploymentStatus, Right, full_name
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee, Position, Unit
from wfh_desktop.services import units
from wfh_desktop.services.people.roster import PersonRow, by_rank, persons, roster


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of the list of people; *lacks* names fields in which something has to be entered."""

    person: PersonRow
    superior: str
    lacks: tuple[str, ...]
    active: bool = True

    @property
    def id(self) -> int:
        """What tells the row apart: the person."""
        return self.person.id


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit to choose from, with its depth in the tree."""

    id: int
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The people of a unit in a month, those who left it, and the units they may be in."""

    rows: tuple[ListRow, ...]
    left: tuple[ListRow, ...]
    units: tuple[UnitChoice, ...]
    superiors: tuple[tuple[int, str], ...]  # whom people may report to: everybody above or here

    def inside(self, unit_id: int | None) -> frozenset[int] | None:
        """Return a unit and all below it; None, which stands for all of them, if none is given."""
        if unit_id is None:
            return None
        found: list[int] = []
        top = None
        for unit in self.units:
            if unit.id == unit_id:
                top = unit.depth
            elif top is not None and unit.depth <= top:
                break
            if top is not None:
                found.append(unit.id)
        return frozenset(found)


def overview(work: Work, unit_id: int, period: Period) -> Overview:
    """Return what the page of people shows."""
    work.actor.require(Right.READ)
    present = roster(work, unit_id, period)
    left = _left(work, unit_id, period)
    names = _names(work, [*present, *left])
    tree = units.tree(work, period.last)
    inside = set(units.below(work, unit_id, period.last))
    top = next((row.depth for row in tree if row.id == unit_id), 0)
    here = [UnitChoice(row.id, row.name, row.depth - top) for row in tree if row.id in inside]
    return Overview(
        rows=tuple(_row(person, names) for person in present),
        left=tuple(_row(person, names, active=False) for person in left),
        units=tuple(here),
        superiors=tuple(_superiors(work, unit_id, period, present)),
    )


def lacks(person: PersonRow) -> tuple[str, ...]:
    """Return the fields of an ASN that the TPP list or the papers need and that are empty."""
    if person.status is EmploymentStatus.NON_ASN:
        return () if person.title else ("position_title",)
    wanted = {
        "nip": person.nip,
        "grade": person.grade,
        "position_title": person.title,
        "job_class": person.job_class,
        "superior_id": person.superior_id,
    }
    return tuple(field for field, value in wanted.items() if not value)


def _row(person: PersonRow, names: dict[int, str], *, active: bool = True) -> ListRow:
    return ListRow(person, names.get(person.superior_id or 0, ""), lacks(person), active)


def _names(work: Work, people: Iterable[PersonRow]) -> dict[int, str]:
    """Return the names of all superiors, wherever they work."""
    keys = {person.superior_id for person in people if person.superior_id}
    query = select(Employee).where(Employee.id.in_(keys))
    return {
        one.id: full_name(one.name, one.front_title, one.back_title)
        for one in work.session.scalars(query)
    }


def _left(work: Work, unit_id: int, period: Period) -> list[PersonRow]:
    """Return those whose last position was in the unit and has ended before *period*."""
    inside = units.during(work, unit_id, period)
    query = (
        select(Employee, Position, Unit.name)
        .join(Position, Position.employee_id == Employee.id)
        .join(Unit, Unit.id == Position.unit_id)
        .where(
            ~Employee.active,
            Employee.unit_id.in_(inside),
            ~Position.withdrawn,
            Position.capacity == Capacity.DEFINITIVE,
        )
        .order_by(Position.valid_from, Position.id)
    )
    last = {
        employee.id: (employee, position, unit)
        for employee, position, unit in work.session.execute(query)
    }
    gone = [held for held in last.values() if (held[1].valid_to or date.max) < period.first]
    return sorted(persons(work, gone, period), key=by_rank)


def _superiors(
    work: Work, unit_id: int, period: Period, present: Iterable[PersonRow]
) -> Iterator[tuple[int, str]]:
    """Yield whom people of the unit may report to: its own people, then those right above it."""
    seen = set()
    for person in present:
        seen.add(person.id)
        yield person.id, person.name
    above = [row.id for row in units.path(work, unit_id, period.last)[1:]]
    query = (
        select(Employee, Position.title)
        .join(Position, Position.employee_id == Employee.id)
        .where(
            Position.unit_id.in_(above),
            Position.valid_from <= period.last,
            Position.valid_to.is_(None) | (Position.valid_to >= period.last),
            ~Position.withdrawn,
        )
        .order_by(Employee.id)
    )
    for one, title in work.session.execute(query):
        if one.id not in seen:
            seen.add(one.id)
            yield one.id, f"{full_name(one.name, one.front_title, one.back_title)} ({title})"
