"""wfhctl backup: making, listing, checking and restoring backups of a local file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from wfh_desktop.cli.database import enter
from wfh_desktop.cli.parser import Commands
from wfh_desktop.domain.backups import Reason, State
from wfh_desktop.domain.errors import Unreadable

if TYPE_CHECKING:
    from wfh_desktop.persistence.backup import Backup


def add(commands: Commands) -> None:
    """Add the commands to the parser."""
    command = commands.add_parser("backup", help="cadangan basis data setempat")
    actions = command.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    make = actions.add_parser("make", help="membuat cadangan yang diperiksa")
    make.add_argument("--second", metavar="MAP", help="tempat kedua; diingat untuk seterusnya")
    make.set_defaults(run=_make)
    actions.add_parser("list", help="menampilkan cadangan yang ada").set_defaults(run=_list)
    check = actions.add_parser("check", help="memeriksa satu cadangan, atau semua")
    check.add_argument("name", metavar="NAMA", nargs="?")
    check.set_defaults(run=_check)
    restore = actions.add_parser("restore", help="memulihkan cadangan; berkas lama disimpan")
    restore.add_argument("name", metavar="NAMA", help="nama dari daftar, atau letak berkasnya")
    restore.set_defaults(run=_restore)


def _make(options: argparse.Namespace) -> None:
    """Make a backup, and send what is missing to the second place."""
    from wfh_desktop.persistence import backup
    from wfh_desktop.persistence.backup import second

    file = _file(options)
    folder = backup.folder_of(file)
    opened = enter(options)
    try:
        made = backup.make(opened.database, folder, Reason.ASKED)
    finally:
        opened.close()
    print(f"Cadangan dibuat: {made.path}", _line(made), sep="\n")
    if options.second:
        second.choose(folder, str(Path(options.second).absolute()))
    if options.second or second.there(folder):
        sent = second.send(folder, file.stem)
        print(f"Disalin ke tempat kedua: {len(sent)} cadangan ({second.there(folder)}).")


def _list(options: argparse.Namespace) -> None:
    """Print the backups there are, the newest first."""
    from wfh_desktop.persistence import backup

    file = _file(options)
    found = backup.listing(backup.folder_of(file), file.stem)
    print(*map(_line, found), sep="\n", end="\n" if found else "")
    if not found:
        print(f"Belum ada cadangan dari {file.name}.")


def _check(options: argparse.Namespace) -> int:
    """Read one backup or all of them again; return 1 if one is not good."""
    from wfh_desktop.persistence import backup

    file = _file(options)
    found = [
        backup.check(one)
        for one in backup.listing(backup.folder_of(file), file.stem)
        if options.name in {None, one.path.name}
    ]
    if not found:
        raise Unreadable("no_backup", file.name)
    print(*map(_line, found), sep="\n")
    return 0 if all(one.note.state is State.GOOD for one in found) else 1


def _restore(options: argparse.Namespace) -> None:
    """Put a backup in the place of the database, which nobody may have open."""
    from wfh_desktop.persistence import backup
    from wfh_desktop.persistence.backup import rescue

    file = _file(options)
    listed = backup.folder_of(file) / options.name
    source = listed if listed.is_file() else Path(options.name).absolute()
    aside = rescue.put_in_place(source, file)
    print(f"{source.name} dipulihkan ke {file}.")
    if aside:
        print(f"Berkas sebelumnya disimpan sebagai {aside.name}.")


def _file(options: argparse.Namespace) -> Path:
    from wfh_desktop.persistence.opening import sqlite_path

    if not options.db:
        raise Unreadable("database_not_named")
    path = sqlite_path(options.db if "://" in options.db else f"sqlite:///{options.db}")
    if path is None:
        raise Unreadable("backup_of_server")
    return path


def _line(one: Backup) -> str:
    faults = f" ({', '.join(one.note.faults)})" if one.note.faults else ""
    size = f"{one.size / 1_000_000:.1f} MB".replace(".", ",")
    return f"{one.path.name}  {size}  {one.note.state}{faults}"
