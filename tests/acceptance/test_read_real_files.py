"""Every real file of attendance and staff: what is read of it, or how it is refused.

The counts were made by hand or by other programs; nothing of the files is repeated here.
"""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from tests.conftest import SHARED, real
from wfh_desktop import readers, words
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers.records import Kind

NOT_YET = "dikenal tetapi belum didukung"
REFUSED = {
    "1_absensi/1_StandardReport_en.xls": f"berformat StandardReport yang {NOT_YET}",
    "1_absensi/AGL_001_name_gmno_merged.TXT": f"berformat GLog yang {NOT_YET}",
    "1_absensi/AGL_001_us12h.TXT": f"berformat GLog yang {NOT_YET}",
    "1_absensi/ALOG_001_utf16_dept.txt": f"berformat ALOG yang {NOT_YET}",
    "1_absensi/ALOG_utf8_example.txt": f"berformat ALOG yang {NOT_YET}",
    "1_absensi/ASL_001_operator_log.TXT": "adalah log operator mesin (ASL), bukan presensi",
    "1_absensi/NEG_manado_php_error_page.xls": "berisi halaman galat server, bukan data",
    "1_absensi/fingerspot_contoh_sn_pin_scandate.xlsx": f"log pindai Fingerspot yang {NOT_YET}",
    "1_absensi/fingerspot_scanlog_2022-01.csv": f"log pindai Fingerspot yang {NOT_YET}",
    "1_absensi/perindag_sultra_absensi_tanggal_1.xlsx": f"presensi harian Perindag yang {NOT_YET}",
    "1_absensi/solution_harian_2023-12-21.xls": f"Solution/Fingerspot yang {NOT_YET}",
    "1_absensi/tolikara_lap.xlsx": f"presensi Tolikara yang {NOT_YET}",
    "1_absensi/tolikara_lap0104.xlsx": f"presensi Tolikara yang {NOT_YET}",
    "3_pegawai/babel_kelas_jabatan_struktural.xlsx": "tidak ada kolom nama atau NIP pegawai",
    "3_pegawai/bps_jabatan.csv": "tidak ada kolom nama atau NIP pegawai",
    "3_pegawai/kalsel_daftar_skpd_uptd_2026.xls": "tidak ada kolom nama atau NIP pegawai",
    "3_pegawai/mojokerto_template_DUK.xlsx": "hanya berisi judul kolom tanpa satu baris data",
    "3_pegawai/sulsel_data_eselon.csv": "tidak ada kolom nama atau NIP pegawai",
    "3_pegawai/sulsel_data_golongan.csv": "tidak ada kolom nama atau NIP pegawai",
    "3_pegawai/sulsel_data_jabatan.csv": "tidak ada kolom nama atau NIP pegawai",
    "3_pegawai/sulsel_data_satker.csv": "tidak ada kolom nama atau NIP pegawai",
    "3_pegawai/sulsel_data_unit.csv": "tidak ada kolom nama atau NIP pegawai",
    "3_pegawai/tukin_grade_nominal.csv": "tidak ada kolom nama atau NIP pegawai",
}
# name: people, days of the month
MATRICES = {
    "manado_html_bagian_hukum_2022-07.xls": (11, "2022-07"),
    "manado_html_bagian_umum_2022-07.xls": (24, "2022-07"),
    "manado_html_bkpsdm_2022-07.xls": (64, "2022-07"),
    "manado_html_bkpsdm_2023-01.xls": (66, "2023-01"),
    "manado_html_bpbd_2022-07_noNIP.xls": (26, "2022-07"),
    "manado_html_dlh_2022-01_noNIP.xls": (54, "2022-01"),
    "manado_html_kel_islam_2023-01.xls": (6, "2023-01"),
    "manado_html_kel_paal_empat_2022-07.xls": (4, "2022-07"),
    "manado_matriks_bkpsdm.xlsx": (57, "2022-01"),
    "manado_matriks_dlh.xlsx": (53, "2022-02"),
}
# name: scans, PINs, scans within 60 s of the previous of that PIN, scans 22:00-05:00, states
LOGS = {
    "1_absensi/attlog_solution_5digit.dat": (560, 18, 66, 0, {0: 550, 1: 8, 3: 1, 4: 1}),
    "1_absensi/1_attlog_gov_2020.dat": (11_902, 90, 549, 205, {0: 6455, 1: 5385, 4: 15, 5: 47}),
    "1_absensi/2_attlog_crlf.dat": (86, 8, 0, 0, {255: 86}),
    "1_absensi/1_attlog_tiny.dat": (2, 1, 1, 0, {0: 1, 1: 1}),
    "7_load/2_attlog_gov_big.dat": (32_849, 73, 1049, 0, {0: 17_134, 1: 15_699, 4: 15, 5: 1}),
    "7_load/attlog_verify4_big.dat": (37_376, 30, 685, 25, None),
}
# name: people, problems by code
LISTS = {
    "bjm_asn_september_2025.xlsx": (4168, {"dates_swapped": 1}),
    "bjm_PPPK.xlsx": (2142, {}),
    "bjm_PPPK_jabatan.xlsx": (2142, {}),
    "dinsos_datapegawai_gabung.csv": (157, {"nip_damaged": 1, "nip_length": 2}),
    "indag_pegawai_semicolon_bom.csv": (
        93,
        {"no_captions": 1, "nip_damaged": 92, "nip_length": 1, "births_differ": 1},
    ),
    "sikil_users.xlsx": (33, {}),
}
LONG = "1_absensi/manado_html_laporan_long_2022-05.xls"


