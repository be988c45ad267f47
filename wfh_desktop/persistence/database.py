"""The database, and the unit of work in which everything happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import event, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from wfh_desktop.domain.errors import Conflict, NotFound
from wfh_desktop.domain.people import Actor
from wfh_desktop.persistence import (
    commits,
    connecting,
    guards,  # noqa: F401 - hangs the triggers on the tables
)
from wfh_desktop.persistence.commits import Progress
from wfh_desktop.persistence.connecting import QUEUE
from wfh_desktop.persistence.models import AuditEntry, Base, Record

__all__ = ["Database", "Progress", "Work"]
R = TypeVar("R", bound=Record)
T = TypeVar("T")


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

    @property
    def shared(self) -> bool:
        """Whether many people work on this database at the same time, on a server."""
        return self.session.get_bind().dialect.name == "postgresql"

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

    def hold(self, kind: type[Base], key: int) -> None:
        """Wait until nobody else holds the same record, and hold it until the end.

        For what is looked at first and then added to: a version guards only what is changed.
        """
        if self.shared:
            lock = func.pg_advisory_xact_lock(func.hashtext(kind.__tablename__), key)
            self.session.execute(select(lock))

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

    def __init__(self, url: str, password: str = "") -> None:
        self.key = connecting.Key(password)
        self.engine = connecting.engine(url, self.key)
        self.shared = self.engine.dialect.name == "postgresql"
        self._sessions = sessionmaker(self.engine)

    def perform(
        self, actor: Actor, task: Callable[[Work], T], *, progress: Progress = _ignore
    ) -> tuple[T, frozenset[type[Base]]]:
        """Run *task* in a unit of work of its own; return its result and the tables it changed.

        It is run again from the start, on fresh data, where nothing was saved and that may help:
        when two got into each other's way, and when the line to a server broke. *progress* is
        asked meanwhile whether the user has cancelled. Raises `Unreachable` if it is in vain.
        """
        attempts = commits.Attempts(self.engine, progress)
        with commits.spoken():
            while True:
                try:
                    return self._attempt(actor, task, attempts)
                except (DBAPIError, commits.Lost) as error:
                    attempts.another(error)

    def _attempt(
        self, actor: Actor, task: Callable[[Work], T], attempts: commits.Attempts
    ) -> tuple[T, frozenset[type[Base]]]:
        with self._work(actor, None, attempts.progress, queue=attempts.queue) as work:
            if self.shared:
                attempts.process = commits.process(work.session)
            result = task(work)
        return result, frozenset(work.changed)

    @contextmanager
    def work(
        self, actor: Actor, *, now: datetime | None = None, progress: Progress = _ignore
    ) -> Iterator[Work]:
        """Open a unit of work; commit it on the way out."""
        with commits.spoken(), self._work(actor, now, progress) as work:
            yield work

    @contextmanager
    def _work(
        self, actor: Actor, now: datetime | None, progress: Progress, *, queue: bool = False
    ) -> Iterator[Work]:
        try:
            with self._sessions() as session:
                session.connection(execution_options={QUEUE: queue})
                work = Work(session, actor, now or self._now(session), progress)
                event.listen(session, "before_flush", partial(_collect, work.changed))
                event.listen(session, "do_orm_execute", partial(_collect_bulk, work.changed))
                yield work
                session.flush()
                if work.changed and AuditEntry not in work.changed:
                    raise RuntimeError("a use case changed something and did not log it")
                self._commit(work)
        except StaleDataError as error:
            raise Conflict from error

    def _now(self, session: Session) -> datetime:
        """Return the time: on a shared database the server's, whatever this computer believes."""
        if not self.shared:
            return datetime.now(UTC)
        moment: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
        return moment.astimezone(UTC)

    def _commit(self, work: Work) -> None:
        if self.shared:
            commits.commit(work.session, work.progress)
        else:
            work.session.commit()


def _collect(changed: set[type[Base]], session: Session, *_: object) -> None:
    changed.update(type(record) for record in [*session.new, *session.deleted])
    changed.update(type(record) for record in session.dirty if session.is_modified(record))
    for record in session.new:
        if isinstance(record, AuditEntry):
            session.info[commits.ENTRY] = record
    if changed:
        session.info[commits.WRITES] = True


def _collect_bulk(changed: set[type[Base]], state: ORMExecuteState) -> None:
    if (state.is_insert or state.is_update or state.is_delete) and state.bind_mapper:
        changed.add(state.bind_mapper.class_)
    reads = state.is_select and state.is_orm_statement  # a function may write as well
    if not reads and not state.execution_options.get(commits.READS):
        state.session.info[commits.WRITES] = True
