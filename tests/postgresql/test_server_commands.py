"""wfhctl server: installing, checking, copying and restoring, as an administrator types it."""

import io
import json
import os

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from tests import regions
from wfh_desktop import cli
from wfh_desktop.persistence.postgres import catalog, dumping
from wfh_desktop.persistence.postgres.sending import run

NIP = "197001012000031001"
PASSWORD = "kopi tubruk hangat 7"


@pytest.fixture
def wfhctl(server, monkeypatch, capsys):
    """Run a command on the server; return its status and what it printed."""
    if "WFH_PG_BIN" not in os.environ:
        monkeypatch.setenv("WFH_PG_BIN", str(server.programs))

    def call(action, *arguments, stdin=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        url = server.url().replace("+psycopg", "")
        status = cli.main(["server", action, "--admin-url", url, *map(str, arguments)])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return call


@pytest.fixture
def name(server):
    """The name of a database that is removed afterwards, with the login made in it."""
    yield "dicoba"
    regions.drop(server, "dicoba")
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"DROP ROLE IF EXISTS p_{NIP}")


def test_an_administrator_installs_and_signs_in(server, wfhctl, name):
    who = ["--admin-nip", NIP, "--admin-name", "Pegawai 1", "--unit", "Pemda Contoh"]
    arguments = ["--database", name, *who, "--password-stdin"]
    status, said = wfhctl("install", *arguments, stdin=f"{PASSWORD}\n")
    assert status == 0
    assert f"p_{NIP}" in said
    assert "hostssl" in said
    assert PASSWORD not in said
    again, _ = wfhctl("install", *arguments, stdin=f"{PASSWORD}\n")
    assert again == 0
    with psycopg.connect(server.dsn(name, f"p_{NIP}")) as connection:
        rows = connection.execute("SELECT name FROM app.unit").fetchall()
        assert rows == [("Pemda Contoh",)]
        assert connection.execute("SELECT count(*) FROM app.mandate").fetchone() == (1,)
    with psycopg.connect(server.dsn()) as connection:
        kept = connection.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = %s", [f"p_{NIP}"]
        ).fetchone()[0]
        assert kept.startswith("SCRAM-SHA-256$")


def test_a_bad_password_or_number_installs_no_administrator(wfhctl, name):
    who = ["--admin-nip", NIP, "--admin-name", "Pegawai 1", "--unit", "Pemda Contoh"]
    status, said = wfhctl("install", "--database", name, *who, "--password-stdin", stdin="x\n")
    assert status == 2
    assert "12" in said


def test_the_check_tells_what_is_wrong(region, wfhctl):
    status, said = wfhctl("check", "--database", region.name)
    assert status == 1  # a server of tests saves itself the trouble of writing to the disk
    assert "fsync = off" in said
    assert "trust" in said
    assert "Hak berbeda" not in said
    with region.superuser() as connection:
        connection.execute("GRANT DELETE ON app.rank TO k_user")
    _, said = wfhctl("check", "--database", region.name)
    assert "Hak berbeda" in said
    assert "DELETE" in said


def test_migrating_copies_first_and_puts_the_rights_right(region, wfhctl, tmp_path):
    with region.superuser() as connection:
        connection.execute("GRANT DELETE ON app.rank TO k_user")
    _, said = wfhctl("migrate", "--database", region.name, "--backup", tmp_path)
    assert list(tmp_path.glob("*.dump"))
    assert "Hak berbeda" not in said


def test_what_is_restored_is_the_same_in_every_table_and_every_right(
    server, region, wfhctl, name, tmp_path
):
    with region.connect(region.secretary_a) as connection:  # so that the trace is in it too
        connection.execute(
            "UPDATE conduct_event SET reason = 'lain', version = version + 1 WHERE unit_id = 4"
        )
    status, said = wfhctl("backup", tmp_path, "--database", region.name)
    assert status == 0, said
    (file,) = tmp_path.glob("*.dump")
    assert file.stat().st_mode & 0o077 == 0
    _, said = wfhctl("restore", file, "--database", name)
    assert "sama dengan salinannya" in said, said
    assert "Hak berbeda" not in said
    engines = [create_engine(url, poolclass=NullPool) for url in (server.url(name), region.url())]
    with engines[0].connect() as restored, engines[1].connect() as original:
        assert dumping.counted(restored) == dumping.counted(original)
        assert catalog.differences(restored) == []
        run(original, "UPDATE app.rank SET decree = 'x' WHERE id = 1")
        assert dumping.counted(restored) != dumping.counted(original)  # it would tell
    copy = regions.Region(server, name)
    with copy.connect(copy.head_a) as connection:
        assert connection.execute("SELECT DISTINCT unit_id FROM day_entry").fetchall() == [
            (2,),
            (4,),
        ]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TEMP TABLE t (i int)")
    refused, said = wfhctl("restore", file, "--database", name)
    assert refused == 2
    assert "sudah ada" in said


def test_a_copy_of_another_version_is_refused(wfhctl, tmp_path):
    file = tmp_path / "lama.dump"
    file.write_bytes(b"")
    file.with_suffix(".json").write_text(json.dumps({"schema": "0001", "tables": {}}))
    status, said = wfhctl("restore", file, "--database", "lain")
    assert status == 2
    assert "0001" in said


def test_a_database_of_another_installation_is_told(region, wfhctl):
    _, said = wfhctl("check", "--database", region.name)
    assert "region_template" in said


def test_only_the_superuser_installs(server, region, capsys):
    url = (
        server.url(user=region.head_a)
        .replace("+psycopg", "")
        .replace("/postgres", f"/{region.name}")
    )
    assert cli.main(["server", "install", "--admin-url", url, "--database", "lain"]) == 2
    assert "superuser" in capsys.readouterr().err


def test_a_password_in_the_address_is_refused(capsys):
    url = "postgresql://postgres:rahasia@127.0.0.1/postgres"
    assert cli.main(["server", "check", "--admin-url", url]) == 2
    said = capsys.readouterr()
    assert "rahasia" not in said.out + said.err
