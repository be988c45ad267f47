"""Backups from the command line."""

import sqlite3
from contextlib import closing

import pytest

from tests.keeping.test_backup import damage, rows
from wfh_desktop import cli
from wfh_desktop.persistence import backup, pin


@pytest.fixture
def run(file, capsys):
    def run(*words):
        status = cli.main(["--db", str(file), "backup", *map(str, words)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_a_backup_is_made_listed_checked_and_restored(run, file):
    assert run("list")[1] == "Belum ada cadangan dari wfh.db.\n"
    assert run("make")[0] == 0
    (made,) = backup.listing(backup.folder_of(file))
    assert made.path.name in run("list")[1]
    assert run("check")[0] == 0
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE unit SET name = 'Lain'")
        connection.commit()
    status, said, _ = run("restore", made.path.name)
    assert status == 0
    assert "disimpan sebagai wfh-diganti-" in said
    assert rows(file) == rows(made.path)


def test_a_damaged_backup_is_found_and_not_restored(run, file):
    run("make")
    (made,) = backup.listing(backup.folder_of(file))
    damage(made.path)
    status, said, _ = run("check", made.path.name)
    assert status == 1
    assert "rusak" in said
    before = rows(file)
    status, _, error = run("restore", made.path)
    assert status == 2
    assert "rusak" in error
    assert rows(file) == before


def test_a_copy_goes_to_the_second_place_and_from_then_on_by_itself(run, file, tmp_path):
    (tmp_path / "usb").mkdir()
    assert "1 cadangan" in run("make", "--second", tmp_path / "usb")[1]
    assert "1 cadangan" in run("make")[1]
    (tmp_path / "usb").rename(tmp_path / "away")
    assert run("make")[0] == 0
    status, _, error = run("make", "--second", tmp_path / "usb")
    assert status == 2
    assert "tidak ditemukan" in error


def test_what_is_asked_of_nothing_is_refused(run, file, capsys):
    assert run("check")[0] == 2
    assert run("restore", "wfh-tidak-ada.db")[0] == 2
    assert cli.main(["backup", "list"]) == 2
    assert cli.main(["--db", "postgresql+psycopg://server/x", "backup", "list"]) == 2
    assert "dibuat di server" in capsys.readouterr().err


def test_a_file_with_a_pin_is_not_opened_without_it(run, file):
    pin.change(file, "Kopi 27")
    status, _, error = run("make")
    assert status == 2
    assert "PIN" in error
