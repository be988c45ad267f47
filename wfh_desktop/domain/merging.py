"""Two people changed the same record: what differs, field by field, and who has to decide.

Both began with the same values, the *base*. Of every field it is asked who moved it. What only
one of them moved can be taken as it is; what both moved somebody has to choose. Money is never
merged unasked: an amount that the other one moved is chosen by a person, whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Side(StrEnum):
    """Whose value of a field is taken."""

    MINE = "mine"
    THEIRS = "theirs"


class Standing(StrEnum):
    """Who moved a field away from its base."""

    UNCHANGED = "unchanged"
    MINE = "mine"
    THEIRS = "theirs"
    SAME = "same"  # both, to the same value
    BOTH = "both"  # both, to different values


@dataclass(frozen=True)
class Difference:
    """One field with its three values."""

    field: Any  # its name; of a cell what tells its place
    base: Any
    mine: Any
    theirs: Any

    @property
    def standing(self) -> Standing:
        """Who moved the field."""
        if self.mine == self.theirs:
            return Standing.UNCHANGED if self.mine == self.base else Standing.SAME
        if self.mine == self.base:
            return Standing.THEIRS
        return Standing.MINE if self.theirs == self.base else Standing.BOTH

    @property
    def proposal(self) -> Side | None:
        """The side that can be taken without asking; None where somebody has to choose."""
        match self.standing:
            case Standing.UNCHANGED | Standing.SAME | Standing.MINE:
                return Side.MINE
            case Standing.THEIRS if not self._amount:
                return Side.THEIRS
            case _:
                return None

    @property
    def _amount(self) -> bool:
        values = (self.base, self.mine, self.theirs)
        return any(isinstance(value, Decimal) for value in values)

    def value(self, side: Side) -> Any:
        """Return the value of one side."""
        return self.mine if side is Side.MINE else self.theirs


class Undecided(ValueError):  # noqa: N818 - says what is missing
    """Fields that both moved were not decided: a fault of the caller, who has to ask."""


def compare(base: object, mine: object, theirs: object) -> tuple[Difference, ...]:
    """Return every field of three records of the same shape, in its order."""
    first, second, third = _values(base), _values(mine), _values(theirs)
    names = dict.fromkeys([*second, *third])
    return tuple(
        Difference(name, first.get(name), second.get(name), third.get(name)) for name in names
    )


def differing(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """Return the fields in which what is mine and what is theirs are not the same."""
    return tuple(one for one in found if one.mine != one.theirs)


def merge(found: Iterable[Difference], chosen: Mapping[str, Side] | None = None) -> dict[str, Any]:
    """Return the values to store: as *chosen*, else as proposed.

    Raises `Undecided` with the fields that have no proposal and were not chosen.
    """
    found, chosen = [*found], chosen or {}
    sides = {one.field: chosen.get(one.field, one.proposal) for one in found}
    if undecided := [field for field, side in sides.items() if side is None]:
        raise Undecided(", ".join(undecided))
    return {one.field: one.value(side) for one in found if (side := sides[one.field])}


def _values(record: object) -> Mapping[str, Any]:
    if isinstance(record, Mapping):
        return record
    assert is_dataclass(record), f"{type(record).__name__} has no fields to compare"
    return {field.name: getattr(record, field.name) for field in fields(record)}
