import os
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.documents import reading, samples
from wfh_desktop.documents import (
    attendance,
    breakdown,
    calculation,
    marking,
    performance,
    recommendation,
)
from wfh_desktop.documents.fonts import Typeface
from wfh_desktop.documents.paper import Layout, Margins, Size
from wfh_desktop.domain.chain import Anchor
from wfh_desktop.domain.periods import Period

F4 = (215, 330)
A4 = (210, 297)


def letter(count, layout, **changes):
    return recommendation.write(samples.recommendation(count, **changes), layout)


def listing(count, layout, **changes):
    return calculation.write(samples.calculation(count, **changes), layout)


def sheet(count, layout, **changes):
    return breakdown.write([samples.breakdown(count, **changes)], layout)


def presence(count, layout, **changes):
    return attendance.write(samples.attendance(count, **changes), layout)


def results(count, layout, **changes):
    return performance.write(samples.performance(count, **changes), layout)


DIGESTS = """
from hashlib import sha256
from tests.documents.test_paper import PAPERS
from wfh_desktop.documents.paper import Layout
print([sha256(paper(4, Layout())).hexdigest() for paper in PAPERS])
"""
PAPERS = (letter, listing, sheet, presence, results)


def millimetres(page):
    return round(page.mediabox.width * 25.4 / 72), round(page.mediabox.height * 25.4 / 72)


@pytest.mark.parametrize(("size", "expected"), [(Size.F4, F4), (Size.A4, A4)])
def test_letters_stand_upright_and_lists_lie_across_on_the_sheet_the_office_uses(size, expected):
    sheets = reading.reader(letter(3, Layout(size=size))).pages
    assert millimetres(sheets[0]) == expected
    assert all(millimetres(page) == expected[::-1] for page in sheets[1:])
    for paper in (listing, presence, results):
        assert all(
            millimetres(page) == expected[::-1]
            for page in reading.reader(paper(3, Layout(size=size))).pages
        )
    assert millimetres(reading.reader(sheet(3, Layout(size=size))).pages[0]) == expected


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("typeface", Typeface)
def test_every_font_is_embedded_and_helvetica_is_not_even_named(paper, typeface):
    found = reading.fonts(paper(3, Layout(typeface=typeface)))
    assert all(found.values())
    assert all("Liberation" in name for name in found)
    assert any(typeface.value.replace(" ", "") in name for name in found)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_facts_give_the_same_bytes(paper):
    assert paper(4, Layout()) == paper(4, Layout())


def test_the_bytes_depend_neither_on_the_process_nor_on_its_surroundings():
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGESTS],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": language},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone, language in (("1", "Asia/Jayapura", "C"), ("2", "UTC", "id_ID.UTF-8"))
    }
    assert len(digests) == 1
    assert all(digests)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_page_says_its_period_rules_revision_code_and_number(paper):
    mark = replace(samples.MARK, revision=2)
    texts = reading.quick_pages(paper(40, Layout(), mark=mark))
    codes = set()
    for number, words in enumerate(texts, start=1):
        assert "Periode September 2026" in words
        assert "Aturan Permenaker 15/2024 (kemnaker-15-2024)" in words
        assert "Revisi 2" in words
        assert f"Halaman {number} dari {len(texts)}" in words
        codes.add(words.split("Kode ")[1].split()[0])
    assert len(codes) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_a_draft_is_marked_on_every_page_and_a_final_paper_on_none(paper):
    draft = replace(samples.MARK, draft=True)
    assert all("DRAF" in words for words in reading.quick_pages(paper(40, Layout(), mark=draft)))
    assert not any("DRAF" in words for words in reading.quick_pages(paper(40, Layout())))


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_is_printed_outside_the_margins(paper):
    margins = Margins(20, 20, 25, 25)
    pdf = paper(9, Layout(letter=margins, sheet=margins))
    sheets = reading.reader(pdf).pages
    for piece in reading.pieces(pdf):
        width = float(sheets[piece.page].mediabox.width)
        assert piece.x >= 25 * 72 / 25.4 - 1
        assert piece.x < width - 20 * 72 / 25.4


def test_the_name_of_the_month_is_indonesian():
    mark = replace(samples.MARK, period=Period(2026, 8))
    assert "BULAN AGUSTUS 2026" in reading.pages(listing(1, Layout(), mark=mark))[0]


def test_nobody_claims_that_a_paper_was_signed_electronically():
    for paper in PAPERS:
        words = " ".join(reading.pages(paper(3, Layout(placeholder=True))))
        assert "ditandatangani secara elektronik" not in words
        assert "BSrE" not in words


def test_the_placeholder_of_the_signing_system_is_one_piece_of_real_text():
    texts = [piece.text for piece in reading.pieces(letter(3, Layout(placeholder=True)))]
    assert "${ttd_pengirim}" in texts
    assert "${ttd_pengirim}" not in " ".join(reading.pages(letter(3, Layout())))


ANCHOR = Anchor(1234, "ab12cd34ef56" + "0" * 52)


def sealed(paper):
    """Return how a sample paper is written with an anchor."""
    return {
        letter: lambda: recommendation.write(samples.recommendation(3), Layout(), ANCHOR),
        listing: lambda: calculation.write(samples.calculation(3), Layout(), ANCHOR),
        sheet: lambda: breakdown.write([samples.breakdown(3)], Layout(), ANCHOR),
        presence: lambda: attendance.write(samples.attendance(3), Layout(), ANCHOR),
        results: lambda: performance.write(samples.performance(3), Layout(), ANCHOR),
    }[paper]()


@pytest.mark.parametrize("paper", PAPERS)
def test_a_sealed_paper_names_the_seal_on_every_page_beside_its_code_and_in_the_file(paper):
    first = sealed(paper)
    assert first == sealed(paper)
    texts = reading.quick_pages(first)
    assert all("Segel 1.234 · ab12cd34ef56" in " ".join(words.split()) for words in texts)
    code = texts[0].split("Kode ")[1].split()[0]
    assert f"(WFH kode={code} segel=1234 jangkar={ANCHOR.hash})".encode() in first
    plain = paper(3, Layout())
    assert b"segel=" not in plain
    assert not any("Segel" in words for words in reading.quick_pages(plain))


def _first_page(content):
    """Return the pictures and forms on the first page of a PDF."""
    return reading.reader(content).pages[0]["/Resources"].get("/XObject", {})


def test_the_qr_says_code_and_anchor_and_needs_a_margin_that_is_high_enough():
    assert marking.symbol("7K3M-6QXD-2R4T", ANCHOR) == "WFH:7K3M6QXD2R4T:1234:AB12CD34EF56"
    narrow = Layout(sheet=Margins(12, 12, 13, 12))
    forms = [
        list(_first_page(calculation.write(samples.calculation(1), layout, ANCHOR)))
        for layout in (Layout(), narrow)
    ]
    assert [len(names) for names in forms] == [1, 0]
