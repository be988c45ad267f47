"""Backups are whole, checked, kept as long as they may be needed, and can be restored."""

import os
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from tests.keeping.office import ACTOR, save
from wfh_desktop import words
from wfh_desktop.domain.backups import Reason, State
from wfh_desktop.domain.errors import Cancelled, Unreadable, Unwritable
from wfh_desktop.persistence import backup
from wfh_desktop.persistence.backup import checking, journal, making, second
from wfh_desktop.persistence.database import Database

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def folder(file):
    return backup.folder_of(file)


def rows(path):
    """Return everything that is in a file, as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def damage(path, offset=8192):
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(b"\xff" * 3000)


def test_a_backup_holds_every_row_and_says_why_it_was_made(office, file, folder):
    made = backup.make(office, folder, Reason.ASKED, now=NOW)
    assert made.path.name == "wfh-20261122-083000-diminta.db"
    assert rows(made.path) == rows(file)
    assert made.note.state is State.GOOD
    assert backup.listing(folder) == [made]


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_a_backup_is_nobody_elses_business(office, folder):
    made = backup.make(office, folder, Reason.ASKED)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600


def test_two_backups_of_one_second_are_two(office, folder):
    one, other = (backup.make(office, folder, Reason.ASKED, now=NOW) for _ in range(2))
    assert one.path != other.path
    assert len(backup.listing(folder)) == 2


def test_a_damaged_database_gives_no_backup_and_takes_none_away(office, file, folder):
    good = backup.make(office, folder, Reason.DAILY, now=NOW - 400 * DAY)
    office.engine.dispose()
    damage(file)
    with pytest.raises(Unreadable) as refusal:
        backup.make(office, folder, Reason.DAILY, now=NOW)
    assert "rusak" in words.explain(refusal.value)
    assert [one.path for one in backup.listing(folder)] == [good.path]
    assert not list(folder.glob(".*.tmp"))


def without_guards(file, statement):
    with closing(sqlite3.connect(file)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(statement)
        connection.commit()


CONTRADICTIONS = {
    "digest": "UPDATE recommendation SET digest = ''",
    "audit": "DELETE FROM audit_entry",
    "chain": "UPDATE change SET payload = replace(payload, '1', '2') WHERE tab = 'employee'",
    "papers": "UPDATE printed_paper SET content = x''",
    "content:imported_file": "UPDATE imported_file SET content = x'00'",
    "content:evidence": "UPDATE evidence SET content = x'00'",
    "version:employee": "UPDATE employee SET version = 0",
}


@pytest.mark.parametrize(("name", "statement"), CONTRADICTIONS.items())
def test_what_contradicts_itself_is_kept_but_marked(office, file, folder, name, statement):
    """`integrity_check` finds nothing in any of these."""
    for day in range(40):
        backup.make(office, folder, Reason.DAILY, now=NOW - day * DAY) if day in {0, 39} else None
    office.engine.dispose()
    without_guards(file, statement)
    made = backup.make(office, folder, Reason.ASKED, now=NOW + 400 * DAY)
    assert made.note.state is State.SUSPECT
    assert made.note.faults == (name,)
    assert len(backup.listing(folder)) == 3  # nothing was thinned out
    assert backup.newest_good(folder).path != made.path


def test_broken_references_are_damage(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE employee SET unit_id = 99 WHERE id = 1")
        connection.commit()
    assert checking.check(file).state is State.DAMAGED


def test_every_question_can_be_asked_of_todays_schema(file):
    with closing(sqlite3.connect(file)) as connection:
        tables = {n for (n,) in connection.execute("SELECT name FROM sqlite_master")}
    for question in checking.AGREES.values():
        assert checking._tables_of(question) <= tables


def test_old_backups_go_when_a_good_one_comes(office, folder):
    for day in range(60, 0, -1):
        backup.make(office, folder, Reason.DAILY, now=NOW - day * DAY) if day % 3 == 0 else None
    backup.make(office, folder, Reason.CLOSE, now=NOW)
    left = backup.listing(folder)
    assert len(left) < 21
    assert set(journal.read(folder).notes) == {one.path.name for one in left}


def test_a_backup_can_be_stopped_and_leaves_nothing(office, folder):
    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        backup.make(office, folder, Reason.ASKED, progress=stop)
    assert backup.listing(folder) == []
    assert not list(folder.glob(".*.tmp"))
    backup.make(office, folder, Reason.ASKED)  # the connection is as good as before


def test_checking_finds_what_changed_on_the_disk(office, folder):
    made = backup.make(office, folder, Reason.ASKED)
    assert backup.check(made).note.state is State.GOOD
    with made.path.open("r+b") as file:
        file.seek(60)  # the user version: SQLite sees nothing wrong with it
        file.write(b"\x01")
    assert backup.check(made).note.state is State.DAMAGED
    assert backup.newest_good(folder) is None


def test_a_lost_journal_loses_no_backup(office, folder):
    made = backup.make(office, folder, Reason.ASKED)
    (folder / journal.NAME).write_text("{half")
    (found,) = backup.listing(folder)
    assert found.path == made.path
    assert found.note.state is State.UNKNOWN
    assert backup.check(found).note.state is State.GOOD


def test_what_contradicts_itself_for_long_does_not_fill_the_disk(office, file, folder):
    good = backup.keep(office, now=NOW - 100 * DAY).made
    office.engine.dispose()
    without_guards(file, CONTRADICTIONS["audit"])
    for day in range(40):
        made = backup.keep(office, now=NOW + day * DAY).made
        assert made.note.state is State.SUSPECT
        assert backup.keep(office, now=NOW + day * DAY + timedelta(hours=1)).made is None
    left = backup.listing(folder)
    assert good.path in {one.path for one in left}
    assert len(left) < 30


def test_two_who_write_into_the_journal_at_once_lose_nothing(folder):
    folder.mkdir()
    names = [f"wfh-{number}" for number in range(40)]

    def note(some):
        for name in some:
            journal.change(folder, lambda book, name=name: book.noting(name, journal.Note()))

    threads = [threading.Thread(target=note, args=(names[start::2],)) for start in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(journal.read(folder).notes) == set(names)


# restore


def test_a_restored_file_is_what_was_backed_up_and_the_other_is_kept(office, file, folder):
    made = backup.make(office, folder, Reason.ASKED)
    office.perform(ACTOR, lambda work: save(work, 1))
    office.engine.dispose()
    before = rows(file)
    aside = backup.restore(made.path, file)
    assert rows(file) == rows(made.path)
    assert rows(aside) == before
    assert rows(file) != before


def test_a_damaged_backup_is_not_restored(office, file, folder):
    made = backup.make(office, folder, Reason.ASKED)
    office.engine.dispose()
    damage(made.path)
    before = file.read_bytes()
    with pytest.raises(Unreadable):
        backup.restore(made.path, file)
    assert file.read_bytes() == before
    assert {path.name for path in file.parent.iterdir()} == {file.name, folder.name}


def test_a_backup_of_a_newer_version_is_not_restored(file, tmp_path):
    newer = shutil.copyfile(file, tmp_path / "newer.db")
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(Unreadable, match="database_newer"):
        backup.restore(newer, file)
    assert file.read_bytes() == before


def test_an_empty_file_is_no_backup(file, tmp_path):
    (tmp_path / "empty.db").touch()
    with pytest.raises(Unreadable):
        backup.restore(tmp_path / "empty.db", file)
    with pytest.raises(Unreadable):
        backup.restore(tmp_path / "nothing.db", file)


def hot_journal(file):
    """Leave *file* as a killed process does: half a transaction in it, the journal beside it."""
    pid = os.fork()
    if pid == 0:
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE employee SET name = name || printf('%.*c', 3000, 'x')")
        connection.execute("UPDATE unit SET name = name || 'x'")
        os._exit(9)
    os.waitpid(pid, 0)
    assert file.with_name(f"{file.name}-journal").stat().st_size > 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that dies")
def test_a_journal_left_behind_does_not_ruin_the_restored_file(office, file, folder):
    made = backup.make(office, folder, Reason.ASKED)
    office.engine.dispose()
    before = rows(file)
    hot_journal(file)
    aside = backup.restore(made.path, file)
    assert rows(file) == rows(made.path)
    assert rows(aside) == before  # the half transaction was taken back first
    assert checking.check(file).state is State.GOOD


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that dies")
def test_without_setting_the_journal_aside_the_restored_file_would_be_ruined(office, file, folder):
    """The control: what a plain copy over the file does."""
    made = backup.make(office, folder, Reason.ASKED)
    office.perform(ACTOR, lambda work: save(work, 1))
    office.engine.dispose()
    hot_journal(file)
    shutil.copyfile(made.path, file)
    with closing(sqlite3.connect(file)) as connection:
        try:
            sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        except sqlite3.DatabaseError:
            sound = False
    assert not sound or rows(file) != rows(made.path)


def test_a_restore_that_cannot_write_leaves_the_database(office, file, folder, monkeypatch):
    made = backup.make(office, folder, Reason.ASKED)
    office.perform(ACTOR, lambda work: save(work, 1))
    office.engine.dispose()
    before = rows(file)

    def full(*_):
        raise OSError(28, "No space left on device")

    for name in ("shutil.copyfile", "os.fsync", "pathlib.Path.replace"):
        with monkeypatch.context() as patch:
            patch.setattr(name, full)
            with pytest.raises(Unwritable) as refusal:
                backup.restore(made.path, file)
        assert words.explain(refusal.value).startswith("Disk penuh")
        assert rows(file) == before


def test_the_trial_restores_elsewhere_and_is_noted(office, file, folder):
    backup.make(office, folder, Reason.DAILY)
    before = file.read_bytes()
    assert backup.trial(folder, "wfh", now=NOW) is State.GOOD
    assert file.read_bytes() == before
    book = journal.read(folder)
    assert (book.trial, book.trial_at) == (State.GOOD, NOW)


def test_a_trial_that_fails_is_noted_too(office, folder):
    made = backup.make(office, folder, Reason.DAILY)
    damage(made.path)
    assert backup.trial(folder, "wfh", now=NOW) is State.DAMAGED
    assert journal.read(folder).trial is State.DAMAGED


# the schedule


def test_one_backup_a_day_is_made_without_asking(office, folder):
    first = backup.keep(office, now=NOW).made
    assert backup.keep(office, now=NOW + timedelta(hours=23)).made is None
    assert backup.keep(office, now=NOW + timedelta(hours=25)).made.why is Reason.DAILY
    assert first.why is Reason.CLOSE  # the office has a locked month that nothing keeps yet


def test_a_clock_set_back_does_not_stop_backups(office):
    backup.keep(office, now=NOW + 900 * DAY)
    assert backup.keep(office, now=NOW).made is not None
    assert backup.keep(office, now=NOW + timedelta(hours=1)).made is None  # nor makes it many


def test_a_month_that_was_locked_is_backed_up_at_once(office, folder):
    backup.keep(office, now=datetime(2026, 9, 30, tzinfo=UTC))
    assert backup.due(office, folder, datetime(2026, 9, 30, 1, tzinfo=UTC)) is Reason.CLOSE
    backup.keep(office, now=NOW)
    assert backup.due(office, folder, NOW + timedelta(minutes=1)) is None


def test_before_an_import_an_unchanged_database_is_not_copied_twice(office, folder):
    backup.before(office, Reason.IMPORT)
    backup.before(office, Reason.IMPORT)
    assert len(backup.listing(folder)) == 1
    office.perform(ACTOR, lambda work: save(work, 1))
    backup.before(office, Reason.IMPORT)
    assert len(backup.listing(folder)) == 2


def test_every_month_a_backup_is_tried(office):
    assert backup.keep(office, now=NOW).tried is State.GOOD
    assert backup.keep(office, now=NOW + 2 * DAY).tried is None
    assert backup.keep(office, now=NOW + 31 * DAY).tried is State.GOOD


def test_a_server_and_a_database_in_memory_have_no_backups_here():
    memory = Database("sqlite://")
    assert backup.keep(memory, now=NOW) == backup.Kept()
    backup.before(memory, Reason.IMPORT)
    memory.engine.dispose()


# the second place


@pytest.fixture
def stick(tmp_path):
    place = tmp_path / "usb"
    place.mkdir()
    return place


def test_the_second_place_gets_a_copy_that_was_read_back(office, folder, stick):
    second.choose(folder, str(stick))
    kept = backup.keep(office, now=NOW)
    assert kept.sent == (kept.made.path.name,)
    copy = second.there(folder) / kept.made.path.name
    assert copy.read_bytes() == kept.made.path.read_bytes()
    assert second.send(folder, "wfh", now=NOW) == []


def test_a_second_place_that_was_away_gets_what_it_missed(office, folder, stick):
    second.choose(folder, str(stick))
    stick.rename(stick.with_name("away"))
    assert backup.keep(office, now=NOW).sent == ()
    stick.with_name("away").rename(stick)
    assert len(backup.keep(office, now=NOW + 2 * DAY).sent) == 2


def test_a_second_place_that_stays_away_is_asked_for_after_a_week(office, folder, stick):
    assert backup.keep(office, now=NOW).overdue is None
    assert backup.keep(office, now=NOW + 8 * DAY).overdue == 8  # none was chosen
    second.choose(folder, str(stick))
    assert backup.keep(office, now=NOW + 9 * DAY).overdue is None
    stick.rename(stick.with_name("away"))
    assert backup.keep(office, now=NOW + 17 * DAY).overdue == 8


def test_a_copy_that_differs_is_thrown_away(office, folder, stick, monkeypatch):
    second.choose(folder, str(stick))
    backup.make(office, folder, Reason.ASKED)
    monkeypatch.setattr(
        second.shutil, "copyfile", lambda one, other: other.write_bytes(one.read_bytes()[:-1])
    )
    with pytest.raises(Unwritable) as refusal:
        second.send(folder, "wfh")
    assert "berbeda" in words.explain(refusal.value)
    assert not list(second.there(folder).glob("*.db"))


def test_copies_of_others_in_the_second_place_are_left_alone(office, folder, stick):
    second.choose(folder, str(stick))
    second.there(folder).mkdir()
    other = second.there(folder) / "lain-20200101-000000-harian.db"
    other.write_bytes(b"x")
    backup.keep(office, now=NOW)
    assert other.exists()


# what the disk may do


def test_a_full_disk_is_said_before_it_is_filled(office, folder, monkeypatch):
    monkeypatch.setattr(making, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))
    with pytest.raises(Unwritable) as refusal:
        backup.make(office, folder, Reason.ASKED)
    assert words.explain(refusal.value).startswith("Disk penuh")


def test_a_folder_that_cannot_be_made_is_said(office, folder):
    folder.write_text("a file stands here")
    with pytest.raises(Unwritable) as refusal:
        backup.make(office, folder, Reason.ASKED)
    assert words.explain(refusal.value)
