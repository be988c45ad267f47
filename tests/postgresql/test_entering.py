"""Opening a shared database: each reason why it cannot be has its own sentence."""

import shutil
import socket
import subprocess
from functools import partial

import psycopg
import pytest
from sqlalchemy import make_url

from tests.postgres import Server
from wfh_desktop import words
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.domain.people import Right
from wfh_desktop.persistence import connecting
from wfh_desktop.persistence.opening import open_database

PASSWORD = "kuda-laut-biru-17"


def refused(url, password=""):
    with pytest.raises(Unreadable) as refusal:
        open_database(url, password)
    assert "{" not in words.explain(refusal.value)
    return refusal.value.code


def test_whoever_signs_in_is_who_acts(region):
    opened = open_database(region.url(region.secretary_a))
    assert opened.actor.login == region.secretary_a
    assert opened.actor.rights == Right.READ | Right.RECORD | Right.RECOMMEND
    assert opened.actor.employee_id == region.employee(region.secretary_a)
    assert opened.name == f"{region.name} (127.0.0.1)"
    opened.close()


def test_a_mandate_that_has_ended_gives_no_right(region):
    with region.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE app.mandate SET valid_to = current_date - 1")
    opened = open_database(region.url(region.head_a))
    assert opened.actor.rights == Right(0)
    opened.close()


def test_an_account_that_was_closed_may_not_enter(region):
    with region.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE app.account SET active = false")
    assert refused(region.url(region.head_a)) == "server_no_account"


def test_a_database_that_is_not_there(server, region):
    assert refused(server.url("tidak_ada", region.head_a)) == "server_no_database"


def test_a_login_that_is_not_there(server, region):
    assert refused(server.url(region.name, "p_000000000000000000")) == "server_password"


def test_a_server_that_is_not_there(region):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(f"postgresql+psycopg://p@127.0.0.1:{port}/x") == "server_away"
    assert refused("postgresql+psycopg://p@nama.tidak.ada.invalid/x") == "server_away"


def test_a_database_of_something_else(server):
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS lain")
        connection.execute("CREATE DATABASE lain")
    assert refused(server.url("lain")) == "server_not_installed"


def change(region, statement, *values):
    with region.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statement, values)


def test_a_newer_database_is_not_touched_and_says_what_it_needs(region):
    change(region, "UPDATE app.installation SET min_app = '9.4.0'")
    change(region, "UPDATE app.alembic_version SET version_num = '9999'")
    with pytest.raises(Unreadable) as refusal:
        open_database(region.url(region.head_a))
    assert refusal.value.code == "database_needs"
    assert "9.4.0" in words.explain(refusal.value)


def test_a_newer_database_that_does_not_say_what_it_needs(region):
    change(region, "UPDATE app.alembic_version SET version_num = '9999'")
    assert refused(region.url(region.head_a)) == "database_newer"


def test_a_known_schema_may_still_need_a_newer_program(region):
    change(region, "UPDATE app.installation SET min_app = '10.0'")
    assert refused(region.url(region.head_a)) == "database_needs"
    change(region, "UPDATE app.installation SET min_app = '0.0.9'")
    open_database(region.url(region.head_a)).close()


def test_an_older_database_waits_for_the_administrator(region):
    change(region, "UPDATE app.alembic_version SET version_num = '0001'")
    assert refused(region.url(region.head_a)) == "database_older"


def test_an_address_may_not_weaken_the_line():
    assert refused("postgresql://p@h/x?hostaddr=10.0.0.1") == "server_address"
    assert refused("postgresql://p@h/x?options=-c%20search_path%3Dpublic") == "server_address"


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("postgresql://p@localhost/x", False),
        ("postgresql://p@/x?host=/run/postgresql", False),
        ("postgresql://p@db.contoh.go.id/x", True),
        ("postgresql://p@db.contoh.go.id/x?sslmode=disable", True),
        ("postgresql://p@127.0.0.1.contoh.go.id/x", True),
        ("postgresql://p@/x?host=localhost:5432&host=db2.contoh.go.id:5433", True),
    ],
)
def test_only_on_this_computer_the_line_may_be_plain(address, safe):
    secured = connecting.security(make_url(address))
    assert (secured.get("sslmode"), secured.get("channel_binding")) == (
        ("verify-full", "require") if safe else (None, None)
    )


