"""Scan logs of ZKTeco and Solution machines."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.files import scan
from wfh_desktop import readers
from wfh_desktop.readers.records import Kind, Severity

MOMENT = "2022-11-30 14:34:39"
AT = datetime.fromisoformat(MOMENT)


def read(*lines, end="\n", name=""):
    return readers.read(end.join(lines).encode(), name=name)


def codes(reading):
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    ("numbers", "device", "state", "verify"),
    [
        ((15, 0), None, 0, 15),
        ((1, 0, 0), None, 0, 1),
        ((2, 1, 15, 0), "2", 1, 15),
        ((2, 1, 15, 0, 0), "2", 1, 15),
        ((2, 255, 1, 0, 0, 0, 0), "2", 255, 1),
        ((1, 4, 4, 0, 0, 0, 0, 0, 0), "1", 4, 4),
    ],
)
def test_the_width_tells_where_device_state_and_verify_are(numbers, device, state, verify):
    reading = read(scan(7, MOMENT, *numbers))
    (one,) = reading.scans
    assert (one.person.pin, one.at) == ("7", AT)
    assert (one.device, one.state, one.verify) == (device, state, verify)
    assert reading.kind is Kind.SCANS
    assert codes(reading) == []


@pytest.mark.parametrize("pin", ["7", "10021", "000123", "12345678", "A-17"])
@pytest.mark.parametrize("width", [0, 9, 10])
def test_a_pin_is_text_whether_padded_or_not(pin, width):
    (one,) = read(scan(pin, MOMENT, 1, 0, 1, 0, width=width)).scans
    assert one.person.pin == pin


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("tail", ["", " ", "\t"])
def test_line_ends_and_a_trailing_blank_do_not_matter(end, tail):
    lines = [scan(7, MOMENT, 1, 0, 1, 0), scan(8, "2022-11-30 14:35:00", 1, 0, 1, 0), tail]
    reading = read(*lines, end=end)
    assert [one.person.pin for one in reading.scans] == ["7", "8"]
    assert codes(reading) == []


def test_scans_keep_the_order_of_the_file_and_span_years():
    reading = read(scan(1, "2022-01-02 07:00:00", 1, 0, 1), scan(1, "2019-12-31 23:59:59", 1, 0, 1))
    assert [one.at.year for one in reading.scans] == [2022, 2019]
    assert (str(reading.first), str(reading.last)) == ("2019-12-31", "2022-01-02")
    assert reading.period is None


def test_an_exact_duplicate_stays_and_is_noted_with_its_twin():
    line = scan(7, MOMENT, 1, 0, 1, 0)
    reading = read(line, scan(8, MOMENT, 1, 0, 1, 0), line)
    assert len(reading.scans) == 3
    (problem,) = reading.problems
    assert (problem.severity, problem.code) == (Severity.NOTE, "scan_twice")
    assert (problem.place, problem.limits) == ("baris 3", (1,))


@pytest.mark.parametrize(
    "moment", ["2022-02-29 07:00:00", "2022-13-01 07:00:00", "2022-01-01 24:00:00"]
)
def test_an_impossible_moment_is_a_problem_of_its_line_and_never_shifts(moment):
    reading = read(scan(7, MOMENT, 1, 0, 1), scan(7, moment, 1, 0, 1), scan(7, MOMENT, 1, 1, 1))
    assert len(reading.scans) == 2
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.place) == (
        Severity.ERROR,
        "no_such_moment",
        "baris 2",
    )


def test_a_line_that_is_no_scan_is_a_problem_with_its_place():
    reading = read(scan(7, MOMENT, 1, 0, 1), "halo", scan(8, MOMENT, 1, 0, 1))
    assert len(reading.scans) == 2
    assert [(one.code, one.place) for one in reading.problems] == [("line_unclear", "baris 2")]


def test_fingers_the_machine_did_not_know_are_counted():
    reading = read(scan("0", MOMENT, 1, 0, 1), scan("00000000", MOMENT, 1, 0, 1))
    assert codes(reading) == ["finger_unknown"]
    assert reading.problems[0].limits == (2,)


def test_pins_that_differ_by_leading_zeros_are_a_question():
    reading = read(scan("064444", MOMENT, 1, 0, 1), scan("64444", MOMENT, 1, 0, 1))
    assert [one.person.pin for one in reading.scans] == ["064444", "64444"]
    assert codes(reading) == ["pins_alike"]


def test_the_name_of_the_file_tells_the_device_only_where_the_lines_do_not():
    narrow = read(scan(7, MOMENT, 1, 0, 1), name="3_attlog.dat")
    assert narrow.scans[0].device == "3"
    wide = read(scan(7, MOMENT, 1, 0, 1, 0), name="3_attlog.dat")
    assert wide.scans[0].device == "1"
    assert codes(wide) == ["device_named_otherwise"]


def test_a_clock_that_stopped_is_a_question():
    assert codes(read(scan(7, "2000-01-01 00:00:12", 1, 0, 1))) == ["clock_stopped"]


def test_the_extension_does_not_matter(tmp_path):
    path = Path(tmp_path, "presensi.xlsx")
    path.write_text(scan(7, MOMENT, 1, 0, 1), encoding="utf-8")
    assert readers.read(path).kind is Kind.SCANS


def test_a_hundred_thousand_lines_are_read():
    start = datetime.fromisoformat("2021-01-01")
    lines = [
        scan(number % 300, str(start + timedelta(minutes=number)), 1, number % 2, 1, 0)
        for number in range(100_000)
    ]
    reading = read(*lines)
    assert len(reading.scans) == 100_000
    assert reading.problems[0].code == "finger_unknown"


moments = st.datetimes(*map(datetime.fromisoformat, ("2005-01-01", "2069-12-31"))).map(
    lambda moment: moment.replace(microsecond=0)
)
lines = st.tuples(
    st.from_regex(r"[1-9][0-9]{0,8}", fullmatch=True),
    moments,
    st.lists(st.integers(0, 255), min_size=2, max_size=9),
)


@given(st.lists(lines, min_size=1, max_size=20), st.sampled_from([0, 9, 10]))
def test_what_a_machine_writes_is_read_back(written, width):
    text = [scan(pin, str(moment), *numbers, width=width) for pin, moment, numbers in written]
    read_back = [(one.person.pin, one.at) for one in read(*text).scans]
    assert read_back == [(pin, moment) for pin, moment, _ in written]
