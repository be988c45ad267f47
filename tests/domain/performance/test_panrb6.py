"""The table of predicates, which is not symmetric, and the proposals made to the head."""

import json
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.performance import Generation, in_force, panrb6
from wfh_desktop.domain.performance.activities import Activity, Aspect
from wfh_desktop.domain.performance.panrb6 import CoreValue, Predicate, Rating
from wfh_desktop.domain.periods import Period

from ...conftest import SHARED

RATINGS = {"bawah": Rating.BELOW, "sesuai": Rating.AS, "atas": Rating.ABOVE}
EXPECTED = {
    ("bawah", "bawah"): "Sangat Kurang",
    ("bawah", "sesuai"): "Butuh Perbaikan",
    ("bawah", "atas"): "Butuh Perbaikan",
    ("sesuai", "bawah"): "Kurang",
    ("sesuai", "sesuai"): "Baik",
    ("sesuai", "atas"): "Baik",
    ("atas", "bawah"): "Kurang",
    ("atas", "sesuai"): "Baik",
    ("atas", "atas"): "Sangat Baik",
}


@pytest.mark.parametrize(("pair", "word"), EXPECTED.items())
def test_both_ratings_give_the_predicate(pair, word):
    results, behaviour = pair
    assert panrb6.predicate(RATINGS[results], RATINGS[behaviour]).value == word


def test_the_published_matrix_is_the_same():
    published = SHARED / "examples" / "worked_examples.json"
    if not published.exists():
        pytest.skip("the worked examples are not here")
    cases = json.loads(published.read_text(encoding="utf-8"))
    listed = cases if isinstance(cases, list) else cases["examples"]
    (case,) = [one for one in listed if one["id"] == "PANRB6-01"]
    for pair, word in zip(case["inputs"]["pairs"], case["expected"]["predikat"], strict=True):
        found = panrb6.predicate(*(RATINGS[one] for one in pair))
        assert found.value == word.removesuffix("/Misconduct")


def test_good_results_never_excuse_bad_behaviour():
    for results in Rating:
        word = panrb6.predicate(results, Rating.BELOW)
        assert word in {Predicate.POOR, Predicate.VERY_POOR}


def test_the_table_is_not_symmetric():
    pairs = product(Rating, Rating)
    assert any(panrb6.predicate(a, b) is not panrb6.predicate(b, a) for a, b in pairs)


BEST_FIRST = list(Predicate)
WORST_FIRST = list(Rating)


@given(results=st.sampled_from(Rating), one=st.sampled_from(Rating), other=st.sampled_from(Rating))
def test_better_behaviour_never_makes_the_predicate_worse(results, one, other):
    low, high = sorted([one, other], key=WORST_FIRST.index)
    before = BEST_FIRST.index(panrb6.predicate(results, low))
    assert BEST_FIRST.index(panrb6.predicate(results, high)) <= before


def activity(done, of=10):
    return Activity(
        "Target",
        Aspect(Decimal(of), Decimal(done)),
        Aspect(Decimal(90), Decimal(90)),
        Aspect(Decimal(20), Decimal(20)),
    )


@pytest.mark.parametrize(
    ("done", "rating"),
    [(0, Rating.BELOW), (6, Rating.BELOW), (9, Rating.AS), (10, Rating.AS), (12, Rating.ABOVE)],
)
def test_a_rating_of_results_is_proposed_with_its_figures(done, rating):
    proposed, score = panrb6.proposed_results([activity(done)])
    assert proposed is rating
    assert score.steps


def test_behaviour_is_proposed_by_the_majority_of_the_seven_values():
    values = dict.fromkeys(CoreValue, Rating.AS)
    assert panrb6.proposed_behaviour(values) is Rating.AS
    above = {**values, **dict.fromkeys(list(CoreValue)[:4], Rating.ABOVE)}
    assert panrb6.proposed_behaviour(above) is Rating.ABOVE
    below = {**values, **dict.fromkeys(list(CoreValue)[:4], Rating.BELOW)}
    assert panrb6.proposed_behaviour(below) is Rating.BELOW


@given(st.lists(st.sampled_from(Rating), min_size=7, max_size=7))
def test_above_is_proposed_only_if_most_values_are_above(ratings):
    values = dict(zip(CoreValue, ratings, strict=True))
    proposed = panrb6.proposed_behaviour(values)
    assert (proposed is Rating.ABOVE) == (ratings.count(Rating.ABOVE) >= 4)
    assert (proposed is Rating.BELOW) == (ratings.count(Rating.BELOW) >= 4)


def test_completion_counts_no_target_beyond_100_percent():
    assert panrb6.completion([activity(20), activity(5)]).value == 75


def test_a_full_year_of_very_good_as_ahli_pertama_is_18_75_angka_kredit():
    assert panrb6.credit(Predicate.VERY_GOOD, Decimal("12.5"), 12) == Decimal("18.75")


@pytest.mark.parametrize(
    ("month", "rule"),
    [("2014-01", "PP46"), ("2021-06", "PP46"), ("2021-07", "PANRB8"), ("2021-12", "PANRB8"),
     ("2022-01", "PANRB6"), ("2026-09", "PANRB6")],
)  # fmt: skip
def test_a_month_is_scored_by_the_rule_in_force_then(month, rule):
    assert in_force(Period.parse(month)) is Generation[rule]


def test_before_2014_no_rule_is_known():
    with pytest.raises(Invalid):
        in_force(Period(2013, 12))
