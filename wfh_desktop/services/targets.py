"""Use cases for sasaran and for what each person is to achieve in a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from wfh_desktop.domain import targets as rules
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import Realisation, TargetDraft, TargetState
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Objective, Target, Unit
from wfh_desktop.services import closing, history, people, realisation, records, units
from wfh_desktop.services.realisation import ASPECTS, Realised, TargetRow

FIELDS = (
    "objective_id",
    "title",
    "measure",
    "quantity",
    "quality",
    "days",
    "cost",
    "scope_percent",
)


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """A sasaran that targets of a unit may be tied to: its own, or one of a unit above."""

    id: int
    version: int
    unit_id: int
    unit: str
    title: str


def objectives(work: Work, unit_id: int, year: int) -> list[ObjectiveRow]:
    """Return the sasaran of a year that a unit works towards: its own first, then those above."""
    work.actor.require(Right.READ)
    above = {row.id: row.name for row in units.path(work, unit_id, Period(year, 12).last)}
    rows = work.session.scalars(
        select(Objective)
        .where(Objective.unit_id.in_({unit_id, *above}), Objective.year == year)
        .order_by(Objective.id)
    )
    found = [
        ObjectiveRow(row.id, row.version, row.unit_id, above.get(row.unit_id, ""), row.title)
        for row in rows
    ]
    nearness = list(above)
    return sorted(found, key=lambda row: nearness.index(row.unit_id) if row.unit_id in above else 0)


def add_objective(work: Work, unit_id: int, year: int, title: str) -> int:
    """Add a sasaran to a unit's year; return its number."""
    work.actor.require(Right.ASSIGN)
    line = _objective_title(title)
    objective = work.add(Objective(unit_id=unit_id, year=year, title=line))
    work.log("objective.added", objective, year=year, title=line)
    return objective.id


def rename_objective(work: Work, key: int, version: int, title: str) -> None:
    """Put a sasaran into other words; targets stay tied to it."""
    work.actor.require(Right.ASSIGN)
    objective = work.get(Objective, key, version)
    records.amend(work, objective, "objective.renamed", title=_objective_title(title))


def listing(work: Work, unit_id: int, period: Period) -> list[TargetRow]:
    """Return the targets of everybody in the unit, drafts included, by rank and entry."""
    work.actor.require(Right.READ)
    ids = [person.id for person in people.roster(work, unit_id, period)]
    return rows_of(work, ids, period)


def rows_of(work: Work, ids: Sequence[int], period: Period) -> list[TargetRow]:
    """Return the targets of the people *ids*, in their order."""
    found = realisation.targets_of(work, ids, period)
    achieved = realisation.all_realised(found, realisation.counted(work, ids, period))
    objectives_there = select(Objective.id, Objective.title).where(
        Objective.id.in_({target.objective_id for target in found})
    )
    titles = {row.id: row.title for row in work.session.execute(objectives_there)}
    place = {key: number for number, key in enumerate(ids)}
    found.sort(key=lambda target: (place[target.employee_id], target.id))
    return [_row(target, titles[target.objective_id], achieved[target.id]) for target in found]


def set_target(
    work: Work, unit_id: int, period: Period, draft: TargetDraft, *, as_draft: bool = False
) -> int:
    """Set a target for a person's month, or note it as a draft; return its number."""
    (key,) = set_targets(work, unit_id, period, [draft], as_draft=as_draft)
    return key


def set_targets(
    work: Work,
    unit_id: int,
    period: Period,
    drafts: Sequence[TargetDraft],
    *,
    as_draft: bool = False,
) -> list[int]:
    """Set targets for the month of several people, all or none; return their numbers."""
    work.actor.require(Right.ASSIGN)
    if not drafts:
        raise Invalid([Problem("people", "nobody")])
    there = {person.id: person.unit_id for person in people.roster(work, unit_id, period)}
    for draft in drafts:
        rules.check(draft)
        if draft.employee_id not in there:
            raise Invalid([Problem("people", "not_here")])
    places = {there[draft.employee_id] for draft in drafts}
    closing.require_none(closing.closed(work, places, period.first, period.last))
    known = {place: _known_objectives(work, place, period) for place in places}
    if any(draft.objective_id not in known[there[draft.employee_id]] for draft in drafts):
        raise Invalid([Problem("objective", "required")])
    state = TargetState.DRAFT if as_draft else TargetState.SET
    return [_add(work, there[draft.employee_id], period, draft, state) for draft in drafts]


def change(work: Work, key: int, version: int, draft: TargetDraft) -> None:
    """Change a target; the person it belongs to stays."""
    work.actor.require(Right.ASSIGN)
    rules.check(draft)
    target = _open_target(work, key, version)
    if draft.objective_id not in _known_objectives(work, target.unit_id, _period(target)):
        raise Invalid([Problem("objective", "required")])
    records.amend(work, target, "target.changed", **_values(draft))


def confirm(work: Work, chosen: Sequence[tuple[int, int]]) -> int:
    """Set the drafts *chosen* (number and version of each); return how many became targets."""
    work.actor.require(Right.ASSIGN)
    drafts = [_open_target(work, key, version) for key, version in chosen]
    drafts = [target for target in drafts if target.state is TargetState.DRAFT]
    for target in drafts:
        _move(work, target, TargetState.SET, "")
    return len(drafts)


