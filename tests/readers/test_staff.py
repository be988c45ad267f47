"""Staff lists in the spellings of many offices."""

from datetime import date

import pytest

from tests.readers import files
from tests.readers.files import nip, xls, xlsx
from wfh_desktop import readers, words
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers.records import Kind, Severity

UNIT = "Unit Contoh"
HEAD = ["No", "Nama", "NIP", "Gol", "Jabatan", "Unit Kerja"]


def row(number=1, **cells):
    usual = {"name": f"Pegawai {number}", "nip": nip(number), "grade": "III/b"}
    usual |= {"position": "Analis Contoh", "unit": UNIT} | cells
    return [number, *(usual[key] for key in ("name", "nip", "grade", "position", "unit"))]


def staff(*rows, head=HEAD):
    return readers.read(xlsx([head, *rows]))


def codes(reading):
    return [problem.code for problem in reading.problems]


def test_a_plain_list_is_read_completely():
    reading = staff(row(1, name="Hj. Pegawai Satu, SE, M.Si"), row(2))
    assert reading.kind is Kind.STAFF
    one, two = reading.staff
    assert (one.nip, one.nip_damaged) == (nip(1), False)
    assert (one.front_title, one.name, one.back_title) == ("Hj.", "Pegawai Satu", "SE, M.Si")
    assert (one.grade, one.position, one.unit) == ("III/b", "Analis Contoh", UNIT)
    assert one.unit_path == (UNIT,)
    assert one.place == "lembar Sheet1, baris 2"
    assert two.name == "Pegawai 2"
    assert codes(reading) == []


def text(separator, *rows, bom=""):
    quoted = [
        separator.join(f'"{cell}"' if separator in str(cell) else str(cell) for cell in cells)
        for cells in rows
    ]
    return (bom + "\r\n".join(quoted)).encode()


@pytest.mark.parametrize(
    "content",
    [
        xlsx([HEAD, row(1)]),
        xls([HEAD, row(1)]),
        text(",", HEAD, row(1)),
        text(";", HEAD, row(1), bom="\ufeff"),
        text("\t", HEAD, row(1)),
        "\ufeff".encode("utf-16-le") + text("\t", HEAD, row(1)).decode().encode("utf-16-le"),
        text(";", HEAD, row(1)).decode().encode("cp1252"),
    ],
    ids=["xlsx", "xls", "comma", "semicolon with bom", "tab", "utf-16", "cp1252"],
)
def test_every_container_says_the_same(content):
    (one,) = readers.read(content).staff
    assert (one.nip, one.name, one.grade, one.unit) == (nip(1), "Pegawai 1", "III/b", UNIT)


@pytest.mark.parametrize(
    "head",
    [
        ["NO.", "NAMA PEGAWAI", "NIP BARU", "GOL AKHIR NAMA", "JABATAN NAMA", "UNOR NAMA"],
        ["Nomor", "Nama Lengkap", "N I P", "Golongan/Ruang", "Nama Jabatan", "SKPD"],
        ["No", "Nama dan Gelar", "NIP ", "Pangkat/Gol. Ruang", "JABATAN", "OPD"],
        ["no_urut", "nama_pegawai", "nip_baru", "golru", "jabatan_nama", "unit_kerja"],
        ["No", "NAMA ASN", "NIP/NRP", "Pangkat Gol", "Jabatan Terakhir", "Satuan Kerja"],
        ["", "Nama\nPegawai", "Nomor Induk Pegawai", "GOL.", "Jabatan", "Perangkat Daerah"],
    ],
)
def test_captions_have_many_spellings(head):
    (one,) = staff(row(1), head=head).staff
    assert (one.name, one.nip, one.grade) == ("Pegawai 1", nip(1), "III/b")
    assert (one.position, one.unit) == ("Analis Contoh", UNIT)


