import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from tests.documents import reading, samples
from wfh_desktop.documents import calculation, fonts, text
from wfh_desktop.documents.calculation import CalculationLine, Figures
from wfh_desktop.documents.paper import Layout, Size

LAYOUTS = (Layout(), Layout(size=Size.A4))
SUMMED = [n for n, column in enumerate(samples.COLUMNS) if column.kind == "rupiah"]


def write(count, layout=LAYOUTS[0], **options):
    return calculation.write(samples.calculation(count, **options), layout)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [1, 30, 300])
def test_jumlah_is_the_sum_of_the_printed_rows(count, layout):
    pdf = write(count, layout)
    body = reading.numbered(pdf)
    assert len(body) == count
    figures = [cells[-len(samples.COLUMNS) :] for cells in body]
    sums = [sum(reading.value(cells[place]) for cells in figures) for place in SUMMED]
    assert [reading.value(cell) for cell in reading.total(pdf)] == sums


def test_jumlah_is_not_the_rounded_sum_of_the_exact_amounts():
    column = Figures("Jumlah", "6", "rupiah", 0)
    lines = tuple(
        CalculationLine(samples.person(number), (Decimal("1000.5"),)) for number in range(10)
    )
    listed = replace(samples.calculation(0), columns=(column,), lines=lines)
    pdf = calculation.write(listed, Layout())
    assert [cells[-1] for cells in reading.numbered(pdf)] == ["1.001"] * 10
    assert reading.total(pdf) == ["10.010"]


def test_percentages_and_factors_are_never_summed():
    printed = calculation.totals(samples.calculation(5), Layout())
    for column, total in zip(samples.COLUMNS, printed, strict=True):
        assert (total is None) == (column.kind != "rupiah")
    assert len(reading.total(write(5))) == len(SUMMED)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_heads_and_numbers_are_repeated_on_every_page_of_the_list(layout):
    pdf = write(120, layout)
    texts = reading.pages(pdf)
    assert len(texts) > 3
    for words in texts:
        assert "Nama / NIP" in words
        assert "Predikat" in words
        assert "7 × 8" in words


def test_columns_are_numbered_through_and_name_their_formula():
    words = " ".join(" ".join(cells) for _, cells in reading.rows(write(1)))
    for number in range(1, len(samples.COLUMNS) + 6):
        assert f" {number} " in f" {words} "
    assert "17 =" in words
    assert "14 - 15" in words


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", range(1, 61))
def test_the_signature_is_never_alone_on_a_page(count, layout):
    pdf = write(count, layout)
    signed = [piece for piece in reading.pieces(pdf) if piece.text == "Mengetahui,"]
    assert len(signed) == 1
    last = signed[0].page
    assert last == len(reading.reader(pdf).pages) - 1
    with_it = [cells for page, cells in reading.rows(pdf) if page == last]
    assert any(cells[0] == "JUMLAH" for cells in with_it)
    numbers = [cells[0] for cells in with_it if cells[0].isdecimal() and len(cells) > 5]
    assert str(count) in numbers
    printed = [cell.replace(" ", "") for cells in with_it for cell in cells]
    assert f"NIP.{samples.nip(5)}" in printed


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [1, 2, 17, 18, 19, 30, 45, 60])
def test_no_page_is_empty(count, layout):
    for words in reading.pages(write(count, layout)):
        assert len(words) > 300


def test_three_thousand_rows_are_all_there_once():
    texts = reading.quick_pages(write(3000))
    named = [int(number) for words in texts for number in re.findall(r"Pegawai (\d+),", words)]
    listed = [*range(3000), 1, 5]  # and the two who sign
    assert sorted(named) == sorted(listed)
    assert all("Nama / NIP" in words for words in texts)
    assert sum("JUMLAH" in words.splitlines() for words in texts) <= 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_cell_runs_into_the_next(layout):
    listed = samples.calculation(40)
    huge = replace(listed.lines[3], cells=tuple(Decimal(98765432109) for _ in samples.COLUMNS))
    pdf = calculation.write(replace(listed, lines=(*listed.lines, huge)), layout)
    size = 8
    for page, cells in _placed(pdf):
        for left, right in pairwise(cells):
            width = fonts.width(left.text, layout.typeface.bold) * size * 0.6
            assert left.x + width <= right.x + 1, (page, left, right)


def _placed(pdf):
    lines = {}
    for piece in reading.pieces(pdf):
        lines.setdefault((piece.page, piece.y), []).append(piece)
    return [(key[0], sorted(line, key=lambda one: one.x)) for key, line in lines.items()]


