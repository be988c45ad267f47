"""Nothing that was acknowledged is lost, whatever happens to the process or the power.

Each test has its control: a careless way, in which the same harness must find the loss.
"""

import os

import pytest

from tests.keeping import crashing
from tests.keeping.disks import library

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes to kill")
needs_vfs = pytest.mark.skipif(library() is None, reason="needs the SQLite of Python as a library")
WRONG = ("lost", "half", "corrupt", "references", "more than was asked")


def wrong(seen):
    return {name: seen[name] for name in WRONG if seen[name]}


@needs_fork
def test_a_hundred_kills_lose_nothing_and_leave_no_half(tmp_path):
    seen = crashing.kills(crashing.office(tmp_path), 100)
    assert wrong(seen) == {}
    assert seen["kills"] == 100
    assert seen["saves"] > 50
    assert seen["in the middle"] > 0


@needs_fork
def test_whoever_answers_before_saving_is_caught(tmp_path):
    assert crashing.kills(crashing.office(tmp_path), 12, "early")["lost"]


@needs_fork
def test_whoever_saves_in_two_steps_is_caught(tmp_path):
    assert crashing.kills(crashing.office(tmp_path), 12, "torn")["half"]


@needs_vfs
def test_three_hundred_power_cuts_lose_nothing(tmp_path):
    seen = crashing.power_cuts(tmp_path, 300)
    assert wrong(seen) == {}
    assert seen["kept"] == 300


@needs_vfs
def test_without_waiting_for_the_disk_a_power_cut_ruins_the_file(tmp_path):
    assert crashing.power_cuts(tmp_path, 25, synchronous="OFF")["corrupt"] >= 20


@needs_vfs
def test_write_ahead_with_half_the_waiting_loses_what_was_acknowledged(tmp_path):
    seen = crashing.power_cuts(tmp_path, 40, journal_mode="WAL", synchronous="NORMAL")
    assert seen["lost"]
    assert not seen["corrupt"]


def test_backups_under_full_load_are_all_good(tmp_path):
    seen = crashing.backups_under_load(tmp_path, 5)
    assert seen["good"] == seen["backups"] == 5
    assert seen["saves"] > 20
    assert not seen["slow"]


def test_copying_the_file_under_load_is_caught(tmp_path):
    seen = crashing.backups_under_load(tmp_path, 4, crashing.slow_copy)
    assert seen["good"] < 4