def read(name):
    return readers.read(real(*name.split("/")))


def codes(reading):
    return dict(Counter(problem.code for problem in reading.problems))


def test_every_file_here_has_its_expectation():
    real("1_absensi")
    here = {
        f"{folder}/{path.name}"
        for folder in ("1_absensi", "3_pegawai")
        for path in (SHARED / "data" / folder).iterdir()
    }
    known = REFUSED.keys() | LOGS.keys() | {LONG}
    known |= {f"1_absensi/{name}" for name in MATRICES} | {f"3_pegawai/{name}" for name in LISTS}
    assert here - known == set()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_read_is_refused_by_name(name):
    path = real(*name.split("/"))
    with pytest.raises(Unreadable) as refused:
        readers.read(path)
    sentence = words.explain(refused.value)
    assert REFUSED[name] in sentence
    assert path.name in sentence


@pytest.mark.parametrize("name", MATRICES)
def test_a_matrix_is_read_completely(name):
    people, month = MATRICES[name]
    reading = read(f"1_absensi/{name}")
    days = len(reading.period.days)
    assert reading.kind is Kind.DAYS
    assert str(reading.period) == month
    assert reading.unit
    assert len(reading.records) == people * days == len(reading.days)
    assert len({one.person for one in reading.records}) == people
    assert codes(reading) == {}


CELL = re.compile(r'<!-- <td align="center">(\d\d:\d\d)-(\d\d:\d\d)-([A-Z()]+)</td> -->')


@pytest.mark.parametrize("name", [name for name in MATRICES if name.endswith(".xls")])
def test_each_cell_of_a_page_says_what_the_system_meant_it_to_say(name):
    """The system leaves its own times and code in a comment before each cell."""
    labels = CELL.findall(real("1_absensi", name).read_text(encoding="utf-8"))
    records = read(f"1_absensi/{name}").records
    assert len(labels) == len(records)
    for (first, last, code), one in zip(labels, records, strict=True):
        shown = [f"{tap:%H:%M}" if tap else "00:00" for tap in (one.time_in, one.time_out)]
        assert shown == [first, last], one.place
        expected = {"L": "-", "A": "A", "OFF": "OFF", "S": "S", "I": "I"}.get(code, "")
        assert one.code == expected, one.place


def test_the_web_page_and_the_workbook_of_one_month_say_the_same():
    page = real("1_absensi", "manado_html_dlh_2022-02_noNIP_off.xls")
    html, book = readers.read(page), read("1_absensi/manado_matriks_dlh.xlsx")
    said = [
        {(d.person.name, d.date): (d.time_in, d.time_out, d.code) for d in one.records}
        for one in (html, book)
    ]
    assert said[0] == said[1]
    assert len(said[0]) == 1484


def test_the_long_form_is_read_completely():
    reading = read(LONG)
    assert len(reading.records) == 1818
    assert len({one.person.nip for one in reading.records}) == 67
    assert (reading.first, reading.last) == (date(2022, 5, 1), date(2022, 5, 31))
    assert reading.unit == "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
    assert Counter(one.kind for one in reading.records) == {"Hadir": 1287, "Tanpa Keterangan": 531}
    assert codes(reading) == {"days_contradict": 1}
    assert len(reading.days) == 1817


