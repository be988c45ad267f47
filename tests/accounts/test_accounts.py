"""Accounts and mandates on a real server, each act as the person who signs in for it."""

from datetime import timedelta

import psycopg
import pytest

from tests import regions
from tests.accounts.conftest import PASSWORD, refused_at_the_door
from tests.regions import BIDANG_A1, BIDANG_B1, DINAS_A, DINAS_B, PEMDA, nip
from wfh_desktop.domain.errors import Invalid, NotAllowed, Unreadable
from wfh_desktop.domain.mandates import RIGHTS, Role
from wfh_desktop.domain.people import Right
from wfh_desktop.persistence.models import Account, Employee, Mandate
from wfh_desktop.services import accounts, people
from wfh_desktop.services.accounts import MandateDraft, Standing

NEW = "sepeda kuda hujan"


@pytest.fixture
def today(region):
    """The date on the server's clock, in the zone of the units."""
    return region.one("SELECT sec.today('WIB')")[0]


@pytest.fixture
def clerk(does, guarded):
    """An account for a member of Bidang A1, without any mandate."""
    return does(guarded.admin, accounts.create, person(guarded, 105), NEW)


def person(region, number):
    return region.one("SELECT id FROM app.employee WHERE nip = %s", nip(number))[0]


def row(does, region, key):
    rows = does(region.admin, accounts.listing)
    return next(one for one in rows if one.id == key)


def codes(refusal):
    return [one.code for one in refusal.value.problems]


def units_of(does, login, password=NEW):
    """Return the units that somebody may read now."""

    def read(work):
        return {one.unit_id for one in work.session.query(Employee.unit_id)}

    return does(login, read, password=password)


def test_an_administrator_sees_all_accounts_with_their_mandates(does, guarded):
    rows = does(guarded.admin, accounts.listing)
    assert {one.login for one in rows} == {regions.login(name) for name in regions.CANDIDATES}
    head = next(one for one in rows if one.login == guarded.head_a)
    assert [(one.role, one.unit_id, one.standing) for one in head.mandates] == [
        (Role.HEAD, DINAS_A, Standing.RUNNING)
    ]
    assert [one.login for one in rows if one.own] == [guarded.admin]
    assert [one.role for one in does(guarded.admin, accounts.mine)] == [Role.ADMINISTRATOR]


def test_a_head_sees_the_own_account_only_and_changes_none(does, guarded):
    rows = does(guarded.head_a, accounts.listing)
    assert [one.login for one in rows] == [guarded.head_a]
    with pytest.raises(NotAllowed):
        does(guarded.head_a, accounts.create, person(guarded, 105), NEW)
    look = does(guarded.head_a, accounts.overview)
    assert (look.candidates, look.places) == ((), ())


def test_an_administrator_is_offered_the_people_without_account_and_all_units(does, guarded):
    look = does(guarded.admin, accounts.overview)
    assert [one.id for one in look.places] == [PEMDA, DINAS_A, BIDANG_A1, DINAS_B, BIDANG_B1]
    assert [one.depth for one in look.places] == [0, 1, 2, 1, 2]
    assert len(look.candidates) == 2 * regions.PEOPLE
    assert all(not one.problem for one in look.candidates)


def test_whoever_gets_an_account_signs_in_with_the_first_password(does, enter, guarded, clerk):
    login = f"p_{nip(105)}"
    with pytest.raises(NotAllowed):  # may sign in, and has no mandate yet
        does(login, people.roster, DINAS_A, regions.SEPTEMBER, password=NEW)
    opened = enter(login, NEW)
    assert (opened.actor.login, opened.actor.rights) == (login, Right(0))
    with refused_at_the_door():
        enter(login, PASSWORD)
    made = row(does, guarded, clerk)
    assert (made.login, made.name, made.active, made.mandates) == (login, "Pegawai 105", True, ())


