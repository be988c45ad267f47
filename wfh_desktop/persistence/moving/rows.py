"""Rows as both engines spell them, and the checksum of a table.

A row is a tuple of numbers, texts, bytes and None, each spelled as SQLite keeps it: an amount is
text, a moment is text in UTC, yes and no are 1 and 0, JSON is the very text that was stored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from hashlib import sha256
from json import JSONEncoder
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, Table, Time

from wfh_desktop.persistence.models import Base
from wfh_desktop.persistence.models.audit import Installation
from wfh_desktop.persistence.models.base import Exact, Instant

Value = int | str | bytes | None
Row = tuple[Value, ...]
DIGITS = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


class Kind(Enum):
    """How the values of a column are spelled."""

    WHOLE = auto()
    YES_NO = auto()
    TEXT = auto()
    JSON = auto()
    EXACT = auto()
    INSTANT = auto()
    DAY = auto()
    CLOCK = auto()
    FILE = auto()


KINDS: tuple[tuple[type[Any], Kind], ...] = (
    (Exact, Kind.EXACT),
    (Instant, Kind.INSTANT),
    (Boolean, Kind.YES_NO),
    (Integer, Kind.WHOLE),
    (JSON, Kind.JSON),
    (Date, Kind.DAY),
    (Time, Kind.CLOCK),
    (LargeBinary, Kind.FILE),
)


class Unfit(Exception):  # noqa: N818 - told to the user as a refusal
    """A value in column *number* of a row is not what its column holds."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(str(number))


@dataclass(frozen=True)
class Shape:
    """A table: its name, its columns in their order, and the one that numbers its rows."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[Kind, ...]
    lengths: tuple[int | None, ...]
    key: str

    @property
    def key_at(self) -> int:
        """The place of the key in a row."""
        return self.columns.index(self.key)

    @property
    def has_files(self) -> bool:
        """Whether rows may be large."""
        return Kind.FILE in self.kinds


@cache
def shapes() -> tuple[Shape, ...]:
    """Return all tables, those that others refer to first."""
    return tuple(_shape(table) for table in Base.metadata.sorted_tables)


@cache
def copied() -> tuple[Shape, ...]:
    """Return the tables that are copied row by row: all but the one that makes it a database."""
    return tuple(one for one in shapes() if one.name != Installation.__tablename__)


def _shape(table: Table) -> Shape:
    (key,) = table.primary_key.columns
    columns = tuple(table.columns)
    return Shape(
        name=table.name,
        columns=tuple(one.name for one in columns),
        kinds=tuple(_kind(one) for one in columns),
        lengths=tuple(getattr(one.type, "length", None) for one in columns),
        key=key.name,
    )


def _kind(column: Column[Any]) -> Kind:
    return next((kind for cls, kind in KINDS if isinstance(column.type, cls)), Kind.TEXT)


def spelled(shape: Shape, rows: Iterable[Iterable[Any]]) -> Iterator[Row]:
    """Yield rows of an SQLite file in the one spelling, whoever wrote them.

    Raises `Unfit` for what no column of that kind can hold.
    """
    fixes = [(place, FIXES[kind]) for place, kind in enumerate(shape.kinds)]
    for row in rows:
        values = list(row)
        for place, fix in fixes:
            if values[place] is not None:
                try:
                    values[place] = fix(values[place])
                except (ArithmeticError, TypeError, ValueError) as error:
                    raise Unfit(place) from error
        yield tuple(values)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _yes_no(value: Any) -> int:
    if value not in (0, 1):
        raise ValueError(value)
    return int(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _exact(value: Any) -> str:
    text = str(value)
    if DIGITS.fullmatch(text) and not text.startswith("-0"):
        return text
    number = Decimal(text)
    return format(number or number.copy_abs(), "f")


def _instant(value: Any) -> str:
    text = _text(value)
    if len(text) == len("2026-09-01 07:30:00.000000"):
        return text
    moment = datetime.fromisoformat(text)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return moment.replace(tzinfo=None).isoformat(" ", "microseconds")


def _day(value: Any) -> str:
    text = _text(value)
    return text if len(text) == len("2026-09-01") else date.fromisoformat(text[:10]).isoformat()


def _clock(value: Any) -> str:
    text = _text(value)
    if len(text) == len("07:30:00.000000"):
        return text
    return time.fromisoformat(text).isoformat("microseconds")


def _file(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError(value)
    return value


FIXES: dict[Kind, Callable[[Any], Value]] = {
    Kind.WHOLE: _whole,
    Kind.YES_NO: _yes_no,
    Kind.TEXT: _text,
    Kind.JSON: _text,
    Kind.EXACT: _exact,
    Kind.INSTANT: _instant,
    Kind.DAY: _day,
    Kind.CLOCK: _clock,
    Kind.FILE: _file,
}


def _of_file(value: object) -> dict[str, str]:
    """Stand in for a file: its own SHA-256."""
    if not isinstance(value, bytes):
        raise TypeError(value)
    return {"sha256": sha256(value).hexdigest()}


_encode = JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_of_file
).encode


class Sum:
    """The checksum of a table as it is read: SHA-256 over a line of JSON for each row."""

    def __init__(self) -> None:
        self._hash = sha256()
        self.rows = 0

    def add(self, row: Row) -> None:
        """Take in the next row, in the order of their numbers."""
        self._hash.update(_encode(row).encode("utf-8", "surrogatepass") + b"\n")
        self.rows += 1

    @property
    def digest(self) -> str:
        """Of all rows so far."""
        return self._hash.hexdigest()