def test_all_hosts_of_an_address():
    def hosts(address):
        return connecting.hosts(make_url(address))

    assert hosts("postgresql://p@db1/x") == [("db1", 5432)]
    assert hosts("postgresql://p@/x?host=db1&host=db2:5433") == [("db1", 5432), ("db2", 5433)]
    assert hosts("postgresql://p@/x?host=db1,db2&port=1,2") == [("db1", 1), ("db2", 2)]


@pytest.fixture(scope="module")
def guarded():
    """A server that asks for a password and proves who it is, and one that only pretends."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make certificates with")
    servers = [Server(), Server()]
    try:
        for server in servers:
            with psycopg.connect(server.dsn(), autocommit=True) as connection:
                connection.execute(f"CREATE ROLE p_1 LOGIN PASSWORD '{PASSWORD}'")
                _encrypt(server, connection)
        yield servers
    except psycopg.errors.InvalidParameterValue:
        pytest.skip("this PostgreSQL was built without TLS")
    finally:
        for server in servers:
            server.remove()


def _encrypt(server, connection):
    key, certificate = server.data / "server.key", server.data / "server.crt"
    subprocess.run(
        ["openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    key.chmod(0o600)
    if server.identity:
        shutil.chown(key, server.identity["user"], server.identity["group"])
    (server.data / "pg_hba.conf").write_text(
        "host all wfh_admin 127.0.0.1/32 trust\n"
        "host all p_2 all trust\n"
        "hostssl all all all scram-sha-256\n"
    )
    connection.execute("ALTER SYSTEM SET ssl = on")
    connection.execute("ALTER SYSTEM SET listen_addresses = '127.0.0.1'")
    connection.execute("SELECT pg_reload_conf()")
    server.stop()
    server.start()


@pytest.fixture
def strict(guarded, monkeypatch):
    """Treat this computer as any other; return how to try a login on a server."""
    monkeypatch.setattr(connecting, "LOCAL", set())
    true, _ = guarded

    def try_login(server=true, host="localhost", login="p_1", password=PASSWORD, authority=true):
        certificate = authority.data / "server.crt" if authority else "/nowhere/ca.crt"
        address = f"postgresql://{login}@{host}:{server.port}/postgres?sslrootcert={certificate}"
        return refused(address, password)

    return try_login


def test_the_right_password_over_a_safe_line(strict):
    assert strict() == "server_not_installed"  # it was let in


def test_a_wrong_password_has_its_sentence(strict):
    assert strict(password="salah") == "server_password"
    assert strict(password="") == "server_password"


def test_a_server_with_another_certificate_gets_no_password(strict, guarded):
    pretender = guarded[1]
    assert strict(server=pretender) == "server_certificate"
    assert strict(server=pretender, authority=pretender) == "server_not_installed"  # the control
    assert strict(host="127.0.0.1") == "server_certificate"  # its name is localhost
    assert strict(authority=None) == "server_certificate"


def test_a_server_that_does_not_ask_for_the_password_cannot_be_the_right_one(strict):
    assert strict(login="p_2") == "server_certificate"


def test_a_server_without_encryption_gets_no_password(server, strict):
    assert strict(server=server) == "server_no_tls"


def test_a_new_password_opens_the_door_from_the_next_connection_on(guarded):
    server, _ = guarded
    make = partial(connecting.engine, f"postgresql://p_1@localhost:{server.port}/postgres")
    key = connecting.Key("salah")
    engine = make(key)
    key.password = PASSWORD
    engine.connect().close()
    engine.dispose()
    assert PASSWORD not in repr(engine.url) + repr(engine.dialect.create_connect_args(engine.url))
