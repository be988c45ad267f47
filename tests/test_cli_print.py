"""Printing the papers of a month from the command line."""

import pytest

from tests.conftest import NOW
from tests.documents import reading
from tests.services.tpp_months import SEPTEMBER, prepared
from wfh_desktop import cli
from wfh_desktop.persistence.opening import open_database
from wfh_desktop.services import tpp


@pytest.fixture
def url(tmp_path, chief):
    """A database with a unit whose month was calculated and is not locked."""
    url = f"sqlite:///{tmp_path}/kantor.db"
    opened = open_database(url)
    with opened.database.work(chief, now=NOW) as work:
        tpp.compute(work, prepared(work).id, SEPTEMBER)
    opened.close()
    return url


def run(url, paper, out, *, unit="Unit Contoh", period="2026-09"):
    return cli.main(
        ["--db", url, "print", paper, "--unit", unit, "--period", period, "--out", str(out)]
    )


def test_all_papers_are_saved_and_their_places_told(url, tmp_path, capsys):
    out = tmp_path / "naskah" / "september"
    assert run(url, "semua", out) == 0
    files = sorted(out.iterdir())
    assert len(files) == 5
    told = capsys.readouterr().out
    assert all(f"Tersimpan: {file}" in told for file in files)
    assert all(file.read_bytes().startswith(b"%PDF") for file in files)


def test_one_paper_is_saved_alone_and_is_the_same_the_next_time(url, tmp_path):
    assert run(url, "daftar", tmp_path / "satu") == 0
    assert run(url, "daftar", tmp_path / "dua") == 0
    (one,), (two,) = (list((tmp_path / name).iterdir()) for name in ("satu", "dua"))
    assert one.name == two.name == "Daftar Perhitungan TPP 2026-09 Unit Contoh (DRAF).pdf"
    assert one.read_bytes() == two.read_bytes()
    assert "DRAF" in reading.pages(one.read_bytes())[0]


def test_what_cannot_be_printed_yet_is_said_and_the_rest_is_printed(url, tmp_path, capsys):
    assert run(url, "semua", tmp_path / "a", period="2026-08") == 1
    told = capsys.readouterr()
    assert "Surat rekomendasi TPP: TPP Agustus 2026 belum dihitung." in told.err
    assert told.out.count("Tersimpan: ") == 2


def test_a_folder_that_cannot_be_used_gives_one_sentence(url, tmp_path, capsys):
    (tmp_path / "berkas").write_text("x")
    assert run(url, "daftar", tmp_path / "berkas") == 2
    told = capsys.readouterr()
    assert told.err.startswith("Map ")
    assert told.err.count("\n") == 1
    assert told.out == ""


@pytest.mark.parametrize("wrong", ["2026-9", "26-09", "September", "2026-13"])
def test_a_month_is_written_as_year_and_month(url, tmp_path, capsys, wrong):
    with pytest.raises(SystemExit) as stopped:
        run(url, "daftar", tmp_path, period=wrong)
    assert stopped.value.code == 2
    assert "misalnya 2026-09" in capsys.readouterr().err


def test_an_unknown_unit_is_named(url, tmp_path, capsys):
    assert run(url, "daftar", tmp_path, unit="Unit Lain") == 2
    assert "Unit Lain" in capsys.readouterr().err
