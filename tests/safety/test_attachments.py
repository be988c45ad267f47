"""Files that people attach: stored as what they are, shown under their name, never run."""

import io
import os
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from tests import offices
from tests.conftest import NOW
from tests.safety import hostile
from wfh_desktop import words
from wfh_desktop.domain.errors import Invalid, NotAllowed, NotFound
from wfh_desktop.domain.file_names import LONGEST, shown_name
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.persistence.models import Evidence, WorkReport
from wfh_desktop.services import evidence, evidence_files, pictures

PDF = b"%PDF-1.7 satu halaman"
ROOT = Path(__file__).parents[2]


def _forget_folder():
    """Remove the private folder that an earlier test in this process had made."""
    if evidence_files._folder.cache_info().currsize:
        evidence_files._folder().cleanup()
    evidence_files._folder.cache_clear()


@pytest.fixture
def report(work):
    """A report that may still change."""
    place = offices.unit(work)
    share = offices.share_of(work, offices.task(work, place, offices.somebody(work, place)))
    return work.get(WorkReport, offices.report(work, share, files=(("a.pdf", PDF),)))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Lay private files out below the folder of the test."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    _forget_folder()
    yield tmp_path
    evidence_files._folder().cleanup()
    evidence_files._folder.cache_clear()


def attached(work, report, name, content):
    made = evidence.attach(work, report, name, content)
    work.log("test.attached", made)
    work.session.flush()
    return made


def refused(work, report, name, content):
    with pytest.raises(Invalid) as refusal:
        evidence.attach(work, report, name, content)
    return words.explain(refusal.value)


# Names


@pytest.mark.parametrize("name", hostile.names(60))
def test_a_name_is_only_text_without_anything_hidden(name):
    shown = shown_name(name)
    assert shown
    assert len(shown) <= LONGEST
    assert not {"/", "\\"} & set(shown)
    assert shown == shown.strip(" .")
    assert not {unicodedata.category(letter) for letter in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert shown.encode()
    assert shown_name(shown) == shown


def test_five_hundred_names_write_nothing_anywhere_but_into_the_private_folder(
    work, report, folder, monkeypatch
):
    monkeypatch.setattr(evidence, "MOST", 10_000)
    monkeypatch.chdir(folder)
    names = hostile.names(500)
    assert len(set(names)) > 450
    private = Path(evidence_files._folder().name)
    for number, name in enumerate(names):
        made = attached(work, report, name, PDF + str(number).encode())
        path = evidence_files.lay_out(work, made.id)
        assert path.parent == private
        assert path.suffix == ".pdf"
        assert path.stem.isalnum()
    assert [path for path in folder.iterdir() if not path.name.startswith("test.db")] == [private]
    assert len(list(private.iterdir())) == len(names)
    kept = work.session.scalars(select(Evidence.name)).all()
    assert all(name == shown_name(name) for name in kept)


def test_a_path_made_of_the_name_would_have_been_caught(folder):
    outside = [name for name in hostile.names(500) if "\0" not in name and _climbs(folder, name)]
    assert len(outside) > 20


def _climbs(folder, name):
    return not os.path.normpath(folder / name).startswith(f"{folder}{os.sep}")


# Pictures


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright_and_loses_what_its_camera_wrote(work, report, orientation):
    content = hostile.picture(size=(64, 48), exif=hostile.exif(orientation), quality=95)
    made = attached(work, report, "foto.jpg", content)
    assert b"RAHASIA" in content
    assert b"RAHASIA" not in made.content
    with Image.open(io.BytesIO(made.content)) as drawn, Image.open(io.BytesIO(content)) as given:
        assert len(drawn.getexif()) == 0
        assert not {"exif", "icc_profile", "comment"} & drawn.info.keys()
        assert drawn.size == ((48, 64) if orientation >= 5 else (64, 48))
        from PIL import ImageOps

        blue = ImageOps.exif_transpose(given).convert("RGB")
        corner = next(
            at
            for at in ((2, 2), (drawn.width - 3, 2), (2, drawn.height - 3), None)
            if at is None or blue.getpixel(at)[2] > 150
        ) or (drawn.width - 3, drawn.height - 3)
        assert drawn.getpixel(corner)[2] > 150


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_large_picture_becomes_at_most_two_thousand_a_side(work, report, form):
    made = attached(work, report, "foto", hostile.picture(form, size=(3100, 1200)))
    with Image.open(io.BytesIO(made.content)) as drawn:
        assert (drawn.format, drawn.size) == (form, (2000, 774))
    assert (made.kind, made.size) == (form.lower(), len(made.content))


def test_a_png_that_stays_large_is_kept_as_jpeg(work, report, monkeypatch):
    noise = Image.frombytes("RGB", (300, 300), os.urandom(270_000))
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=60)
    as_png = io.BytesIO()
    noise.save(as_png, "PNG", compress_level=9)
    monkeypatch.setattr(evidence, "LARGEST", len(as_png.getvalue()) + 1)
    monkeypatch.setattr(pictures, "as_png", lambda picture: b"x" * (evidence.LARGEST + 1))
    made = attached(work, report, "layar.png", as_png.getvalue())
    assert made.kind == "jpeg"
    assert made.content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_pictures_of_all_kinds_are_read(work, report, mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, form)
    made = attached(work, report, "gambar", out.getvalue())
    with Image.open(io.BytesIO(made.content)) as drawn:
        assert drawn.size == (30, 20)


