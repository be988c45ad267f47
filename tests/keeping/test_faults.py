"""A disk that fails is said in a sentence, and leaves everything as it was."""

import os
import sqlite3
from unittest import mock

import pytest

from tests.keeping import faults
from tests.keeping.disks import Fault, disk, library
from tests.keeping.office import ACTOR, save, saved
from wfh_desktop import words
from wfh_desktop.domain.errors import Refusal, Unwritable
from wfh_desktop.persistence import connecting, files
from wfh_desktop.persistence.database import Database

needs_vfs = pytest.mark.skipif(library() is None, reason="needs the SQLite of Python as a library")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process of its own")
SENTENCES = {
    Fault.FULL: "Disk penuh",
    Fault.BROKEN: "Disk melaporkan kesalahan",
    Fault.FORBIDDEN: "tidak boleh ditulisi",
}


@needs_vfs
def test_a_save_that_fails_at_any_step_leaves_all_or_nothing(file):
    faults.REACHED.clear()
    assert {
        str(point): wrong for point in faults.ALL if (wrong := faults.saving(file, *point))
    } == {}


@needs_vfs
def test_the_points_are_really_reached(file):
    """The control of the points themselves: none lies beyond what a save does."""
    faults.REACHED.clear()
    for fault, at in dict(faults.ALL).items():
        faults.saving(file, fault, at)
    assert set(faults.REACHED.elements()) >= {Fault.FULL, Fault.BROKEN, Fault.HELD}


@needs_vfs
@pytest.mark.parametrize(("fault", "sentence"), SENTENCES.items())
def test_what_the_disk_did_is_said_in_a_sentence(file, fault, sentence):
    with disk() as shim:
        database = Database(f"sqlite:///{file}")
        shim.arm(fault, 1)
        with pytest.raises(Refusal) as refusal:
            database.perform(ACTOR, save)
        shim.disarm()
        database.engine.dispose()
    assert sentence in words.explain(refusal.value)
    assert saved(file) == (0, "")


@needs_vfs
def test_a_lock_held_for_a_moment_is_waited_for(file):
    with disk() as shim:
        database = Database(f"sqlite:///{file}")
        shim.arm(Fault.HELD, 1)
        database.perform(ACTOR, save)
        assert shim.failed == 3
        database.engine.dispose()
    assert saved(file) == (1, "")


@needs_vfs
def test_without_a_journal_a_failing_disk_is_caught(file):
    """The control: the same faults, without what SQLite keeps to take a save back."""
    careless = tuple(pragma.replace("TRUNCATE", "OFF") for pragma in connecting.PRAGMAS)
    found = set()
    with mock.patch.object(connecting, "PRAGMAS", careless):
        for at in range(2, 12):
            try:
                found.add(faults.saving(file, Fault.FULL, at))
            except (sqlite3.DatabaseError, Refusal, ValueError, AssertionError):
                found.add("corrupt")
            except Exception:  # whatever a half-written file makes of it
                found.add("corrupt")
            if found != {""}:
                break
    assert found != {""}


@needs_vfs
def test_a_backup_that_fails_at_any_step_leaves_only_whole_files(file):
    points = [*faults.points(Fault.FULL, 5, 100), *faults.points(Fault.BROKEN, 5, 100)]
    assert {str(one): wrong for one in points if (wrong := faults.backing_up(file, *one))} == {}


@needs_vfs
def test_an_import_that_fails_at_any_step_takes_over_all_or_nothing(file):
    points = [*faults.points(Fault.FULL, 6, 240), *faults.points(Fault.BROKEN, 6, 240)]
    assert {str(one): wrong for one in points if (wrong := faults.importing(file, *one))} == {}


@needs_fork
@pytest.mark.parametrize("room", [0, 4, 4096, 65_536, 99_999, 100_000])
def test_a_paper_for_which_there_is_no_room_leaves_the_former_one(tmp_path, room):
    assert faults.writing_a_paper(tmp_path, 100_000, room) == ""


@needs_fork
def test_writing_over_the_former_paper_is_caught(tmp_path, monkeypatch):
    """The control: the usual way to write a file."""

    def careless(content, path):
        try:
            path.write_bytes(content)
        except OSError as error:
            raise Unwritable("full", path.name) from error
        return path

    (tmp_path / "daftar.pdf").write_bytes(b"lama")
    monkeypatch.setattr(files, "save", careless)
    assert faults.writing_a_paper(tmp_path, 100_000, 4096) == "neither before nor after"
