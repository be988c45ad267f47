"""The database, and the unit of work in which everything happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry

from wfh_desktop.domain.errors import Conflict, NotFound
from wfh_desktop.domain.people import Actor
from wfh_desktop.persistence import guards  # noqa: F401 - hangs the triggers on the tables
from wfh_desktop.persistence.models import AuditEntry, Base, Record

Progress = Callable[[int, int], None]
R = TypeVar("R", bound=Record)
T = TypeVar("T")

QUEUE = "wfh_queue"  # execution option: wait for the right to write before reading

PRAGMAS = (
    "foreign_keys = ON",
    "journal_mode = TRUNCATE",  # survives a power cut, and needs no second file beside it
    "synchronous = FULL",
    "busy_timeout = 10000",
    "trusted_schema = OFF",
)


def _now() -> datetime:
    return datetime.now(UTC)


def _ignore(done: int, total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True)
class Work:
    """One transaction: what it may touch, on whose behalf, at what time.

    Use cases take it as their first argument. They never commit: leaving
    `Database.work` does, and an exception rolls everything back.
    """

    session: Session
    actor: Actor
    now: datetime
    progress: Progress = _ignore
    changed: set[type[Base]] = field(default_factory=set)

    def get(self, kind: type[R], key: int, version: int | None = None) -> R:
        """Fetch a record, refusing a *version* other than the one the user looked at.

        Raises `NotFound` or `Conflict`.
        """
        record = self.session.get(kind, key)
        if record is None:
            raise NotFound(f"{kind.__name__} {key}")
        if version is not None and record.version != version:
            raise Conflict(
                f"{kind.__name__} {key}",
                table=kind.__tablename__,
                key=key,
                version=record.version,
            )
        return record

    def add(self, record: R) -> R:
        """Store a new record, so that it has its number."""
        self.session.add(record)
        self.session.flush()
        return record

    def log(self, action: str, subject: Record, **details: Any) -> None:
        """Leave a trace of *action* in the audit log."""
        self.session.flush()
        self.session.add(
            AuditEntry(
                unit_id=getattr(subject, "unit_id", None),
                at=self.now,
                actor=self.actor.name,
                action=action,
                subject=f"{subject.__tablename__}:{subject.id}",
                details=details,
            )
        )


class Database:
    """A local SQLite file or a shared PostgreSQL server."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._sessions = sessionmaker(self.engine)

    def perform(
        self, actor: Actor, task: Callable[[Work], T], *, progress: Progress = _ignore
    ) -> tuple[T, frozenset[type[Base]]]:
        """Run *task* in a unit of work of its own; return its result and the tables it changed.

        Of two tasks that read the same and then both write, SQLite turns one away; that one is
        run again from the start, on fresh data, now queueing for the right to write.
        """
        try:
            return self._perform(actor, task, progress, queue=False)
        except OperationalError as error:
            if "locked" not in str(error.orig):
                raise
        return self._perform(actor, task, progress, queue=True)

    def _perform(
        self, actor: Actor, task: Callable[[Work], T], progress: Progress, *, queue: bool
    ) -> tuple[T, frozenset[type[Base]]]:
        with self.work(actor, progress=progress) as work:
            work.session.connection(execution_options={QUEUE: queue})
            result = task(work)
        return result, frozenset(work.changed)

    @contextmanager
    def work(
        self, actor: Actor, *, now: datetime | None = None, progress: Progress = _ignore
    ) -> Iterator[Work]:
        """Open a unit of work; commit it on the way out."""
        try:
            with self._sessions.begin() as session:
                work = Work(session, actor, now or _now(), progress)
                event.listen(session, "before_flush", partial(_collect, work.changed))
                event.listen(session, "do_orm_execute", partial(_collect_bulk, work.changed))
                yield work
                session.flush()
                if work.changed and AuditEntry not in work.changed:
                    raise RuntimeError("a use case changed something and did not log it")
        except StaleDataError as error:
            raise Conflict from error


def _collect(changed: set[type[Base]], session: Session, *_: object) -> None:
    changed.update(type(record) for record in [*session.new, *session.deleted])
    changed.update(type(record) for record in session.dirty if session.is_modified(record))


def _collect_bulk(changed: set[type[Base]], state: ORMExecuteState) -> None:
    if (state.is_insert or state.is_update or state.is_delete) and state.bind_mapper:
        changed.add(state.bind_mapper.class_)


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # else sqlite3 leaves reads and DDL outside transactions
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    queue = connection.get_execution_options().get(QUEUE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if queue else "BEGIN")
