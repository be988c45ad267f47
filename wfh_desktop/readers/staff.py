"""Staff lists in every layout seen: with captions or without, one row a person or two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import repeat
from typing import NamedTuple, TypeVar

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers import dates, grades, names, people, staff_columns, values
from wfh_desktop.readers.people import Namesakes
from wfh_desktop.readers.problems import Problems
from wfh_desktop.readers.records import Kind, Reading, Staff
from wfh_desktop.readers.staff_columns import Columns
from wfh_desktop.readers.table import Cell, Sheet, letters
from wfh_desktop.readers.values import Nip

FORMAT = "daftar pegawai"

Meaning = TypeVar("Meaning")
Unit = tuple[str, tuple[str, ...]]  # as written, and from the top downwards

_FIELD_NAMES = {
    "nip": "NIP", "name": "nama", "grade": "golongan", "position": "jabatan",
    "sex": "jenis kelamin", "status": "status", "birth_date": "tanggal lahir",
}  # fmt: skip
_NO_UNIT: Unit = ("", ())


class _Line(NamedTuple):
    """The cells of one row, understood."""

    name: names.Name
    inside: Nip  # the NIP in the name cell
    own: Nip  # the NIP in its own cell
    grade: Cell
    rank: Cell
    unit: Unit
    front_title: str
    back_title: str
    position: str
    position_kind: str
    echelon: str
    sex: str
    status: str
    birth_date: date | None
    grade_since: date | None
    pin: str | None
    number: str


@dataclass(slots=True)
class _Found:
    """What the sheets read so far have."""

    records: list[Staff] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    namesakes: Namesakes = field(default_factory=Namesakes)
    met: dict[str, Staff] = field(default_factory=dict)

    def add(self, staff: Staff) -> None:
        """Add a person; a line that only repeats an earlier one is noted and left out."""
        if staff.nip and not staff.nip_damaged:
            before = self.met.setdefault(staff.nip, staff)
            if before is not staff and self._again(staff, before):
                return
        self.records.append(staff)

    def _again(self, staff: Staff, before: Staff) -> bool:
        if replace(staff, place="") == replace(before, place=""):
            self.problems.note("person_twice", staff.place, before.place)
            return True
        self.namesakes.met(before.nip, before.name, before.place)
        self.namesakes.met(staff.nip, staff.name, staff.place)
        if not self.namesakes.differ(staff.nip):
            self.problems.question("person_differs", staff.place, before.place)
        return False


def recognises(sheets: Sequence[Sheet]) -> bool:
    """Tell whether any sheet has people: a column of names or NIP and one that belongs to it."""
    return any(staff_columns.find(sheet) for sheet in sheets)


def read(sheets: Sequence[Sheet]) -> Reading:
    """Read the people of all sheets that have any."""
    found, unit = _Found(), ""
    for sheet in sheets:
        columns = staff_columns.find(sheet)
        if columns is None:
            if sheet.height:
                found.problems.note("sheet_skipped", sheet.place())
            continue
        unit = unit or people.unit_named(sheet.row(row) for row in range(columns.row))
        if columns.guessed:
            found.problems.question("no_captions", sheet.place(), _guess(columns))
        _read_sheet(sheet, columns, found)
    if not found.records:
        raise Unreadable("no_rows")
    found.namesakes.report(found.problems)
    return Reading(Kind.STAFF, FORMAT, tuple(found.records), found.problems.all(), unit=unit)


def _guess(columns: Columns) -> str:
    named = {column: _FIELD_NAMES[name] for name, column in columns.fields.items()}
    named |= dict.fromkeys(columns.units, "unit")
    return ", ".join(f"{letters(column)} = {name}" for column, name in sorted(named.items()))


def _read_sheet(sheet: Sheet, columns: Columns, found: _Found) -> None:
    rows: Sequence[int] = range(sheet.height)
    if columns.stacked:
        sheet, columns, rows = _side_by_side(sheet, columns)
    problems, section, start = found.problems, "", sheet.place()
    start = f"{start}, baris " if start else "baris "
    for row, line in enumerate(_lines(sheet, columns, problems), start=columns.data):
        nip = line.own if line.own.digits or line.own.fault else line.inside
        if not _is_person(line, nip):
            section = _heading(sheet.row(row), section, sheet.place(rows[row]), problems)
            continue
        contract = _is_contract(nip.digits, line.status)
        grade = grades.grade(line.grade, contract)
        staff = _staff(line, nip, grade or "", f"{start}{rows[row] + 1}")
        if nip.fault or nip.damaged:
            people.report(nip, problems, sheet.place(rows[row], columns.fields.get("nip")))
        if not line.name.name:
            problems.error("name_missing", staff.place)
        if grade != "" and (grade is None or ("/" not in grade and not contract)):
            staff = _doubt_grade(staff, line, sheet.place(rows[row], columns.grade), problems)
        if section and not columns.units:
            staff = replace(staff, unit=section, unit_path=(section,))
        found.add(staff)


def _lines(sheet: Sheet, columns: Columns, problems: Problems) -> Iterable[_Line]:
    """Return the rows of a sheet from the first person down."""
    start = columns.data

    def each(name: str, meaning: Callable[[Cell], Meaning]) -> Iterable[Meaning]:
        column = columns.fields.get(name)
        if column is None:
            return repeat(meaning(""), sheet.height - start)
        return sheet.columns[column].map(meaning)[start:]

    moments = {column: dates.column(sheet, column, start, problems) for column in columns.all_dates}
    for column, days in moments.items():
        _report_dates(sheet, column, start, days, problems)
    nothing: list[date | None] = [None] * (sheet.height - start)
    named = list(each("name", _name))
    return map(
        _Line,
        (name for name, _ in named),
        (nip for _, nip in named),
        each("nip", values.nip),
        _cells(sheet, columns.grade, start),
        _cells(sheet, columns.fields.get("rank"), start),
        _units(sheet, columns),
        *(each(name, values.given) for name in _Line._fields[6:13]),
        moments.get(columns.fields.get("birth_date", -1), nothing),
        moments.get(columns.fields.get("grade_since", -1), nothing),
        each("pin", values.pin),
        each("number", values.given),
    )


def _cells(sheet: Sheet, column: int | None, start: int) -> Iterable[Cell]:
    if column is None:
        return repeat("", sheet.height - start)
    return sheet.columns[column].map(lambda cell: cell)[start:]


def _name(cell: Cell) -> tuple[names.Name, Nip]:
    shown, inside = people.name_and_nip(cell)
    if not people.is_name(shown):
        return names.Name(""), values.nip(inside)
    return names.split(shown), values.nip(inside) if inside else values.NO_NIP


def _units(sheet: Sheet, columns: Columns) -> Iterable[Unit]:
    """Return the unit of each row, out of one column or of several from the top downwards."""
    start = columns.data
    if not columns.units:
        return repeat(_NO_UNIT, sheet.height - start)
    parts = [
        sheet.columns[column].map(_path if column in columns.paths else _single)[start:]
        for column in columns.units
    ]
    known: dict[tuple[tuple[str, ...], ...], Unit] = {}
    return [known.get(one) or known.setdefault(one, _unit(one)) for one in zip(*parts, strict=True)]


def _single(cell: Cell) -> tuple[str, ...]:
    shown = values.given(cell)
    return (shown,) if shown and not shown.isdecimal() else ()


def _path(cell: Cell) -> tuple[str, ...]:
    """Split `SUB BAGIAN UMUM - DINAS CONTOH`, the lowest unit first, from the top downwards."""
    return tuple(part for part in reversed(values.given(cell).split(" - ")) if part)


def _unit(parts: tuple[tuple[str, ...], ...]) -> Unit:
    path = tuple(dict.fromkeys(part for one in parts for part in one))
    return " - ".join(reversed(path)), path


def _is_person(line: _Line, nip: Nip) -> bool:
    """Tell a person's row from headings, blank rows, signatures and repeated captions."""
    if nip.digits:
        return True
    if not line.name.name or staff_columns.field_of(line.name.name.lower()):
        return False
    return bool(
        nip.fault
        or line.pin
        or line.position
        or line.unit[0]
        or line.number.rstrip(".").isdecimal()
        or grades.grade(line.grade)
    )


