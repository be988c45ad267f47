"""Saving over a line that may break: what became of a COMMIT, and when work is begun anew.

An answer to COMMIT that got lost is not a COMMIT that failed. Before it, a transaction notes by
what it will be known (`Mark`); after a break the server is asked for it (`settle`).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from wfh_desktop.domain.errors import Cancelled, Unreachable
from wfh_desktop.persistence import connecting, refusals
from wfh_desktop.persistence.refusals import Kind

Progress = Callable[[int, int], None]

LADDER = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds before each try to connect again
BRIEF = LADDER[1:3]  # while nothing has been begun that could be lost
CLASHES = 8  # times that work is begun anew because two transactions met
CLASH_PAUSE = 0.01  # seconds at most, twice as long each time; by chance, so that they part
SLICE = 0.1  # seconds between two looks whether the user has cancelled
BETWEEN = 1.0  # seconds between two looks whether a server listens again
ORPHAN = 1.0  # seconds after which a session whose line is broken is ended
IN_PROGRESS = 70.0  # seconds; the server itself ends an open transaction after 60
IN_FUTURE = "22023"  # what is said of a transaction that the server never heard of

WRITES, ENTRY = "wfh_writes", "wfh_entry"  # in the notes of a session: it may; the last of them
READS = "wfh_reads"  # execution option: whatever a statement looks like, it writes nothing

NOTE = text(
    "SELECT CAST(pg_current_xact_id_if_assigned() AS text), "
    "left(pg_walfile_name(pg_current_wal_lsn()), 8), "
    "(SELECT at FROM audit_entry WHERE id = :entry)"
)
TIMELINE = text("SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)")
STATUS = text("SELECT pg_xact_status(CAST(:xid AS xid8))")
FOUND = text("SELECT EXISTS (SELECT FROM audit_entry WHERE id = :entry AND at = :at)")
END_ORPHAN = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = :process "
    "AND application_name = current_setting('application_name') AND pid <> pg_backend_pid() "
    "AND wait_event IS DISTINCT FROM 'SyncRep'"  # that one is committed already
)


class Lost(Unreachable):
    """The line broke, and it is certain that nothing was saved."""


class Fate(Enum):
    """What became of a transaction."""

    COMMITTED = auto()
    ABORTED = auto()
    IN_PROGRESS = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a transaction is known after the line to it broke.

    The number alone would do as long as the server lives. After a crash, and on a standby that
    took over, it may be given to another transaction; an audit entry with its moment may not.
    """

    xid: str
    process: int
    timeline: str
    entry: int | None
    at: datetime | None


def process(session: Session) -> int:
    """Return the number of the process that serves *session* on the server."""
    driver = session.connection().connection.driver_connection
    return int(driver.info.backend_pid) if driver else 0


def commit(session: Session, progress: Progress) -> None:
    """Commit *session* and make sure of it.

    Raises `Lost` if nothing was saved, `Unreachable` if nobody can say.
    """
    mark = _mark(session) if session.info.get(WRITES) else None
    try:
        session.commit()
    except DBAPIError as error:
        if refusals.kind(error) is not Kind.LOST:
            raise
        if mark and not settle(session.get_bind().engine, mark, progress):
            raise Lost("lost") from error


def _mark(session: Session) -> Mark | None:
    last = session.info.get(ENTRY)
    entry = last.id if last else None
    xid, timeline, at = session.execute(NOTE, {"entry": entry}).one()
    return Mark(xid, process(session), timeline, entry, at) if xid else None


def settle(engine: Engine, mark: Mark, progress: Progress) -> bool:
    """Tell whether the transaction of *mark* was committed, once the server can be asked."""
    try:
        for seconds in LADDER:
            _wait_for_server(engine, seconds, progress)
            try:
                fate = _fate_in_the_end(engine, mark, progress)
            except PoolTimeout:  # all lines are busy
                continue
            except DBAPIError as error:
                if refusals.kind(error) is not Kind.LOST:
                    raise Unreachable("uncertain") from error
            else:
                if fate is Fate.UNKNOWN:
                    break
                return fate is Fate.COMMITTED
    except Cancelled as cancelled:
        raise Unreachable("uncertain") from cancelled
    raise Unreachable("uncertain")


