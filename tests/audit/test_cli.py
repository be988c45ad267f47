"""wfhctl audit, as a person at a console sees it."""

import pytest

from tests.audit import tampering
from tests.audit.conftest import change
from wfh_desktop.cli import main


@pytest.fixture
def ctl(file, capsys):
    change(file, "Satu")
    file.everything.engine.dispose()

    def run(*arguments):
        status = main(["--db", str(file.path), "audit", *map(str, arguments)])
        return status, capsys.readouterr().out

    return run


def test_the_chain_is_sealed_anchored_and_verified(ctl, file, tmp_path):
    assert ctl("seal") == (0, "3 perubahan disegel.\n")
    status, said = ctl("anchors", "--out", tmp_path)
    assert (status, said.startswith("Segel 3 · ")) == (0, True)
    kept = next(tmp_path.glob("jangkar-*.txt"))
    status, said = ctl("verify", "--anchors", kept)
    assert (status, said.splitlines()[-1]) == (0, "Rantai utuh dan memuat semua jangkar.")
    assert "tidak terlihat" in ctl("verify")[1]
    file.tamper(*tampering.cut(tampering.read(file), 1, None))
    assert ctl("verify")[0] == 0
    status, said = ctl("verify", "--anchors", kept)
    assert status == 1
    assert "RANTAI PUTUS: Rantai berakhir sebelum segel 3" in said


def test_a_change_that_was_edited_is_named(ctl, file):
    ctl("seal")
    file.tamper(("UPDATE change SET payload = '{}' WHERE seq = 2",))
    status, said = ctl("verify")
    assert status == 1
    assert "RANTAI PUTUS: Perubahan pada segel 2" in said
    assert "Catatan yang terkena : unit:1" in said


def test_a_code_or_a_file_that_nobody_issued_is_not_known(ctl, tmp_path, capsys):
    status, said = ctl("check", "7K3M-6QXD-2R4T")
    assert (status, said.splitlines()[0]) == (1, "Dokumen tidak dikenal")
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"%PDF-1.4")
    assert ctl("check", path)[1].splitlines()[0] == "Dokumen tidak dikenal"
    assert ctl("check", tmp_path / "tidak-ada.pdf")[0] == 2
