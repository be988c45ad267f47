"""The month matrix of Manado's attendance system: HTML named .xls, and its XLSX twin.

One row a person, one column a day. A cell holds `07:31 - 16:16`, with `00:00` for no tap, or a
code: A (absent), - (day off), OFF, S, I and other letters. Every cell that can be understood is a
record, codes and empty cells too; one that cannot is a problem and no record.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.domain.periods import Period
from wfh_desktop.readers import people, values
from wfh_desktop.readers.attendance import period as periods
from wfh_desktop.readers.attendance.days import DayBook
from wfh_desktop.readers.attendance.period import DayColumn, Span
from wfh_desktop.readers.problems import Problems
from wfh_desktop.readers.records import AttendanceDay, Kind, Person, Reading
from wfh_desktop.readers.table import Cell, Sheet

FORMAT = "matriks presensi bulanan (Manado)"
_LETTERS = "A L OFF S I C CT CB CS CM CH CAP CLTN H D DL DD DK PD TB TK LN LB LJ WFH WFO P TL"
CODES = frozenset(_LETTERS.split()) | {"-"}

_HEADER_WITHIN = 60
_FEWEST_BARE_NUMBERS = 5
_WEEKDAY_DAY = re.compile(r"([A-Za-z']{2,6})\.?[\s,]*(\d{1,2})|(\d{1,2})[\s,]*([A-Za-z']{2,6})\.?")
_CLOCK = r"\d{1,2}[:.]\d{1,2}(?:[:.]\d{1,2})?"
_TIMES = re.compile(
    rf"({_CLOCK})?\s*(?:-|\u2013|\u2014|~|s/?d)\s*({_CLOCK})?(?:\s*-?\s*([A-Za-z][A-Za-z() ,]*))?"
)
_ONE_TIME = re.compile(_CLOCK)
_CODE = re.compile(r"[A-Za-z][A-Za-z()./ ]{0,15}")
_NAME = re.compile(r"^nama\b(?!.*\b(?:jabatan|unit|opd)\b)", re.IGNORECASE)
_NIP = re.compile(r"^(?:nip\b|ni pppk)", re.IGNORECASE)
_PIN = re.compile(r"^(?:pin|no\.? id|id)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns of a matrix are; rows and columns counted from 0."""

    row: int
    data: int
    name: int
    nip: int | None
    pin: int | None
    number: int | None
    days: tuple[DayColumn, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell says."""

    time_in: time | None = None
    time_out: time | None = None
    code: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class _Matrix:
    """One matrix of a sheet: its titles begin at row *title*, its data ends before row *end*."""

    sheet: Sheet
    header: Header
    title: int
    end: int


@dataclass(slots=True)
class _Work:
    """What the matrices read so far have, and the month to fall back on."""

    problems: Problems
    book: DayBook
    hint: Period | None
    unit: str = ""
    spans: list[Span] = field(default_factory=list)


def recognises(sheets: Sequence[Sheet]) -> bool:
    """Tell whether any sheet has a header of names and days."""
    return any(_headers(sheet, _HEADER_WITHIN) for sheet in sheets)


def read(sheets: Sequence[Sheet], hint: Period | None = None) -> Reading:
    """Read every matrix of a file; raise `Unreadable` if its month cannot be known.

    *hint* is taken for the month only where the file states none.
    """
    work = _Work(Problems(), DayBook(), hint)
    for sheet in sheets:
        headers = _headers(sheet, sheet.height)
        ends = [header.row for header in headers[1:]] + [sheet.height]
        title = 0
        for header, end in zip(headers, ends, strict=True):
            _read_matrix(_Matrix(sheet, header, title, end), work)
            title = header.data
        if not headers and sheet.height:
            work.problems.note("sheet_skipped", sheet.place())
    work.book.report(work.problems)
    first, last = min(span.first for span in work.spans), max(span.last for span in work.spans)
    return Reading(
        Kind.DAYS, FORMAT, work.book.records(), work.problems.all(), first, last, work.unit
    )


def _headers(sheet: Sheet, within: int) -> list[Header]:
    found = []
    for row in range(min(sheet.height, within)):
        cells = sheet.row(row)
        if any(isinstance(cell, str) and _NAME.match(cell.strip()) for cell in cells):
            header = _header(sheet, row, cells)
            if header is not None:
                found.append(header)
    return found


def _header(sheet: Sheet, row: int, cells: tuple[Cell, ...]) -> Header | None:
    below = sheet.row(row + 1) if row + 1 < sheet.height else ()
    days, deep = _days(cells, below)
    if not days:
        return None
    first = min(day.column for day in days)
    texts = [values.text(cell) for cell in cells]
    name = _find(_NAME, texts)
    if name is None or name in {day.column for day in days}:
        return None
    number = next(
        (c for c in range(first) if texts[c].lower().rstrip(".") in ("no", "nomor")), None
    )
    return Header(
        row, row + 1 + deep, name, _find(_NIP, texts), _find(_PIN, texts), number, tuple(days)
    )


def _find(pattern: re.Pattern[str], texts: Sequence[str]) -> int | None:
    return next((column for column, shown in enumerate(texts) if pattern.match(shown)), None)


def _days(cells: Sequence[Cell], below: Sequence[Cell]) -> tuple[list[DayColumn], int]:
    """Return the day columns of a header, and whether it takes a second row."""
    one_row = [_day(column, values.text(cell)) for column, cell in enumerate(cells)]
    if days := [day for day in one_row if day]:
        return days, 0
    pairs = [
        _day(column, f"{values.text(cell)} {values.text(under)}")
        for column, (cell, under) in enumerate(zip(cells, below, strict=False))
    ]
    if days := [day for day in pairs if day]:
        return days, 1
    for deep, row in enumerate((cells, below)):
        bare = [(column, _number(cell)) for column, cell in enumerate(row)]
        numbers = [DayColumn(column, day, None) for column, day in bare if day]
        if len(numbers) >= _FEWEST_BARE_NUMBERS and not _counts_columns(numbers):
            return numbers, deep
    return [], 0


def _day(column: int, shown: str) -> DayColumn | None:
    parts = _WEEKDAY_DAY.fullmatch(shown.strip())
    if not parts:
        return None
    word, number = (parts[1] or parts[4]).lower(), int(parts[2] or parts[3])
    if word not in periods.WEEKDAYS or not 1 <= number <= 31:
        return None
    return DayColumn(column, number, periods.WEEKDAYS[word])


def _number(cell: Cell) -> int:
    shown = values.text(cell)
    return int(shown) if shown.isdecimal() and len(shown) <= 2 and 1 <= int(shown) <= 31 else 0


def _counts_columns(numbers: Sequence[DayColumn]) -> bool:
    """Tell whether the numbers only count the columns of a form, as under many a header."""
    return numbers[0].column + 1 == numbers[0].day and numbers[0].column < 2


def _read_matrix(matrix: _Matrix, work: _Work) -> None:
    above = [matrix.sheet.row(row) for row in range(matrix.title, matrix.header.row)]
    work.unit = work.unit or people.unit_named(above)
    span = _span(periods.stated(map(people.title, above)), matrix, work)
    work.spans.append(span)
    dates = periods.assigned(matrix.header.days, span)
    _report_columns(matrix, span, dates, work.problems)
    cells = {column: matrix.sheet.columns[column].map(meaning) for column in dates}
    met: Counter[str] = Counter()
    for row in range(matrix.header.data, matrix.end):
        person = _person(matrix, row, dates, work.problems)
        if person:
            said = [(column, day, cells[column][row]) for column, day in dates.items()]
            days = _days_of(person, said, matrix.sheet, row, work.problems)
            who = _who(person, met, work.problems, matrix.sheet.place(row))
            work.book.add(who, person, days, matrix.sheet.name)


def _span(candidates: list[Span], matrix: _Matrix, work: _Work) -> Span:
    """Decide the period of a matrix, asking where its weekdays contradict it."""
    header, place = matrix.header, matrix.sheet.place(matrix.header.row)
    if not candidates and work.spans:
        candidates = [work.spans[-1]]
        work.problems.note("period_of_other_sheet", place)
    elif not candidates and work.hint:
        candidates = [Span(work.hint.first, work.hint.last)]
        work.problems.question("period_chosen", place, work.hint)
    if not candidates:
        raise Unreadable("no_period", place=place)
    best = max(candidates, key=lambda span: _agreement(header, span))
    right, named = periods.agreeing(header.days, periods.assigned(header.days, best))
    if right < named:
        limits = best.first, best.last, named - right, named
        work.problems.question("period_disagrees", place, *limits)
    return best


def _agreement(header: Header, span: Span) -> tuple[int, int]:
    dates = periods.assigned(header.days, span)
    return periods.agreeing(header.days, dates)[0], len(dates)


def _report_columns(
    matrix: _Matrix, span: Span, dates: dict[int, date], problems: Problems
) -> None:
    header, sheet = matrix.header, matrix.sheet
    numbers = [day.day for day in span.days]
    for day in header.days:
        if day.column not in dates:
            code = "day_twice" if day.day in numbers else "day_outside_period"
            problems.question(code, sheet.place(header.row, day.column), day.day)
    if missing := len(numbers) - len(dates):
        problems.note("days_missing", sheet.place(header.row), missing)


def _person(matrix: _Matrix, row: int, dates: dict[int, date], problems: Problems) -> Person | None:
    """Return whose row it is, or None for footers, blank rows and rows of nobody."""
    header, place = matrix.header, matrix.sheet.place(row)
    line = matrix.sheet.row(row)
    cells = ("" if column is None else line[column] for column in (header.nip, header.pin))
    person, nip = people.person(line[header.name], *cells)
    filled = sum(line[column] != "" for column in dates)
    if person.name is None and person.nip is None:
        if filled:
            problems.error("row_without_person", place)
        return None
    numbered = header.number is not None and values.given(line[header.number]).isdecimal()
    if not (filled or person.nip or numbered):
        problems.note("row_skipped", place)
        return None
    people.report(nip, problems, matrix.sheet.place(row, header.nip))
    if filled < len(dates):
        problems.note("days_empty", place, len(dates) - filled)
    return person


def _days_of(
    person: Person,
    said: Sequence[tuple[int, date, Meaning | None]],
    sheet: Sheet,
    row: int,
    problems: Problems,
) -> list[AttendanceDay]:
    """Return the days of a row; a cell that cannot be understood is a problem and no day."""
    days = []
    for column, day, cell in said:
        place = sheet.place(row, column)
        if cell is None:
            problems.error("cell_unclear", place, values.text(sheet.columns[column][row])[:40])
            continue
        if not cell.known:
            problems.question("code_unknown", place, cell.code)
        days.append(AttendanceDay(person, day, cell.time_in, cell.time_out, cell.code, place))
    return days


def _who(person: Person, met: Counter[str], problems: Problems, place: str) -> str:
    """Tell people of one sheet apart; those known by name only may be namesakes."""
    who = people.key(person)
    if person.nip or person.pin:
        return who
    met[who] += 1
    if met[who] > 1:
        problems.question("name_twice", place, person.name)
    return f"{who} {met[who]}"


def meaning(cell: Cell) -> Meaning | None:
    """Read the cell of a day; None if it cannot be understood."""
    if isinstance(cell, time):
        return Meaning(cell if cell != time() else None)
    shown = values.text(cell).strip("'\"")
    if shown in ("", "--", "\u2013", "\u2014"):
        return Meaning(code="-" if shown else "")
    if shown == "-" or shown.upper() in CODES:
        return Meaning(code=shown.upper())
    if _ONE_TIME.fullmatch(shown):
        shown += " -"
    if (parts := _TIMES.fullmatch(shown)) and (parts[1] or parts[2]):
        return _times(*parts.groups())
    return Meaning(code=shown.upper(), known=False) if _CODE.fullmatch(shown) else None


def _times(first: str | None, last: str | None, code: str | None) -> Meaning | None:
    taps = [values.clock(shown) if shown else time() for shown in (first, last)]
    if None in taps:
        return None
    time_in, time_out = (tap if tap != time() else None for tap in taps)
    return Meaning(time_in, time_out, (code or "").strip().upper())
