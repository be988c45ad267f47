"""The server's console: what its superuser asks and does from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.persistence import address, refusals
from wfh_desktop.persistence.postgres import checking, dumping, installing
from wfh_desktop.persistence.postgres.checking import Finding
from wfh_desktop.persistence.postgres.installing import SILENT, Say
from wfh_desktop.persistence.postgres.sending import rows


class Console:
    """A server as its superuser reaches it, and the database on it that is meant.

    The password comes from where libpq takes it: `PGPASSWORD`, or the file that it knows.
    """

    def __init__(self, admin_url: str, database: str) -> None:
        """Raise `Unreadable` for an address that is none or tells a password."""
        if address.tells_password(admin_url):
            raise Unreadable("password_in_address")
        self.url = make_url(admin_url).set(drivername="postgresql+psycopg")
        self.database = database

    @property
    def database_url(self) -> str:
        """The address of the database itself."""
        return self.url.set(database=self.database).render_as_string(hide_password=False)

    def install(self, say: Say = SILENT) -> None:
        """Install or update; refuse (`Unreadable`) on a server that is too old for the program."""
        with self._connected(self.url.database or "postgres") as connection:
            ((superuser,),) = rows(
                connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
            )
            if not superuser:
                raise Unreadable("server_not_superuser")
            for one in checking.version(connection):
                if one.code == "server_too_old":
                    raise Unreadable(one.code, *one.limits)
        with self._explained():
            installing.install(self._admin, self.database, say=say)

    def check(self) -> list[Finding]:
        """Return what is not in order, the grave first."""
        with self._connected(self.database) as connection:
            return checking.check(connection)

    def is_empty(self) -> bool:
        """Tell whether nobody can sign in yet."""
        with self._connected(self.database) as connection:
            ((number,),) = rows(connection, "SELECT count(*) FROM app.mandate")
            return not number

    def dump(self, folder: Path, say: Say = SILENT) -> Path:
        """Write the database into a new file; return the file."""
        with self._explained():
            return dumping.dump(self._admin, self.database, folder, say)

    def restore(self, file: Path, say: Say = SILENT) -> list[str]:
        """Fill a new database from a file; return the tables that differ."""
        with self._explained():
            return dumping.restore(self._admin, self.database, file, say)

    @property
    def _admin(self) -> str:
        return self.url.render_as_string(hide_password=False)

    @contextmanager
    def _connected(self, database: str) -> Iterator[Connection]:
        with self._explained(), installing.console(self.url.set(database=database)).connect() as it:
            yield it

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn an error of the server into the refusal that it means."""
        try:
            yield
        except DBAPIError as error:
            refusal = refusals.refusal(error, self.database)
            if refusal is None:
                raise
            raise refusal from error
