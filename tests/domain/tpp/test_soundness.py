"""A rule set that cannot be meant is found before anybody is paid by it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as Number

import pytest

from wfh_desktop.domain.tpp.figures import Mode
from wfh_desktop.domain.tpp.ruleset import (
    Bands,
    Bpjs,
    By,
    ColumnRule,
    Component,
    Condition,
    Counted,
    Effect,
    Exemption,
    Full,
    LeaveRule,
    Linear,
    Multiplier,
    Multiplies,
    Of,
    Op,
    Part,
    Proportion,
    RateBand,
    Rounding,
    ScoreBand,
    Stage,
    SubPart,
    Tax,
    Threshold,
    WeightedSum,
)
from wfh_desktop.domain.tpp.soundness import problems

HALF = Number(50)
FULL = Full(kind="full")


def scored(score):
    return (Part(code="P", label="P", weight=Number(100), score=score),)


def share(of):
    return Proportion(kind="metric", of=of)


def band(at_least):
    return ScoreBand(at_least=Number(at_least), value=Number(0))


@pytest.fixture
def found(rules, event):
    def codes(**told):
        return {(one.field, one.code) for one in problems(rules(**told))}

    return codes


def test_the_rule_set_of_the_tests_is_sound(found, event):
    assert found(events=(event(rate=1),)) == set()


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"valid_to": date(2025, 1, 1)}, ("valid_to", "rule_ends_before_start")),
        ({"month_days": Number(0)}, ("month_days", "not_positive")),
        (
            {"rounding": (Rounding(stage=Stage.TOTAL, mode=Mode.FLOOR, step=Number(0)),)},
            ("rounding[0].step", "not_positive"),
        ),
        ({"components": (Component(code="A", label="A"),) * 2}, ("components", "rule_twice")),
        ({"parts": scored(share("x"))}, ("parts[0].score.of", "rule_unknown_name")),
        (
            {"parts": scored(Proportion(kind="metric", of="score", full=Number(0)))},
            ("parts[0].score.full", "not_positive"),
        ),
        (
            {"parts": scored(Bands(kind="bands", of="score", bands=(band(5), band(7))))},
            ("parts[0].score.bands", "rule_bands_from_zero"),
        ),
        (
            {"parts": scored(Bands(kind="bands", of="score", bands=(band(0), band(9), band(7))))},
            ("parts[0].score.bands", "rule_bands_order"),
        ),
        (
            {
                "parts": scored(
                    Linear(
                        kind="linear", of="score", x0=HALF, y0=Number(0), x1=HALF, y1=Number(100)
                    )
                )
            },
            ("parts[0].score.x1", "rule_no_line"),
        ),
        (
            {
                "parts": scored(
                    WeightedSum(
                        kind="weighted",
                        parts=(SubPart(code="S", label="S", weight=HALF, score=share("score")),),
                    )
                )
            },
            ("parts[0].score.parts", "rule_sub_weights"),
        ),
        (
            {"parts": (Part(code="P", label="P", weight=HALF, score=share("score")),)},
            ("parts", "rule_weights"),
        ),
        (
            {"exemptions": (Exemption(label="X", option="jpt"),)},
            ("exemptions[0].option", "rule_unknown_name"),
        ),
        (
            {"leave": (LeaveRule(codes=("CT",), label="C", multiplier="TUBEL"),)},
            ("leave[0].multiplier", "rule_unknown_name"),
        ),
        (
            {"leave": (LeaveRule(codes=("CS",), label="C", by=By.DAYS),)},
            ("leave[0]", "rule_leave_table"),
        ),
        (
            {"leave": (LeaveRule(codes=("CS",), label="C", pay=(Number(101),)),)},
            ("leave[0]", "rule_percent_range"),
        ),
        (
            {
                "thresholds": (
                    Threshold(
                        label="T",
                        when=Condition(metric="x", op=Op.LESS, value=HALF),
                        effect=Effect.ZERO,
                    ),
                )
            },
            ("thresholds[0].when.metric", "rule_unknown_name"),
        ),
        (
            {"parts": (replace(scored(FULL)[0], when=Condition(metric="score", op=Op.LESS)),)},
            ("parts[0].when.value", "rule_value_or_metric"),
        ),
        (
            {
                "multipliers": (
                    Multiplier(code="M", label="M", kind=Multiplies.PLUS, stage="component"),
                )
            },
            ("multipliers[0].stage", "rule_multiplier_stage"),
        ),
        (
            {"multipliers": (Multiplier(code="M", label="M", kind=Multiplies.PLUS_OF),)},
            ("multipliers[0].metric", "required"),
        ),
        ({"taxes": (Tax(kind="flat"),)}, ("taxes[0].rates", "required")),
        ({"taxes": (Tax(kind="rate", metric="x"),)}, ("taxes[0].metric", "rule_unknown_name")),
        ({"taxes": (Tax(kind="ter"),)}, ("taxes[0].brackets", "rule_unknown_name")),
        (
            {"bpjs": (Bpjs(employee=Number(1), salary_metric="x"),)},
            ("bpjs[0].salary_metric", "rule_unknown_name"),
        ),
        (
            {"columns": (ColumnRule(key="a", caption="A"),)},
            ("columns[0]", "rule_value_or_formula"),
        ),
        (
            {"columns": (ColumnRule(key="a", caption="A", formula="b + 1"),)},
            ("columns[0].formula", "rule_unknown_name"),
        ),
        (
            {"columns": (ColumnRule(key="a", caption="A", formula="1 +"),)},
            ("columns[0].formula", "rule_formula"),
        ),
    ],
)
def test_what_cannot_be_meant_is_named_with_its_place(found, told, problem):
    assert problem in found(**told)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"rate": None}, ("events[0]", "rule_rate_or_bands")),
        (
            {"bands": (RateBand(at_least=Number(1), rate=Number(1)),)},
            ("events[0]", "rule_rate_or_bands"),
        ),
        ({"rate": Number(-1)}, ("events[0]", "negative")),
        ({"parts": ()}, ("events[0].parts", "rule_event_parts")),
        ({"parts": ("X",)}, ("events[0].parts", "rule_unknown_name")),
        ({"of": Of.DAY, "parts": ()}, ("month_days", "required")),
        ({"unit": Counted.POINT}, ("events[0].metric", "rule_unknown_name")),
        ({"components": ("X",)}, ("events[0].components", "rule_unknown_name")),
    ],
)
def test_an_event_that_cannot_be_meant_is_named(found, event, change, problem):
    assert problem in found(events=(replace(event(rate=1), **change),))
