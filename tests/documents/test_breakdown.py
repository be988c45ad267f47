from dataclasses import replace
from decimal import Decimal

import pytest

from tests.documents import reading, samples
from wfh_desktop.documents import breakdown, text
from wfh_desktop.documents.paper import Layout, Size
from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.trail import Node

LAYOUTS = (Layout(), Layout(size=Size.A4))


def write(*sheets, layout=LAYOUTS[0]):
    return breakdown.write(sheets or (samples.breakdown(),), layout)


def flat(pdf):
    return " ".join(" ".join(reading.pages(pdf)).replace("\xa0", " ").split())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("events", [0, 1, 4, 8, 12])
def test_a_normal_calculation_is_one_page(events, layout):
    assert len(reading.reader(write(samples.breakdown(events), layout=layout)).pages) == 1


def test_every_step_is_there_with_clause_formula_rounding_and_source():
    words = flat(write())
    for node in trail.walk(samples.trail()):
        for said in (node.label, node.clause, node.formula, node.note, *node.source):
            assert said in words
        assert node.shown.replace("\xa0", " ") in words
    assert "dibulatkan ke angka terdekat" in words


def test_the_amounts_that_are_added_up_give_the_total_on_the_sheet():
    sheet = samples.breakdown(5)
    upright = [
        node
        for node, _, added in breakdown._steps(sheet.trail, 0, added=True)
        if added and not node.children
    ]
    assert sum(node.amount for node in upright) == sheet.net
    assert text.rupiah(sheet.net) in flat(write(sheet))


@pytest.mark.parametrize("events", [70, 120])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_very_long_trail_goes_on_with_its_head_and_keeps_the_signature(events, layout):
    pdf = write(samples.breakdown(events), layout=layout)
    texts = reading.pages(pdf)
    assert len(texts) > 1
    assert all("Uraian dan cara menghitung" in words for words in texts)
    assert "Mengetahui," in texts[-1]
    assert "Pembulatan" in texts[-1]
    assert all(f"Terlambat {number + 1} September" in flat(pdf) for number in range(events))


def test_a_step_higher_than_a_page_is_continued_on_the_next():
    huge = Node("Langkah", Decimal(0), formula="angka " * 4000)
    tree = samples.trail()
    sheet = replace(samples.breakdown(), trail=tree._replace(children=(*tree.children, huge)))
    pdf = write(sheet)
    assert flat(pdf).count("angka") >= 4000
    assert "Mengetahui," in reading.pages(pdf)[-1]


def test_each_person_has_a_sheet_with_its_own_code_numbers_and_bookmark():
    sheets = [samples.breakdown(2, number) for number in range(5)]
    pdf = write(*sheets)
    texts = reading.pages(pdf)
    assert len(texts) == 5
    assert all("Halaman 1 dari 1" in words for words in texts)
    codes = [words.split("Kode ")[1].split()[0] for words in texts]
    assert codes == [breakdown.code(sheet) for sheet in sheets]
    assert len(set(codes)) == 5
    titles = [entry.title for entry in reading.reader(pdf).outline]
    assert titles == [f"{sheet.person.name} {sheet.person.nip}" for sheet in sheets]


def test_bookmarks_lead_to_the_sheet_of_their_person():
    pdf = reading.reader(write(*[samples.breakdown(80, number) for number in range(3)]))
    starts = [pdf.get_destination_page_number(entry) for entry in pdf.outline]
    assert starts == sorted(set(starts))
    for place, entry in zip(starts, pdf.outline, strict=True):
        assert entry.title.split(",")[0] in pdf.pages[place].extract_text()


def test_commas_of_the_amounts_stand_below_each_other():
    pdf = write()
    ends = {}
    for piece in reading.pieces(pdf):
        if piece.text.lstrip("-").startswith("Rp") and "," in piece.text:
            ends.setdefault(len(piece.text.split(",")[1]), []).append(piece)
    assert len(ends) == 1  # all are filled up to the same number of places


def test_an_amount_in_words_belongs_to_the_amount_in_figures():
    sheet = replace(samples.breakdown(), net=Decimal(1001000))
    words = flat(write(sheet))
    assert "Rp1.001.000" in words
    assert "Satu juta seribu rupiah" in words


def test_a_pppk_has_no_pangkat():
    words = flat(write(samples.breakdown(1, 6)))
    assert "Golongan IX (PPPK)" in words
