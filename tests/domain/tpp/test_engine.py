"""Bases, multipliers and rounding, and what is refused."""

import pytest

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.case import Event, Person
from wfh_desktop.domain.tpp.engine import calculate
from wfh_desktop.domain.tpp.figures import Mode
from wfh_desktop.domain.tpp.ruleset import (
    Component,
    LeaveRule,
    Multiplier,
    Multiplies,
    Proportion,
    Stage,
)

from .making import D, codes, part, rounding

# Bases and multipliers.


def test_a_base_may_be_rounded_before_anything_is_taken_of_it(rules, case):
    one = rules(
        multipliers=(Multiplier(code="CPNS", label="CPNS", value=D("0.8")),),
        rounding=(rounding(Stage.BASE, Mode.FLOOR, step=D(1000)),),
    )
    result = calculate(one, case(base=999_999, multipliers={"CPNS": True}))
    assert result.gross == 799_000
    assert trail.find(result.trail, "base.TOTAL").amount == 799_000


def test_an_acting_position_beside_single_components_is_refused(rules, case, metric):
    one = rules(
        components=(Component(code="BK", label="BK"), Component(code="KK", label="KK")),
        metrics=(metric("acting"),),
        multipliers=(
            Multiplier(
                code="PLT", label="Plt", kind=Multiplies.PLUS_OF, value=D("0.2"), metric="acting"
            ),
        ),
    )
    told = case(base={"BK": D(1), "KK": D(1)}, multipliers={"PLT": True}, metrics={"acting": 100})
    with pytest.raises(Invalid) as refusal:
        calculate(one, told)
    assert codes(refusal) == ["tpp_acting_needs_total"]


def test_the_class_of_an_acting_position_is_read_off_the_table(rules, case, metric):
    one = rules(
        components=(Component(code="TOTAL", label="TPP", by_class={8: D(800), 9: D(900)}),),
        metrics=(metric("acting"), metric("acting_class")),
        multipliers=(
            Multiplier(
                code="PLT",
                label="Plt",
                kind=Multiplies.DIFFERENCE,
                value=D(1),
                metric="acting",
                class_metric="acting_class",
            ),
        ),
    )
    holder = {"base": {}, "person": Person(job_class=8), "multipliers": {"PLT": True}}
    assert calculate(one, case(metrics={"acting_class": 9}, **holder)).gross == 900
    with pytest.raises(Invalid) as refusal:
        calculate(one, case(metrics={"acting_class": 10}, **holder))
    assert codes(refusal) == ["tpp_class_unknown"]


def test_the_base_comes_from_the_case_then_the_jabatan_then_the_class(rules, case):
    component = Component(
        code="TOTAL",
        label="TPP",
        by_class={8: D(800)},
        by_title={"Analis Contoh": D(900)},
        by_level={Level.PENGAWAS: D(700)},
    )
    one = rules(components=(component,))

    def paid(**told):
        return calculate(one, case(base={}, person=Person(**told))).gross

    assert paid(job_class=8, title="analis contoh") == 900
    assert paid(job_class=8, level=Level.PENGAWAS) == 800
    assert paid(level=Level.PENGAWAS) == 700
    with pytest.raises(Invalid) as refusal:
        paid(job_class=9)
    assert codes(refusal) == ["tpp_class_unknown"]
    with pytest.raises(Invalid) as refusal:
        paid()
    assert refusal.value.problems[0].field == "person.job_class"


def test_multipliers_act_in_their_order(rules, case):
    def one(order):
        return rules(
            multipliers=(
                Multiplier(code="CPNS", label="CPNS", value=D("0.8"), order=1),
                Multiplier(
                    code="PLUS", label="+", kind=Multiplies.PLUS, value=D("0.2"), order=order
                ),
            ),
            rounding=(rounding(Stage.BASE, Mode.FLOOR, step=D(1000)),),
        )

    both = case(multipliers={"CPNS": True, "PLUS": True})
    assert calculate(one(2), both).gross == 960_000
    codes_in_order = list(one(0).multiplier_rules)
    assert codes_in_order == ["PLUS", "CPNS"]


