"""Addresses of databases as people type them and as settings keep them: never with a password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from wfh_desktop.domain import mandates, nip
from wfh_desktop.domain.errors import Invalid, Problem, refuse

DRIVER = "postgresql+psycopg"
PORT = 5432
HOST = re.compile(r"(?P<name>[\w.-]+|\[[0-9a-fA-F:]+\])(?::(?P<port>\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Server:
    """A shared database, and who signs in."""

    hosts: tuple[str, ...]  # db1.contoh.go.id, or with a port db2.contoh.go.id:5433
    database: str
    login: str
    certificate: str = ""  # file of the authority that vouches for the server

    @property
    def url(self) -> str:
        """The address as settings keep it."""
        query: dict[str, str | tuple[str, ...]] = {}
        host, port = _split(self.hosts[0]) if len(self.hosts) == 1 else (None, None)
        if len(self.hosts) > 1:
            query["host"] = self.hosts
        if self.certificate:
            query["sslrootcert"] = self.certificate
        made = URL.create(DRIVER, self.login, None, host, port, self.database, query)
        return made.render_as_string(hide_password=False)


def typed(hosts: str, database: str, login: str, certificate: str = "") -> Server:
    """Return the server that somebody typed; raise `Invalid` for what cannot be one.

    A NIP in any spelling stands for the login made of it.
    """
    made = Server(
        tuple(one for one in re.split(r"[\s,;]+", hosts) if one),
        database.strip(),
        _login(login),
        certificate.strip(),
    )
    refuse(_problems(made))
    return made


def read(url: str) -> Server | None:
    """Return the server behind an address; None if it is that of a file or no address."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    if parsed.get_backend_name() != "postgresql":
        return None
    said = parsed.query.get("host", ())
    hosts = said.split(",") if isinstance(said, str) else list(said)
    if parsed.host:
        host = f"[{parsed.host}]" if ":" in parsed.host else parsed.host
        hosts.append(f"{host}:{parsed.port}" if parsed.port else host)
    certificate = parsed.query.get("sslrootcert", "")
    return Server(tuple(hosts), parsed.database or "", parsed.username or "", str(certificate))


def tells_password(url: str) -> bool:
    """Tell whether an address carries a password, which everybody on the computer could read."""
    parsed = make_url(url)
    return bool(parsed.password) or "password" in parsed.query


def shown(login: str) -> str:
    """Return a login as people know it: their NIP."""
    digits = login.removeprefix("p_")
    return nip.printed(digits) if digits != login and digits.isdecimal() else login


def _login(text: str) -> str:
    try:
        return mandates.login(nip.read(text.strip().removeprefix("p_")))
    except Invalid:
        return text.strip()


def _problems(server: Server) -> Iterator[Problem]:
    if not server.hosts:
        yield Problem("host", "required")
    for one in server.hosts:
        found = HOST.fullmatch(one)
        if found is None or not 0 < int(found["port"] or PORT) < 65536:
            yield Problem("host", "address_unclear", (one,))
    if not server.database:
        yield Problem("database_name", "required")
    if not server.login:
        yield Problem("login", "required")
    if server.certificate and not Path(server.certificate).is_file():
        yield Problem("certificate", "file_missing", (server.certificate,))


def _split(host: str) -> tuple[str, int | None]:
    found = HOST.fullmatch(host)
    if found is None:
        return host, None
    return found["name"].strip("[]"), int(found["port"]) if found["port"] else None
