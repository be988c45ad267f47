"""How sheets leave the parsing process: a line of JSON, then which cell stands in which row.

That process lives for a single file, so this module and what it needs start as fast as possible.
"""

from __future__ import annotations

import json
from array import array

TYPE_CHECKING = False  # without the weight of `typing`
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time, timedelta
    from typing import Any, BinaryIO

END = b"\n."
INDEX = "I"
_SAMPLE = 1000


def coded(cells: Sequence[Any]) -> tuple[Sequence[Any], Sequence[int]]:
    """Return the different cells of a column, and for each row which of them stands there.

    A column with few repetitions stays as it is, with a range for its rows.
    """
    if 2 * len(dict.fromkeys(cells[:_SAMPLE])) > min(len(cells), _SAMPLE):
        return cells, range(len(cells))
    seen = dict.fromkeys(cells)
    if 0 in seen or 1 in seen:  # False and True would fall together with them
        cells = [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
        seen = dict.fromkeys(cells)
    number = dict(zip(seen, range(len(seen)), strict=True))
    return list(seen), array(INDEX, map(number.__getitem__, cells))


def write(sheets: Sequence[dict[str, Any]], out: BinaryIO) -> None:
    """Write sheets: *name*, *visible*, *merged*, and *rows*, which are all equally long."""
    described, indexes = [], []
    for sheet in sheets:
        columns = [coded(cells) for cells in zip(*sheet["rows"], strict=True)]
        indexes += [bytes(index) for _, index in columns if isinstance(index, array)]
        described.append(
            {
                "name": sheet["name"],
                "visible": sheet["visible"],
                "merged": sheet["merged"],
                "height": len(sheet["rows"]),
                "columns": [cells for cells, _ in columns],
                "plain": [isinstance(index, range) for _, index in columns],
            }
        )
    out.write(json.dumps(described, default=_plain, check_circular=False).encode())
    out.write(b"\n")
    out.writelines(indexes)
    out.write(END)


def write_refusal(code: str, limits: Sequence[object], place: str, out: BinaryIO) -> None:
    """Write why the file cannot be read."""
    refusal = {"code": code, "limits": limits, "place": place}
    out.write(json.dumps(refusal, default=str).encode() + b"\n" + END)


def _plain(cell: date | time | timedelta) -> dict[str, str | float]:
    kind = type(cell).__name__
    if kind == "timedelta":
        return {kind: cell.total_seconds()}  # type: ignore[union-attr]
    return {kind: cell.isoformat()}  # type: ignore[union-attr]