def cancel(work: Work, key: int, version: int, reason: str) -> int:
    """Take a target out of the month, with a reason; return its version for `restore`.

    Its reports stay, but count for nothing.
    """
    work.actor.require(Right.ASSIGN)
    target = _open_target(work, key, version)
    if not reason.strip():
        raise Invalid([Problem("reason", "required")])
    _move(work, target, TargetState.CANCELLED, reason.strip())
    return target.version


def restore(work: Work, key: int, version: int) -> None:
    """Take a cancellation back: the target returns to what it was before."""
    work.actor.require(Right.ASSIGN)
    target = _open_target(work, key, version)
    last = history.last(work, target)
    if target.state is not TargetState.CANCELLED or last is None:
        raise Invalid([Problem("target", "nothing_to_undo")])
    _move(work, target, TargetState(last.before), history.TAKEN_BACK)


def copy_last_month(work: Work, unit_id: int, period: Period) -> int:
    """Copy last month's targets as drafts to everybody who has none yet; return how many.

    Only what is to be done is copied; what was achieved, and behaviour, start afresh.
    """
    work.actor.require(Right.ASSIGN)
    there = {person.id: person.unit_id for person in people.roster(work, unit_id, period)}
    closing.require_none(closing.closed(work, set(there.values()), period.first, period.last))
    provided = {target.employee_id for target in realisation.targets_of(work, [*there], period)}
    former = realisation.targets_of(work, [*there.keys() - provided], period.shifted(-1))
    found = _same_year(work, [one for one in former if one.state is TargetState.SET], period)
    copies = {old.id: _copy(old, there[old.employee_id], period, key) for old, key in found}
    work.session.add_all(copies.values())
    work.session.flush()
    for source, target in copies.items():
        history.record(work, target, None, TargetState.DRAFT, f"salinan target {source}")
    if copies:
        sources = {str(target.id): source for source, target in copies.items()}
        work.log("target.copied", work.get(Unit, unit_id), period=str(period), sources=sources)
    return len(copies)


def realise(work: Work, key: int, version: int, entered: Realisation) -> None:
    """Enter by hand what was achieved; an aspect left None is counted from accepted reports."""
    work.actor.require(Right.REVIEW)
    rules.check_realisation(entered)
    target = _open_target(work, key, version)
    values = {f"done_{name}": getattr(entered, name) for name in ASPECTS}
    records.amend(work, target, "target.realised", **values)


def _row(target: Target, objective: str, done: Realised) -> TargetRow:
    return TargetRow(
        id=target.id,
        version=target.version,
        employee_id=target.employee_id,
        objective_id=target.objective_id,
        objective=objective,
        title=target.title,
        measure=target.measure,
        quantity=target.quantity,
        quality=target.quality,
        days=target.days,
        cost=target.cost,
        scope_percent=target.scope_percent,
        state=target.state,
        done=done,
    )


def _objective_title(title: str) -> str:
    line = " ".join(title.split())
    if not line:
        raise Invalid([Problem("objective", "required")])
    if len(line) > 400:
        raise Invalid([Problem("objective", "too_long", (400,))])
    return line


def _add(work: Work, place: int, period: Period, draft: TargetDraft, state: TargetState) -> int:
    target = Target(
        unit_id=place,
        employee_id=draft.employee_id,
        year=period.year,
        month=period.month,
        state=state,
        **_values(draft),
    )
    work.add(target)
    history.record(work, target, None, state)
    records.noted(work, target, "target.set", employee=draft.employee_id)
    return target.id


def _known_objectives(work: Work, unit_id: int, period: Period) -> set[int]:
    return {row.id for row in objectives(work, unit_id, period.year)}


def _open_target(work: Work, key: int, version: int) -> Target:
    target = work.get(Target, key, version)
    closing.require_open(work, target.unit_id, _period(target))
    return target


def _period(target: Target) -> Period:
    return Period(target.year, target.month)


def _move(work: Work, target: Target, after: TargetState, note: str) -> None:
    before, target.state = target.state, after
    history.record(work, target, before, after, note)
    work.log("target.moved", target, before=before, after=after, note=note)


def _values(draft: TargetDraft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in FIELDS}
    return values | {"title": draft.title.strip(), "measure": draft.measure.strip()}


def _copy(former: Target, unit_id: int, period: Period, objective_id: int) -> Target:
    fields = {name: getattr(former, name) for name in FIELDS} | {"objective_id": objective_id}
    return Target(
        unit_id=unit_id,
        employee_id=former.employee_id,
        year=period.year,
        month=period.month,
        state=TargetState.DRAFT,
        **fields,
    )


def _same_year(work: Work, former: Sequence[Target], period: Period) -> list[tuple[Target, int]]:
    """Pair targets with the sasaran they are tied to in *period*.

    A sasaran belongs to a year: in January a target goes along with the new year's sasaran of
    the same words, and stays behind where there is none.
    """
    if period.month > 1:
        return [(target, target.objective_id) for target in former]
    old = {
        row.id: row
        for row in work.session.scalars(
            select(Objective).where(Objective.id.in_({one.objective_id for one in former}))
        )
    }
    new = {
        (row.unit_id, row.title): row.id
        for row in work.session.scalars(
            select(Objective).where(
                Objective.unit_id.in_({row.unit_id for row in old.values()}),
                Objective.year == period.year,
            )
        )
    }
    keys = [(old[target.objective_id].unit_id, old[target.objective_id].title) for target in former]
    return [(target, new[key]) for target, key in zip(former, keys, strict=True) if key in new]
