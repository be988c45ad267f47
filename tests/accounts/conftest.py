"""A region whose server asks for passwords, as a real one does."""

from contextlib import contextmanager

import psycopg
import pytest

from tests import regions
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.persistence.opening import open_database

PASSWORD = "kopi tubruk senja"


@pytest.fixture
def guarded(region, server):
    """The region, entered with a password only; all who sign in have the same one at first."""
    rules = server.data / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text(
        "host all wfh_admin 127.0.0.1/32 trust\n"
        f"host {region.name} all 127.0.0.1/32 scram-sha-256\n{before}"
    )
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("SELECT pg_reload_conf()")
        for name in regions.CANDIDATES:
            login = regions.login(name)
            secret = connection.pgconn.encrypt_password(
                PASSWORD.encode(), login.encode(), b"scram-sha-256"
            )
            connection.execute(f"ALTER ROLE {login} LOGIN PASSWORD '{secret.decode()}'")
    yield region
    rules.write_text(before)
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("SELECT pg_reload_conf()")
        for name in regions.CANDIDATES:
            connection.execute(f"ALTER ROLE {regions.login(name)} LOGIN PASSWORD NULL")


@pytest.fixture
def enter(guarded):
    """Sign in as the program does; return what was opened. All is closed at the end."""
    opened = []

    def enter(login, password=PASSWORD):
        opened.append(open_database(guarded.url(login), password))
        return opened[-1]

    yield enter
    for one in opened:
        one.close()


@pytest.fixture
def does(enter):
    """Do one thing as somebody who signs in for it."""

    def does(login, task, *arguments, password=PASSWORD, **options):
        opened = enter(login, password)
        result, _ = opened.database.perform(
            opened.actor, lambda work: task(work, *arguments, **options)
        )
        opened.close()
        return result

    return does


@contextmanager
def refused_at_the_door():
    """Expect that the server lets nobody in with this password."""
    with pytest.raises(Unreadable) as refusal:
        yield
    assert refusal.value.code == "server_password"
