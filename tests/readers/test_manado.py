"""The month matrix of Manado's attendance system, and its long form."""

import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers import files
from tests.readers.files import matrix_html, matrix_rows, nip, xlsx
from wfh_desktop import readers
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.domain.periods import Period
from wfh_desktop.readers.attendance.manado import meaning
from wfh_desktop.readers.records import Kind, Severity

JULY = (date(2022, 7, 1), date(2022, 7, 31))
ONE = ("Pegawai Satu, S.Kom", nip(1), ["07:31 - 16:16", "A", "-", "07:57 - 00:00", "OFF"])
TWO = ("Pegawai Dua", nip(2), ["S", "I", "00:00 - 16:02"])


def codes(reading):
    return [problem.code for problem in reading.problems]


def cells(reading):
    return {
        (one.person.name, one.date): (one.time_in, one.time_out, one.code)
        for one in reading.records
    }


@pytest.mark.parametrize("logo", [True, False])
@pytest.mark.parametrize("nips", [True, False])
def test_every_cell_of_the_html_matrix_is_a_day(logo, nips):
    reading = readers.read(matrix_html([ONE, TWO], *JULY, logo=logo, nips=nips))
    assert reading.kind is Kind.DAYS
    assert reading.unit == "Unit Contoh"
    assert reading.period == Period(2022, 7)
    assert len(reading.records) == 2 * 31
    assert codes(reading) == []
    said = cells(reading)
    name = "Pegawai Satu, S.Kom"
    assert said[name, date(2022, 7, 1)] == (time(7, 31), time(16, 16), "")
    assert said[name, date(2022, 7, 2)] == (None, None, "A")
    assert said[name, date(2022, 7, 3)] == (None, None, "-")
    assert said[name, date(2022, 7, 4)] == (time(7, 57), None, "")
    assert said[name, date(2022, 7, 5)] == (None, None, "OFF")
    assert said["Pegawai Dua", date(2022, 7, 3)] == (None, time(16, 2), "")
    assert {one.person.nip for one in reading.records} == ({ONE[1], TWO[1]} if nips else {None})


def test_cells_within_comments_are_never_read():
    reading = readers.read(matrix_html([ONE], *JULY, codes=True))
    assert all(one.time_in != time(9, 9) for one in reading.records)


def test_the_workbook_says_the_same_as_the_web_page():
    page = readers.read(matrix_html([ONE, TWO], *JULY, nips=False))
    book = readers.read(xlsx(matrix_rows([ONE, TWO], *JULY)))
    assert cells(page) == cells(book)
    assert (page.first, page.last, page.unit) == (book.first, book.last, book.unit)
    assert codes(book) == []


def test_an_old_xls_is_read_like_a_new_one():
    rows = matrix_rows([ONE], date(2022, 2, 1), date(2022, 2, 28))
    assert cells(readers.read(files.xls(rows))) == cells(readers.read(xlsx(rows)))


def test_a_second_sheet_with_the_same_cells_counts_once():
    rows = matrix_rows([ONE, TWO], *JULY)
    bare = matrix_rows([ONE, TWO], *JULY, titles=False)
    reading = readers.read(xlsx(("Satu", rows), ("Dua", bare)))
    assert len(reading.records) == 2 * 31
    assert set(codes(reading)) == {"period_of_other_sheet", "days_twice"}


def test_a_second_sheet_that_says_otherwise_is_a_question():
    other = ("Pegawai Dua", nip(2), ["07:00 - 16:00", "I", "00:00 - 16:02"])
    sheets = [("Satu", matrix_rows([TWO], *JULY)), ("Dua", matrix_rows([other], *JULY))]
    reading = readers.read(xlsx(*sheets))
    (problem,) = [one for one in reading.problems if one.code == "days_contradict"]
    assert problem.severity is Severity.QUESTION
    assert problem.place == "lembar Dua, baris 8, kolom C"
    assert cells(reading)["Pegawai Dua", date(2022, 7, 2)] == (None, None, "I")
    assert len(reading.days) == 31


def test_a_partial_period_has_only_its_days():
    reading = readers.read(matrix_html([ONE], date(2022, 7, 1), date(2022, 7, 24)))
    assert len(reading.records) == 24
    assert (reading.first, reading.last) == (date(2022, 7, 1), date(2022, 7, 24))
    assert codes(reading) == []


