"""The database of every release opens with today's program, and nothing in it is lost.

An upgrade leaves the old file or the new one, never something between, wherever it is killed.
"""

import lzma
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

from tests.keeping.disks import Fault, disk, library
from wfh_desktop import words
from wfh_desktop.domain.errors import Refusal
from wfh_desktop.persistence import backup, guards, schema
from wfh_desktop.persistence.backup import checking
from wfh_desktop.persistence.opening import open_database

DATABASES = Path(__file__).parents[1] / "fixtures" / "databases"
RELEASES = sorted(path.name.partition(".")[0] for path in DATABASES.glob("*.db.xz"))
# What upgrades are meant to change: everything else is as it was, in every column there was.
CHANGED = {"alembic_version"}
NEW_ROWS = {"installation": 1, "change": 1}  # in tables that the release did not have
KILLS = 4

OPEN = """
import sys
from wfh_desktop.persistence import schema
from wfh_desktop.persistence.opening import open_database
import alembic.command
print("go", flush=True)
opened = open_database(sys.argv[1])
print("done", flush=True)
opened.close()
"""


@pytest.fixture(params=RELEASES)
def old(request, tmp_path):
    """The file of a release, as it lay on a disk when that release was in use."""
    path = tmp_path / "wfh.db"
    path.write_bytes(lzma.decompress((DATABASES / f"{request.param}.db.xz").read_bytes()))
    return path


def content(path, like=None):
    """Return the rows of every table; with *like* only its tables, and only their columns."""
    with closing(sqlite3.connect(path)) as connection:
        columns = like or {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall()
        }
        found = {}
        for table, names in columns.items():
            wanted = ", ".join(f'"{name}"' for name in names)
            rows = connection.execute(f"SELECT {wanted} FROM {table}")
            found[table] = sorted(rows.fetchall(), key=repr)
    return columns, found


def test_there_is_a_database_of_every_schema_that_was_in_use():
    assert schema.revisions()[:-1] == RELEASES


def test_every_row_of_every_release_is_there_after_the_upgrade(old):
    columns, before = content(old)
    assert sum(map(len, before.values())) > 1_000
    open_database(f"sqlite:///{old}").close()
    _, after = content(old, columns)
    different = {table for table in before if before[table] != after[table]}
    assert different == CHANGED
    everything, rows = content(old)
    added = {table: len(rows[table]) for table in everything.keys() - before.keys()}
    assert {table: count for table, count in added.items() if count} == NEW_ROWS
    assert checking.check(old).state == "baik"


def rebuild_parents(engine):
    """Rebuild every table that others refer to, as a migration of a column's type does."""
    with engine.begin() as connection:
        guards.remove(connection)
        operations = Operations(MigrationContext.configure(connection))
        for parent in ("unit", "employee", "recommendation", "task", "work_report"):
            with operations.batch_alter_table(parent, recreate="always"):
                pass
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []


def test_children_of_rebuilt_tables_are_left_alone(old):
    _, before = content(old)
    rebuild_parents(schema._unchecked(create_engine(f"sqlite:///{old}", poolclass=NullPool)))
    assert content(old)[1] == before


def test_rebuilding_tables_with_references_on_would_harm_them(old):
    """The control: what batch operations do when nobody switches references off."""
    careless = schema._unchecked(create_engine(f"sqlite:///{old}", poolclass=NullPool))

    @event.listens_for(careless, "connect")
    def connect(connection, _):
        connection.execute("PRAGMA foreign_keys = ON")

    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        rebuild_parents(careless)


def test_a_checked_backup_of_the_old_file_is_made_first(old):
    _, before = content(old)
    open_database(f"sqlite:///{old}").close()
    (made,) = backup.listing(backup.folder_of(old))
    assert (made.why, made.note.state) == ("pembaruan", "baik")
    assert content(made.path)[1] == before


def test_a_backup_of_an_old_release_can_be_restored_and_upgraded_again(old):
    _, before = content(old)
    open_database(f"sqlite:///{old}").close()
    (made,) = backup.listing(backup.folder_of(old))
    backup.restore(made.path, old)
    assert content(old)[1] == before
    assert backup.trial(backup.folder_of(old), "wfh") == "baik"


