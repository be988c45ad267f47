"""Entering a shared database: whether this program may work on it, and who it is that signed in."""

from __future__ import annotations

import re

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from wfh_desktop import __version__
from wfh_desktop.domain.errors import Unreachable, Unreadable
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.persistence import connecting, refusals, schema
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import Account, Installation


def enter(database: Database) -> Actor:
    """Return on whose behalf *database* is open, after looking whether it may be worked on.

    Nothing is written. Raises `Unreadable` with the reason: no such server or database, a wrong
    password, a server that cannot prove who it is, another version, no account.
    """
    name = called(database)
    try:
        with database.engine.connect() as connection:
            _require_same_version(connection, name)
            return _actor(connection, name)
    except DBAPIError as error:
        raise _refusal(error, name) from error


def called(database: Database) -> str:
    """Return what users call a shared database: "kominfo (server)"."""
    url = database.engine.url
    return f"{url.database} ({connecting.hosts(url)[0][0]})"


def _refusal(error: DBAPIError, name: str) -> Unreadable | DBAPIError:
    if refusals.sqlstate(error) in {refusals.CLIENT, *refusals.GONE}:
        return Unreadable(refusals.connecting(error), name)
    refusal = refusals.refusal(error, name)
    if isinstance(refusal, Unreachable):
        return Unreadable("server_full" if refusal.code == "full" else "server_away", name)
    if refusals.sqlstate(error) == "42501":
        return Unreadable("server_not_allowed", name)
    return error


def _require_same_version(connection: Connection, name: str) -> None:
    """Raise `Unreadable` unless this version of the program knows the database and may write."""
    match schema.state_on(connection):
        case schema.State.EMPTY:
            raise Unreadable("server_not_installed", name)
        case schema.State.OLDER:
            raise Unreadable("database_older", name)
        case found:
            least = _least_version(connection)
            if _numbers(least) > _numbers(__version__):
                raise Unreadable("database_needs", name, least, __version__)
            if found is schema.State.NEWER:
                raise Unreadable("database_newer", name)


def _least_version(connection: Connection) -> str:
    return connection.scalar(select(Installation.min_app)) or ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(one) for one in re.findall(r"\d+", version))


def _actor(connection: Connection, name: str) -> Actor:
    query = select(Account.login, Account.name, Account.employee_id).where(
        Account.login == func.session_user(), Account.active
    )
    account = connection.execute(query).one_or_none()
    if account is None:
        raise Unreadable("server_no_account", name)
    login, person, employee_id = account
    return Actor(person, _rights(connection), login, employee_id)


def _rights(connection: Connection) -> Right:
    """Return what the server itself lets this person do today in at least one unit."""
    units = [func.sec.my_units(str(right.name).lower()) for right in Right]
    found = connection.execute(select(*(func.cardinality(one) > 0 for one in units))).one()
    together = Right(0)
    for right, there in zip(Right, found, strict=True):
        together |= right if there else Right(0)
    return together