@pytest.mark.parametrize("name", hostile.bombs())
def test_a_bomb_is_refused_in_one_sentence(work, report, name):
    said = refused(work, report, "bom.png", hostile.bombs()[name])
    assert said.startswith("Gambar bom.png ")
    assert said.endswith(("rusak sehingga tidak dapat dibaca.", "pilih yang lebih kecil."))


def test_bombs_cost_little_memory():
    pytest.importorskip("resource")
    program = (
        "import resource; from tests.safety import hostile\n"
        "from wfh_desktop.services import pictures\n"
        "from wfh_desktop.domain.errors import Unreadable\n"
        "bombs = hostile.bombs(); pictures.opened(hostile.picture(), 2000, 40_000_000)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for one in bombs.values():\n"
        "    try: pictures.opened(one, 2000, 40_000_000)\n"
        "    except Unreadable: continue\n"
        "    raise SystemExit(1)\n"
        "raise SystemExit(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before > 100_000)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", hostile.polyglots())
def test_of_a_file_that_is_two_things_only_the_picture_stays(work, report, name):
    content = hostile.polyglots()[name]
    made = attached(work, report, "dua.png", content)
    for mark in (b"PK\x03\x04", b"PK\x05\x06", b"<script", b"MZ\0", b"Exif", b"RAHASIA"):
        assert mark not in made.content
    with Image.open(io.BytesIO(made.content)) as drawn:
        assert drawn.size == (64, 48)


def test_the_marks_are_there_before(work):
    whole = b"".join(hostile.polyglots().values())
    for mark in (b"PK\x03\x04", b"PK\x05\x06", b"<script", b"MZ\0", b"Exif", b"RAHASIA"):
        assert mark in whole


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90",
        hostile.archive(a="x"),
        b"<svg onload=alert(1)>",
        b"GIF89a",
        b"#!/bin/sh",
        b"BM",
        b"",
    ],
)
def test_what_is_neither_picture_nor_pdf_is_refused_whatever_it_is_called(work, report, content):
    assert refused(work, report, "foto.png", content) == (
        "Berkas foto.png bukan gambar JPEG, gambar PNG atau PDF."
    )


def test_a_unit_has_a_quota_for_a_month(work, report, monkeypatch):
    monkeypatch.setattr(evidence, "QUOTA", 1024**2)
    attached(work, report, "b.pdf", PDF + b"x" * 600_000)
    said = refused(work, report, "c.pdf", PDF + b"y" * 600_000)
    assert said == "Eviden unit ini bulan itu sudah mencapai 1 MB; lampirkan yang perlu."


# Opening


def test_a_file_is_laid_out_for_its_owner_alone_and_goes_with_the_program(folder):
    program = (
        "import sys; from pathlib import Path; from wfh_desktop.services import evidence_files\n"
        "made = Path(evidence_files._folder().name); (made / 'x.pdf').write_text('x')\n"
        "print(made, oct(made.stat().st_mode))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert Path(told[0]).parent == folder
    assert not Path(told[0]).exists()
    assert stat.S_IMODE(int(told[1], 8)) == 0o700 or sys.platform == "win32"


def test_what_a_fallen_program_left_behind_is_cleared_away(folder, work, report):
    old, new = folder / f"{evidence_files.PREFIX}old", folder / f"{evidence_files.PREFIX}new"
    for one in (old, new):
        one.mkdir()
        (one / "x.pdf").write_bytes(PDF)
    os.utime(old, (0, 0))
    evidence_files._folder.cache_clear()
    evidence_files.lay_out(work, work.session.scalars(select(Evidence.id)).first())
    assert not old.exists()
    assert new.exists()


def test_nothing_but_pictures_and_pdf_is_laid_out(folder, work, report):
    made = work.session.scalars(select(Evidence)).first()
    made.kind = "exe"
    work.session.flush()
    with pytest.raises(NotFound):
        evidence_files.lay_out(work, made.id)
    made.kind, made.withdrawn = "pdf", True
    work.session.flush()
    with pytest.raises(NotFound):
        evidence_files.lay_out(work, made.id)


def test_laying_out_needs_the_right_to_read(database, work, report):
    key = work.session.scalars(select(Evidence.id)).first()
    from dataclasses import replace

    with pytest.raises(NotAllowed):
        evidence_files.lay_out(replace(work, actor=Actor("Tamu", Right(0))), key)
    assert NOW


def test_the_program_starts_nothing_but_its_own_parser_and_what_it_laid_out():
    """Whoever adds a way to start something says here why."""
    starters = (
        "startfile",
        "os.system",
        "subprocess.",
        "QProcess",
        "webbrowser",
        "openUrl",
        "Popen",
    )
    allowed = {
        "persistence/postgres/dumping.py",  # runs pg_dump and pg_restore on the server's console
        "readers/sandbox.py",  # parses workbooks in a process of its own
        "views/outside.py",  # shows a file that was laid out privately
    }
    found = set()
    for path in (ROOT / "wfh_desktop").rglob("*.py"):
        place = path.relative_to(ROOT / "wfh_desktop").as_posix()
        if place.startswith("forms/"):
            continue
        text = path.read_text(encoding="utf-8")
        if any(word in text for word in starters):
            found.add(place)
    assert found == allowed
