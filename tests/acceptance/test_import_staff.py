"""Staff lists of real offices, and hostile ones, from the file to the people of a month."""

from collections import Counter
from datetime import date

import openpyxl
import pytest
from sqlalchemy import inspect

from wfh_desktop import cli, readers
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.domain.people import EVERYTHING, Actor, Level
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import Base
from wfh_desktop.persistence.opening import open_database
from wfh_desktop.services import people, staff_import, units
from wfh_desktop.services.staff_import import Answer, Assignment, Choices, Take, Verdict
from wfh_desktop.services.units import UnitDraft

from ..conftest import real

START = date(2026, 1, 1)
SEPTEMBER = Period(2026, 9)


@pytest.fixture
def city(work):
    return units.create(work, UnitDraft("Pemerintah Kota Contoh", None, START))


def run(work, path, choices):
    content = path.read_bytes()
    reading = readers.read(path)
    shown = staff_import.preview(work, reading, choices, content)
    return shown, staff_import.apply(
        work, reading, choices, name=path.name, content=content, seen=shown.digest
    )


def test_a_city_of_4168_people_comes_in_whole_and_stays_the_same(work, city):
    path = real("3_pegawai", "bjm_asn_september_2025.xlsx")
    choices = Choices(city, START, Assignment.BY_FILE, create_units=True)
    _, done = run(work, path, choices)
    assert (done.added, done.left_out) == (4168, 0)
    roster = people.roster(work, city, SEPTEMBER)
    assert len(roster) == 4168
    levels = [tuple(Level).index(row.level) for row in roster]
    assert levels == sorted(levels)
    assert Counter(row.level for row in roster)[Level.FUNGSIONAL] == 2637
    again = staff_import.preview(work, readers.read(path), choices)
    assert again.count(Verdict.SAME) == 4168


def test_lists_of_the_same_people_complete_each_other(work, city):
    first = real("3_pegawai", "bjm_PPPK.xlsx")
    second = real("3_pegawai", "bjm_PPPK_jabatan.xlsx")
    choices = Choices(city, START)
    _, done = run(work, first, choices)
    assert done.added == len(people.roster(work, city, SEPTEMBER)) == 2142
    shown = staff_import.preview(work, readers.read(second), choices)
    assert shown.count(Verdict.NEW, Verdict.QUESTION) == 0
    _, done = run(work, second, choices)
    assert done.changed == len(shown.rows)
    roster = people.roster(work, city, SEPTEMBER)
    assert len(roster) == 2142
    assert Counter(row.title != "" for row in roster)[True] == len(shown.rows)


def test_numbers_that_a_spreadsheet_rounded_are_all_asked_about(work, city):
    path = real("3_pegawai", "indag_pegawai_semicolon_bom.csv")
    reading = readers.read(path)
    shown = staff_import.preview(work, reading, Choices(city, START))
    assert {row.verdict for row in shown.rows} == {Verdict.QUESTION}
    answers = {row.number: Answer(Take.AS_IT_IS) for row in shown.rows}
    _, done = run(work, path, Choices(city, START, answers=answers))
    assert done.added == len(shown.rows) == 93
    assert {row.nip for row in people.roster(work, city, SEPTEMBER)} == {None}


def test_a_mixed_list_of_one_office_keeps_who_is_no_civil_servant_apart(work, city):
    path = real("3_pegawai", "dinsos_datapegawai_gabung.csv")
    shown, done = run(work, path, Choices(city, START))
    assert done.added + done.left_out + shown.count(Verdict.SAME) == len(shown.rows)
    for row in shown.rows:
        assert row.verdict in (Verdict.NEW, Verdict.QUESTION, Verdict.DOUBLE), row
        assert bool(row.questions) == (row.verdict is Verdict.QUESTION)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>A PHP Error was encountered</body></html>",
        b"PK\x03\x04 cut off",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"<<<<<<< HEAD\nNIP;NAMA\n=======\nNIP;NAMA\n>>>>>>> x\n",
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_stores_nothing(tmp_path, content):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        readers.read(path)
    database = prepared(tmp_path)
    command = ["--db", database, "import", "staff", str(path), "--unit", "x", "--apply"]
    assert cli.main(command) == 2


def prepared(folder):
    """Return the address of a database with all its tables."""
    url = f"sqlite:///{folder}/wfh.db"
    opened = open_database(url)
    if not inspect(opened.database.engine).has_table("unit"):
        Base.metadata.create_all(opened.database.engine)
    opened.close()
    return url


@pytest.fixture
def listed(tmp_path):
    """A small staff list as a spreadsheet."""
    book = openpyxl.Workbook()
    book.active.append(["NIP", "NAMA", "GOLONGAN", "JABATAN"])
    book.active.append(["198001012005011001", "Pegawai Satu, S.E.", "III/b", "Kepala Seksi Data"])
    book.active.append(["199001012025211003", "Pegawai Tiga", "IX", "Arsiparis Ahli Pertama"])
    book.active.append([198501012010012002, "Pegawai Dua", "III/a", "Pengolah Data"])
    path = tmp_path / "daftar.xlsx"
    book.save(path)
    return path


def test_the_command_line_shows_first_and_stores_on_request(tmp_path, listed, capsys):
    url = prepared(tmp_path)
    command = ["--db", url, "import", "staff", str(listed), "--unit", "Dinas Contoh"]
    assert cli.main(command) == 2
    assert "Tidak ada unit bernama Dinas Contoh" in capsys.readouterr().err
    command += ["--create-unit", "--valid-from", "2026-01-01"]
    assert not cli.main(command)
    shown = capsys.readouterr().out
    assert "3 baris, 2 baru, 1 perlu jawaban" in shown
    assert "NIP 198501012010012000 rusak" in shown
    assert "Belum disimpan" in shown
    assert names(url) == []
    assert not cli.main([*command, "--apply"])
    assert "2 pegawai baru, 0 berubah, 0 tetap sama, 1 baris dilewati" in capsys.readouterr().out
    assert names(url) == ["Pegawai Satu, S.E.", "Pegawai Tiga"]
    assert not cli.main([*command, "--without-nip", "--apply"])
    assert names(url) == ["Pegawai Satu, S.E.", "Pegawai Tiga", "Pegawai Dua"]


def test_the_command_line_asks_for_a_database(listed, capsys):
    assert cli.main(["import", "staff", str(listed), "--unit", "1"]) == 2
    assert "--db" in capsys.readouterr().err


def names(url):
    opened = open_database(url)
    try:
        with opened.database.work(Actor("Kepala", EVERYTHING)) as work:
            day = SEPTEMBER.last
            tops = [row.id for row in units.tree(work, day)]
            return [row.name for key in tops for row in people.roster(work, key, SEPTEMBER)]
    finally:
        opened.close()
