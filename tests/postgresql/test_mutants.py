"""Every damage to the rights of the server is noticed: all by its books, most by the siege."""

import random

import pytest

from tests import regions
from tests.postgresql.mutants import mutants
from tests.postgresql.siege import siege
from wfh_desktop.persistence.postgres import catalog

READ, BESIEGED = 60, 4  # all of them: tests/benchmarks/test_mutants.py
SIGHT = {"rls_off", "read_all", "update_all", "delete", "truncate", "no_read_policy"}


@pytest.fixture(scope="module")
def patient(server, region_template):
    region = regions.copy(server, region_template, "region_patient")
    yield region
    regions.drop(server, region.name)


def everything(region):
    with region.superuser() as connection:
        return list(mutants(connection, region.name, region.head_a))


def test_the_books_notice_any_damage(patient):
    """Each is done, looked at and taken back in one transaction."""
    found = everything(patient)
    assert len(found) >= 100
    database = patient.database(None)
    unnoticed = []
    with database.engine.connect() as connection:
        good = catalog.snapshot(connection)
        for mutant in random.Random(3).sample(found, READ):
            with connection.begin_nested() as moment:
                connection.exec_driver_sql(mutant.statement.replace("%", "%%"))
                if catalog.snapshot(connection) == good:
                    unnoticed.append(mutant.name)
                moment.rollback()
        assert catalog.snapshot(connection) == good
    database.engine.dispose()
    assert unnoticed == []


def test_the_siege_notices_a_sample_of_them(server, region_template):
    region = regions.copy(server, region_template, "region_sample")
    there = [one for one in everything(region) if one.name.split(".")[-1] in SIGHT and one.table]
    regions.drop(server, region.name)
    there = [one for one in there if one.table not in {"installation", "alembic_version"}]
    chosen = random.Random(11).sample(there, BESIEGED)
    assert [one.name for one in chosen if not besieged(server, region_template, one)] == []


def besieged(server, template, mutant, names=("head_a",)):
    """Do the damage to a region of its own; return what the siege of the table finds."""
    region = regions.copy(server, template, "region_mutant")
    try:
        with region.superuser() as connection:
            connection.execute(mutant.statement)
        return siege(region, names, [mutant.table], [])
    finally:
        regions.drop(server, region.name)
