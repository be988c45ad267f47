"""The lines of a recommendation: what each person's should say, and bringing them up to date."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from wfh_desktop import rulebook
from wfh_desktop.domain.errors import Refusal
from wfh_desktop.domain.tpp import columns, engine
from wfh_desktop.domain.tpp.columns import Column
from wfh_desktop.domain.tpp.engine import Result
from wfh_desktop.persistence.database import Progress, Work
from wfh_desktop.persistence.models import Recommendation, RecommendationLine
from wfh_desktop.services.tpp import lacking
from wfh_desktop.services.tpp.facts import Facts, PersonFacts
from wfh_desktop.services.tpp.snapshots import PersonSnapshot, digest, plain

FIRST_COLUMN = 6  # after number, name, golongan, jabatan and class, on paper and screen
LONGEST_LOGIN = 63
AMOUNTS = ("gross", "net", "inputs")
TOLD = ("person", "facts", "result")  # stored as JSON


@dataclass(frozen=True, slots=True)
class Entry:
    """What the line of one person says when it is calculated from today's facts."""

    employee_id: int
    place: int
    person: Mapping[str, Any]
    facts: Mapping[str, Any]
    result: Mapping[str, Any]
    gross: Decimal
    net: Decimal
    inputs: str

    @property
    def name(self) -> str:
        """Return whose line it is."""
        return str(self.person["name"])

    @property
    def refusal(self) -> str:
        """Return why nothing could be calculated, or nothing."""
        return str(self.result.get("refusal", ""))


@dataclass(frozen=True, slots=True)
class Calculated:
    """Everybody's line in the order of the list, and the columns in which they are shown."""

    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]


def calculated(facts: Facts, progress: Progress) -> Calculated:
    """Calculate everybody; whoever cannot be calculated has the reason instead of an amount."""
    results: list[Result | Refusal] = []
    for done, one in enumerate(facts.people):
        progress(done, len(facts.people))
        try:
            results.append(engine.calculate(facts.rules, one.case))
        except Refusal as refusal:
            results.append(refusal)
    paid = [result for result in results if isinstance(result, Result)]
    shown = columns.columns(facts.rules, paid, FIRST_COLUMN)
    people = zip(facts.people, results, strict=True)
    return Calculated(
        shown,
        tuple(
            _entry(place, one, result, facts, shown)
            for place, (one, result) in enumerate(people, start=1)
        ),
    )


def _entry(
    place: int,
    one: PersonFacts,
    result: Result | Refusal,
    facts: Facts,
    shown: tuple[Column, ...],
) -> Entry:
    case = rulebook.case_to_plain(one.case)
    if isinstance(result, Refusal):
        told: dict[str, Any] = {
            "refusal": lacking.sentence(result, facts.rules),
            "lacks": plain(list(lacking.lacks(result, facts.rules))),
        }
    else:
        cells = columns.cells(facts.rules, result, shown)
        told = {**rulebook.result_to_plain(result), "cells": plain(list(cells))}
    return Entry(
        employee_id=one.person.id,
        place=place,
        person=asdict(PersonSnapshot.of(one.person)),
        facts=case,
        result=told,
        gross=Decimal(0) if isinstance(result, Refusal) else result.gross,
        net=Decimal(0) if isinstance(result, Refusal) else result.net,
        inputs=digest(case),
    )


def of(
    work: Work, record: Recommendation, *, withdrawn: bool = False
) -> tuple[RecommendationLine, ...]:
    """Return the lines of a recommendation in the order of the list, the *withdrawn* if asked."""
    query = select(RecommendationLine).where(RecommendationLine.recommendation_id == record.id)
    if not withdrawn:
        query = query.where(~RecommendationLine.withdrawn)
    return tuple(work.session.scalars(query.order_by(RecommendationLine.place)))


def differing(line: RecommendationLine, entry: Entry) -> frozenset[str]:
    """Return what a stored line says otherwise than *entry*; its place on the list apart."""
    amounts = (name for name in AMOUNTS if getattr(line, name) != getattr(entry, name))
    told = (name for name in TOLD if _text(getattr(line, name)) != _text(getattr(entry, name)))
    return frozenset((*amounts, *told))


def write(work: Work, record: Recommendation, entries: Iterable[Entry]) -> None:
    """Bring the lines up to date, except the one that is `left` to somebody else.

    Lines are changed where they stand and never removed: who is no longer on the list is
    withdrawn.
    """
    stored = {line.employee_id: line for line in of(work, record, withdrawn=True)}
    own = own_employee(work)
    for entry in entries:
        line = stored.pop(entry.employee_id, None)
        if entry.employee_id == own:
            continue
        if line is None:
            work.session.add(_new(work, record, entry))
        else:
            _amend(work, line, entry)
    for line in stored.values():
        if not line.withdrawn and line.employee_id != own:
            line.withdrawn, line.written_by = True, writer(work)
    work.session.flush()


def left(work: Work, record: Recommendation, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return what somebody else has to write: on a shared database the line of one's own money.

    Nothing, if somebody else wrote it and it still says what it should.
    """
    own = [entry for entry in entries if entry.employee_id == own_employee(work)]
    if not own:
        return ()
    stored = {line.employee_id: line for line in of(work, record)} if record.id else {}
    return tuple(one for one in own if not _settled(work, stored.get(one.employee_id), one))


def own_employee(work: Work) -> int | None:
    """Return who may not write their own line here: the actor, on a shared database."""
    return work.actor.employee_id if is_shared(work) else None


def is_shared(work: Work) -> bool:
    """Tell whether others work on the same database, each with their own login."""
    return work.shared


def writer(work: Work) -> str:
    """Return as whom the actor writes."""
    return (work.actor.login or work.actor.name)[:LONGEST_LOGIN]


def described(facts: Facts, found: Calculated) -> list[dict[str, Any]]:
    """Return the columns as a recommendation keeps them, each with its step of the trail."""
    paths = {rule.key: rule.value or rule.figure for rule in facts.rules.columns}
    return [{**asdict(one), "path": paths[one.key]} for one in found.columns]


def _settled(work: Work, line: RecommendationLine | None, entry: Entry) -> bool:
    return line is not None and line.written_by != writer(work) and not differing(line, entry)


def _new(work: Work, record: Recommendation, entry: Entry) -> RecommendationLine:
    return RecommendationLine(
        unit_id=record.unit_id,
        recommendation_id=record.id,
        employee_id=entry.employee_id,
        place=entry.place,
        written_by=writer(work),
        **{name: getattr(entry, name) for name in (*AMOUNTS, *TOLD)},
    )


def _amend(work: Work, line: RecommendationLine, entry: Entry) -> None:
    changed = differing(line, entry)
    if not changed and not line.withdrawn and line.place == entry.place:
        return
    for name in changed:
        setattr(line, name, getattr(entry, name))
    line.place, line.withdrawn, line.written_by = entry.place, False, writer(work)


def _text(told: Any) -> str:
    """Return a value as JSON compares it: a tuple is a list, a word its text."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
