"""The engine on which tests of use cases run: SQLite, or the server that WFH_TEST_URL names.

The address is that of a superuser and of a database that may be emptied. Everybody is the console
there: what a person may see and do is tested in tests/postgresql, here only that it is the same.
"""

import os
from functools import cache

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

URL = os.environ.get("WFH_TEST_URL", "")

sqlite_only = pytest.mark.skipif(
    bool(URL),
    reason="the triggers of an SQLite file; those of PostgreSQL are tested in tests/postgresql",
)


@cache
def install():
    """Install the program at the address; once for all tests."""
    from wfh_desktop.persistence import postgres

    url = make_url(URL)
    postgres.install(url.set(database="postgres").render_as_string(False), url.database)


def clear():
    """Take all rows out of the database."""
    engine = create_engine(URL, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        tables = connection.execute(
            text(
                "SELECT string_agg(oid::regclass::text, ', ') FROM pg_class WHERE relkind = 'r' "
                "AND relnamespace IN ('app'::regnamespace, 'audit'::regnamespace) "
                "AND relname NOT IN ('alembic_version', 'installation', 'mark')"
            )
        ).scalar_one()
        connection.execute(text(f"TRUNCATE {tables}, sec.unit_closure RESTART IDENTITY"))
        connection.execute(text("UPDATE audit.mark SET floor = 0, seq = 0, xid = 0"))
    engine.dispose()
