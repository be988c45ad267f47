"""Changing who may sign in, and what each may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from wfh_desktop.domain import mandates, nip, passwords
from wfh_desktop.domain.errors import Invalid, NotFound, Problem, refuse
from wfh_desktop.domain.mandates import Held, Role
from wfh_desktop.domain.people import Right
from wfh_desktop.persistence import logins
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Account, Employee, Mandate, Unit
from wfh_desktop.services import records
from wfh_desktop.services.accounts.reading import (
    display_name,
    held,
    login_number,
    require_shared,
    units_with,
)


@dataclass(frozen=True, slots=True)
class MandateDraft:
    """A mandate as typed in."""

    unit_id: int
    role: Role
    valid_from: date
    valid_to: date | None = None
    decree: str = ""


def create(work: Work, employee_id: int, password: str) -> int:
    """Give somebody of the staff list an account with a first password; return its number."""
    work.actor.require(Right.ADMINISTER)
    require_shared(work)
    employee = work.get(Employee, employee_id)
    number = login_number(employee)
    login = mandates.login(number)
    there = select(Account.id).where(
        (Account.employee_id == employee.id) | (Account.login == login)
    )
    found = [Problem("employee_id", "account_there")] if work.session.scalar(there) else []
    refuse([*found, *_password_problems(password, employee)])
    account = work.add(
        Account(
            unit_id=employee.unit_id,
            login=login,
            name=display_name(employee),
            employee_id=employee.id,
            active=True,
        )
    )
    records.noted(work, account, "account.created")
    logins.create(work.session, login, password)
    return account.id


def close(work: Work, key: int, version: int) -> None:
    """Let somebody sign in no more; what they have open ends at once."""
    account = _others(work, key, version)
    if records.amend(work, account, "account.closed", active=False):
        logins.close(work.session, account.login)


def reopen(work: Work, key: int, version: int) -> None:
    """Let somebody sign in again with the password of before; undoes `close`."""
    account = _others(work, key, version)
    if records.amend(work, account, "account.reopened", active=True):
        logins.reopen(work.session, account.login)


def reset_password(work: Work, key: int, version: int, password: str) -> None:
    """Give somebody who forgot theirs another password."""
    account = _others(work, key, version)
    refuse(_password_problems(password, _employee(work, account), account.login))
    logins.reset(work.session, account.login, password)
    work.log("account.password_reset", account)


def change_password(work: Work, password: str, again: str) -> None:
    """Change the own password; it counts from the next time one signs in."""
    require_shared(work)
    account = work.session.scalar(select(Account).where(Account.login == work.actor.login))
    if account is None:
        raise NotFound("account")
    differ = [Problem("again", "password_differs")] if password != again else []
    problems = _password_problems(password, _employee(work, account), account.login)
    refuse([*problems, *differ])
    logins.change_own(work.session, password)
    if work.actor.rights & ~Right.READ and account.unit_id in units_with(work, Right.READ):
        work.log("account.password_changed", account)  # whoever may write nothing leaves no trace


def give(work: Work, account_id: int, draft: MandateDraft) -> int:
    """Give an account a role in a unit and all below it; return the mandate's number."""
    account = _others(work, account_id, None)
    refuse(_mandate_problems(work, account, draft, None))
    made = work.add(Mandate(account_id=account.id, withdrawn=False, **_columns(draft)))
    records.noted(work, made, "mandate.given", login=account.login)
    return made.id


def change(work: Work, key: int, version: int, draft: MandateDraft) -> None:
    """Correct a mandate: its role, days or decree. Where it counts stays as it is."""
    row, account = _mandate(work, key, version)
    refuse(_mandate_problems(work, account, draft, row))
    columns = _columns(draft)
    del columns["unit_id"]
    records.amend(work, row, "mandate.changed", **columns)


def end(work: Work, key: int, version: int, last: date) -> None:
    """Let a mandate count until *last* and no longer."""
    row, _ = _mandate(work, key, version)
    if last < row.valid_from:
        refuse([Problem("valid_to", "before_start")])
    records.amend(work, row, "mandate.ended", valid_to=last)


def withdraw(work: Work, key: int, version: int) -> None:
    """Take back a mandate at once."""
    row, _ = _mandate(work, key, version)
    records.amend(work, row, "mandate.withdrawn", withdrawn=True)


def _others(work: Work, key: int, version: int | None) -> Account:
    """Return an account that one may change: never one's own."""
    work.actor.require(Right.ADMINISTER)
    require_shared(work)
    account = work.get(Account, key, version)
    if account.login == work.actor.login:
        refuse([Problem("account", "account_own")])
    return account


def _mandate(work: Work, key: int, version: int) -> tuple[Mandate, Account]:
    work.actor.require(Right.ADMINISTER)
    row = work.get(Mandate, key, version)
    return row, _others(work, row.account_id, None)


def _mandate_problems(
    work: Work, account: Account, draft: MandateDraft, row: Mandate | None
) -> Iterator[Problem]:
    unit_id = row.unit_id if row else draft.unit_id
    if unit_id not in units_with(work, Right.ADMINISTER):
        yield Problem("unit_id", "mandate_not_yours")
        return
    wanted = Held(unit_id, draft.role, draft.valid_from, draft.valid_to)
    others = select(Mandate).where(~Mandate.withdrawn, Mandate.id != (row.id if row else 0))
    own = work.session.scalars(others.where(Mandate.account_id == account.id))
    heads = work.session.execute(
        others.join(Account, Account.id == Mandate.account_id)
        .add_columns(Account.name)
        .where(Mandate.unit_id == unit_id, Mandate.role == Role.HEAD)
        .where(Mandate.account_id != account.id)
    )
    at_root = work.get(Unit, unit_id).parent_id is None
    yield from mandates.problems(
        wanted,
        [held(one) for one in own],
        [(name, held(one)) for one, name in heads],
        at_root=at_root,
    )


def _columns(draft: MandateDraft) -> dict[str, object]:
    return {
        "unit_id": draft.unit_id,
        "role": draft.role,
        "decree": " ".join(draft.decree.split()),
        "valid_from": draft.valid_from,
        "valid_to": draft.valid_to,
    }


def _employee(work: Work, account: Account) -> Employee | None:
    return work.session.get(Employee, account.employee_id) if account.employee_id else None


def _password_problems(
    password: str, employee: Employee | None, login: str = ""
) -> Iterator[Problem]:
    digits = (employee.nip if employee else None) or login.removeprefix("p_")
    try:
        born = nip.read(digits).born
    except Invalid:
        born = None
    name = employee.name if employee else ""
    return passwords.problems(password, nip=digits, born=born, name=name)
