"""What the first page says of a unit's day and month."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from tests import offices as work_offices
from tests.services import offices
from wfh_desktop.domain.attendance import Source, Status, Workplace
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.models import DayEntry, PrintedPaper
from wfh_desktop.services import home
from wfh_desktop.services.home import Kind, Step

SEPTEMBER = Period(2026, 9)
FRIDAY = date(2026, 9, 18)
NOON = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)  # 11.00 WIB on that Friday


@pytest.fixture
def work(database, chief):
    with database.work(chief, now=NOON) as work:
        yield work


@pytest.fixture
def unit(work):
    return offices.office(work)


@pytest.fixture
def staff(work, unit):
    return offices.people(work, unit, 4)


def came(work, unit, employee_id, day=FRIDAY, **values):
    entry = {"source": Source.FILE, "time_in": time(7, 20)} | values
    work.add(DayEntry(unit_id=unit.id, employee_id=employee_id, day=day, **entry))


def steps(work, unit, period=SEPTEMBER):
    return {row.step: row for row in home.overview(work, unit.id, period).steps}


def test_today_counts_where_people_are_and_names_who_is_missing(work, unit, staff):
    came(work, unit, staff[0], workplace=Workplace.HOME)
    came(work, unit, staff[1])
    came(work, unit, staff[2], status=Status.SICK, time_in=None)
    today = home.overview(work, unit.id, SEPTEMBER).today
    assert today.day == FRIDAY
    assert today.counts == {Kind.HOME: 1, Kind.OFFICE: 1, Kind.SICK: 1, Kind.PENDING: 1}
    assert [person.id for person in today.missing] == [staff[3]]
    assert not today.holiday


def test_today_is_today_whatever_month_is_looked_at(work, unit, staff):
    came(work, unit, staff[0])
    overview = home.overview(work, unit.id, Period(2026, 8))
    assert overview.today.counts[Kind.OFFICE] == 1
    assert overview.months[0].days[0].day == date(2026, 8, 1)


def test_nobody_is_missing_on_a_day_off(database, chief):
    with database.work(chief, now=datetime(2026, 9, 20, 4, 0, tzinfo=UTC)) as work:
        unit = offices.office(work)
        offices.people(work, unit, 2)
        today = home.overview(work, unit.id, SEPTEMBER).today
    assert today.holiday
    assert today.missing == ()


def test_days_nobody_knows_anything_about_hold_the_month_up(work, unit, staff):
    row = steps(work, unit)[Step.ATTENDANCE]
    assert not row.complete
    assert row.held == 4 * 13  # four people, the working days from 1 to 17 September
    assert row.days[0] == date(2026, 9, 1)
    assert row.people == ("Pegawai 1", "Pegawai 2", "Pegawai 3", "Pegawai 4")


def test_waiting_counts_reports_late_tasks_and_unclear_days(work):
    unit = work_offices.unit(work)
    person = work_offices.somebody(work, unit)
    task = work_offices.task(work, unit, person, due=date(2026, 9, 10))
    share = work_offices.share_of(work, task)
    work_offices.report(work, share, day=date(2026, 9, 9), quantity=Decimal("0.5"))
    work_offices.task(work, unit, person, due=date(2026, 9, 11))
    waiting = home.overview(work, unit.id, SEPTEMBER).waiting
    assert (waiting.reports, waiting.oldest_days) == (1, 0)
    assert waiting.overdue >= 1
    assert home.glance(work, unit.id, SEPTEMBER).badges["work_reports"] == 1


def test_reports_are_done_when_all_are_decided(work):
    unit = work_offices.unit(work)
    person = work_offices.somebody(work, unit)
    share = work_offices.share_of(work, work_offices.task(work, unit, person))
    report = work_offices.report(work, share)
    row = steps(work, unit)[Step.REPORTS]
    assert (row.complete, row.done, row.total) == (False, 0, 1)
    from wfh_desktop.services import work_reports

    work_reports.accept(work, report, 2, 4)
    row = steps(work, unit)[Step.REPORTS]
    assert (row.complete, row.done, row.total) == (True, 1, 1)


def test_performance_names_who_is_not_appraised(work, unit, staff):
    row = steps(work, unit)[Step.PERFORMANCE]
    assert (row.complete, row.done, row.total) == (False, 0, 4)
    assert row.people == ("Pegawai 1", "Pegawai 2", "Pegawai 3", "Pegawai 4")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.DRAFT, (True, False, False)),
        (State.SUBMITTED, (True, True, False)),
        (State.FINAL, (True, True, True)),
    ],
)
def test_the_recommendation_goes_from_draft_to_locked(work, unit, staff, state, expected):
    assert not steps(work, unit)[Step.CALCULATION].complete
    work_offices.lock(work, unit, state=state)
    found = steps(work, unit)
    done = (Step.CALCULATION, Step.SUBMISSION, Step.LOCK)
    assert tuple(found[step].complete for step in done) == expected
    assert home.glance(work, unit.id, SEPTEMBER).state is state


def test_the_newest_revision_tells_the_state(work, unit, staff):
    work_offices.lock(work, unit)
    work_offices.lock(work, unit, revision=2, state=State.DRAFT)
    assert home.glance(work, unit.id, SEPTEMBER).state is State.DRAFT


def test_only_issued_papers_count_and_each_once(work, unit, staff):
    work_offices.lock(work, unit)
    for revision, draft in ((1, False), (2, False), (1, True)):
        paper = work.add(
            PrintedPaper(
                unit_id=unit.id,
                year=2026,
                month=9,
                paper="list" if not draft else "letter",
                revision=revision,
                draft=draft,
                code=f"{revision}",
                sha256="",
                content=b"",
                at=NOON,
                actor="Kepala",
            )
        )
        work.log("test.printed", paper)
    row = steps(work, unit)[Step.PAPERS]
    assert (row.complete, row.done) == (True, 1)


def test_a_unit_of_a_hundred_people_takes_no_more_queries_than_one_of_four(
    work, unit, staff, queries
):
    with queries() as few:
        home.overview(work, unit.id, SEPTEMBER)
        small = few()
    offices.people(work, unit, 96, first=10)
    with queries() as many:
        home.overview(work, unit.id, SEPTEMBER)
        large = many()
    assert large == small