def test_columns_may_stand_in_any_order_and_the_header_below_titles():
    titles = [["DAFTAR PEGAWAI"], ["SKPD", ":", "Dinas Contoh"], *[[]] * 20]
    rows = [[UNIT, "III/b", nip(1), "Analis", "Pegawai 1"]]
    head = ["Unit Kerja", "Gol", "NIP", "Jabatan", "Nama"]
    reading = readers.read(xlsx([*titles, head, *rows]))
    (one,) = reading.staff
    assert (one.name, one.nip, one.position) == ("Pegawai 1", nip(1), "Analis")
    assert one.place == "lembar Sheet1, baris 24"
    assert reading.unit == "Dinas Contoh"


@pytest.mark.parametrize("container", ["xlsx", "xls", "csv"])
def test_a_header_of_two_rows_names_columns_by_both(container):
    top = ["NO", "PEGAWAI", "", "PANGKAT", "", "JABATAN", "", "UNIT KERJA"]
    low = ["", "NAMA", "NIP", "GOL", "TMT", "NAMA", "TMT", ""]
    person = [1, "Pegawai 1", nip(1), "III/b", "01-04-2021", "Analis", "13-01-2022", UNIT]
    rows = [top, low, [1, 2, 3, 4, 5, 6, 7, 8], person]
    merged = [(0, 0, 1, 2), (0, 0, 3, 4), (0, 0, 5, 6), (0, 1, 0, 0), (0, 1, 7, 7)]
    cells = ["B1:C1", "D1:E1", "F1:G1", "A1:A2", "H1:H2"]
    content = {
        "xlsx": lambda: xlsx(rows, merged=cells),
        "xls": lambda: xls(rows, merged=merged),
        "csv": lambda: text(",", *rows),
    }[container]()
    (one,) = readers.read(content).staff
    assert (one.name, one.nip, one.grade) == ("Pegawai 1", nip(1), "III/b")
    assert (one.position, one.unit, one.grade_since) == ("Analis", UNIT, date(2021, 4, 1))


def test_a_list_with_name_over_nip_takes_two_rows_a_person():
    rows = [
        ["No DUK", "Nama Pegawai", "Gol Ruang", "Jabatan"],
        ["", "NIP", "TMT", "Ess"],
        [1, "Pegawai Satu, SH", "IV/a", "Kepala Bidang Contoh"],
        ["", nip(1), "01-04-2021", "III.b"],
        [2, "Pegawai Dua", "III/d", "Analis"],
        ["", nip(2), "13-10-2020", ""],
    ]
    reading = readers.read(xlsx(rows))
    one, two = reading.staff
    assert (one.name, one.back_title, one.nip, one.grade) == ("Pegawai Satu", "SH", nip(1), "IV/a")
    assert (one.echelon, one.grade_since, one.place) == (
        "III.b",
        date(2021, 4, 1),
        "lembar Sheet1, baris 3",
    )
    assert (two.name, two.nip, two.place) == ("Pegawai Dua", nip(2), "lembar Sheet1, baris 5")


@pytest.mark.parametrize("between", ["\nNIP. ", "\n", " NIP ", "\nNIP: ", "NIP. "])
def test_the_nip_may_stand_in_the_name_cell(between):
    rows = [["NO", "NAMA / NIP", "JABATAN"], [1, f"Pegawai Satu, SE{between}{nip(1)}", "Analis"]]
    (one,) = readers.read(xlsx(rows)).staff
    assert (one.name, one.back_title, one.nip) == ("Pegawai Satu", "SE", nip(1))


SPACED = f"{nip(1)[:8]} {nip(1)[8:14]} {nip(1)[14]} {nip(1)[15:]}"


SPELLINGS = (
    nip(1), SPACED, f"'{nip(1)}", f"'{nip(1)}'", f"\"'{nip(1)}\"", f"{nip(1)}\t ", f"`{nip(1)}",
    f"NIP. {nip(1)}", f"NIP {SPACED}", f"\u00a0{nip(1)}", f"\u200e{nip(1)}",
    SPACED.replace(" ", "."),
)  # fmt: skip


@pytest.mark.parametrize("written", SPELLINGS)
def test_a_nip_is_read_in_every_spelling(written):
    reading = staff(row(1, nip=written))
    assert reading.staff[0].nip == nip(1)
    assert codes(reading) == []