def test_no_password_in_clear_reaches_the_server_or_its_database(does, guarded, clerk, server):
    does(f"p_{nip(105)}", accounts.change_password, "hujan kuda sepeda", "hujan kuda sepeda",
         password=NEW)  # fmt: skip
    said = server.log.read_text(errors="replace")
    kept = guarded.one("SELECT rolpassword FROM pg_authid WHERE rolname = %s", f"p_{nip(105)}")
    trace = guarded.one("SELECT string_agg(payload, '') FROM audit.change")
    for password in (NEW, "hujan kuda sepeda"):
        assert password not in said + kept[0] + trace[0]
    assert kept[0].startswith("SCRAM-SHA-256$")


def test_an_account_needs_a_valid_nip_a_good_password_and_a_person_without_one(does, guarded):
    with guarded.superuser() as connection:
        connection.execute(
            "INSERT INTO app.employee (version, unit_id, name, front_title, back_title, phone, "
            "active) VALUES (1, 4, 'Tanpa NIP', '', '', '', true)"
        )
    key = guarded.one("SELECT id FROM app.employee WHERE nip IS NULL")[0]
    with pytest.raises(Invalid) as refusal:
        does(guarded.admin, accounts.create, key, NEW)
    assert codes(refusal) == ["account_needs_nip"]
    with pytest.raises(Invalid) as refusal:
        does(guarded.admin, accounts.create, guarded.employee(guarded.head_a), NEW)
    assert codes(refusal) == ["account_there"]
    for weak in ("pendek", nip(106), "pegawai biasa 1980"):
        with pytest.raises(Invalid) as refusal:
            does(guarded.admin, accounts.create, person(guarded, 106), weak)
        assert set(codes(refusal)) <= {"password_short", "password_personal"}
    assert guarded.one("SELECT count(*) FROM pg_roles WHERE rolname = %s", f"p_{nip(106)}")[0] == 0


def test_a_stand_in_acts_from_the_first_to_the_last_day_and_not_after(does, guarded, clerk, today):
    login, day = f"p_{nip(105)}", timedelta(days=1)
    draft = MandateDraft(DINAS_A, Role.ACTING_HEAD, today + day, today + 3 * day, "SPT 1")
    key = does(guarded.admin, accounts.give, clerk, draft)

    def standing(first, last):
        one = next(m for m in row(does, guarded, clerk).mandates if m.id == key)
        moved = MandateDraft(DINAS_A, Role.ACTING_HEAD, first, last)
        does(guarded.admin, accounts.change, one.id, one.version, moved)
        again = next(m for m in row(does, guarded, clerk).mandates if m.id == key)
        return again.standing, units_of(does, login)

    own = {BIDANG_A1}  # everybody sees themselves
    assert units_of(does, login) == own
    assert standing(today, today) == (Standing.RUNNING, {DINAS_A, BIDANG_A1})  # the first day
    assert standing(today - 3 * day, today) == (Standing.RUNNING, {DINAS_A, BIDANG_A1})  # the last
    assert standing(today - 3 * day, today - day) == (Standing.ENDED, own)  # the day after
    assert standing(today + day, today + 3 * day) == (Standing.COMING, own)  # the day before


def test_the_day_is_that_of_the_unit_wherever_the_server_thinks_it_is(
    does, enter, guarded, clerk, today
):
    """Of both zones at least one has another date than Indonesia, whatever the time."""
    draft = MandateDraft(DINAS_A, Role.ACTING_HEAD, today, today)
    does(guarded.admin, accounts.give, clerk, draft)
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        with guarded.superuser() as connection:
            connection.execute(f"ALTER DATABASE {guarded.name} SET timezone = '{zone}'")
        assert enter(f"p_{nip(105)}", NEW).actor.rights == RIGHTS[Role.ACTING_HEAD]


def test_a_mandate_that_ends_takes_effect_at_the_next_statement(does, enter, guarded, clerk, today):
    login, day = f"p_{nip(105)}", timedelta(days=1)
    draft = MandateDraft(DINAS_A, Role.ACTING_HEAD, today - day, today + day)
    key = does(guarded.admin, accounts.give, clerk, draft)
    opened = enter(login, NEW)
    with opened.database.work(opened.actor) as work:
        counted = work.session.query(Employee).count
        assert counted() > 20
        one = next(m for m in row(does, guarded, clerk).mandates if m.id == key)
        does(guarded.admin, accounts.end, one.id, one.version, today - day)
        assert counted() == 1  # only themselves, in the same open transaction


