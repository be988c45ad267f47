"""How to reach a database: a local SQLite file, or a PostgreSQL server by a safe line."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.pool import ConnectionPoolEntry

from wfh_desktop import paths
from wfh_desktop.domain.errors import Unreadable

if TYPE_CHECKING:
    from wfh_desktop.persistence.line import Line

QUEUE = "wfh_queue"  # execution option: wait for the right to write before reading
PRAGMAS = (
    "foreign_keys = ON",
    "journal_mode = TRUNCATE",  # survives a power cut, and needs no second file beside it
    "synchronous = FULL",
    "busy_timeout = 10000",
    "trusted_schema = OFF",
)
SETTINGS = {
    "search_path": "app,audit,pg_catalog",
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
}
ALWAYS = {
    "connect_timeout": 5,
    "target_session_attrs": "read-write",  # of several hosts the one that is no standby
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "gssencmode": "disable",  # it would take the place of TLS
    "options": " ".join(f"-c {name}={value}" for name, value in SETTINGS.items()),
}
SAFE = {"sslmode": "verify-full", "channel_binding": "require"}
LOCAL = {"localhost", "127.0.0.1", "::1"}
MAY_SAY = {"host", "port", "sslmode", "sslrootcert"}  # in the address, after the question mark
PROBE = 0.5  # seconds


@dataclass
class Key:
    """What opens the server's door. Users change their password while the program runs."""

    password: str = ""


def engine(url: str, key: Key) -> Engine:
    """Return the engine for *url*; nothing is connected yet.

    Raises `Unreadable` for an address that says something that it may not.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql":
        return _local(url)
    address = _address(parsed)
    made = create_engine(
        address.set(password=None),
        pool_size=1,
        max_overflow=2,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=security(address) | ALWAYS | {"application_name": _name()},
    )
    key.password = key.password or parsed.password or ""

    @event.listens_for(made, "do_connect")
    def connect(
        _: Dialect, __: ConnectionPoolEntry, arguments: Sequence[Any], options: dict[str, Any]
    ) -> Line:
        from wfh_desktop.persistence.line import Line

        if key.password:
            options["password"] = key.password
        return Line.connect(*arguments, **options)

    return made


def security(address: URL) -> dict[str, str]:
    """Return how the line is secured: on this computer as the address says, else as it must be."""
    if {host for host, _ in hosts(address) if not host.startswith("/")} <= LOCAL:
        return {}
    certificate = address.query.get("sslrootcert") or next(
        (str(place) for place in paths.certificates() if place.exists()), ""
    )
    return SAFE | ({"sslrootcert": str(certificate)} if certificate else {})


def hosts(address: URL) -> list[tuple[str, int]]:
    """Return all hosts of an address with their ports, in the order in which they are tried."""
    said = address.query.get("host", ())
    named = [said] if isinstance(said, str) else list(said)
    if not named:
        return [(address.host or "localhost", address.port or 5432)]
    ports = str(address.query.get("port") or address.port or 5432).split(",")
    split = [one for several in named for one in several.split(",")]
    found = []
    for number, one in enumerate(split):
        host, _, port = one.rpartition(":") if one.count(":") == 1 else (one, "", "")
        found.append((host, int(port or ports[number % len(ports)] or 5432)))
    return found


def listening(address: URL) -> bool:
    """Tell whether any host of *address* takes connections."""
    for host, port in hosts(address):
        if host.startswith("/"):
            return True
        try:
            socket.create_connection((host, port), PROBE).close()
        except OSError:
            continue
        return True
    return False


def _address(parsed: URL) -> URL:
    """Return *parsed* with its driver and at least one host: none would mean the environment's."""
    if wrong := sorted(set(parsed.query) - MAY_SAY):
        raise Unreadable("server_address", parsed.database, wrong[0])
    if not parsed.host and not parsed.query.get("host"):
        parsed = parsed.set(host="localhost")
    return parsed.set(drivername="postgresql+psycopg")


def _name() -> str:
    """Return a name by which the server tells the sessions of this program from all others."""
    return f"wfh-desktop-{secrets.token_hex(4)}"


def _local(url: str) -> Engine:
    made = create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", _begin_sqlite)
    return made


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # else sqlite3 leaves reads and DDL outside transactions
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    queue = connection.get_execution_options().get(QUEUE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if queue else "BEGIN")
