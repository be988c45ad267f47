"""What rows may become, tried by hand with SQL by somebody who has every right in their unit."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests import regions
from tests.regions import BIDANG_A1, BIDANG_B1, DINAS_A, DINAS_B
from wfh_desktop.persistence.models import Base
from wfh_desktop.persistence.postgres.access import ACCESS
from wfh_desktop.persistence.postgres.guarding import GUARDS, INPUTS

IN_AUDIT = {"change", "seal"}  # tables of the models that lie in the other schema


def refused(connection, statement, *values):
    """Return the word with which a statement is refused."""
    with pytest.raises(psycopg.Error) as refusal:
        connection.execute(statement, values)
    return refusal.value.diag.message_primary


def person(region, unit_id):
    """Return somebody of a unit who does not sign in."""
    return region.one(
        "SELECT id FROM app.employee WHERE unit_id = %s ORDER BY id DESC LIMIT 1", unit_id
    )[0]


def test_every_table_says_who_may_do_what():
    assert set(ACCESS) == set(Base.metadata.tables) - IN_AUDIT | {"alembic_version"}
    assert set(GUARDS) <= set(ACCESS)


def test_a_row_gets_its_unit_from_its_person_and_its_version_from_the_server(region):
    key = person(region, BIDANG_A1)
    with region.connect(region.head_a) as connection:
        row = connection.execute(
            "INSERT INTO conduct_event (version, unit_id, employee_id, day, code, count, reason, "
            "document, cancelled) VALUES (77, 3, %s, '2026-10-05', 'APEL', 1, '', '', false) "
            "RETURNING unit_id, version",
            [key],
        ).fetchone()
        assert row == (BIDANG_A1, 1)


@pytest.mark.parametrize("somebody", ["elsewhere", "nobody"])
def test_a_person_of_another_unit_is_refused_like_one_who_does_not_exist(region, somebody):
    key = person(region, BIDANG_B1) if somebody == "elsewhere" else 99999
    with region.connect(region.head_a) as connection:
        said = refused(
            connection,
            "INSERT INTO conduct_event (version, unit_id, employee_id, day, code, count, reason, "
            "document, cancelled) VALUES (1, 4, %s, '2026-10-05', 'APEL', 1, '', '', false)",
            key,
        )
    assert said == 'new row violates row-level security policy for table "conduct_event"'


def test_who_and_when_are_those_of_the_login_and_of_the_server(region):
    with region.connect(region.head_a) as connection:
        actor, late = connection.execute(
            "INSERT INTO correction (version, unit_id, employee_id, day, reason, evidence, actor, "
            "at, withdrawn) VALUES (1, 4, %s, '2026-09-09', 'x', '', 'Orang Lain', "
            "'2020-01-01', false) RETURNING actor, now() - at",
            [person(region, BIDANG_A1)],
        ).fetchone()
    assert actor == "Pegawai 900"
    assert late.total_seconds() == 0


WRITES = {  # by table that a month's amounts rest on: what would change one of its rows
    "day_entry": "note = 'lain'",
    "correction": "withdrawn = true",
    "leave": "cancelled = true",
    "sanction": "cancelled = true",
    "conduct_event": "cancelled = true",
    "month_figure": "value = 1",
    "target": "title = 'lain'",
    "work_report": "text = 'lain'",
    "assessment": "note = 'lain'",
}
IN_SEPTEMBER = {
    "leave": "starts = '2026-09-03', ends = '2026-09-04'",
    "sanction": "starts = '2026-08-03', ends = '2026-09-04'",
}


@pytest.fixture(scope="module")
def september(server, region_template):
    """A region for tests that leave it as they find it, but for the one row that they change."""
    region = regions.copy(server, region_template, "region_september")
    with region.superuser() as console:
        for table, change in IN_SEPTEMBER.items():
            console.execute(f"UPDATE app.{table} SET {change}")
        console.execute("UPDATE app.work_report SET state = 'konsep'")
    yield region
    regions.drop(server, region.name)


@pytest.mark.parametrize("table", INPUTS)
def test_nothing_moves_in_a_month_that_is_final_for_the_unit_above(september, table):
    state = f"UPDATE app.recommendation SET state = %s WHERE unit_id = {DINAS_A}"
    with september.superuser() as console, september.connect(september.head_a) as connection:
        key = console.execute(
            f"SELECT id FROM app.{table} WHERE unit_id = %s ORDER BY id DESC LIMIT 1", [BIDANG_A1]
        ).fetchone()[0]
        statement = f"UPDATE {table} SET version = version + 1, {WRITES[table]} WHERE id = {key}"
        console.execute(state, ["dikunci"])
        assert refused(connection, statement) == "month_locked"
        with console.transaction():
            console.execute("SET LOCAL session_replication_role = replica")
            console.execute(state, ["draf"])
        assert connection.execute(statement).rowcount == 1


def test_only_the_wording_of_a_leave_changes_in_a_final_month(region):
    with region.superuser() as console:
        console.execute("UPDATE app.leave SET starts = '2026-09-03', ends = '2026-10-04'")
        console.execute("UPDATE app.recommendation SET state = 'dikunci' WHERE unit_id = 2")
    change = "UPDATE leave SET version = version + 1, {} WHERE unit_id = 4"
    with region.connect(region.head_a) as connection:
        assert refused(connection, change.format("ends = '2026-09-20'")) == "month_locked"
        assert refused(connection, change.format("kind = 'CS'")) == "month_locked"
        assert connection.execute(change.format("ends = '2026-10-20'")).rowcount == 1
        assert connection.execute(change.format("document = 'S-2'")).rowcount == 1


def test_nobody_puts_somebody_from_elsewhere_on_a_list(region):
    copy = (
        "INSERT INTO recommendation_line (version, unit_id, recommendation_id, employee_id, place, "
        "person, facts, result, gross, net, inputs, written_by, withdrawn) "
        "SELECT 1, 2, recommendation_id, {}, 99, person, facts, result, gross, net, '', '', false "
        "FROM recommendation_line WHERE unit_id = 2 ORDER BY gross LIMIT 1"
    )
    with region.connect(region.head_a) as connection:
        assert refused(connection, copy.format(person(region, BIDANG_B1))) == "no_position"
        own = copy.format(region.employee(region.head_a))
        assert "row-level security" in refused(connection, own)


def test_nobody_is_paid_on_two_lists(region):
    state = "UPDATE recommendation SET version = version + 1, state = 'diajukan' WHERE unit_id = %s"
    with region.superuser() as console:  # the lists as another person has computed them
        console.execute("UPDATE app.recommendation_line SET net = 1000, gross = 1000")
    with region.connect(region.head_a) as connection:
        connection.execute(state, [BIDANG_A1])
        assert refused(connection, state, DINAS_A) == "paid_twice"


def test_what_changes_after_the_calculation_must_be_calculated_again(region):
    with region.connect(region.head_a) as connection:
        connection.execute(
            "UPDATE day_entry SET version = version + 1, note = 'lain' WHERE id = "
            "(SELECT max(id) FROM day_entry WHERE unit_id = 4)"
        )
        submit = "UPDATE recommendation SET version = version + 1, {} WHERE unit_id = 2"
        assert refused(connection, submit.format("state = 'diajukan'")) == "inputs_changed"
        connection.execute(submit.format("computed_at = now()"))
        connection.execute(submit.format("state = 'diajukan'"))


def test_a_list_over_the_pagu_is_not_handed_in(region):
    with region.superuser() as console:
        console.execute("UPDATE app.ceiling SET amount = 1000")
        console.execute("UPDATE app.recommendation_line SET net = 1000, gross = 1000")
    with region.connect(region.head_a) as connection:
        said = refused(
            connection,
            "UPDATE recommendation SET version = version + 1, state = 'diajukan' WHERE unit_id = 2",
        )
    assert said == "over_ceiling"


def test_an_amount_needs_its_base_and_stays_within_it(region):
    with region.superuser() as console:
        console.execute("UPDATE app.position SET job_class = 5 WHERE unit_id = 4")
    change = (
        "UPDATE recommendation_line SET version = version + 1, gross = {0}, net = {0} WHERE id = %s"
    )
    line = region.one(
        "SELECT l.id FROM app.recommendation_line l JOIN app.recommendation r "
        "ON r.id = l.recommendation_id WHERE r.unit_id = 4 ORDER BY l.employee_id DESC LIMIT 1"
    )[0]
    with region.connect(region.head_a) as connection:
        assert refused(connection, change.format(1), line) == "no_base_amount"
        assert connection.execute(change.format(0), [line]).rowcount == 1
        with region.superuser() as console:
            console.execute("DELETE FROM app.base_amount")
        assert refused(connection, change.format(400000001), line) == "out_of_bounds"  # the pagu
        assert connection.execute(change.format(400000000), [line]).rowcount == 1
        with region.superuser() as console:
            console.execute("DELETE FROM app.ceiling")
        assert refused(connection, change.format(200000001), line) == "out_of_bounds"
        assert connection.execute(change.format(200000000), [line]).rowcount == 1


def test_nobody_writes_their_own_days_but_from_a_file_that_they_read_now(region):
    own = region.employee(region.head_a)
    file = region.one("SELECT id FROM app.imported_file WHERE unit_id = 2")[0]
    enter = (
        "INSERT INTO day_entry (version, unit_id, employee_id, day, source, note, import_id) "
        "VALUES (1, 2, %s, '2026-10-05', 'file', '', %s)"
    )
    with region.connect(region.head_a) as connection:
        assert refused(connection, enter, own, None) == "own_row"
        assert refused(connection, enter, own, file) == "own_row"
        foreign = region.one("SELECT id FROM app.imported_file WHERE unit_id = 3")[0]
        assert refused(connection, enter, person(region, BIDANG_A1), foreign) == "wrong_parent"
        with connection.transaction():
            new = connection.execute(
                "INSERT INTO imported_file (version, unit_id, kind, name, sha256, content, at, "
                "actor, summary) VALUES (1, 2, 'attlog', 'a', 'x', '', now(), '', '{}') "
                "RETURNING id"
            ).fetchone()[0]
            connection.execute(enter, [own, new])
        improve = (
            "UPDATE day_entry SET version = version + 1, time_in = '07:00' WHERE import_id = %s"
        )
        assert refused(connection, improve, new) == "own_row"


def test_nobody_takes_over_the_touches_of_somebody_else(region):
    own = region.employee(region.head_a)
    scan = region.one("SELECT max(id) FROM app.scan WHERE unit_id = 4")[0]
    move = "UPDATE scan SET employee_id = %s WHERE id = %s"
    with region.connect(region.head_a) as connection:
        assert "row-level security" in refused(connection, move, own, scan)
        assert refused(connection, move, person(region, BIDANG_B1), scan) == "no_right"
        assert "permission denied" in refused(
            connection, "UPDATE scan SET at = '07:00' WHERE id = %s", scan
        )
    with region.superuser() as console:
        assert refused(console, "UPDATE app.scan SET at = '07:00'") == "is_final"
        assert refused(console, "DELETE FROM app.scan") == "is_final"


def test_an_account_is_given_by_whoever_administers_its_person(region):
    with region.superuser() as console:
        account = console.execute(
            "SELECT id FROM app.account WHERE login = %s", [region.secretary_a]
        ).fetchone()[0]
        console.execute(
            "INSERT INTO app.mandate (version, unit_id, account_id, role, decree, valid_from, "
            "withdrawn) VALUES (1, 2, %s, 'admin', '', '2020-01-01', false)",
            [account],
        )
    make = (
        "INSERT INTO account (version, unit_id, login, name, employee_id, active) "
        "VALUES (1, 2, 'p_' || %s, 'x', %s, true)"
    )
    number = "SELECT nip FROM app.employee WHERE id = %s"
    with region.connect(region.secretary_a) as connection:
        here, there = person(region, BIDANG_A1), person(region, BIDANG_B1)
        ours, theirs = region.one(number, here)[0], region.one(number, there)[0]
        assert refused(connection, make, theirs, there) == "not_administered"
        assert refused(connection, make, theirs, None) == "not_administered"
        assert refused(connection, make, ours, there) == "not_administered"
        assert refused(connection, make, "1", None) == "login_name"
        connection.execute(make, [ours, here])
        own = "UPDATE account SET version = version + 1, active = false WHERE login = %s"
        assert connection.execute(own, [region.secretary_a]).rowcount == 0
        give = (
            "INSERT INTO mandate (version, unit_id, account_id, role, decree, valid_from, "
            "valid_to, withdrawn) VALUES (1, 2, %s, %s, '', '2026-01-01', %s, false)"
        )
        assert "row-level" in refused(connection, give, account, "kepala", None)
        other = region.one("SELECT id FROM app.account WHERE employee_id = %s", here)[0]
        assert "row-level" in refused(connection, give, other, "inspektorat", None)
        assert refused(connection, give, other, "plt", None) == "mandate_needs_end"
        connection.execute(give, [other, "plt", "2026-12-31"])


def test_the_number_of_a_login_is_moved_to_nobody_else(region):
    key = region.employee(region.head_a)
    with region.connect(region.secretary_a) as connection:
        change = "UPDATE employee SET version = version + 1, nip = NULL WHERE id = %s"
        assert refused(connection, change, key) == "immutable_column"
        assert connection.execute(change, [person(region, BIDANG_A1)]).rowcount == 1


def test_the_tree_of_units_has_no_circles_and_no_jumps(region):
    move = "UPDATE unit SET version = version + 1, parent_id = %s WHERE id = %s"
    with region.superuser() as console:
        assert refused(console, "UPDATE app.unit SET parent_id = 4 WHERE id = 2") == "unit_cycle"
        account = console.execute(
            "SELECT id FROM app.account WHERE login = %s", [region.secretary_a]
        ).fetchone()[0]
        console.execute(
            "INSERT INTO app.mandate (version, unit_id, account_id, role, decree, valid_from, "
            "withdrawn) VALUES (1, 2, %s, 'admin', '', '2020-01-01', false)",
            [account],
        )
    with region.connect(region.secretary_a) as connection:
        assert refused(connection, move, DINAS_B, BIDANG_A1) == "no_right"
        assert connection.execute(move, [DINAS_A, BIDANG_B1]).rowcount == 0
    with region.connect(region.admin) as connection:
        assert connection.execute(move, [DINAS_B, BIDANG_A1]).rowcount == 1
        assert region.one(
            "SELECT array_agg(descendant_id ORDER BY descendant_id) FROM sec.unit_closure "
            "WHERE ancestor_id = %s",
            DINAS_B,
        ) == ([DINAS_B, BIDANG_A1, BIDANG_B1],)


def test_whoever_becomes_a_member_of_those_who_read_everything_reads_no_more(region):
    """Membership alone gives nothing: what counts is who signed in, and their mandate."""
    with region.superuser() as console:
        console.execute(f"GRANT k_all TO {region.head_a}")
    try:
        with region.connect(region.head_a) as connection:
            for prepared in ("RESET ROLE", "SET ROLE k_all"):
                connection.execute(prepared)
                for table in ("app.day_entry", "audit.change", "app.account"):
                    units = connection.execute(f"SELECT DISTINCT unit_id FROM {table}")
                    assert {key for (key,) in units} <= {DINAS_A, BIDANG_A1}
    finally:
        with region.superuser() as console:
            console.execute(f"REVOKE k_all FROM {region.head_a}")


def test_nobody_fills_the_disk_with_what_knows_no_rights(region):
    with region.connect(region.head_a) as connection:
        for call in ("lo_create(0)", "lo_creat(-1)", "lo_from_bytea(0, 'x')"):
            assert "permission denied" in refused(connection, f"SELECT {call}")


def waiting(region, connection):
    """Wait until a connection waits for another one."""
    until = time.monotonic() + 10
    blocked = "SELECT cardinality(pg_blocking_pids(%s)) > 0"
    while not region.one(blocked, connection.info.backend_pid)[0]:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_change_and_the_lock_of_its_month_do_not_miss_each_other(region):
    """Whoever comes second sees what the first has done."""
    change = (
        "UPDATE day_entry SET version = version + 1, note = note || 'x' WHERE id = "
        "(SELECT max(id) FROM day_entry WHERE unit_id = 4)"
    )
    print_ = region.one("SELECT id, sec.fingerprint(id) FROM app.recommendation WHERE unit_id = 4")
    lock = (
        "UPDATE recommendation SET version = version + 1, state = 'dikunci', confirmed = "
        f"'{print_[1]}' WHERE id = {print_[0]}"
    )
    with region.superuser() as console:
        console.execute(
            "UPDATE app.recommendation SET state = 'diajukan', submitted_login = 'x' "
            "WHERE unit_id = 4"
        )
    with (
        region.connect(region.head_a) as head,
        region.connect(region.verifier) as verifier,
        ThreadPoolExecutor() as pool,
    ):
        with head.transaction():
            head.execute(change)
            late = pool.submit(refused, verifier, lock)
            waiting(region, verifier)
        assert late.result() == "inputs_changed"
        with region.superuser() as console:
            console.execute("UPDATE app.recommendation SET computed_at = clock_timestamp()")
        with verifier.transaction():
            verifier.execute(lock)
            late = pool.submit(refused, head, change)
            waiting(region, head)
        assert late.result() == "month_locked"