def test_a_mandate_that_is_withdrawn_is_gone_and_leaves_its_trace(does, guarded, clerk, today):
    key = does(guarded.admin, accounts.give, clerk, MandateDraft(DINAS_A, Role.SECRETARIAT, today))
    does(guarded.admin, accounts.withdraw, key, 1)
    assert row(does, guarded, clerk).mandates == ()
    traced = guarded.one(
        "SELECT array_agg(op || ' ' || who ORDER BY seq) FROM audit.change "
        "WHERE tab = 'mandate' AND pk = %s", str(key)
    )  # fmt: skip
    assert traced[0] == [f"I {guarded.admin}", f"U {guarded.admin}"]


def test_a_mandate_keeps_the_rules(does, guarded, clerk, today):
    yesterday = today - timedelta(days=1)
    for unit_id, role, last, code in (
        (DINAS_A, Role.ACTING_HEAD, None, "mandate_needs_end"),
        (DINAS_A, Role.INSPECTOR, None, "mandate_at_root"),
        (DINAS_A, Role.HEAD, None, "mandate_head_taken"),
        (DINAS_A, Role.SECRETARIAT, yesterday, "before_start"),
    ):
        with pytest.raises(Invalid) as refusal:
            does(guarded.admin, accounts.give, clerk, MandateDraft(unit_id, role, today, last))
        assert codes(refusal) == [code]
    assert does(guarded.admin, accounts.give, clerk, MandateDraft(BIDANG_A1, Role.HEAD, today))


def test_nobody_changes_the_own_account_or_mandates(does, guarded, today):
    own = next(one for one in does(guarded.admin, accounts.listing) if one.own)
    (mandate,) = own.mandates
    wider = MandateDraft(PEMDA, Role.HEAD, today)
    for task, *arguments in (
        (accounts.give, own.id, wider),
        (accounts.change, mandate.id, mandate.version, wider),
        (accounts.end, mandate.id, mandate.version, today),
        (accounts.withdraw, mandate.id, mandate.version),
        (accounts.close, own.id, own.version),
        (accounts.reset_password, own.id, own.version, NEW),
    ):
        with pytest.raises(Invalid) as refusal:
            does(guarded.admin, task, *arguments)
        assert codes(refusal) == ["account_own"]


def test_what_the_program_refuses_the_server_refuses_too(does, enter, guarded, today, monkeypatch):
    """The control: without the program's own check the database still keeps the rule."""
    opened = enter(guarded.admin)
    own = guarded.one("SELECT id FROM app.account WHERE login = %s", guarded.admin)[0]

    def widen(work):
        made = Mandate(unit_id=PEMDA, account_id=own, role=Role.HEAD, valid_from=today)
        work.log("test.forged", work.add(made))

    with pytest.raises(NotAllowed):
        opened.database.perform(opened.actor, widen)


def test_an_administrator_of_a_bidang_reaches_no_other_unit(does, enter, guarded, clerk, today):
    bidang = MandateDraft(BIDANG_A1, Role.ADMINISTRATOR, today)
    does(guarded.admin, accounts.give, clerk, bidang)
    login = f"p_{nip(105)}"
    look = does(login, accounts.overview, password=NEW)
    assert [(one.id, one.depth) for one in look.places] == [(BIDANG_A1, 0)]
    assert {one.login for one in look.rows} == {login, guarded.nobody}
    other = next(one for one in look.rows if one.login == guarded.nobody)
    with pytest.raises(Invalid) as refusal:
        does(login, accounts.give, other.id, MandateDraft(DINAS_A, Role.SECRETARIAT, today),
             password=NEW)  # fmt: skip
    assert codes(refusal) == ["mandate_not_yours"]
    assert does(login, accounts.give, other.id, MandateDraft(BIDANG_A1, Role.SECRETARIAT, today),
                password=NEW)  # fmt: skip


