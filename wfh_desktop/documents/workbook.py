"""A list as XLSX: words stay words, amounts are numbers, and nothing is a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from wfh_desktop.domain import cells

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | None

LONGEST = 32_767  # letters in a cell
EXACT_DIGITS = 15  # that a number keeps in a spreadsheet; with more it is written as text
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
TEXT = {"num_format": "@", "quote_prefix": True, "valign": "top"}
WIDTHS = (8, 44)


@dataclass(frozen=True, slots=True)
class Table:
    """What a worksheet shows: some lines of words, then a table with its heads and sums."""

    name: str
    lines: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()
    digits: tuple[int | None, ...] = ()  # decimals by column; None: as many as a number has


def xlsx(table: Table) -> bytes:
    """Return the table as a workbook."""
    import xlsxwriter  # a tenth of a second, and few ever need it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet(table.name)
        words, head = book.add_format(TEXT), book.add_format({**TEXT, "bold": True})
        numbers = [book.add_format({"num_format": _pattern(one)}) for one in table.digits]
        sums = [
            book.add_format({"num_format": _pattern(one), "bold": True}) for one in table.digits
        ]
        for row, line in enumerate(table.lines):
            _word(sheet, row, 0, line, head)
        top = len(table.lines) + bool(table.lines)
        _row(sheet, top, table.heads, head, [])
        for row, values in enumerate(table.rows, start=top + 1):
            _row(sheet, row, values, words, numbers)
        if table.totals:
            _row(sheet, top + 1 + len(table.rows), table.totals, head, sums)
        sheet.freeze_panes(top + 1, 0)
        for column, width in enumerate(_widths(table)):
            sheet.set_column(column, column, width)
    return out.getvalue()


def _row(
    sheet: Worksheet, row: int, values: Sequence[Cell], words: Format, numbers: Sequence[Format]
) -> None:
    for column, value in enumerate(values):
        if value is None or value == "":
            continue
        if isinstance(value, str) or not _is_exact(value):
            _word(sheet, row, column, str(value), words)
        else:
            form = numbers[column] if column < len(numbers) else None
            sheet.write_number(row, column, value, form)


def _word(sheet: Worksheet, row: int, column: int, value: str, form: Format) -> None:
    text = cells.storable(value.replace("\r\n", "\n").replace("\r", "\n"))
    sheet.write_string(row, column, text[:LONGEST], form)


def _is_exact(value: Decimal | int) -> bool:
    return len(Decimal(value).normalize().as_tuple().digits) <= EXACT_DIGITS


def _pattern(digits: int | None) -> str:
    if digits is None:
        return "General"
    return "#,##0" + ("." + "0" * digits if digits else "")


def _widths(table: Table) -> list[int]:
    """Return how wide each column is, by its heads and its first rows."""
    columns = zip(*(row for row in (table.heads, *table.rows[:100])), strict=True)
    least, most = WIDTHS
    return [
        min(max(least, *(len(str(value or "")) for value in column[1:]), 0) + 2, most)
        for column in columns
    ]