@pytest.mark.parametrize("name", LOGS)
def test_a_log_has_the_scans_that_were_counted(name):
    rows, pins, repeats, night, states = LOGS[name]
    reading = read(name)
    scans = reading.scans
    assert reading.kind is Kind.SCANS
    assert len(scans) == rows
    assert len({scan.person.pin for scan in scans}) == pins
    assert _repeats(scans) == repeats
    assert sum(scan.at.hour >= 22 or scan.at.hour < 5 for scan in scans) == night
    if states:
        assert Counter(scan.state for scan in scans) == states


def _repeats(scans):
    last, found = {}, 0
    different = {(one.person.pin, one.at): one for one in scans}.values()
    for scan in sorted(different, key=lambda one: one.at):
        before = last.get(scan.person.pin)
        found += before is not None and scan.at - before <= timedelta(seconds=60)
        last[scan.person.pin] = scan.at
    return found


def test_the_devices_of_logs_are_told_apart():
    assert {scan.device for scan in read("7_load/2_attlog_gov_big.dat").scans} == {"2"}
    assert {scan.device for scan in read("1_absensi/1_attlog_gov_2020.dat").scans} == {"1"}
    assert {scan.device for scan in read("1_absensi/attlog_solution_5digit.dat").scans} == {None}


def test_the_one_exact_duplicate_of_the_big_log_is_found():
    assert codes(read("7_load/2_attlog_gov_big.dat")) == {"scan_twice": 1}


@pytest.mark.parametrize("name", LISTS)
def test_a_staff_list_has_the_people_that_were_counted(name):
    people, problems = LISTS[name]
    reading = read(f"3_pegawai/{name}")
    assert reading.kind is Kind.STAFF
    assert len(reading.staff) == people
    assert codes(reading) == problems


def test_the_siasn_list_is_understood_in_every_column():
    reading = read("3_pegawai/bjm_asn_september_2025.xlsx")
    people = reading.staff
    assert len({one.nip for one in people}) == 4168
    grades = Counter(one.grade for one in people)
    assert (grades["III/d"], grades["IV/c"], grades["I/b"]) == (937, 115, 1)
    assert sum(grades.values()) == 4168
    assert all("/" in grade for grade in grades)
    assert sum(bool(one.front_title) for one in people) >= 298
    assert sum(bool(one.back_title) for one in people) == 4168 - 560 + 1  # one stands in the name
    assert all(one.position and one.unit and one.grade_since.month == 1 for one in people)
    assert sum(len(one.unit_path) == 2 for one in people) > 3000
    (problem,) = reading.problems
    assert problem.place == "lembar Sheet1, kolom G"


def test_contracts_have_roman_grades_and_the_lists_join_by_number():
    people = read("3_pegawai/bjm_PPPK.xlsx").staff
    positions = read("3_pegawai/bjm_PPPK_jabatan.xlsx").staff
    assert {one.nip for one in people} == {one.nip for one in positions}
    assert Counter(one.grade for one in people) == {
        "IX": 1821, "VII": 198, "V": 94, "X": 24, "III": 3, "VI": 2
    }  # fmt: skip
    assert {one.status for one in people} == {"PPPK"}
    assert all(one.nip[12:14] == "21" for one in people)
    assert all(one.birth_date == date.fromisoformat(one.nip[:8]) for one in people)
    assert all(one.position and one.unit for one in positions)


def test_a_mixed_list_keeps_those_without_nip():
    people = read("3_pegawai/dinsos_datapegawai_gabung.csv").staff
    assert sum(one.nip is None for one in people) == 93
    assert sum(one.nip_damaged for one in people) == 1
    assert Counter(one.grade for one in people if one.nip)["IX"] == 1
    head = next(one for one in people if one.position == "Kepala Dinas")
    assert (head.nip[8:14], len(head.nip), head.back_title) == ("199003", 18, "A.KS, M.I.Kom")


def test_a_list_without_captions_and_with_rounded_numbers_is_kept_but_flagged():
    people = read("3_pegawai/indag_pegawai_semicolon_bom.csv").staff
    assert sum(one.nip_damaged for one in people) == 92
    assert {one.grade for one in people} >= {"IV/d", "III/a", "II/b"}
    assert sum(bool(one.back_title) for one in people) > 70
    assert Counter(one.sex for one in people).keys() == {"Pria", "Wanita"}
    assert people[0].position == "KEPALA DINAS"
    assert people[11].unit.startswith("SEKSI ")
    assert sum(one.birth_date is not None for one in people) > 80


def test_the_users_of_a_machine_are_a_list_by_pin():
    people = read("3_pegawai/sikil_users.xlsx").staff
    assert all(one.pin and one.pin.isdigit() for one in people)
    assert sum(one.pin.startswith("0") for one in people) > 3
    assert all(one.name and not one.nip for one in people)
