from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.services import timeline

START = date(2026, 1, 1)


@dataclass(eq=False)
class Row:
    valid_from: date
    valid_to: date | None = None


def holding(rows, day):
    return [row for row in rows if row.valid_from <= day <= (row.valid_to or date.max)]


offsets = st.lists(st.integers(0, 60), min_size=1, max_size=8, unique=True)


@given(offsets)
def test_whatever_the_order_of_entry_one_row_holds_on_each_day(days):
    rows = []
    for offset in days:
        new = Row(START + timedelta(days=offset))
        timeline.place(rows, new)
        rows.append(new)
    for offset in range(70):
        day = START + timedelta(days=offset)
        begun = [start for start in days if start <= offset]
        (row,) = holding(rows, day) or (None,)
        assert (row.valid_from if row else None) == (
            START + timedelta(days=max(begun)) if begun else None
        )


@given(offsets, st.data())
def test_taking_a_row_out_again_is_as_if_it_had_never_been(days, data):
    rows = []
    for offset in days:
        new = Row(START + timedelta(days=offset))
        timeline.place(rows, new)
        rows.append(new)
    before = [(row.valid_from, row.valid_to) for row in rows]
    extra = data.draw(st.integers(0, 60).filter(lambda n: n not in days))
    new = Row(START + timedelta(days=extra))
    timeline.place(rows, new)
    timeline.lift(rows, new)
    assert [(row.valid_from, row.valid_to) for row in rows] == before


def test_a_row_put_into_a_bounded_one_ends_with_it():
    former = Row(START, date(2026, 6, 30))
    new = Row(date(2026, 3, 1))
    assert timeline.place([former], new) is former
    assert (former.valid_to, new.valid_to) == (date(2026, 2, 28), date(2026, 6, 30))


def test_two_rows_do_not_begin_on_the_same_day():
    with pytest.raises(Invalid) as refusal:
        timeline.place([Row(START)], Row(START))
    assert refusal.value.problems[0].code == "same_day"


def test_a_row_that_begins_elsewhere_takes_the_end_of_the_one_before_along():
    first, second = Row(START, date(2026, 2, 28)), Row(date(2026, 3, 1))
    for begins in (date(2026, 4, 1), date(2026, 2, 1)):
        assert timeline.make_room([first, second], second, begins) is first
        second.valid_from = begins
        assert first.valid_to == begins - timedelta(days=1)
    with pytest.raises(Invalid):
        timeline.make_room([first, second], second, START)


def test_a_gap_before_a_row_stays_a_gap():
    first, second = Row(START, date(2026, 1, 31)), Row(date(2026, 3, 1))
    assert timeline.make_room([first, second], second, date(2026, 2, 15)) is None
    assert first.valid_to == date(2026, 1, 31)


def test_a_row_does_not_begin_after_its_own_end():
    with pytest.raises(Invalid):
        timeline.make_room([], Row(START, date(2026, 1, 31)), date(2026, 2, 1))
