"""wfhctl accounts: who may sign in to a shared database, and as what."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from wfh_desktop import words
from wfh_desktop.cli.database import perform
from wfh_desktop.cli.parser import Commands, Parser
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.mandates import Role

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Work
    from wfh_desktop.services.accounts import AccountRow

WHO = "NIP, atau nama masuk"


def add(commands: Commands) -> None:
    """Register the family of commands."""
    family = commands.add_parser("accounts", help="akun dan mandat pada basis data bersama")
    acts = family.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    acts.add_parser("list", help="semua akun dengan mandatnya hari ini").set_defaults(run=_list)
    create = _about("create", acts, "membuat akun untuk seorang pegawai", _create)
    create.add_argument("--suggest", action="store_true", help="buatkan kata sandi, lalu tampilkan")
    _add_mandate(acts)
    end = acts.add_parser("end", help="mengakhiri sebuah mandat")
    end.add_argument("mandate", type=int, metavar="NOMOR", help="lihat wfhctl accounts list")
    end.add_argument("--last", type=date.fromisoformat, metavar="YYYY-MM-DD",
                     help="hari terakhir; bila kosong mandat ditarik seketika")  # fmt: skip
    end.set_defaults(run=_end)
    _about("close", acts, "menutup akun: tidak dapat masuk lagi", _close)
    _about("reopen", acts, "membuka akun lagi", _reopen)
    reset = _about("password", acts, "mengganti kata sandi, sendiri atau orang lain", _password)
    reset.add_argument("--suggest", action="store_true", help="buatkan kata sandi, lalu tampilkan")


def _about(name: str, acts: Commands, says: str, run: object) -> Parser:
    command = acts.add_parser(name, help=says)
    command.add_argument("who", metavar="NIP", help=WHO)
    command.set_defaults(run=run)
    return command


def _add_mandate(acts: Commands) -> None:
    command = _about("mandate", acts, "memberi peran di sebuah unit", _mandate)
    command.add_argument("--role", required=True, choices=[role.value for role in Role])
    command.add_argument("--unit", default="", help="nama, kode atau nomor unit")
    for flag, says, required in (("from", "hari pertama", True), ("to", "hari terakhir", False)):
        command.add_argument(f"--{flag}", dest=flag, type=date.fromisoformat, required=required,
                             metavar="YYYY-MM-DD", help=says)  # fmt: skip
    command.add_argument("--decree", default="", metavar="NOMOR", help="SK atau surat perintah")


def _list(options: argparse.Namespace) -> None:
    """Print every account that one may see, with its mandates below it."""
    from wfh_desktop.services import accounts

    rows = perform(options, accounts.listing)
    print(*(line for row in rows for line in _lines(row)), sep="\n")


def _lines(row: AccountRow) -> list[str]:
    closed = "" if row.active else " (ditutup)"
    return [
        f"{row.login}  {row.name}, {row.unit}{closed}",
        *(
            f"    {one.id}: {words.MANDATES[one.role]} {one.unit}, {words.day(one.valid_from)}"
            f"{f' sampai {words.day(one.valid_to)}' if one.valid_to else ''}, {one.standing}"
            for one in row.mandates
        ),
    ]


def _create(options: argparse.Namespace) -> None:
    from wfh_desktop.services import accounts

    def task(work: Work) -> None:
        person = accounts.find_person(work, options.who)
        accounts.create(work, person.id, password)

    password = _new_password(suggest=options.suggest)
    perform(options, task)
    print("Akun dibuat. Beri mandat dengan wfhctl accounts mandate.")
    _tell(password, suggested=options.suggest)


def _mandate(options: argparse.Namespace) -> None:
    from wfh_desktop.services import accounts, units

    first: date = getattr(options, "from")

    def task(work: Work) -> int:
        account = accounts.find(work, options.who)
        unit = units.find(work, options.unit, first)
        draft = accounts.MandateDraft(
            unit.id, Role(options.role), first, options.to, options.decree
        )
        return accounts.give(work, account.id, draft)

    print(f"Mandat {perform(options, task)} diberikan.")


def _end(options: argparse.Namespace) -> None:
    from wfh_desktop.services import accounts

    def task(work: Work) -> None:
        held = (one for row in accounts.listing(work) for one in row.mandates)
        found = next((one for one in held if one.id == options.mandate), None)
        if found is None:
            raise Invalid([Problem("mandate", "mandate_unknown", (options.mandate,))])
        if options.last:
            accounts.end(work, found.id, found.version, options.last)
        else:
            accounts.withdraw(work, found.id, found.version)

    perform(options, task)
    print("Mandat diakhiri." if options.last else "Mandat ditarik.")


def _close(options: argparse.Namespace) -> None:
    from wfh_desktop.services import accounts

    def task(work: Work) -> None:
        account = accounts.find(work, options.who)
        accounts.close(work, account.id, account.version)

    perform(options, task)
    print("Akun ditutup.")


def _reopen(options: argparse.Namespace) -> None:
    from wfh_desktop.services import accounts

    def task(work: Work) -> None:
        account = accounts.find(work, options.who)
        accounts.reopen(work, account.id, account.version)

    perform(options, task)
    print("Akun dibuka lagi.")


def _password(options: argparse.Namespace) -> None:
    password = _new_password(suggest=options.suggest)
    perform(options, partial(_give_password, who=options.who, password=password))
    print("Kata sandi diganti.")
    _tell(password, suggested=options.suggest)


def _give_password(work: Work, who: str, password: str) -> None:
    from wfh_desktop.services import accounts

    account = accounts.find(work, who)
    if account.own:
        accounts.change_password(work, password, password)
    else:
        accounts.reset_password(work, account.id, account.version, password)


def _new_password(*, suggest: bool) -> str:
    """Return a new password: made here, typed twice, or read from a pipe."""
    from getpass import getpass

    from wfh_desktop.domain import passwords

    if suggest:
        return passwords.suggest()
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("Kata sandi baru: ")
    if password != getpass("Sekali lagi: "):
        raise Invalid([Problem("again", "password_differs")])
    return password


def _tell(password: str, *, suggested: bool) -> None:
    """Show once what nobody has typed."""
    if suggested:
        print(f"Kata sandi: {password}")
