"""The regulation's own examples, and what must hold for any numbers."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wfh_desktop.domain.performance import panrb8
from wfh_desktop.domain.performance.activities import Activity, Aspect
from wfh_desktop.domain.performance.panrb8 import (
    Additional,
    BehaviourAspect,
    Category,
    Condition,
    Indicator,
)


def indicator(low, high, realised, condition=Condition.NORMAL, **more):
    return Indicator("IKI", Decimal(low), Decimal(high), Decimal(realised), condition, **more)


def percent(*args, **more):
    return panrb8.achievement(indicator(*args, **more)).value


def value(text, **more):
    return panrb8.value(Decimal(text), **more).value


def test_below_a_range_the_lower_bound_divides():
    assert percent(80, 90, 70) == Decimal("87.5")


def test_less_is_better_under_special_conditions():
    found = percent(7, 8, "6.5", condition=Condition.SPECIAL)
    assert found.quantize(Decimal("0.000001")) == Decimal("107.142857")


def test_within_the_range_it_is_100_percent():
    assert percent(80, 90, 85) == 100


def test_above_a_range_the_upper_bound_divides_and_earns_120():
    found = percent(10, 15, 17)
    assert found.quantize(Decimal(1)) == 113
    assert panrb8.category(found) is Category.VERY_GOOD
    assert panrb8.value(found).value == 120


def test_more_than_twice_the_special_target_is_nothing_rather_than_less():
    assert percent(2, 2, 5, condition=Condition.SPECIAL) == 0
    assert percent(0, 0, 1, condition=Condition.SPECIAL) == 0


def test_an_indicator_without_a_target_is_refused():
    with pytest.raises(ValueError, match="target"):
        indicator(0, 0, 1)


@pytest.mark.parametrize(
    ("achieved", "expected"),
    [("100", "109"), ("98", "88"), ("99", "89"), ("80", "70"), ("79", "69"), ("60", "50"),
     ("59", "49"), ("0", "0"), ("105", "115"), ("110", "120"), ("110.01", "120"), ("250", "120")],
)  # fmt: skip
def test_an_achievement_has_its_value(achieved, expected):
    assert value(achieved) == Decimal(expected)


def test_meeting_a_target_that_cannot_be_exceeded_earns_the_highest_value():
    assert value("100", at_maximum=True) == 120
    assert value("99", at_maximum=True) == 89


@pytest.mark.parametrize(
    ("achieved", "word"),
    [("100.01", "Sangat Baik"), ("100", "Baik"), ("99.99", "Cukup"), ("80", "Cukup"),
     ("79.99", "Kurang"), ("60", "Kurang"), ("59.99", "Sangat Kurang"), ("0", "Sangat Kurang")],
)  # fmt: skip
def test_an_achievement_has_its_category(achieved, word):
    assert panrb8.category(Decimal(achieved)).value == word


def test_an_additional_achievement_counts_by_its_category_and_scope():
    good = Additional(indicator(4, 4, 4), Decimal(5))
    assert panrb8.additional([good]).value == Decimal("4.36")  # 80 % x 5 % x 109
    assert "80 % × 5 % × 109 = 4,36" in str(panrb8.additional([good]).steps[-1])


def test_additional_achievements_add_at_most_ten():
    great = Additional(indicator(4, 4, 8), Decimal(10))
    assert panrb8.additional([great]).value == 10
    assert "dibatasi" in str(panrb8.additional([great]).steps[-1])


def plain(quantity=(4, 4), quality=(90, 90), days=(20, 20)):
    return Activity("Rencana", *(Aspect(*map(Decimal, pair)) for pair in (quantity, quality, days)))


def test_the_skp_is_the_main_plans_and_the_additional_at_most_120():
    assert panrb8.skp([plain()]).value == 109
    extra = [Additional(indicator(4, 4, 4), Decimal(5))]
    assert panrb8.skp([plain()], extra).value == Decimal("113.36")
    best = plain(quantity=(4, 8), quality=(90, 100), days=(20, 10))
    assert panrb8.skp([best], extra).value == 120


def test_the_nilai_kinerja_is_70_percent_skp_and_30_percent_behaviour():
    appraisal = panrb8.appraise([plain()], dict.fromkeys(BehaviourAspect, Decimal(100)))
    assert appraisal.total.value == Decimal("106.3")
    assert appraisal.predicate is Category.GOOD


def test_without_a_new_idea_nothing_is_very_good():
    best = plain(quantity=(4, 8), quality=(90, 100), days=(20, 10))
    conduct = dict.fromkeys(BehaviourAspect, Decimal(120))
    assert panrb8.appraise([best], conduct).predicate is Category.GOOD
    assert panrb8.appraise([best], conduct, new_idea=True).predicate is Category.VERY_GOOD


def test_what_was_not_done_earns_nothing_for_speed():
    assert panrb8.main_value(plain(quantity=(4, 0), quality=(90, 0), days=(20, 1))).value == 0


percents = st.decimals("0", "300", places=3)


@given(one=percents, other=percents, at_maximum=st.booleans())
def test_a_higher_achievement_never_has_a_lower_value(one, other, at_maximum):
    # Only the published break at a maximal target (100 % -> 120) is higher than what follows,
    # and such a target cannot be exceeded.
    assume(not at_maximum or max(one, other) <= 100)
    low, high = sorted([one, other])
    low_value = panrb8.value(low, at_maximum=at_maximum).value
    assert low_value <= panrb8.value(high, at_maximum=at_maximum).value
    assert 0 <= low_value <= 120


bounds = st.decimals("0.1", "1000", places=1)


@given(a=bounds, b=bounds, realised=st.decimals("0", "3000", places=1))
def test_special_mirrors_normal_around_100_percent(a, b, realised):
    low, high = sorted([a, b])
    normal = percent(low, high, realised)
    special = percent(low, high, realised, condition=Condition.SPECIAL)
    assert special == max(200 - normal, 0)
