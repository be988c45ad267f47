"""Dated positions and ranks of a person: what is new ends what was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import select

from wfh_desktop.domain import careers
from wfh_desktop.domain.careers import PositionDraft, RankDraft
from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.nip import Nip
from wfh_desktop.domain.people import Capacity, Right, full_name
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee, Position, Rank, Unit
from wfh_desktop.services import records, timeline, units
from wfh_desktop.services.people.roster import valid

NEVER = date(1900, 1, 1)  # the end of a withdrawn row: no month counts it, however it asks


def change_rank(work: Work, employee_id: int, draft: RankDraft) -> int:
    """Give a person another status or golongan from a day on; return the row's number."""
    work.actor.require(Right.RECORD)
    rows = _ranks(work, employee_id)
    refuse(_rank_problems(work, employee_id, draft, rows))
    new = Rank(
        employee_id=employee_id,
        status=draft.status,
        grade=draft.grade,
        decree=draft.decree.strip(),
        valid_from=draft.valid_from,
    )
    timeline.place(rows, new)
    work.add(new)
    records.noted(work, new, "rank.changed")
    return new.id


def correct_rank(work: Work, key: int, version: int, draft: RankDraft) -> None:
    """Correct a rank that was entered wrongly."""
    work.actor.require(Right.RECORD)
    rank = work.get(Rank, key, version)
    rows = [row for row in _ranks(work, rank.employee_id) if row is not rank]
    refuse(_rank_problems(work, rank.employee_id, draft, rows))
    timeline.make_room(rows, rank, draft.valid_from)
    records.amend(
        work,
        rank,
        "rank.corrected",
        status=draft.status,
        grade=draft.grade,
        decree=draft.decree.strip(),
        valid_from=draft.valid_from,
    )


def withdraw_rank(work: Work, key: int, version: int) -> None:
    """Take back a rank entered by mistake; the one before it holds on."""
    work.actor.require(Right.RECORD)
    rank = work.get(Rank, key, version)
    others = [row for row in _ranks(work, rank.employee_id) if row is not rank]
    refuse([Problem("rank", "last_of_person")] if not others else [])
    timeline.lift(others, rank)
    records.amend(work, rank, "rank.withdrawn", withdrawn=True, valid_to=NEVER)


def change_position(work: Work, employee_id: int, draft: PositionDraft) -> int:
    """Give a person another position from a day on, or an acting one beside it; return its number.

    A definitive position ends the one before it the day before; an acting one ends nothing.
    """
    work.actor.require(Right.RECORD)
    employee = work.get(Employee, employee_id)
    refuse(_problems(work, employee_id, draft))
    new = _position(employee_id, draft)
    if draft.capacity is Capacity.DEFINITIVE:
        timeline.place(_positions(work, employee_id), new)
    work.add(new)
    records.noted(work, new, "position.changed", superior=_name(work, draft.superior_id))
    settle(work, employee)
    return new.id


def correct_position(work: Work, key: int, version: int, draft: PositionDraft) -> None:
    """Correct a position that was entered wrongly."""
    work.actor.require(Right.RECORD)
    position = work.get(Position, key, version)
    problems = list(_problems(work, position.employee_id, draft, key))
    if draft.capacity is not position.capacity and Capacity.DEFINITIVE in (
        draft.capacity,
        position.capacity,
    ):
        problems.append(Problem("capacity", "capacity_fixed"))
    refuse(problems)
    values = {
        "unit_id": draft.unit_id,
        "title": tidy(draft.title),
        "level": draft.level,
        "job_class": draft.job_class,
        "superior_id": draft.superior_id,
        "capacity": draft.capacity,
        "decree": draft.decree.strip(),
        "valid_from": draft.valid_from,
    }
    if position.capacity is Capacity.DEFINITIVE:
        timeline.make_room(_positions(work, position.employee_id), position, draft.valid_from)
    else:
        values["valid_to"] = draft.valid_to
    records.amend(work, position, "position.corrected", **values)
    settle(work, work.get(Employee, position.employee_id))


