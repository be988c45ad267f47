"""Staff lists in every layout seen: with captions or without, one row a person or two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers import grades, people, staff_columns, staff_table, values
from wfh_desktop.readers.people import Namesakes
from wfh_desktop.readers.problems import Problems
from wfh_desktop.readers.records import Kind, Reading, Staff
from wfh_desktop.readers.staff_columns import Columns
from wfh_desktop.readers.staff_table import Row
from wfh_desktop.readers.table import Cell, Sheet, letters

FORMAT = "daftar pegawai"

_FIELD_NAMES = {
    "nip": "NIP", "name": "nama", "grade": "golongan", "position": "jabatan",
    "sex": "jenis kelamin", "status": "status", "birth_date": "tanggal lahir",
}  # fmt: skip
_PLACE = Staff._fields.index("place")


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

    def all_new(self, digits: Sequence[str | None]) -> bool:
        """Tell whether no NIP is there twice or was met before."""
        different = set(digits)
        return len(different) == len(digits) and different.isdisjoint(self.met)

    def extend(self, staff: Iterable[Staff]) -> None:
        """Add people who are all new and have nothing odd about them."""
        start = len(self.records)
        self.records.extend(staff)
        self.met.update((one.nip or "", one) for one in self.records[start:])

    def _again(self, staff: Staff, before: Staff) -> bool:
        if staff[:_PLACE] == before[:_PLACE]:
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
    """Read the people of all sheets that have any; those without captions if all are without."""
    found, unit = _Found(), ""
    known = [(sheet, staff_columns.find(sheet)) for sheet in sheets if sheet.height]
    captioned = any(columns and not columns.guessed for _, columns in known)
    for sheet, columns in known:
        if columns is None or (columns.guessed and captioned):
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
    table = staff_table.understand(sheet, columns, rows, found.problems)
    if not any(table.odd) and found.all_new(table.digits):
        found.extend(table.staff)
        return
    section = ""
    for number, (person, odd) in enumerate(zip(table.staff, table.odd, strict=True)):
        staff = person
        if odd:
            known, row = table.row(number), columns.data + number
            if not _is_person(staff, known):
                section = _heading(sheet.row(row), section, staff.place, found.problems)
                continue
            _report(staff, known, sheet.place(rows[row], columns.fields.get("nip")), found.problems)
            if known.lacks_letter:
                place = sheet.place(rows[row], columns.grade)
                staff = _with_letter(staff, known, place, found.problems)
        if section and not columns.units:
            staff = staff._replace(unit=section, unit_path=(section,))
        found.add(staff)


def _is_person(staff: Staff, known: Row) -> bool:
    """Tell a person's row from headings, blank rows, signatures and repeated captions."""
    if staff.nip and staff.name:
        return True
    if staff_columns.field_of(staff.name.lower()) or not (staff.name or staff.nip):
        return False
    return bool(
        (staff.name and known.nip.fault)
        or staff.pin
        or staff.position
        or staff.unit
        or staff.grade
        or values.given(known.number_cell).rstrip(".").isdecimal()
    )


def _report(staff: Staff, known: Row, place: str, problems: Problems) -> None:
    if known.nip.fault or known.nip.damaged:
        people.report(known.nip, problems, place)
    if not staff.name:
        problems.error("name_missing", staff.place)


def _with_letter(staff: Staff, known: Row, place: str, problems: Problems) -> Staff:
    """Complete a grade without its letter by the rank beside it, or ask."""
    ranked = grades.by_rank(values.given(known.rank_cell))
    if ranked and (not staff.grade or ranked.startswith(f"{staff.grade}/")):
        return staff._replace(grade=ranked)
    code = "grade_without_letter" if staff.grade else "grade_unclear"
    problems.question(code, place, values.text(known.grade_cell)[:40])
    return staff


def _heading(row: tuple[Cell, ...], section: str, place: str, problems: Problems) -> str:
    """Return the unit that holds for the rows below a row that is no person."""
    filled = [shown for shown in map(values.text, row) if shown]
    if not filled or staff_columns.is_header(row):
        return section
    if len(filled) == 1 and staff_columns.is_unit(filled[0]):
        return filled[0]
    problems.note("row_skipped", place, " ".join(filled)[:60])
    return section


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
