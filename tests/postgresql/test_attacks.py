"""Somebody with psql gets nothing that the program would not give them."""

import pytest

from tests import regions
from tests.postgresql.attacks import IDENTITIES, identity, on_table, rows
from tests.postgresql.siege import assault, sight, trespasses
from wfh_desktop.persistence.postgres import catalog


@pytest.fixture(scope="module")
def besieged(server, region_template):
    """One region for all attacks: whatever gets through is still there at the end."""
    region = regions.copy(server, region_template, "region_besieged")
    yield region
    regions.drop(server, region.name)


@pytest.mark.parametrize("name", IDENTITIES)
def test_each_identity_sees_exactly_the_rows_that_the_rule_says(besieged, name):
    assert list(sight(besieged, identity(besieged, name))) == []


@pytest.mark.parametrize("name", IDENTITIES)
def test_no_statement_reaches_beyond_ones_rights(besieged, name):
    tried, wrong = assault(besieged, identity(besieged, name))
    assert wrong == []
    assert tried > 1300


def test_after_all_attacks_the_rights_are_as_they_were(besieged):
    database = besieged.database(None)
    with database.engine.connect() as connection:
        assert catalog.differences(connection) == []
    database.engine.dispose()


def test_the_siege_finds_a_hole(server, region_template):
    """The control: with one policy too many, both the eyes and the siege see it."""
    region = regions.copy(server, region_template, "region_with_a_hole")
    with region.superuser() as connection:
        connection.execute("CREATE POLICY hole ON app.leave FOR SELECT TO k_user USING (true)")
        connection.execute("GRANT DELETE ON app.leave TO k_user")
        connection.execute("CREATE POLICY gone ON app.leave FOR DELETE TO k_user USING (true)")
    me = identity(region, "head_a")
    assert [found[:2] for found in sight(region, me)] == [("leave", "seen")]
    before = rows(region, "leave")
    other = next(row for row in before.values() if not me.sees("leave", row))
    _, wrong = assault(region, me, ["leave"], [])
    assert ("leave", other["id"], "gone") in wrong
    assert any(one[0] == "leave.delete" for one in wrong)
    assert trespasses(me, {"leave": before}, {"leave": rows(region, "leave")})
    assert [*on_table("leave", other, None)]
    regions.drop(server, region.name)