def test_a_multiplier_above_what_the_rule_allows_is_refused(rules, case):
    one = rules(multipliers=(Multiplier(code="UNIT", label="Unit", highest=D("1.5")),))
    assert calculate(one, case(multipliers={"UNIT": D("1.5")})).gross == 1_500_000
    for value in ("1.51", "-0.1"):
        with pytest.raises(Invalid) as refusal:
            calculate(one, case(multipliers={"UNIT": D(value)}))
        assert codes(refusal) == ["tpp_multiplier_range"]


def test_cpns_is_known_by_the_status_and_never_counted_twice(rules, case):
    cpns = Multiplier(code="CPNS", label="CPNS", value=D("0.8"), statuses=(EmploymentStatus.CPNS,))
    one = rules(multipliers=(cpns,))
    who = Person(status=EmploymentStatus.CPNS)
    assert calculate(one, case(person=who)).gross == 800_000
    assert calculate(one, case(person=who, multipliers={"CPNS": True})).gross == 800_000
    assert calculate(one, case(person=who, multipliers={"CPNS": D("0.9")})).gross == 900_000
    assert calculate(one, case(person=who, multipliers={"CPNS": False})).gross == 1_000_000
    assert calculate(one, case()).gross == 1_000_000


def test_an_acting_position_adds_its_share_or_the_difference(rules, case, metric):
    def plt(kind):
        acting = Multiplier(
            code="PLT", label="Plt", kind=kind, value=D("0.2"), metric="acting", months_later=1
        )
        return rules(multipliers=(acting,), metrics=(metric("acting"),))

    told = case(multipliers={"PLT": True}, metrics={"acting": 1_500_000})
    shared = calculate(plt(Multiplies.PLUS_OF), told)
    assert (shared.gross, shared.delay) == (1_300_000, 1)
    assert calculate(plt(Multiplies.DIFFERENCE), told).gross == 1_500_000
    lower = case(multipliers={"PLT": True}, metrics={"acting": 900_000})
    assert calculate(plt(Multiplies.DIFFERENCE), lower).gross == 1_000_000
    with pytest.raises(Invalid) as refusal:
        calculate(plt(Multiplies.PLUS_OF), case(multipliers={"PLT": True}))
    assert codes(refusal) == ["tpp_acting_needed"]


def test_study_leave_counts_as_its_multiplier_once(rules, case):
    one = rules(
        multipliers=(Multiplier(code="TUBEL", label="Tubel", value=D("0.8")),),
        leave=(LeaveRule(codes=("TB",), label="Tugas belajar", multiplier="TUBEL"),),
    )
    assert calculate(one, case(leave=[("TB",)])).gross == 800_000
    both = case(leave=[("TB",)], multipliers={"TUBEL": True})
    assert calculate(one, both).gross == 800_000


def test_a_factor_of_the_unit_acts_on_each_component_before_its_rounding(rules, case):
    one = rules(
        components=(Component(code="BK", label="BK"), Component(code="KK", label="KK")),
        parts=(),
        multipliers=(
            Multiplier(code="UNIT", label="Unit", stage="component", order=1),
            Multiplier(code="HUKDIS", label="Hukdis", stage="component", order=2),
        ),
        rounding=(rounding(Stage.COMPONENT),),
    )
    told = case(
        base={"BK": D("100.5"), "KK": D("101")},
        multipliers={"UNIT": D("0.5"), "HUKDIS": D("0.85")},
    )
    assert calculate(one, told).components == {"BK": D(43), "KK": D(43)}


# Rounding.


@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        (Mode.HALF_UP, 333_334),
        (Mode.FLOOR, 333_333),
        (Mode.TRUNC, 333_333),
        (Mode.CEIL, 333_334),
        (Mode.NONE, D("333333.5")),
    ],
)
def test_the_total_is_rounded_as_the_rule_says(rules, case, mode, rounded):
    one = rules(rounding=(rounding(Stage.TOTAL, mode),))
    assert calculate(one, case(base=D("333333.5"))).gross == rounded


def test_amounts_may_be_rounded_to_hundreds(rules, case):
    one = rules(rounding=(rounding(Stage.TOTAL, Mode.CEIL, step=D(100)),))
    assert calculate(one, case(base=D(333_301))).gross == 333_400


