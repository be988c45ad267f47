"""Who may do what, as the server's own books say it, compared with how it ought to be.

`catalog.txt` was written by `python -m wfh_desktop.persistence.postgres.catalog URL` from a fresh
installation; whoever changes a right, a policy or a function writes it again and reads what became
different.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import Connection, create_engine

from wfh_desktop.persistence.postgres.sending import read_sql, rows

GOLDEN = "catalog.txt"


def snapshot(connection: Connection) -> frozenset[str]:
    """Return everything that decides who may do what in the database, a line for each fact.

    Every name is written with its schema, whatever the connection looks through by itself.
    """
    ((path,),) = rows(connection, "SELECT current_setting('search_path')")
    rows(connection, "SELECT set_config('search_path', 'pg_catalog', false)")
    found = frozenset(str(line) for (line,) in rows(connection, read_sql("catalog.sql")))
    rows(connection, "SELECT set_config('search_path', %s, false)", path)
    return found


def golden() -> frozenset[str]:
    """Return what `snapshot` finds in an installation in good order."""
    return frozenset(read_sql(GOLDEN).splitlines())


def differences(connection: Connection) -> list[str]:
    """Return what is there and should not be (+), and what is lacking (-)."""
    there, wanted = snapshot(connection), golden()
    return sorted(
        [f"+ {line}" for line in there - wanted] + [f"- {line}" for line in wanted - there]
    )


def write(url: str) -> None:
    """Take the database at *url* as the one in good order."""
    engine = create_engine(url)
    with engine.connect() as connection:
        text = "\n".join(sorted(snapshot(connection))) + "\n"
    engine.dispose()
    (Path(__file__).parent / GOLDEN).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1])
