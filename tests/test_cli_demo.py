"""The demo unit from the command line: a month, its papers, and the same again on a reprint."""

import pytest
from pypdf import PdfReader

from wfh_desktop import cli

PAPERS = {
    "Surat Rekomendasi TPP",
    "Daftar Perhitungan TPP",
    "Rincian Perhitungan TPP",
    "Rekapitulasi Kehadiran",
    "Rekapitulasi Kinerja",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("unit contoh")
    assert cli.main(["demo", "--out", str(out)]) == 0
    return out


def test_all_papers_of_the_month_are_there(folder):
    files = sorted(folder.glob("*.pdf"))
    assert {name for name in PAPERS for file in files if file.name.startswith(name)} == PAPERS
    assert len(files) == len(PAPERS)
    assert not [file.name for file in files if "DRAF" in file.name]


def test_everybody_has_a_calculation_of_their_own(folder):
    (file,) = folder.glob("Rincian*.pdf")
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert "Tumpal Hutagaol" in text
    assert text.count("REKOMENDASI DAN RINCIAN PERHITUNGAN") == 37


def test_printing_again_gives_the_same_papers(folder, capsys):
    before = {file.name: file.read_bytes() for file in folder.glob("*.pdf")}
    for name in before:
        (folder / name).unlink()
    assert cli.main(["demo", "--out", str(folder)]) == 0
    assert {file.name: file.read_bytes() for file in folder.glob("*.pdf")} == before
    said = capsys.readouterr().out
    assert all(str(folder / name) in said for name in before)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path, capsys):
    (tmp_path / "berkas").write_text("")
    assert cli.main(["demo", "--out", str(tmp_path / "berkas" / "map")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