def test_long_names_and_titles_are_wrapped_and_whole():
    person = replace(
        samples.person(3),
        name="Prof. Dr. dr. " + "Pegawai Bernama Sangat Panjang " * 6 + ", S.Ked., M.Kes., Sp.PD",
        title="Kepala " + "Subbidang Perencanaan dan Pengendalian " * 5,
    )
    listed = samples.calculation(3)
    lines = (CalculationLine(person, samples.amounts(3)), *listed.lines)
    words = " ".join(reading.pages(calculation.write(replace(listed, lines=lines), Layout())))
    flat = words.replace("\n", " ")
    assert flat.count("Panjang") == 6
    assert flat.count("Pengendalian") == 5
    assert "Sp.PD" in flat


def test_a_name_without_blanks_is_cut_between_letters_and_stays_in_its_column():
    person = replace(samples.person(3), name="X" * 120)
    lines = (CalculationLine(person, samples.amounts(3)),)
    pdf = calculation.write(replace(samples.calculation(0), lines=lines), Layout())
    assert sum(piece.text.count("X") for piece in reading.pieces(pdf)) == 120
    (row,) = reading.numbered(pdf)
    assert row[-1] == text.number(samples.amounts(3)[-1])


def test_characters_of_markup_and_control_are_printed_as_text_or_left_out():
    person = replace(
        samples.person(3), name="<b>Pegawai</b> & \x00\x07'Rekan' </para>", title="A\tB"
    )
    lines = (CalculationLine(person, samples.amounts(3)),)
    listed = replace(samples.calculation(0), lines=lines, unit="Unit <i>& Contoh</i>")
    flat = " ".join(reading.pages(calculation.write(listed, Layout()))).replace("\n", " ")
    assert "<b>Pegawai</b> & 'Rekan' </para>" in flat
    assert "UNIT <I>& CONTOH</I>" in flat
    assert "\x00" not in flat


def test_whoever_could_not_be_calculated_stands_there_with_the_reason():
    listed = samples.calculation(3)
    empty = CalculationLine(samples.person(9), (None,) * len(samples.COLUMNS), "kelas belum diisi")
    pdf = calculation.write(replace(listed, lines=(*listed.lines, empty)), Layout())
    assert reading.numbered(pdf)[-1][-1] == "-"
    assert "Dr. Pegawai 9, S.E., M.Si.: kelas belum diisi" in " ".join(reading.pages(pdf))


def test_subtotals_of_each_golongan_add_up_to_the_total():
    pdf = write(40, subtotals=True)
    flat = [cells for _, cells in reading.rows(pdf)]
    groups = [cells[0] for cells in flat if cells[0].startswith(("PNS Golongan", "PPPK"))]
    assert groups == [
        "PNS Golongan IV",
        "PNS Golongan III",
        "PNS Golongan II",
        "PPPK Golongan XII - IX",
    ]
    parts = [reading.value(cells[-1]) for cells in flat if cells[0].startswith("Jumlah P")]
    assert len(parts) == 4
    assert sum(parts) == reading.value(reading.total(pdf)[-1])


@pytest.mark.parametrize("count", range(1, 40))
def test_no_heading_of_a_golongan_stands_at_the_foot_of_a_page(count):
    pdf = write(count, subtotals=True)
    lines = reading.rows(pdf)
    for place, (page, cells) in enumerate(lines):
        if cells[0].startswith(("PNS Golongan", "PPPK Golongan")):
            assert lines[place + 1][0] == page
            assert lines[place + 1][1][0].isdecimal()


def test_columns_without_digits_show_what_is_there_with_their_commas_in_line():
    columns = (Figures("Bobot", "6", "percent"), Figures("TPP", "7", "rupiah"))
    lines = (
        CalculationLine(samples.person(1), (Decimal("2.5"), Decimal("1000.25"))),
        CalculationLine(samples.person(2), (Decimal("0.125"), Decimal(2000))),
    )
    pdf = calculation.write(replace(samples.calculation(0), columns=columns, lines=lines), Layout())
    assert [cells[-2:] for cells in reading.numbered(pdf)] == [
        ["2,500", "1.000,25"],
        ["0,125", "2.000,00"],
    ]
    assert reading.total(pdf) == ["3.000,25"]


def test_an_office_may_print_rupiah_with_two_decimals():
    pdf = write(2, Layout(decimals=2))
    assert reading.numbered(pdf)[0][-1].endswith(",00") is False
    assert reading.value(reading.numbered(pdf)[0][-1]) == text.rounded(samples.amounts(0)[-1], 2)


def test_a_list_of_nobody_is_still_a_paper():
    assert "Tidak ada pegawai" in reading.pages(write(0))[0]


def test_the_code_changes_with_any_figure_and_with_nothing_else():
    listed = samples.calculation(3)
    same = replace(listed, lines=tuple(listed.lines))
    assert calculation.code(listed) == calculation.code(same)
    cells = (*listed.lines[0].cells[:-1], listed.lines[0].cells[-1] + 1)
    other = replace(listed, lines=(replace(listed.lines[0], cells=cells), *listed.lines[1:]))
    assert calculation.code(listed) != calculation.code(other)
