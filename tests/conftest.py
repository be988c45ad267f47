"""Fixtures for all tests: compiled forms, a real database, people who act."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
NOW = datetime(2026, 10, 2, 2, 0, tzinfo=UTC)


def pytest_sessionstart(session):
    """Compile forms that were edited since the last run."""
    if not hasattr(session.config, "workerinput"):
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "--hooks-only"]
        subprocess.run(build, cwd=ROOT, check=True, capture_output=True)


def real(*parts):
    """Return the path of a confidential real file, or skip the test where it is absent."""
    path = SHARED.joinpath("data", *parts)
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    return path


@pytest.fixture
def chief():
    """A head who may do everything."""
    from wfh_desktop.domain.people import EVERYTHING, Actor

    return Actor("Kepala", EVERYTHING)


@pytest.fixture
def empty_database(tmp_path):
    """A file without any table."""
    from wfh_desktop.persistence.database import Database

    database = Database(f"sqlite:///{tmp_path}/test.db")
    yield database
    database.engine.dispose()


@pytest.fixture
def database(request):
    """A database with all tables and no row, of the engine that is tested."""
    from tests import engines
    from wfh_desktop.persistence.models import Base

    if engines.URL:
        return request.getfixturevalue("server_database")
    database = request.getfixturevalue("empty_database")
    Base.metadata.create_all(database.engine)
    return database


@pytest.fixture
def server_database(monkeypatch):
    """The database of WFH_TEST_URL, emptied; one person does everything in it, as in a file."""
    from tests import engines
    from wfh_desktop.persistence.database import Database
    from wfh_desktop.services.tpp import lines

    engines.install()
    engines.clear()
    monkeypatch.setattr(lines, "is_shared", lambda work: False)
    database = Database(engines.URL)
    yield database
    database.engine.dispose()


@pytest.fixture
def work(database, chief):
    with database.work(chief, now=NOW) as work:
        yield work


@pytest.fixture(scope="session")
def server():
    """A real PostgreSQL; only tests that ask for it start it."""
    from tests.postgres import Server

    server = Server()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def region_template(server):
    """Return the name of a database in which a whole region lives; never written to by tests."""
    from tests import regions

    return regions.build(server)


@pytest.fixture
def region(server, region_template):
    """A region of the test's own on the shared server."""
    yield from _region(server, region_template)


@pytest.fixture(scope="module")
def common_region(server, region_template):
    """A region for all tests of a module, each of which looks only at what it saved itself."""
    yield from _region(server, region_template)


def _region(server, template):
    from uuid import uuid4

    from tests import regions

    region = regions.copy(server, template, f"region_{uuid4().hex[:12]}")
    yield region
    region.close()
    regions.drop(server, region.name)
