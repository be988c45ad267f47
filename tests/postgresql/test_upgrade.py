"""Bringing a shared schema up to date: one program at a time, wholly or not at all."""

import os
import time

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from wfh_desktop.persistence import schema
from wfh_desktop.persistence.schema import State

PROGRAMS = 8
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")


@pytest.fixture
def url(server):
    name = f"empty_{time.monotonic_ns()}"
    console = create_engine(server.url(), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with console.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.url(name)
    with console.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def engine(url):
    return engine_of(url)


def engine_of(url):
    """Return an engine as short of patience as that of a program at work."""
    options = {"options": "-c lock_timeout=200ms"}
    return create_engine(url, poolclass=NullPool, connect_args=options)


def upgrade_together(url, upgrade):
    """Let eight processes upgrade at the same time; return how many of them failed."""
    start, children = time.monotonic() + 0.3, []
    for _ in range(PROGRAMS):
        child = os.fork()
        if child == 0:
            with open(os.devnull, "w") as silence:  # noqa: PTH123
                os.dup2(silence.fileno(), 2)
            try:
                engine = engine_of(url)
                time.sleep(max(0, start - time.monotonic()))
                upgrade(engine)
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    return sum(os.waitpid(child, 0)[1] != 0 for child in children)


@forks
def test_eight_programs_upgrade_at_the_same_time(url, engine):
    assert upgrade_together(url, schema.upgrade) == 0
    assert schema.state(engine) is State.CURRENT


@forks
def test_without_the_lock_they_fall_over_each_other(url):
    """The control."""

    def upgrade(engine):
        with engine.begin() as connection:
            schema._migrate(connection)

    assert upgrade_together(url, upgrade) > 0


def test_an_upgrade_that_fails_leaves_nothing(engine):
    with engine.begin() as connection:
        schema.upgrade_on(connection)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
        for table in ("mandate", "account", "installation"):
            connection.execute(text(f"DROP TABLE {table}"))
    before = set(inspect(engine).get_table_names())
    with pytest.raises(DBAPIError):  # columns that are there already
        schema.upgrade(engine)
    assert set(inspect(engine).get_table_names()) == before
    assert schema.state(engine) is State.OLDER


def test_a_database_that_is_current_is_left_alone(engine, monkeypatch):
    schema.upgrade(engine)
    monkeypatch.setattr(schema, "_migrate", lambda _: pytest.fail("nothing is left to do"))
    schema.upgrade(engine)
