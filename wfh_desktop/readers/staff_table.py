"""The cells of a staff list understood column by column, which is what makes long lists fast."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar, cast

from wfh_desktop.readers import dates, grades, names, people, values
from wfh_desktop.readers.names import Name
from wfh_desktop.readers.problems import Problems
from wfh_desktop.readers.records import Staff
from wfh_desktop.readers.staff_columns import Columns
from wfh_desktop.readers.table import Cell, Sheet
from wfh_desktop.readers.values import Nip

Meaning = TypeVar("Meaning")

_LONGEST_NOTHING = 6
_MAKE = cast("Callable[[tuple[object, ...]], Staff]", partial(tuple.__new__, Staff))  # fastest
Unit = tuple[str, tuple[str, ...]]  # as written, and from the top downwards


@dataclass(frozen=True, slots=True)
class Row:
    """What the second look at a row needs: its NIP and grade as they were understood."""

    nip: Nip
    grade: str | None
    contract: bool
    grade_cell: Cell
    rank_cell: Cell
    number_cell: Cell

    @property
    def lacks_letter(self) -> bool:
        """Tell whether the grade is not understood, or lacks the letter that a PNS has."""
        return _lacks_letter(self.grade, self.contract)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet from the first person down.

    *staff* makes every row a person; *odd* marks the rows that need a second look.
    """

    staff: Iterable[Staff]
    odd: Sequence[bool]
    digits: Sequence[str | None]
    damaged: Sequence[bool]
    faults: Sequence[str]
    grades: Sequence[str | None]
    contracts: Sequence[bool]
    grade_cells: Sequence[Cell]
    rank_cells: Sequence[Cell]
    number_cells: Sequence[Cell]

    def row(self, number: int) -> Row:
        """Return what is known about a row, the first being 0."""
        return Row(
            Nip(self.digits[number], self.damaged[number], self.faults[number]),
            self.grades[number],
            self.contracts[number],
            self.grade_cells[number],
            self.rank_cells[number],
            self.number_cells[number],
        )


@dataclass(frozen=True, slots=True)
class _View:
    """The columns of a sheet by their fields, from the first person's row down."""

    sheet: Sheet
    columns: Columns

    @property
    def height(self) -> int:
        """How many rows there are."""
        return max(0, self.sheet.height - self.columns.data)

    def each(self, name: str, meaning: Callable[[Cell], Meaning]) -> list[Meaning]:
        """Return the meaning of every cell of a field; a field without column is empty."""
        return self.column(self.columns.fields.get(name), meaning)

    def texts(self, name: str) -> list[str]:
        """Return the texts of a field."""
        return self.each(name, values.given)

    def column(self, number: int | None, meaning: Callable[[Cell], Meaning]) -> list[Meaning]:
        """Return the meaning of every cell of a column."""
        if number is None:
            return [meaning("")] * self.height
        return self.sheet.columns[number].map(meaning)[self.columns.data :]


def understand(sheet: Sheet, columns: Columns, rows: Sequence[int], problems: Problems) -> Table:
    """Understand a sheet; *rows* tells where each row stood. Doubts about columns are problems."""
    view = _View(sheet, columns)
    full_names = view.each("name", _name)
    digits, damaged, faults = _nips(view)
    statuses = view.texts("status")
    grade_cells = view.column(columns.grade, _itself)
    contracts = _contracts(digits, statuses, set(grade_cells))
    graded = list(map(grades.grade, grade_cells, contracts))
    units = _units(view)
    born, since = _dates(view, problems)
    _compare_births(view, digits, born, problems)
    own_names, fronts, backs = _across(full_names, 3)
    lines = zip(
        digits,
        damaged,
        own_names,
        map(_front, view.texts("front_title"), fronts),
        map(_back, view.texts("back_title"), backs),
        [grade or "" for grade in graded],
        view.texts("position"),
        *_across(units, 2),
        view.each("pin", values.pin),
        statuses,
        view.texts("position_kind"),
        view.texts("echelon"),
        view.texts("sex"),
        born,
        since,
        _places(sheet, rows[columns.data :]),
        strict=True,
    )
    lacking = list(map(_lacks_letter, graded, contracts))
    even = all(digits) and all(own_names) and not (any(damaged) or any(faults) or any(lacking))
    odd: Sequence[bool] = [False] * view.height
    if not even:
        odd = list(map(_is_odd, digits, damaged, faults, own_names, lacking))
    ranks, numbers = view.each("rank", _itself), view.each("number", _itself)
    people_made = map(_MAKE, lines)
    return Table(
        people_made, odd, digits, damaged, faults, graded, contracts, grade_cells, ranks, numbers
    )


def _across(rows: Sequence[tuple[Any, ...]], width: int) -> Sequence[Sequence[Any]]:
    """Turn rows of *width* values into columns."""
    return list(zip(*rows, strict=True)) or [()] * width


def _is_odd(digits: str | None, damaged: bool, fault: str, name: str, lacks_letter: bool) -> bool:
    return not (digits and name) or damaged or fault != "" or lacks_letter


