"""Roles in a unit, what each may do, and how long a mandate holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wfh_desktop.domain.errors import Problem
from wfh_desktop.domain.nip import Nip
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

    def holds(self, day: date) -> bool:
        """Tell whether the mandate counts on *day*."""
        return self.valid_from <= day <= (self.valid_to or date.max)

    def meets(self, other: Held) -> bool:
        """Tell whether both count on one and the same day."""
        last, other_last = self.valid_to or date.max, other.valid_to or date.max
        return self.valid_from <= other_last and other.valid_from <= last


def rights(mandates: Iterable[Held], day: date) -> Right:
    """Return everything somebody may do in at least one unit on *day*."""
    together = Right(0)
    for one in mandates:
        if one.holds(day):
            together |= RIGHTS[one.role]
    return together


def login(nip: Nip) -> str:
    """Return the name under which somebody signs in."""
    return f"p_{nip.digits}"


def problems(
    wanted: Held, own: Iterable[Held], heads: Iterable[tuple[str, Held]], *, at_root: bool
) -> Iterator[Problem]:
    """Find what speaks against a mandate.

    *own* are the other mandates of the same account, *heads* those of the definitive heads of
    the unit and their names; *at_root* says that the unit has none above it.
    """
    if wanted.valid_to and wanted.valid_to < wanted.valid_from:
        yield Problem("valid_to", "before_start")
        return
    if wanted.role is Role.ACTING_HEAD and wanted.valid_to is None:
        yield Problem("valid_to", "mandate_needs_end")
    if wanted.role is Role.INSPECTOR and not at_root:
        yield Problem("unit_id", "mandate_at_root")
    for other in own:
        if (other.role, other.unit_id) == (wanted.role, wanted.unit_id) and wanted.meets(other):
            yield Problem("valid_from", "mandate_twice", (other.valid_from,))
    if wanted.role is Role.HEAD:
        for name, other in heads:
            if wanted.meets(other):
                yield Problem("role", "mandate_head_taken", (name,))
