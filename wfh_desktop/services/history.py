"""The life of tasks and reports: every step from state to state, by whom and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy import select

from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import StateChange

TAKEN_BACK = "urungkan"  # the note of a step that takes another one back


class Subject(Protocol):
    """A record that has a life: its table, its number and its unit."""

    __tablename__: str

    @property
    def id(self) -> int:
        """The number of the record."""

    @property
    def unit_id(self) -> int:
        """The unit it belongs to."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the life of a record, oldest first in lists."""

    id: int
    subject: str
    at: datetime
    actor: str
    before: str
    after: str
    note: str


def record(
    work: Work, subject: Subject, before: StrEnum | None, after: StrEnum, note: str = ""
) -> None:
    """Keep the step of *subject* from *before* (None: it is new) to *after*."""
    work.session.add(
        StateChange(
            unit_id=subject.unit_id,
            subject=name(subject.__tablename__, subject.id),
            at=work.now,
            actor=work.actor.name,
            before=before.value if before else "",
            after=after.value,
            note=note,
        )
    )


def of(work: Work, table: str, keys: Iterable[int], unit_ids: Iterable[int]) -> list[StepRow]:
    """Return the steps of the records of *table* with *keys*, which lie in *unit_ids*."""
    query = (
        select(
            StateChange.id,
            StateChange.subject,
            StateChange.at,
            StateChange.actor,
            StateChange.before,
            StateChange.after,
            StateChange.note,
        )
        .where(
            StateChange.unit_id.in_(set(unit_ids)),
            StateChange.subject.in_([name(table, key) for key in keys]),
        )
        .order_by(StateChange.id)
    )
    return [StepRow(*row) for row in work.session.execute(query)]


def last(work: Work, subject: Subject) -> StepRow | None:
    """Return the latest step of a record."""
    steps = of(work, subject.__tablename__, [subject.id], [subject.unit_id])
    return steps[-1] if steps else None


def name(table: str, key: int) -> str:
    """Return how a record is called in the history: work_report:12."""
    return f"{table}:{key}"
