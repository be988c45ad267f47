"""The first administrator of a shared server, who gives everybody else their accounts.

Only the server's console may do this; for everybody else `accounts` does.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from wfh_desktop.domain import mandates, nip, passwords
from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.mandates import Role
from wfh_desktop.domain.people import Right
from wfh_desktop.persistence import logins
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Account, Employee, Mandate, Unit
from wfh_desktop.services import clock, records


@dataclass(frozen=True, slots=True)
class Draft:
    """Who it is, and the unit above all others, where there is none yet."""

    nip: str
    name: str
    unit: str
    zone: Zone = Zone.WIB


def appoint(work: Work, draft: Draft, password: str) -> str:
    """Make the login of an administrator of everything; return it.

    Done again for the same person it gives them the *password* and, where it ended, the mandate.
    """
    work.actor.require(Right.ADMINISTER)
    number = nip.read(draft.nip)
    name = " ".join(draft.name.split())
    refuse(
        [
            *([] if name else [Problem("name", "required")]),
            *passwords.problems(password, nip=number.digits, born=number.born, name=name),
        ]
    )
    root = _root(work, draft)
    login = mandates.login(number)
    account = work.session.scalar(select(Account).where(Account.login == login))
    if account is None:
        employee = select(Employee.id).where(Employee.nip == number.digits)
        known = work.session.scalar(employee)
        account = work.add(Account(unit_id=root.id, login=login, name=name, employee_id=known))
        records.noted(work, account, "account.created")
    elif not account.active:
        records.amend(work, account, "account.reopened", active=True)
    _give_mandate(work, account, root)
    logins.create(work.session, login, password)
    logins.reopen(work.session, login)
    work.log("account.password_reset", account)
    return login


def _root(work: Work, draft: Draft) -> Unit:
    """Return the unit above all others; make it if there is no unit at all."""
    root = work.session.scalar(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id))
    if root is not None:
        return root
    name = " ".join(draft.unit.split())
    refuse([] if name else [Problem("unit", "required")])
    since = draft.zone.local(work.now).date().replace(month=1, day=1)
    root = work.add(Unit(name=name, zone=draft.zone, valid_from=since))
    records.noted(work, root, "unit.created")
    return root


def _give_mandate(work: Work, account: Account, root: Unit) -> None:
    today = clock.today(work, root.id)
    held = select(Mandate).where(
        Mandate.account_id == account.id,
        Mandate.unit_id == root.id,
        Mandate.role == Role.ADMINISTRATOR,
        ~Mandate.withdrawn,
        Mandate.valid_to.is_(None),
    )
    if work.session.scalar(held) is None:
        mandate = work.add(
            Mandate(
                unit_id=root.id,
                account_id=account.id,
                role=Role.ADMINISTRATOR,
                valid_from=today,
            )
        )
        records.noted(work, mandate, "mandate.given", login=account.login)
