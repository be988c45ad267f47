"""Collects the problems of one file, without drowning the reader in a thousand of a kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from wfh_desktop.readers.records import Problem, Severity

MOST_OF_A_KIND = 200


@dataclass(slots=True)
class Problems:
    """Problems in the order in which they were met; of one kind at most `MOST_OF_A_KIND`."""

    _found: list[Problem] = field(default_factory=list)
    _counts: Counter[tuple[Severity, str]] = field(default_factory=Counter)

    def error(self, code: str, place: str = "", *limits: object) -> None:
        """Say that something cannot be right."""
        self._add(Problem(Severity.ERROR, code, place, limits))

    def question(self, code: str, place: str = "", *limits: object) -> None:
        """Ask what a person has to decide."""
        self._add(Problem(Severity.QUESTION, code, place, limits))

    def note(self, code: str, place: str = "", *limits: object) -> None:
        """Say what is worth knowing."""
        self._add(Problem(Severity.NOTE, code, place, limits))

    def all(self) -> tuple[Problem, ...]:
        """Return what was found; kinds with too many end in one problem that counts the rest."""
        rest = [
            Problem(severity, "more_of_the_same", "", (code, count - MOST_OF_A_KIND))
            for (severity, code), count in self._counts.items()
            if count > MOST_OF_A_KIND
        ]
        return (*self._found, *rest)

    def _add(self, problem: Problem) -> None:
        kind = problem.severity, problem.code
        self._counts[kind] += 1
        if self._counts[kind] <= MOST_OF_A_KIND:
            self._found.append(problem)
