"""A whole database moves to the other engine and back, and nothing is lost or believed too soon."""

import hashlib
import random
import shutil
from contextlib import closing, suppress
from types import SimpleNamespace

import psycopg
import pytest
from sqlalchemy import text

from tests.moving import office
from wfh_desktop.domain.errors import Cancelled, Invalid, Unreadable
from wfh_desktop.persistence import guards, moving
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.moving import copying, server
from wfh_desktop.persistence.opening import open_database
from wfh_desktop.services import audit, units


def sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(code):
    return pytest.raises(Unreadable, match=f"^{code} ")


def admin(place):
    return psycopg.connect(place.replace("+psycopg", ""), autocommit=True)


def stopping_after(batches):
    """Return who listens to a move and cancels it after so many batches."""
    left = SimpleNamespace(batches=batches)

    def told(_):
        left.batches -= 1
        if left.batches == 0:
            raise Cancelled

    return told


def test_there_and_back_again_nothing_has_changed(file, place, move, tmp_path):
    before = sha(file)
    there = move(file, place)
    assert there.same
    assert there.to_server
    assert (there.proof, sha(file)) == (before, before)
    assert sorted(one.name for one in there.tables) == office.tables()
    back = tmp_path / "kembali.db"
    report = move(place, back)
    assert report.same
    assert not report.to_server
    assert office.content(back) == office.content(file)
    assert not list(tmp_path.glob("*pindahan*"))


def test_what_came_back_opens_and_works_as_before(returned, tmp_path):
    opened = open_database(f"sqlite:///{shutil.copy(returned, tmp_path / 'kembali.db')}")
    verdict = opened.database.perform(office.CHIEF, audit.verify)[0]
    assert verdict.sound
    with opened.database.work(office.CHIEF) as work:
        assert work.get(office.Unit, 1).name == office.ODD
        names = work.session.connection().exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
        )
        assert set(names.scalars()) == set(guards.SQLITE)
    opened.close()


def test_the_chain_and_its_anchors_hold_on_the_server(file, moved):
    opened = open_database(f"sqlite:///{file}")
    anchor = opened.database.perform(office.CHIEF, audit.head)[0]
    opened.close()
    database = Database(moved)
    with database.work(office.CHIEF) as work:
        assert audit.holds(work, anchor)
        assert audit.verify(work, [anchor]).sound
        assert work.session.execute(text("SELECT audit.seal_now()")).scalar() > 0
        assert audit.verify(work, [anchor]).sound
        assert [row.name for row in units.tree(work, work.now.date())] == ["Pemda", office.ODD]
        work.session.rollback()
    database.engine.dispose()


