"""The database that a command works on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from wfh_desktop.domain.errors import Unreadable

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Work
    from wfh_desktop.persistence.opening import Opened

T = TypeVar("T")
TRIES = 3  # times that a password is asked for
WRONG = "server_password"


def perform(options: argparse.Namespace, task: Callable[[Work], T]) -> T:
    """Run a use case on the database named by --db.

    On a shared database on behalf of whom it knows by the login, else of the user of this computer.
    """
    from getpass import getuser

    from wfh_desktop.domain.people import EVERYTHING, Actor

    opened = enter(options)
    try:
        actor = opened.actor or Actor(f"{getuser()} (wfhctl)", EVERYTHING)
        result, _ = opened.database.perform(actor, task)
        return result
    finally:
        opened.close()


def enter(options: argparse.Namespace) -> Opened:
    """Open the database named by --db.

    The password for a server is the one that the system keeps, one in the file that PGPASSFILE
    names, or one that is typed: never an argument, which everybody on the computer can read.
    """
    from wfh_desktop.persistence import address, secrets
    from wfh_desktop.persistence.opening import open_database

    if not options.db:
        raise Unreadable("database_not_named")
    url = options.db if "://" in options.db else f"sqlite:///{options.db}"
    server = address.read(url)
    if server is None:
        return _open_file(url)
    if address.tells_password(url):
        raise Unreadable("password_in_address")
    try:
        return open_database(url, secrets.recall(url))
    except Unreadable as refusal:
        if refusal.code != WRONG or not sys.stdin.isatty():
            raise
    return _ask(url, address.shown(server.login))


def _open_file(url: str) -> Opened:
    from getpass import getpass

    from wfh_desktop.persistence.opening import open_database

    try:
        return open_database(url)
    except Unreadable as refusal:
        if refusal.code != "pin_needed" or not sys.stdin.isatty():
            raise
    return open_database(url, getpass("PIN: "))


def _ask(url: str, name: str) -> Opened:
    from getpass import getpass

    from wfh_desktop import words
    from wfh_desktop.persistence.opening import open_database

    for left in reversed(range(TRIES)):
        try:
            return open_database(url, getpass(f"Kata sandi {name}: "))
        except Unreadable as refusal:
            if refusal.code != WRONG or not left:
                raise
            print(words.explain(refusal), file=sys.stderr)
    raise AssertionError
