"""After a crash, a loss or damage nothing is guessed: it is looked at, said, and put right."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.keeping.office import ACTOR, save
from tests.keeping.test_backup import damage, rows
from wfh_desktop import words
from wfh_desktop.domain.backups import Reason
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.persistence import backup, opening
from wfh_desktop.persistence.backup import checking, rescue
from wfh_desktop.persistence.opening import open_database

DIE = """
import os, sys
from wfh_desktop.persistence.opening import open_database
open_database(sys.argv[1])
os._exit(9)
"""


@pytest.fixture
def url(file):
    return f"sqlite:///{file}"


@pytest.fixture
def looked(monkeypatch):
    seen = []
    original = checking.quick_check
    monkeypatch.setattr(checking, "quick_check", lambda path: seen.append(path) or original(path))
    return seen


def refused(url):
    with pytest.raises(Unreadable) as refusal:
        open_database(url)
    assert "wfh.db" in words.explain(refusal.value)
    return refusal.value


def die_with(url):
    done = subprocess.run([sys.executable, "-c", DIE, url], check=False)
    assert done.returncode == 9


def test_the_pages_are_looked_at_only_after_a_close_that_was_none(url, looked):
    open_database(url).close()
    open_database(url).close()
    assert looked == []
    die_with(url)
    open_database(url).close()
    assert len(looked) == 1
    open_database(url).close()
    assert len(looked) == 1


def damage_a_leaf(file):
    """Spoil a page that opening alone never reads."""
    with closing(sqlite3.connect(file)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'audit_entry'"
        ).fetchone()[0]
    damage(file, (page - 1) * size)


def test_damage_after_a_crash_is_found_and_the_newest_good_backup_offered(url, file, office):
    made = backup.make(office, backup.folder_of(file), Reason.DAILY)
    office.engine.dispose()
    die_with(url)
    damage_a_leaf(file)
    before = file.read_bytes()
    for _ in range(2):  # the second try does not overlook it either
        refusal = refused(url)
        assert refusal.code == "database_damaged_with_backup"
        assert made.path.name in words.explain(refusal)
    assert file.read_bytes() == before


def test_without_the_look_the_damage_would_be_worked_on(url, file, monkeypatch):
    """The control: the same file opens if nobody looks."""
    die_with(url)
    damage_a_leaf(file)
    monkeypatch.setattr(checking, "quick_check", lambda path: True)
    open_database(url).close()


def test_the_newest_backup_that_passes_is_put_in_place_and_work_goes_on(url, file, office):
    folder = backup.folder_of(file)
    good = backup.make(office, folder, Reason.DAILY)
    office.perform(ACTOR, lambda work: save(work, 1))
    worse = backup.make(office, folder, Reason.DAILY)
    office.engine.dispose()
    damage(worse.path)
    damage(file)
    spoiled = file.read_bytes()
    assert rescue.rescue(file).path == good.path
    assert rows(file) == rows(good.path)
    (aside,) = file.parent.glob("wfh-diganti-*.db")
    assert aside.read_bytes() == spoiled
    opened = open_database(url)
    opened.database.perform(ACTOR, lambda work: save(work, 2))
    opened.close()


def test_damage_that_shows_at_once_offers_the_backup_too(url, file, office):
    backup.make(office, backup.folder_of(file), Reason.DAILY)
    office.engine.dispose()
    file.write_bytes(b"not a database, but long enough to look like one" * 99)
    assert refused(url).code == "database_damaged_with_backup"
    shutil.rmtree(backup.folder_of(file))
    assert refused(url).code == "database_damaged"


@pytest.mark.parametrize("empty", [False, True])
def test_a_lost_file_is_never_replaced_by_an_empty_one(url, file, office, empty):
    backup.make(office, backup.folder_of(file), Reason.DAILY)
    office.engine.dispose()
    file.unlink()
    if empty:
        file.touch()
    assert refused(url).code == "database_lost_with_backup"
    assert not file.exists() or file.stat().st_size == 0
    rescue.rescue(file)
    assert checking.check(file).state == "baik"


def test_without_any_good_backup_nothing_is_put_in_place(file, office):
    made = backup.make(office, backup.folder_of(file), Reason.DAILY)
    office.engine.dispose()
    damage(made.path)
    damage(file)
    before = file.read_bytes()
    with pytest.raises(Unreadable, match="no_backup"):
        rescue.rescue(file)
    assert file.read_bytes() == before


def test_a_file_that_is_open_is_not_restored_over(url, file, office):
    backup.make(office, backup.folder_of(file), Reason.DAILY)
    office.engine.dispose()
    opened = open_database(url)
    with pytest.raises(Unreadable, match="database_in_use"):
        rescue.rescue(file)
    opened.close()


def test_a_database_in_a_dangerous_place_is_not_even_created(tmp_path):
    path = tmp_path / "Dropbox" / "wfh.db"
    with pytest.raises(Unreadable, match="place_synced"):
        open_database(f"sqlite:///{path}")
    assert not path.parent.exists()


def test_opening_a_new_file_asks_nothing(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path}/new/wfh.db")
    opened.close()
    assert (tmp_path / "new" / "wfh.db.lock").stat().st_size == 0


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_the_mark_is_on_the_disk_before_anything_is_written(url, file, monkeypatch):
    seen = []
    monkeypatch.setattr(
        opening, "_bring_up_to_date", lambda *_: seen.append(rescue.lock_of(file).stat().st_size)
    )
    open_database(url).close()
    assert seen == [5]
