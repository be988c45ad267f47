"""The life of one record, field by field: who changed what, when, from what to what."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Enum,
    LargeBinary,
    Time,
    and_,
    or_,
    select,
)
from sqlalchemy.types import TypeEngine

from wfh_desktop.domain.people import Right
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import AuditEntry, Base, Change
from wfh_desktop.persistence.models.base import Exact, Instant

PARTS = {  # what belongs to a record: tables, and the column that names it
    "employee": {
        "rank": "employee_id",
        "position": "employee_id",
        "alias": "employee_id",
        "leave": "employee_id",
        "sanction": "employee_id",
    },
    "work_report": {"evidence": "report_id"},
    "task": {"assignment": "task_id"},
    "account": {"mandate": "account_id"},
}
OF_A_DAY = ("day_entry", "correction", "conduct_event", "work_report")
TECHNICAL = frozenset({"id", "version"})  # and what would only repeat what the others say
REPEATED = frozenset({"sha256", "inputs", "written_by", "rule_digest", "digest", "size"})
KNOWN_AT_BIRTH = frozenset({"unit_id", "employee_id"})  # of a new record that is no news
NAMES = ("name", "title")  # columns by which people know a record
MOST = 2_000  # changes of one record


READ: tuple[tuple[type[TypeEngine[Any]], Callable[[Any, Any], Any]], ...] = (
    (Exact, lambda _, stored: Decimal(str(stored))),
    (Instant, lambda _, stored: datetime.fromisoformat(stored)),
    (JSON, lambda _, stored: json.loads(stored) if isinstance(stored, str) else stored),
    (LargeBinary, lambda _, stored: stored["bytes"]),
    (Enum, lambda kind, stored: kind.enum_class(stored) if kind.enum_class else stored),
    (Boolean, lambda _, stored: bool(stored)),
    (Date, lambda _, stored: date.fromisoformat(stored)),
    (Time, lambda _, stored: time.fromisoformat(stored)),
)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A field of a record before and after; of a change without fields they are all empty.

    Values are those of the field: a date, an amount, the name of what a number refers to.
    """

    at: datetime
    who: str  # a name, or the login of whoever went around the program
    action: str  # of the audit log, empty where there is none
    table: str
    key: str
    op: str  # I, U, D
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class _Entry:
    who: str
    action: str


def history(work: Work, table: str, key: int) -> list[ChangeRow]:
    """Return everything that happened to a record and its parts, the latest first."""
    return _told(work, {table: [str(key)]} | _parts(work, table, key))


def history_of_day(work: Work, employee_id: int, day: date) -> list[ChangeRow]:
    """Return everything that was typed of a person's day, the latest first."""
    found = {}
    for table in OF_A_DAY:
        columns = Base.metadata.tables[table].c
        query = select(columns.id).where(columns.employee_id == employee_id, columns.day == day)
        if keys := work.session.scalars(query).all():
            found[table] = [str(key) for key in keys]
    return _told(work, found)


def _told(work: Work, wanted: Mapping[str, Sequence[str]]) -> list[ChangeRow]:
    work.actor.require(Right.READ)
    if not wanted:
        return []
    of_these = or_(*(and_(Change.tab == tab, Change.pk.in_(keys)) for tab, keys in wanted.items()))
    query = select(Change).where(of_these).order_by(Change.seq.desc()).limit(MOST)
    changes = work.session.scalars(query).all()
    entries = _entries(work, changes)
    rows = [row for one in changes for row in _rows(one, entries.get(one.seq))]
    return _named(work, rows)


def _parts(work: Work, table: str, key: int) -> dict[str, list[str]]:
    found = {}
    for part, column in PARTS.get(table, {}).items():
        columns = Base.metadata.tables[part].c
        keys = work.session.scalars(select(columns.id).where(columns[column] == key)).all()
        if keys:
            found[part] = [str(one) for one in keys]
    return found


def _entries(work: Work, changes: Sequence[Change]) -> dict[int, _Entry]:
    """Return for the number of each change the entry of the audit log that tells of it."""
    numbers = {change.txid for change in changes}
    if not numbers:
        return {}
    if work.shared:
        return _entries_of_server(work, changes, numbers)
    numbers |= {number - 1 for number in numbers}
    query = select(AuditEntry).where(AuditEntry.id.in_(numbers))
    there = {entry.id: entry for entry in work.session.scalars(query)}
    found = {}
    for change in changes:
        entry = there.get(change.txid)
        if entry is None or entry.at > change.at:  # the next unit of work had not begun yet
            entry = there.get(change.txid - 1) or entry
        if entry is not None:
            found[change.seq] = _Entry(entry.actor, entry.action)
    return found


