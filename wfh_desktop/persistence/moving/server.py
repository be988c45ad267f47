"""A shared server as the source or the target of a move, as its administrator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from wfh_desktop.domain.errors import Unreachable, Unreadable
from wfh_desktop.domain.moves import Finding
from wfh_desktop.persistence import connecting, postgres, refusals, schema
from wfh_desktop.persistence.moving.local import INSTALLATION
from wfh_desktop.persistence.moving.rows import Kind, Row, Shape, copied, shapes
from wfh_desktop.persistence.moving.sides import Mark
from wfh_desktop.persistence.tracing import TRACES

EACH_TIME = 1000  # rows fetched at once; fewer where they may be large
EACH_TIME_FILES = 20
RUNNING = 7_230_452_119  # any number: one move into a database at a time
AS_KEPT = {  # how a column is spelled as an SQLite file keeps it
    Kind.YES_NO: "{}::int",
    Kind.EXACT: "{}::text",
    Kind.JSON: "{}::text",
    Kind.INSTANT: "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    Kind.DAY: "to_char({}, 'YYYY-MM-DD')",
    Kind.CLOCK: "to_char({}::interval, 'HH24:MI:SS.US')",
}
SETTINGS = (
    "-c search_path=app,audit,pg_catalog -c timezone=UTC -c statement_timeout=0 "
    "-c lock_timeout=10s -c idle_in_transaction_session_timeout=0"
)


class _Server:
    """Reading the tables of a server, past all policies."""

    def __init__(self, url: str, password: str = "") -> None:
        address = make_url(url).set(drivername="postgresql+psycopg")
        self._url = address.set(password=password) if password else address
        self.name = f"{address.database} ({connecting.hosts(address)[0][0]})"
        self._engine = _engine(self._url)
        with _understood(self.name):
            self._connection = _connected(self._engine)
            superuser = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
            if self._scalar(superuser) is not True:
                self.close()
                raise Unreadable("move_not_administrator", self.name)

    def _scalar(self, query: str) -> Any:
        row = self._connection.execute(query).fetchone()
        return row and row[0]

    def _require_current(self) -> None:
        with self._engine.connect() as connection:
            match schema.state_on(connection):
                case schema.State.EMPTY:
                    raise Unreadable("server_not_installed", self.name)
                case schema.State.OLDER:
                    raise Unreadable("database_older", self.name)
                case schema.State.NEWER:
                    raise Unreadable("database_newer", self.name)

    def count(self, shape: Shape) -> int:
        """Return the number of rows of a table."""
        query = sql.SQL("SELECT count(*) FROM {}").format(_table(shape))
        with self._spoken(shape):
            return int(self._connection.execute(query).fetchall()[0][0])

    def rows(self, shape: Shape, after: int = 0) -> Iterator[Row]:
        """Yield the rows behind the one numbered *after*, spelled as an SQLite file keeps them."""
        columns = [
            sql.SQL(AS_KEPT.get(kind, "{}")).format(sql.Identifier(column))
            for column, kind in zip(shape.columns, shape.kinds, strict=True)
        ]
        query = sql.SQL("SELECT {} FROM {} WHERE {key} > %s ORDER BY {key}").format(
            sql.SQL(", ").join(columns), _table(shape), key=sql.Identifier(shape.key)
        )
        with (
            self._spoken(shape),
            self._connection.transaction(),
            self._connection.cursor(name="moving") as cursor,
        ):
            cursor.itersize = EACH_TIME_FILES if shape.has_files else EACH_TIME
            cursor.execute(query, (after,))
            yield from cursor

    @contextmanager
    def _spoken(self, shape: Shape) -> Iterator[None]:
        with _understood(self.name, shape.name):
            yield

    def close(self) -> None:
        """Let others in again."""
        self._connection.close()
        self._engine.dispose()


class ServerSource(_Server):
    """A server in which nobody else is, read as of one moment."""

    def __init__(self, url: str, password: str = "") -> None:
        super().__init__(url, password)
        try:
            self._require_current()
            with _understood(self.name):
                self._take()
        except BaseException:
            self.close()
            raise

    def _take(self) -> None:
        """Keep writers out until `close`; raise `Unreadable` if somebody is there."""
        others = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND usename LIKE 'p\\_%'"
        )
        if self._scalar(others):
            raise Unreadable("move_in_use", self.name)
        self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        tables = sql.SQL(", ").join(_table(one) for one in shapes())
        try:
            self._connection.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE NOWAIT").format(tables))
        except psycopg.errors.LockNotAvailable as error:
            raise Unreadable("move_in_use", self.name) from error
        if self._scalar(_UNFINISHED):
            raise Unreadable("move_unfinished", self.name)

    def unharmed(self) -> str:
        """Return nothing: whoever wanted to write had to wait, as long as this line holds."""
        with _understood(self.name):
            self._connection.execute("SELECT 1")
        return ""


class ServerTarget(_Server):
    """A server that is filled; until it is whole nobody else may connect to it."""

    def __init__(
        self, url: str, password: str = "", say: Callable[[str], object] = lambda _: None
    ) -> None:
        """Connect, and install where nothing is yet; raise `Unreadable` for a foreign database."""
        _prepare(url, password, say)
        super().__init__(url, password)
        try:
            self._require_current()
            if not self._scalar(f"SELECT pg_try_advisory_lock({RUNNING})"):
                raise Unreadable("move_in_use", self.name)
            self._unfinished = bool(self._scalar(_UNFINISHED))
            self.complete = not self._unfinished and any(
                self._scalar(f"SELECT 1 FROM {_schema(one)}.{one.name} LIMIT 1")  # noqa: S608
                for one in copied()
                if one.name not in TRACES  # they tell of the installation
            )
        except BaseException:
            self.close()
            raise

    def begin(self, source: str) -> Mapping[str, Mark]:
        """Close the door and note whose rows will come, or find how far the same move came."""
        with _understood(self.name), self._connection.transaction():
            if not self._unfinished:
                self._connection.execute(_BEGIN)
                self._connection.execute(
                    "INSERT INTO moving.progress VALUES ('', %s, 0, 0, '')", (source,)
                )
                self._unfinished = True
            query = "SELECT tab, source, last, rows, digest FROM moving.progress"
            marks = {tab: rest for tab, *rest in self._connection.execute(query)}
        if marks.pop("")[0] != source:
            raise Unreadable("move_other_source", self.name)
        return {tab: Mark(*rest) for tab, (_, *rest) in marks.items()}

    def write(self, shape: Shape, rows: Sequence[Row], mark: Mark) -> None:
        """Store rows and the new mark of their table, both or neither."""
        columns = sql.SQL(", ").join(sql.Identifier(one) for one in shape.columns)
        copy = sql.SQL("COPY {} ({}) FROM STDIN").format(_table(shape), columns)
        connection = self._connection
        with self._spoken(shape), connection.transaction(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            with cursor.copy(copy) as lines:
                for row in rows:
                    lines.write_row(row)
            cursor.execute(
                "INSERT INTO moving.progress VALUES (%s, '', %s, %s, %s) ON CONFLICT (tab) "
                "DO UPDATE SET (last, rows, digest) = (excluded.last, excluded.rows, "
                "excluded.digest)",
                (shape.name, mark.last, mark.rows, mark.digest),
            )

    def restart(self) -> None:
        """Throw away what an unfinished move has left."""
        if not self._unfinished:
            return
        tables = sql.SQL(", ").join(_table(one) for one in copied())
        with _understood(self.name), self._connection.transaction():
            self._connection.execute("SET LOCAL session_replication_role = replica")
            self._connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(tables))
            self._connection.execute("DROP SCHEMA moving CASCADE")
        self._unfinished = False

    def finish(self, installation: Row) -> None:
        """Secure everything anew and declare it a database: all at once."""
        with _understood(self.name):
            with self._engine.begin() as connection:
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
                _number_on(connection)
                names = ", ".join(INSTALLATION.columns)
                values = ", ".join(f":{one}" for one in INSTALLATION.columns)
                insert = f"INSERT INTO app.installation ({names}) VALUES ({values})"  # noqa: S608
                told = dict(zip(INSTALLATION.columns, installation, strict=True))
                connection.execute(text(insert), told)
                connection.exec_driver_sql("SET LOCAL session_replication_role = origin")
                postgres.secure(connection)
                connection.exec_driver_sql("DROP SCHEMA moving CASCADE")
            self._connection.execute("ANALYZE")
        self._unfinished, self.complete = False, True

    def findings(self) -> Sequence[Finding]:
        """Return in what the rights and settings of the server differ from what they should be."""
        with self._engine.connect() as connection:
            found = postgres.check(connection)
        return tuple(Finding(one.code, one.limits, one.grave) for one in found)


_UNFINISHED = "SELECT to_regclass('moving.progress') IS NOT NULL"
_BEGIN = """
CREATE SCHEMA moving;
CREATE TABLE moving.progress (tab text PRIMARY KEY, source text NOT NULL, last bigint NOT NULL,
  rows bigint NOT NULL, digest text NOT NULL);