def _fate_in_the_end(engine: Engine, mark: Mark, progress: Progress) -> Fate:
    """Ask until the transaction is over; end it if it hangs on a line that is no more."""
    begun = time.monotonic()
    with _autocommit(engine) as connection:
        while (fate := _fate(connection, mark)) is Fate.IN_PROGRESS:
            age = time.monotonic() - begun
            if age > IN_PROGRESS:
                return Fate.UNKNOWN
            if age > ORPHAN:
                connection.execute(END_ORPHAN, {"process": mark.process})
            _sleep(SLICE, progress)
    return fate


def _fate(connection: Connection, mark: Mark) -> Fate:
    if connection.scalar(TIMELINE) == mark.timeline:
        status = _status(connection, mark.xid)
        if status == "in progress":
            return Fate.IN_PROGRESS
        if status == "aborted":
            return Fate.ABORTED
    elif mark.at is None:
        return Fate.UNKNOWN
    if mark.at is None:
        return Fate.COMMITTED
    found = connection.scalar(FOUND, {"entry": mark.entry, "at": mark.at})
    return Fate.COMMITTED if found else Fate.ABORTED


def _status(connection: Connection, xid: str) -> str | None:
    try:
        status: str | None = connection.scalar(STATUS, {"xid": xid})
    except DBAPIError as error:
        if refusals.sqlstate(error) != IN_FUTURE:
            raise
        return "aborted"  # the server crashed before it had written anything of it
    return status


@dataclass
class Attempts:
    """How often and after what pause a unit of work that failed is begun anew."""

    engine: Engine
    progress: Progress
    queue: bool = False
    process: int = 0  # on the server, of the attempt before
    _clashes: int = 0
    _taken: bool = False
    _pauses: Iterator[float] | None = field(default=None, repr=False)

    def another(self, error: DBAPIError | Lost) -> None:
        """Return when it is time for another attempt; raise what there is to say if not."""
        kind = Kind.LOST if isinstance(error, Lost) else refusals.kind(error)
        if kind is Kind.QUEUE and not self.queue:
            self.queue = True
        elif kind is Kind.TAKEN and not self._taken:
            self._taken = True
        elif kind is Kind.CLASH and self._clashes < CLASHES:
            self._clashes += 1
            longest = CLASH_PAUSE * 2**self._clashes
            _sleep(random.uniform(0, longest), self.progress)
        elif kind is Kind.LOST:
            self._reconnect(error)
        else:
            _refuse(error)

    def _reconnect(self, error: DBAPIError | Lost) -> None:
        if self._pauses is None:
            begun = isinstance(error, Lost) or error.connection_invalidated
            self._pauses = iter(LADDER if begun else BRIEF)
        pause = next(self._pauses, None)
        if pause is None:
            _refuse(error)
        else:
            _wait_for_server(self.engine, pause, self.progress)
            self._tidy()

    def _tidy(self) -> None:
        """Drop lines to a server that became a standby, and end the session of a broken line.

        As long as the server does not notice the break, that session keeps its locks.
        """
        self.engine.dispose()
        ended, self.process = self.process, 0
        if ended:
            with suppress(DBAPIError, PoolTimeout), _autocommit(self.engine) as connection:
                connection.execute(END_ORPHAN, {"process": ended})


@contextmanager
def spoken() -> Iterator[None]:
    """Turn what a server says into refusals; what SQLite says stays as it is."""
    try:
        yield
    except DBAPIError as error:
        _refuse(error)
    except PoolTimeout as error:
        raise Unreachable("slow") from error


def _refuse(error: DBAPIError | Lost) -> None:
    if isinstance(error, Lost):
        raise error
    if refusal := refusals.refusal(error):
        raise refusal from error
    raise error


def _autocommit(engine: Engine) -> Connection:
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


def _wait_for_server(engine: Engine, seconds: float, progress: Progress) -> None:
    """Wait some seconds, by chance more or less; shorter if nobody listened and now one does."""
    until = time.monotonic() + seconds * random.uniform(0.8, 1.2)
    away = bool(seconds) and not connecting.listening(engine.url)
    look = time.monotonic() + BETWEEN
    while (left := until - time.monotonic()) > 0:
        _sleep(min(SLICE, left), progress)
        if away and time.monotonic() >= look:
            if connecting.listening(engine.url):
                return
            look = time.monotonic() + BETWEEN


def _sleep(seconds: float, progress: Progress) -> None:
    progress(0, 0)  # raises if the user has cancelled
    time.sleep(seconds)
