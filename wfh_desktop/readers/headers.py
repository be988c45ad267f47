"""The captions of a table's columns, from one header row or two, merged or not."""

from __future__ import annotations

import re

from wfh_desktop.readers import values
from wfh_desktop.readers.table import Sheet

_MARKS = re.compile(r"[^\w()]+|_")


def plain(shown: str) -> str:
    """Return a caption in lower case without marks: `Gol./Ruang ` is `gol ruang`."""
    return " ".join(_MARKS.sub(" ", shown.lower()).split())


def captions(sheet: Sheet, row: int, deep: int) -> list[str]:
    """Return the plain caption of each column of a header of *deep* rows (1 or 2).

    Under a caption that spans several columns, a column is called by both: `masuk waktu`.
    """
    top = [plain(values.text(cell)) for cell in sheet.row(row)]
    if deep == 1 or row + 1 >= sheet.height:
        return top
    below = [plain(values.text(cell)) for cell in sheet.row(row + 1)]
    above = _spread(sheet, row, top, below)
    return [" ".join(filter(None, pair)) for pair in zip(above, below, strict=True)]


def _spread(sheet: Sheet, row: int, top: list[str], below: list[str]) -> list[str]:
    """Repeat a caption over the columns that it spans: merged ones, else empty ones beside it."""
    spread = list(top)
    merged = [one for one in sheet.merged if one[0] <= row <= one[2]]
    for _, first, _, last in merged:
        for column in range(first, min(last + 1, len(top))):
            spread[column] = top[first]
    if not merged:
        for column in range(1, len(top)):
            if not spread[column] and below[column] and below[column - 1]:
                spread[column] = spread[column - 1]
    return spread
