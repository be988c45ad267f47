from dataclasses import replace
from datetime import date, datetime, time

import pytest

from tests.documents import reading, samples
from wfh_desktop.documents import attendance
from wfh_desktop.documents.attendance import AttendanceLine, day_code
from wfh_desktop.documents.paper import Layout, Size
from wfh_desktop.domain.attendance import PersonDay, Status, Workplace, summarise
from wfh_desktop.domain.leave import LeaveKind

LAYOUTS = (Layout(), Layout(size=Size.A4))
MONDAY = date(2026, 9, 7)


def write(recap, layout=LAYOUTS[0]):
    return attendance.write(recap, layout)


def alone(*days):
    line = AttendanceLine(samples.person(1), summarise(days), days)
    return replace(samples.attendance(0), lines=(line,))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [1, 30])
def test_jumlah_is_the_sum_of_the_printed_rows(count, layout):
    pdf = write(samples.attendance(count), layout)
    body = [cells for cells in reading.numbered(pdf) if len(cells) == 28]
    assert len(body) == count
    sums = [sum(reading.value(cells[place]) for cells in body) for place in range(4, 27)]
    assert [reading.value(cell) for cell in reading.total(pdf)] == sums


@pytest.mark.parametrize("count", range(1, 41))
def test_the_days_of_everybody_add_up_to_their_working_days(count):
    for line in samples.attendance(count).lines:
        month = line.summary
        counted = (
            month.present + month.duty + month.sick + month.permit + sum(month.leave.values())
            + month.absent + month.unclear + month.pending
        )  # fmt: skip
        assert counted == month.working_days
        assert month.wfo + month.wfh == month.present


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [*range(1, 40, 3), 60])
def test_the_signature_is_with_the_total_and_the_last_person(count, layout):
    pdf = write(samples.attendance(count), layout)
    (signed,) = [one for one in reading.pieces(pdf) if one.text == "Mengetahui,"]
    with_it = [cells for page, cells in reading.rows(pdf) if page == signed.page]
    assert any(cells[0] == "JUMLAH" for cells in with_it)
    assert any(cells[0] == str(count) and len(cells) == 28 for cells in with_it)


def test_the_share_attended_is_not_summed_and_a_dash_for_whoever_owed_no_day():
    day = PersonDay(MONDAY, Status.LEAVE, leave=LeaveKind.MATERNITY)
    pdf = write(alone(day))
    (row,) = [cells for cells in reading.numbered(pdf) if len(cells) == 28]
    assert row[-1] == "-"
    assert len(reading.total(pdf)) == 23


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (PersonDay(MONDAY, Status.PRESENT), "WFO"),
        (PersonDay(MONDAY, Status.PRESENT, workplace=Workplace.HOME), "WFH"),
        (PersonDay(MONDAY, Status.PRESENT, workplace=Workplace.DUTY_ROSTER), "PKT"),
        (PersonDay(MONDAY, Status.PRESENT, late_minutes=3, no_out=True), "WFO\nta"),
        (PersonDay(MONDAY, Status.PRESENT, early_minutes=3, corrected=True), "WFO*\np"),
        (PersonDay(MONDAY, Status.LEAVE, leave=LeaveKind.ANNUAL), "CT"),
        (PersonDay(MONDAY, Status.LEAVE), "C"),
        (PersonDay(MONDAY, Status.DUTY, corrected=True), "DL*"),
        (PersonDay(MONDAY, Status.ABSENT), "TK"),
        (PersonDay(MONDAY, Status.UNCLEAR), "?"),
        (PersonDay(MONDAY, Status.PENDING), "-"),
        (PersonDay(MONDAY, Status.HOLIDAY), "L"),
    ],
)
def test_a_day_is_printed_by_its_code_with_what_stands_beside_it(day, printed):
    assert day_code(day) == printed


def test_every_status_has_a_code():
    assert all(day_code(PersonDay(MONDAY, status)) for status in Status)


def test_corrected_and_unclear_days_are_listed_with_their_reasons():
    recap = samples.attendance(30)
    assert recap.corrected
    assert recap.unclear
    flat = " ".join(" ".join(reading.quick_pages(write(recap))).split())
    assert "Hari yang dikoreksi" in flat
    assert "dinas luar; menurut Surat Tugas, oleh Operator" in flat
    assert "Hari yang belum jelas (belum dihitung)" in flat
    assert "tidak ada catatan dari mesin maupun laporan" in flat


def test_the_legend_explains_every_column():
    for code in ("JHK", "WFO", "WFH", "DL", "TK", "TL", "PSW", "TAP", "BJ", *LeaveKind):
        assert f"{code}: " in attendance.LEGEND


def test_a_chart_closes_the_paper_and_its_words_can_be_searched():
    last = reading.quick_pages(write(samples.attendance(10)))[-1]
    assert "GRAFIK KEHADIRAN" in last
    for word in ("Tanggal", "Pegawai", "WFO", "WFH"):
        assert word in last


def test_a_unit_of_nobody_still_has_a_paper():
    assert "Tidak ada pegawai" in reading.quick_pages(write(samples.attendance(0)))[0]


def test_the_code_follows_what_is_printed_and_not_how_it_was_found_out():
    day = PersonDay(MONDAY, Status.PRESENT, arrived=datetime.combine(MONDAY, time(7, 30)))
    earlier = replace(day, arrived=datetime.combine(MONDAY, time(7, 10)))
    assert attendance.code(alone(day)) == attendance.code(alone(earlier))
    late = replace(day, late_minutes=5)
    assert attendance.code(alone(day)) != attendance.code(alone(late))
