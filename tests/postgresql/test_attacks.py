"""Somebody with psql gets nothing that the program would not give them."""

import pytest
from psycopg import sql

from tests import regions
from tests.postgresql import attacks
from tests.postgresql.attacks import IDENTITIES, TABLES, attempt, identity, on_table, rows
from tests.postgresql.handwritten import HANDWRITTEN


@pytest.fixture(scope="module")
def besieged(server, region_template):
    """One region for all attacks: whatever gets through is still there at the end."""
    region = regions.copy(server, region_template, "region_besieged")
    yield region
    regions.drop(server, region.name)


@pytest.mark.parametrize("name", IDENTITIES)
def test_each_identity_sees_exactly_the_rows_that_the_rule_says(besieged, name):
    me = identity(besieged, name)
    wrong = {}
    with besieged.connect(me.login) as connection:
        for table in TABLES:
            there = rows(besieged, table)
            allowed = {key for key, row in there.items() if me.sees(table, row)}
            query = sql.SQL("SELECT id FROM app.{}").format(sql.Identifier(table))
            seen = {key for (key,) in connection.execute(query)}
            if seen != allowed:
                wrong[table] = sorted(seen - allowed)[:3], sorted(allowed - seen)[:3]
    assert wrong == {}


@pytest.mark.parametrize("name", IDENTITIES)
def test_no_statement_reaches_beyond_ones_rights(besieged, name):
    me = identity(besieged, name)
    before = {table: rows(besieged, table) for table in TABLES}
    tried, wrong = 0, []
    with besieged.connect(me.login) as connection:
        connection.execute("SET lock_timeout = '2s'")
        for one in [*generated(me, before), *HANDWRITTEN]:
            tried += 1
            state, answer, notices = attempt(connection, one.statement)
            if state not in one.ends or (one.empty and not state and answer):
                wrong.append((one.name, state, answer[:1], notices[:1]))
            if blind(me) and regions.CANARY in f"{answer} {notices}":
                wrong.append((one.name, "leaked"))
    assert wrong == []
    assert tried > 1300
    assert trespasses(me, before, {table: rows(besieged, table) for table in TABLES}) == []


def blind(me):
    """Tell whether the identity may know nothing at all of department B."""
    return not {*regions.SIDE_B} & me.units(attacks.Right.READ)


def generated(me, before):
    """Return the attacks on every table, aimed at one row without a right and at one with."""
    for table, there in before.items():
        other = next((row for row in there.values() if not me.may_write(table, row)), None)
        mine = next((row for row in there.values() if me.may_write(table, row)), None)
        yield from on_table(table, other, mine)


def trespasses(me, before, after):
    """Return what has changed although the rule does not allow it."""
    found = []
    for table in TABLES:
        old, new = before[table], after[table]
        found += [(table, key, "gone") for key in old.keys() - new.keys()]
        for key, row in new.items():
            if old.get(key) != row and not all(
                me.may_write(table, state) for state in (row, old.get(key, row))
            ):
                found.append((table, key, "changed" if key in old else "made"))
    return found


def test_the_siege_finds_a_hole(server, region_template):
    """The control: with one policy too many, both the eyes and the siege see it."""
    region = regions.copy(server, region_template, "region_with_a_hole")
    with region.superuser() as connection:
        connection.execute("CREATE POLICY hole ON app.leave FOR SELECT TO k_user USING (true)")
        connection.execute("GRANT DELETE ON app.leave TO k_user")
        connection.execute("CREATE POLICY gone ON app.leave FOR DELETE TO k_user USING (true)")
    me = identity(region, "head_a")
    before = {table: rows(region, table) for table in TABLES}
    with region.connect(me.login) as connection:
        seen = {key for (key,) in connection.execute("SELECT id FROM app.leave")}
        other = next(row for row in before["leave"].values() if not me.sees("leave", row))
        for one in on_table("leave", other, None):
            attempt(connection, one.statement)
    assert other["id"] in seen
    after = {table: rows(region, table) for table in TABLES}
    assert ("leave", other["id"], "gone") in trespasses(me, before, after)
    regions.drop(server, region.name)
