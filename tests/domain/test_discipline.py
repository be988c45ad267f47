from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain import discipline
from wfh_desktop.domain.discipline import PP_53_2010, PP_94_2021, SanctionLevel, Term

START, END = date(2026, 3, 1), date(2026, 8, 31)


def sanction(**changes):
    values = {
        "level": SanctionLevel.MEDIUM,
        "kind": "Pemotongan",
        "decree": "800/1/2026",
        "starts": START,
        "ends": END,
        "lowered_class": 6,
        "factor": Decimal("0.75"),
    }
    return Term(**(values | changes))


@pytest.mark.parametrize(
    ("day", "lowered"),
    [
        (START - timedelta(days=1), 8),
        (START, 6),
        (END, 6),
        (END + timedelta(days=1), 8),
    ],
)
def test_the_lowered_class_holds_from_the_first_to_the_last_day(day, lowered):
    assert discipline.class_in_force(8, [sanction()], day) == lowered


def test_a_sanction_without_a_decree_or_cancelled_changes_nothing():
    for idle in (sanction(decree=" "), sanction(cancelled=True)):
        assert discipline.class_in_force(8, [idle], START) == 8
        assert discipline.factor_in_force([idle], START) == 1


def test_a_sanction_never_raises_a_class():
    assert discipline.class_in_force(5, [sanction(lowered_class=6)], START) == 5
    assert discipline.class_in_force(None, [sanction(lowered_class=6)], START) == 6
    assert discipline.class_in_force(None, [], START) is None


def test_of_two_sanctions_the_harder_counts():
    both = [sanction(), sanction(lowered_class=4, factor=Decimal("0.5"))]
    assert discipline.class_in_force(8, both, START) == 4
    assert discipline.factor_in_force(both, START) == Decimal("0.5")


def workdays(first, absent):
    """Working days from *first*, with those whose place is in *absent* missed."""
    days = (first + timedelta(days=n) for n in range(400))
    work = [day for day in days if day.weekday() < 5][:260]
    return [(day, place in absent) for place, day in enumerate(work)]


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        (2, None),
        (3, "Teguran lisan"),
        (4, "Teguran tertulis"),
        (6, "Teguran tertulis"),
        (7, "Pernyataan tidak puas secara tertulis"),
        (11, "Pemotongan tunjangan kinerja 25% selama 6 bulan"),
        (14, "Pemotongan tunjangan kinerja 25% selama 9 bulan"),
        (17, "Pemotongan tunjangan kinerja 25% selama 12 bulan"),
        (20, "Pemotongan tunjangan kinerja 25% selama 12 bulan"),
        (21, "Penurunan jabatan setingkat lebih rendah selama 12 bulan"),
        (25, "Pembebasan dari jabatan menjadi jabatan pelaksana selama 12 bulan"),
        (28, "Pemberhentian dengan hormat tidak atas permintaan sendiri"),
    ],
)
def test_warns_by_the_ladder_of_pp_94_2021(days, kind):
    absent = set(range(0, 3 * days, 3))
    counter = discipline.count(workdays(date(2026, 1, 1), absent), date(2026, 12, 31))
    assert counter.days == days
    assert counter.ladder is PP_94_2021
    assert (counter.step.kind.name if counter.step else None) == kind


def test_ten_working_days_without_a_break_are_the_last_step():
    nine = discipline.count(workdays(date(2026, 1, 1), set(range(9))), date(2026, 12, 31))
    ten = discipline.count(workdays(date(2026, 1, 1), set(range(10))), date(2026, 12, 31))
    assert (nine.consecutive, nine.step.days) == (9, 7)
    assert (ten.consecutive, ten.step) == (10, PP_94_2021.consecutive)


def test_a_run_goes_on_over_weekends_and_the_turn_of_the_year():
    days = workdays(date(2025, 12, 22), set(range(12)))
    counter = discipline.count(days, date(2026, 12, 31))
    assert counter.consecutive == 12
    assert counter.days == sum(1 for day, missed in days if missed and day.year == 2026)


def test_the_years_before_are_judged_by_their_own_regulation():
    absent = set(range(0, 15, 3))
    old = discipline.count(workdays(date(2020, 1, 1), absent), date(2020, 12, 31))
    assert (old.ladder, old.days, old.step.kind.name) == (PP_53_2010, 5, "Teguran lisan")
    assert discipline.ladder(date(2021, 8, 30)) is PP_53_2010
    assert discipline.ladder(date(2021, 8, 31)) is PP_94_2021
    assert discipline.ladder(date(2010, 1, 1)) is None
    assert discipline.count([], date(2005, 1, 1)) is None


def test_lateness_became_days_under_pp_53_2010_only():
    days = workdays(date(2020, 1, 1), set())
    assert discipline.count(days, date(2020, 12, 31), late_minutes=5 * 450).days == 5
    assert discipline.count(days, date(2020, 12, 31), late_minutes=449).days == 0
    days = workdays(date(2026, 1, 1), set())
    assert discipline.count(days, date(2026, 12, 31), late_minutes=5 * 450).days == 0


@given(st.sets(st.integers(0, 250)), st.integers(0, 259))
def test_one_more_missed_day_never_lowers_the_step(absent, more):
    def step(places):
        found = discipline.count(workdays(date(2026, 1, 1), places), date(2026, 12, 31))
        order = [None, *PP_94_2021.steps]
        return order.index(
            PP_94_2021.steps[-1] if found.step == PP_94_2021.consecutive else found.step
        )

    assert step(absent | {more}) >= step(absent)


def test_days_after_the_day_asked_about_do_not_count():
    days = workdays(date(2026, 1, 1), set(range(10)))
    assert discipline.count(days, date(2026, 1, 6)).days == 4


def test_the_kinds_to_choose_from_follow_the_day():
    assert len(discipline.kinds(date(2026, 1, 1))) == 9
    assert discipline.kinds(date(2026, 1, 1))[3].factor == Decimal("0.75")
    assert discipline.kinds(date(2000, 1, 1)) == ()
