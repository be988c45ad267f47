"""What a database's error means: a refusal to be shown, or a reason to begin the work anew."""

from __future__ import annotations

import re
import sqlite3
from enum import Enum, auto

from sqlalchemy.exc import DBAPIError, OperationalError

from wfh_desktop.domain.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    Problem,
    Refusal,
    Unreachable,
    Unreadable,
    Unwritable,
)

CLIENT = ""  # in place of the SQLSTATE of an error that no server has numbered
STALE = "stale_row"  # said by a guard; by itself the server means a clash with the same SQLSTATE
CODE = re.compile(r"[a-z]+(_[a-z]+)*")  # what guards say, for `words` to put into a sentence
CLASHES = {"40001", "40P01", "55P03"}  # serialization, deadlock, a lock waited for too long
GONE = {
    "25006",  # the server became a standby
    "25P03",  # it lost patience with an open transaction
    "57P01",  # it is being shut down, or this session was ended
    "57P02",
    "57P03",
    "57P05",
}
CONNECTING = {  # before anybody is signed in there is only text; the first that fits holds
    "server_password": r"password authentication failed|no password|not permitted to log in"
    r"|role .* does not exist",
    "server_no_database": r"database .* does not exist",
    "server_full": r"too many connections|connection slots",
    "server_not_allowed": r"permission denied for database|no pg_hba.conf entry",
    "server_no_tls": r"does not support SSL|no encryption",
    "server_certificate": r"certificate|channel binding|SSL error",
    "server_starting": r"starting up|shutting down|not yet accepting|recovery mode",
    "server_read_only": r"session is read-only|hot standby|recovery",
}
FILE = {  # what SQLite may meet on a disk, by its primary result code
    sqlite3.SQLITE_FULL: "database_full",
    sqlite3.SQLITE_IOERR: "database_failed",
    sqlite3.SQLITE_READONLY: "database_denied",
    sqlite3.SQLITE_PERM: "database_denied",
    sqlite3.SQLITE_CANTOPEN: "database_denied",
    sqlite3.SQLITE_BUSY: "database_held",
    sqlite3.SQLITE_LOCKED: "database_held",
}
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
PRIMARY = 0xFF  # of an extended result code
PASSING = {"server_away", "server_starting", "server_read_only"}


class Kind(Enum):
    """What can be done about an error."""

    FINAL = auto()  # nothing: the same would happen again
    LOST = auto()  # the line broke, or there is no server: connect again
    CLASH = auto()  # two transactions got into each other's way: one of them begins anew
    TAKEN = auto()  # somebody else was faster: on fresh data the use case sees it by itself
    QUEUE = auto()  # SQLite: begin anew, waiting for the right to write before reading


def kind(error: DBAPIError) -> Kind:
    """Tell what can be done about *error*."""
    state = sqlstate(error)
    if state is None:
        locked = isinstance(error, OperationalError) and "locked" in str(error.orig)
        return Kind.QUEUE if locked else Kind.FINAL
    if error.connection_invalidated or state in GONE or state.startswith("08"):
        return Kind.LOST
    if state == CLIENT:
        passing = isinstance(error, OperationalError) and connecting(error) in PASSING
        return Kind.LOST if passing else Kind.FINAL
    if state in CLASHES and said(error) != STALE:
        return Kind.CLASH
    return Kind.TAKEN if state == "23505" else Kind.FINAL


def refusal(error: DBAPIError, name: str = "basis data ini") -> Refusal | None:
    """Return what to tell the user of *error*, or None if it is a fault of the program.

    *name* is what users call the database.
    """
    state = sqlstate(error)
    if state is None:
        return _of_file(getattr(error.orig, "sqlite_errorcode", 0) & PRIMARY, name)
    match kind(error):
        case Kind.LOST:
            return Unreachable("lost" if error.connection_invalidated else "away")
        case Kind.CLASH:
            return Conflict(said(error)) if state == "40001" else Unreachable("busy")
        case Kind.TAKEN:
            return Invalid([Problem("database", "taken")])
    if state == CLIENT and isinstance(error, OperationalError):
        return Unreadable(connecting(error), name)
    return _guarded(state, said(error))


def sqlstate(error: DBAPIError) -> str | None:
    """Return the five letters of the standard; `CLIENT` without any, None from SQLite."""
    if not hasattr(error.orig, "sqlstate"):
        return None
    return getattr(error.orig, "sqlstate", None) or CLIENT


def said(error: DBAPIError) -> str:
    """Return the message of the server, without its details: they may name people."""
    diagnosis = getattr(error.orig, "diag", None)
    return getattr(diagnosis, "message_primary", None) or ""


def connecting(error: DBAPIError) -> str:
    """Return the code of what stands against a connection.

    What the network itself says may be in any language; it never says FATAL, as a server does.
    """
    text = str(error.orig)
    found = (code for code, one in CONNECTING.items() if re.search(one, text, re.IGNORECASE))
    return next(found, "server_refused" if "FATAL" in text else "server_away")


def _of_file(code: int, name: str) -> Refusal | None:
    if code in DAMAGED:
        return Unreadable("database_damaged", name)
    return Unwritable(FILE[code], name) if code in FILE else None


def _guarded(state: str | None, message: str) -> Refusal | None:
    match state:
        case "40001":
            return Conflict(message)
        case "42501":
            return NotAllowed(message if CODE.fullmatch(message) else "database")
        case "55000" | "23514" if CODE.fullmatch(message):
            return Invalid([Problem("database", message)])
        case "23514":
            return Invalid([Problem("database", "broken_rule")])
        case "57014":
            return Unreachable("slow")
        case str() if state.startswith("53"):
            return Unreachable("full")
    return None
