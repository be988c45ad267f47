from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wfh_desktop.domain import nip, ranks
from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.nip import Nip, Sex
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level, full_name, same_name

births = st.dates(date(1950, 1, 1), date(2005, 12, 31))
serials = st.integers(1, 599)


@st.composite
def numbers(draw):
    """A NIP or NI PPPK of somebody who started at 18 to 40 years of age."""
    born = draw(births)
    started = born.year + draw(st.integers(18, 40))
    middle = draw(st.integers(1, 12) | st.integers(21, 40))
    return f"{born:%Y%m%d}{started:04}{middle:02}{draw(st.sampled_from('12'))}{draw(serials):03}"


@given(numbers())
def test_every_well_formed_number_is_read_and_printed_back(digits):
    number = nip.read(digits)
    assert nip.read(str(number)) == number
    assert str(number).replace(" ", "") == digits
    assert number.born == date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    assert number.is_pppk == (int(digits[12:14]) > 12)
    assert number.serial == int(digits[15:])


@given(
    numbers(),
    st.sampled_from(
        ["'{}", "\"'{}'\"", "{}\t", " {} ", "NIP. {}", "NIP {}", "NI PPPK {}", "\u00a0{}"]
    ),
)
def test_the_spellings_of_staff_lists_mean_the_same_number(digits, spelling):
    assert nip.read(spelling.format(digits)).digits == digits


@given(numbers(), st.integers(0, 17))
def test_a_number_with_a_digit_missing_is_refused(digits, place):
    with pytest.raises(Invalid) as refusal:
        nip.read(digits[:place] + digits[place + 1 :])
    assert {one.code for one in refusal.value.problems} <= {"nip_length", "nip_damaged"}


@given(numbers())
def test_what_a_spreadsheet_makes_of_a_number_is_recognised_as_damaged(digits):
    rounded = digits[:15] + "000"
    assert nip.is_damaged(rounded)
    assert nip.stem(rounded) == digits[:15]
    shown = f"{digits[0]}.{digits[1:15]}E+17"
    assert nip.is_damaged(shown)
    assert digits.startswith(nip.stem(shown))
    for damaged in (rounded, shown, f"'{rounded}"):
        with pytest.raises(Invalid) as refusal:
            nip.read(damaged)
        assert [one.code for one in refusal.value.problems] == ["nip_damaged"]


@given(numbers())
def test_a_whole_number_is_not_taken_for_a_damaged_one(digits):
    assert not nip.is_damaged(digits)


@pytest.mark.parametrize(
    ("digits", "codes"),
    [
        ("198013012005011001", ["nip_birth"]),
        ("198002302005011001", ["nip_birth"]),
        ("198001012005131001", ["nip_start"]),
        ("198001012005001001", ["nip_start"]),
        ("198001011979011001", ["nip_start"]),
        ("198001012005013001", ["nip_sex"]),
        ("198013012005133001", ["nip_birth", "nip_start", "nip_sex"]),
        ("19800101200501100A", ["nip_length"]),
        ("", ["nip_length"]),
        ("0851234", ["nip_length"]),
    ],
)
def test_names_every_rule_a_number_breaks(digits, codes):
    with pytest.raises(Invalid) as refusal:
        nip.read(digits)
    assert [one.code for one in refusal.value.problems] == codes


def test_prints_a_number_in_the_groups_of_the_field():
    assert str(Nip("198609262015051001")) == "19860926 201505 1 001"
    assert nip.printed("198609262015051001") == "19860926 201505 1 001"
    assert nip.printed(None) == ""


def test_the_digits_tell_birth_sex_and_start():
    pns = nip.read("19860926 201505 1 001")
    assert (pns.born, pns.start, pns.sex) == (date(1986, 9, 26), (2015, 5), Sex.MALE)
    assert not pns.is_pppk
    pppk = nip.read("199006032025212029")
    assert (pppk.start, pppk.sex, pppk.is_pppk) == ((2025, 21), Sex.FEMALE, True)


@pytest.mark.parametrize(
    ("digits", "ages"),
    [
        ("198001011996011001", []),  # 16 at the start
        ("198001021996011001", []),
        ("198002011996011001", [15]),  # a month too young
        ("196001012020011001", []),
        ("196001012021011001", [61]),
        ("196501012025211001", []),
    ],
)
def test_an_unlikely_age_at_the_start_is_a_warning_and_no_refusal(digits, ages):
    assert [one.limits[0] for one in nip.warnings(nip.read(digits))] == ages


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("III/b", "III/b"),
        ("III/B", "III/b"),
        ("Golongan IV/d", "IV/d"),
        ("Penata Muda/III/a", "III/a"),
        ("Pembina/IV/A", "IV/a"),
        ("Penata TK. I\u00a0III/d", "III/d"),
        ("Penata Muda Tk. I (III/b)", "III/b"),
        ("45", "IV/e"),
        ("IX", "IX"),
        ("Golongan XVII", "XVII"),
        ("IV", "IV"),
        ("III/e", None),
        ("XVIII", None),
        ("Penata", None),
        ("99", None),
        ("", None),
    ],
)
def test_reads_golongan_in_the_spellings_of_staff_lists(text, grade):
    assert ranks.read_grade(text) == grade


