"""When units work, as stored and inherited."""

from datetime import date, time

import pytest
from sqlalchemy import select

from wfh_desktop.domain.calendar import PRESETS, DayHours, HolidayKind, Zone
from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.models import AuditEntry, Holiday, Recommendation, Unit
from wfh_desktop.services import calendar, days_off
from wfh_desktop.services.calendar import ScheduleDraft
from wfh_desktop.services.days_off import HolidayDraft

START = date(2020, 1, 1)
MARCH = Period(2026, 3)
BY_KEY = {preset.key: preset.hours for preset in PRESETS}
USUAL = ScheduleDraft("Biasa", BY_KEY["five_days"], START)


@pytest.fixture
def dinas(work):
    unit = work.add(Unit(name="Dinas Contoh", valid_from=START, zone=Zone.WITA))
    work.log("test.prepared", unit)
    return unit


@pytest.fixture
def bidang(work, dinas):
    return work.add(
        Unit(name="Bidang Contoh", parent_id=dinas.id, valid_from=START, zone=Zone.WITA)
    )


def locked(work, unit, period):
    return work.add(
        Recommendation(
            unit_id=unit.id,
            year=period.year,
            month=period.month,
            revision=1,
            state=State.FINAL,
            rule_id="contoh",
            rule_digest="",
            snapshot={},
            computed_at=work.now,
        )
    )


def test_a_unit_works_by_the_hours_of_the_unit_above(work, dinas, bidang):
    calendar.add_schedule(work, dinas.id, USUAL)
    found = calendar.calendar(work, bidang.id, MARCH)
    assert found.hours(date(2026, 3, 2)) == DayHours(time(7, 30), time(16), 60)
    assert found.zone is Zone.WITA


def test_hours_from_a_day_on_leave_the_days_before_alone(work, dinas):
    calendar.add_schedule(work, dinas.id, USUAL)
    calendar.add_schedule(
        work,
        dinas.id,
        ScheduleDraft("Ramadan", BY_KEY["ramadan"], date(2026, 2, 18), date(2026, 3, 19)),
    )
    found = calendar.calendar(work, dinas.id, MARCH)
    assert found.hours(date(2026, 3, 2)).starts == time(8)
    assert found.hours(date(2026, 3, 20)).starts == time(7, 30)


def test_every_change_of_hours_is_traced_with_what_was_before(work, dinas):
    key = calendar.add_schedule(work, dinas.id, USUAL)
    calendar.change_schedule(work, key, 1, ScheduleDraft("Pagi", BY_KEY["six_days"], START))
    entry = work.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "schedule.changed")
    ).one()
    assert entry.details["before"]["name"] == "Biasa"
    assert entry.details["after"]["hours"]["5"] == {"starts": "07:30", "ends": "13:00", "rest": 0}


def test_cancelled_hours_count_no_more(work, dinas):
    key = calendar.add_schedule(work, dinas.id, USUAL)
    calendar.cancel_schedule(work, key, 1)
    assert calendar.calendar(work, dinas.id, MARCH).schedule(date(2026, 3, 2)) is None
    assert calendar.schedules(work, dinas.id, date(2026, 3, 2)) == []


def test_lists_own_hours_before_inherited_ones(work, dinas, bidang):
    calendar.add_schedule(work, dinas.id, USUAL)
    calendar.add_schedule(work, bidang.id, ScheduleDraft("Sendiri", BY_KEY["six_days"], START))
    rows = calendar.schedules(work, bidang.id, date(2026, 3, 2))
    assert [(row.name, row.own, row.unit) for row in rows] == [
        ("Sendiri", True, "Bidang Contoh"),
        ("Biasa", False, "Dinas Contoh"),
    ]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ScheduleDraft(" ", BY_KEY["five_days"], START), "name"),
        (ScheduleDraft("Kosong", {}, START), "hours"),
        (ScheduleDraft("Terbalik", BY_KEY["five_days"], START, date(2019, 1, 1)), "valid_to"),
        (ScheduleDraft("Rehat", {0: DayHours(time(8), time(9), 60)}, START), "hours"),
    ],
)
def test_refuses_hours_that_cannot_be(work, dinas, draft, field):
    with pytest.raises(Invalid) as refusal:
        calendar.add_schedule(work, dinas.id, draft)
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_hours_cannot_change_in_a_month_that_is_closed(work, dinas, bidang):
    key = calendar.add_schedule(work, dinas.id, USUAL)
    locked(work, bidang, MARCH)
    with pytest.raises(Invalid) as refusal:
        calendar.change_schedule(work, key, 1, ScheduleDraft("Baru", BY_KEY["six_days"], START))
    assert refusal.value.problems[0].code == "month_locked"
    later = ScheduleDraft("Baru", BY_KEY["six_days"], date(2026, 4, 1))
    calendar.add_schedule(work, dinas.id, later)


