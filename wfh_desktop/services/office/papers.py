"""What stands on the papers of an office: kop surat and who signs, as of a month or day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from wfh_desktop.domain import ranks
from wfh_desktop.domain.people import Capacity, Right, full_name
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee, Letterhead, Rank, Signatory
from wfh_desktop.services import people, units

ROLES = ("head", "secretary", "personnel", "treasurer")


@dataclass(frozen=True, slots=True)
class LetterheadRow:
    """The kop surat of a unit; *id* 0 if neither it nor a unit above it has one."""

    id: int
    version: int
    unit_id: int  # whose it is: the unit itself, or the nearest above
    government: str
    office: str
    address: str
    place: str
    logo: bytes | None
    number_template: str
    unit: str = ""  # third line, of a UPT or bidang that has its own letters


@dataclass(frozen=True, slots=True)
class SignatoryRow:
    """Who signs in a role, as of a day."""

    id: int
    version: int
    unit_id: int
    role: str
    employee_id: int | None
    name: str  # with degrees
    nip: str
    grade: str
    rank: str
    title: str  # of the post: Kepala Dinas
    capacity: Capacity
    on_behalf_of: str  # the superior's title, for a.n.
    valid_from: date
    valid_to: date | None


def letterhead(work: Work, unit_id: int, period: Period) -> LetterheadRow:
    """Return the kop surat that the papers of a unit carry: its own, or that of the nearest above.

    Without any, a plain one made of the names in the tree.
    """
    work.actor.require(Right.READ)
    line = units.path(work, unit_id, period.last)
    query = select(Letterhead).where(Letterhead.unit_id.in_([unit_id, *(row.id for row in line)]))
    stored = {row.unit_id: row for row in work.session.scalars(query)}
    for key in dict.fromkeys([unit_id, *(row.id for row in line)]):
        if key in stored:
            return _letterhead(stored[key])
    return LetterheadRow(
        id=0,
        version=0,
        unit_id=unit_id,
        government=line[-1].name if len(line) > 1 else "",
        office=line[-2].name if len(line) > 1 else "".join(row.name for row in line),
        address="",
        place="",
        logo=None,
        number_template="",
    )


def signatories(work: Work, unit_id: int, day: date) -> dict[str, SignatoryRow]:
    """Return who signs for a unit on *day*, by role: its own official, or the nearest above.

    Two who hold the same role that day: the one appointed last, so that a Plh replaces the head
    while they are away.
    """
    work.actor.require(Right.READ)
    line = [row.id for row in units.path(work, unit_id, day)] or [unit_id]
    query = (
        select(Signatory, Employee)
        .outerjoin(Employee, Employee.id == Signatory.employee_id)
        .where(
            Signatory.unit_id.in_(line),
            ~Signatory.withdrawn,
            Signatory.valid_from <= day,
            Signatory.valid_to.is_(None) | (Signatory.valid_to >= day),
        )
    )
    found = sorted(
        work.session.execute(query),
        key=lambda pair: (-line.index(pair[0].unit_id), pair[0].valid_from, pair[0].id),
    )
    rows = _rows(work, found, day)
    return {row.role: row for row in rows}


def appointed(work: Work, unit_id: int) -> list[SignatoryRow]:
    """Return all who ever signed for the unit itself, by role, the newest first."""
    work.actor.require(Right.READ)
    query = (
        select(Signatory, Employee)
        .outerjoin(Employee, Employee.id == Signatory.employee_id)
        .where(Signatory.unit_id == unit_id, ~Signatory.withdrawn)
    )
    rows = _rows(work, work.session.execute(query), work.now.date())
    return sorted(rows, key=lambda row: (ROLES.index(row.role), -row.valid_from.toordinal()))


def _rows(
    work: Work, found: Iterable[tuple[Signatory, Employee | None]], day: date
) -> list[SignatoryRow]:
    pairs = list(found)
    grades = _grades(work, [one.employee_id for one, _ in pairs if one.employee_id], day)
    return [_signatory(one, employee, grades) for one, employee in pairs]


def _letterhead(row: Letterhead) -> LetterheadRow:
    return LetterheadRow(
        id=row.id,
        version=row.version,
        unit_id=row.unit_id,
        government=row.government,
        office=row.office,
        address=row.address,
        place=row.place,
        logo=row.logo,
        number_template=row.number_template,
        unit=row.unit,
    )


def _grades(work: Work, employees: list[int], day: date) -> dict[int, str]:
    """Return the golongan of each of the *employees* on *day*."""
    held: dict[int, list[Rank]] = {}
    for rank in work.session.scalars(select(Rank).where(Rank.employee_id.in_(employees))):
        held.setdefault(rank.employee_id, []).append(rank)
    return {key: row.grade for key, rows in held.items() if (row := people.valid(rows, day))}


def _signatory(row: Signatory, employee: Employee | None, grades: dict[int, str]) -> SignatoryRow:
    grade = grades.get(employee.id, "") if employee else row.grade
    return SignatoryRow(
        id=row.id,
        version=row.version,
        unit_id=row.unit_id,
        role=row.role,
        employee_id=row.employee_id,
        name=full_name(employee.name, employee.front_title, employee.back_title)
        if employee
        else row.name,
        nip=(employee.nip or "") if employee else row.nip,
        grade=grade,
        rank=ranks.pangkat(grade),
        title=row.title,
        capacity=row.capacity,
        on_behalf_of=row.on_behalf_of,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
