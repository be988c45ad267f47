import sqlite3
import threading
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError

from wfh_desktop.domain.errors import Conflict, NotFound
from wfh_desktop.persistence import guards, schema, tracing
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import AuditEntry, Base, Ceiling, Unit

NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def unit(database, chief):
    with database.work(chief) as work:
        unit = work.add(Unit(name="Unit Contoh", valid_from=NEW_YEAR))
        work.log("unit.created", unit)
        return unit.id


def name(database, chief, unit):
    with database.work(chief) as work:
        return work.get(Unit, unit).name


def test_nothing_changes_without_a_trace(database, chief, unit):
    with pytest.raises(RuntimeError, match="did not log"), database.work(chief) as work:
        work.get(Unit, unit).name = "Unit Lain"
    assert name(database, chief, unit) == "Unit Contoh"


def test_bulk_statements_count_as_changes(database, chief, unit):
    with pytest.raises(RuntimeError, match="did not log"), database.work(chief) as work:
        work.session.execute(update(Unit).values(version=5))


def test_collects_what_was_changed(database, chief, unit):
    with database.work(chief) as work:
        record = work.get(Unit, unit)
        record.name = "Unit Lain"
        work.log("unit.renamed", record, to="Unit Lain")
    assert work.changed == {Unit, AuditEntry}


def test_a_version_read_long_ago_is_refused(database, chief, unit):
    with database.work(chief) as work:
        record = work.get(Unit, unit, 1)
        record.name = "Unit Lain"
        work.log("unit.renamed", record)
    with pytest.raises(Conflict), database.work(chief) as work:
        work.get(Unit, unit, 1)


def test_what_is_gone_is_not_found(work):
    with pytest.raises(NotFound):
        work.get(Unit, 12345)


def test_the_trace_itself_cannot_be_rewritten(database, chief, unit):
    with pytest.raises(IntegrityError), database.work(chief) as work:
        work.session.execute(update(AuditEntry).values(actor="Orang lain"))
    with pytest.raises(IntegrityError), database.work(chief) as work:
        work.session.execute(delete(AuditEntry))


def test_every_guard_stands_in_the_database(database):
    with database.engine.connect() as connection:
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        assert set(names) == {*(f"guard_{name}" for name in guards.GUARDS), *tracing.TRIGGERS}


def test_a_guard_also_stops_who_opens_the_file_with_another_program(database, chief, unit):
    other = sqlite3.connect(database.engine.url.database)
    with pytest.raises(sqlite3.IntegrityError, match="guard_audit_entry_removed"):
        other.execute("DELETE FROM audit_entry")
    other.close()


def test_a_failure_in_the_middle_leaves_nothing(database, chief):
    with pytest.raises(ZeroDivisionError), database.work(chief) as work:
        work.log("unit.created", work.add(Unit(name="Setengah", valid_from=NEW_YEAR)))
        _ = 1 / 0
    with database.work(chief) as work:
        assert list(work.session.scalars(select(Unit))) == []


def test_two_writers_that_read_first_both_succeed(tmp_path, chief):
    """Read, then write, in two threads: SQLite turns one away, and it is run again."""
    database = Database(f"sqlite:///{tmp_path}/two.db")
    Base.metadata.create_all(database.engine)
    both_have_read = threading.Barrier(2, timeout=5)
    tries = []

    def add(work):
        tries.append(1)
        count = len(work.session.scalars(select(Unit)).all())
        if len(tries) <= 2:
            both_have_read.wait()
        work.log("unit.created", work.add(Unit(name=f"Unit {count}", valid_from=NEW_YEAR)))

    threads = [threading.Thread(target=database.perform, args=(chief, add)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.work(chief) as work:
        names = work.session.scalars(select(Unit.name).order_by(Unit.name))
        assert list(names) == ["Unit 0", "Unit 1"]
    assert len(tries) == 3
    database.engine.dispose()


def test_money_is_never_a_float_between_program_and_database(empty_database, chief):
    schema.upgrade(empty_database.engine)
    exact = Decimal("12345678901234567890.123456789012345678")
    with empty_database.work(chief) as work:
        unit = work.add(Unit(name="Unit Contoh", valid_from=NEW_YEAR))
        work.session.add(Ceiling(unit_id=unit.id, year=2026, month=1, amount=exact))
        work.log("unit.created", unit)
    with empty_database.work(chief) as work:
        assert work.session.scalars(select(Ceiling.amount)).one() == exact
        assert work.session.scalar(text("SELECT typeof(amount) FROM ceiling")) == "text"
