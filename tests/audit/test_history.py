"""The life of a record, in both engines the same."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.audit.conftest import rename
from tests.services.offices import office, people
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.persistence.models import Leave, Sanction, Unit
from wfh_desktop.services import audit


def lines(work, table, key):
    return [
        (row.who, row.action, row.table, row.op, row.field, row.old, row.new)
        for row in audit.history(work, table, key)
    ]


@pytest.fixture(params=["file", "shared"])
def either(request):
    return request.getfixturevalue(request.param)


def test_each_change_tells_who_did_it_and_from_what_to_what(either):
    with either.work() as work:
        rename(work, "Dinas Lama")
    with either.work() as work:
        rename(work, 'Dinas "Baru"\n\\ kedua')
        who = work.actor.name
        key = work.session.query(Unit.id).filter_by(code="JEJAK").scalar()
    with either.work() as work:
        found = lines(work, "unit", key)
    assert found[0] == (
        who, "unit.renamed", "unit", "U", "name", "Dinas Lama", 'Dinas "Baru"\n\\ kedua',
    )  # fmt: skip
    assert {(op, field, new) for _, _, _, op, field, _, new in found[1:]} >= {
        ("I", "name", "Dinas Lama"),
        ("I", "valid_from", date(2026, 10, 2)),
    }
    assert not {"id", "version"} & {field for _, _, _, _, field, *_ in found}


def test_a_change_made_around_the_program_is_told_with_whoever_made_it(shared):
    with shared.region.superuser() as connection:
        connection.execute(
            "INSERT INTO app.unit (version, code, name, zone, valid_from) "
            "VALUES (1, 'X', 'Diam-diam', 'WIB', '2026-01-01')"
        )
        (key,) = connection.execute("SELECT id FROM app.unit WHERE code = 'X'").fetchone()
    with shared.work() as work:
        rows = audit.history(work, "unit", key)
    assert {(row.who, row.action) for row in rows} == {("wfh_admin", "")}


def test_whatever_follows_the_last_entry_still_belongs_to_its_own_work(file):
    with file.work() as work:
        rename(work, "Satu")
        unit = work.session.query(Unit).filter_by(code="JEJAK").one()
        unit.name = "Sesudah catatan"
        key = unit.id

    with file.everything.work(
        replace(file.chief, name="Orang lain"), now=datetime.now(UTC)
    ) as work:
        other = work.add(Unit(code="Y", name="Lain", zone="WIB", valid_from=date(2026, 1, 1)))
        work.log("unit.added", other)
    with file.work() as work:
        assert {row.who for row in audit.history(work, "unit", key)} == {file.chief.name}


def test_a_person_is_told_with_all_that_belongs_to_them(file):
    with file.work() as work:
        unit = office(work)
        (key,) = people(work, unit, 1)
        leave = work.add(
            Leave(
                unit_id=unit.id,
                employee_id=key,
                kind=LeaveKind.ANNUAL,
                starts=date(2026, 9, 7),
                ends=date(2026, 9, 8),
            )
        )
        work.log("leave.granted", leave)
        leave.ends = date(2026, 9, 9)
        work.log("leave.corrected", leave)
    with file.work() as work:
        rows = audit.history(work, "employee", key)
    told = {(row.table, row.field): (row.old, row.new) for row in reversed(rows)}
    assert told["leave", "ends"] == (date(2026, 9, 8), date(2026, 9, 9))
    assert ("leave", "employee_id") not in told  # whose history this is
    assert told["position", "title"][1]
    assert told["leave", "kind"] == (None, LeaveKind.ANNUAL)
    assert {"employee", "rank", "position"} <= {row.table for row in rows}


def test_amounts_are_exact_and_what_another_program_wrote_is_shown_as_it_stands(file):
    with file.work() as work:
        unit = office(work)
        (key,) = people(work, unit, 1)
        sanction = work.add(
            Sanction(
                unit_id=unit.id,
                employee_id=key,
                level="ringan",
                kind="Teguran",
                starts=date(2026, 9, 1),
                ends=date(2026, 9, 30),
                factor=Decimal("0.10"),
            )
        )
        work.log("sanction.recorded", sanction)
        number = sanction.id
    file.tamper(("UPDATE change SET payload = 'bukan JSON' WHERE tab = 'employee'",))
    with file.work() as work:
        rows = {row.field: row.new for row in audit.history(work, "sanction", number)}
        assert rows["factor"] == Decimal("0.10")
        assert str(rows["factor"]) == "0.10"
        assert audit.history(work, "employee", key)
