"""wfhctl import attendance: preview, questions, storing."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.services import offices
from wfh_desktop import cli
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.persistence.models import DayEntry, Scan
from wfh_desktop.persistence.opening import open_database


@pytest.fixture
def url(tmp_path):
    """A database file with a unit of three people whom a machine knows."""
    url = f"sqlite:///{tmp_path}/presensi.db"
    opened = open_database(url)
    with opened.database.work(Actor("Kepala", EVERYTHING)) as work:
        offices.people(work, offices.office(work), 3, pins=True)
    opened.close()
    return url


def stored(url, kind):
    opened = open_database(url)
    try:
        with opened.database.work(Actor("Kepala", EVERYTHING)) as work:
            return [row.day for row in work.session.scalars(select(kind))]
    finally:
        opened.close()


@pytest.fixture
def attlog(tmp_path):
    def write(*lines):
        path = tmp_path / "1_attlog.dat"
        path.write_text("".join(f"{line}\t1\t0\t1\t0\n" for line in lines))
        return str(path)

    return write


@pytest.fixture
def matrix(tmp_path):
    def write(*people):
        days = "".join(f"<th>{code}<br>{day:02}</th>" for day, code in ((7, "Sn"), (8, "Sl")))
        rows = "".join(
            f"<tr><td>{number}</td><td>{name}</td><td>07:31 - 16:16</td><td>A</td></tr>"
            for number, name in enumerate(people, start=1)
        )
        path = tmp_path / "presensi.xls"
        path.write_text(
            "<table><tr><td>PERIODE</td><td>:</td><td>07-09-2026 s.d. 08-09-2026</td></tr></table>"
            f"<table><tr><th>NO</th><th>Nama Pegawai</th>{days}</tr>{rows}</table>"
        )
        return str(path)

    return write


def run(url, file, *more):
    where = ["--unit", "Unit Contoh", "--period", "2026-09"]
    return cli.main(["--db", url, "import", "attendance", file, *where, *more])


def test_a_preview_stores_nothing(url, attlog, capsys):
    file = attlog("1\t2026-09-07 07:31:00", "1\t2026-09-07 16:16:00", "9\t2026-09-07 07:00:00")
    assert run(url, file) == 0
    said = capsys.readouterr().out
    assert "September 2026: 2 baru, 1 orang tidak dikenal." in said
    assert "- PIN 9 (1 baris): Tidak ada dalam daftar pegawai unit ini (tambahkan" in said
    assert said.endswith("Belum disimpan; tambahkan --apply.\n")
    assert stored(url, Scan) == []


def test_applying_stores_all_of_it(url, attlog, capsys):
    file = attlog("1\t2026-09-07 07:31:00", "2\t2026-09-07 07:40:00", "2\t2026-08-07 07:40:00")
    assert run(url, file, "--apply") == 0
    assert "Tersimpan: 2 baru, 0 berubah." in capsys.readouterr().out
    assert stored(url, Scan) == [date(2026, 9, 7)] * 2


def test_an_open_question_keeps_the_file_out_with_status_1(url, matrix, capsys):
    file = matrix("PEGAWAI 2")
    assert run(url, file, "--apply") == 1
    said = capsys.readouterr()
    assert "? PEGAWAI 2 (2 baris): Namanya mirip" in said.out
    assert "1 pertanyaan belum dijawab." in said.out
    assert said.err == "Tidak disimpan.\n"
    assert stored(url, DayEntry) == []


def test_proposals_can_be_accepted(url, matrix):
    assert run(url, matrix("PEGAWAI 2"), "--accept", "--apply") == 0
    assert len(stored(url, DayEntry)) == 2


def test_the_same_file_again_has_nothing_new(url, attlog, capsys):
    file = attlog("1\t2026-09-07 07:31:00")
    run(url, file, "--apply")
    assert run(url, file, "--apply") == 1
    assert "Berkas yang sama sudah diimpor" in capsys.readouterr().out


def test_an_unreadable_file_is_status_2_and_one_sentence(url, tmp_path, capsys):
    path = tmp_path / "kosong.xls"
    path.write_bytes(b"")
    assert run(url, str(path)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_a_staff_list_is_no_attendance(url, tmp_path, capsys):
    path = tmp_path / "pegawai.csv"
    path.write_text("NIP;NAMA;GOL\n198001012005011001;Pegawai 1;III/b\n")
    assert run(url, str(path)) == 2
    assert capsys.readouterr().err == "Berkas pegawai.csv bukan berkas presensi.\n"


def test_an_unknown_unit_and_a_wrong_month_are_told(url, attlog, capsys):
    file = attlog("1\t2026-09-07 07:31:00")
    where = ["--unit", "Tidak Ada", "--period", "2026-09"]
    assert cli.main(["--db", url, "import", "attendance", file, *where]) == 2
    with pytest.raises(SystemExit):
        cli.main(["--db", url, "import", "attendance", file, "--unit", "1", "--period", "09-2026"])
    assert "tulis tahun dan bulan" in capsys.readouterr().err
