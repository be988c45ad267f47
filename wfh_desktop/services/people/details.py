"""Everything about one person, and the history of all that was entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from wfh_desktop.domain import nip as nips
from wfh_desktop.domain.discipline import SanctionLevel
from wfh_desktop.domain.errors import Problem
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.nip import Nip
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level, Right, full_name
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import (
    Alias,
    AuditEntry,
    Employee,
    Leave,
    Position,
    Rank,
    Sanction,
    Unit,
)


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A position of a person, present or past."""

    id: int
    version: int
    unit_id: int
    unit: str
    title: str
    level: Level
    job_class: int | None
    capacity: Capacity
    superior_id: int | None
    superior: str
    decree: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class RankRow:
    """A status and golongan of a person, present or past."""

    id: int
    version: int
    status: EmploymentStatus
    grade: str
    decree: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """A leave of a person."""

    id: int
    version: int
    employee_id: int
    kind: LeaveKind
    starts: date
    ends: date
    document: str
    note: str


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """A hukuman disiplin of a person; without a decree it does not count yet."""

    id: int
    version: int
    employee_id: int
    level: SanctionLevel
    kind: str
    decree: str
    starts: date
    ends: date
    lowered_class: int | None
    factor: Decimal | None


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Another name of a person."""

    id: int
    version: int
    kind: str
    device: str
    value: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry of the audit log about a person."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """A person with all that is dated; the newest first in every list."""

    id: int
    version: int
    unit_id: int
    nip: str | None
    full_name: str
    name: str
    front_title: str
    back_title: str
    phone: str
    active: bool
    positions: tuple[PositionRow, ...]
    ranks: tuple[RankRow, ...]
    leaves: tuple[LeaveRow, ...]
    sanctions: tuple[SanctionRow, ...]
    aliases: tuple[AliasRow, ...]
    warnings: tuple[Problem, ...]


def details(work: Work, key: int) -> PersonDetails:
    """Return everything about one person."""
    work.actor.require(Right.READ)
    employee = work.get(Employee, key)
    return PersonDetails(
        id=employee.id,
        version=employee.version,
        unit_id=employee.unit_id,
        nip=employee.nip,
        full_name=_name(employee),
        name=employee.name,
        front_title=employee.front_title,
        back_title=employee.back_title,
        phone=employee.phone,
        active=employee.active,
        positions=tuple(_positions(work, key)),
        ranks=tuple(_ranks(work, key)),
        leaves=tuple(_leaves(work, key)),
        sanctions=tuple(_sanctions(work, key)),
        aliases=tuple(_aliases(work, key)),
        warnings=_warnings(employee),
    )


def history(work: Work, key: int) -> list[HistoryRow]:
    """Return what was entered about a person, the newest first."""
    work.actor.require(Right.READ)
    subjects = [f"employee:{key}"]
    for kind in (Position, Rank, Leave, Sanction, Alias):
        rows = work.session.scalars(select(kind.id).where(kind.employee_id == key))
        subjects += [f"{kind.__tablename__}:{row}" for row in rows]
    entries = work.session.scalars(
        select(AuditEntry).where(AuditEntry.subject.in_(subjects)).order_by(AuditEntry.id.desc())
    )
    return [
        HistoryRow(one.id, one.at, one.actor, one.action, one.subject, one.details)
        for one in entries
    ]


def _name(employee: Employee) -> str:
    return full_name(employee.name, employee.front_title, employee.back_title)


def _warnings(employee: Employee) -> tuple[Problem, ...]:
    if not employee.nip:
        return (Problem("nip", "nip_missing"),)
    return nips.warnings(Nip(employee.nip))


def _positions(work: Work, key: int) -> Iterator[PositionRow]:
    query = (
        select(Position, Unit.name, Employee)
        .join(Unit, Unit.id == Position.unit_id)
        .outerjoin(Employee, Employee.id == Position.superior_id)
        .where(Position.employee_id == key, ~Position.withdrawn)
        .order_by(Position.valid_from.desc(), Position.id.desc())
    )
    for row, unit, superior in work.session.execute(query):
        yield PositionRow(
            id=row.id,
            version=row.version,
            unit_id=row.unit_id,
            unit=unit,
            title=row.title,
            level=row.level,
            job_class=row.job_class,
            capacity=row.capacity,
            superior_id=row.superior_id,
            superior=_name(superior) if superior else "",
            decree=row.decree,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )


def _ranks(work: Work, key: int) -> Iterator[RankRow]:
    query = select(Rank).where(Rank.employee_id == key, ~Rank.withdrawn)
    for row in work.session.scalars(query.order_by(Rank.valid_from.desc(), Rank.id.desc())):
        yield RankRow(
            id=row.id,
            version=row.version,
            status=row.status,
            grade=row.grade,
            decree=row.decree,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )


def _leaves(work: Work, key: int) -> Iterator[LeaveRow]:
    query = select(Leave).where(Leave.employee_id == key, ~Leave.cancelled)
    query = query.order_by(Leave.starts.desc(), Leave.id.desc())
    return map(leave_row, work.session.scalars(query))


def _sanctions(work: Work, key: int) -> Iterator[SanctionRow]:
    query = select(Sanction).where(Sanction.employee_id == key, ~Sanction.cancelled)
    query = query.order_by(Sanction.starts.desc(), Sanction.id.desc())
    return map(sanction_row, work.session.scalars(query))


def _aliases(work: Work, key: int) -> Iterator[AliasRow]:
    query = select(Alias).where(Alias.employee_id == key, ~Alias.withdrawn)
    found = work.session.scalars(query)
    for row in sorted(found, key=lambda row: (row.kind, row.value, row.id)):
        yield AliasRow(row.id, row.version, row.kind, row.device, row.value)


def leave_row(row: Leave) -> LeaveRow:
    """Return a stored leave as plain values."""
    return LeaveRow(
        id=row.id,
        version=row.version,
        employee_id=row.employee_id,
        kind=row.kind,
        starts=row.starts,
        ends=row.ends,
        document=row.document,
        note=row.note,
    )


def sanction_row(row: Sanction) -> SanctionRow:
    """Return a stored sanction as plain values."""
    return SanctionRow(
        id=row.id,
        version=row.version,
        employee_id=row.employee_id,
        level=row.level,
        kind=row.kind,
        decree=row.decree,
        starts=row.starts,
        ends=row.ends,
        lowered_class=row.lowered_class,
        factor=row.factor,
    )
