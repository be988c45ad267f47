"""Logins and mandates: what ends is gone at once, and who may give and take them."""

from datetime import timedelta

import psycopg
import pytest

SEES = "SELECT count(*) FROM app.day_entry"


def today(region):
    return region.one("SELECT sec.today('WIB')")[0]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE app.mandate SET valid_to = '{yesterday}', version = version + 1 "
        "WHERE account_id = {account}",
        "UPDATE app.mandate SET withdrawn = true, version = version + 1 "
        "WHERE account_id = {account}",
        "UPDATE app.account SET active = false, version = version + 1 WHERE id = {account}",
    ],
    ids=["ended", "withdrawn", "closed"],
)
@pytest.mark.parametrize("name", ["head_a", "inspector"])
def test_a_right_that_ends_is_gone_with_the_next_statement(region, name, change):
    who = getattr(region, name)
    account = region.one("SELECT id FROM app.account WHERE login = %s", who)[0]
    yesterday = today(region) - timedelta(1)
    with region.connect(who) as theirs, region.connect(region.admin) as admin:
        assert theirs.execute(SEES).fetchone()[0] > 0
        assert admin.execute(change.format(account=account, yesterday=yesterday)).rowcount == 1
        assert theirs.execute(SEES).fetchone() == (0,)


def test_an_acting_head_has_rights_on_the_last_day_and_none_after_it(region):
    day = today(region)
    account = region.one("SELECT id FROM app.account WHERE login = %s", region.nobody)[0]
    give = (
        "INSERT INTO app.mandate (version, unit_id, account_id, role, decree, valid_from, "
        "valid_to, withdrawn) VALUES (1, 4, %s, 'plt', '', %s, %s, false)"
    )
    with region.connect(region.nobody) as theirs, region.connect(region.admin) as admin:
        assert theirs.execute(SEES).fetchone() == (0,)
        admin.execute(give, [account, day - timedelta(9), day - timedelta(1)])
        assert theirs.execute(SEES).fetchone() == (0,)
        admin.execute(give, [account, day + timedelta(1), day + timedelta(9)])
        assert theirs.execute(SEES).fetchone() == (0,)
        admin.execute(give, [account, day, day])
        assert theirs.execute(SEES).fetchone()[0] > 0
        theirs.execute("SET timezone = 'Etc/GMT+12'")  # a clock of one's own changes nothing
        admin.execute(
            "UPDATE app.mandate SET valid_to = %s, version = version + 1 "
            "WHERE account_id = %s AND valid_to = %s",
            [day - timedelta(1), account, day],
        )
        assert theirs.execute(SEES).fetchone() == (0,)


def test_a_closed_login_is_thrown_out_and_does_not_come_back_until_it_is_opened(region):
    with region.connect(region.head_b) as theirs, region.connect(region.admin) as admin:
        assert theirs.execute("SELECT 1").fetchone() == (1,)
        admin.execute("SELECT sec.close_login(%s)", [region.head_b])
        try:
            with pytest.raises(psycopg.OperationalError):
                theirs.execute("SELECT 1")
            with pytest.raises(psycopg.OperationalError):
                region.connect(region.head_b)
        finally:
            admin.execute("SELECT sec.open_login(%s)", [region.head_b])
    with region.connect(region.head_b) as theirs:
        assert theirs.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("name", ["head_a", "secretary_a", "verifier", "inspector", "nobody"])
def test_only_an_administrator_touches_logins(region, name):
    calls = ["close_login(%s)", "open_login(%s)"]
    with region.connect(getattr(region, name)) as connection:
        for call in calls:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT sec.{call}", [region.head_b])


def test_an_administrator_of_a_department_cannot_borrow_the_rights_of_one_above(region):
    """Else they reset the password of somebody whom they administer, and sign in as them."""
    with region.superuser() as console:
        admin, head = (
            console.execute("SELECT id FROM app.account WHERE login = %s", [one]).fetchone()[0]
            for one in (region.secretary_a, region.head_a)
        )
        console.execute(
            "INSERT INTO app.mandate (version, unit_id, account_id, role, decree, valid_from, "
            "withdrawn) VALUES (1, 2, %s, 'admin', '', '2020-01-01', false), "
            "(1, 1, %s, 'verifikator', '', '2020-01-01', false)",
            [admin, head],
        )
    verifier = "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"
    with region.connect(region.secretary_a) as connection:
        for login in (
            region.head_a,
            region.secretary_a,
            region.admin,
            "p_1",
            "postgres",
            "k_owner",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute("SELECT sec.reset_login(%s, %s)", [login, verifier])
        with region.superuser() as console:
            console.execute("UPDATE app.mandate SET withdrawn = true WHERE unit_id = 1 "
                            "AND account_id = %s", [head])  # fmt: skip
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("SELECT sec.reset_login(%s, 'rahasia')", [region.head_a])
        connection.execute("SELECT sec.reset_login(%s, %s)", [region.head_a, verifier])
    with region.superuser() as console:
        console.execute(f"ALTER ROLE {region.head_a} PASSWORD NULL")
