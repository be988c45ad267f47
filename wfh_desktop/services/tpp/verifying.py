"""Recalculating a submitted recommendation from today's facts, before somebody else locks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wfh_desktop import words
from wfh_desktop.domain.errors import Problem
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.fingerprint import Amounts, fingerprint
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Recommendation, RecommendationLine
from wfh_desktop.services.tpp import lines
from wfh_desktop.services.tpp.facts import Facts, choice, gather
from wfh_desktop.services.tpp.lines import Calculated, Entry
from wfh_desktop.services.tpp.snapshots import digest


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the list says otherwise than today's facts; amounts are None where there is none.

    *employee_id* is None where it concerns the list as a whole.
    """

    code: str
    employee_id: int | None = None
    name: str = ""
    stored: Decimal | None = None
    found: Decimal | None = None
    why: str = ""

    @property
    def problem(self) -> Problem:
        """Return it as the reason why nothing is locked."""
        return Problem("lines", self.code, (self.name, self.stored, self.found, self.why))

    @property
    def text(self) -> str:
        """Return it as a sentence."""
        return words.problem(self.problem)


@dataclass(frozen=True, slots=True)
class Recalculation:
    """Everybody's amounts calculated anew, and all that differs from what was submitted."""

    people: int
    net: Decimal
    differences: tuple[Difference, ...]
    fingerprint: str


def recalculate(work: Work, key: int) -> Recalculation:
    """Calculate a recommendation anew without changing it, for the window. Raises `NotFound`."""
    work.actor.require(Right.READ)
    return of(work, work.get(Recommendation, key))


def of(work: Work, record: Recommendation) -> Recalculation:
    """Calculate everybody anew and compare it with the stored lines, figure by figure."""
    period = Period(record.year, record.month)
    chosen = choice(work, record.unit_id, period)
    if chosen is None:
        missing = Difference("recalculated_no_rules")
        return Recalculation(0, Decimal(0), (missing,), "")
    facts = gather(work, record.unit_id, period, chosen)
    found = lines.calculated(facts, work.progress)
    amounts = (Amounts(one.employee_id, one.gross, one.net, one.inputs) for one in found.entries)
    return Recalculation(
        people=len(found.entries),
        net=sum((one.net for one in found.entries), Decimal(0)),
        differences=(*_of_list(record, facts, found), *_of_people(work, record, found)),
        fingerprint=fingerprint(amounts),
    )


def _of_list(record: Recommendation, facts: Facts, found: Calculated) -> Iterator[Difference]:
    if (record.rule_id, record.rule_digest) != (facts.choice.rule_id, facts.digest):
        yield Difference("recalculated_rules")
    if digest(record.snapshot.get("columns")) != digest(lines.described(facts, found)):
        yield Difference("recalculated_columns")


def _of_people(work: Work, record: Recommendation, found: Calculated) -> Iterator[Difference]:
    stored = {line.employee_id: line for line in lines.of(work, record)}
    for entry in found.entries:
        line = stored.pop(entry.employee_id, None)
        if difference := _of_line(line, entry):
            yield difference
    for line in stored.values():
        name = str(line.person.get("name", ""))
        yield Difference("recalculated_gone", line.employee_id, name, line.net)


def _of_line(line: RecommendationLine | None, entry: Entry) -> Difference | None:
    """Return what is to be said of a person: the amount that matters most, or that facts differ."""
    key, name = entry.employee_id, entry.name
    if line is None:
        return Difference("recalculated_missing", key, name, None, entry.net)
    differing = lines.differing(line, entry)
    if entry.refusal:
        return Difference("recalculated_refused", key, name, line.net, None, entry.refusal)
    if "net" in differing:
        return Difference("recalculated_net", key, name, line.net, entry.net)
    if "gross" in differing:
        return Difference("recalculated_gross", key, name, line.gross, entry.gross)
    if {"inputs", "facts"} & differing:
        return Difference("recalculated_facts", key, name, line.net, entry.net)
    if differing:
        return Difference("recalculated_told", key, name, line.net, entry.net)
    return None
