"""How much of a part is reached, by every kind of score."""

import pytest

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.performance.panrb6 import Predicate
from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.engine import calculate
from wfh_desktop.domain.tpp.ruleset import (
    Bands,
    Condition,
    FirstOf,
    Full,
    Gate,
    Linear,
    Op,
    PredicateTable,
    Proportion,
    ScoreBand,
    Stage,
    SubPart,
    WeightedSum,
)

from .making import D, codes, part, rounding

# Scores.


def test_a_score_by_predicate_wants_one_unless_the_rule_knows_what_its_lack_means(rules, case):
    table = {Predicate.GOOD: D(100), Predicate.POOR: D(60)}
    strict = rules(parts=part(PredicateTable(kind="predicate", percent=table)))
    lenient = rules(parts=part(PredicateTable(kind="predicate", percent=table, missing=D(40))))
    assert calculate(strict, case(predicate=Predicate.POOR)).gross == 600_000
    assert calculate(lenient, case()).gross == 400_000
    with pytest.raises(Invalid) as refusal:
        calculate(strict, case())
    assert refusal.value.problems[0].field == "performance.predicate"
    with pytest.raises(Invalid) as refusal:
        calculate(strict, case(predicate=Predicate.VERY_GOOD))
    assert codes(refusal) == ["tpp_no_percentage"]


def test_a_score_in_percent_counts_only_where_the_rule_accepts_it(rules, case):
    table = {Predicate.GOOD: D(100)}
    strict = rules(parts=part(PredicateTable(kind="predicate", percent=table)))
    open_ = rules(parts=part(PredicateTable(kind="predicate", percent=table, accepts_score=True)))
    assert calculate(open_, case(score=85)).gross == 850_000
    assert calculate(open_, case(score=120)).gross == 1_000_000
    with pytest.raises(Invalid):
        calculate(strict, case(score=85))


def test_a_score_in_bands_may_rise_within_a_band(rules, case):
    bands = (
        ScoreBand(at_least=D(0), value=D(0)),
        ScoreBand(at_least=D(50), value=D(50), slope=D("1.43")),
        ScoreBand(at_least=D(85), value=D(100)),
    )
    one = rules(parts=part(Bands(kind="bands", of="score", bands=bands)))
    paid = [calculate(one, case(score=score)).gross for score in ("49.99", 50, 70, "84.9", 85)]
    assert paid == [0, 500_000, 786_000, D("999070"), 1_000_000]


def test_a_band_without_a_value_pays_the_share(rules, case, metric):
    bands = (
        ScoreBand(at_least=D(0), value=D(0)),
        ScoreBand(at_least=D(210)),
        ScoreBand(at_least=D(679), value=D(100)),
    )
    one = rules(
        parts=part(Bands(kind="bands", of="sum", bands=bands, full=D(700))),
        metrics=(metric("sum"),),
        rounding=(rounding(Stage.TOTAL),),
    )
    paid = [calculate(one, case(metrics={"sum": n})).gross for n in (209, 210, 350, 678, 679)]
    assert paid == [0, 300_000, 500_000, 968_571, 1_000_000]


def test_a_straight_line_is_clipped_at_its_ends(rules, case):
    line = Linear(kind="linear", of="score", x0=D(50), y0=D(0), x1=D(100), y1=D(100))
    one = rules(parts=part(line))
    paid = [calculate(one, case(score=score)).gross for score in (40, 50, 75, 100, 110)]
    assert paid == [0, 0, 500_000, 1_000_000, 1_000_000]


def test_a_condition_may_compare_two_metrics(rules, case, metric):
    gate = Gate(kind="threshold", when=Condition(metric="m", op=Op.AT_LEAST, than="needed"))
    one = rules(parts=part(gate), metrics=(metric("m"), metric("needed", default=6750)))
    assert calculate(one, case(metrics={"m": 3375})).gross == 0
    half = calculate(one, case(metrics={"m": 3375, "needed": 3375}))
    assert half.gross == 1_000_000
    assert "m >= 3.375: terpenuhi" in trail.as_text(half.trail)


def test_a_line_without_clip_still_stays_between_nothing_and_all(rules, case):
    line = Linear(kind="linear", of="score", x0=D(50), y0=D(0), x1=D(60), y1=D(50), clip=False)
    one = rules(parts=part(line))
    paid = [calculate(one, case(score=score)).gross for score in (40, 60, 65, 90)]
    assert paid == [0, 500_000, 750_000, 1_000_000]


def test_a_gate_pays_all_or_nothing(rules, case, metric):
    gate = Gate(kind="threshold", when=Condition(metric="m", op=Op.AT_LEAST, value=D(6750)))
    one = rules(parts=part(gate), metrics=(metric("m"),))
    assert calculate(one, case(metrics={"m": 6750})).gross == 1_000_000
    assert calculate(one, case(metrics={"m": 6749})).gross == 0


def test_a_part_whose_condition_fails_is_zero(rules, case, metric):
    when = Condition(metric="m", op=Op.MORE, value=D(10))
    one = rules(parts=part(Full(kind="full"), when=when), metrics=(metric("m"),))
    assert calculate(one, case(metrics={"m": 11})).gross == 1_000_000
    assert calculate(one, case(metrics={"m": 10})).gross == 0


def test_sub_parts_are_capped_each_for_itself(rules, case, metric):
    def share(of):
        return Proportion(kind="metric", of=of, full=D(100))

    weighted = WeightedSum(
        kind="weighted",
        parts=(
            SubPart(code="SKP", label="SKP", weight=D(70), score=share("skp"), cap=D(60)),
            SubPart(code="LAP", label="Laporan", weight=D(30), score=share("lap")),
        ),
    )
    one = rules(parts=part(weighted), metrics=(metric("skp"), metric("lap")))
    assert calculate(one, case(metrics={"skp": 100, "lap": 50})).gross == 750_000


def test_the_first_score_whose_inputs_are_given_counts(rules, case, metric):
    first = FirstOf(
        kind="first",
        of=(
            Proportion(kind="metric", of="skp", full=D(100)),
            Proportion(kind="metric", of="score", full=D(100)),
        ),
    )
    one = rules(parts=part(first), metrics=(metric("skp"),))
    assert calculate(one, case(metrics={"skp": 90}, score=50)).gross == 900_000
    assert calculate(one, case(score=50)).gross == 500_000
    with pytest.raises(Invalid):
        calculate(one, case())


def test_every_kind_of_score_can_be_the_first_that_is_given(rules, case, metric):
    table = PredicateTable(kind="predicate", percent={Predicate.GOOD: D(90)})
    gate = Gate(kind="threshold", when=Condition(metric="m", op=Op.EQUAL, value=D(1)))
    inner = FirstOf(kind="first", of=(table, gate))
    one = rules(
        parts=part(FirstOf(kind="first", of=(inner, Full(kind="full")))), metrics=(metric("m"),)
    )
    assert calculate(one, case(predicate=Predicate.GOOD)).gross == 900_000
    assert calculate(one, case(metrics={"m": 2})).gross == 0
    assert calculate(one, case()).gross == 1_000_000
