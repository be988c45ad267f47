"""The demo unit shows what an office lives through, and every figure of it can be trusted."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from wfh_desktop.domain import nip
from wfh_desktop.domain.attendance import Workplace
from wfh_desktop.domain.people import EVERYTHING, Actor, Capacity, EmploymentStatus, Level
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.domain.work_reports import ReportState
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import Base
from wfh_desktop.services import attendance, demo, people, performance, tpp, units, work_reports
from wfh_desktop.services.tpp import checks

CHIEF = Actor("Kepala", EVERYTHING)
MIDDLE_OF_NOVEMBER = datetime(2026, 11, 20, 3, tzinfo=UTC)


def built(folder, now):
    """Build the demo unit at a moment; return the database and what was built."""
    database = Database(f"sqlite:///{folder}/demo.db")
    Base.metadata.create_all(database.engine)
    with database.work(CHIEF, now=now) as work:
        unit = demo.build(work, folder / "presensi")
    return database, unit


@pytest.fixture(scope="module")
def november(tmp_path_factory):
    database, unit = built(tmp_path_factory.mktemp("demo"), MIDDLE_OF_NOVEMBER)
    yield database, unit
    database.engine.dispose()


@pytest.fixture
def unit(november):
    return november[1]


@pytest.fixture
def work(november):
    with november[0].work(CHIEF, now=MIDDLE_OF_NOVEMBER) as work:
        yield work


@pytest.fixture
def roster(work, unit):
    return people.roster(work, unit.unit_id, unit.closed)


def test_forty_people_of_every_status_and_level_work_in_a_tree_of_units(work, unit, roster):
    assert len(roster) == 40
    assert {row.status for row in roster} == {*EmploymentStatus}
    assert {row.level for row in roster} == {
        *Level,
    } - {Level.JPT_UTAMA, Level.JPT_MADYA}
    assert len({row.unit_id for row in roster}) == 7
    assert {row.depth for row in units.tree(work, unit.closed.last)} == {0, 1, 2}
    assert [row.acting[0].capacity for row in roster if row.acting] == [Capacity.PLT]


def test_every_number_is_right_by_structure_and_was_never_issued(roster):
    numbers = [nip.read(row.nip) for row in roster if row.nip]
    assert len(numbers) == 37
    assert not [one for one in numbers if nip.warnings(one)]
    assert all(one.serial > 900 for one in numbers)


def test_the_month_before_is_complete_and_locked(work, unit):
    assert unit.closed == Period(2026, 10)
    found = tpp.current(work, unit.unit_id, unit.closed)
    assert found.state is State.FINAL
    assert len(found.lines) == 40 - 3  # who is no ASN is paid otherwise
    month = attendance.month(work, unit.unit_id, unit.closed)
    assert sum(person.summary.unclear for person in month) == 0
    assert not work_reports.waiting(work, unit.unit_id, unit.closed)


def test_the_days_show_all_that_can_happen(work, unit):
    month = attendance.month(work, unit.unit_id, unit.closed)
    summaries = [person.summary for person in month]
    for name in ("wfo", "wfh", "duty", "sick", "permit", "absent", "missing_taps"):
        assert sum(getattr(one, name) for one in summaries) > 0, name
    assert all(any(getattr(one, name) for one in summaries) for name in ("late", "early"))
    assert {kind.value for one in summaries for kind in one.leave} == {"CT", "CM", "CS", "CAP"}
    assert {day.workplace for one in month for day in one.days} >= {*Workplace}
    assert any(day.corrected for one in month for day in one.days)


def test_reports_of_the_open_month_are_in_every_state(work, unit):
    listed = [
        row.state
        for period in (unit.closed, unit.opened)
        for row in work_reports.listing(work, unit.unit_id, period)
    ]
    assert set(listed) == {*ReportState}
    assert Counter(listed)[ReportState.SUBMITTED] > 10


def test_who_does_better_is_rated_better(work, unit):
    scores = performance.scores(work, unit.unit_id, unit.closed)
    found = Counter(score.predicate for score in scores.values())
    assert {"Sangat Baik", "Baik", "Butuh Perbaikan", "Sangat Kurang"} <= set(found)
    assert found[""] == 3  # no targets for who is no ASN


def test_two_unclear_days_keep_the_open_month_from_being_submitted(work, unit):
    month = attendance.month(work, unit.unit_id, unit.opened)
    assert sum(person.summary.unclear for person in month) == 2
    key = tpp.compute(work, unit.unit_id, unit.opened)
    against = {one.code for one in checks.before_submitting(work, key) if one.blocking}
    assert {"unclear", "not_over"} <= against
    work.session.rollback()


def test_the_machine_log_is_kept_where_it_is_wanted(november):
    database, unit = november
    folder = database.engine.url.database.rpartition("/")[0]
    logs = sorted(path.relative_to(folder).as_posix() for path in _files(folder))
    assert logs == [f"presensi/{month}/3_attlog.dat" for month in (unit.closed, unit.opened)]


def _files(folder):
    from pathlib import Path

    return [path for path in Path(folder).rglob("*") if path.suffix == ".dat"]


def test_the_same_day_gives_the_same_unit(tmp_path, work, unit):
    database, again = built(tmp_path, MIDDLE_OF_NOVEMBER)
    with database.work(CHIEF, now=MIDDLE_OF_NOVEMBER) as second:
        digests = {tpp.current(one, unit.unit_id, unit.closed).digest for one in (work, second)}
    database.engine.dispose()
    assert again == unit
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("now", "opened"),
    [
        (datetime(2026, 11, 30, 15, tzinfo=UTC), Period(2026, 11)),
        (datetime(2026, 12, 9, 3, tzinfo=UTC), Period(2026, 11)),
        (datetime(2026, 12, 10, 3, tzinfo=UTC), Period(2026, 12)),
    ],
    ids=["last evening", "a new month has hardly begun", "it has enough to show"],
)
def test_the_open_month_is_the_last_with_enough_to_show(november, now, opened):
    with november[0].work(CHIEF, now=now) as work:
        assert demo.months(work) == (opened.shifted(-1), opened)


@pytest.mark.parametrize(
    "now",
    [datetime(2027, 1, 15, 1, tzinfo=UTC), datetime(2026, 3, 31, 20, tzinfo=UTC)],
    ids=["over the turn of the year", "after many holidays"],
)
def test_it_can_be_built_on_any_day(tmp_path, now):
    database, unit = built(tmp_path, now)
    with database.work(CHIEF, now=now) as work:
        assert unit.opened == Period.of(now.date())
        assert tpp.current(work, unit.unit_id, unit.closed).state is State.FINAL
    database.engine.dispose()
