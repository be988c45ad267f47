"""The oracles of formats.md 4 and the worked examples, and what must hold for any numbers."""

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain.performance import pp46
from wfh_desktop.domain.performance.activities import Activity, Aspect
from wfh_desktop.domain.performance.pp46 import BehaviourAspect, Label

from ...conftest import real

CENT = Decimal("0.0001")


def activity(quantity=(1, 1), quality=(100, 90), days=(12, 12), cost=None):
    aspects = [Aspect(*map(Decimal, pair)) for pair in (quantity, quality, days)]
    return Activity("Kegiatan", *aspects, cost=cost and Aspect(*map(Decimal, cost)))


def test_the_manual_example_with_cost_is_85_5():
    score = pp46.activity(activity(cost=(170395000, 170395000)))
    assert score.value == Decimal("85.5")
    assert [step.formula.rsplit(" = ", 1)[1] for step in score.steps[:4]] == [
        "100", "90", "76", "76",
    ]  # fmt: skip


def test_without_cost_the_mean_is_over_three_aspects():
    assert pp46.activity(activity()).value == (Decimal(100) + 90 + 76) / 3


def test_an_unhurried_year_of_52_times_is_92():
    done = activity(quantity=(52, 52), quality=(100, 100))
    assert pp46.activity(done).value == 92


def test_beyond_24_percent_efficiency_the_value_of_time_falls():
    done = activity(quantity=(52, 50), quality=(100, 85), days=(12, 8))
    by_the_rule = (Decimal(50) / 52 * 100 + 85 + Decimal(76) - (Decimal(28) / 3)) / 3
    assert pp46.activity(done).value.quantize(CENT) == by_the_rule.quantize(CENT)
    assert "76 - (" in pp46.activity(done).steps[2].formula


def test_the_figures_of_programs_without_that_clause_can_be_reproduced():
    done = activity(quantity=(52, 50), quality=(100, 85), days=(12, 8))
    score = pp46.activity(done, limit=None)
    assert score.value.quantize(CENT) == Decimal("96.8291")
    assert (score.value * 3).quantize(Decimal("0.001")) == Decimal("290.487")


def rows(name):
    with real("4_kinerja", name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(text):
    return Decimal(text.split()[0].rstrip("%"))


def test_every_stored_realisation_of_the_real_files_is_recalculated():
    targets = {row["ID_SKP"]: row for row in rows("skp_pp46_target.csv")}
    found = []
    for row in rows("skp_pp46_realisasi.csv"):
        target = targets[row["ID_SKP"]]
        done = Activity(
            target["KEGIATAN"],
            Aspect(number(target["KUANT_OUTPUT"]), number(row["R_KUANT_OUTPUT"])),
            Aspect(number(target["KUAL_MUTU"]), number(row["R_KUAL_MUTU"])),
            Aspect(number(target["WAKTU"]), number(row["R_WAKTU"])),
        )
        score = pp46.activity(done, limit=None)
        assert score.value.quantize(CENT) == Decimal(row["NILAI_CAPAI_SKP"]).quantize(CENT)
        found.append(score)
    assert len(found) == 4


def test_behaviour_with_leadership_is_the_mean_of_six():
    aspects = dict.fromkeys(BehaviourAspect, Decimal(80))
    assert pp46.behaviour(aspects).value == 80  # one program divides these 480 by 5


def test_prestasi_kerja_is_60_percent_skp_and_40_percent_behaviour():
    done = activity(quantity=(52, 52), quality=(100, 100))
    appraisal = pp46.appraise([done], dict.fromkeys(BehaviourAspect, Decimal(80)))
    assert appraisal.total.value == Decimal("87.2")
    assert appraisal.label is Label.GOOD
    assert str(appraisal.total.steps[0]) == (
        "Prestasi kerja = 60 % × 92 + 40 % × 80 = 87,2 (PP 46/2011 pasal 15)"
    )


@pytest.mark.parametrize(
    ("value", "word"),
    [("91", "Sangat Baik"), ("90.99", "Baik"), ("76", "Baik"), ("75.99", "Cukup"), ("61", "Cukup"),
     ("60.9", "Kurang"), ("51", "Kurang"), ("50.99", "Buruk"), ("50", "Buruk"), ("0", "Buruk")],
)  # fmt: skip
def test_a_value_has_its_word(value, word):
    assert pp46.label(Decimal(value)).value == word


def test_what_was_not_done_earns_nothing_for_speed_or_thrift():
    assert pp46.activity(activity(quantity=(4, 0), days=(12, 1))).value == 0


amounts = st.decimals("0.01", "1000000", places=2)


@given(target=amounts, done=amounts, more=amounts)
def test_more_output_never_lowers_the_value(target, done, more):
    less = pp46.activity(activity(quantity=(target, done)))
    after = pp46.activity(activity(quantity=(target, done + more)))
    assert after.value > less.value


@given(target=amounts, spent=amounts)
def test_time_alone_is_worth_0_to_100_and_at_most_at_24_percent(target, spent):
    score = pp46.activity(activity(quantity=(1, 1), quality=(100, 100), days=(target, spent)))
    worth = score.value * 3 - 200
    assert -CENT <= worth <= 100 + CENT
    efficiency = 100 - spent / target * 100
    if efficiency > 24:
        assert worth < 76 + CENT
