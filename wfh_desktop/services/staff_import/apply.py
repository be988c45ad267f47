"""Storing what a preview showed: everything that is ready, in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from wfh_desktop.domain.errors import Conflict, Problem, refuse
from wfh_desktop.domain.file_names import shown_name
from wfh_desktop.domain.people import Capacity
from wfh_desktop.domain.ranks import GRADES
from wfh_desktop.persistence import backup
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import (
    Alias,
    Employee,
    ImportedFile,
    Position,
    Rank,
    Record,
)
from wfh_desktop.readers.records import Reading
from wfh_desktop.services import timeline, units
from wfh_desktop.services.records import plain
from wfh_desktop.services.staff_import.choices import READY, Choices, Verdict
from wfh_desktop.services.staff_import.compare import POSITION, RANK
from wfh_desktop.services.staff_import.plan import KIND, Line, Plan, make
from wfh_desktop.services.units import UnitDraft

ACTION = "person.imported"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import stored."""

    id: int
    added: int
    changed: int
    same: int
    left_out: int
    units: tuple[str, ...]


def apply(
    work: Work, reading: Reading, choices: Choices, *, name: str, content: bytes, seen: str
) -> Imported:
    """Store what the preview with the digest *seen* showed, and the file itself as evidence.

    Raises `Conflict` if the preview would look otherwise by now, `Invalid` if nothing is ready.
    """
    plan = make(work, reading, choices, content)
    if plan.preview.digest != seen:
        raise Conflict("the preview is out of date")
    ready = [line for line in plan.lines if line.row.verdict in READY]
    refuse([] if ready else [Problem("file", "nothing_to_import")])
    backup.before_import(work)
    created = _create_units(work, plan, ready, choices)
    file = _keep_file(work, plan, choices, name, content)
    _Store(work, file.id, choices.valid_from, created).all(ready)
    count = plan.preview.count
    result = Imported(
        id=file.id,
        added=count(Verdict.NEW),
        changed=count(Verdict.CHANGED),
        same=count(Verdict.SAME),
        left_out=len(plan.lines) - count(*READY, Verdict.SAME),
        units=tuple(" > ".join((plan.places.names[top], *path)) for top, path in created),
    )
    work.log(
        "staff.imported",
        file,
        added=result.added,
        changed=result.changed,
        same=result.same,
        left_out=result.left_out,
    )
    return result


def _create_units(
    work: Work, plan: Plan, ready: list[Line], choices: Choices
) -> dict[tuple[int, tuple[str, ...]], int]:
    """Create the units that ready lines need; return them by where they hang and their path."""
    created: dict[tuple[int, tuple[str, ...]], int] = {}
    for line in ready:
        parent, names = line.place.unit_id, line.place.missing
        for number, name in enumerate(names):
            key = (line.place.unit_id, names[: number + 1])
            if key not in created:
                zone = plan.places.top.zone
                created[key] = units.create(
                    work, UnitDraft(name, parent, choices.valid_from, zone=zone)
                )
            parent = created[key]
    return created


def _keep_file(work: Work, plan: Plan, choices: Choices, name: str, content: bytes) -> ImportedFile:
    counts = {verdict.value: plan.preview.count(verdict) for verdict in Verdict}
    return work.add(
        ImportedFile(
            unit_id=choices.unit_id,
            kind=KIND,
            name=shown_name(name),
            sha256=sha256(content).hexdigest(),
            content=content,
            at=work.now,
            actor=work.actor.name,
            summary={
                "format": plan.preview.format,
                "valid_from": choices.valid_from.isoformat(),
                "assignment": choices.assignment.value,
                "counts": counts,
            },
        )
    )


