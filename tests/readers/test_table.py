"""Sheets: their cells, their places, and their way from the parsing process."""

import io
import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers import files
from wfh_desktop import readers
from wfh_desktop.cli import main
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers import sandbox, wire
from wfh_desktop.readers.table import Column, Sheet, letters, place, separated

MOMENT = datetime.fromisoformat("2022-11-30T14:34:39")
cells = st.one_of(
    st.text(max_size=5),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(0, 3),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=9)),
)


def sent(*sheets):
    """Send sheets the way they come from the parsing process."""
    out = io.BytesIO()
    wire.write(sheets, out)
    assert out.getvalue().endswith(wire.END)
    return sandbox._decoded(out.getvalue())


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=12))
def test_cells_come_back_as_they_were_sent(rows):
    sheet = {"name": "Lembar", "visible": True, "merged": [(0, 0, 1, 2)], "rows": rows * 3}
    (back,) = sent(sheet)
    assert back.rows == [tuple(row) for row in rows * 3]
    assert (back.name, back.merged, back.visible) == ("Lembar", ((0, 0, 1, 2),), True)


def test_several_sheets_come_back_apart():
    shape = {"visible": True, "merged": []}
    full = {"name": "A", "rows": [["x", 1.0]] * 5000, **shape}
    empty = {"name": "B", "rows": [], **shape}
    other = {"name": "C", "rows": [[date(2022, 1, 2)], [time(7, 30)], [MOMENT]], **shape}
    back = sent(full, empty, other)
    assert [one.height for one in back] == [5000, 0, 3]
    assert back[0].row(4999) == ("x", 1.0)
    assert back[2].rows == [(date(2022, 1, 2),), (time(7, 30),), (MOMENT,)]


def test_true_and_one_do_not_fall_together():
    column = Column.of([1.0, True, False, 0.0, "x"] * 900)
    assert column.map(str)[:5] == ["1.0", "TRUE", "FALSE", "0.0", "x"]


def test_a_refusal_comes_back_as_a_refusal():
    out = io.BytesIO()
    wire.write_refusal("too_many_rows", ("3", 2), "lembar A", out)
    with pytest.raises(Unreadable) as refused:
        sandbox._decoded(out.getvalue())
    said = refused.value
    assert (said.code, said.limits, said.place) == ("too_many_rows", ("3", 2), "lembar A")


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_in_a_spreadsheet(column, name):
    assert letters(column) == name
    assert place("X", 11, column) == f"lembar X, baris 12, kolom {name}"


def test_places_leave_out_what_a_file_has_not():
    assert place(row=0) == "baris 1"
    assert place("X") == "lembar X"
    assert place() == ""


def test_rows_and_columns_of_a_workbook_are_counted_from_its_first_cell():
    book = files.xlsx(
        ("Jauh", [[], [], ["", "", "Nama", "NIP"], ["", "", "Pegawai", files.nip(1)]])
    )
    assert readers.read(book).staff[0].place == "lembar Jauh, baris 4"


@pytest.mark.parametrize("text", ["a,b;c\n1,2;3\n1,2;3\n", "a;b,c\nx;y,z\n"])
def test_the_separator_that_fits_most_lines_is_taken(text):
    assert len(separated(text).rows[0]) == 2


def test_short_rows_are_filled():
    assert Sheet.of_rows("", [["a"], ["b", "c"]]).rows == [("a", ""), ("b", "c")]


def test_a_day_is_printed_as_json_with_times_or_null(tmp_path, capsys):
    path = Path(tmp_path, "matriks.xls")
    person = ("Pegawai Satu", files.nip(1), ["07:31 - 00:00", "A"])
    path.write_bytes(files.matrix_html([person], date(2022, 7, 1), date(2022, 7, 2)))
    assert main(["read", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["kind"] == "attendance.day"
    person = {"nip": files.nip(1), "pin": None, "name": "Pegawai Satu"}
    first, second = said["records"]
    assert first.items() >= {"date": "2022-07-01", "in": "07:31", "out": None, "code": ""}.items()
    assert (first["person"], second["person"]) == (person, person)
    assert (second["in"], second["out"], second["code"]) == (None, None, "A")


def test_a_scan_is_printed_as_json_with_its_seconds(tmp_path, capsys):
    path = Path(tmp_path, "1_attlog.dat")
    path.write_text(files.scan("007", "2022-11-30 14:34:39", 2, 1, 15, 0), encoding="utf-8")
    assert main(["read", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["kind"] == "attendance.scan"
    assert said["records"] == [
        {
            "person": {"nip": None, "pin": "007", "name": None},
            "at": "2022-11-30T14:34:39",
            "device": "2",
            "state": 1,
            "verify": 15,
            "place": "baris 1",
        }
    ]
