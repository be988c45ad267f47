from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain import leave
from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.leave import LeaveKind, Span
from wfh_desktop.domain.periods import Period

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def span(starts, ends, kind=LeaveKind.LONG):
    return Span(kind, date.fromisoformat(starts), date.fromisoformat(ends))


def test_a_leave_that_started_in_march_is_in_its_second_month_in_april():
    taken = span("2026-03-16", "2026-05-15")
    assert [leave.month_index(taken, (), Period(2026, m)) for m in (3, 4, 5)] == [1, 2, 3]


def test_a_leave_over_the_turn_of_the_year_counts_on():
    assert leave.month_index(span("2025-12-01", "2026-02-28"), (), Period(2026, 1)) == 2


def test_an_extension_counts_on_where_the_leave_before_it_ended():
    first, second = span("2026-03-02", "2026-03-31"), span("2026-04-01", "2026-04-30")
    third = span("2026-05-01", "2026-05-10")
    assert leave.month_index(third, [second, first, third], Period(2026, 5)) == 3


def test_a_leave_of_another_kind_or_after_a_gap_starts_anew():
    sick = span("2026-03-02", "2026-03-31", LeaveKind.SICK)
    early = span("2026-03-02", "2026-03-30")
    taken = span("2026-04-01", "2026-04-30")
    assert leave.month_index(taken, [sick, early], Period(2026, 4)) == 1


@given(days, st.integers(0, 400), st.integers(0, 400))
def test_the_month_index_grows_by_one_each_month(starts, length, offset):
    taken = Span(LeaveKind.LONG, starts, starts + timedelta(days=length))
    period = Period.of(starts + timedelta(days=offset))
    index = leave.month_index(taken, (), period)
    assert index >= 1
    assert leave.month_index(taken, (), period.shifted(1)) == index + 1


HELD = span("2026-09-04", "2026-09-09", LeaveKind.ANNUAL)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2026-09-10", "2026-09-11"), ("2026-08-01", "2026-09-03")],
)
def test_a_leave_may_begin_the_day_after_another(starts, ends):
    leave.check(span(starts, ends), [HELD])


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2026-09-01", "2026-09-04"),
        ("2026-09-09", "2026-09-20"),
        ("2026-09-08", "2026-09-08"),
        ("2026-08-01", "2026-10-01"),
    ],
)
def test_two_leaves_of_a_person_never_share_a_day(starts, ends):
    with pytest.raises(Invalid) as refusal:
        leave.check(span(starts, ends), [HELD])
    assert [one.code for one in refusal.value.problems] == ["leave_overlaps"]


def test_a_leave_does_not_end_before_it_starts():
    with pytest.raises(Invalid) as refusal:
        leave.check(span("2026-09-04", "2026-09-03"), [])
    assert [one.code for one in refusal.value.problems] == ["before_start"]


@given(days, st.integers(0, 60), days)
def test_counts_exactly_the_days_it_covers(starts, length, first):
    taken = Span(LeaveKind.ANNUAL, starts, starts + timedelta(days=length))
    month = Period.of(first).days
    expected = len(set(month) & {starts + timedelta(days=n) for n in range(length + 1)})
    assert leave.days_within(taken, month) == expected


def test_a_leave_longer_than_its_kind_allows_is_asked_about():
    assert leave.doubts(span("2026-01-01", "2026-03-31"), 60) == ()
    assert [p.code for p in leave.doubts(span("2026-01-01", "2026-04-01"), 60)] == [
        "leave_long_months"
    ]
    annual = span("2026-09-01", "2026-10-31", LeaveKind.ANNUAL)
    assert leave.doubts(annual, 24) == ()
    assert [p.code for p in leave.doubts(annual, 25)] == ["leave_long_days"]
    assert leave.doubts(span("2026-01-01", "2029-12-31", LeaveKind.STUDY), 900) == ()