@dataclass(slots=True)
class _Store:
    """Writes the ready lines of one file, and for each person what was there before."""

    work: Work
    file_id: int
    since: date
    created: Mapping[tuple[int, tuple[str, ...]], int]

    def all(self, lines: list[Line]) -> None:
        """Write new people in bulk, then the changes one by one."""
        new = [line for line in lines if line.known is None]
        people = [self._employee(line) for line in new]
        self.work.session.add_all(people)
        self.work.session.flush()
        for done, (line, employee) in enumerate(zip(new, people, strict=True)):
            self.work.progress(done, len(lines))
            self.work.session.add_all(self._career(line, employee))
        self.work.session.flush()
        for line, employee in zip(new, people, strict=True):
            self.work.log(ACTION, employee, file=self.file_id, new=True, after=_said(line))
        for done, line in enumerate((line for line in lines if line.known), start=len(new)):
            self.work.progress(done, len(lines))
            self._change(line)

    def _unit(self, line: Line) -> int:
        missing = line.place.missing
        return self.created[line.place.unit_id, missing] if missing else line.place.unit_id

    def _employee(self, line: Line) -> Employee:
        one = line.wanted
        return Employee(
            unit_id=self._unit(line),
            nip=one.nip,
            name=one.name,
            front_title=one.front_title,
            back_title=one.back_title,
        )

    def _career(self, line: Line, employee: Employee) -> list[Record]:
        one = line.wanted
        acts = one.capacity is not Capacity.DEFINITIVE
        rows: list[Record] = [self._rank(line, employee), self._position(line, employee)]
        if acts:
            rows.append(self._position(line, employee, acting=True))
        if one.pin:
            rows.append(
                Alias(unit_id=employee.unit_id, employee_id=employee.id, kind="pin", value=one.pin)
            )
        return rows

    def _rank(self, line: Line, employee: Employee) -> Rank:
        one, held = line.wanted, line.known.rank if line.known else None
        assumed = any(problem.code == "status_assumed" for problem in one.remarks)
        status = held.status if held and assumed else one.status
        kept = held.grade if held and held.grade in GRADES[status] else ""
        return Rank(
            employee_id=employee.id,
            status=status,
            grade=one.grade or kept,
            valid_from=self.since,
            withdrawn=False,
        )

    def _position(self, line: Line, employee: Employee, *, acting: bool = False) -> Position:
        """Return the own or the acting position of a line; what the file leaves out is kept."""
        one, known = line.wanted, line.known
        held = known.position if known and not acting else None
        titled = acting or one.capacity is Capacity.DEFINITIVE
        unit_id = self._unit(line)
        stays = held is not None and held.unit_id == unit_id
        return Position(
            unit_id=unit_id,
            employee_id=employee.id,
            superior_id=held.superior_id if held and stays else None,
            title=(one.title if titled else "") or (held.title if held else ""),
            level=held.level if held and not (titled and one.level_sure) else one.level,
            job_class=one.job_class or (held.job_class if held else None),
            capacity=one.capacity if acting else Capacity.DEFINITIVE,
            valid_from=self.since,
            withdrawn=False,
        )

    def _change(self, line: Line) -> None:
        """Write what differs of a stored person: identity at once, the rest from a day on."""
        known = line.known
        assert known is not None
        fields = {one.field for one in line.row.differences}
        employee = known.employee
        undo: list[dict[str, Any]] = [self._amend(employee, self._identity(line, fields))]
        if fields & set(RANK) or known.rank is None:
            undo += self._dated(known.rank, self._rank(line, employee), employee)
        if fields & set(POSITION) or known.position is None:
            undo += self._dated(known.position, self._position(line, employee), employee)
            undo.append(self._amend(employee, {"unit_id": self._unit(line), "active": True}))
        if "acting" in fields:
            new = self.work.add(self._position(line, employee, acting=True))
            undo.append({"subject": f"position:{new.id}", "new": True})
        self.work.log(
            ACTION,
            employee,
            file=self.file_id,
            before={one.field: one.old for one in line.row.differences},
            after={one.field: one.new for one in line.row.differences},
            undo=[step for step in undo if step],
        )

    def _identity(self, line: Line, fields: set[str]) -> dict[str, Any]:
        one = line.wanted
        said = {
            "nip": one.nip,
            "name": one.name,
            "front_title": one.front_title,
            "back_title": one.back_title,
        }
        return {name: value for name, value in said.items() if name in fields}

    def _dated(
        self, held: Rank | Position | None, new: Rank | Position, employee: Employee
    ) -> list[dict[str, Any]]:
        """Let *new* follow *held*, or correct *held* if both begin on the same day."""
        if held is None:
            self.work.add(new)
            return [_made(new)]
        if held.valid_from == new.valid_from:
            values = {name: getattr(new, name) for name in _COLUMNS[type(held)]}
            return [self._amend(held, values)]
        ended = held.valid_to
        timeline.place([held], new)
        if not employee.active:
            new.valid_to = None
        self.work.add(new)
        closed = _step(held, {"valid_to": ended}, {"valid_to": held.valid_to})
        return [closed, _made(new)] if ended != held.valid_to else [_made(new)]

    def _amend(self, record: Record, values: dict[str, Any]) -> dict[str, Any]:
        """Give *record* the values; return the step that undoes it, empty if nothing changed."""
        before = {name: getattr(record, name) for name in values}
        changed = {name: value for name, value in values.items() if value != before[name]}
        for name, value in changed.items():
            setattr(record, name, value)
        return _step(record, {name: before[name] for name in changed}, changed) if changed else {}


def _made(record: Record) -> dict[str, Any]:
    return {"subject": f"{record.__tablename__}:{record.id}", "new": True}


def _step(record: Record, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {
        "subject": f"{record.__tablename__}:{record.id}",
        "before": {name: plain(value) for name, value in before.items()},
        "after": {name: plain(value) for name, value in after.items()},
    }


_COLUMNS: dict[type[Record], tuple[str, ...]] = {
    Rank: ("status", "grade"),
    Position: ("unit_id", "title", "level", "job_class"),
}


def _said(line: Line) -> dict[str, Any]:
    one = line.wanted
    return {
        "nip": one.nip,
        "name": one.full_name,
        "status": one.status.value,
        "grade": one.grade,
        "position_title": one.title,
        "level": one.level.value,
        "unit_id": line.row.unit,
    }
