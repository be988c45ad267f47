"""Text on its way into a spreadsheet: whatever somebody typed, it is shown and never calculated."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

STARTS = frozenset("=+-@")  # and whatever is only another form of these, such as full width
BREAKS = frozenset("\t\r\n")  # at the start, a spreadsheet drops them and reads on
SKIPPED = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})  # white space and what takes no room
NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)?|\d{1,3}(\.\d{3})+(,\d+)?|\d{1,3}(,\d{3})+(\.\d+)?)%?")
LONGEST_NUMBER = 15  # digits; of a longer one a spreadsheet makes zeros: an 18-digit NIP
GUARD = "'"
# Where another program may think that a new cell begins, whatever separates ours.
_INNER = re.compile(r"(?<=[,;|\t\r\n])")
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would calculate what somebody typed as words.

    A plain number is none: `-5`, `1.234,50` or `-1234.5`.
    """
    for char in cell:
        if char in BREAKS:
            return True
        if unicodedata.category(char) in SKIPPED:
            continue
        starts = unicodedata.normalize("NFKC", char)[0] in STARTS
        return starts and not NUMBER.fullmatch(cell)
    return False


def is_long_number(cell: str) -> bool:
    """Tell whether a spreadsheet would lose digits of it."""
    digits = cell.replace(" ", "")
    return digits.isdigit() and len(digits) > LONGEST_NUMBER


def guarded(cell: str) -> str:
    """Return a cell of separated text, with an apostrophe before what would be calculated."""
    return GUARD + cell if is_formula(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before `guarded`."""
    rest = cell[1:]
    return rest if cell.startswith(GUARD) and is_formula(rest) else cell


def tabbed(rows: Iterable[Sequence[str]]) -> str:
    """Return rows for the clipboard: quoted only where a cell holds a tab, a break or a quote."""
    return "\n".join("\t".join(map(_tabbed, row)) for row in rows)


def separated(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV with semicolons, as Indonesian spreadsheets expect it.

    Each part of a cell that would start a cell for a program which separates by comma or tab is
    guarded too.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_guarded_within(storable(cell)) for cell in row])
    return out.getvalue()


def storable(cell: str) -> str:
    """Return a cell without what no XML can hold: control characters and halves of characters."""
    return _NO_XML.sub("", cell)


def _tabbed(cell: str) -> str:
    cell = guarded(cell)
    if any(mark in cell for mark in '\t\r\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _guarded_within(cell: str) -> str:
    if NUMBER.fullmatch(cell):
        return cell
    first, *rest = _INNER.split(cell)
    return guarded(first) + "".join(map(_guarded_part, rest))


def _guarded_part(part: str) -> str:
    """Guard a part of a cell; quotation marks before it count for nothing to other programs."""
    return GUARD + part if is_formula(part.lstrip("\"' ")) else part
