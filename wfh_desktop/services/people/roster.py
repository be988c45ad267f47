"""Everybody of a unit in a month, by rank, as valid in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, Select, select

from wfh_desktop.domain import discipline, ranks
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level, Right, full_name
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee, Position, Rank, Sanction, Unit
from wfh_desktop.services import units

Dated = TypeVar("Dated", Position, Rank)
Held = tuple[Employee, Position, str]  # who, in which position, the name of the unit


@dataclass(frozen=True, slots=True)
class ActingRow:
    """A Plt or Plh position held beside the own one."""

    id: int
    unit_id: int
    unit: str
    title: str
    level: Level
    job_class: int | None
    capacity: Capacity
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as valid in a month: on its last day, or on the last day they were in the unit."""

    id: int
    version: int
    unit_id: int
    unit: str
    nip: str | None
    name: str  # with degrees, as printed
    status: EmploymentStatus
    grade: str  # III/b, IX, or empty
    rank: str  # pangkat; empty for PPPK
    title: str
    level: Level
    job_class: int | None  # in force on that day: a hukuman disiplin may have lowered it
    capacity: Capacity
    superior_id: int | None
    acting: tuple[ActingRow, ...]
    position_class: int | None = None  # that of the position, whatever a sanction says
    day: date | None = None  # the day as of which all this holds


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of the people of a month, by employee."""

    names: Mapping[int, str]
    ranks: Mapping[int, Sequence[Rank]]
    terms: Mapping[int, Sequence[discipline.Term]]
    acting: Mapping[int, Sequence[ActingRow]]


def roster(work: Work, unit_id: int, period: Period) -> list[PersonRow]:
    """Return everybody whose own position lay in the unit or below it during *period*, by rank.

    By jabatan level, golongan, seniority and age, never alphabetically. A handful of queries,
    however many people there are.
    """
    work.actor.require(Right.READ)
    places = units.during(work, unit_id, period)
    there = (
        select(Position.employee_id)
        .where(Position.unit_id.in_(places), *_touching(Position, period))
        .scalar_subquery()
    )
    facts = _facts(work, there, period)
    latest: dict[int, Held] = {}
    for employee, position, unit in work.session.execute(_own_positions(places, period)):
        latest[employee.id] = employee, position, unit
    rows = [_person(*held, facts, period) for held in latest.values()]
    return sorted(rows, key=by_rank)


def persons(work: Work, held: Iterable[Held], period: Period) -> list[PersonRow]:
    """Return people as they were in the positions *held*, on the last day of those."""
    held = list(held)
    there = select(Employee.id).where(Employee.id.in_([one[0].id for one in held]))
    facts = _facts(work, there.scalar_subquery(), period)
    return [_person(*one, facts, period) for one in held]


def by_rank(row: PersonRow) -> tuple[object, ...]:
    """Return the sort key of a person in every list."""
    return ranks.order_of_rank(row.level, row.status, row.grade, row.nip, row.name)


def valid(rows: Iterable[Dated], day: date) -> Dated | None:
    """Return the row that holds on *day*; the latest if several do."""
    there = [
        row
        for row in rows
        if not row.withdrawn and row.valid_from <= day <= (row.valid_to or date.max)
    ]
    return max(there, key=lambda row: row.valid_from, default=None)


def term(sanction: Sanction) -> discipline.Term:
    """Return a stored sanction as the rules see it."""
    return discipline.Term(
        level=sanction.level,
        kind=sanction.kind,
        decree=sanction.decree,
        starts=sanction.starts,
        ends=sanction.ends,
        lowered_class=sanction.lowered_class,
        factor=sanction.factor,
        cancelled=sanction.cancelled,
    )


def _person(
    employee: Employee, position: Position, unit: str, facts: _Facts, period: Period
) -> PersonRow:
    day = min(position.valid_to or date.max, period.last)
    rank = valid(facts.ranks.get(employee.id, ()), day)
    grade = rank.grade if rank else ""
    terms = facts.terms.get(employee.id, ())
    return PersonRow(
        id=employee.id,
        version=employee.version,
        unit_id=position.unit_id,
        unit=facts.names.get(position.unit_id, unit),
        nip=employee.nip,
        name=full_name(employee.name, employee.front_title, employee.back_title),
        status=rank.status if rank else EmploymentStatus.NON_ASN,
        grade=grade,
        rank=ranks.pangkat(grade),
        title=position.title,
        level=position.level,
        job_class=discipline.class_in_force(position.job_class, terms, day),
        capacity=position.capacity,
        superior_id=position.superior_id,
        acting=tuple(facts.acting.get(employee.id, ())),
        position_class=position.job_class,
        day=day,
    )


def _own_positions(places: Sequence[int], period: Period) -> Select[Employee, Position, str]:
    """Select own positions in *places*, the one that counts last for each person."""
    return (
        select(Employee, Position, Unit.name)
        .join(Position, Position.employee_id == Employee.id)
        .join(Unit, Unit.id == Position.unit_id)
        .where(
            Position.unit_id.in_(places),
            Position.capacity == Capacity.DEFINITIVE,
            *_touching(Position, period),
        )
        .order_by(Position.valid_from, Position.id)
    )


def _facts(work: Work, there: ScalarSelect[int], period: Period) -> _Facts:
    held: dict[int, list[Rank]] = defaultdict(list)
    ranks = select(Rank).where(Rank.employee_id.in_(there)).order_by(Rank.valid_from, Rank.id)
    for rank in work.session.scalars(ranks):
        held[rank.employee_id].append(rank)
    terms: dict[int, list[discipline.Term]] = defaultdict(list)
    sanctions = select(Sanction).where(Sanction.employee_id.in_(there))
    for one in work.session.scalars(sanctions.order_by(Sanction.starts, Sanction.id)):
        terms[one.employee_id].append(term(one))
    names = {row.id: row.name for row in units.tree(work, period.last)}
    acting: dict[int, list[ActingRow]] = defaultdict(list)
    beside = (
        select(Position, Unit.name)
        .join(Unit, Unit.id == Position.unit_id)
        .where(
            Position.employee_id.in_(there),
            Position.capacity != Capacity.DEFINITIVE,
            *_touching(Position, period),
        )
        .order_by(Position.valid_from, Position.id)
    )
    for position, unit in work.session.execute(beside):
        acting[position.employee_id].append(_acting(position, names.get(position.unit_id, unit)))
    return _Facts(names, held, terms, acting)


def _acting(position: Position, unit: str) -> ActingRow:
    return ActingRow(
        id=position.id,
        unit_id=position.unit_id,
        unit=unit,
        title=position.title,
        level=position.level,
        job_class=position.job_class,
        capacity=position.capacity,
        valid_from=position.valid_from,
        valid_to=position.valid_to,
    )


def _touching(kind: type[Position], period: Period) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a position holds on some day of *period*."""
    return (
        ~kind.withdrawn,
        kind.valid_from <= period.last,
        kind.valid_to.is_(None) | (kind.valid_to >= period.first),
    )
