"""Copies of a server's database, each with what every table held, and putting one back.

A dump alone gives the rows back and loses who may do what with the database itself: so restoring
installs first and then fills.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, make_url

from wfh_desktop.domain.errors import Unreadable, Unwritable
from wfh_desktop.persistence import schema
from wfh_desktop.persistence.postgres.installing import SILENT, Say, console, install
from wfh_desktop.persistence.postgres.sending import read_sql, rows, run

PROGRAMS = ("/usr/lib/postgresql", "/usr/pgsql-*", "C:/Program Files/PostgreSQL")
ROWS_AS_TEXT = "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'"
COUNT = """
SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint), 0),
  coalesce(sum(('x' || right(md5(t::text), 16))::bit(64)::bigint), 0)
FROM {} t"""  # of a table whose name the server itself has quoted
Counted = dict[str, list[Any]]  # by table: its rows, and a digest that does not mind their order


def dump(admin_url: str, database: str, folder: Path, say: Say = SILENT) -> Path:
    """Write a database into a new file in *folder*; return the file.

    Beside it lies what its tables held at that very moment. Raises `Unreadable` without pg_dump,
    `Unwritable` if the folder takes no file.
    """
    url = _address(admin_url, database)
    target = folder / f"{database}-{datetime.now(UTC):%Y%m%d-%H%M%S}.dump"
    _require_folder(folder)
    part = target.with_suffix(".part")
    say("dumping")
    with console(url).connect() as connection:
        run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        ((shot,),) = rows(connection, "SELECT pg_export_snapshot()")
        try:
            _call("pg_dump", url, "--format=custom", f"--snapshot={shot}", f"--file={part}")
            note = {"schema": schema.version(connection), "tables": counted(connection)}
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    part.chmod(0o600)
    _note(target).write_text(json.dumps(note, indent=1), encoding="utf-8")
    part.replace(target)
    return target


def restore(admin_url: str, database: str, file: Path, say: Say = SILENT) -> list[str]:
    """Install a new database and fill it from *file*; return the tables that differ from it.

    Raises `Unreadable` if there already is such a database, or if *file* is of another version.
    """
    url = _address(admin_url, database)
    note = _read_note(file)
    with console(url.set(database="postgres")).connect() as connection:
        if (database,) in rows(connection, "SELECT datname FROM pg_database"):
            raise Unreadable("restore_exists", database)
    if note["schema"] != schema.revisions()[-1]:
        raise Unreadable("restore_version", note["schema"], schema.revisions()[-1])
    install(admin_url, database, say=say)
    say("filling")
    with console(url).begin() as connection:
        run(connection, read_sql("empty.sql"))
    quiet = {
        "PGOPTIONS": "-c session_replication_role=replica"
    }  # what was checked once, and traced
    options = ("--data-only", "--single-transaction", "--exit-on-error")
    _call("pg_restore", url, *options, str(file), more=quiet)
    with console(url).begin() as connection:
        run(connection, "SELECT sec.make_login(login::text) FROM app.account")
        run(connection, "ANALYZE")
    say("comparing")
    with console(url).connect() as connection:
        found = counted(connection)
    wanted: Counted = note["tables"]
    return sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))


def counted(connection: Connection) -> Counted:
    """Return the number of rows and a digest of every table."""
    run(connection, ROWS_AS_TEXT)
    tables = rows(
        connection,
        "SELECT c.oid::regclass::text, n.nspname || '.' || c.relname FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname IN ('app', 'sec', 'audit') AND c.relkind = 'r' ORDER BY 2",
    )
    found: Counted = {}
    for quoted, name in tables:
        ((number, first, second),) = rows(
            connection,
            COUNT.format(quoted),
        )
        found[name] = [number, f"{first}:{second}"]
    return found


def available() -> bool:
    """Tell whether pg_dump is on this computer."""
    return _program("pg_dump") is not None


def _call(name: str, url: URL, *options: str, more: dict[str, str] | None = None) -> None:
    """Run one of PostgreSQL's programs; it takes the password from where libpq takes it too."""
    program = _program(name)
    if program is None:
        raise Unreadable("server_program", name)
    address = url.set(drivername="postgresql", password=None).render_as_string(False)
    done = subprocess.run(
        [program, "--no-password", f"--dbname={address}", *options],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | (more or {}),
    )
    if done.returncode:
        raise Unreadable("server_program_failed", name, done.stderr.strip().splitlines()[-1:])


def _program(name: str) -> Path | None:
    """Return the newest of a program: it has to be no older than the server."""
    found = list(_installed(name))
    return found[-1] if found else None


def _installed(name: str) -> Iterator[Path]:
    if there := shutil.which(name):
        yield Path(there)
    for pattern in PROGRAMS:
        base = Path(pattern)
        places = base.parent.glob(base.name) if base.parent.is_dir() else ()
        for place in places:
            programs = [*place.glob(f"*/bin/{name}*"), *place.glob(f"bin/{name}*")]
            wanted = [one for one in programs if one.stem == name]
            yield from sorted(wanted, key=lambda one: _major(one.parent.parent.name))
    if chosen := os.environ.get("WFH_PG_BIN"):
        yield Path(chosen) / name


def _major(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _address(admin_url: str, database: str) -> URL:
    return make_url(admin_url).set(drivername="postgresql+psycopg", database=database)


def _require_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable("folder", str(folder)) from error


def _note(file: Path) -> Path:
    return file.with_suffix(".json")


def _read_note(file: Path) -> dict[str, Any]:
    try:
        note: dict[str, Any] = json.loads(_note(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unreadable("restore_note", place=_note(file).name) from error
    return note
