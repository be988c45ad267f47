from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain import tasks
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.tasks import Share, TaskDraft, TaskState
from wfh_desktop.domain.work_reports import ReportState

TODAY = date(2026, 10, 2)
GOOD = TaskDraft("Rekap data", TODAY, (Share(1), Share(2)))


def test_accepts_a_task_due_today():
    tasks.check(GOOD, TODAY)


def test_names_every_rule_broken():
    draft = TaskDraft(" ", date(2026, 10, 1), (Share(1, Decimal()), Share(1)))
    with pytest.raises(Invalid) as refusal:
        tasks.check(draft, TODAY)
    assert refusal.value.problems == (
        Problem("title", "required"),
        Problem("due", "due_before_given"),
        Problem("people", "twice"),
        Problem("quantity", "not_positive"),
    )


def test_somebody_must_do_it():
    with pytest.raises(Invalid, match="nobody"):
        tasks.check(TaskDraft("Rekap", TODAY, ()), TODAY)


def test_what_was_given_on_paper_may_be_entered_later_but_not_before_it_happened():
    past = TaskDraft("Rekap", date(2026, 9, 5), (Share(1),), given=date(2026, 9, 1))
    tasks.check(past, TODAY)
    with pytest.raises(Invalid, match="in_future"):
        tasks.check(
            TaskDraft("Rekap", date(2026, 12, 1), (Share(1),), given=date(2026, 11, 1)), TODAY
        )


reports = st.lists(
    st.tuples(st.sampled_from(ReportState), st.decimals("0.5", "5", places=1)), max_size=6
)


@given(quantity=st.decimals("0.5", "20", places=1), found=reports)
def test_a_share_is_done_exactly_when_the_accepted_quantity_reaches_it(quantity, found):
    accepted = sum((done for state, done in found if state is ReportState.ACCEPTED), Decimal())
    state = tasks.standing(quantity, found)
    assert (state is TaskState.DONE) == (accepted >= quantity)
    assert state is not TaskState.CANCELLED


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], TaskState.GIVEN),
        ([ReportState.WITHDRAWN], TaskState.GIVEN),
        ([ReportState.DRAFT], TaskState.IN_PROGRESS),
        ([ReportState.RETURNED], TaskState.IN_PROGRESS),
        ([ReportState.SUBMITTED, ReportState.RETURNED], TaskState.REPORTED),
        ([ReportState.ACCEPTED], TaskState.IN_PROGRESS),
        ([ReportState.ACCEPTED, ReportState.ACCEPTED], TaskState.DONE),
    ],
)
def test_a_share_stands_where_its_reports_stand(states, expected):
    assert tasks.standing(Decimal(2), [(state, Decimal(1)) for state in states]) is expected


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("CANCELLED CANCELLED", "CANCELLED"),
        ("DONE CANCELLED", "DONE"),
        ("DONE GIVEN", "IN_PROGRESS"),
        ("GIVEN GIVEN CANCELLED", "GIVEN"),
        ("REPORTED DONE", "REPORTED"),
    ],
)
def test_a_task_stands_where_its_people_stand(states, expected):
    shares = [TaskState[name] for name in states.split()]
    assert tasks.overall(shares) is TaskState[expected]


def test_what_is_done_cannot_be_cancelled():
    with pytest.raises(Invalid):
        tasks.step(TaskState.DONE, TaskState.CANCELLED)


def test_what_waits_for_the_head_is_not_overdue():
    late = date(2026, 9, 30)
    assert tasks.is_overdue(TaskState.GIVEN, late, TODAY)
    assert not tasks.is_overdue(TaskState.REPORTED, late, TODAY)
    assert not tasks.is_overdue(TaskState.GIVEN, TODAY, TODAY)
