"""Files that mean harm are read or refused, soon, with little memory, and change nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource")  # memory is counted where the system tells it

from tests.conftest import real
from tests.safety import imports
from wfh_desktop import words
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers import limits

PROGRAM = Path(imports.__file__)
SLOWEST, LARGEST = 10, 512  # seconds and MB for one file
READABLE = {"names that climb out"}  # its list is sound; the names in it lead nowhere


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What became of each bomb, read by a process of its own."""
    folder = tmp_path_factory.mktemp("bombs")
    subprocess.run([sys.executable, PROGRAM, "write", folder], check=True)
    done = subprocess.run(
        [sys.executable, PROGRAM, "measure", folder], check=True, capture_output=True, cwd=folder
    )
    there = {path.name for path in folder.iterdir()}
    assert len(there) == len(json.loads(done.stdout))  # nothing else was written
    return {row["name"]: row for row in json.loads(done.stdout)}


def test_twenty_bombs_and_more_are_refused_and_none_is_missed(outcomes):
    assert len(outcomes) >= 20
    read = {name for name, row in outcomes.items() if row["outcome"] == "read"}
    assert read == READABLE
    assert all(row["outcome"] in {*words.UNREADABLE, "read"} for row in outcomes.values())


def test_none_takes_long_or_much_memory(outcomes):
    assert {name: row for name, row in outcomes.items() if row["seconds"] > SLOWEST} == {}
    assert max(max(row["own"], row["parser"]) for row in outcomes.values()) < LARGEST


def test_a_bomb_is_small_as_a_file(outcomes):
    assert all(row["kilobytes"] <= limits.FILE_SIZE // 1024 for row in outcomes.values())


def test_without_the_limits_a_bomb_would_go_off(monkeypatch):
    """Only the check of the ratio stands between a small file and a large cell."""
    monkeypatch.setattr(limits, "RATIO", 10**9)
    content = dict(imports.bombs())["one long word"]
    limits.check_workbook(content)
    monkeypatch.undo()
    with pytest.raises(Unreadable, match="bomb"):
        limits.check_workbook(content)


def test_the_limits_are_those_that_were_decided():
    """A list of 200 000 rows has to be read; nothing larger is a list of people or scans."""
    assert limits.FILE_SIZE == 20 << 20
    assert (limits.ENTRIES, limits.UNPACKED, limits.RATIO) == (300, 160 << 20, 200)
    assert (limits.ROWS, limits.COLUMNS, limits.CELLS) == (200_000, 512, 3_000_000)
    assert (limits.SECONDS, limits.MEMORY) == (30, 576 << 20)


def test_real_files_stay_far_below_the_limits():
    pages = real("1_absensi/manado_html_kel_paal_empat_2022-07.xls")
    assert pages.read_bytes().count(b"<") < limits.MARKS / 20


def test_every_use_of_a_file_goes_through_the_readers():
    """No other part of the program parses workbooks, pages or packed files of others."""
    package = Path(limits.__file__).parents[1]
    parsers = ("python_calamine", "openpyxl", "import lxml", "from lxml", "zipfile", "import xlrd")
    outside = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "readers" not in path.parts
        and any(word in path.read_text(encoding="utf-8") for word in parsers)
    }
    assert outside == set()
