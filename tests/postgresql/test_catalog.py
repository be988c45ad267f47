"""The server's own books against those of an installation in good order."""

import importlib.util
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests import regions
from tests.postgres import WHEEL, Server
from tests.regions import login
from wfh_desktop.persistence import postgres
from wfh_desktop.persistence.postgres import catalog
from wfh_desktop.persistence.postgres.sending import run

HOW = "read what differs; if it is meant: python -m wfh_desktop.persistence.postgres.catalog URL"
BROKEN = {  # one line for each kind of thing that the books hold
    "row security off": "ALTER TABLE app.rank DISABLE ROW LEVEL SECURITY",
    "row security off for the trace": "ALTER TABLE audit.change DISABLE ROW LEVEL SECURITY",
    "another policy": "CREATE POLICY more ON app.scan FOR SELECT TO k_user USING (true)",
    "a policy less": "DROP POLICY update ON app.unit",
    "own rows": "ALTER POLICY update ON app.assessment "
    "USING (unit_id = ANY ((SELECT sec.my_units('review'))::int[]))",
    "a table to delete from": "GRANT DELETE ON app.task TO k_user",
    "a column to change": "GRANT UPDATE (unit_id) ON app.day_entry TO k_user",
    "everything to everybody": "GRANT SELECT ON app.account TO PUBLIC",
    "no guard": "DROP TRIGGER guard ON app.leave",
    "a guard asleep": "ALTER TABLE app.recommendation DISABLE TRIGGER rule",
    "no trace": "DROP TRIGGER trace ON app.mandate",
    "references unchecked": "ALTER TABLE app.position DISABLE TRIGGER ALL",
    "identity by a setting": "CREATE OR REPLACE FUNCTION sec.my_account() RETURNS integer "
    "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp "
    "AS $$ SELECT current_setting('app.user')::integer $$",
    "a search path": "ALTER FUNCTION sec.my_units(text) RESET search_path",
    "leakproof": "ALTER FUNCTION sec.my_people(text) LEAKPROOF",
    "a function for all": "GRANT EXECUTE ON FUNCTION sec.set_secret(text, text) TO PUBLIC",
    "a function more": "CREATE FUNCTION public.more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a view as its owner": "CREATE VIEW app.all_people AS SELECT * FROM app.employee",
    "temporary tables": "GRANT TEMPORARY ON DATABASE {database} TO k_user",
    "a schema to make things in": "GRANT CREATE ON SCHEMA app TO k_user",
    "another owner": "ALTER TABLE audit.seal OWNER TO k_owner",
    "future functions for all": "ALTER DEFAULT PRIVILEGES FOR ROLE k_owner "
    "GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
    "a group that signs in": "ALTER ROLE k_user LOGIN",
    "a group that reads all": "GRANT pg_read_all_data TO k_user",
    "a superuser": "ALTER ROLE {head} SUPERUSER",
    "a login without row security": "ALTER ROLE {head} BYPASSRLS",
    "a login that makes roles": "ALTER ROLE {head} CREATEROLE",
    "a way to the owner": "GRANT k_migrator TO {head}",
    "both groups": "GRANT k_all TO {head}",
    "an owner's login": "ALTER TABLE app.rank OWNER TO {head}",
    "a setting of a login": "ALTER ROLE {head} SET search_path = public",
    "a setting of a group": "ALTER ROLE k_user SET row_security = off",
    "a reference less": "ALTER TABLE app.mandate DROP CONSTRAINT fk_mandate_unit_id_unit",
    "a sequence to look into": "GRANT SELECT ON SEQUENCE app.scan_id_seq TO k_user",
    "a rule": "CREATE RULE none AS ON INSERT TO app.rank DO INSTEAD NOTHING",
}


@pytest.fixture
def connection(region):
    engine = create_engine(region.url())
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_a_filled_database_with_logins_is_in_good_order(connection):
    assert catalog.differences(connection) == [], HOW


@pytest.mark.parametrize("name", BROKEN)
def test_the_books_tell_of(connection_of_session, name):
    connection, database = connection_of_session
    with connection.begin() as transaction:
        statement = BROKEN[name].format(head=login("head_a"), database=database)
        run(connection, statement)
        assert catalog.differences(connection)
        transaction.rollback()
    assert catalog.differences(connection) == []


@pytest.fixture(scope="module")
def connection_of_session(server, region_template):
    """A connection whose transactions are all rolled back."""
    region = regions.copy(server, region_template, "region_books")
    engine = create_engine(region.url())
    with engine.connect() as connection:
        yield connection, region.name
    engine.dispose()
    regions.drop(server, region.name)


def test_another_version_of_the_server_is_in_good_order(monkeypatch, server):
    """Each suite runs on one version; the books must read the same on the newest."""
    found = importlib.util.find_spec(WHEEL)
    newest = found and Path(found.origin).parent / "pginstall18" / "bin"
    if not newest or not newest.is_dir() or newest == server.programs:
        pytest.skip("there is only one version here")
    monkeypatch.setenv("WFH_PG_BIN", str(newest))
    other = Server()
    try:
        postgres.install(other.url(), "kinerja")
        engine = create_engine(other.url("kinerja"))
        with engine.connect() as connection:
            assert catalog.differences(connection) == [], HOW
        engine.dispose()
    finally:
        other.remove()


def test_what_does_not_belong_is_taken_away_and_what_lacks_comes_back(region, connection):
    mess = [
        "CREATE POLICY more ON app.scan FOR SELECT TO k_user USING (true)",
        "GRANT DELETE ON app.task TO k_user",
        "GRANT UPDATE (unit_id) ON app.day_entry TO k_user",
        "CREATE FUNCTION app.more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DROP TRIGGER guard ON app.leave",
        "ALTER TABLE app.rank DISABLE ROW LEVEL SECURITY",
        f"GRANT TEMPORARY ON DATABASE {region.name} TO k_user, PUBLIC",
        "GRANT CREATE ON SCHEMA app TO k_user",
        "ALTER TABLE audit.change DISABLE ROW LEVEL SECURITY",
    ]
    for statement in mess:
        run(connection, statement)
    connection.commit()
    assert len(catalog.differences(connection)) > len(mess)
    connection.commit()
    postgres.secure(connection)
    connection.commit()
    assert catalog.differences(connection) == []
