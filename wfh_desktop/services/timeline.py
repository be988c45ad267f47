"""Rows that follow one another in time: a new one ends the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol, TypeVar

from wfh_desktop.domain.errors import Invalid, Problem

DAY = timedelta(days=1)


class Dated(Protocol):
    """A row that holds from its first to its last day, both included."""

    valid_from: date
    valid_to: date | None


D = TypeVar("D", bound=Dated)


def place(rows: Iterable[D], new: D) -> D | None:
    """Put *new* among *rows*; return the row it shortens, if there is one.

    The row in force ends the day before *new* begins; *new* ends when that one would have ended,
    or the day before the next begins. Raises `Invalid` if another begins on the same day.
    """
    rows = list(rows)
    if any(row.valid_from == new.valid_from for row in rows):
        raise Invalid([Problem("valid_from", "same_day", (new.valid_from,))])
    former = next((row for row in rows if _holds(row, new.valid_from)), None)
    ends = [new.valid_to, former.valid_to if former else None]
    ends += [row.valid_from - DAY for row in rows if row.valid_from > new.valid_from]
    new.valid_to = min((end for end in ends if end), default=None)
    if former:
        former.valid_to = new.valid_from - DAY
    return former


def lift(rows: Iterable[D], gone: D) -> D | None:
    """Take *gone* out from among *rows*; return the row that holds on in its place."""
    former = next((row for row in rows if row.valid_to == gone.valid_from - DAY), None)
    if former:
        former.valid_to = gone.valid_to
    return former


def make_room(rows: Iterable[D], row: D, first: date) -> D | None:
    """Let the row before *row* end in time for *row* to begin on *first*; return it if it changed.

    Raises `Invalid` if *row* would begin before its predecessor or after its own end.
    """
    rows = [other for other in rows if other is not row]
    if row.valid_to and first > row.valid_to:
        raise Invalid([Problem("valid_from", "after_end", (row.valid_to,))])
    former = max(
        (other for other in rows if other.valid_from < row.valid_from),
        key=lambda other: other.valid_from,
        default=None,
    )
    if former and first <= former.valid_from:
        raise Invalid([Problem("valid_from", "before_former", (former.valid_from,))])
    if not former or not former.valid_to or former.valid_to < min(row.valid_from, first) - DAY:
        return None
    former.valid_to = first - DAY
    return former


def _holds(row: Dated, day: date) -> bool:
    return row.valid_from <= day <= (row.valid_to or date.max)