def _entries_of_server(
    work: Work, changes: Sequence[Change], numbers: Iterable[int]
) -> dict[int, _Entry]:
    """Do the same by the trace of the audit log itself, which has the number of the transaction."""
    query = select(Change.txid, Change.payload).where(
        Change.tab == "audit_entry", Change.txid.in_(numbers)
    )
    told: dict[int, list[dict[str, Any]]] = {}
    for txid, payload in work.session.execute(query.order_by(Change.seq)):
        told.setdefault(txid, []).append(_parsed(payload)["new"] or {})
    found = {}
    for change in changes:
        subject = f"{change.tab}:{change.pk}"
        entries = told.get(change.txid, [])
        own = [entry for entry in entries if entry.get("subject") == subject] or entries
        if own:
            found[change.seq] = _Entry(own[0]["actor"], own[0]["action"])
    return found


def _rows(change: Change, entry: _Entry | None) -> list[ChangeRow]:
    payload = _parsed(change.payload)
    old, new = payload.get("old") or {}, payload.get("new") or {}
    columns = Base.metadata.tables[change.tab].c
    fields = [
        name
        for name in (new or old)
        if name in columns and name not in TECHNICAL | REPEATED and old.get(name) != new.get(name)
    ]
    if change.op == "U" and not fields:
        return []
    who = entry.who if entry else change.who
    head = (change.at, who, entry.action if entry else "", change.tab, change.pk, change.op)
    return [
        ChangeRow(*head, name, *(_value(columns[name], row.get(name)) for row in (old, new)))
        for name in fields
        if change.op == "U" or _worth_telling(columns[name], (new or old)[name])
    ] or [ChangeRow(*head, "", None, None)]


def _worth_telling(column: Column[Any], stored: Any) -> bool:
    """Tell whether a field of a new record says anything that is not clear already."""
    return column.name not in KNOWN_AT_BIRTH and _value(column, stored) not in (None, "", False)


def _parsed(payload: str) -> dict[str, Any]:
    """Read what a trigger wrote; SQLite's leaves control characters as they are."""
    try:
        found = json.loads(payload, strict=False, parse_float=Decimal)
    except ValueError:
        return {"old": None, "new": None}
    return found if isinstance(found, dict) else {"old": None, "new": None}


def _value(column: Column[Any], stored: Any) -> Any:
    """Return what the trace keeps of a field as the value it has in the program."""
    read = next((read for kind, read in READ if isinstance(column.type, kind)), None)
    if stored is None or read is None:
        return stored
    try:
        return read(column.type, stored)
    except (ValueError, TypeError, AttributeError, ArithmeticError):
        return stored  # written by another program: shown as it stands


def _named(work: Work, rows: Sequence[ChangeRow]) -> list[ChangeRow]:
    """Put the name of what a number refers to in its place."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if target := _target(row):
            wanted.setdefault(target, set()).update(
                value for value in (row.old, row.new) if isinstance(value, int)
            )
    names = {target: _names(work, target, keys) for target, keys in wanted.items()}
    return [_with_names(row, names) for row in rows]


def _with_names(row: ChangeRow, names: Mapping[str, Mapping[int, str]]) -> ChangeRow:
    target = _target(row)
    if target is None:
        return row
    known = names[target]
    old, new = (
        known.get(value, f"nomor {value}") if isinstance(value, int) else value
        for value in (row.old, row.new)
    )
    return ChangeRow(row.at, row.who, row.action, row.table, row.key, row.op, row.field, old, new)


def _target(row: ChangeRow) -> str | None:
    if not row.field:
        return None
    keys = Base.metadata.tables[row.table].c[row.field].foreign_keys
    return next((key.column.table.name for key in keys), None)


def _names(work: Work, table: str, keys: set[int]) -> dict[int, str]:
    columns = Base.metadata.tables[table].c
    name = next((one for one in NAMES if one in columns), None)
    if name is None or not keys:
        return {}
    query = select(columns.id, columns[name]).where(columns.id.in_(keys))
    return {key: str(said) for key, said in work.session.execute(query)}
