"""Whether a server is in good order: its version, its settings, its doors and its books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from sqlalchemy import Connection

from wfh_desktop.persistence.postgres import catalog
from wfh_desktop.persistence.postgres.sending import rows

OLDEST = 15
PATCHED = {15: 14, 16: 10, 17: 6}  # the statistics leak of CVE-2025-8713 is closed from here on
ON = ("on",)
SETTINGS = {  # by name: what it must be, and whether anything less endangers data or people
    "fsync": (ON, True),
    "full_page_writes": (ON, True),
    "synchronous_commit": (("on", "remote_write", "remote_apply"), True),
    "data_checksums": (ON, True),
    "ssl": (ON, True),
    "password_encryption": (("scram-sha-256",), True),
    "row_security": (ON, True),
    "ssl_min_protocol_version": (("TLSv1.2", "TLSv1.3"), True),
    "log_error_verbosity": (("terse",), False),
    "log_min_error_statement": (("panic", "fatal"), False),
    "log_parameter_max_length_on_error": (("0",), False),
    "log_statement": (("none", "ddl"), False),
    "log_min_duration_statement": (("-1",), False),
    "log_connections": (("on", "all", "receipt,authentication,authorization"), False),
}
WEAK = ("trust", "password", "md5", "ident")
SHOWN = 20  # lines of the books before the rest is only counted


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it ought to be; a *grave* one endangers data or people."""

    code: str
    limits: tuple[object, ...] = ()
    grave: bool = True


def check(connection: Connection) -> list[Finding]:
    """Return everything that was found, the grave first. Asked as a superuser."""
    found = [
        *version(connection),
        *_settings(connection),
        *_doors(connection),
        *_passwords(connection),
        *_company(connection),
        *_books(connection),
    ]
    return sorted(found, key=lambda one: not one.grave)


def _number(connection: Connection) -> int:
    ((number,),) = rows(connection, "SELECT current_setting('server_version_num')::int")
    return int(number)


def version(connection: Connection) -> Iterator[Finding]:
    """Find whether the server is too old, or lacks a correction that matters."""
    major, minor = divmod(_number(connection), 10000)
    if major < OLDEST:
        yield Finding("server_too_old", (f"{major}.{minor}", OLDEST))
    elif minor < PATCHED.get(major, 0):
        yield Finding("server_unpatched", (f"{major}.{minor}", f"{major}.{PATCHED[major]}"))


def _settings(connection: Connection) -> Iterator[Finding]:
    found = dict(rows(connection, "SELECT name, setting FROM pg_settings"))
    for name, (good, grave) in SETTINGS.items():
        if found.get(name) not in good:
            yield Finding("server_setting", (name, found.get(name, ""), good[0]), grave)


def _doors(connection: Connection) -> Iterator[Finding]:
    """Read pg_hba.conf: from elsewhere only by TLS and SCRAM, or by certificate."""
    rules = rows(
        connection,
        "SELECT line_number, type, address, auth_method FROM pg_hba_file_rules "
        "WHERE error IS NULL AND NOT 'replication' = ALL (database) ORDER BY line_number",
    )
    for line, kind, address, method in rules:
        if method == "reject":
            continue
        here = kind == "local" or _is_local(address)
        if method in WEAK and not (here and method == "ident"):
            yield Finding("server_door_weak", (line, method), grave=not here)
        if not here and kind in ("host", "hostnossl", "hostgssenc"):
            yield Finding("server_door_open", (line, kind))


def _is_local(address: str | None) -> bool:
    if address in (None, "samehost"):
        return address is not None
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _passwords(connection: Connection) -> Iterator[Finding]:
    """Find logins whose password the server keeps by an old method, or does not know."""
    logins = rows(
        connection,
        "SELECT rolname, rolpassword IS NULL FROM pg_authid WHERE rolcanlogin "
        "AND rolname ~ '^p_[0-9]{18}$' AND rolpassword NOT LIKE 'SCRAM-SHA-256$%' "
        "ORDER BY rolname",
    )
    if logins:
        yield Finding("server_passwords", (len(logins),))


def _company(connection: Connection) -> Iterator[Finding]:
    """Find other installations, with which logins would be shared, and who may be the owner."""
    others = rows(
        connection,
        "SELECT d.datname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba "
        "WHERE r.rolname = 'k_owner' AND d.datname <> current_database() ORDER BY 1",
    )
    if others:
        yield Finding("server_shared", (", ".join(name for (name,) in others),), grave=False)
    owners = rows(
        connection,
        "SELECT r.rolname FROM pg_roles r WHERE r.rolcanlogin AND NOT r.rolsuper "
        "AND pg_has_role(r.oid, 'k_owner', 'MEMBER') ORDER BY 1",
    )
    if owners:
        yield Finding("server_owners", (", ".join(name for (name,) in owners),), grave=False)


def _books(connection: Connection) -> Iterator[Finding]:
    differences = catalog.differences(connection)
    for line in differences[:SHOWN]:
        yield Finding("server_books", (line,))
    if rest := differences[SHOWN:]:
        yield Finding("server_books_more", (len(rest),))
