"""Runs the scenario on an engine, as the people who would do it, and tells all it comes to."""

import json
from contextlib import closing
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum

import psycopg

from tests.parity import scenario
from wfh_desktop.domain.mandates import RIGHTS, Role
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.persistence import moving
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import Account, Mandate, Unit
from wfh_desktop.persistence.moving.rows import Kind, copied

SIGNED_IN = {  # by name: the unit and the role
    "admin": ("pemda", Role.ADMINISTRATOR),
    "secretary": ("unit", Role.SECRETARIAT),
    "head": ("unit", Role.HEAD),
    "verifier": ("pemda", Role.VERIFIER),
}
LOGINS = {name: f"p_1980010120050117{number:02}" for number, name in enumerate(SIGNED_IN, 1)}
# What differs by design: the trace and its numbers, who signed where nobody signs in, a paper with
# its moment and its anchor (its code tells what it says), and the unit that a server writes on each
# entry of the log, so that whom it concerns can read it.
LEFT_OUT = {"change", "seal"}
NOT_COMPARED = {"audit_entry": {"id", "unit_id"}, "printed_paper": {"sha256", "content"}}
OF_LOGINS = {"submitted_login", "locked_login", "written_by"}


def run(url, folder, signed_in=None, without=()):
    """Run everything; return what each step answered, and all rows by table.

    *signed_in* makes the address of a login; without it one connection does everything. Steps named
    in *without* are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = {"folder": folder}
    console = Database(url)
    with console.work(Actor("Konsol", EVERYTHING)) as work:
        prepare(work, known)
    databases = {}
    if signed_in:
        databases = {name: Database(signed_in(login)) for name, login in LOGINS.items()}
    answers = []
    for who, task in scenario.STEPS:
        if task.__name__ in without:
            continue
        actor = Actor(who, RIGHTS[SIGNED_IN[who][1]], LOGINS[who])
        with databases.get(who, console).work(actor) as work:
            answer = task(work, known)
        if answer is not None:
            known[task.__name__] = answer
        answers.append((f"{who}: {task.__name__}", plain(answer)))
    for database in (console, *databases.values()):
        database.engine.dispose()
    return answers, tables(url)


def prepare(work, known):
    """Make the units and those who sign in."""
    pemda = work.add(Unit(name="Pemda Contoh", valid_from=scenario.START))
    unit = work.add(Unit(name="Bidang Data", parent_id=pemda.id, valid_from=scenario.START))
    known |= {"pemda": pemda.id, "unit": unit.id}
    for name, (place, role) in SIGNED_IN.items():
        account = work.add(Account(unit_id=known[place], login=LOGINS[name], name=name))
        mandate = Mandate(
            unit_id=known[place], account_id=account.id, role=role, valid_from=scenario.START
        )
        work.session.add(mandate)
    work.log("test.prepared", unit)


def make_logins(dsn):
    """Let those who sign in do so on a server."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        for login in LOGINS.values():
            connection.execute(f"CREATE ROLE {login} LOGIN IN ROLE k_user")


def tables(url):
    """Return all rows of each table; moments only as being there or not."""
    with closing(moving.open_source(url)) as source:
        return {
            shape.name: [told(shape, row) for row in source.rows(shape)]
            for shape in copied()
            if shape.name not in LEFT_OUT
        }


def told(shape, row):
    """Return a row by column, without what differs by design."""
    found = {}
    for column, kind, value in zip(shape.columns, shape.kinds, row, strict=True):
        if column in NOT_COMPARED.get(shape.name, ()) or column in OF_LOGINS:
            continue
        found[column] = value is not None if kind is Kind.INSTANT else value
        if (shape.name, column) == ("audit_entry", "details") and '"paper"' in value:
            found[column] = {**json.loads(value), "sha256": ""}
    return found


def plain(value):
    """Return an answer as values that compare; moments only as being there."""
    match value:
        case datetime():
            return "a moment"
        case Enum() | date():
            return str(value)
        case _ if is_dataclass(value):
            return {
                one.name: plain(getattr(value, one.name))
                for one in fields(value)
                if one.name not in OF_LOGINS | {"shared"}
            }
        case dict():
            return [(plain(key), plain(one)) for key, one in value.items()]
        case list() | tuple():
            return [plain(one) for one in value]
        case set() | frozenset():
            return sorted(map(repr, value))
    return repr(value)


def differences(one, other, where=""):
    """Yield every place where two answers differ, in their order."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            yield from differences(one[key], other[key], f"{where}.{key}")
    elif (
        isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other)
    ):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{where}[{number}]")
    elif one != other:
        yield f"{where}: {str(one)[:300]} / {str(other)[:300]}"
