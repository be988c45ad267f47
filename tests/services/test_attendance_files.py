"""Real and hostile attendance files, from the bytes to the questions of the preview."""

from collections import Counter

import openpyxl
import pytest
from sqlalchemy import select

from tests.conftest import real
from tests.services import offices
from wfh_desktop import words
from wfh_desktop.domain.attendance import Status
from wfh_desktop.domain.errors import Invalid, Unreadable
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import DayEntry, ImportedFile
from wfh_desktop.services import attendance, attendance_import, attendance_people
from wfh_desktop.services.attendance_import import Answers
from wfh_desktop.services.attendance_matching import Doubt
from wfh_desktop.services.attendance_plan import RowKind

SEPTEMBER = Period(2026, 9)
PAGE = """<table><tr><td>OPD</td><td>:</td><td>Unit Contoh</td></tr>
<tr><td>PERIODE</td><td>:</td><td>07-09-2026 s.d. 08-09-2026</td></tr></table>
<table><tr><th>NO</th><th>Nama Pegawai Negeri Sipil</th><th>NIP</th>
<th>Sn<br>07</th><th>Sl<br>08</th></tr>{rows}</table>"""


@pytest.fixture
def unit(work):
    unit = offices.office(work)
    offices.people(work, unit, 3)
    return unit


def page(tmp_path, *rows):
    lines = "".join(
        f"<tr><td>{number}</td>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for number, row in enumerate(rows, start=1)
    )
    path = tmp_path / "presensi.xls"
    path.write_text(PAGE.format(rows=lines), encoding="utf-8")
    return path


def previewed(work, unit, path, answers=None):
    upload = attendance_import.load(path, SEPTEMBER)
    return upload, attendance_import.preview(work, unit.id, SEPTEMBER, upload, answers or Answers())


def row(number, *cells):
    return (f"Pegawai {number}", offices.nip(number), *cells)


def test_a_person_listed_twice_with_other_times_is_a_question(work, unit, tmp_path):
    path = page(
        tmp_path,
        row(1, "07:31 - 16:16", "07:30 - 16:00"),
        row(1, "09:31 - 16:16", "07:30 - 16:00"),
    )
    upload, found = previewed(work, unit, path)
    assert found.open_questions == 1
    with pytest.raises(Invalid):
        attendance_import.apply(work, unit.id, SEPTEMBER, upload)
    assert work.session.scalars(select(DayEntry)).all() == []
    answers = Answers(accepted=frozenset(found.doubts))
    assert attendance_import.apply(work, unit.id, SEPTEMBER, upload, answers).new == 2


def test_a_person_listed_twice_alike_counts_once_and_without_a_question(work, unit, tmp_path):
    same = row(1, "07:31 - 16:16", "A")
    _, found = previewed(work, unit, page(tmp_path, same, same))
    assert (found.open_questions, found.counts) == (0, {RowKind.NEW: 2})


def test_a_code_nobody_knows_is_a_question_and_says_nothing_about_the_day(work, unit, tmp_path):
    upload, found = previewed(work, unit, page(tmp_path, row(1, "QX", "07:31 - 16:16")))
    assert found.open_questions == 1
    assert found.counts == {RowKind.SKIPPED: 1, RowKind.NEW: 1}
    answers = Answers(accepted=frozenset(found.doubts))
    attendance_import.apply(work, unit.id, SEPTEMBER, upload, answers)
    months = attendance.month(work, unit.id, SEPTEMBER)
    day = next(one for one in months if one.person.name == "Pegawai 1").days[6]
    assert day.status is Status.UNCLEAR


def test_a_nip_that_a_spreadsheet_rounded_asks_who_it_is(work, unit, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["PERIODE", ":", "07-09-2026 s.d. 08-09-2026"])
    sheet.append(["NO", "Nama Pegawai", "NIP", "Sn 07", "Sl 08"])
    sheet.append([1, "Pegawai 2", float(offices.nip(2)), "07:31 - 16:16", "A"])
    path = tmp_path / "presensi.xlsx"
    book.save(path)
    upload, found = previewed(work, unit, path)
    (asked,) = found.asked
    assert asked.doubt is Doubt.NIP_DAMAGED
    names = {one.id: one.name for one in found.roster}
    assert names[asked.candidates[0]] == "Pegawai 2"
    answers = Answers(people={asked.key: asked.candidates[0]})
    attendance_import.apply(work, unit.id, SEPTEMBER, upload, answers)
    assert len(work.session.scalars(select(DayEntry)).all()) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<h4>A PHP Error was encountered</h4>",
        b"<<<<<<< HEAD\n<table></table>\n=======\n>>>>>>> x",
        b"PK\x03\x04 broken",
        b"\xef\xbf\xbd\xef\xbf\xbd\x11\xe0 destroyed",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 half a workbook",
        b"\x00" * 4096,
    ],
)
def test_broken_files_are_refused_in_a_sentence_and_nothing_is_kept(work, unit, tmp_path, content):
    path = tmp_path / "presensi.xls"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refusal:
        attendance_import.load(path, SEPTEMBER)
    assert "presensi.xls" in words.explain(refusal.value)
    assert work.session.scalars(select(ImportedFile)).all() == []


def test_a_log_of_many_years_gives_only_the_month(work, unit, tmp_path):
    lines = [
        f"    1\t{year}-09-{day:02} {clock}:00\t1\t0\t1\t0"
        for year in range(2016, 2027)
        for day in range(1, 31)
        for clock in ("07:30", "16:10")
    ]
    path = tmp_path / "1_attlog.dat"
    path.write_text("\r\n".join(lines))
    _, found = previewed(work, unit, path)
    assert found.counts[RowKind.OUTSIDE] == 600
    assert found.counts[RowKind.UNMATCHED] == 60


@pytest.mark.parametrize(
    ("name", "month", "people", "absent"),
    [
        ("manado_html_bagian_umum_2022-07.xls", Period(2022, 7), 24, 43),
        # 23 January was cuti bersama: the file calls six people absent on it, the calendar does not
        ("manado_html_kel_islam_2023-01.xls", Period(2023, 1), 6, 30 - 6),
    ],
)
def test_real_months_become_days_without_a_question(work, name, month, people, absent):
    unit = offices.office(work)
    upload = attendance_import.load(real("1_absensi", name), month)
    attendance_people.add(work, unit.id, month, upload, Answers())
    assert attendance_import.preview(work, unit.id, month, upload).open_questions == 0
    attendance_import.apply(work, unit.id, month, upload)
    months = attendance.month(work, unit.id, month)
    assert len(months) == people
    assert sum(one.summary.absent for one in months) == absent
    assert sum(one.summary.unclear for one in months) == 0


def test_the_long_form_makes_nobody_absent_on_a_day_off_nor_present_without_a_tap(work):
    """That system writes Tanpa Keterangan on Sundays, and Hadir on every day without a tap."""
    unit, may = offices.office(work), Period(2022, 5)
    upload = attendance_import.load(real("1_absensi", "manado_html_laporan_long_2022-05.xls"), may)
    attendance_people.add(work, unit.id, may, upload, Answers())
    doubts = attendance_import.preview(work, unit.id, may, upload).doubts
    answers = Answers(accepted=frozenset(doubts))
    attendance_import.apply(work, unit.id, may, upload, answers)
    months = attendance.month(work, unit.id, may)
    statuses = Counter(day.status for one in months for day in one.days)
    assert statuses[Status.ABSENT] == 0
    assert statuses[Status.PRESENT] == 744
    assert statuses[Status.UNCLEAR] > 100