def test_a_closed_account_is_out_at_once_and_stays_out_until_it_is_opened(does, enter, guarded):
    opened = enter(guarded.head_a)
    head = next(one for one in does(guarded.admin, accounts.listing) if one.login == guarded.head_a)
    with opened.database.engine.connect() as connection:
        does(guarded.admin, accounts.close, head.id, head.version)
        with pytest.raises(Exception, match=r"terminating connection|closed|lost"):
            connection.exec_driver_sql("SELECT 1 FROM employee")
            connection.exec_driver_sql("SELECT 1 FROM employee")
    with refused_at_the_door():
        enter(guarded.head_a)
    shown = next(one for one in does(guarded.admin, accounts.listing) if one.id == head.id)
    assert not shown.active
    does(guarded.admin, accounts.reopen, shown.id, shown.version)
    assert enter(guarded.head_a).actor.login == guarded.head_a


def test_a_closed_account_reads_nothing_even_if_its_login_were_left_open(guarded):
    """The control of the test before: the account alone closes the data."""
    with guarded.superuser() as connection:
        connection.execute(
            "UPDATE app.account SET active = false, version = version + 1 WHERE login = %s",
            [guarded.head_a],
        )
    with pytest.raises(Unreadable) as refusal:
        from wfh_desktop.persistence.opening import open_database

        open_database(guarded.url(guarded.head_a), PASSWORD)
    assert refusal.value.code == "server_no_account"
    with psycopg.connect(
        guarded.server.dsn(guarded.name, guarded.head_a), password=PASSWORD
    ) as raw:
        found = raw.execute("SELECT DISTINCT unit_id FROM app.day_entry").fetchall()
    assert found == []


def test_a_forgotten_password_is_replaced_by_an_administrator(does, enter, guarded):
    head = next(one for one in does(guarded.admin, accounts.listing) if one.login == guarded.head_a)
    with pytest.raises(Invalid):
        does(guarded.admin, accounts.reset_password, head.id, head.version, "pendek")
    does(guarded.admin, accounts.reset_password, head.id, head.version, NEW)
    with refused_at_the_door():
        enter(guarded.head_a)
    assert enter(guarded.head_a, NEW).actor.login == guarded.head_a


def test_everybody_changes_the_own_password(does, enter, guarded):
    with pytest.raises(Invalid) as refusal:
        does(guarded.head_a, accounts.change_password, NEW, "lain sama sekali")
    assert codes(refusal) == ["password_differs"]
    does(guarded.head_a, accounts.change_password, NEW, NEW)
    with refused_at_the_door():
        enter(guarded.head_a)
    assert enter(guarded.head_a, NEW).actor.login == guarded.head_a
    entry = guarded.one("SELECT actor, action FROM app.audit_entry ORDER BY id DESC LIMIT 1")
    assert entry[1] == "account.password_changed"


def test_an_account_is_found_by_nip_login_or_name(does, guarded):
    for text in (guarded.head_a, guarded.head_a[2:], "19800101 200501 1 900", "pegawai 900"):
        assert does(guarded.admin, accounts.find, text).login == guarded.head_a
    with pytest.raises(Invalid) as refusal:
        does(guarded.admin, accounts.find, "siapa saja")
    assert codes(refusal) == ["account_unknown"]


def test_a_file_has_no_accounts(work):
    look = accounts.overview(work)
    assert (look.shared, look.rows) == (False, ())
    assert accounts.mine(work) == []
    for task, *arguments in (
        (accounts.create, 1, NEW),
        (accounts.give, 1, MandateDraft(1, Role.HEAD, work.now.date())),
        (accounts.change_password, NEW, NEW),
    ):
        with pytest.raises(Invalid) as refusal:
            task(work, *arguments)
        assert codes(refusal) == ["accounts_need_server"]
    assert work.session.query(Account).count() == 0