@pytest.mark.parametrize(
    "written",
    [
        int(nip(1)),
        float(nip(1)),
        nip(1)[:15] + "000",
        "1,98001012005011E+17",
        "1.98001012005011e17",
    ],
)
def test_a_nip_that_went_through_a_number_is_kept_but_flagged(written):
    reading = staff(row(1, nip=written))
    (one,) = reading.staff
    assert (one.nip[:12], one.nip[-3:], one.nip_damaged) == (nip(1)[:12], "000", True)
    (problem,) = reading.problems
    assert (problem.severity, problem.code) == (Severity.QUESTION, "nip_damaged")
    assert problem.place == "lembar Sheet1, baris 2, kolom C"


@pytest.mark.parametrize("written", ["", "-", "0", "\\N", None])
def test_a_person_without_nip_is_read_without_complaint(written):
    reading = staff(row(1, nip=written))
    assert reading.staff[0].nip is None
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (nip(1)[:-1], "nip_length"),
        (nip(1) + "1", "nip_length"),
        ("198013012005011101", "nip_structure"),
        ("198002302005011101", "nip_structure"),
        ("198001012005131101", "nip_structure"),
        ("198001012005013101", "nip_structure"),
        ("198001011985011101", "nip_structure"),
        ("KRW001", "nip_unclear"),
    ],
)
def test_an_impossible_nip_is_an_error_of_its_cell(written, code):
    reading = staff(row(1, nip=written), row(2))
    assert len(reading.staff) == 2
    (problem,) = reading.problems
    assert (problem.severity, problem.code) == (Severity.ERROR, code)
    assert problem.place == "lembar Sheet1, baris 2, kolom C"


def test_the_number_of_a_contract_has_21_for_its_month():
    (one,) = staff(row(1, nip=nip(1, pppk=True), grade="IX")).staff
    assert (one.nip, one.grade) == (nip(1, pppk=True), "IX")


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("III/b", "III/b"), ("III/B", "III/b"), ("Golongan IV/d", "IV/d"), ("III b", "III/b"),
        ("Penata Muda/III/a", "III/a"), ("Pembina/IV/A", "IV/a"), ("IV.e", "IV/e"),
        ("Penata TK. I\u00a0III/d", "III/d"), ("Penata Muda Tk.I (III/b)", "III/b"),
        (45, "IV/e"), ("32", "III/b"), (32.0, "III/b"), ("IIIb", "III/b"), ("iii/c", "III/c"),
        ("Gol. II-c", "II/c"), ("Penata Muda Tingkat I", "III/b"), ("Pembina Tk. I", "IV/b"),
        ("3/d", "III/d"), ("-", ""), ("", ""), ("Pembina Utama Madya, IV/d", "IV/d"),
        ("Pengatur Tk.I - II/d", "II/d"),
    ],
)  # fmt: skip
def test_a_grade_is_read_in_every_spelling(written, grade):
    reading = staff(row(1, grade=written))
    assert reading.staff[0].grade == grade
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("written", "grade"), [("IX", "IX"), ("Golongan IX", "IX"), (9, "IX"), ("V", "V"), ("11", "XI")]
)
def test_a_contract_has_a_roman_grade(written, grade):
    reading = staff(row(1, nip=nip(1, pppk=True), grade=written))
    assert reading.staff[0].grade == grade
    assert codes(reading) == []


def test_a_grade_without_letter_is_a_question_unless_the_rank_tells():
    reading = staff(row(1, grade="IV"))
    assert reading.staff[0].grade == "IV"
    assert codes(reading) == ["grade_without_letter"]
    ranked = staff([*row(1, grade="IV"), "Pembina Tk. I"], head=[*HEAD, "Pangkat"])
    assert ranked.staff[0].grade == "IV/b"
    assert codes(ranked) == []


@pytest.mark.parametrize("written", ["III/e", "XX", "abc", "99"])
def test_a_grade_that_cannot_be_is_a_question(written):
    reading = staff(row(1, grade=written))
    assert reading.staff[0].grade == ""
    assert [(one.code, one.place) for one in reading.problems] == [
        ("grade_unclear", "lembar Sheet1, baris 2, kolom D")
    ]


