"""Whatever holds rows and columns, as one kind of sheet whose cells know their place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from typing import Self, TypeVar

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers import limits, wire

Cell = str | float | bool | date | datetime | time | timedelta
Range = tuple[int, int, int, int]  # first row, first column, last row, last column
Meaning = TypeVar("Meaning")

_DELIMITERS = "\t;,|"
_SAMPLE = 40
_LINES_IN_A_CELL = 20  # more than that is a quote that was never closed


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its different cells, and for each row which of them stands there.

    Most columns repeat few values, so a meaning is worked out once per value, not once per row.
    """

    distinct: Sequence[Cell]
    index: Sequence[int]

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> Self:
        """Make a column of cells from top to bottom."""
        return cls(*wire.coded(cells))

    def map(self, meaning: Callable[[Cell], Meaning]) -> list[Meaning]:
        """Return the meaning of every cell, top to bottom."""
        made = [meaning(cell) for cell in self.distinct]
        return made if isinstance(self.index, range) else [made[which] for which in self.index]

    def __getitem__(self, row: int) -> Cell:
        return self.distinct[self.index[row]]

    def __len__(self) -> int:
        return len(self.index)


@dataclass(frozen=True)
class Sheet:
    """A table from its first row and column on; an empty cell is an empty text."""

    name: str
    columns: tuple[Column, ...]
    merged: tuple[Range, ...] = ()
    visible: bool = True

    @classmethod
    def of_rows(
        cls, name: str, rows: Sequence[Sequence[Cell]], merged: Sequence[Range] = ()
    ) -> Self:
        """Make a sheet of rows, filling short ones with empty cells."""
        width = max(map(len, rows), default=0)
        limits.check_extent(len(rows), width, place(name))
        full = [(*row, *[""] * (width - len(row))) for row in rows]
        return cls(
            name, tuple(Column.of(cells) for cells in zip(*full, strict=True)), tuple(merged)
        )

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.columns[0]) if self.columns else 0

    @cached_property
    def rows(self) -> list[tuple[Cell, ...]]:
        """All rows from top to bottom, all equally long."""
        cells = [[one.distinct[which] for which in one.index] for one in self.columns]
        return list(zip(*cells, strict=True))

    def row(self, number: int) -> tuple[Cell, ...]:
        """Return one row, the first being 0."""
        return tuple(column[number] for column in self.columns)

    def place(self, row: int | None = None, column: int | None = None) -> str:
        """Say where in the file, for people: rows and columns are counted from 0 here."""
        return place(self.name, row, column)


def place(sheet: str = "", row: int | None = None, column: int | None = None) -> str:
    """Say where in a file, in Indonesian; *row* and *column* are counted from 0."""
    parts = [f"lembar {sheet}"] if sheet else []
    if row is not None:
        parts.append(f"baris {row + 1}")
    if column is not None:
        parts.append(f"kolom {letters(column)}")
    return ", ".join(parts)


def letters(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name = chr(65 + letter) + name
        column -= 1
    return name


def separated(text: str) -> Sheet:
    """Read text with separators (CSV, TSV, semicolons); raise `Unreadable` if there are none."""
    delimiter = _delimiter(text)
    try:
        rows = _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), text)
    except csv.Error:
        rows = []
    if not rows or any(cell.count("\n") > _LINES_IN_A_CELL for row in rows for cell in row):
        rows = _unquoted(text, delimiter)
    return Sheet.of_rows("", rows)


def _unquoted(text: str, delimiter: str) -> list[list[str]]:
    """Split lines whose quotes cannot be trusted."""
    lines = io.StringIO(text, newline="")
    try:
        return _bounded(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE), text)
    except csv.Error as fault:
        raise Unreadable("broken_csv") from fault


def _bounded(reader: Iterable[list[str]], text: str) -> list[list[str]]:
    """Return the rows; stop, before they fill the memory, where nothing we read has so many."""
    rows = list(islice(reader, limits.ROWS + 1))
    if len(rows) > limits.ROWS:
        limits.check_extent(max(text.count("\n"), len(rows)), 0)
    return rows


def _delimiter(text: str) -> str:
    """Choose the separator that gives the most lines the same number of cells, at least two."""
    lines = [line for line in text[: limits.MEGABYTE].splitlines() if line.strip()][:_SAMPLE]
    best, most = "", 0
    for candidate in _DELIMITERS:
        counts = [_cells(line, candidate) for line in lines]
        usual = max(set(counts), key=lambda count: (count > 1, counts.count(count)), default=1)
        agreeing = counts.count(usual) * (usual > 1)
        if agreeing > most:
            best, most = candidate, agreeing
    if not best:
        raise Unreadable("no_separator")
    return best


def _cells(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter)))
    except (csv.Error, StopIteration):
        return 1
