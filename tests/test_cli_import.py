"""Importing from the command line into a database that knows nothing yet."""

import pytest

from wfh_desktop import cli
from wfh_desktop.domain.periods import Period

WEEK = ("Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg")
STAFF = "NIP,NAMA,GOL,JABATAN\n198001012005011001,PEGAWAI SATU,III/b,Pengolah Data\n"


@pytest.fixture
def run(tmp_path, capsys):
    def run(*words):
        status = cli.main(["--db", f"sqlite:///{tmp_path}/wfh.db", *map(str, words)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


@pytest.fixture
def staff(tmp_path):
    path = tmp_path / "pegawai.csv"
    path.write_text(STAFF)
    return path


@pytest.fixture
def presence(tmp_path):
    """A month matrix of a past year, in which the file itself names the month."""
    days = "".join(f"<th>{WEEK[day.weekday()]}<br>{day:%d}</th>" for day in Period(2022, 7).days)
    cells = "<td>07:30 - 16:30</td>" * 31
    path = tmp_path / "matriks.xls"
    path.write_text(
        "<table><tr><td>OPD</td><td>:</td><td>Unit Contoh</td></tr>"
        "<tr><td>PERIODE</td><td>:</td><td>01-07-2022 s.d. 31-07-2022</td></tr></table>"
        f"<table><tr><th>NO</th><th>Nama Pegawai Negeri Sipil</th><th>NIP</th>{days}</tr>"
        f"<tr><td>1</td><td>PEGAWAI SATU</td><td>198001012005011001</td>{cells}</tr></table>"
    )
    return path


def test_nothing_is_stored_without_apply(run, staff):
    status, said, _ = run("import", "staff", staff)
    assert status == 0
    assert "tambahkan --apply" in said
    assert "belum berisi unit" in run("print", "kehadiran", "--period", "2026-09", "--out", "x")[2]


def test_from_two_files_to_a_printed_recap_of_a_past_month(run, staff, presence, tmp_path):
    assert run("import", "staff", staff, "--apply")[0] == 0
    status, _, error = run("import", "attendance", presence, "--apply")
    assert (status, error) == (0, "")
    status, _, _ = run("print", "kehadiran", "--period", "2022-07", "--out", tmp_path / "out")
    assert status == 0
    assert list((tmp_path / "out").glob("*2022-07*.pdf"))


def test_an_attendance_file_needs_a_unit_to_go_to(run, presence):
    status, _, error = run("import", "attendance", presence)
    assert status == 2
    assert error.count("\n") == 1
    assert "unit" in error


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Belum lengkap: PERINTAH wajib diisi."),
        (("import", "staff"), "Belum lengkap: BERKAS wajib diisi."),
        (("print", "surat"), "NASKAH: 'surat' tidak dikenal"),
        (("print", "kehadiran", "--period", "2026-13"), "--period: tulis tahun dan bulan"),
        (("rules", "show", "jambi", "lebih"), "Tidak dikenal: lebih."),
    ],
)
def test_a_wrong_command_is_answered_in_bahasa(capsys, words, sentence):
    with pytest.raises(SystemExit) as end:
        cli.main(list(words))
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith(sentence)
