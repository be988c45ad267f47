"""Limits on what events may cost: the dearest of a day only, at most so much a day or a month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from wfh_desktop.domain.tpp.figures import ZERO, percent
from wfh_desktop.domain.tpp.ruleset import EventRule


class Entry(NamedTuple):
    """Occurrences of one event: on which day if known, how many, at what percentage each."""

    code: str
    rule: EventRule
    day: date | None
    times: Decimal
    rate: Decimal


Reductions = dict[str, list[tuple[Decimal, str]]]


def reductions(entries: Iterable[Entry]) -> Reductions:
    """Return the percentages that limits give back, by event code, with the reason.

    Events of one group are limited together. What is left is given to them in the order of the
    rules, so that it does not matter in which order they happened.
    """
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.rule.group or entry.code, []).append(entry)
    found: Reductions = {}
    for group in groups.values():
        _Group(group, found).limit()
    return found


@dataclass
class _Group:
    """Events that are limited together, and what is left of each."""

    entries: Sequence[Entry]
    found: Reductions
    left: list[Decimal] = field(init=False)

    def __post_init__(self) -> None:
        self.left = [entry.times * entry.rate for entry in self.entries]

    def limit(self) -> None:
        """Apply the limits of the group, from the narrowest to the widest."""
        rules = [entry.rule for entry in self.entries]
        days = self._by_day()
        if any(rule.combine == "max" for rule in rules):
            self._keep_dearest(days)
        daily = [rule.cap_per_day for rule in rules if rule.cap_per_day is not None]
        if daily:
            self._cap_days(days, min(daily))
        monthly = [rule.cap_per_month for rule in rules if rule.cap_per_month is not None]
        if monthly:
            why = f"paling banyak {percent(min(monthly))} sebulan"
            self._cap(range(len(rules)), min(monthly), why)

    def _by_day(self) -> dict[date | None, list[int]]:
        days: dict[date | None, list[int]] = {}
        for place, entry in enumerate(self.entries):
            days.setdefault(entry.day, []).append(place)
        return days

    def _keep_dearest(self, days: dict[date | None, list[int]]) -> None:
        for day, places in days.items():
            if day is None:  # each on a day of its own
                continue
            dearest = max(places, key=lambda place: self.entries[place].rate)
            for place in places:
                kept = self.entries[place].rate if place == dearest else ZERO
                self._keep(place, kept, "hanya yang terberat sehari")

    def _cap_days(self, days: dict[date | None, list[int]], cap: Decimal) -> None:
        why = f"paling banyak {percent(cap)} sehari"
        for day, places in days.items():
            if day is not None:
                self._cap(places, cap, why)
                continue
            for place in places:
                self._keep(place, cap * self.entries[place].times, why)

    def _cap(self, places: Iterable[int], cap: Decimal, why: str) -> None:
        room = cap
        for place in places:
            self._keep(place, room, why)
            room -= self.left[place]

    def _keep(self, place: int, most: Decimal, why: str) -> None:
        excess = self.left[place] - most
        if excess > ZERO:
            self.found.setdefault(self.entries[place].code, []).append((excess, why))
            self.left[place] = most
