"""wfhctl move and export."""

import csv
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.moving import office
from wfh_desktop import cli
from wfh_desktop.persistence.moving.rows import shapes


@pytest.fixture
def run(capsys):
    def command(*arguments):
        status = cli.main([str(one) for one in arguments])
        return status, *capsys.readouterr()

    return command


def test_a_move_tells_every_table_and_can_be_checked_later(run, file, place, tmp_path):
    status, out, _ = run("move", file, place, "--report", tmp_path / "laporan.txt")
    assert status == 0
    assert "Semua 39 tabel sama" in out
    assert "buat akun pegawai" in out
    text = (tmp_path / "laporan.txt").read_text(encoding="utf-8")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert f"SHA-256 berkas asal, sama sebelum dan sesudah: {digest}" in text
    assert all(f"\n{shape.name} " in text for shape in shapes())
    assert run("move", file, place, "--check")[0] == 0
    office.change(file, "UPDATE unit SET code = '9' WHERE id = 2")
    status, out, _ = run("move", file, place, "--check")
    assert status == 1
    assert "TIDAK SAMA" in out
    assert "BERBEDA" in out


def test_a_refusal_is_a_sentence(run, file, tmp_path):
    status, _, err = run("move", file, tmp_path / "lain.db")
    assert status == 2
    assert err.startswith("Pemindahan selalu antara berkas SQLite dan server PostgreSQL")


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL")
def test_a_move_that_is_killed_goes_on(file, place, compare):
    command = [sys.executable, "-m", "wfh_desktop.cli", "move", str(file), place]
    for seconds in (0.7, 1.1, 1.6):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert "tabel sama" in done.stdout
    assert compare(file, place).same


def cells(path):
    """Read a CSV strictly: text has quotation marks, nothing else has, and empty means unknown."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def test_everything_is_exported_and_can_be_read_back(run, file, tmp_path):
    folder = tmp_path / "keluar"
    before = file.read_bytes()
    status, out, _ = run("--db", file, "export", folder)
    assert (status, file.read_bytes()) == (0, before)
    assert str(folder) in out
    names = {path.name for path in folder.iterdir()}
    assert names == {f"{one.name}.csv" for one in shapes()} | {
        "BACA SAYA.txt",
        "SHA256SUMS",
        "berkas",
    }
    connection = sqlite3.connect(file)
    for shape in shapes():
        header, *rows = cells(folder / f"{shape.name}.csv")
        assert tuple(header) == shape.columns
        query = f"SELECT {', '.join(shape.columns)} FROM {shape.name} ORDER BY {shape.key}"
        for row, stored in zip(rows, connection.execute(query), strict=True):
            for cell, value in zip(row, stored, strict=True):
                if isinstance(value, bytes):
                    assert (folder / cell).read_bytes() == value
                else:
                    assert cell.removeprefix("'") == ("" if value is None else str(value))
    connection.close()
    amounts = (folder / "ceiling.csv").read_text(encoding="utf-8")
    assert '"12345678901234567890.123456789012345600"' in amounts
    assert '"-0.50"' in amounts


def test_the_sums_are_those_of_the_files(run, file, tmp_path):
    folder = tmp_path / "keluar"
    run("--db", file, "export", folder)
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    there = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert listed == there


def test_no_text_becomes_a_formula_and_what_is_unknown_is_not_empty(run, file, tmp_path):
    office.change(file, "UPDATE unit SET name = '=1+1', code = '' WHERE id = 2")
    folder = tmp_path / "keluar"
    run("--db", file, "export", folder)
    line = (folder / "unit.csv").read_bytes().decode().split("\r\n")[2]
    assert '"\'=1+1"' in line
    assert ',"",' in line
    assert line.endswith(",")


def test_a_folder_with_something_in_it_is_left_alone(run, file, tmp_path):
    status, _, err = run("--db", file, "export", tmp_path)
    assert status == 2
    assert "sudah berisi berkas" in err