SET LOCAL session_replication_role = replica;
DELETE FROM app.installation;
TRUNCATE audit.change, audit.seal;
DO $$ BEGIN
  EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM k_user, k_all', current_database());
END $$;
"""


def _number_on(connection: Connection) -> None:
    """Let every table give the next number after the highest that has come."""
    for one in copied():
        if one.name == "seal":
            continue
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{_schema(one)}.{one.name}', '{one.key}'), "  # noqa: S608
            f"greatest(max({one.key}), 1), max({one.key}) IS NOT NULL) "
            f"FROM {_schema(one)}.{one.name}"
        )
    # How far the seals have come is found anew: transactions count differently here.
    connection.exec_driver_sql("UPDATE audit.mark SET floor = 0, seq = 0, xid = 0")


def _prepare(url: str, password: str, say: Callable[[str], object]) -> None:
    """Install into a database that is not there yet or empty; leave every other as it is."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    address = address.set(password=password) if password else address
    name = f"{address.database} ({connecting.hosts(address)[0][0]})"
    with _understood(name):
        if _is_new(address):
            server = address.set(database="postgres").update_query_dict(_secured(address))
            postgres.install(
                server.render_as_string(hide_password=False), str(address.database), say=say
            )


def _is_new(address: URL) -> bool:
    """Tell whether the database is missing or has no tables; raise `Unreadable` for others'."""
    engine = _engine(address)
    tables = (
        "SELECT count(*), count(*) FILTER (WHERE n.nspname = 'app' AND "
        "c.relname = 'alembic_version') FROM pg_class c JOIN pg_namespace n "
        "ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND left(n.nspname, 3) <> 'pg_' "
        "AND n.nspname <> 'information_schema'"
    )
    try:
        with engine.connect() as connection:
            number, ours = connection.exec_driver_sql(tables).one()
    except DBAPIError as error:
        if refusals.connecting(error) != "server_no_database":
            raise
        return True
    finally:
        engine.dispose()
    if number and not ours:
        raise Unreadable("move_foreign", address.database)
    return not number


