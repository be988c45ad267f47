"""Single cells: numbers of people, dates, times."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.files import nip
from wfh_desktop.readers import values
from wfh_desktop.readers.values import Numbers

SOUND = [nip(number, pppk=number % 3 == 0) for number in range(40)]
near = st.sampled_from(SOUND).flatmap(
    lambda digits: st.tuples(st.just(digits), st.integers(0, 17), st.sampled_from("0123456789x "))
)
changed = near.map(lambda one: one[0][: one[1]] + one[2] + one[0][one[1] + 1 :])
cells = st.one_of(st.sampled_from(SOUND), changed, st.floats(0, 2e17), st.text(max_size=20))


@given(st.lists(cells, max_size=6))
def test_a_whole_column_is_sound_exactly_if_each_of_its_cells_is(column):
    each = [values.nip(cell) for cell in column]
    sound = [
        one.digits == cell and not (one.fault or one.damaged)
        for one, cell in zip(each, column, strict=True)
    ]
    assert values.all_sound(column) == (bool(column) and all(sound))


@given(st.lists(st.sampled_from(SOUND), min_size=1, max_size=6))
def test_a_column_of_sound_numbers_is_sound(column):
    assert values.all_sound(column)


@given(cells)
def test_no_cell_brings_the_reading_of_a_number_down(cell):
    read = values.nip(cell)
    assert read.digits is None or read.digits.isdecimal()
    assert not read.damaged or read.digits.endswith("000")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2022-11-30", date(2022, 11, 30)),
        ("2022-11-30 14:34:39", date(2022, 11, 30)),
        ("30-11-2022", Numbers(30, 11, 2022)),
        ("7/25/2023", Numbers(7, 25, 2023)),
        ("15-04-20", Numbers(15, 4, 2020)),
        ("15-04-68", Numbers(15, 4, 1968)),
        ("'29-04-1986", Numbers(29, 4, 1986)),
        ("1 Agustus 2025", date(2025, 8, 1)),
        ("Jumat, 1 Agustus 2025", date(2025, 8, 1)),
        ("1 Nopember 2025", date(2025, 11, 1)),
        (45660, date(2025, 1, 3)),
        (26434.0, date(1972, 5, 15)),
        (datetime.fromisoformat("2022-11-30T14:34:39"), date(2022, 11, 30)),
        (date(2022, 11, 30), date(2022, 11, 30)),
        ("31-02-2022", Numbers(31, 2, 2022)),
        ("0000-00-00", None),
        ("", None),
        (0.5, None),
        (True, None),
        ("halo", None),
    ],
)
def test_a_date_is_read_in_every_spelling(written, expected):
    assert values.written_date(written) == expected


def test_three_numbers_are_a_date_only_in_an_order_that_exists():
    assert Numbers(25, 7, 2023).day(day_first=True) == date(2023, 7, 25)
    assert Numbers(25, 7, 2023).day(day_first=False) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [("07:31", time(7, 31)), ("7.31", time(7, 31)), ("07:42:07", time(7, 42, 7)),
     ("00:00", time()), ("24:00", None), ("07:60", None), ("731", None), ("7:31 AM", None)],
)  # fmt: skip
def test_a_time_is_read_or_it_is_none(written, expected):
    assert values.clock(written) == expected


@pytest.mark.parametrize("written", ["", "-", "--", "\\N", "NULL", "0", " 0 ", "#N/A", "nan"])
def test_there_are_many_ways_to_write_nothing(written):
    assert values.given(written) == ""


@pytest.mark.parametrize(
    ("written", "shown"),
    [(1.0, "1"), (1.5, "1.5"), ("  a  b ", "a b"), ("a\u00a0b", "a b"), ("\u200ea\u202c", "a"),
     ("a\nb", "a b"), (date(2022, 1, 2), "2022-01-02")],
)  # fmt: skip
def test_a_cell_is_shown_as_one_line(written, shown):
    assert values.text(written) == shown