def withdraw_position(work: Work, key: int, version: int) -> None:
    """Take back a position entered by mistake; the one before it holds on."""
    work.actor.require(Right.RECORD)
    position = work.get(Position, key, version)
    if position.capacity is Capacity.DEFINITIVE:
        others = [row for row in _positions(work, position.employee_id) if row is not position]
        refuse([Problem("position", "last_of_person")] if not others else [])
        timeline.lift(others, position)
    records.amend(work, position, "position.withdrawn", withdrawn=True, valid_to=NEVER)
    settle(work, work.get(Employee, position.employee_id))


def assign_superior(
    work: Work, employee_ids: Sequence[int], superior_id: int | None, since: date
) -> int:
    """Let people report to somebody from a day on; return how many changed.

    Where none was recorded yet he is filled in without a new row; otherwise the change is dated.
    """
    work.actor.require(Right.RECORD)
    held = own_positions(work, employee_ids)
    refuse(superior_problems(work, employee_ids, superior_id, since))
    changed = 0
    for key in employee_ids:
        position = valid(held.get(key, ()), since)
        if position is None or position.superior_id == superior_id:
            continue
        changed += 1
        if position.superior_id is None or position.valid_from == since:
            position.superior_id = superior_id
            work.log("position.superior", position, superior=_name(work, superior_id))
        else:
            _follow(work, held[key], position, superior_id, since)
    return changed


def settle(work: Work, employee: Employee) -> None:
    """Keep the unit a person is found under: where the present position is, or the last one."""
    settle_among(work, employee, _positions(work, employee.id))


def settle_among(work: Work, employee: Employee, rows: Sequence[Position]) -> None:
    """Do as `settle`, where all own positions of the person are at hand."""
    today = work.now.date()
    present = valid(rows, today) or max(rows, key=lambda row: row.valid_from, default=None)
    if present and present.unit_id != employee.unit_id:
        employee.unit_id = present.unit_id
        work.session.flush()


def _follow(
    work: Work, rows: list[Position], former: Position, superior_id: int | None, since: date
) -> None:
    new = _position(
        former.employee_id,
        PositionDraft(
            unit_id=former.unit_id,
            title=former.title,
            level=former.level,
            job_class=former.job_class,
            superior_id=superior_id,
            decree=former.decree,
            valid_from=since,
        ),
    )
    timeline.place(rows, new)
    work.add(new)
    records.noted(work, new, "position.changed", superior=_name(work, superior_id))


def _problems(
    work: Work, employee_id: int, draft: PositionDraft, key: int | None = None
) -> Iterator[Problem]:
    yield from careers.position_problems(draft)
    if all(row.id != draft.unit_id for row in units.tree(work, draft.valid_from)):
        there = work.session.get(Unit, draft.unit_id)
        yield Problem("unit_id", "unit_not_there", (draft.valid_from, there.name if there else ""))
    yield from superior_problems(work, [employee_id], draft.superior_id, draft.valid_from)
    if draft.capacity is not Capacity.DEFINITIVE:
        yield from _acting_problems(work, employee_id, draft, key)


def _acting_problems(
    work: Work, employee_id: int, draft: PositionDraft, key: int | None
) -> Iterator[Problem]:
    """Yield a problem if the person already acts in the same position on some of these days."""
    same = work.session.scalars(
        select(Position).where(
            Position.employee_id == employee_id,
            Position.capacity != Capacity.DEFINITIVE,
            Position.unit_id == draft.unit_id,
            ~Position.withdrawn,
        )
    )
    for row in same:
        meets = row.valid_from <= (draft.valid_to or date.max) and draft.valid_from <= (
            row.valid_to or date.max
        )
        if row.id != key and row.title.casefold() == tidy(draft.title).casefold() and meets:
            yield Problem("valid_from", "acting_already", (row.valid_from,))


