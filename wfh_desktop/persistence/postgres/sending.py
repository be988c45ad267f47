"""Statements from files beside this module, sent to the server as they are written."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection


@cache
def read_sql(name: str) -> str:
    """Return a file that lies beside this module; nothing if it is not there."""
    file = files(__package__) / name
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def run(connection: Connection, statements: str) -> None:
    """Send statements as they are; nothing in them is taken for a parameter."""
    if statements:
        _driver(connection).execute(statements)


def rows(connection: Connection, statement: str, *values: str) -> list[tuple[Any, ...]]:
    """Send a statement as it is, with *values* if it takes any; return its rows."""
    sent = _driver(connection).execute(statement, values or None)
    found: list[tuple[Any, ...]] = sent.fetchall()
    return found


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
