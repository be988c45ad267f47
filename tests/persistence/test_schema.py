from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from wfh_desktop.persistence import guards, schema
from wfh_desktop.persistence.models import Base, Unit
from wfh_desktop.persistence.schema import State


def test_migrations_lead_to_the_models(empty_database):
    engine = empty_database.engine
    assert schema.state(engine) is State.EMPTY
    schema.upgrade(engine)
    assert schema.state(engine) is State.CURRENT
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_lead_to_the_guards(empty_database):
    schema.upgrade(empty_database.engine)
    with empty_database.engine.connect() as connection:
        found = connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))
        assert set(found) == set(guards.SQLITE)


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(empty_database, monkeypatch):
    def fail(*_):
        raise RuntimeError("the power failed")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.operations.Operations.execute", fail)
        with pytest.raises(RuntimeError):
            schema.upgrade(empty_database.engine)
    with empty_database.engine.connect() as connection:
        names = list(connection.scalars(text("SELECT name FROM sqlite_master")))
    assert names == []


def test_recognises_a_database_from_the_future(empty_database):
    engine = empty_database.engine
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert schema.state(engine) is State.NEWER


@pytest.fixture
def older(empty_database, chief):
    """A database with a unit in it, which believes that it lacks the last migration."""
    engine = empty_database.engine
    schema.upgrade(engine)
    with empty_database.work(chief) as work:
        work.log("unit.created", work.add(Unit(name="Unit", valid_from=date(2026, 1, 1))))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    return engine


def migration(monkeypatch, statement, rows):
    """Put a migration that sends one statement in the place of the last one."""

    def upgrade(config, _):
        config.attributes["connection"].execute(text(statement))

    monkeypatch.setattr("alembic.command.upgrade", upgrade)
    monkeypatch.setattr(schema, "_announced", lambda before: [rows] if before == "0002" else [])


LOSES = "DELETE FROM unit"
ADDS = (
    "INSERT INTO unit (version, name, code, zone, valid_from) "
    "VALUES (1, 'Baru', '', 'WIB', '2026-01-01')"
)


@pytest.mark.parametrize("statement", [LOSES, ADDS])
def test_rows_that_come_or_go_unannounced_stop_the_migration(older, monkeypatch, statement):
    migration(monkeypatch, statement, {})
    with pytest.raises(RuntimeError, match="rows of unit"):
        schema.upgrade(older)
    with older.connect() as connection:
        assert list(connection.scalars(text("SELECT name FROM unit"))) == ["Unit"]


@pytest.mark.parametrize(("statement", "more", "left"), [(LOSES, -1, 0), (ADDS, 1, 2)])
def test_a_migration_announces_the_rows_it_adds_or_removes(
    older, monkeypatch, statement, more, left
):
    migration(monkeypatch, statement, {"unit": more})
    schema.upgrade(older)
    with older.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM unit")) == left
