"""A place with a trace to tamper with: a file, or a database on a server."""

import sqlite3
from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter

import pytest

from tests.conftest import NOW
from tests.services.test_papers import unit
from tests.views.conftest import context, shown
from wfh_desktop.persistence import schema
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import Unit
from wfh_desktop.services import audit

__all__ = ["context", "shown", "unit"]  # fixtures that other folders have, for these tests too
ROWS = 40


class File:
    """An SQLite file, whose owner may do what they like with it."""

    shared = False

    def __init__(self, path, chief):
        self.path, self.chief = path, chief
        self.everything = Database(f"sqlite:///{path}")
        schema.upgrade(self.everything.engine)

    @contextmanager
    def work(self):
        with self.everything.work(self.chief, now=NOW) as work:
            yield work

    def tamper(self, *statements):
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f'DROP TRIGGER "{name}"')
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN")
            for statement, *values in statements:
                connection.execute(statement, *values)
            connection.execute("COMMIT")

    def rows(self, statement):
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(statement).fetchall()


class Shared:
    """A database on a server, whose superuser may do what they like with it."""

    shared = True

    def __init__(self, region):
        self.region = region
        self.everything = region.database(None)
        self.console = region.actor(region.admin)

    @contextmanager
    def work(self):
        with self.everything.work(self.console, now=NOW) as work:
            yield work

    def tamper(self, *statements):
        with self.region.superuser() as connection, connection.transaction():
            connection.execute("SET session_replication_role = replica")
            connection.execute("SET search_path = audit, app")
            for statement, group in groupby(statements, key=itemgetter(0)):
                words = statement.replace("?", "%s").replace("/*", "").replace("*/", "")
                given = [values[0] for _, *values in group if values]
                if given:
                    connection.cursor().executemany(words, given)
                else:
                    connection.execute(words)

    def rows(self, statement):
        with self.region.superuser() as connection:
            connection.execute("SET search_path = audit, app")
            return connection.execute(statement).fetchall()


@pytest.fixture
def file(tmp_path, chief):
    place = File(tmp_path / "file.db", chief)
    yield place
    place.everything.engine.dispose()


@pytest.fixture
def shared(region):
    place = Shared(region)
    yield place
    place.everything.engine.dispose()


@pytest.fixture(params=["file", "shared"])
def place(request):
    """A place where some changes were made and sealed."""
    place = request.getfixturevalue(request.param)
    with place.work() as work:
        for number in range(ROWS):
            rename(work, f"Unit {number}")
    with place.work() as work:
        assert audit.seal(work) >= ROWS
    return place


def change(place, name):
    """Make a change that leaves a trace."""
    with place.work() as work:
        rename(work, name)


def rename(work, name):
    """Give the unit of these tests another name, and log it."""
    unit = work.session.query(Unit).filter_by(code="JEJAK").one_or_none()
    if unit is None:
        unit = work.add(Unit(code="JEJAK", name=name, zone="WIB", valid_from=NOW.date()))
    unit.name = name
    work.log("unit.renamed", unit, name=name)
    work.session.flush()
