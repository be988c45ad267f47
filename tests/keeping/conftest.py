"""A small office in a file at today's schema, as it is after some months of use."""

import shutil

import pytest

from tests.keeping.office import fill
from wfh_desktop.persistence import schema
from wfh_desktop.persistence.database import Database


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("office") / "wfh.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database.engine)
    fill(database)
    database.engine.dispose()
    return path


@pytest.fixture
def file(template, tmp_path):
    """The file of the office, which nobody has open."""
    (tmp_path / "data").mkdir()
    return shutil.copyfile(template, tmp_path / "data" / "wfh.db")


@pytest.fixture
def office(file):
    """The same office, open."""
    database = Database(f"sqlite:///{file}")
    yield database
    database.engine.dispose()
