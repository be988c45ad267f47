"""Changing a record so that the audit log says what was there before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import select

from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import AuditEntry, Record


def amend(work: Work, record: Record, action: str, /, **values: Any) -> bool:
    """Give *record* the *values* and log each change, old and new; tell whether there was any."""
    before = {name: getattr(record, name) for name in values}
    changed = [name for name, value in values.items() if value != before[name]]
    if not changed:
        return False
    for name in changed:
        setattr(record, name, values[name])
    work.log(
        action,
        record,
        before={name: plain(before[name]) for name in changed},
        after={name: plain(values[name]) for name in changed},
    )
    return True


def noted(work: Work, record: Record, action: str, /, **details: Any) -> None:
    """Log that a new *record* was made, with all that it says."""
    columns = [column.key for column in record.__mapper__.columns if column.key not in _UNSAID]
    after = {name: plain(getattr(record, name)) for name in columns}
    work.log(action, record, after=after, **{key: plain(value) for key, value in details.items()})


_UNSAID = {"id", "version", "unit_id", "employee_id", "content", "logo"}


def last_change(work: Work, table: str, key: int) -> tuple[str, datetime] | None:
    """Return who changed a record last and when, as far as the reader may know."""
    query = select(AuditEntry.actor, AuditEntry.at).where(AuditEntry.subject == f"{table}:{key}")
    found = work.session.execute(query.order_by(AuditEntry.id.desc()).limit(1)).first()
    return (found.actor, found.at) if found else None


@contextmanager
def trial(work: Work) -> Iterator[None]:
    """Do things that are taken back at the end, whatever happens; nothing counts as changed."""
    before = set(work.changed)
    with work.session.begin_nested() as nested:
        try:
            yield
        finally:
            nested.rollback()
            work.changed.clear()
            work.changed.update(before)


def plain(value: Any) -> Any:
    """Return *value* as the audit log keeps it: what JSON knows, dates and decimals as text."""
    match value:
        case Enum():
            return value.value
        case Decimal():
            return format(value, "f")
        case date() | datetime() | time():
            return value.isoformat()
        case bytes():
            return f"{len(value)} byte"
        case tuple() | list():
            return [plain(one) for one in value]
        case _:
            return value
