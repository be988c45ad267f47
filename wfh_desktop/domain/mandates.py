"""Roles in a unit, what each may do, and how long a mandate holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wfh_desktop.domain.people import Right


class Role(StrEnum):
    """What somebody is to a unit and to all units below it."""

    HEAD = "kepala"
    ACTING_HEAD = "plt"  # with an end: Plt or Plh
    SECRETARIAT = "sekretariat"
    VERIFIER = "verifikator"
    INSPECTOR = "inspektorat"  # reads everything, changes nothing
    ADMINISTRATOR = "admin"


RIGHTS = {
    Role.HEAD: (
        Right.READ | Right.RECORD | Right.ASSIGN | Right.REVIEW | Right.RECOMMEND | Right.VERIFY
    ),
    Role.ACTING_HEAD: (
        Right.READ | Right.RECORD | Right.ASSIGN | Right.REVIEW | Right.RECOMMEND | Right.VERIFY
    ),
    Role.SECRETARIAT: Right.READ | Right.RECORD | Right.RECOMMEND,
    Role.VERIFIER: Right.READ | Right.VERIFY,
    Role.INSPECTOR: Right.READ,
    Role.ADMINISTRATOR: Right.READ | Right.RECORD | Right.ADMINISTER,
}


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate as it counts: a role in a unit from one day to another, both included."""

    unit_id: int
    role: Role
    valid_from: date
    valid_to: date | None = None


def rights(mandates: Iterable[Held], day: date) -> Right:
    """Return everything somebody may do in at least one unit on *day*."""
    together = Right(0)
    for one in mandates:
        if one.valid_from <= day <= (one.valid_to or date.max):
            together |= RIGHTS[one.role]
    return together