def test_a_period_may_run_from_one_month_into_the_next():
    reading = readers.read(matrix_html([ONE], date(2022, 6, 21), date(2022, 7, 20)))
    assert [one.date for one in reading.records][:1] == [date(2022, 6, 21)]
    assert reading.records[-1].date == date(2022, 7, 20)
    assert reading.period is None


@pytest.mark.parametrize(
    "period",
    [
        "01-07-2022 s.d. 31-07-2022",
        "01/07/2022 s/d 31/07/2022",
        "1.7.2022 sd 31.7.2022",
        "2022-07-01 sampai 2022-07-31",
        "1 Juli 2022 s.d. 31 Juli 2022",
        "1 s.d. 31 Juli 2022",
        "07/01/2022 - 07/31/2022",
        "Juli 2022",
        "07-2022",
    ],
)
def test_the_period_is_read_in_every_spelling(period):
    reading = readers.read(matrix_html([ONE], *JULY, period=period))
    assert (reading.first, reading.last) == JULY
    assert codes(reading) == []


def test_weekdays_decide_whether_day_or_month_comes_first():
    first, last = date(2022, 7, 1), date(2022, 7, 9)
    reading = readers.read(matrix_html([ONE], first, last, period="07/01/2022 - 07/09/2022"))
    assert (reading.first, reading.last) == (first, last)
    assert codes(reading) == []


def test_a_title_that_disagrees_with_the_weekdays_is_a_question():
    page = matrix_html([ONE], *JULY, period="01-08-2022 s.d. 31-08-2022")
    reading = readers.read(page)
    (problem,) = reading.problems
    assert (problem.severity, problem.code) == (Severity.QUESTION, "period_disagrees")
    assert reading.period == Period(2022, 8)


def test_columns_outside_the_period_are_asked_about_and_not_read():
    page = matrix_html([ONE], *JULY, period="01-07-2022 s.d. 24-07-2022")
    reading = readers.read(page)
    assert {one.date.day for one in reading.records} == set(range(1, 25))
    assert codes(reading) == ["day_outside_period"] * 7
    assert reading.problems[0].limits == (25,)


def test_days_without_a_column_are_noted():
    header = files.days(*JULY)[:-2]
    page = matrix_html([ONE], *JULY, header=header)
    reading = readers.read(page)
    assert len(reading.records) == 29
    assert codes(reading) == ["days_missing"]


def test_a_matrix_without_month_is_refused_unless_the_user_says_which():
    page = matrix_html([ONE], *JULY, period="")
    with pytest.raises(Unreadable) as refused:
        readers.read(page)
    assert refused.value.code == "no_period"
    reading = readers.read(page, period=Period(2022, 7))
    assert codes(reading) == ["period_chosen"]
    assert reading.period == Period(2022, 7)
    doubted = readers.read(page, period=Period(2022, 8))
    assert codes(doubted) == ["period_chosen", "period_disagrees"]


@pytest.mark.parametrize("cell", ["25:61 - 16:00", "07:31 - 16:60", "7.3.1", "?", "07:31 16:16 -"])
def test_a_cell_that_cannot_be_understood_is_a_problem_and_no_day(cell):
    person = ("Pegawai Satu", nip(1), ["07:31 - 16:16", cell])
    reading = readers.read(matrix_html([person], *JULY))
    assert len(reading.records) == 30
    (problem,) = reading.problems
    assert (problem.severity, problem.code) == (Severity.ERROR, "cell_unclear")
    assert problem.place == "baris 5, kolom E"
    assert problem.limits == (cell,)


def test_an_unknown_code_is_a_day_with_a_question():
    reading = readers.read(matrix_html([("Pegawai Satu", nip(1), ["XY"])], *JULY))
    assert reading.records[0].code == "XY"
    assert codes(reading) == ["code_unknown"]


def test_empty_cells_are_days_without_anything_and_noted_once_a_row():
    reading = readers.read(matrix_html([("Pegawai Satu", nip(1), ["", "", "A"])], *JULY))
    assert [one.code for one in reading.records][:3] == ["", "", "A"]
    assert [(one.code, one.limits) for one in reading.problems] == [("days_empty", (2,))]


def test_a_shift_may_end_the_next_morning():
    reading = readers.read(matrix_html([("Pegawai Satu", nip(1), ["20:00 - 08:05"])], *JULY))
    one = reading.records[0]
    assert (one.time_in, one.time_out) == (time(20), time(8, 5))