def test_titles_in_columns_of_their_own_join_those_in_the_name():
    head = ["NIP", "NAMA", "GELAR DEPAN", "GELAR BELAKANG"]
    rows = [
        [nip(1), "PEGAWAI SATU", "Drs. ", " M.Si"],
        [nip(2), "H. PEGAWAI DUA, SE", "", ""],
        [nip(3), "HJ. PEGAWAI TIGA, SPD", "apt.", "S.Pd"],
    ]
    one, two, three = readers.read(xlsx([head, *rows])).staff
    assert (one.front_title, one.name, one.back_title) == ("Drs.", "PEGAWAI SATU", "M.Si")
    assert (two.front_title, two.name, two.back_title) == ("H.", "PEGAWAI DUA", "SE")
    assert (three.front_title, three.back_title) == ("apt. HJ.", "S.Pd")


def test_units_of_several_columns_make_a_path_from_the_top():
    head = ["NIP", "NAMA", "UNOR (2)", "UNOR (1)"]
    rows = [head, [nip(1), "PEGAWAI SATU", "BIDANG CONTOH", "DINAS CONTOH"],
            [nip(2), "PEGAWAI DUA", "", "DINAS CONTOH"]]  # fmt: skip
    one, two = readers.read(xlsx(rows)).staff
    assert (one.unit, one.unit_path) == (
        "BIDANG CONTOH - DINAS CONTOH",
        ("DINAS CONTOH", "BIDANG CONTOH"),
    )
    assert (two.unit, two.unit_path) == ("DINAS CONTOH", ("DINAS CONTOH",))


def test_the_path_of_a_siasn_list_is_taken_apart():
    head = ["NIP", "NAMA", "UNOR NAMA", "SKPD"]
    rows = [head, [nip(1), "PEGAWAI SATU", "SUB BAGIAN UMUM - DINAS CONTOH", "DINAS CONTOH"]]
    (one,) = readers.read(xlsx(rows)).staff
    assert one.unit == "SUB BAGIAN UMUM - DINAS CONTOH"
    assert one.unit_path == ("DINAS CONTOH", "SUB BAGIAN UMUM")


def test_headings_within_a_list_name_the_unit_where_no_column_does():
    head = ["No", "Nama", "NIP"]
    rows = [head, ["SEKRETARIAT"], [1, "Pegawai Satu", nip(1)], ["", "BIDANG CONTOH"],
            [1, "Pegawai Dua", nip(2)], [], head, [2, "Pegawai Tiga", nip(3)]]  # fmt: skip
    reading = readers.read(xlsx(rows))
    assert [one.unit for one in reading.staff] == ["SEKRETARIAT", "BIDANG CONTOH", "BIDANG CONTOH"]
    assert codes(reading) == []


def test_totals_and_signatures_below_a_list_are_no_people():
    rows = [HEAD, row(1), ["", "Jumlah", "", "", "", ""], [], ["", "", "", "", "Kepala Dinas,"],
            ["", "Pegawai Kepala"], ["", f"NIP. {nip(9)}"], ["", "", nip(9)]]  # fmt: skip
    reading = readers.read(xlsx(rows))
    assert len(reading.staff) == 1
    assert set(codes(reading)) == {"row_skipped"}


def test_a_nip_without_name_is_an_error():
    reading = staff(row(1, name=""))
    assert codes(reading) == ["name_missing"]


def test_the_same_line_twice_counts_once_and_another_line_is_a_question():
    reading = staff(row(1), row(2), row(1), row(2, position="Penelaah"))
    assert [one.position for one in reading.staff] == ["Analis Contoh", "Analis Contoh", "Penelaah"]
    assert codes(reading) == ["person_twice", "person_differs"]


def test_one_nip_with_two_names_is_a_question():
    reading = staff(row(1), row(2, nip=nip(1)))
    (problem,) = reading.problems
    assert (problem.severity, problem.code) == (Severity.QUESTION, "nip_two_names")
    assert problem.limits == (nip(1), "lembar Sheet1, baris 2")