def test_the_server_numbers_on_and_its_guards_stand(moved):
    with admin(moved) as connection, connection.transaction(force_rollback=True):
        new = "INSERT INTO app.unit (version, code, name, zone, valid_from) VALUES (1, '', 'Baru', "
        row = connection.execute(f"{new} 'WIB', '2026-01-01') RETURNING id").fetchone()
        assert row == (3,)
        closure = connection.execute("SELECT count(*) FROM sec.unit_closure").fetchone()
        assert closure == (4,)  # itself, its child, and the new one
        traced = connection.execute("SELECT tab, op FROM audit.change ORDER BY seq DESC LIMIT 1")
        assert traced.fetchone() == ("unit", "I")
        gone = connection.execute("SELECT to_regclass('moving.progress')").fetchone()
        assert gone == (None,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM audit.change")


def test_until_it_is_whole_nobody_can_enter(file, place, move):
    with pytest.raises(Cancelled):
        move(file, place, stopping_after(2))
    with admin(place) as connection:
        may = "SELECT has_database_privilege('k_user', current_database(), 'CONNECT')"
        assert connection.execute(may).fetchone() == (False,)
        assert connection.execute("SELECT count(*) FROM app.installation").fetchone() == (0,)
    move(file, place)
    with admin(place) as connection:
        assert connection.execute(may).fetchone() == (True,)


@pytest.mark.parametrize("direction", ["to the server", "to a file"])
def test_what_was_stopped_at_any_batch_goes_on(file, place, move, tmp_path, monkeypatch, direction):
    monkeypatch.setattr(copying, "BATCH_ROWS", 40)
    source, target = file, place
    if direction == "to a file":
        move(file, place)
        source, target = place, tmp_path / "kembali.db"
    chance = random.Random(27)
    stops = 0
    for _ in range(8):
        with suppress(Cancelled):
            move(source, target, stopping_after(chance.randrange(1, 40)))
            break
        stops += 1
    report = move(source, target)
    assert stops > 3
    assert report.same
    assert report.moved
    if direction == "to a file":
        assert office.content(target) == office.content(file)


def test_a_row_that_changed_in_between_is_found(file, place, move):
    with pytest.raises(Cancelled):
        move(file, place, stopping_after(8))
    office.change(file, "UPDATE unit SET name = 'Lain' WHERE id = 1")
    with refused("move_changed"):
        move(file, place)
    assert move(file, place, restart=True).same


def test_a_file_that_changes_while_it_is_read_is_not_believed(file, place):
    source = moving.open_source(f"sqlite:///{file}")
    target = moving.open_target(place)

    def meddle(step):
        if step.table == "unit" and file.read_bytes()[-1:] != b"!":
            with file.open("ab") as disk:
                disk.write(b"!")

    with refused("move_source_changed"):
        moving.move(source, target, meddle)
    source.close()
    target.close()
    with admin(place) as connection:
        assert connection.execute("SELECT count(*) FROM app.installation").fetchone() == (0,)


DIFFERENCES = {
    "ceiling": "UPDATE app.ceiling SET amount = 100.0 WHERE amount = 100.00",
    "imported_file": "UPDATE app.imported_file SET content = set_byte(content, 9999, 1)",
    "schedule": "UPDATE app.schedule SET hours = (hours::text || ' ')::json",
    "letterhead": "UPDATE app.letterhead SET logo = NULL",
    "scan": "DELETE FROM app.scan WHERE id = 60",
    "audit_entry": "UPDATE app.audit_entry SET at = at + interval '1 microsecond' WHERE id = 1",
    "change": "UPDATE audit.change SET payload = payload || ' ' WHERE seq = 1",
    "seal": "UPDATE audit.seal SET hash = repeat('0', 64) WHERE seal = 1",
    "position": "UPDATE app.position SET withdrawn = true WHERE id = 1",
    "installation": "UPDATE app.installation SET install_id = 'lain'",
}


def test_the_smallest_difference_is_found(file, place, move, compare):
    move(file, place)
    assert compare(file, place).same
    with admin(place) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in DIFFERENCES.values():
            connection.execute(statement)
    different = {one.name for one in compare(file, place).tables if not one.same}
    assert different == set(DIFFERENCES)


def test_a_copy_that_differs_is_never_declared(file, place, move, monkeypatch):
    """The negative control of the last comparison: an engine that rounds."""
    write = server.ServerTarget.write

    def rounding(self, shape, rows, mark):
        if shape.name == "ceiling":
            at = shape.columns.index("amount")
            rows = [(*row[:at], row[at][:8], *row[at + 1 :]) for row in rows]
        write(self, shape, rows, mark)

    with monkeypatch.context() as patch:
        patch.setattr(server.ServerTarget, "write", rounding)
        with pytest.raises(Unreadable, match=r"move_differs.*ceiling"):
            move(file, place)
    with admin(place) as connection:
        assert connection.execute("SELECT count(*) FROM app.installation").fetchone() == (0,)


def test_a_move_that_was_killed_after_its_end_is_only_compared(file, moved, move):
    report = move(file, moved)
    assert report.same
    assert not report.moved


def test_what_holds_other_data_is_refused_and_left_as_it_is(file, moved, move):
    office.change(file, "UPDATE installation SET install_id = 'lain'")
    before = sha(file)
    for options in ({}, {"restart": True}):
        with refused("move_not_empty"):
            move(file, moved, **options)
        with refused("move_not_empty"):
            move(moved, file, **options)
    assert sha(file) == before


def test_another_move_that_is_not_finished_is_not_mixed_with_this_one(file, place, move):
    with pytest.raises(Cancelled):
        move(file, place, stopping_after(3))
    office.change(file, "UPDATE installation SET install_id = 'lain'")
    with refused("move_other_source"):
        move(file, place)
    assert move(file, place, restart=True).same


def test_tables_of_another_program_are_left_alone(file, server, move):
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE foreign_tables")
    url = server.url("foreign_tables")
    with admin(url) as connection:
        connection.execute("CREATE TABLE theirs (id int)")
    with refused("move_foreign"):
        move(file, url)


def test_a_database_that_is_not_there_yet_is_made(file, server, move):
    assert move(file, server.url("made_by_moving")).same


def test_only_an_administrator_of_the_server_moves(file, moved, move):
    with admin(moved) as connection:
        connection.execute("CREATE ROLE somebody_else LOGIN")
        name = moved.rsplit("/", 1)[1]
        connection.execute(f"GRANT CONNECT ON DATABASE {name} TO somebody_else")
    with refused("move_not_administrator"):
        move(file, moved.replace("wfh_admin", "somebody_else"))


def test_a_file_that_is_open_elsewhere_is_refused(file, moved, move):
    opened = open_database(f"sqlite:///{file}")
    with refused("database_in_use"):
        move(file, moved)
    opened.close()
    move(file, moved)


def test_a_file_that_was_not_closed_well_is_refused(file):
    journal = file.with_name(f"{file.name}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9 something")
    with refused("move_unclean"):
        moving.open_source(f"sqlite:///{file}")


def test_a_server_in_which_somebody_works_is_refused(moved, move, tmp_path):
    with admin(moved) as writer, writer.transaction(force_rollback=True):
        writer.execute("UPDATE app.unit SET code = '1', version = version + 1 WHERE id = 1")
        with refused("move_in_use"):
            move(moved, tmp_path / "kembali.db")
    with admin(moved) as connection:
        connection.execute("CREATE ROLE p_198001012005011999 LOGIN IN ROLE k_user")
    signed_in = moved.replace("+psycopg", "").replace("wfh_admin", "p_198001012005011999")
    with psycopg.connect(signed_in), refused("move_in_use"):
        move(moved, tmp_path / "kembali.db")


def test_nobody_writes_to_the_server_while_it_is_read(moved):
    with closing(moving.open_source(moved)), admin(moved) as writer:
        writer.execute("SET lock_timeout = 100")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            writer.execute("UPDATE app.unit SET code = '1', version = version + 1 WHERE id = 1")


def test_a_newer_file_is_refused_and_not_touched(file):
    office.change(file, "UPDATE alembic_version SET version_num = '9999'")
    before = sha(file)
    with refused("database_newer"):
        moving.open_source(f"sqlite:///{file}")
    assert sha(file) == before


def test_an_older_file_is_refused(file):
    office.change(file, "UPDATE alembic_version SET version_num = '0002'")
    with refused("move_older"):
        moving.open_source(f"sqlite:///{file}")


def test_a_newer_server_is_refused(file, place, move, tmp_path):
    with admin(place) as connection:
        connection.execute("UPDATE app.alembic_version SET version_num = '9999'")
    with refused("database_newer"):
        move(file, place)
    with refused("database_newer"):
        move(place, tmp_path / "kembali.db")


def test_a_file_with_broken_references_is_refused(file):
    office.change(file, "DROP TRIGGER trace_alias_update")
    office.change(file, "UPDATE rank SET employee_id = 999 WHERE id = 1")
    with refused("database_damaged"):
        moving.open_source(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("value", "column"),
    [("D" * 201, "name"), ("a\0b", "name"), (b"\xff", "name"), ("1" * 41, "code")],
    ids=["too long", "nul", "no text", "too long for a code"],
)
def test_a_value_that_no_server_keeps_is_named_before_anything_moves(file, value, column):
    office.change(file, f"UPDATE unit SET {column} = ? WHERE id = 2", value)
    with pytest.raises(Unreadable, match=rf"move_unfit \('unit', '{column}'"):
        moving.open_source(f"sqlite:///{file}")


def test_two_ends_of_one_kind_are_refused(file):
    with pytest.raises(Invalid):
        moving.require_two_engines(f"sqlite:///{file}", "sqlite:///b.db")