@given(st.sampled_from(ranks.PNS_GRADES + ranks.PPPK_GRADES))
def test_every_golongan_reads_back(grade):
    assert ranks.read_grade(grade) == grade


def test_a_pppk_has_no_pangkat():
    assert ranks.pangkat("III/b") == "Penata Muda Tingkat I"
    assert ranks.printed("III/b") == "Penata Muda Tingkat I, III/b"
    assert ranks.pangkat("IX") == ""
    assert ranks.printed("IX") == "IX"


@pytest.mark.parametrize(
    ("texts", "level"),
    [
        (("JPT PRATAMA",), Level.JPT_PRATAMA),
        (("jft",), Level.FUNGSIONAL),
        (("JFU",), Level.PELAKSANA),
        (("II.a",), Level.JPT_PRATAMA),
        (("II B",), Level.JPT_PRATAMA),
        (("III A",), Level.ADMINISTRATOR),
        (("Non Eselon", "Kepala Sub Bagian Umum"), Level.PENGAWAS),
        (("Jabatan Struktural", "KEPALA BIDANG DATA"), Level.ADMINISTRATOR),
        (("KEPALA DINAS",), Level.JPT_PRATAMA),
        (("Inspektur Pembantu II",), Level.ADMINISTRATOR),
        (("Inspektur Kota",), Level.JPT_PRATAMA),
        (("Asisten Apoteker Penyelia",), Level.FUNGSIONAL),
        (("Asisten Perekonomian dan Pembangunan",), Level.JPT_PRATAMA),
        (("PENGAWAS SEKOLAH AHLI MADYA",), Level.FUNGSIONAL),
        (("Sekretaris",), None),
        (("Kepala UPTD Terminal",), None),
        (("I.a",), None),
        (("", ""), None),
    ],
)
def test_reads_the_level_only_where_the_words_are_exact(texts, level):
    assert ranks.read_level(*texts) is level


def test_reads_status_class_and_acting_titles():
    assert ranks.read_status(" pppk paruh  waktu ") is EmploymentStatus.PPPK_PART_TIME
    assert ranks.read_status("Islam") is None
    assert ranks.read_class("PENGADMINISTRASI PERKANTORAN (KELAS 5)") == 5
    assert ranks.read_class("Operator (Kelas 25)") is None
    assert ranks.read_acting("Plt. Kepala Bidang Data") == (Capacity.PLT, "Kepala Bidang Data")
    assert ranks.read_acting("PLH Camat") == (Capacity.PLH, "Camat")
    assert ranks.read_acting("Pltu Engineer")[0] is Capacity.DEFINITIVE


people = st.tuples(
    st.sampled_from(Level),
    st.sampled_from(EmploymentStatus).flatmap(
        lambda status: st.tuples(st.just(status), st.sampled_from([*ranks.GRADES[status], ""]))
    ),
    numbers() | st.none(),
    st.sampled_from(["Pegawai 1", "pegawai 2", "Pegawai 3"]),
)


@given(st.lists(people, max_size=12))
def test_people_stand_in_one_order_whatever_order_they_come_in(rows):
    def key(row):
        return ranks.order_of_rank(row[0], *row[1], row[2], row[3])

    backwards = rows[::-1]
    assert sorted(map(key, backwards)) == sorted(map(key, rows))
    levels = [tuple(Level).index(row[0]) for row in sorted(rows, key=key)]
    assert levels == sorted(levels)


@given(numbers(), numbers())
def test_of_two_with_the_same_golongan_the_longer_serving_stands_first(one, other):
    assume(Nip(one).start != Nip(other).start)
    first, second = sorted((one, other), key=lambda digits: Nip(digits).start)

    def key(digits):
        return ranks.order_of_rank(Level.PELAKSANA, EmploymentStatus.PNS, "III/a", digits, "x")

    assert key(first) < key(second)


def test_the_full_name_carries_its_degrees():
    assert full_name("Pegawai 1", "Ir.", "S.T., M.Si") == "Ir. Pegawai 1, S.T., M.Si"
    assert full_name(" Pegawai 1 ", "", ", S.E.,") == "Pegawai 1, S.E."
    assert full_name("Pegawai 1") == "Pegawai 1"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("PEGAWAI SATU", "Pegawai  Satu", True),
        ("H. Pegawai Satu", "Pegawai Satu", True),
        ("Muh. Pegawai", "Muhammad Pegawai", True),
        ("Pegawai Nur A", "Pegawai Nur Aminah", True),
        ("Pegawai Nur", "Pegawai Nur Aminah", True),
        ("Pegawai", "Pegawai Satu", False),
        ("Pegawai Satu", "Pegawai Dua", False),
        ("Nur Pegawai", "Pegawai Nur", False),
        ("", "Pegawai", False),
    ],
)
def test_names_are_compared_as_people_write_them(one, other, same):
    assert same_name(one, other) is same
    assert same_name(other, one) is same
