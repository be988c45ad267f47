"""The long form of Manado's attendance system: one line a person and day, HTML named .xls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers import dates, people, values
from wfh_desktop.readers.attendance import period as periods
from wfh_desktop.readers.attendance.days import DayBook
from wfh_desktop.readers.headers import captions
from wfh_desktop.readers.problems import Problems
from wfh_desktop.readers.records import AttendanceDay, Kind, Person, Reading
from wfh_desktop.readers.table import Cell, Sheet

Cells = Callable[[str], Cell]  # a line's cell by its field

FORMAT = "laporan presensi harian (Manado)"
CODES = {
    "tanpa keterangan": "A", "alpa": "A", "sakit": "S", "izin": "I", "ijin": "I", "libur": "L",
    "cuti": "C", "dinas luar": "DL", "tugas belajar": "TB",
}  # fmt: skip

_HEADER_WITHIN = 40
_UNIT = re.compile(r"laporan\s+(?:absensi|presensi)\s+(.+?)\s+periode\b", re.IGNORECASE)
_COLUMNS = {
    "nip": ("nip",),
    "name": ("nama pegawai", "nama"),
    "date": ("tanggal", "tgl"),
    "kind": ("jenis absensi", "jenis presensi"),
    "time_in": ("masuk waktu", "waktu masuk"),
    "place_in": ("masuk lokasi", "lokasi masuk"),
    "note_in": ("masuk ket", "masuk keterangan"),
    "time_out": ("pulang waktu", "waktu pulang"),
    "place_out": ("pulang lokasi", "lokasi pulang"),
    "note_out": ("pulang ket", "pulang keterangan"),
    "note": ("keterangan", "ket"),
}
_NEEDED = {"name", "date", "kind", "time_in", "time_out"}


@dataclass(frozen=True, slots=True)
class Header:
    """The first row of data and the column of each field."""

    row: int
    data: int
    columns: dict[str, int]


def recognises(sheets: Sequence[Sheet]) -> bool:
    """Tell whether any sheet has the columns of the long form."""
    return any(_header(sheet) for sheet in sheets)


def read(sheets: Sequence[Sheet]) -> Reading:
    """Read all lines of the long form."""
    problems, book = Problems(), DayBook()
    unit, span = "", None
    for sheet in sheets:
        header = _header(sheet)
        if header is None:
            continue
        titles = [people.title(sheet.row(row)) for row in range(header.row)]
        unit = unit or next((parts[1] for title in titles if (parts := _UNIT.search(title))), "")
        stated = periods.stated(titles)
        span = span or (stated[0] if stated else None)
        for day in _lines(sheet, header, span, problems):
            book.add(people.key(day.person), day.person, [day], sheet.name)
    book.report(problems)
    records = book.records()
    if not records:
        raise Unreadable("no_rows")
    met = [day.date for day in records]
    first, last = (span.first, span.last) if span else (min(met), max(met))
    return Reading(Kind.DAYS, FORMAT, records, problems.all(), first, last, unit)


def _header(sheet: Sheet) -> Header | None:
    for row in range(min(sheet.height, _HEADER_WITHIN)):
        for deep in (2, 1):
            named = captions(sheet, row, deep)
            columns = {
                field: named.index(spelling)
                for field, spellings in _COLUMNS.items()
                for spelling in reversed(spellings)
                if spelling in named
            }
            if columns.keys() >= _NEEDED:
                return Header(row, row + deep, columns)
    return None


def _lines(
    sheet: Sheet, header: Header, span: periods.Span | None, problems: Problems
) -> Iterator[AttendanceDay]:
    day_column = header.columns["date"]
    expected = span.days if span else ()
    days = dates.column(
        sheet, day_column, header.data, problems, expected=expected, suspect_swap=False
    )
    for row in range(header.data, sheet.height):
        line = sheet.row(row)
        cell = _picker(line, header)
        person, nip = people.person(cell("name"), cell("nip"))
        day = days[row - header.data]
        if person.name is None and person.nip is None:
            if any(value != "" for value in line):
                problems.note("row_skipped", sheet.place(row))
            continue
        if day is None:
            problems.error("no_such_date", sheet.place(row, day_column), values.text(cell("date")))
            continue
        if span and day not in expected:
            problems.question("date_outside_period", sheet.place(row, day_column), day)
        people.report(nip, problems, sheet.place(row))
        taps = [_tap(cell(which), sheet, row, header.columns[which], problems) for which in _TAPS]
        if None in taps:
            continue
        yield _day(person, day, taps, cell, sheet.place(row))


_TAPS = ("time_in", "time_out")


def _picker(line: tuple[Cell, ...], header: Header) -> Cells:
    return lambda field: line[header.columns[field]] if field in header.columns else ""


def _tap(cell: Cell, sheet: Sheet, row: int, column: int, problems: Problems) -> time | None:
    """Return when a person tapped, midnight for no tap, None for a time that does not exist."""
    if isinstance(cell, time):
        return cell
    shown = values.given(cell)
    tap = values.clock(shown) if shown else time()
    if tap is None:
        problems.error("no_such_time", sheet.place(row, column), shown[:40])
    return tap


def _day(
    person: Person, day: date, taps: Sequence[time | None], cell: Cells, place: str
) -> AttendanceDay:
    time_in, time_out = (tap if tap != time() else None for tap in taps)
    kind = values.given(cell("kind"))
    notes = [values.given(cell(field)) for field in ("note", "note_in", "note_out")]
    return AttendanceDay(
        person,
        day,
        time_in,
        time_out,
        code=CODES.get(kind.lower(), ""),
        place=place,
        kind=kind,
        note="; ".join(dict.fromkeys(filter(None, notes))),
        place_in=values.given(cell("place_in")),
        place_out=values.given(cell("place_out")),
    )