def _itself(cell: Cell) -> Cell:
    return cell


def _front(own: str, found: str) -> str:
    """Join the title of its own column with one found in the name, if it says something else."""
    if not (own and found):
        return own or found
    return own if names.bare(found) in names.bare(own) else f"{own} {found}"


def _back(own: str, found: str) -> str:
    """Join the degrees of their own column with those found in the name, if they say more."""
    if not (own and found):
        return own or found
    return own if names.bare(found) in names.bare(own) else f"{found}, {own}"


def _name(cell: Cell) -> Name:
    if type(cell) is str and len(cell) > _LONGEST_NOTHING and _is_clean(cell):
        return names.split(cell)
    shown, _ = people.name_and_nip(cell)
    return names.split(shown) if people.is_name(shown) else names.NO_NAME


def _is_clean(cell: str) -> bool:
    """Tell whether a name cell holds nothing but a name on one line, as most do."""
    return (
        cell.isascii()
        and cell.isprintable()
        and cell[0].isalpha()
        and cell[-1] != " "
        and "  " not in cell
        and "NIP" not in cell.upper()
    )


def _nips(view: _View) -> tuple[Sequence[str | None], Sequence[bool], Sequence[str]]:
    """Return digits, damage and fault of each NIP: of its own cell, else of the name cell."""
    cells = view.each("nip", _itself)
    if values.all_sound(cells):
        return cast("list[str | None]", cells), [False] * view.height, [""] * view.height
    nips = view.each("nip", values.nip)
    if not all(nip.digits or nip.fault for nip in nips):
        inside = view.each("name", _inside)
        nips = [
            own if own.digits or own.fault else other
            for own, other in zip(nips, inside, strict=True)
        ]
    digits, damaged, faults = _across(nips, 3)
    return digits, damaged, faults


def _inside(cell: Cell) -> Nip:
    _, nip = people.name_and_nip(cell)
    return values.nip(nip)


def _contracts(
    digits: Sequence[str | None], statuses: Sequence[str], grade_cells: set[Cell]
) -> list[bool]:
    """Tell who is PPPK, if any grade has to be understood by that."""
    if not any(grades.depends_on_status(cell) for cell in grade_cells):
        return [False] * len(digits)
    return list(map(_is_contract, digits, statuses))


def _is_contract(digits: str | None, status: str) -> bool:
    """Tell PPPK by status, else by NI PPPK, which has 21 in place of the month."""
    if status:
        return "PPPK" in status.upper() or "P3K" in status.upper()
    return digits is not None and len(digits) == 18 and digits[12:14] == "21"


def _lacks_letter(grade: str | None, contract: bool) -> bool:
    """Tell whether a grade is not understood, or of a PNS and without its letter."""
    return grade is None or (grade != "" and "/" not in grade and not contract)


def _places(sheet: Sheet, rows: Iterable[int]) -> Iterable[str]:
    start = sheet.place()
    start = f"{start}, baris " if start else "baris "
    return (f"{start}{row + 1}" for row in rows)


def _units(view: _View) -> list[Unit]:
    """Return the unit of each row, out of one column or of several from the top downwards."""
    paths = view.columns.paths
    parts = [
        view.column(column, _path if column in paths else _single) for column in view.columns.units
    ]
    if not parts:
        return [("", ())] * view.height
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


def _dates(view: _View, problems: Problems) -> tuple[list[date | None], list[date | None]]:
    """Return birth dates and the dates of grades, having looked at every column of dates."""
    fields, start = view.columns.fields, view.columns.data
    days: dict[int | None, list[date | None]] = {None: [None] * view.height}
    for column in view.columns.all_dates:
        days[column] = dates.column(view.sheet, column, start, problems)
        _report_dates(view.sheet, column, start, days[column], problems)
    return days[fields.get("birth_date")], days[fields.get("grade_since")]


def _compare_births(
    view: _View, digits: Sequence[str | None], born: Sequence[date | None], problems: Problems
) -> None:
    """Ask where birth dates fit the NIP only with day and month exchanged; note other misfits."""
    column = view.columns.fields.get("birth_date")
    if column is None:
        return
    fits = [(day, values.birth_day(nip)) for day, nip in zip(born, digits, strict=True)]
    unlike = [(day, by_nip) for day, by_nip in fits if day and by_nip and day != by_nip]
    exchanged = sum(dates.swapped(day) == by_nip for day, by_nip in unlike)
    place = view.sheet.place(column=column)
    if exchanged:
        problems.question("births_swapped", place, exchanged)
    if others := len(unlike) - exchanged:
        problems.note("births_differ", place, others)


def _report_dates(
    sheet: Sheet, column: int, start: int, days: Sequence[date | None], problems: Problems
) -> None:
    missing = [row for row, day in enumerate(days, start=start) if day is None]
    for row in missing:
        shown = values.given(sheet.columns[column][row])
        if any(map(str.isdigit, shown)) and not shown.startswith("0000"):
            problems.error("no_such_date", sheet.place(row, column), shown[:40])
