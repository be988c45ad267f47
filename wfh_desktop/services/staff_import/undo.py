"""Taking an import back, as a new action with its own trace."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.people import Right, full_name
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import (
    AuditEntry,
    Employee,
    ImportedFile,
    Position,
    Rank,
    Record,
)
from wfh_desktop.services import people
from wfh_desktop.services.people.careers import NEVER
from wfh_desktop.services.staff_import.apply import ACTION
from wfh_desktop.services.staff_import.plan import KIND

KINDS: dict[str, type[Record]] = {kind.__tablename__: kind for kind in (Employee, Position, Rank)}


def undo(work: Work, file_id: int) -> int:
    """Take back all that an import stored; return how many people it concerned.

    Refused as a whole if anything about these people was changed since: that would be lost.
    Units that were created stay; they are empty, and can be ended.
    """
    work.actor.require(Right.RECORD)
    file = work.get(ImportedFile, file_id)
    refuse([] if file.kind == KIND else [Problem("file", "not_staff", (file.name,))])
    refuse([Problem("file", "undone_already")] if file.summary.get("undone") else [])
    entries = _entries(work, file_id)
    refuse(_changed_since(work, entries))
    for done, entry in enumerate(entries):
        work.progress(done, len(entries))
        _take_back(work, entry)
    file.summary = file.summary | {"undone": True}
    work.log("staff.import_undone", file, people=len(entries))
    return len(entries)


def _entries(work: Work, file_id: int) -> list[AuditEntry]:
    """Return what the import logged about each person, the latest first."""
    query = select(AuditEntry).where(AuditEntry.action == ACTION).order_by(AuditEntry.id.desc())
    return [one for one in work.session.scalars(query) if one.details.get("file") == file_id]


def _changed_since(work: Work, entries: list[AuditEntry]) -> list[Problem]:
    """Return a problem for everybody about whom something was entered after the import."""
    last = max((entry.id for entry in entries), default=0)
    keys = {int(entry.subject.partition(":")[2]) for entry in entries}
    later = {
        subject
        for subject in work.session.scalars(select(AuditEntry.subject).where(AuditEntry.id > last))
        if subject.partition(":")[0] in {*KINDS, "leave", "sanction", "alias"}
    }
    touched = [key for key in keys if f"employee:{key}" in later]
    for kind in (Position, Rank):
        held = select(kind.id, kind.employee_id).where(kind.employee_id.in_(keys))
        touched += [
            employee_id
            for row, employee_id in work.session.execute(held)
            if f"{kind.__tablename__}:{row}" in later
        ]
    return [_changed(work.get(Employee, key)) for key in dict.fromkeys(touched)]


def _changed(employee: Employee) -> Problem:
    name = full_name(employee.name, employee.front_title, employee.back_title)
    return Problem("file", "changed_since_import", (name,))


def _take_back(work: Work, entry: AuditEntry) -> None:
    key = int(entry.subject.partition(":")[2])
    if entry.details.get("new"):
        people.withdraw(work, key, work.get(Employee, key).version)
        return
    for step in reversed(entry.details["undo"]):
        table, _, number = step["subject"].partition(":")
        record = work.get(KINDS[table], int(number))
        if step.get("new"):
            record.withdrawn, record.valid_to = True, NEVER  # type: ignore[attr-defined]
        else:
            _restore(record, step["before"])
    work.session.flush()
    work.log("person.import_undone", work.get(Employee, key), before=entry.details["after"])


def _restore(record: Record, values: dict[str, Any]) -> None:
    for name, value in values.items():
        kind = record.__mapper__.columns[name].type.python_type
        setattr(record, name, _typed(kind, value))


def _typed(kind: type, value: Any) -> Any:
    if value is None or isinstance(value, kind):
        return value
    return date.fromisoformat(value) if kind is date else kind(value)