def test_every_sheet_with_people_is_read_and_others_are_named():
    reading = readers.read(xlsx(("Satu", [HEAD, row(1)]), ("Acuan", [["Kelas", "Nilai"], [1, 2]]),
                                ("Dua", [HEAD, row(2)]), ("Rahasia", [HEAD, row(3)]),
                                hidden=("Rahasia",)))  # fmt: skip
    assert [one.nip for one in reading.staff] == [nip(1), nip(2)]
    assert [(one.code, one.place) for one in reading.problems] == [
        ("sheet_skipped", "lembar Acuan"),
        ("sheet_hidden", "lembar Rahasia"),
    ]


SWAPPED = [date(2021, 1, 4), date(2022, 1, 10), date(2020, 1, 6), date(2019, 1, 4)]


def dated(*days, head="TMT GOLONGAN"):
    rows = [[nip(number), f"Pegawai {number}", day] for number, day in enumerate(days)]
    return readers.read(xlsx([["NIP", "NAMA", head], *rows]))


def test_dates_that_all_have_the_same_month_raise_the_question_of_a_swap():
    reading = dated(*SWAPPED)
    (problem,) = reading.problems
    assert (problem.severity, problem.code) == (Severity.QUESTION, "dates_swapped")
    assert problem.place == "lembar Sheet1, kolom C"
    assert problem.limits == (4, date(2022, 1, 10), date(2022, 10, 1))
    assert [one.grade_since for one in reading.staff] == SWAPPED


@pytest.mark.parametrize(
    "days",
    [
        [date(2021, 4, 1), date(2022, 10, 1), date(2020, 4, 1)],
        [date(2021, 1, 1), date(2022, 1, 1), date(2020, 1, 1)],
        [date(2021, 1, 4), date(2022, 1, 25), date(2020, 1, 6)],
        [date(2025, 3, 1)] * 4,
    ],
)
def test_ordinary_dates_raise_no_question(days):
    assert codes(dated(*days)) == []


def test_text_dates_beside_real_dates_are_a_question():
    reading = dated("7/25/2023", "7/26/2023", date(2023, 9, 8), date(2023, 10, 8))
    (problem,) = [one for one in reading.problems if one.code == "dates_mixed"]
    assert problem.limits == (2, "7/25/2023", 2, "2023-09-08")
    assert reading.staff[0].grade_since == date(2023, 7, 25)
    assert reading.staff[2].grade_since == date(2023, 9, 8)


def test_birth_dates_that_fit_the_nip_only_when_swapped_are_a_question():
    born = [date(1980, 3, 7), date(1980, 5, 9), date(1980, 1, 25)]
    rows = [[nip(n, born=day), f"Pegawai {n}", day] for n, day in enumerate(born)]
    rows[0][2], rows[1][2] = date(1980, 7, 3), date(1981, 5, 9)
    reading = readers.read(xlsx([["NIP", "Nama", "Tanggal Lahir"], *rows]))
    assert [(one.code, one.limits) for one in reading.problems] == [
        ("births_swapped", (1,)),
        ("births_differ", (1,)),
    ]
    assert reading.staff[0].birth_date == date(1980, 7, 3)


def test_a_column_decides_its_order_by_values_above_twelve():
    assert dated("01-04-2021", "25-10-2020").staff[0].grade_since == date(2021, 4, 1)
    assert dated("04/01/2021", "10/25/2020").staff[0].grade_since == date(2021, 4, 1)


def test_an_order_that_nothing_decides_is_a_question():
    reading = dated("01-04-2021", "01-10-2020")
    assert reading.staff[0].grade_since == date(2021, 4, 1)
    assert codes(reading) == ["date_order"]


def test_dates_in_both_orders_are_a_question():
    assert "date_order_mixed" in codes(dated("25-04-2021", "04-25-2021"))


def test_an_impossible_date_is_an_error_of_its_cell():
    reading = dated("31-02-2021", "25-10-2020")
    assert [(one.code, one.place) for one in reading.problems] == [
        ("no_such_date", "lembar Sheet1, baris 2, kolom C")
    ]
    assert reading.staff[0].grade_since is None


@pytest.mark.parametrize(
    "written", [45660, "2025-01-03", "3 Januari 2025", "03-01-2025", date(2025, 1, 3)]
)
def test_a_date_has_many_spellings(written):
    reading = dated(written, "25-10-2020", head="Tanggal Lahir")
    assert reading.staff[0].birth_date == date(2025, 1, 3)


