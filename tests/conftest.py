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
    from sqlalchemy import MetaData

    from wfh_desktop.persistence.database import Database

    database = Database(os.environ.get("WFH_TEST_URL", f"sqlite:///{tmp_path}/test.db"))
    with database.engine.begin() as connection:
        everything = MetaData()
        everything.reflect(connection)
        everything.drop_all(connection)
    yield database
    database.engine.dispose()


@pytest.fixture
def database(empty_database):
    from wfh_desktop.persistence.models import Base

    Base.metadata.create_all(empty_database.engine)
    return empty_database


@pytest.fixture
def work(database, chief):
    with database.work(chief, now=NOW) as work:
        yield work
