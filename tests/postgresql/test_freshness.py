"""Whoever looks on sees every change in their units, and nothing of others."""

import pytest
from sqlalchemy import event

from tests import regions
from wfh_desktop.persistence.models import AuditEntry, Base, Installation, Record, Seal
from wfh_desktop.services import freshness

UNITS = (regions.DINAS_A, regions.BIDANG_A1)
EVERYTHING = frozenset(one.class_ for one in Base.registry.mappers) - {Installation, Seal}
PEOPLE = {"rank"}  # rows that name a person, not a unit


@pytest.fixture
def region(common_region):
    return common_region


@pytest.fixture
def look(region):
    """Return what the head of department A sees at the moment."""
    database = region.database(region.head_a)
    actor = region.actor(region.head_a)
    sent = []
    event.listen(database.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))

    def look(units=UNITS):
        sent.clear()
        found, changed = database.perform(
            actor, lambda work: freshness.marks(work, EVERYTHING, units, regions.SEPTEMBER)
        )
        assert not changed
        assert sum("UNION ALL" in one for one in sent) == 1
        assert len(sent) <= 2  # the other asks for the time
        return found

    yield look
    database.engine.dispose()


def rows(region, units):
    """Return a row of every table of records that has one in the units and the month."""
    found = {}
    for kind in EVERYTHING:
        table = kind.__table__
        if not issubclass(kind, Record) or not ({"unit_id", "employee_id"} & set(table.c.keys())):
            continue
        where = f"unit_id = ANY('{{{','.join(map(str, units))}}}')"
        if table.name in PEOPLE:
            where = f"employee_id IN (SELECT id FROM app.employee WHERE {where})"
        if "month" in table.c:
            where += f" AND month = {regions.SEPTEMBER.month}"
        if "day" in table.c:
            where += " AND day BETWEEN '2026-09-01' AND '2026-09-30'"
        row = region.one(f"SELECT max(id) FROM app.{table.name} WHERE {where}")
        if row[0]:
            found[table.name] = row[0]
    return found


def touch(region, table, key):
    """Let somebody change a row, whatever the guards would say."""
    with region.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            f"UPDATE app.{table} SET version = version + 1 WHERE id = %s",
            [key],
        )


def test_every_change_in_ones_units_is_seen(region, look):
    found = rows(region, UNITS)
    assert len(found) > 20
    unseen = []
    for table, key in found.items():
        before = look()
        touch(region, table, key)
        after = look()
        if {name for name in after if after[name] != before[name]} != {table}:
            unseen.append(table)
    assert set(unseen) == {"account", "mandate"}  # of others: not the head's to read


def test_changes_in_other_units_are_nobodys_business(region, look):
    everywhere = range(1, 6)
    before = look(everywhere)
    for table, key in rows(region, (regions.DINAS_B, regions.BIDANG_B1)).items():
        touch(region, table, key)
    assert look(everywhere) == before


def test_what_is_only_ever_added_is_seen_too(region, look):
    before = look()
    with region.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "INSERT INTO app.scan (id, unit_id, device, pin, day, at) "
            "VALUES (9999, 4, 'M9', '1', '2026-09-01', '07:00')"
        )
    added = look()
    assert added["scan"] != before["scan"]
    with region.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE app.scan SET employee_id = 9 WHERE id = 9999")
    assert look()["scan"] != added["scan"]
    assert AuditEntry.__tablename__ in added
