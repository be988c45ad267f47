"""Cells on the clipboard, as a spreadsheet takes them and gives them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

TEXT = "mso-number-format:'\\@'"  # Excel and LibreOffice: leave an 18-digit NIP alone
LONGEST_NUMBER = 15
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"[+-]?[\d.,]+%?")


def cells(table: Sequence[Sequence[str]]) -> QMimeData:
    """Return *table* as tabbed text, and as HTML in which long digits stay text."""
    made = QMimeData()
    made.setText("\n".join("\t".join(map(_plain, row)) for row in table))
    rows = "".join(f"<tr>{''.join(map(_html, row))}</tr>" for row in table)
    made.setHtml(f"<meta charset='utf-8'><table>{rows}</table>")
    return made


def table(text: str) -> list[list[str]]:
    """Return the cells of text copied from a spreadsheet; quoted cells may hold line breaks."""
    rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter="\t"))
    while rows and not any(rows[-1]):
        rows.pop()
    return [row or [""] for row in rows]


def _plain(cell: str) -> str:
    if _is_formula(cell):
        cell = f"'{cell}"
    if any(mark in cell for mark in '\t\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _html(cell: str) -> str:
    digits = cell.replace(" ", "")
    long = digits.isdigit() and len(digits) > LONGEST_NUMBER
    style = f' style="{TEXT}"' if long or "/" in cell or _is_formula(cell) else ""
    return f"<td{style}>{escape(cell).replace(chr(10), '<br>')}</td>"


def _is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would calculate what somebody typed as words."""
    return bool(FORMULA.match(cell)) and not NUMBER.fullmatch(cell)
