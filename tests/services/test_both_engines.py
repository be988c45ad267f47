"""What SQLite and PostgreSQL would do differently by themselves, and may not do here."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text, update

from tests.offices import SEPTEMBER, report, share_of, somebody, task, unit
from wfh_desktop.domain.calendar import HolidayKind
from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.work_reports import ReportState
from wfh_desktop.persistence.models import (
    Alias,
    AuditEntry,
    ConductEvent,
    Holiday,
    ImportedFile,
    Leave,
    Unit,
    WorkReport,
)
from wfh_desktop.services import days_off, leave, people, report_rows

DAY = date(2026, 9, 1)


@pytest.fixture
def place(work):
    return unit(work)


@contextmanager
def refused(work, *expected):
    """Expect problems from a block, and go on as if it had not been."""
    with pytest.raises(Invalid) as refusal, work.session.begin_nested():
        yield
        work.session.flush()
    assert [(one.field, one.code) for one in refusal.value.problems] == [*expected]


def scramble(work, kind):
    """Write every other row anew, which moves it in the heap of PostgreSQL."""
    name = kind.__tablename__
    work.session.flush()
    work.session.execute(text(f"UPDATE {name} SET id = id WHERE id % 2 = 1"))
    work.session.expire_all()


def test_text_that_is_too_long_for_its_column_is_refused_in_words(work, place):
    with refused(work, ("name", "too_long")):
        work.add(Unit(name="D" * 201, valid_from=DAY))
    work.add(Unit(name="D" * 200, valid_from=DAY))


def test_a_change_of_a_record_is_measured_as_well(work, place):
    with refused(work, ("code", "too_long")):
        work.get(Unit, place.id).code = "1" * 41


def test_letters_are_counted_and_not_their_bytes(work, place):
    made = work.add(Unit(name="é" * 200, valid_from=DAY))
    work.session.expire_all()
    assert work.get(Unit, made.id).name == "é" * 200


def test_a_text_with_a_nul_in_it_is_refused_in_words(work, place):
    with refused(work, ("name", "not_text")):
        work.add(Unit(name="Dinas\0", valid_from=DAY))


def test_a_number_beyond_that_of_a_column_is_refused_in_words(work, place):
    person = somebody(work, place)
    event = ConductEvent(
        unit_id=place.id, employee_id=person.id, day=DAY, code="apel", minutes=2**31
    )
    with refused(work, ("minutes", "out_of_range")):
        work.add(event)


def test_moments_come_back_in_utc_whatever_the_zone_of_the_server(work, place):
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text("SET LOCAL timezone = 'Asia/Jayapura'"))
    moment = datetime(2026, 9, 1, 22, 30, 0, 123456, UTC)
    work.session.add(
        AuditEntry(at=moment, actor="Kepala", action="test", subject="unit:1", details={})
    )
    work.session.flush()
    work.session.expire_all()
    found = work.session.query(AuditEntry).filter_by(action="test").one().at
    assert (found, found.utcoffset(), found.day) == (moment, timedelta(0), 1)


def test_holidays_of_everybody_stand_before_those_of_a_unit(work, place):
    for number, unit_id in enumerate((place.id, None, place.id, None)):
        work.session.add(
            Holiday(unit_id=unit_id, day=DAY, name=str(number), kind=HolidayKind.LOCAL)
        )
    scramble(work, Holiday)
    rows = days_off.listing(work, place.id, 2026)
    assert [row.name for row in rows] == ["1", "3", "0", "2"]


def test_reports_without_a_moment_stand_first(work, place):
    person = somebody(work, place)
    first = report(work, share_of(work, task(work, place, person)))
    second = report(work, share_of(work, task(work, place, person)), day=date(2026, 9, 17))
    work.session.execute(
        update(WorkReport)
        .where(WorkReport.id == second)
        .values(submitted_at=None, state=ReportState.DRAFT)
    )
    work.session.expire_all()
    rows = report_rows.fetch(work, WorkReport.unit_id == place.id)
    assert [row.id for row in rows] == [second, first]


def test_what_begins_on_the_same_day_stands_in_the_order_of_entry(work, place):
    person = somebody(work, place)
    for number in range(4):
        work.session.add(
            Leave(
                unit_id=place.id,
                employee_id=person.id,
                kind=LeaveKind.ANNUAL,
                starts=DAY,
                ends=DAY,
                note=str(number),
            )
        )
    scramble(work, Leave)
    found = leave.of_month(work, [person.id], SEPTEMBER)[person.id]
    assert [row.note for row in found] == ["0", "1", "2", "3"]


def test_other_names_are_sorted_letter_by_letter_in_any_language_of_the_server(work, place):
    person = somebody(work, place)
    for value in ("b", "A", "a-c", "ab", "B"):
        work.session.add(
            Alias(unit_id=place.id, employee_id=person.id, kind="name", device="", value=value)
        )
    found = people.details(work, person.id).aliases
    assert [row.value for row in found] == ["A", "B", "a-c", "ab", "b"]


def test_a_file_keeps_every_byte(work, place):
    content = bytes(range(256))
    kept = work.add(
        ImportedFile(
            unit_id=place.id,
            kind="days",
            name="a.bin",
            sha256="0" * 64,
            content=content,
            at=work.now,
            actor="Kepala",
            summary={"z": 1, "a": [None, True, 1.5, "é"]},
        )
    )
    work.session.expire_all()
    assert kept.content == content
    assert list(kept.summary) == ["z", "a"]
