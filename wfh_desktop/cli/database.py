"""The database that a command works on."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from wfh_desktop.domain.errors import Unreadable

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Work

T = TypeVar("T")


def perform(options: argparse.Namespace, task: Callable[[Work], T]) -> T:
    """Run a use case on the database named by --db, as the user of this computer."""
    from getpass import getuser

    from wfh_desktop.domain.people import EVERYTHING, Actor
    from wfh_desktop.persistence.opening import open_database

    if not options.db:
        raise Unreadable("database_not_named")
    url = options.db if "://" in options.db else f"sqlite:///{options.db}"
    opened = open_database(url)
    try:
        result, _ = opened.database.perform(Actor(f"{getuser()} (wfhctl)", EVERYTHING), task)
        return result
    finally:
        opened.close()