def test_a_damaged_old_file_is_not_upgraded(old):
    with old.open("r+b") as file:
        file.seek(40 * 4096)
        file.write(b"\xff" * 4096 * 3)
    before = old.read_bytes()
    with pytest.raises(Refusal) as refusal:
        open_database(f"sqlite:///{old}")
    assert "rusak" in words.explain(refusal.value)
    assert old.read_bytes() == before


def test_a_newer_database_is_refused_byte_for_byte(old):
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = old.read_bytes()
    with pytest.raises(Refusal) as refusal:
        open_database(f"sqlite:///{old}")
    assert "lebih baru" in words.explain(refusal.value)
    assert old.read_bytes() == before
    assert not backup.folder_of(old).exists()


# killed in the middle


def version(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def half(path):
    """Tell whether the file is neither the old one nor the new one."""
    with closing(sqlite3.connect(path)) as connection:
        upgraded = {"change", "seal", "account"} <= {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master")
        }
    return upgraded != (version(path) == schema.revisions()[-1])


def die(*_):
    os._exit(9)


def upgrade_and_die(path, monkeypatch):
    """Open *path* in a process that dies when all tables are rebuilt and nothing is committed."""
    pid = os.fork()
    if pid == 0:
        monkeypatch.setattr(guards, "renew", die)
        try:
            open_database(f"sqlite:///{path}")
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that dies")
def test_an_upgrade_killed_before_its_commit_leaves_the_old_file(old, monkeypatch):
    columns, before = content(old)
    upgrade_and_die(old, monkeypatch)
    assert content(old, columns)[1] == before
    assert not half(old)
    open_database(f"sqlite:///{old}").close()
    assert version(old) == schema.revisions()[-1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that dies")
def test_without_one_transaction_it_would_leave_half_an_upgrade(old, monkeypatch):
    """The control: each statement of the migration on its own."""
    original = schema._unchecked

    def careless(engine):
        alone = original(engine)

        @event.listens_for(alone, "begin")
        def begin(connection):
            connection.exec_driver_sql("COMMIT")

        return alone

    monkeypatch.setattr(schema, "_unchecked", careless)
    upgrade_and_die(old, monkeypatch)
    with closing(sqlite3.connect(old)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert "installation" in names  # made, although the upgrade never ended


def kill_while_opening(path, seconds):
    """Open *path* in a process of its own and kill it after *seconds*; return whether in time."""
    process = subprocess.Popen(
        [sys.executable, "-c", OPEN, f"sqlite:///{path}"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "go\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    out, _ = process.communicate()
    return "done" not in out


def upgrades_killed(path, count):
    """Kill *count* upgrades at random moments; return how many were still going on.

    Whatever is wrong fails an assertion.
    """
    chance, in_time = random.Random(13), 0
    for number in range(count):
        name = RELEASES[number % len(RELEASES)]
        path.write_bytes(lzma.decompress((DATABASES / f"{name}.db.xz").read_bytes()))
        columns, before = content(path)
        in_time += kill_while_opening(path, chance.uniform(0.02, 0.3))
        assert not half(path)
        open_database(f"sqlite:///{path}").close()
        after = content(path, columns)[1]
        assert {table for table in before if before[table] != after[table]} == CHANGED
    return in_time


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_an_upgrade_killed_anywhere_leaves_the_old_file_or_the_new_one(tmp_path):
    assert upgrades_killed(tmp_path / "wfh.db", KILLS)


# a disk that is full


@pytest.mark.skipif(library() is None, reason="needs the SQLite of Python as a library")
@pytest.mark.parametrize("fault", [Fault.FULL, Fault.BROKEN])
def test_an_upgrade_that_runs_out_of_disk_leaves_the_old_file_and_says_so(old, fault):
    columns, before = content(old)
    steps, refused = [1, 40, 150, 300, 500, 800], 0
    for at in steps:
        with disk() as shim:
            shim.arm(fault, at)
            try:
                open_database(f"sqlite:///{old}").close()
            except Refusal as refusal:
                refused += bool(words.explain(refusal))
        if version(old) == schema.revisions()[-1]:
            break
        assert content(old, columns)[1] == before
        assert not list(backup.folder_of(old).glob(".*.tmp"))
    assert refused >= 3
    open_database(f"sqlite:///{old}").close()
    after = content(old, columns)[1]
    assert {table for table in before if before[table] != after[table]} == CHANGED