def test_a_row_without_a_person_is_an_error_and_footers_are_none():
    reading = readers.read(matrix_html([("", "", ["07:31 - 16:16"]), ONE], *JULY))
    assert len(reading.records) == 31
    assert codes(reading) == ["row_without_person"]


def test_the_same_person_twice_with_different_cells_is_a_question():
    again = (ONE[0], ONE[1], ["08:00 - 16:16", "A", "-", "07:57 - 00:00", "OFF"])
    reading = readers.read(matrix_html([ONE, again], *JULY))
    assert set(codes(reading)) == {"days_contradict", "days_twice"}
    assert len(reading.days) == 31
    assert reading.days[0].time_in == time(7, 31)


def test_one_nip_with_two_names_is_a_question():
    reading = readers.read(matrix_html([ONE, ("Pegawai Lain", ONE[1], ONE[2])], *JULY))
    assert "nip_two_names" in codes(reading)


def test_namesakes_without_nip_are_both_read_and_asked_about():
    reading = readers.read(matrix_html([TWO, TWO], *JULY, nips=False))
    assert len(reading.records) == 2 * 31
    assert codes(reading) == ["name_twice"]


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        (f"'{nip(1)}", nip(1)),
        (f"{nip(1)[:8]} {nip(1)[8:14]} {nip(1)[14]} {nip(1)[15:]}", nip(1)),
        (f"NIP. {nip(1)}", nip(1)),
        ("-", None),
    ],
)
def test_the_nip_is_read_in_every_spelling(written, digits):
    reading = readers.read(matrix_html([("Pegawai Satu", written, ["A"])], *JULY))
    assert reading.records[0].person.nip == digits
    assert codes(reading) == []


def test_a_nip_through_a_number_cell_is_damaged():
    rows = matrix_rows([ONE], *JULY)
    for row in rows[5:]:
        row.insert(2, "")
    rows[5][2], rows[7][2] = "NIP", int(nip(1))
    reading = readers.read(xlsx(rows))
    person = reading.records[0].person
    assert (person.nip, person.nip_damaged) == (nip(1)[:15] + "000", True)
    assert codes(reading) == ["nip_damaged"]


def test_columns_may_stand_in_another_order():
    first, last = date(2023, 4, 1), date(2023, 4, 3)
    page = (
        b"<table><tr><td>PERIODE : 01-04-2023 s.d. 03-04-2023</td></tr></table><table>"
        b"<tr><th>NIP</th><th>Sn<br>03</th><th>Sb<br>01</th><th>Mg<br>02</th>"
        b"<th>Nama Pegawai</th><th>No</th></tr>"
        b"<tr><td>%s</td><td>07:30 - 16:00</td><td>A</td><td>-</td><td>Pegawai Satu</td>"
        b"<td>1</td></tr></table>" % nip(1).encode()
    )
    reading = readers.read(page)
    assert (reading.first, reading.last) == (first, last)
    assert {one.date.day: one.code for one in reading.records} == {3: "", 1: "A", 2: "-"}


def test_two_matrices_one_below_the_other_have_their_own_months():
    pages = matrix_html([ONE], *JULY) + matrix_html([ONE], date(2022, 8, 1), date(2022, 8, 31))
    reading = readers.read(pages)
    assert len(reading.records) == 62
    assert (reading.first, reading.last) == (date(2022, 7, 1), date(2022, 8, 31))


clocks = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@given(clocks, clocks, st.sampled_from([" - ", "-", " \u2013 ", " -"]), st.sampled_from(":."))
def test_times_written_in_a_cell_are_read_back(first, last, dash, mark):
    said = meaning(f"{first:%H{mark}%M}{dash}{last:%H{mark}%M}")
    assert said.time_in == (first if first != time() else None)
    assert said.time_out == (last if last != time() else None)
    assert said.code == ""


