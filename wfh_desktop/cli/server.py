"""wfhctl server: putting the program on a PostgreSQL server, and looking after it there."""

from __future__ import annotations

import argparse
import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from wfh_desktop.cli.parser import Commands, Parser
from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.words import installation as words

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Work
    from wfh_desktop.persistence.postgres import Console, Finding

ADMIN_HELP = "postgresql://NAMA@HOST/postgres, tanpa kata sandi; PGPASSWORD atau --ask memberinya"


def add(commands: Commands) -> None:
    """Register the family of commands."""
    family = commands.add_parser("server", help="memasang dan merawat basis data bersama")
    acts = family.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    install = _about("install", acts, "memasang; boleh diulang kapan saja", _install)
    install.add_argument("--admin-nip", default="", metavar="NIP", help="administrator pertama")
    install.add_argument("--admin-name", default="", metavar="NAMA")
    install.add_argument("--unit", default="", metavar="NAMA", help="unit teratas, misalnya Pemda")
    install.add_argument("--zone", default=Zone.WIB, choices=[zone.value for zone in Zone])
    install.add_argument("--password-stdin", action="store_true",
                         help="baca kata sandi administrator pertama dari masukan")  # fmt: skip
    _about("check", acts, "memeriksa versi, pengaturan, dan hak", _check)
    migrate = _about("migrate", acts, "memperbarui tabel dan hak ke versi ini", _migrate)
    migrate.add_argument("--backup", metavar="MAP", type=Path, default=Path(),
                         help="tempat salinan sebelum pembaruan; bila kosong map ini")  # fmt: skip
    backup = _about("backup", acts, "menyalin seluruh basis data", _backup)
    backup.add_argument("folder", metavar="MAP", type=Path)
    restore = _about("restore", acts, "memulihkan salinan ke basis data baru", _restore)
    restore.add_argument("file", metavar="BERKAS", type=Path)


def _about(name: str, acts: Commands, says: str, run: object) -> Parser:
    command = acts.add_parser(name, help=says)
    command.add_argument("--admin-url", required=True, metavar="URL", help=ADMIN_HELP)
    command.add_argument("--database", default="kinerja", metavar="NAMA")
    command.add_argument("--ask", action="store_true", help="tanyakan kata sandi server")
    command.set_defaults(run=run)
    return command


def _install(options: argparse.Namespace) -> int:
    """Install step by step, appoint the first administrator, and say what is left to do."""
    console = _console(options)
    password = _new_password(options) if options.admin_nip else ""
    console.install(_say)
    if options.admin_nip:
        _say("administrator")
        print(words.ADMINISTRATOR.format(_appoint(console, options, password)))
    elif console.is_empty():
        print(words.WITHOUT_ADMINISTRATOR)
    print("", words.DOORS.format(database=options.database), words.SETTINGS, sep="\n")
    _tell(console.check())
    return 0


def _check(options: argparse.Namespace) -> int:
    """Print what is not in order; return 1 if any of it is grave."""
    return _tell(_console(options).check())


def _migrate(options: argparse.Namespace) -> int:
    """Copy the database, bring it to this version, and check it."""
    from wfh_desktop.persistence.postgres import dumping

    console = _console(options)
    if dumping.available():
        print(words.DUMPED.format(console.dump(options.backup, _say)))
    else:
        print(words.WITHOUT_BACKUP)
    console.install(_say)
    return _tell(console.check())


def _backup(options: argparse.Namespace) -> None:
    """Write a copy into a folder."""
    print(words.DUMPED.format(_console(options).dump(options.folder, _say)))


def _restore(options: argparse.Namespace) -> int:
    """Fill a new database from a copy; return 1 if anything in it differs."""
    console = _console(options)
    if wrong := console.restore(options.file, _say):
        print(words.DIFFERS.format(", ".join(wrong)), file=sys.stderr)
    else:
        print(words.RESTORED.format(options.database))
    print(words.PASSWORDS_GONE)
    return max(_tell(console.check()), int(bool(wrong)))


def _console(options: argparse.Namespace) -> Console:
    """Return the server's console; its password never stands in an argument."""
    from wfh_desktop.persistence.postgres import Console

    console = Console(options.admin_url, options.database)
    if options.ask:
        os.environ["PGPASSWORD"] = getpass(words.ADMIN_PASSWORD)
    return console


def _new_password(options: argparse.Namespace) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass(words.PASSWORD.format(options.admin_name or options.admin_nip))
    if getpass(words.AGAIN) != password:
        raise Invalid([Problem("again", "password_differs")])
    return password


def _appoint(console: Console, options: argparse.Namespace, password: str) -> str:
    from getpass import getuser

    from wfh_desktop.domain.people import EVERYTHING, Actor
    from wfh_desktop.persistence.database import Database
    from wfh_desktop.services import first_administrator

    draft = first_administrator.Draft(
        options.admin_nip, options.admin_name, options.unit, Zone(options.zone)
    )

    def appoint(work: Work) -> str:
        return first_administrator.appoint(work, draft, password)

    database = Database(console.database_url)
    try:
        return database.perform(Actor(f"{getuser()} (wfhctl)", EVERYTHING), appoint)[0]
    finally:
        database.engine.dispose()


def _say(step: str) -> None:
    print(words.STEPS[step], flush=True)


def _tell(findings: list[Finding]) -> int:
    """Print findings; return 1 if any of them is grave."""
    for one in findings:
        print(words.finding(one.code, one.limits, grave=one.grave))
    if not findings:
        print(words.IN_ORDER)
    return int(any(one.grave for one in findings))
