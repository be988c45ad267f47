"""A unit's month, and what people type and correct in it."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import insert, select

from tests.services import offices
from wfh_desktop import words
from wfh_desktop.domain.attendance import Rule, Source, Status, Workplace
from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.models import (
    AuditEntry,
    Correction,
    DayEntry,
    Holiday,
    Leave,
    Position,
    Recommendation,
    Scan,
)
from wfh_desktop.services import attendance, attendance_entry, days_off
from wfh_desktop.services.attendance_entry import CorrectionDraft, EntryDraft, Said

SEPTEMBER = Period(2026, 9)
MONDAY = date(2026, 9, 7)
HOME = Said(Status.PRESENT, Workplace.HOME)


@pytest.fixture
def unit(work):
    return offices.office(work)


@pytest.fixture
def staff(work, unit):
    return offices.people(work, unit, 3, pins=True)


def scans(work, unit, employee_id, day, *clocks, pin="1"):
    work.session.execute(
        insert(Scan),
        [
            {
                "unit_id": unit.id,
                "employee_id": employee_id,
                "device": "1",
                "pin": pin,
                "day": day,
                "at": time.fromisoformat(clock),
            }
            for clock in clocks
        ],
    )


def on(work, unit, employee_id, day=MONDAY):
    months = attendance.month(work, unit.id, Period.of(day))
    return next(m.days[day.day - 1] for m in months if m.person.id == employee_id)


def lock(work, unit, revision=1, state=State.FINAL):
    work.add(
        Recommendation(
            unit_id=unit.id,
            year=2026,
            month=9,
            revision=revision,
            state=state,
            rule_id="contoh",
            rule_digest="",
            snapshot={},
            computed_at=work.now,
        )
    )


# the month


def test_a_month_has_every_day_of_everybody_in_order_of_rank(work, unit, staff):
    months = attendance.month(work, unit.id, SEPTEMBER)
    assert [one.person.id for one in months] == staff
    assert all(len(one.days) == 30 for one in months)
    assert months[0].summary.working_days == 22
    assert months[0].summary.unclear == 22


def test_scans_of_the_night_after_belong_to_the_day_before(work, unit, staff):
    scans(work, unit, staff[0], MONDAY, "07:40")
    scans(work, unit, staff[0], date(2026, 9, 8), "00:20", "07:30", "16:10")
    assert on(work, unit, staff[0]).left == datetime(2026, 9, 8, 0, 20)  # noqa: DTZ001
    assert on(work, unit, staff[0], date(2026, 9, 8)).time_in == time(7, 30)


def test_a_read_machine_shows_who_was_absent_but_only_people_it_knows(work, unit, staff):
    stranger = offices.people(work, unit, 1, first=4)[0]
    for number in (0, 1):
        scans(work, unit, staff[number], MONDAY, "07:30", "16:05", pin=str(number))
    assert on(work, unit, staff[2]).status is Status.ABSENT
    assert on(work, unit, stranger).question.rule is Rule.NO_PIN
    assert on(work, unit, staff[2], date(2026, 9, 8)).question.rule is Rule.NO_SOURCE


def test_a_day_on_which_hardly_anybody_scanned_makes_nobody_absent(work, unit):
    staff = offices.people(work, unit, 12, pins=True)
    for day in (7, 8, 9):
        for number, key in enumerate(staff):
            scans(work, unit, key, date(2026, 9, day), "07:30", "16:05", pin=str(number))
    scans(work, unit, staff[0], date(2026, 9, 10), "07:30", "16:05", pin="0")
    assert on(work, unit, staff[1], date(2026, 9, 10)).question.rule is Rule.THIN_COVERAGE
    assert on(work, unit, staff[0], date(2026, 9, 10)).status is Status.PRESENT


def test_the_machine_of_the_unit_above_covers_those_below(work, unit):
    below = offices.office(work, parent=unit, name="Seksi Contoh", hours=None)
    upper = offices.people(work, unit, 1, pins=True)[0]
    lower = offices.people(work, below, 1, pins=True, first=2)[0]
    scans(work, unit, upper, MONDAY, "07:30", "16:05")
    assert on(work, unit, lower).status is Status.ABSENT


def test_leave_covers_its_days_and_a_cancelled_one_does_not(work, unit, staff):
    for key, cancelled in ((staff[0], False), (staff[1], True)):
        work.add(
            Leave(
                unit_id=unit.id,
                employee_id=key,
                kind=LeaveKind.ANNUAL,
                starts=date(2026, 9, 4),
                ends=date(2026, 9, 8),
                cancelled=cancelled,
            )
        )
    granted = on(work, unit, staff[0])
    assert (granted.status, granted.leave) == (Status.LEAVE, LeaveKind.ANNUAL)
    assert on(work, unit, staff[0], date(2026, 9, 5)).status is Status.HOLIDAY
    assert on(work, unit, staff[1]).status is Status.UNCLEAR
    months = attendance.month(work, unit.id, SEPTEMBER)
    assert months[0].summary.leave == {LeaveKind.ANNUAL: 3}


def test_days_before_somebody_joined_are_nobody_s_working_days(work, unit):
    key = offices.people(work, unit, 1, since=date(2026, 9, 14))[0]
    assert on(work, unit, key).status is Status.HOLIDAY
    months = attendance.month(work, unit.id, SEPTEMBER)
    assert months[0].summary.working_days == 13


def test_each_day_is_judged_by_the_hours_of_the_unit_where_it_was_worked(work, unit):
    other = offices.office(work, name="Unit Lain", hours="five_days")
    key = offices.people(work, unit, 1)[0]
    first = work.session.scalars(select(Position).where(Position.employee_id == key)).one()
    first.valid_to = date(2026, 9, 9)
    work.add(
        Position(
            unit_id=other.id,
            employee_id=key,
            title="Arsiparis",
            level=first.level,
            job_class=8,
            valid_from=date(2026, 9, 10),
        )
    )
    for day in (9, 10):
        scans(work, unit, key, date(2026, 9, day), "07:45", "16:30")
    assert on(work, other, key, date(2026, 9, 9)).late_minutes == 0
    assert on(work, other, key, date(2026, 9, 10)).late_minutes == 15


def test_a_month_of_300_people_takes_a_fixed_number_of_queries(work, unit, queries):
    offices.people(work, unit, 2)
    with queries() as few:
        attendance.month(work, unit.id, SEPTEMBER)
    offices.people(work, unit, 298, first=3)
    with queries() as many:
        assert len(attendance.month(work, unit.id, SEPTEMBER)) == 300
    assert many() == few() <= 30


# typing days


def test_typed_days_are_stored_together_and_can_be_undone_as_a_new_action(work, unit, staff):
    drafts = [EntryDraft(key, MONDAY, HOME) for key in staff]
    changes = attendance_entry.enter(work, unit.id, drafts)
    assert len(changes) == 3
    assert on(work, unit, staff[0]).workplace is Workplace.HOME
    back = attendance_entry.undo(work, unit.id, changes)
    assert on(work, unit, staff[0]).status is Status.UNCLEAR
    attendance_entry.undo(work, unit.id, back)
    assert on(work, unit, staff[2]).workplace is Workplace.HOME
    actions = work.session.scalars(
        select(AuditEntry.action).where(AuditEntry.action == "day.entered")
    ).all()
    assert len(actions) == 9


def test_typing_what_is_there_already_changes_nothing(work, unit, staff):
    attendance_entry.enter(work, unit.id, [EntryDraft(staff[0], MONDAY, HOME)])
    again = attendance_entry.enter(work, unit.id, [EntryDraft(staff[0], MONDAY, HOME, 1)])
    assert again == ()


def test_undoing_is_refused_once_somebody_changed_the_day(work, unit, staff):
    changes = attendance_entry.enter(work, unit.id, [EntryDraft(staff[0], MONDAY, HOME)])
    duty = Said(Status.DUTY)
    attendance_entry.enter(work, unit.id, [EntryDraft(staff[0], MONDAY, duty, 1)])
    with pytest.raises(Conflict):
        attendance_entry.undo(work, unit.id, changes)


def test_one_wrong_day_keeps_all_of_them_out(database, chief):
    with database.work(chief) as work:
        unit = offices.office(work)
        staff = offices.people(work, unit, 2)
        key = unit.id
    with pytest.raises(Invalid), database.work(chief) as work:
        drafts = [EntryDraft(staff[0], MONDAY, HOME), EntryDraft(999, MONDAY, HOME)]
        attendance_entry.enter(work, key, drafts)
    with database.work(chief) as work:
        assert work.session.scalars(select(DayEntry)).all() == []


def test_a_stale_grid_does_not_overwrite_what_somebody_else_typed(work, unit, staff):
    attendance_entry.enter(work, unit.id, [EntryDraft(staff[0], MONDAY, HOME)])
    with pytest.raises(Conflict):
        attendance_entry.enter(work, unit.id, [EntryDraft(staff[0], MONDAY, Said(Status.DUTY))])


@pytest.mark.parametrize("said", [HOME, Said(None, None, time(7, 30)), Said(Status.ABSENT)])
def test_nobody_can_have_come_tomorrow(work, unit, staff, said):
    tomorrow = date(2026, 10, 5)
    with pytest.raises(Invalid) as refusal:
        attendance_entry.enter(work, unit.id, [EntryDraft(staff[0], tomorrow, said)])
    assert refusal.value.problems[0].code == "in_future"


def test_a_journey_of_next_week_can_be_entered_today(work, unit, staff):
    next_week = date(2026, 10, 5)
    drafts = [EntryDraft(staff[0], next_week, Said(Status.DUTY))]
    assert attendance_entry.enter(work, unit.id, drafts)
    assert on(work, unit, staff[0], next_week).status is Status.PENDING


def test_entering_days_fills_the_empty_calendar_of_the_year_first(work, unit, staff):
    attendance_entry.enter(work, unit.id, [EntryDraft(staff[0], MONDAY, HOME)])
    assert days_off.known(work, 2026)


def test_a_reader_may_look_and_not_type(database, chief):
    with database.work(chief) as work:
        unit = offices.office(work)
        staff, key = offices.people(work, unit, 1), unit.id
    with database.work(Actor("Pembaca", Right.READ)) as work:
        assert attendance.month(work, key, SEPTEMBER)
        with pytest.raises(NotAllowed):
            attendance_entry.enter(work, key, [EntryDraft(staff[0], MONDAY, HOME)])


# corrections


def test_a_correction_wins_and_stands_beside_the_original(work, unit, staff):
    scans(work, unit, staff[0], MONDAY, "10:51", "17:03")
    draft = CorrectionDraft("Rapat di luar", Status.PRESENT, evidence="Undangan 12")
    attendance_entry.correct(work, unit.id, staff[0], MONDAY, draft)
    details = attendance.day(work, unit.id, staff[0], MONDAY)
    assert (details.verdict.late_minutes, details.original.late_minutes) == (0, 186)
    assert [row.at for row in details.scans] == [time(10, 51), time(17, 3)]
    kept = details.corrections[0]
    assert (kept.actor, kept.reason, kept.evidence) == ("Kepala", "Rapat di luar", "Undangan 12")
    assert kept.at == datetime(2026, 10, 2, 9, 0)  # noqa: DTZ001 - the clock of the unit
    assert details.history[0].action == "day.corrected"
    assert words.cause(details.verdict.cause[0]).endswith("Rapat di luar (bukti: Undangan 12).")


def test_a_withdrawn_correction_leaves_the_day_as_it_was_and_stays_on_record(work, unit, staff):
    scans(work, unit, staff[0], MONDAY, "10:51", "17:03")
    before = on(work, unit, staff[0])
    draft = CorrectionDraft("Keliru", Status.PRESENT)
    key = attendance_entry.correct(work, unit.id, staff[0], MONDAY, draft)
    attendance_entry.withdraw(work, key, 1, "Salah orang")
    assert on(work, unit, staff[0]) == before
    details = attendance.day(work, unit.id, staff[0], MONDAY)
    assert details.corrections[0].withdrawn
    assert details.original is None
    attendance_entry.restore(work, key, 2)
    assert on(work, unit, staff[0]).corrected


def test_a_second_correction_needs_to_have_seen_the_first(work, unit, staff):
    draft = CorrectionDraft("Sakit", Status.SICK)
    first = attendance_entry.correct(work, unit.id, staff[0], MONDAY, draft)
    with pytest.raises(Conflict):
        attendance_entry.correct(work, unit.id, staff[0], MONDAY, draft)
    seen = CorrectionDraft("Izin", Status.PERMIT, replaces=first)
    second = attendance_entry.correct(work, unit.id, staff[0], MONDAY, seen)
    assert on(work, unit, staff[0]).status is Status.PERMIT
    attendance_entry.withdraw(work, second, 1)
    assert on(work, unit, staff[0]).status is Status.SICK


@pytest.mark.parametrize(
    ("draft", "day", "field"),
    [
        (CorrectionDraft(" ", Status.SICK), MONDAY, "reason"),
        (CorrectionDraft("Tanpa isi"), MONDAY, "status"),
        (CorrectionDraft("Cuti", Status.LEAVE), MONDAY, "leave"),
        (CorrectionDraft("Besok", Status.SICK), date(2026, 10, 5), "day"),
        (CorrectionDraft("Libur", Status.ABSENT), date(2026, 9, 6), "status"),
        (CorrectionDraft("Jam", None, None, time(16), time(7)), MONDAY, "time_out"),
        (CorrectionDraft("Aneh", Status.UNCLEAR), MONDAY, "status"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_at_its_field(
    work, unit, staff, draft, day, field
):
    with pytest.raises(Invalid) as refusal:
        attendance_entry.correct(work, unit.id, staff[0], day, draft)
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert words.explain(refusal.value)


def test_a_day_of_somebody_who_was_not_here_is_not_found(work, unit, staff):
    with pytest.raises(NotFound):
        attendance.day(work, unit.id, 999, MONDAY)
    with pytest.raises(Invalid):
        attendance_entry.correct(work, unit.id, 999, MONDAY, CorrectionDraft("?", Status.SICK))


# closed months


def test_a_closed_month_takes_no_entry_and_no_correction_until_it_is_reopened(work, unit, staff):
    below = offices.office(work, parent=unit, name="Seksi Contoh", hours=None)
    lower = offices.people(work, below, 1, first=4)[0]
    key = attendance_entry.correct(
        work, unit.id, staff[0], MONDAY, CorrectionDraft("Sakit", Status.SICK)
    )
    lock(work, unit)
    refused = (
        lambda: attendance.require_open(work, unit.id, SEPTEMBER),
        lambda: attendance.require_open(work, below.id, SEPTEMBER),
        lambda: attendance_entry.enter(work, unit.id, [EntryDraft(lower, MONDAY, HOME)]),
        lambda: attendance_entry.correct(
            work, unit.id, staff[1], MONDAY, CorrectionDraft("Izin", Status.PERMIT)
        ),
        lambda: attendance_entry.withdraw(work, key, 1),
    )
    for action in refused:
        with pytest.raises(Invalid) as refusal:
            action()
        assert refusal.value.problems[0].code == "month_locked"
        assert "September 2026 sudah dikunci" in words.explain(refusal.value)
    attendance.require_open(work, unit.id, Period(2026, 8))
    lock(work, unit, revision=2, state=State.DRAFT)
    attendance.require_open(work, below.id, SEPTEMBER)
    assert attendance_entry.enter(work, unit.id, [EntryDraft(lower, MONDAY, HOME)])


def test_the_clock_of_the_unit_decides_which_day_it_is(database, chief):
    with database.work(chief) as work:
        unit = offices.office(work)
        staff, key = offices.people(work, unit, 1), unit.id
    late = datetime(2026, 10, 4, 18, 0, tzinfo=UTC)  # Monday 01.00 in Jakarta
    with database.work(chief, now=late) as work:
        drafts = [EntryDraft(staff[0], date(2026, 10, 5), HOME)]
        assert attendance_entry.enter(work, key, drafts)
    kinds = {Correction, DayEntry, Holiday}
    assert work.changed & kinds == {DayEntry, Holiday}
    assert Source.MANUAL == "manual"
