import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from wfh_desktop.persistence import guards, schema
from wfh_desktop.persistence.models import Base
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
