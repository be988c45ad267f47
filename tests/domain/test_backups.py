from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain import backups
from wfh_desktop.domain.backups import Kept, Reason, file_name, keep, read_name

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
AGES = st.timedeltas(timedelta(0), timedelta(days=1200))
TAKEN = st.sets(
    st.builds(Kept, AGES.map(lambda age: NOW - age), st.sampled_from(list(Reason))), max_size=150
)


def daily(days):
    return {Kept(NOW - timedelta(days=day), Reason.DAILY) for day in range(days)}


def test_a_year_of_daily_backups_becomes_days_then_weeks_then_months():
    stay = sorted(keep(daily(365), NOW), reverse=True)
    ages = [(NOW - one.moment).days for one in stay]
    assert ages[:12] == list(range(12))
    assert len(stay) <= 12 + 10 + 9
    assert ages[-1] > 200


def test_everything_of_the_last_two_days_stays():
    hourly = {Kept(NOW - timedelta(hours=hour), Reason.IMPORT) for hour in range(49)}
    assert keep(hourly, NOW) == hourly


def test_a_month_close_stays_two_years_and_no_longer():
    old = Kept(NOW - timedelta(days=729), Reason.CLOSE)
    older = Kept(NOW - timedelta(days=731), Reason.CLOSE)
    stay = keep(daily(700) | {old, older}, NOW)
    assert old in stay
    assert older not in stay


@given(TAKEN)
def test_the_newest_always_stays(taken):
    assert not taken or max(taken) in keep(taken, NOW)


@given(TAKEN, st.timedeltas(timedelta(days=-4000), timedelta(days=4000)))
def test_a_wrong_clock_never_takes_the_last_of_the_days_weeks_and_months(taken, wrong):
    stay = keep(taken, NOW + wrong)
    assert len(stay) >= min(len({one.moment.date() for one in taken}), backups.DAILY)


@given(TAKEN)
def test_thinning_twice_takes_nothing_more(taken):
    assert keep(keep(taken, NOW), NOW) == keep(taken, NOW)


@given(TAKEN)
def test_nothing_is_made_up_and_the_number_is_bounded(taken):
    stay = keep(taken, NOW)
    assert stay <= taken
    free = {
        one
        for one in stay
        if NOW - one.moment > backups.EVERYTHING_FOR and one.why is not Reason.CLOSE
    }
    assert len(free) <= backups.DAILY + backups.WEEKLY + backups.MONTHLY


@given(st.integers(3, 400))
def test_thinning_day_by_day_still_leaves_months(days):
    """What a year of daily use leaves, not only one great thinning at the end."""
    have: set[Kept] = set()
    for day in range(days):
        now = NOW + timedelta(days=day)
        have = keep(have | {Kept(now, Reason.DAILY)}, now)
    months = {(one.moment.year, one.moment.month) for one in have}
    reached = NOW + timedelta(days=days - 1)
    passed = (reached.year - NOW.year) * 12 + reached.month - NOW.month + 1
    assert len(months) == min(passed, backups.MONTHLY)


@given(AGES, st.sampled_from(list(Reason)), st.sampled_from(["wfh", "dinas-2026", "a b"]))
def test_a_name_says_what_it_is(age, why, database):
    kept = Kept((NOW - age).replace(microsecond=0), why)
    assert read_name(file_name(database, kept)) == (database, kept)


def test_other_names_say_nothing():
    for name in ("wfh.db", "wfh-20261122-083000-liburan.db", "wfh-20261340-083000-harian.db", ""):
        assert read_name(name) is None
