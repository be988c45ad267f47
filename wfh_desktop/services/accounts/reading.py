"""What accounts and mandates there are, as far as one may see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ARRAY, Integer, Select, func, select

from wfh_desktop.domain import nip
from wfh_desktop.domain.errors import Invalid, Problem, refuse
from wfh_desktop.domain.mandates import Held, Role
from wfh_desktop.domain.nip import Nip
from wfh_desktop.domain.people import Right, full_name
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Account, Employee, Mandate, Unit
from wfh_desktop.services import clock, units


class Standing(StrEnum):
    """Whether a mandate counts today."""

    RUNNING = "berlaku"
    COMING = "akan berlaku"
    ENDED = "berakhir"


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A role of somebody in a unit."""

    id: int
    version: int
    account_id: int
    unit_id: int
    unit: str
    role: Role
    decree: str
    valid_from: date
    valid_to: date | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account and its mandates, those that count today first; withdrawn ones are left out."""

    id: int
    version: int
    unit_id: int
    unit: str
    login: str
    name: str  # with degrees
    active: bool
    own: bool  # of the person who looks at it
    mandates: tuple[MandateRow, ...]

    @property
    def running(self) -> tuple[MandateRow, ...]:
        """The mandates that count today."""
        return tuple(one for one in self.mandates if one.standing is Standing.RUNNING)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the staff list who has no account yet."""

    id: int
    name: str
    nip: str | None
    problem: str  # why there can be none: the code of a problem, or empty


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in which mandates can be given."""

    id: int
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything about accounts that somebody may see, and what they may choose from."""

    shared: bool  # False: a file, which has no accounts
    today: date
    rows: tuple[AccountRow, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    places: tuple[Place, ...] = ()


def overview(work: Work) -> Overview:
    """Return the accounts of the units one administers, and one's own, by name."""
    work.actor.require(Right.READ)
    today = work.now.astimezone().date()
    if not work.shared:
        return Overview(shared=False, today=today)
    may = units_with(work, Right.ADMINISTER)
    tree = [Place(row.id, row.name, row.depth) for row in units.tree(work, today) if row.id in may]
    return Overview(
        shared=True,
        today=today,
        rows=tuple(listing(work)),
        candidates=tuple(_candidates(work, may)),
        places=tuple(_set_in(tree)),
    )


def listing(work: Work) -> list[AccountRow]:
    """Return the accounts one may see, by name, with their mandates as of today."""
    require_shared(work)
    work.actor.require(Right.READ)
    query = (
        select(Account, Employee, Unit.name)
        .outerjoin(Employee, Employee.id == Account.employee_id)
        .outerjoin(Unit, Unit.id == Account.unit_id)
    )
    given = _mandates(work, select(Mandate).where(~Mandate.withdrawn))
    rows = [
        AccountRow(
            id=account.id,
            version=account.version,
            unit_id=account.unit_id,
            unit=unit or "",
            login=account.login,
            name=display_name(employee) or account.name,
            active=account.active,
            own=account.login == work.actor.login,
            mandates=tuple(one for one in given if one.account_id == account.id),
        )
        for account, employee, unit in work.session.execute(query)
    ]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def mine(work: Work) -> list[MandateRow]:
    """Return what the person who signed in may do today; nothing for the user of a file."""
    own = select(Account.id).where(Account.login == work.actor.login).scalar_subquery()
    query = select(Mandate).where(Mandate.account_id == own, ~Mandate.withdrawn)
    rows = _mandates(work, query) if work.shared else []
    return [row for row in rows if row.standing is Standing.RUNNING]


def find(work: Work, text: str) -> AccountRow:
    """Return the account with this login, NIP or name."""
    wanted = " ".join(text.split()).casefold()
    digits = nip.clean(text)
    rows = listing(work)
    found = [row for row in rows if row.login in (wanted, f"p_{digits}")]
    found = found or [row for row in rows if row.name.casefold() == wanted]
    if len(found) != 1:
        refuse([Problem("account", "account_unknown", (text,))])
    return found[0]


def find_person(work: Work, text: str) -> Candidate:
    """Return whoever of the staff list has this NIP and could get an account."""
    require_shared(work)
    digits = nip.clean(text)
    found = [one for one in overview(work).candidates if one.nip == digits]
    if not found:
        refuse([Problem("employee_id", "account_no_person", (text,))])
    return found[0]


def require_shared(work: Work) -> None:
    """Refuse what only a shared database has."""
    if not work.shared:
        refuse([Problem("account", "accounts_need_server")])


def units_with(work: Work, right: Right) -> frozenset[int]:
    """Return the units in which one holds *right* today, as the server counts them."""
    asked = func.sec.my_units(str(right.name).lower(), type_=ARRAY(Integer))
    return frozenset(work.session.scalar(select(asked)) or ())


def _mandates(work: Work, query: Select[Mandate]) -> list[MandateRow]:
    found = list(work.session.scalars(query))
    places = {row.unit_id for row in found}
    named = work.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(places)))
    names = dict(iter(named))
    today = {key: clock.today(work, key) for key in names}
    rows = [
        MandateRow(
            id=row.id,
            version=row.version,
            account_id=row.account_id,
            unit_id=row.unit_id,
            unit=names.get(row.unit_id, ""),
            role=row.role,
            decree=row.decree,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            standing=_standing(row, today.get(row.unit_id, work.now.date())),
        )
        for row in found
    ]
    order = list(Standing)
    return sorted(rows, key=lambda row: (order.index(row.standing), row.valid_from, row.id))


def _standing(row: Mandate, day: date) -> Standing:
    if held(row).holds(day):
        return Standing.RUNNING
    return Standing.COMING if row.valid_from > day else Standing.ENDED


def _candidates(work: Work, places: frozenset[int]) -> Iterator[Candidate]:
    taken = select(Account.employee_id).where(Account.employee_id.is_not(None))
    query = select(Employee).where(
        Employee.active, Employee.unit_id.in_(places), Employee.id.not_in(taken)
    )
    for employee in sorted(work.session.scalars(query), key=lambda one: one.name.casefold()):
        problem = ""
        try:
            login_number(employee)
        except Invalid:
            problem = "account_needs_nip"
        yield Candidate(employee.id, display_name(employee), employee.nip, problem)


def _set_in(tree: Sequence[Place]) -> Iterator[Place]:
    """Let the topmost of the units stand at the left, however deep it lies."""
    least = min((row.depth for row in tree), default=0)
    yield from (Place(row.id, row.name, row.depth - least) for row in tree)


def login_number(employee: Employee) -> Nip:
    """Return the NIP of somebody; raise `Invalid` if it is none: the login is made of it."""
    try:
        return nip.read(employee.nip or "")
    except Invalid as refusal:
        raise Invalid([Problem("employee_id", "account_needs_nip")]) from refusal


def display_name(employee: Employee | None) -> str:
    """Return the name of somebody with degrees; empty for nobody."""
    return full_name(employee.name, employee.front_title, employee.back_title) if employee else ""


def held(row: Mandate) -> Held:
    """Return a stored mandate as the rules see it."""
    return Held(row.unit_id, row.role, row.valid_from, row.valid_to)
