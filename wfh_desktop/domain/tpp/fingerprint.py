"""What a final recommendation pays, in one line of text: whoever locks it states this number."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from wfh_desktop.domain.tpp import figures


class Amounts(NamedTuple):
    """What one person is paid, and the digest of the facts it was calculated from."""

    employee_id: int
    gross: Decimal
    net: Decimal
    inputs: str


def fingerprint(lines: Iterable[Amounts]) -> str:
    """Return the SHA-256 of everybody's amounts, in whatever order they come.

    The database calculates the same from the rows that it holds (`sec.fingerprint`), where an
    amount is written as `trim_scale` writes it; so one locks only what one has recalculated.
    """
    rows = (
        f"{one.employee_id}|{figures.plain(one.gross)}|{figures.plain(one.net)}|{one.inputs}"
        for one in sorted(lines, key=lambda one: one.employee_id)
    )
    return sha256("\n".join(rows).encode()).hexdigest()
