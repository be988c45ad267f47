"""wfhctl move and export: a whole database to the other engine, or to open files."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wfh_desktop.cli.parser import Commands
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.words import moving as words
from wfh_desktop.words.installation import STEPS

if TYPE_CHECKING:
    from wfh_desktop.domain.moves import Report
    from wfh_desktop.persistence.moving import Step


def add(commands: Commands) -> None:
    """Register both commands."""
    command = commands.add_parser("move", help="memindahkan basis data ke server atau balik")
    command.add_argument("source", metavar="ASAL", help="berkas, atau postgresql://...")
    command.add_argument("target", metavar="TUJUAN", help="postgresql://..., atau berkas baru")
    command.add_argument("--check", action="store_true", help="hanya membandingkan keduanya")
    command.add_argument("--restart", action="store_true", help="ulangi dari awal")
    command.add_argument("--ask", action="store_true", help="tanyakan kata sandi administrator")
    command.add_argument("--report", metavar="BERKAS", type=Path, help="simpan laporannya")
    command.set_defaults(run=_move)
    command = commands.add_parser("export", help="menulis semua tabel sebagai CSV")
    command.add_argument("folder", metavar="MAP", type=Path, help="map baru atau kosong")
    command.add_argument("--ask", action="store_true", help="tanyakan kata sandi administrator")
    command.set_defaults(run=_export)


def _move(options: argparse.Namespace) -> int:
    """Move or compare; print the counts of every table; return 1 if anything differs."""
    from wfh_desktop.persistence import moving

    from_, to = _url(options.source), _url(options.target)
    moving.require_two_engines(from_, to)
    password = _password(options)
    source = moving.open_source(from_, password)
    try:
        if options.check:
            with closing(moving.open_source(to, password)) as other:
                report = moving.compare(source, other, _show)
        else:
            with closing(moving.open_target(to, password, _installing)) as target:
                report = moving.move(source, target, _show, restart=options.restart)
    finally:
        source.close()
    _tell(report, options.report)
    return 0 if report.same else 1


def _export(options: argparse.Namespace) -> None:
    """Write everything in the database of --db into a folder."""
    from wfh_desktop.persistence import moving

    if not options.db:
        raise Unreadable("database_not_named")
    source = moving.open_source(_url(options.db), _password(options))
    try:
        now = datetime.now().astimezone()
        files = moving.export(source, options.folder, _show, lambda: words.about(source.name, now))
    finally:
        source.close()
    _clear()
    print(f"Tersimpan di {options.folder}: {words.number(len(files))} berkas.")


def _url(text: str) -> str:
    return text if "://" in text else f"sqlite:///{text}"


def _password(options: argparse.Namespace) -> str:
    from getpass import getpass

    return getpass("Kata sandi administrator server: ") if options.ask else ""


def _installing(step: str) -> None:
    print(STEPS[step], file=sys.stderr)


def _show(step: Step) -> None:
    if sys.stderr.isatty():
        share = 100 * step.done // (step.total or 1)
        print(f"\r\033[K{share:3} %  {step.table}", end="", file=sys.stderr, flush=True)


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)


def _tell(report: Report, file: Path | None) -> None:
    from wfh_desktop.persistence.files import save

    _clear()
    text = words.text(report)
    print(text, end="")
    if file:
        save(text.encode(), file.absolute())
        print(f"Laporan: {file}")