@given(st.text(max_size=30))
def test_no_text_of_a_cell_brings_the_reader_down(shown):
    said = meaning(shown)
    assert said is None or not (said.time_in and re.fullmatch(r"\D*", shown))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("07:31:20 - 16:16:59", (time(7, 31, 20), time(16, 16, 59), "")),
        ("7:31 - ", (time(7, 31), None, "")),
        ("- 16:16", (None, time(16, 16), "")),
        ("07:31", (time(7, 31), None, "")),
        ("00:00 - 00:00", (None, None, "")),
        ("00:00-00:00-A", (None, None, "A")),
        ("07:57-00:00-H(TAP)", (time(7, 57), None, "H(TAP)")),
        ("off", (None, None, "OFF")),
        (" a ", (None, None, "A")),
        ("\u2013", (None, None, "-")),
        (time(7, 30), (time(7, 30), None, "")),
    ],
)
def test_a_cell_is_read_in_every_spelling(cell, expected):
    said = meaning(cell)
    assert (said.time_in, said.time_out, said.code) == expected
    assert said.known


LONG_HEAD = (
    "<table><tr><td colspan='15'><strong>LAPORAN ABSENSI Unit Contoh PERIODE 01/05/2022 s.d. "
    "31/05/2022</strong></td></tr><tr><td></td></tr></table><table><thead><tr>"
    "<th rowspan='2'>No</th><th rowspan='2'>NIP</th><th rowspan='2'>Nama Pegawai</th>"
    "<th rowspan='2'>Tanggal</th><th rowspan='2'>Jenis Absensi</th><th colspan='3'>Masuk</th>"
    "<!-- <th colspan='3'>Apel Selesai</th> --><th colspan='3'>Pulang</th>"
    "<th rowspan='2'>Keterangan</th></tr><tr><th>Waktu</th><th>Lokasi</th><th>Ket</th>"
    "<!-- <th>Waktu</th> --><th>Waktu</th><th>Lokasi</th><th>Ket</th></tr></thead></thead>"
)


def long_form(*lines):
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td><!-- <td></td> -->" for cell in line) + "</tr>"
        for line in lines
    )
    return f"{LONG_HEAD}{rows}</table>".encode()


def line(day, time_in="07:42:07", time_out="16:15:18", *, kind="Hadir", who=1, note="-"):
    places = [time_in, "Kantor", "Tes", time_out, "Di luar radius", ""]
    return [1, f"'{nip(who)}", f"Pegawai {who}, SE", day, kind, *places, note]


def test_the_long_form_gives_a_day_a_line_newest_first():
    reading = readers.read(
        long_form(line("31/05/2022", note="Rapat"), line("02/05/2022", "00:00:00", "00:00:00"))
    )
    newest, oldest = reading.days
    assert (newest.date, newest.time_in, newest.time_out) == (
        date(2022, 5, 31),
        time(7, 42, 7),
        time(16, 15, 18),
    )
    assert newest.person.nip == nip(1)
    assert (newest.kind, newest.note) == ("Hadir", "Rapat; Tes")
    assert (newest.place_in, newest.place_out) == ("Kantor", "Di luar radius")
    assert (oldest.date, oldest.time_in, oldest.time_out) == (date(2022, 5, 2), None, None)
    assert (reading.unit, reading.period) == ("Unit Contoh", Period(2022, 5))
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("kind", "code"), [("Tanpa Keterangan", "A"), ("Sakit", "S"), ("Izin", "I"), ("Hadir", "")]
)
def test_the_kind_of_absence_becomes_the_code_of_the_matrix(kind, code):
    (one,) = readers.read(long_form(line("03/05/2022", "00:00:00", "00:00:00", kind=kind))).days
    assert (one.kind, one.code) == (kind, code)


def test_impossible_dates_and_times_of_the_long_form_are_errors_of_their_line():
    reading = readers.read(
        long_form(line("31/05/2022"), line("31/02/2022"), line("04/05/2022", "27:00:00"))
    )
    assert len(reading.days) == 1
    assert [(one.code, one.place) for one in reading.problems] == [
        ("no_such_date", "baris 6, kolom D"),
        ("no_such_time", "baris 7, kolom F"),
    ]


def test_a_day_outside_the_period_of_the_long_form_is_a_question():
    reading = readers.read(long_form(line("31/05/2022"), line("01/06/2022")))
    assert codes(reading) == ["date_outside_period"]


def test_a_day_told_twice_in_the_long_form_is_kept_and_asked_about():
    reading = readers.read(long_form(line("31/05/2022"), line("31/05/2022", "00:00:00")))
    assert len(reading.records) == 2
    assert [one.time_in for one in reading.days] == [time(7, 42, 7)]
    assert codes(reading) == ["days_contradict"]