def _engine(address: URL) -> Engine:
    options = _secured(address) | {"connect_timeout": "5", "options": SETTINGS}
    return create_engine(address, poolclass=NullPool, hide_parameters=True, connect_args=options)


def _secured(address: URL) -> dict[str, str]:
    said = {key: str(value) for key, value in address.query.items() if key == "sslrootcert"}
    return connecting.security(address) | said


def _connected(engine: Engine) -> psycopg.Connection[Any]:
    raw = engine.raw_connection()
    connection: Any = raw.driver_connection
    raw.detach()
    connection.autocommit = True
    return connection  # type: ignore[no-any-return]


def _schema(shape: Shape) -> str:
    return "audit" if shape.name in TRACES else "app"


def _table(shape: Shape) -> sql.Composable:
    return sql.Identifier(_schema(shape), shape.name)


@contextmanager
def _understood(name: str, table: str = "") -> Iterator[None]:
    """Turn what the server says into refusals: no connection, no right, a row that does not fit."""
    try:
        yield
    except DBAPIError as error:
        if refusals.sqlstate(error) == refusals.CLIENT:
            raise Unreadable(refusals.connecting(error), name) from error
        raise
    except psycopg.errors.DataError as error:
        raise Unreadable("move_unfit", table, "?", "?") from error
    except psycopg.OperationalError as error:
        raise Unreachable("lost") from error
