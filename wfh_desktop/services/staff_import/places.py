"""Units as a staff list names them, found in the tree below the chosen unit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Unit
from wfh_desktop.services import units
from wfh_desktop.services.units import UnitRow


def fold(name: str) -> str:
    """Return the name of a unit as it is compared."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class Place:
    """A unit found, or the names below it that are not there yet."""

    unit_id: int
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class Places:
    """The chosen unit with all below it, as on the day from which the import holds."""

    top: UnitRow
    names: dict[int, str]  # of every unit there is
    inside: frozenset[int]  # the chosen one and those below
    _children: dict[tuple[int, str], int] = field(default_factory=dict)
    _named: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls, work: Work, unit_id: int, day: date) -> Places:
        """Read the tree; raises `NotFound` for no unit, `Invalid` if it is not there on *day*."""
        rows = units.tree(work, day)
        top = next((row for row in rows if row.id == unit_id), None)
        if top is None:
            work.get(Unit, unit_id)
            raise Invalid([Problem("valid_from", "unit_not_there", (day,))])
        places = cls(
            top, {row.id: row.name for row in rows}, frozenset(units.below(work, unit_id, day))
        )
        for row in rows:
            if row.id in places.inside:
                places.know(row.id, row.parent_id, row.name)
        return places

    def know(self, unit_id: int, parent_id: int | None, name: str) -> None:
        """Remember a unit, also one that was just created."""
        self.names[unit_id] = name
        self._named[fold(name)].append(unit_id)
        if parent_id is not None:
            self._children[parent_id, fold(name)] = unit_id

    def find(self, path: tuple[str, ...]) -> Place:
        """Follow a path of names downwards from the chosen unit, as far as there are units."""
        here = self.top.id
        for number, name in enumerate(path):
            if fold(name) == fold(self.names[here]):
                continue
            found = self._children.get((here, fold(name)))
            named = self._named.get(fold(name), [])
            if found is None and len(named) == 1:
                found = named[0]
            if found is None:
                return Place(here, path[number:])
            here = found
        return Place(here)

    def mentioned(self, path: tuple[str, ...]) -> Place | None:
        """Return the deepest unit of *path* that is the chosen one or below it, if any is."""
        for name in reversed(path):
            named = self._named.get(fold(name), [])
            if named:
                return Place(named[0])
        return None