def _heading(row: tuple[Cell, ...], section: str, place: str, problems: Problems) -> str:
    """Return the unit that holds for the rows below a row that is no person."""
    filled = [shown for shown in map(values.text, row) if shown]
    if not filled or staff_columns.is_header(row):
        return section
    if len(filled) == 1 and staff_columns.is_unit(filled[0]):
        return filled[0]
    problems.note("row_skipped", place, " ".join(filled)[:60])
    return section


def _is_contract(digits: str | None, status: str) -> bool:
    """Tell PPPK by status, else by NI PPPK, which has 21 in place of the month."""
    if status:
        return "PPPK" in status.upper() or "P3K" in status.upper()
    return digits is not None and len(digits) == 18 and digits[12:14] == "21"


def _staff(line: _Line, nip: Nip, grade: str, place: str) -> Staff:
    name, unit = line.name, line.unit
    return Staff(
        nip.digits,
        nip.damaged,
        name.name,
        line.front_title or name.front_title,
        line.back_title or name.back_title,
        grade,
        line.position,
        unit[0],
        unit[1],
        line.pin,
        line.status,
        line.position_kind,
        line.echelon,
        line.sex,
        line.birth_date,
        line.grade_since,
        place,
    )


def _doubt_grade(staff: Staff, line: _Line, place: str, problems: Problems) -> Staff:
    """Complete a grade without its letter by the rank beside it, or ask."""
    ranked = grades.by_rank(values.given(line.rank))
    if ranked and (not staff.grade or ranked.startswith(f"{staff.grade}/")):
        return replace(staff, grade=ranked)
    code = "grade_without_letter" if staff.grade else "grade_unclear"
    problems.question(code, place, values.text(line.grade)[:40])
    return staff


def _report_dates(
    sheet: Sheet, column: int, start: int, days: Sequence[date | None], problems: Problems
) -> None:
    for row, day in enumerate(days, start=start):
        shown = "" if day else values.given(sheet.columns[column][row])
        if any(map(str.isdigit, shown)) and not shown.startswith("0000"):
            problems.error("no_such_date", sheet.place(row, column), shown[:40])


def _side_by_side(sheet: Sheet, columns: Columns) -> tuple[Sheet, Columns, list[int]]:
    """Put the two rows of each person beside each other; return also which row each stood in."""
    width, name, row = len(sheet.columns), columns.fields["name"], columns.data
    rows = [(*sheet.row(above), *[""] * width) for above in range(row)]
    stood = list(range(row))
    while row < sheet.height:
        stood.append(row)
        upper = sheet.row(row)
        lower: tuple[Cell, ...] = ("",) * width
        if row + 1 < sheet.height and not people.is_name(values.text(sheet.row(row + 1)[name])):
            row += 1
            lower = sheet.row(row)
        rows.append((*upper, *lower))
        row += 1
    below = {field: column + width for field, column in columns.below.items()}
    fields = {**below, **columns.fields, "nip": below["nip"]}
    return Sheet.of_rows(sheet.name, rows), replace(columns, fields=fields, below={}), stood
