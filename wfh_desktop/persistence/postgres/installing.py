"""Putting the program on a server: roles, a database, its tables, and everything that guards them.

All of it may be done again at any time: what is there stays, what is missing is added, and what
does not belong among policies, triggers, functions and grants is taken away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from wfh_desktop.domain.mandates import RIGHTS
from wfh_desktop.domain.people import Right
from wfh_desktop.persistence import connecting, schema
from wfh_desktop.persistence.postgres import guarding, policies
from wfh_desktop.persistence.postgres.sending import read_sql, run

Say = Callable[[str], object]
SEARCH_PATH = "app,audit,pg_catalog"
SILENT: Say = lambda _: None  # noqa: E731


def install(admin_url: str, database: str, *, say: Say = SILENT) -> None:
    """Make a server ready for the program, as a superuser; an older installation is updated."""
    url = make_url(admin_url).set(drivername="postgresql+psycopg")
    say("roles")
    with _alone(url).connect() as connection:
        run(connection, read_sql("roles.sql"))
        say("database")
        _create(connection, database)
    url = url.set(database=database)
    with _alone(url).connect() as connection:
        run(connection, read_sql("schemas.sql"))
    say("tables")
    schema.upgrade(console(url, role="k_owner"))
    say("rights")
    with console(url).begin() as connection:
        secure(connection)
        _name(connection)
    with _alone(url).connect() as connection:
        run(connection, "ANALYZE")
    say("done")


def secure(connection: Connection) -> None:
    """Put all functions, guards, policies and grants in place anew, as a superuser.

    Everything happens in the transaction of *connection*: nobody ever sees it half done.
    """
    grant_database(connection)
    run(connection, read_sql("clean.sql"))
    run(connection, read_sql("shape.sql"))
    run(connection, read_sql("identity.sql").replace("{RIGHTS}", _rights()))
    run(connection, read_sql("logins.sql"))
    run(connection, read_sql("audit.sql"))
    guards = read_sql("guards.sql").replace("{STEPS}", guarding.steps())
    run(connection, guards.replace("{INPUTS}", guarding.inputs()))
    run(connection, "SET ROLE k_owner")
    for statement in (*guarding.statements(), *policies.statements()):
        run(connection, statement)
    run(connection, "RESET ROLE")
    run(connection, "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app, sec, audit FROM PUBLIC")


def grant_database(connection: Connection) -> None:
    """Say who may connect to this database; neither a template nor a dump carries that along."""
    run(
        connection,
        """
        DO $$
        DECLARE
          one record;
        BEGIN
          FOR one IN
            SELECT g.grantee FROM pg_database d CROSS JOIN LATERAL aclexplode(d.datacl) g
            WHERE d.datname = current_database() AND g.grantee NOT IN (0, d.datdba)
            GROUP BY g.grantee
          LOOP
            EXECUTE format('REVOKE ALL ON DATABASE %I FROM %s CASCADE', current_database(),
              one.grantee::regrole);
          END LOOP;
          EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
          EXECUTE format('GRANT CONNECT ON DATABASE %I TO k_user, k_all, k_migrator, k_backup',
            current_database());
        END $$;
        """,
    )


def console(url: URL, role: str = "") -> Engine:
    """Return an engine for whoever maintains the server; what it makes belongs to *role*."""
    options = f"-c search_path={SEARCH_PATH}" + (f" -c role={role}" if role else "")
    safe = connecting.security(url)
    return create_engine(url, poolclass=NullPool, connect_args=safe | {"options": options})


def _alone(url: URL) -> Engine:
    """Return an engine for what no transaction may hold, such as making a database."""
    return console(url).execution_options(isolation_level="AUTOCOMMIT")


def _create(connection: Connection, database: str) -> None:
    there = text("SELECT 1 FROM pg_database WHERE datname = :name")
    if connection.scalar(there, {"name": database}) is None:
        name = connection.dialect.identifier_preparer.quote_identifier(database)
        run(
            connection,
            f"CREATE DATABASE {name} OWNER k_owner TEMPLATE template0 ENCODING 'UTF8'",
        )


def _name(connection: Connection) -> None:
    """Give the installation its number, by which it is known wherever it is copied to."""
    connection.execute(
        text(
            "INSERT INTO app.installation (id, install_id, min_app, created_at) "
            "VALUES (1, :number, '', :now) ON CONFLICT DO NOTHING"
        ),
        {"number": str(uuid4()), "now": datetime.now(UTC)},
    )


def _rights() -> str:
    """Return the rights of each role as rows: ('kepala', 'read'), ..."""
    return ", ".join(
        f"('{role.value}', '{right.name.lower()}')"
        for role, held in RIGHTS.items()
        for right in Right
        if right in held and right.name
    )