def test_only_an_administrator_changes_the_calendar(database, work, dinas):
    work.session.commit()
    clerk = Actor("Sekretariat", Right.READ | Right.RECORD)
    with database.work(clerk) as theirs, pytest.raises(NotAllowed):
        calendar.add_schedule(theirs, 1, USUAL)


def test_seeds_the_national_holidays_and_cuti_bersama_of_2026(work):
    seeded = days_off.seed(work, 2026)
    kinds = work.session.scalars(select(Holiday.kind)).all()
    assert len(seeded.added) == 25
    assert kinds.count(HolidayKind.NATIONAL) == 17
    assert kinds.count(HolidayKind.CUTI_BERSAMA) == 8
    assert days_off.known(work, 2026)
    assert not days_off.known(work, 2025)


def test_seeding_again_keeps_what_users_changed(work, dinas):
    days_off.seed(work, 2026)
    rows = {row.day: row for row in days_off.listing(work, dinas.id, 2026)}
    nyepi, christmas, eve = (rows[date(2026, *day)] for day in ((3, 19), (12, 25), (12, 24)))
    days_off.change(work, nyepi.id, 1, HolidayDraft(date(2026, 3, 17), "Nyepi", nyepi.kind))
    days_off.change(work, christmas.id, 1, HolidayDraft(christmas.day, "Natal", christmas.kind))
    days_off.cancel(work, eve.id, 1)
    again = days_off.seed(work, 2026)
    assert again.added == ()
    assert sorted(again.kept) == [date(2026, 3, 17), date(2026, 12, 24), date(2026, 12, 25)]
    after = {row.day: row for row in days_off.listing(work, dinas.id, 2026)}
    assert date(2026, 3, 19) not in after
    assert after[date(2026, 12, 25)].name == "Natal"
    assert after[date(2026, 12, 24)].cancelled


def test_a_day_that_the_decree_dropped_is_named_and_not_removed(work):
    days_off.seed(work, 2026)
    row = work.session.scalars(select(Holiday).where(Holiday.day == date(2026, 12, 24))).one()
    row.seeded_day = date(2026, 12, 23)
    work.session.flush()
    assert days_off.seed(work, 2026).unlisted == (date(2026, 12, 24),)


def test_a_local_holiday_holds_for_a_unit_and_below_and_not_beside(work, dinas, bidang):
    calendar.add_schedule(work, dinas.id, USUAL)
    other = work.add(Unit(name="Dinas Lain", valid_from=START))
    days_off.add(work, dinas.id, HolidayDraft(date(2026, 3, 2), "Hari Jadi Kota"))
    assert calendar.calendar(work, bidang.id, MARCH).holiday(date(2026, 3, 2)) == "Hari Jadi Kota"
    assert calendar.calendar(work, other.id, MARCH).holiday(date(2026, 3, 2)) is None


def test_a_unit_that_serves_the_public_may_work_on_a_holiday(work, dinas, bidang):
    calendar.add_schedule(work, dinas.id, USUAL)
    days_off.seed(work, 2026)
    nyepi = next(r for r in days_off.listing(work, dinas.id, 2026) if r.day == date(2026, 3, 19))
    days_off.exempt(work, bidang.id, nyepi.id)
    assert calendar.calendar(work, bidang.id, MARCH).hours(date(2026, 3, 19))
    assert calendar.calendar(work, dinas.id, MARCH).hours(date(2026, 3, 19)) is None


def test_a_holiday_cannot_be_entered_twice_or_in_a_closed_month(work, dinas):
    days_off.add(work, dinas.id, HolidayDraft(date(2026, 4, 6), "Hari Jadi"))
    with pytest.raises(Invalid) as refusal:
        days_off.add(work, dinas.id, HolidayDraft(date(2026, 4, 6), "Hari Jadi"))
    assert refusal.value.problems[0].code == "holiday_known"
    locked(work, dinas, MARCH)
    with pytest.raises(Invalid) as refusal:
        days_off.add(work, None, HolidayDraft(date(2026, 3, 6), "Pemilu", HolidayKind.NATIONAL))
    assert refusal.value.problems[0].code == "month_locked"


def test_a_stale_holiday_is_not_overwritten(work, dinas):
    key = days_off.add(work, dinas.id, HolidayDraft(date(2026, 4, 6), "Hari Jadi"))
    days_off.cancel(work, key, 1)
    with pytest.raises(Conflict):
        days_off.cancel(work, key, 1)
    days_off.cancel(work, key, 2, cancelled=False)
