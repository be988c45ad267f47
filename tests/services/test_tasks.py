from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tasks import Share, TaskDraft, TaskState
from wfh_desktop.persistence.models import AuditEntry, Task
from wfh_desktop.services import tasks, work_reports

from .. import offices
from ..conftest import NOW
from ..offices import SEPTEMBER


@pytest.fixture
def office(work):
    return offices.unit(work)


@pytest.fixture
def two(work, office):
    return offices.somebody(work, office, 1), offices.somebody(work, office, 2)


def test_one_task_goes_to_many_people(work, office, two):
    key = offices.task(work, office, *two)
    (row,) = tasks.listing(work, office.id, SEPTEMBER)
    assert (row.id, row.title, row.state) == (key, "Rekap data layanan minggu 3", TaskState.GIVEN)
    assert [share.person for share in row.shares] == ["Pegawai 1", "Pegawai 2"]
    assert (row.done, row.asked, row.overdue) == (0, 2, True)


def test_nobody_from_elsewhere_gets_a_task(work, office, two):
    stranger = offices.somebody(work, offices.unit(work, "Unit Lain"), 9)
    with pytest.raises(Invalid, match="not_here"):
        offices.task(work, office, two[0], stranger)


def test_people_of_the_units_below_get_tasks_and_both_units_see_them(work, office):
    below = offices.unit(work, "Seksi Contoh", office)
    person = offices.somebody(work, below, 3)
    offices.task(work, office, person)
    assert len(tasks.listing(work, below.id, SEPTEMBER)) == 1
    assert len(tasks.listing(work, office.id, SEPTEMBER)) == 1


def test_a_target_of_somebody_else_is_refused(work, office, two):
    goal = offices.objective(work, office)
    target = offices.target(work, office, two[0], goal)
    with pytest.raises(Invalid, match="other_target"):
        offices.task(work, office, two[1], target_ids=[(two[1].id, target)])


def test_a_task_is_done_when_the_accepted_quantity_is_reached(work, office, two):
    key = offices.task(work, office, two[0], quantity=Decimal(2))
    share = offices.share_of(work, key)
    first = offices.report(work, share)
    assert offices.share_of(work, key).state is TaskState.REPORTED
    work_reports.accept(work, first, work_reports.details(work, first).row.version, 4)
    assert offices.share_of(work, key).state is TaskState.IN_PROGRESS
    second = offices.report(work, share)
    work_reports.accept(work, second, work_reports.details(work, second).row.version, 5)
    row, steps = tasks.details(work, key)
    assert row.state is TaskState.DONE
    assert [step.after for step in steps] == [
        "diberikan", "dikerjakan", "dilaporkan", "dikerjakan", "dilaporkan", "selesai",
    ]  # fmt: skip


def test_what_was_left_open_stays_on_the_list_of_later_months(work, office, two):
    offices.task(work, office, two[0])
    assert len(tasks.listing(work, office.id, Period(2026, 10))) == 1
    assert tasks.listing(work, office.id, Period(2026, 8)) == []


def test_a_cancelled_task_ends_for_everybody_and_can_be_taken_up_again(work, office, two):
    key = offices.task(work, office, *two)
    alone = offices.share_of(work, key, two[1])
    tasks.cancel_share(work, alone.id, alone.version, "Cuti")
    row, _ = tasks.details(work, key)
    with pytest.raises(Invalid):
        tasks.cancel(work, key, row.version, " ")
    later(work)
    tasks.cancel(work, key, row.version, "Kegiatan ditunda")
    cancelled, steps = tasks.details(work, key)
    assert cancelled.state is TaskState.CANCELLED
    assert steps[-1].note == "Kegiatan ditunda"
    tasks.reopen(work, key, cancelled.version)
    assert offices.share_of(work, key, two[0]).state is TaskState.GIVEN
    assert offices.share_of(work, key, two[1]).state is TaskState.CANCELLED


def later(work):
    """Let a moment pass within the unit of work."""
    object.__setattr__(work, "now", NOW.replace(minute=5))


def test_a_cancelled_task_takes_no_reports(work, office, two):
    key = offices.task(work, office, two[0])
    row, _ = tasks.details(work, key)
    tasks.cancel(work, key, row.version, "Batal")
    with pytest.raises(Invalid, match="task_cancelled"):
        offices.report(work, row.shares[0])


def test_a_task_can_be_amended_and_given_to_further_people(work, office, two):
    key = offices.task(work, office, two[0])
    row, _ = tasks.details(work, key)
    draft = TaskDraft(
        "Rekap bulanan", date(2026, 9, 25), (Share(two[0].id, Decimal(3)), Share(two[1].id))
    )
    tasks.amend(work, key, row.version, draft)
    after, _ = tasks.details(work, key)
    assert (after.title, after.due, after.given) == (
        "Rekap bulanan",
        date(2026, 9, 25),
        date(2026, 9, 1),
    )
    assert [(share.person, share.quantity) for share in after.shares] == [
        ("Pegawai 1", 3),
        ("Pegawai 2", 1),
    ]


def test_raising_the_quantity_of_a_share_that_was_done_opens_it_again(work, office, two):
    key = offices.task(work, office, two[0])
    report = offices.report(work, offices.share_of(work, key))
    work_reports.accept(work, report, work_reports.details(work, report).row.version, 4)
    row, _ = tasks.details(work, key)
    assert row.state is TaskState.DONE
    tasks.amend(
        work, key, row.version, TaskDraft(row.title, row.due, (Share(two[0].id, Decimal(2)),))
    )
    assert tasks.details(work, key)[0].state is TaskState.IN_PROGRESS


def test_of_two_who_amend_the_second_is_told(database, chief):
    with database.work(chief, now=NOW) as work:
        office = offices.unit(work)
        person = offices.somebody(work, office)
        key = offices.task(work, office, person)
        row, _ = tasks.details(work, key)
        draft = TaskDraft("Lain", row.due, (Share(person.id),))
    with database.work(chief, now=NOW) as theirs:
        tasks.amend(theirs, key, row.version, draft)
    with pytest.raises(Conflict), database.work(chief, now=NOW) as mine:
        tasks.amend(mine, key, row.version, draft)


def test_whoever_may_not_assign_gives_no_task_and_leaves_no_trace(database, chief):
    with database.work(chief, now=NOW) as work:
        office = offices.unit(work)
        person = offices.somebody(work, office)
    clerk = Actor("Sekretariat", Right.READ | Right.RECORD)
    with pytest.raises(NotAllowed), database.work(clerk, now=NOW) as work:
        offices.task(work, office, person)
    with database.work(chief) as work:
        assert work.session.scalars(select(Task)).all() == []


def test_giving_leaves_a_trace(work, office, two):
    offices.task(work, office, *two)
    *_, entry = work.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    assert entry.action == "task.given"
    assert entry.details["people"] == [two[0].id, two[1].id]


def test_three_hundred_people_are_listed_in_a_handful_of_queries(work, office, queries):
    people = [offices.somebody(work, office, number) for number in range(1, 301)]
    offices.task(work, office, *people)
    with queries() as counted:
        (row,) = tasks.listing(work, office.id, SEPTEMBER)
    assert len(row.shares) == 300
    assert counted() <= 8