def test_a_list_without_captions_is_read_by_its_cells_and_asked_about():
    lines = [
        f"{nip(number)[:15]}000;Pegawai {'ABCDEFG'[number]}, SE, M. Si;{born};Pria;Golongan IV/b;"
        f"KEPALA BIDANG;BIDANG CONTOH, LAIN;;2017-01-11;PNS;;{number}"
        for number, born in enumerate(["1980-01-01", "", "1980-01-01", "1980-01-01"])
    ]
    reading = readers.read(("\ufeff" + "\r\n".join(lines)).encode())
    one = reading.staff[0]
    assert len(reading.staff) == 4
    assert (one.name, one.back_title, one.nip_damaged) == ("Pegawai A", "SE, M. Si", True)
    assert (one.grade, one.position, one.unit) == ("IV/b", "KEPALA BIDANG", "BIDANG CONTOH, LAIN")
    assert (one.sex, one.status, one.birth_date) == ("Pria", "PNS", date(1980, 1, 1))
    assert codes(reading)[0] == "no_captions"


def test_a_list_of_names_and_numbers_without_captions_is_read():
    lines = [f'"Pegawai {letter}","{nip(1)[:15]}000"' for letter in "ABCD"]
    reading = readers.read("\n".join(lines).encode())
    assert [one.name for one in reading.staff] == [
        "Pegawai A",
        "Pegawai B",
        "Pegawai C",
        "Pegawai D",
    ]


def test_a_list_of_pins_is_a_staff_list():
    rows = [["No. ID", "Nama"], ["064444", "Pegawai Satu, S.Kom."], [303135, "Pegawai Dua"]]
    one, two = readers.read(xlsx(rows)).staff
    assert (one.pin, one.name, one.back_title) == ("064444", "Pegawai Satu", "S.Kom.")
    assert two.pin == "303135"


def test_a_quote_that_is_never_closed_swallows_nobody():
    lines = [",".join(map(str, row(number))) for number in range(1, 60)]
    lines[3] = lines[3].replace("Pegawai 4", '"Pegawai 4')
    reading = readers.read("\n".join([",".join(HEAD), *lines]).encode())
    assert len(reading.staff) == 59


@pytest.mark.parametrize(
    "rows",
    [
        [["id", "nama_jabatan", "eselon"], [1, "Kepala Dinas", "II.a"]],
        [["NO", "NAMA JABATAN", "KELAS JABATAN"], [1, "Sekretaris Daerah", 16]],
        [["Nomor", "SKPD", "SUB SKPD"], [1, "DINAS CONTOH", ""]],
        [["id", "nama_satker"], [1, "DINAS CONTOH"]],
        [["a", "b"], ["c", "d"]],
    ],
)
def test_tables_without_people_are_refused(rows):
    with pytest.raises(Unreadable) as refused:
        readers.read(xlsx(rows))
    assert refused.value.code == "unknown_table"


def test_captions_without_a_single_person_are_refused():
    with pytest.raises(Unreadable) as refused:
        readers.read(xlsx([HEAD]))
    assert refused.value.code == "no_rows"


def test_a_hundred_thousand_people_are_read():
    lines = [
        f"Pegawai {number},{files.nip(number, born=date(1970 + number // 9000, 1, 1))},III/b"
        for number in range(100_000)
    ]
    reading = readers.read("\n".join(["Nama,NIP,Gol", *lines]).encode())
    assert len(reading.staff) == 100_000
    assert len(reading.problems) < 1000


def test_of_one_kind_of_problem_two_hundred_are_told_and_the_rest_counted():
    lines = [f"Pegawai {number};{nip(number)[:15]}000" for number in range(250)]
    reading = readers.read("\n".join(["Nama;NIP", *lines]).encode())
    assert len(reading.problems) == 201
    last = reading.problems[-1]
    assert last.limits == ("nip_damaged", 50)
    sentence = words.remark(last.code, last.limits)
    assert sentence.startswith("Masih ada 50 hal lain seperti ini: NIP … rusak")