def test_each_part_may_be_rounded_down_for_itself(rules, case):
    one = rules(rounding=(rounding(Stage.PART, Mode.FLOOR),))
    result = calculate(one, case(base=D(999)))
    assert result.parts == {"KINERJA": D(599), "DISIPLIN": D(399)}
    assert result.gross == 998


def test_each_item_of_a_day_is_rounded_for_itself(rules, event, case):
    one = rules(
        events=(event(of="day", rate=100),),
        month_days=D(22),
        rounding=(rounding(Stage.ITEM),),
    )
    assert calculate(one, case(("TK", D(2)))).deductions == {"TK": D(90_910)}


def test_percentages_are_cut_off_before_they_become_money(rules, case):
    score = Proportion(kind="metric", of="score", full=D(100))
    one = rules(parts=part(score), rounding=(rounding(Stage.PERCENT, Mode.TRUNC, digits=2),))
    result = calculate(one, case(score="71.428571"))
    assert result.gross == 714_200
    assert "dipenggal" in trail.as_text(result.trail)


def test_a_division_that_comes_out_even_is_never_cut_below(rules, case, metric):
    share = Proportion(kind="metric", of="n", full=D(3))
    one = rules(
        parts=part(share), metrics=(metric("n"),), rounding=(rounding(Stage.TOTAL, Mode.TRUNC),)
    )
    assert calculate(one, case(base=3, metrics={"n": 1})).gross == 1
    assert calculate(one, case(base=999_999, metrics={"n": 2})).gross == 666_666


# Periods.


def test_a_rule_that_was_not_in_force_says_so_in_the_trail(rules, case):
    one = rules()
    past = calculate(one, case(period=Period(2025, 12)))
    assert "tidak berlaku pada 2025-12" in past.trail.note
    assert calculate(one, case(period=Period(2026, 1))).trail.note == ""


# What is refused.


def test_everything_that_is_wrong_is_said_at_once(rules, event, case, metric):
    one = rules(
        events=(event(rate=3), event("TL", unit="menit", rate=1)),
        metrics=(metric("attendance", maximum=1, aliases=("hadir",)),),
        multipliers=(Multiplier(code="UNIT", label="Unit"),),
    )
    with pytest.raises(Invalid) as refusal:
        calculate(
            one,
            case(
                ("XX",),
                ("TL",),
                Event("TK", count=D(-1)),
                Event("TK", count=D("1.5")),
                Event("TK", count=D(1), days=D(1)),
                base={"TOTAL": D(-1), "BK": D(1)},
                metrics={"attendance": 2, "menit": 1, "hadir": 1},
                multipliers={"UNIT": True, "CPNS": D(1)},
                leave=[("CT", 0)],
                score=-1,
            ),
        )
    told = {(problem.field, problem.code) for problem in refusal.value.problems}
    assert told == {
        ("base.TOTAL", "negative"),
        ("base.BK", "tpp_unknown_code"),
        ("base", "tpp_total_and_components"),
        ("events[0].code", "tpp_unknown_code"),
        ("events[1].minutes", "tpp_needed"),
        ("events[2].count", "negative"),
        ("events[3].count", "tpp_whole"),
        ("events[4]", "tpp_count_and_days"),
        ("metrics.attendance", "tpp_more"),
        ("metrics.menit", "tpp_unknown_metric"),
        ("metrics.hadir", "tpp_metric_twice"),
        ("multipliers.UNIT", "tpp_value_needed"),
        ("multipliers.CPNS", "tpp_unknown_code"),
        ("leave[0].code", "tpp_unknown_code"),
        ("leave[0].month_index", "tpp_month_index"),
        ("performance.score", "negative"),
    }


def test_a_needed_metric_that_is_missing_is_named(rules, case, metric):
    one = rules(parts=part(Proportion(kind="metric", of="n")), metrics=(metric("n"),))
    with pytest.raises(Invalid) as refusal:
        calculate(one, case())
    assert refusal.value.problems[0].field == "metrics.n"


def test_a_base_is_needed_where_no_table_has_one(rules, case):
    with pytest.raises(Invalid) as refusal:
        calculate(rules(), case(base={}))
    assert codes(refusal) == ["tpp_base_needed"]


def test_codes_may_be_written_small(rules, event, case):
    one = rules(events=(event(rate=3),))
    assert calculate(one, case(("tk",))).deductions == {"TK": D(12_000)}
