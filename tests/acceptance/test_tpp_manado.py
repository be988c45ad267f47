"""The real TPP file of an agency in Manado recalculates from its own counts and pagu."""

import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.conftest import real
from wfh_desktop import rulebook
from wfh_desktop.domain.tpp.engine import calculate

# Where the printed lines of an occurrence stand: code of the sheet -> event of a case.
BAND = {1: 15, 2: 45, 3: 75}  # minutes within the three bands
ATTENDANCE, DISCIPLINE, PRODUCTIVITY, RATED, LIST, PAID = 1, 6, 11, 16, 21, 26  # sheets


@pytest.fixture(scope="module")
def sheets():
    book = load_workbook(real("5_tpp", "manado_berkas_tpp_mei2024_multisheet.xlsx"))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def body(sheet):
    """The rows of a sheet by their number."""
    return {int(row[0]): row for row in sheet if str(row[0]).isdigit()}


def figure(cell):
    """`15.800.946` or `41.70 %` as printed; a dropped zero as in `55.39` (55.390) put back."""
    return Decimal(re.sub(r"[%\s]", "", str(cell)))


def rupiah(cell):
    text = str(cell).strip()
    if "." in text:
        whole, *groups = text.split(".")
        text = whole + "".join(group.ljust(3, "0") for group in groups)
    return Decimal(text)


def events(row):
    """The events of a row of the attendance sheet: TMK1-3, PKSW1-3, S, I, TK."""
    counts = [int(cell) for cell in row[8:27]]
    told = []
    for code, first in (("TL", 0), ("PSW", 3)):
        for band, minutes in BAND.items():
            if times := counts[first + band - 1]:
                told.append({"code": code, "count": times, "minutes": minutes})
    for code, place in (("S", 7), ("I", 8), ("TK", 9)):
        if counts[place]:
            told.append({"code": code, "days": counts[place]})
    return told, counts[6]


def productivity(row):
    """SKBP and BerAKHLAK as printed; the percentage is cut off there, its points are not."""
    percent, points = figure(row[3]), figure(row[4])
    return max(percent, points / Decimal("0.3")), figure(row[12])


def case(attendance, product, money=None, salary="0"):
    told, sanctioned = events(attendance)
    skbp, berakhlak = productivity(product)
    return rulebook.case_from_plain(
        {
            "period": "2024-05",
            "person": {"grade": money[2] if money else "II"},
            "base": {"TOTAL": str(rupiah(money[4])) if money else "1000000"},
            "events": told,
            "metrics": {
                "skbp": str(skbp),
                "berakhlak": str(berakhlak),
                "hukdis_points": 20 * sanctioned,
                "gross_salary": salary,
            },
        }
    )


@pytest.fixture(scope="module")
def manado():
    return rulebook.load("manado-2022")


def percentages(result):
    from wfh_desktop.domain.tpp.trail import index

    nodes = index(result.trail)
    return nodes["percent.PRODUKTIVITAS"].amount, nodes["percent.DISIPLIN"].amount


def test_discipline_and_productivity_of_every_person_come_out_as_printed(sheets, manado):
    attendance, discipline = body(sheets[ATTENDANCE]), body(sheets[DISCIPLINE])
    product, rated = body(sheets[PRODUCTIVITY]), body(sheets[RATED])
    assert len(attendance) == len(rated) == 56
    for number, row in attendance.items():
        result = calculate(manado, case(row, product[number]))
        points, share = figure(product[number][-1]), figure(discipline[number][-1])
        assert percentages(result) == (points, share), number
        assert points + share == figure(rated[number][-1])


def paired(sheets):
    """People of the lists of money beside their attendance: two of the 56 are not paid."""
    rated = iter(body(sheets[RATED]).items())
    attendance = body(sheets[ATTENDANCE])
    for number, row in body(sheets[LIST]).items():
        wanted = (figure(row[5]), figure(row[6]), row[2])
        for place, person in rated:
            if (figure(person[4]), figure(person[5]), attendance[place][2]) == wanted:
                yield number, place, row
                break


def test_money_of_every_person_comes_out_as_printed(sheets, manado):
    attendance, product = body(sheets[ATTENDANCE]), body(sheets[PRODUCTIVITY])
    paid = body(sheets[PAID])
    pairs = list(paired(sheets))
    assert len(pairs) == len(paid) == 54
    nets = []
    for number, place, row in pairs:
        salary = str(rupiah(paid[number][10]))
        result = calculate(manado, case(attendance[place], product[place], row, salary))
        assert result.gross == rupiah(row[8]), number
        assert result.tax == rupiah(row[10]), number
        assert result.bpjs == rupiah(paid[number][11]), number
        nets.append(result.net - rupiah(paid[number][12]))
    # The office rounds the exact net, so seven of its rows do not add up on paper; ours do.
    assert sorted(one for one in nets if one) == [-1, -1, -1, 1, 1, 1, 1]
