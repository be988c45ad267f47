"""A file with a row of every kind in it, for tests of moving."""

import sqlite3
from datetime import UTC, date, datetime, time
from decimal import Decimal

from tests.conftest import NOW
from tests.services.tpp_months import SEPTEMBER, prepared
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.persistence.models import (
    Account,
    Base,
    Ceiling,
    ImportedFile,
    Letterhead,
    Mandate,
    MonthFigure,
    Scan,
    Unit,
)
from wfh_desktop.persistence.opening import open_database
from wfh_desktop.services import audit, tpp

CHIEF = Actor("Kepala", EVERYTHING)
ODD = 'Dinas "A", B; é\\n\n\ttab 日本 \\N = +1'
EXACT = Decimal("12345678901234567890.123456789012345600")


def build(path, people=3):
    """Make a file with a month of a unit, odd texts, files, exact amounts and sealed changes."""
    opened = open_database(f"sqlite:///{path}")
    with opened.database.work(CHIEF, now=NOW) as work:
        unit = prepared(work, people)
        key = unit.id
        tpp.compute(work, unit.id, SEPTEMBER)
        work.session.add_all(_odd_rows(unit))
        above = work.add(Unit(name="Pemda", valid_from=date(2020, 1, 1)))  # listed after its child
        work.get(Unit, unit.id).parent_id = above.id
        work.log("test.prepared", unit)
    opened.database.perform(CHIEF, audit.seal)
    with opened.database.work(CHIEF, now=NOW) as work:
        work.get(Unit, key).name = ODD
        work.log("test.renamed", work.get(Unit, key))
    opened.close()
    return path


def _odd_rows(unit):
    kept = ImportedFile(
        unit_id=unit.id,
        kind="scans",
        name=ODD,
        sha256="0" * 64,
        content=bytes(range(256)) * 40,
        at=datetime(2026, 9, 30, 23, 59, 59, 999999, UTC),
        actor="Kepala",
        summary={"z": [1.5, None, True, "é", {"b": 1e-9}], "a": ODD},
    )
    yield kept
    yield Letterhead(unit_id=unit.id, government=ODD, logo=b"")
    yield Ceiling(unit_id=unit.id, year=2026, month=9, amount=EXACT)
    yield Ceiling(unit_id=unit.id, year=2026, month=10, amount=Decimal("100.00"))
    yield Ceiling(unit_id=unit.id, year=2026, month=11, amount=Decimal("-0.50"))
    yield Ceiling(unit_id=unit.id, year=2026, month=12, amount=Decimal("1E+3"))
    yield MonthFigure(
        unit_id=unit.id, employee_id=unit.keys[0], year=2026, month=9, code="x", value=None
    )
    yield Account(unit_id=unit.id, login="p_198001012005011001", name="Pegawai 1")
    yield Mandate(unit_id=unit.id, account_id=1, role="kepala", valid_from=date(2020, 1, 1))
    for minute in range(60):
        yield Scan(
            unit_id=unit.id,
            employee_id=unit.keys[0],
            device="1",
            pin="0001",
            day=date(2026, 9, 1),
            at=time(7, minute, 30),
        )


def content(path):
    """Return all rows, indexes and triggers of a file as statements, in no order.

    Migrations write the constraints of a table in any order, so tables are left out.
    """
    connection = sqlite3.connect(path)
    lines = sorted(line for line in connection.iterdump() if not line.startswith("CREATE TABLE"))
    connection.close()
    return lines


def change(path, statement, *values):
    """Change a file behind the back of the program."""
    connection = sqlite3.connect(path)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def tables():
    """Return the names of all tables."""
    return sorted(table.name for table in Base.metadata.sorted_tables)
