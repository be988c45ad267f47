"""What fits into a column: refused alike on both engines, before either is asked.

SQLite keeps text of any length and numbers of any size, whatever the column says. PostgreSQL does
not, and answers with an error that no user understands.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, Enum, Integer, String, event
from sqlalchemy import inspect as inspection
from sqlalchemy.orm import Mapper

from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.persistence.models.base import Base

WHOLE = 2**31 - 1  # of an integer in PostgreSQL
NUL = "\0"  # ends a text in PostgreSQL, which refuses it


@event.listens_for(Base, "before_insert", propagate=True)
@event.listens_for(Base, "before_update", propagate=True)
def _fits(mapper: Mapper[Any], _: Connection, record: Base) -> None:
    """Raise `Invalid` with everything in *record* that would not fit into its column."""
    refuse(_problems(mapper, record))


def _problems(mapper: Mapper[Any], record: Base) -> Iterator[Problem]:
    told = inspection(record).dict  # only what is loaded or set: nothing is fetched for this
    for name, longest in _texts(mapper):
        text = told.get(name)
        if not isinstance(text, str):
            continue
        if longest is not None and len(text) > longest:
            yield Problem(name, "too_long", (longest,))
        if NUL in text:
            yield Problem(name, "not_text", (repr(NUL),))
    for name in _numbers(mapper):
        number = told.get(name)
        if isinstance(number, int) and not -WHOLE <= number <= WHOLE:
            yield Problem(name, "out_of_range", (-WHOLE, WHOLE))


@cache
def _texts(mapper: Mapper[Any]) -> tuple[tuple[str, int | None], ...]:
    return tuple(
        (attribute.key, column.type.length)
        for attribute in mapper.column_attrs
        for column in attribute.columns
        if isinstance(column.type, String) and not isinstance(column.type, Enum)
    )


@cache
def _numbers(mapper: Mapper[Any]) -> tuple[str, ...]:
    return tuple(
        attribute.key
        for attribute in mapper.column_attrs
        for column in attribute.columns
        if type(column.type) is Integer
    )
