"""Cells on the clipboard, as a spreadsheet takes them and gives them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

from wfh_desktop.domain.cells import is_formula, is_long_number, tabbed, unguarded

TEXT = "mso-number-format:'\\@'"  # Excel and LibreOffice: leave an 18-digit NIP alone


def cells(table: Sequence[Sequence[str]]) -> QMimeData:
    """Return *table* as tabbed text, and as HTML in which words and long digits stay text."""
    made = QMimeData()
    made.setText(tabbed(table))
    rows = "".join(f"<tr>{''.join(map(_html, row))}</tr>" for row in table)
    made.setHtml(f"<meta charset='utf-8'><table>{rows}</table>")
    return made


def table(text: str) -> list[list[str]]:
    """Return the cells of text copied from a spreadsheet; quoted cells may hold line breaks."""
    rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter="\t"))
    while rows and not any(rows[-1]):
        rows.pop()
    return [[unguarded(cell) for cell in row] or [""] for row in rows]


def _html(cell: str) -> str:
    as_text = is_long_number(cell) or "/" in cell or is_formula(cell)
    style = f' style="{TEXT}"' if as_text else ""
    return f"<td{style}>{escape(cell).replace(chr(10), '<br>')}</td>"
