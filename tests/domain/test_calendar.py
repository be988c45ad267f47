"""Work hours and holidays."""
# ruff: noqa: DTZ001 - the clock on the wall has no zone

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain.calendar import (
    PRESETS,
    Calendar,
    DayHours,
    Holiday,
    HolidayKind,
    Schedule,
    Zone,
)
from wfh_desktop.domain.periods import Period

BY_KEY = {preset.key: preset for preset in PRESETS}
MARCH = Period(2026, 3)


def schedule(key="five_days", since=date(2023, 1, 1), until=None, hours=None):
    return Schedule(key, hours or BY_KEY[key].hours, since, until)


def holiday(day, *, cancelled=False, name="Libur"):
    return Holiday(day, name, HolidayKind.NATIONAL, cancelled=cancelled)


@pytest.mark.parametrize(
    ("key", "minutes"),
    [
        ("five_days", 37 * 60 + 30),
        ("six_days", 37 * 60 + 30),
        ("ramadan", 32 * 60 + 30),
        ("six_days_ramadan", 32 * 60 + 30),
    ],
)
def test_the_presets_hold_the_hours_of_the_week_that_the_regulation_asks_for(key, minutes):
    assert sum(hours.minutes for hours in BY_KEY[key].hours.values()) == minutes


def test_a_five_day_unit_does_not_work_on_saturday_and_a_six_day_unit_does():
    saturday = date(2026, 3, 7)
    assert Calendar.layered([[schedule()]], []).hours(saturday) is None
    assert Calendar.layered([[schedule("six_days")]], []).hours(saturday).ends == time(13, 0)


def test_ramadan_hours_cover_the_usual_ones_and_end_by_themselves():
    ramadan = schedule("ramadan", date(2026, 2, 18), date(2026, 3, 19))
    for order in ([schedule(), ramadan], [ramadan, schedule()]):
        calendar = Calendar.layered([order], [])
        starts = [calendar.hours(date(2026, 3, day)).starts for day in (17, 18, 19, 20)]
        assert starts == [time(8), time(8), time(8), time(7, 30)]


def test_of_two_schedules_that_start_on_the_same_day_the_one_with_an_end_holds():
    event = schedule("ramadan", date(2023, 1, 1), date(2026, 3, 31))
    calendar = Calendar.layered([[event, schedule()]], [])
    assert calendar.hours(date(2026, 3, 2)).starts == time(8)


def test_the_nearest_unit_that_has_hours_decides_even_if_a_parents_start_later():
    own, parents = schedule("six_days"), schedule("ramadan", date(2026, 2, 18), date(2026, 3, 19))
    calendar = Calendar.layered([[own], [parents, schedule()]], [])
    assert calendar.hours(date(2026, 3, 7)).ends == time(13)
    assert Calendar.layered([[], [parents]], []).hours(date(2026, 3, 2)).starts == time(8)


def test_a_cancelled_holiday_is_a_working_day():
    cancelled = Calendar.layered([[schedule()]], [[holiday(date(2026, 3, 18), cancelled=True)]])
    assert cancelled.hours(date(2026, 3, 18))
    assert cancelled.holiday(date(2026, 3, 18)) is None


def test_a_unit_can_be_exempt_from_a_national_holiday():
    day = date(2026, 3, 18)
    own, national = [holiday(day, cancelled=True)], [holiday(day, name="Cuti bersama")]
    assert Calendar.layered([[schedule()]], [own, national]).hours(day)
    assert Calendar.layered([[schedule()]], [[], national]).holiday(day) == "Cuti bersama"


def test_a_day_with_one_cancelled_and_one_standing_holiday_is_off():
    day = date(2026, 3, 18)
    both = [holiday(day, cancelled=True), holiday(day, name="Nyepi")]
    for order in (both, both[::-1]):
        assert Calendar.layered([[schedule()]], [order]).holiday(day) == "Nyepi"


def test_march_2026_has_seventeen_working_days():
    off = [holiday(date(2026, 3, day)) for day in (18, 19, 20, 21, 22, 23, 24)]
    calendar = Calendar.layered([[schedule()]], [off])
    days = calendar.working_days(MARCH)
    assert len(days) == 17
    assert date(2026, 3, 18) not in days


def test_without_a_schedule_nobody_knows_whether_a_day_is_worked():
    calendar = Calendar.layered([[schedule(until=date(2026, 3, 10))]], [])
    assert calendar.schedule(date(2026, 3, 11)) is None
    assert calendar.working_days(MARCH)[-1] == date(2026, 3, 10)


def test_hours_may_end_after_midnight():
    night = DayHours(time(20), time(4), 60)
    assert night.overnight
    assert night.minutes == 7 * 60
    assert night.span(date(2026, 3, 2)) == (datetime(2026, 3, 2, 20), datetime(2026, 3, 3, 4))


def test_a_scan_after_midnight_belongs_to_the_night_shift_before():
    nights = Calendar.layered(
        [[schedule(hours=dict.fromkeys(range(7), DayHours(time(20), time(4))))]], []
    )
    assert nights.window(date(2026, 3, 2)) == (datetime(2026, 3, 2, 16), datetime(2026, 3, 3, 16))


def test_overtime_past_midnight_belongs_to_the_day_it_started():
    opens, closes = Calendar.layered([[schedule()]], []).window(date(2026, 3, 6))
    assert opens == datetime(2026, 3, 6, 3, 30)
    assert closes == datetime(2026, 3, 7, 4, 0)


@given(
    st.dictionaries(
        st.integers(0, 6),
        st.tuples(st.times(), st.times()).map(lambda pair: DayHours(*pair)),
        min_size=1,
    ),
    st.dates(date(2022, 1, 1), date(2030, 12, 31)),
)
def test_work_days_follow_each_other_without_gap_or_overlap(hours, day):
    calendar = Calendar.layered([[schedule(since=date(2020, 1, 1), hours=hours)]], [])
    opens, closes = calendar.window(day)
    assert opens < closes
    assert closes == calendar.opens(day + timedelta(days=1))


@pytest.mark.parametrize(("zone", "hour"), [(Zone.WIB, 9), (Zone.WITA, 10), (Zone.WIT, 11)])
def test_the_clock_on_the_wall_depends_on_the_zone(zone, hour):
    assert zone.local(datetime(2026, 10, 2, 2, 0, tzinfo=UTC)) == datetime(2026, 10, 2, hour)
