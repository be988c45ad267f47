"""Gathers person-days of one file, and says which lines tell the same day twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from wfh_desktop.readers.people import Namesakes
from wfh_desktop.readers.problems import Problems
from wfh_desktop.readers.records import AttendanceDay, Person


@dataclass(slots=True)
class DayBook:
    """The days of a file in its order. What a later sheet only repeats is left out.

    A day that one sheet tells twice is kept twice; a contradiction is asked about.
    """

    _records: list[AttendanceDay] = field(default_factory=list)
    _days: dict[tuple[str, date], tuple[AttendanceDay, str]] = field(default_factory=dict)
    _same: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    _contradictions: list[tuple[str, str]] = field(default_factory=list)
    _namesakes: Namesakes = field(default_factory=Namesakes)

    def add(self, who: str, person: Person, days: Sequence[AttendanceDay], sheet: str = "") -> None:
        """Add days of the person known as *who* within this file."""
        for day in days:
            before, where = self._days.setdefault((who, day.date), (day, sheet))
            if before is not day:
                if _content(before) != _content(day):
                    self._contradictions.append((day.place, before.place))
                else:
                    first, count = self._same.get((who, sheet), (day.place, 0))
                    self._same[who, sheet] = first, count + 1
                    if where != sheet:
                        continue
            self._records.append(day)
        if days and not person.nip_damaged:
            self._namesakes.met(person.nip, person.name, days[0].place)

    def records(self) -> tuple[AttendanceDay, ...]:
        """Return all days in the order of the file."""
        return tuple(self._records)

    def report(self, problems: Problems) -> None:
        """Add what the lines say about each other."""
        for place, count in self._same.values():
            problems.note("days_twice", place, count)
        for place, before in self._contradictions:
            problems.question("days_contradict", place, before)
        self._namesakes.report(problems)


def _content(day: AttendanceDay) -> tuple[object, ...]:
    return day.time_in, day.time_out, day.code, day.kind, day.note
