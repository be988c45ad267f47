"""The engine that a run of the tests of use cases works on: SQLite, or what WFH_TEST_URL names."""

import os

import pytest

sqlite_only = pytest.mark.skipif(
    "WFH_TEST_URL" in os.environ,
    reason="the triggers of an SQLite file; those of PostgreSQL are tested in tests/postgresql",
)
