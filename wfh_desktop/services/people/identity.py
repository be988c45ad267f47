"""Adding people, correcting who they are, letting them leave; their other names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from wfh_desktop.domain import careers
from wfh_desktop.domain.careers import Identity, PositionDraft, RankDraft
from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.people import Right, full_name
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Alias, AuditEntry, Employee, Position
from wfh_desktop.services import records, units
from wfh_desktop.services.people.careers import NEVER, change_position, change_rank, settle

ALIAS_KINDS = ("pin", "phone", "name")


@dataclass(frozen=True, slots=True)
class AliasDraft:
    """A PIN on a device, a phone number or a name in chats, as typed in."""

    kind: str
    value: str
    device: str = ""


def add(work: Work, identity: Identity, rank: RankDraft, position: PositionDraft) -> int:
    """Add a person with status, golongan and first position; return their number."""
    work.actor.require(Right.RECORD)
    nip = careers.read_nip(identity.nip)[0]
    refuse(
        [
            *_identity_problems(work, identity),
            *careers.rank_problems(rank, nip),
            *careers.position_problems(position),
        ]
    )
    employee = work.add(Employee(unit_id=position.unit_id, **_columns(identity)))
    records.noted(work, employee, "person.added")
    change_rank(work, employee.id, rank)
    change_position(work, employee.id, position)
    return employee.id


def edit(work: Work, key: int, version: int, identity: Identity) -> None:
    """Correct name, NIP, degrees or telephone of a person."""
    work.actor.require(Right.RECORD)
    employee = work.get(Employee, key, version)
    refuse(_identity_problems(work, identity, key))
    records.amend(work, employee, "person.edited", **_columns(identity))


def deactivate(work: Work, key: int, version: int, last: date, reason: str) -> None:
    """Let a person leave after *last*: retired, moved away, deceased. Months before keep them."""
    work.actor.require(Right.RECORD)
    employee = work.get(Employee, key, version)
    rows = _held(work, key)
    later = [row for row in rows if row.valid_from > last]
    problems = [Problem("valid_to", "position_later", (row.valid_from,)) for row in later]
    if not reason.strip():
        problems.append(Problem("reason", "required"))
    refuse(problems)
    ended = [row for row in rows if row.valid_to is None or row.valid_to > last]
    ends = {row.id: records.plain(row.valid_to) for row in ended}
    for row in ended:
        records.amend(work, row, "position.ended", valid_to=last)
    employee.active = False
    work.log(
        "person.deactivated",
        employee,
        last=last.isoformat(),
        reason=reason.strip(),
        ends=[[key, end] for key, end in ends.items()],
    )


def reactivate(work: Work, key: int, version: int) -> None:
    """Take back that a person left: the positions that ended with it go on."""
    work.actor.require(Right.RECORD)
    employee = work.get(Employee, key, version)
    left = work.session.scalar(
        select(AuditEntry)
        .where(AuditEntry.subject == f"employee:{key}", AuditEntry.action == "person.deactivated")
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    refuse([] if left and not employee.active else [Problem("active", "not_left")])
    for position_id, end in left.details["ends"] if left else ():
        valid_to = date.fromisoformat(end) if end else None
        records.amend(work, work.get(Position, position_id), "position.resumed", valid_to=valid_to)
    employee.active = True
    work.log("person.reactivated", employee)
    settle(work, employee)


def withdraw(work: Work, key: int, version: int) -> None:
    """Take back a person entered by mistake: they appear in no month any more."""
    work.actor.require(Right.RECORD)
    employee = work.get(Employee, key, version)
    for row in _held(work, key):
        records.amend(work, row, "position.withdrawn", withdrawn=True, valid_to=NEVER)
    records.amend(work, employee, "person.withdrawn", active=False)


def add_alias(work: Work, employee_id: int, draft: AliasDraft) -> int:
    """Remember another name of a person; one that was taken from somebody else passes on."""
    work.actor.require(Right.RECORD)
    employee = work.get(Employee, employee_id)
    value, device = _alias_value(draft), draft.device.strip()
    refuse([*_alias_problems(draft, value), *_alias_holders(work, employee, draft, value)])
    stored = work.session.scalar(
        select(Alias).where(
            Alias.unit_id == employee.unit_id,
            Alias.kind == draft.kind,
            Alias.device == device,
            Alias.value == value,
        )
    )
    if stored is None:
        stored = work.add(
            Alias(
                unit_id=employee.unit_id,
                employee_id=employee_id,
                kind=draft.kind,
                device=device,
                value=value,
            )
        )
        records.noted(work, stored, "alias.added")
        return stored.id
    records.amend(work, stored, "alias.added", employee_id=employee_id, withdrawn=False)
    return stored.id


def withdraw_alias(work: Work, key: int, version: int) -> None:
    """Forget that a name means a person."""
    work.actor.require(Right.RECORD)
    alias = work.get(Alias, key, version)
    records.amend(work, alias, "alias.withdrawn", withdrawn=True)


def _identity_problems(work: Work, identity: Identity, key: int | None = None) -> Iterator[Problem]:
    yield from careers.identity_problems(identity)
    nip = careers.read_nip(identity.nip)[0]
    if nip is None:
        return
    holder = work.session.scalar(select(Employee).where(Employee.nip == nip.digits))
    if holder is not None and holder.id != key:
        name = full_name(holder.name, holder.front_title, holder.back_title)
        yield Problem("nip", "nip_taken", (name,))


def _columns(identity: Identity) -> dict[str, str | None]:
    nip = careers.read_nip(identity.nip)[0]
    return {
        "nip": nip.digits if nip else None,
        "name": " ".join(identity.name.split()),
        "front_title": identity.front_title.strip(),
        "back_title": identity.back_title.strip(" ,"),
        "phone": identity.phone.strip(),
    }


def _alias_value(draft: AliasDraft) -> str:
    if draft.kind == "phone":
        digits = "".join(one for one in draft.value if one.isdecimal())
        return f"62{digits[1:]}" if digits.startswith("0") else digits
    return " ".join(draft.value.split())


def _alias_problems(draft: AliasDraft, value: str) -> Iterator[Problem]:
    if draft.kind not in ALIAS_KINDS:
        yield Problem("kind", "required")
    if not value:
        yield Problem("value", "required")


def _alias_holders(
    work: Work, employee: Employee, draft: AliasDraft, value: str
) -> Iterator[Problem]:
    """Yield a problem if the name means somebody else: of the same office, or for a telephone."""
    query = (
        select(Employee)
        .join(Alias, Alias.employee_id == Employee.id)
        .where(
            Alias.kind == draft.kind,
            Alias.device == draft.device.strip(),
            Alias.value == value,
            ~Alias.withdrawn,
            Employee.id != employee.id,
        )
    )
    if draft.kind != "phone":
        query = query.where(Alias.unit_id.in_(_office(work, employee.unit_id)))
    for holder in work.session.scalars(query):
        name = full_name(holder.name, holder.front_title, holder.back_title)
        yield Problem("value", "alias_taken", (name,))


def _office(work: Work, unit_id: int) -> list[int]:
    """Return all units of the office (OPD) a unit belongs to.

    That is the highest one above it in which people work: nobody works in the region itself.
    """
    day = work.now.date()
    line = [row.id for row in units.path(work, unit_id, day)]
    staffed = set(
        work.session.scalars(
            select(Position.unit_id).where(Position.unit_id.in_(line), ~Position.withdrawn)
        )
    )
    return units.below(work, next((key for key in line[::-1] if key in staffed), unit_id), day)


def _held(work: Work, employee_id: int) -> list[Position]:
    """Return all positions of a person, acting ones too."""
    query = select(Position).where(Position.employee_id == employee_id, ~Position.withdrawn)
    return list(work.session.scalars(query.order_by(Position.valid_from, Position.id)))
