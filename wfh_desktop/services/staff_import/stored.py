"""Who is stored already, found by number, by what is left of a damaged number, or by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from wfh_desktop.domain.people import Capacity, full_name, name_words, same_name
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee, Position, Rank

PREFIX = 14  # digits of a number that survive even the scientific notation


@dataclass(slots=True)
class Known:
    """A stored person with the latest own position and rank, and all acting positions."""

    employee: Employee
    position: Position | None = None
    rank: Rank | None = None
    acting: list[Position] = field(default_factory=list)

    @property
    def full_name(self) -> str:
        """The name with degrees."""
        one = self.employee
        return full_name(one.name, one.front_title, one.back_title)


@dataclass(slots=True)
class Stored:
    """All stored people, three queries however many there are."""

    people: dict[int, Known] = field(default_factory=dict)
    _by_nip: dict[str, Known] = field(default_factory=dict)
    _by_prefix: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    _by_word: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls, work: Work) -> Stored:
        """Read everybody who was ever entered, but not those entered by mistake."""
        stored = cls()
        for employee in work.session.scalars(select(Employee)):
            stored.people[employee.id] = Known(employee)
        positions = select(Position).where(~Position.withdrawn)
        for row in work.session.scalars(positions.order_by(Position.valid_from, Position.id)):
            if row.capacity is Capacity.DEFINITIVE:
                stored.people[row.employee_id].position = row
            else:
                stored.people[row.employee_id].acting.append(row)
        ranks = select(Rank).where(~Rank.withdrawn).order_by(Rank.valid_from, Rank.id)
        for rank in work.session.scalars(ranks):
            stored.people[rank.employee_id].rank = rank
        stored._index()
        return stored

    def _index(self) -> None:
        for one in self.people.values():
            if one.employee.nip:
                self._by_nip[one.employee.nip] = one
                self._by_prefix[one.employee.nip[:PREFIX]].append(one)
            for word in name_words(one.employee.name)[:1]:
                self._by_word[word].append(one)

    def with_nip(self, digits: str) -> Known | None:
        """Return the person with exactly this number."""
        return self._by_nip.get(digits)

    def like_stem(self, stem: str) -> list[Known]:
        """Return those whose number begins with what is left of a damaged one."""
        if len(stem) < 8:
            return []
        if len(stem) >= PREFIX:
            near: Iterable[Known] = self._by_prefix.get(stem[:PREFIX], ())
        else:
            near = self._by_nip.values()
        return [one for one in near if (one.employee.nip or "").startswith(stem)]

    def like_name(self, name: str) -> list[Known]:
        """Return those who may have this name."""
        first = name_words(name)[:1]
        return [
            one
            for word in first
            for one in self._by_word.get(word, ())
            if same_name(one.employee.name, name)
        ]