def superior_problems(
    work: Work, employee_ids: Sequence[int], superior_id: int | None, since: date
) -> Iterator[Problem]:
    """Yield a problem if the superior would, in the end, report to one of the people."""
    if superior_id is None:
        return
    if superior_id in employee_ids:
        yield Problem("superior_id", "superior_self")
        return
    superior = work.get(Employee, superior_id)
    others = select(Position).where(
        Position.superior_id.is_not(None),
        Position.capacity == Capacity.DEFINITIVE,
        ~Position.withdrawn,
        Position.valid_to.is_(None) | (Position.valid_to >= since),
    )
    rows = [row for row in work.session.scalars(others) if row.employee_id not in employee_ids]
    days = {since} | {row.valid_from for row in rows if row.valid_from > since}
    if any(not _chain(rows, superior_id, day).isdisjoint(employee_ids) for day in days):
        yield Problem("superior_id", "superior_cycle", (superior.name,))


def _chain(rows: Iterable[Position], employee_id: int | None, day: date) -> set[int]:
    """Return a person and all superiors above on *day*."""
    above = {
        row.employee_id: row.superior_id
        for row in rows
        if row.valid_from <= day <= (row.valid_to or date.max)
    }
    found: set[int] = set()
    while employee_id is not None and employee_id not in found:
        found.add(employee_id)
        employee_id = above.get(employee_id)
    return found


def _position(employee_id: int, draft: PositionDraft) -> Position:
    return Position(
        employee_id=employee_id,
        unit_id=draft.unit_id,
        superior_id=draft.superior_id,
        title=tidy(draft.title),
        level=draft.level,
        job_class=draft.job_class,
        capacity=draft.capacity,
        decree=draft.decree.strip(),
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        withdrawn=False,
    )


def _positions(work: Work, employee_id: int) -> list[Position]:
    return own_positions(work, [employee_id]).get(employee_id, [])


def own_positions(work: Work, employee_ids: Iterable[int]) -> dict[int, list[Position]]:
    """Return the definitive positions of people that were not withdrawn, the earliest first."""
    found: dict[int, list[Position]] = {}
    query = select(Position).where(
        Position.employee_id.in_(employee_ids),
        Position.capacity == Capacity.DEFINITIVE,
        ~Position.withdrawn,
    )
    for row in work.session.scalars(query.order_by(Position.valid_from, Position.id)):
        found.setdefault(row.employee_id, []).append(row)
    return found


def _ranks(work: Work, employee_id: int) -> list[Rank]:
    return own_ranks(work, [employee_id]).get(employee_id, [])


def own_ranks(work: Work, employee_ids: Iterable[int]) -> dict[int, list[Rank]]:
    """Return the ranks of people that were not withdrawn, the earliest first."""
    found: dict[int, list[Rank]] = {}
    query = select(Rank).where(Rank.employee_id.in_(employee_ids), ~Rank.withdrawn)
    for row in work.session.scalars(query.order_by(Rank.valid_from, Rank.id)):
        found.setdefault(row.employee_id, []).append(row)
    return found


def _rank_problems(
    work: Work, employee_id: int, draft: RankDraft, others: Iterable[Rank]
) -> Iterator[Problem]:
    """Yield what is wrong; the number a person has now has to fit the latest status only."""
    number = work.get(Employee, employee_id).nip
    latest = all(draft.valid_from > row.valid_from for row in others)
    return careers.rank_problems(draft, Nip(number) if number and latest else None)


def _name(work: Work, employee_id: int | None) -> str:
    """Return the name of a superior, for the log."""
    if employee_id is None:
        return ""
    one = work.get(Employee, employee_id)
    return full_name(one.name, one.front_title, one.back_title)


def tidy(title: str) -> str:
    """Return a title with single spaces between its words."""
    return " ".join(title.split())
