"""How many of all damages to the rights are noticed by the books, and how many by the siege."""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run by itself, without pytest

import psycopg

from tests import regions
from tests.postgres import Server
from tests.postgresql.attacks import TABLES
from tests.postgresql.handwritten import HANDWRITTEN
from tests.postgresql.mutants import mutants
from tests.postgresql.siege import siege
from wfh_desktop.persistence.postgres import catalog

SAMPLE = 25
EYES = ("head_a", "secretary_a", "verifier", "inspector", "admin", "nobody")


def figures(*, bench=False) -> list[dict]:
    """Do every damage and count what goes unnoticed; without *bench* the siege sees a sample."""
    server = Server()
    try:
        template = regions.build(server)
        region = regions.copy(server, template, "region_mutants")
        with region.superuser() as connection:
            everything = list(mutants(connection, region.name, region.head_a))
        read = [one.name for one in everything if not _noticed(region, one)]
        chosen = everything if bench else random.Random(5).sample(everything, SAMPLE)
        survived = [one.name for one in chosen if not _besieged(server, template, one)]
    finally:
        server.remove()
    return [
        _row("kerusakan hak yang luput dari buku katalog", read, everything, 0),
        _row("kerusakan hak yang luput dari serangan", survived, chosen, 10),
    ]


def _noticed(region, mutant):
    """Tell whether the books differ while the damage is done; it is taken back at once."""
    database = region.database(None)
    with database.engine.connect() as connection:
        good = catalog.snapshot(connection)
        connection.exec_driver_sql(mutant.statement.replace("%", "%%"))
        found = catalog.snapshot(connection) != good
        connection.rollback()
    database.engine.dispose()
    return found


def _besieged(server, template, mutant):
    """Do the damage to a region of its own and attack it; tell whether anything gave way."""
    region = regions.copy(server, template, "region_mutant")
    try:
        with region.superuser() as connection:
            connection.execute(mutant.statement.replace("region_mutants", region.name))
        tables = [mutant.table] if mutant.table in TABLES else TABLES
        return any(siege(region, [name], tables, HANDWRITTEN) for name in EYES)
    finally:
        regions.drop(server, region.name)
        if mutant.mend:
            with psycopg.connect(server.dsn(), autocommit=True) as connection:
                connection.execute(mutant.mend)


def _row(name, missed, tried, bar):
    share = 100 * len(missed) / len(tried)
    return {
        "name": name,
        "value": round(share, 2),
        "unit": "%",
        "bar": bar,
        "ok": share <= bar,
        "note": f"{len(missed)} dari {len(tried)} {', '.join(missed[:12])}".strip(),
    }
