"""What a rule set can say about an amount, one clause at a time."""

from datetime import date
from decimal import Decimal

import pytest

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.performance.panrb6 import Predicate
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.case import Event, Leave, Person
from wfh_desktop.domain.tpp.engine import calculate
from wfh_desktop.domain.tpp.figures import Mode
from wfh_desktop.domain.tpp.ruleset import (
    Bands,
    By,
    Component,
    Condition,
    Effect,
    Exemption,
    FirstOf,
    Full,
    Gate,
    Hours,
    LeaveRule,
    Linear,
    Multiplier,
    Multiplies,
    Op,
    Option,
    Part,
    PayBand,
    PredicateTable,
    Proportion,
    RateBand,
    Rounding,
    ScoreBand,
    Stage,
    SubPart,
    Threshold,
    WeightedSum,
)

D = Decimal


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def part(score, **told):
    return (Part(code="KINERJA", label="Kinerja", weight=D(100), score=score, **told),)


def rounding(stage, mode=Mode.HALF_UP, digits=0, step=None):
    return Rounding(stage=stage, mode=mode, digits=digits, step=step)


# What a percentage is a percentage of.


def test_the_same_three_percent_mean_five_things(rules, event, case):
    taken = {}
    for of, more in (
        ("part", {}),
        ("part", {"parts": ("KINERJA", "DISIPLIN")}),
        ("total", {}),
        ("day", {}),
        ("day", {"share": 40}),
    ):
        one = rules(events=(event(of=of, rate=3, **more),), month_days=D(22))
        taken[of, *more.values()] = calculate(one, case(("TK",))).deductions["TK"]
    assert taken["part",] == D(12_000)  # of the 40 % part
    assert taken["part", ("KINERJA", "DISIPLIN")] == D(30_000)  # of both parts
    assert taken["total",] == D(30_000)
    assert round(taken["day",], 4) == D("1363.6364")  # of one day of 22
    assert round(taken["day", 40], 4) == D("545.4545")  # of 40 % of that day


def test_a_deduction_can_be_of_one_component_alone(rules, event, case):
    one = rules(
        components=(Component(code="BK", label="BK"), Component(code="KK", label="KK")),
        events=(event(of="component", components=("KK",), rate=10),),
    )
    result = calculate(one, case(("TK",), base={"BK": D(500), "KK": D(300)}))
    assert result.components == {"BK": D(500), "KK": D(270)}
    assert result.deductions == {"TK": D(30)}


def test_a_deduction_of_a_part_is_of_what_the_score_left_of_it(rules, event, case):
    halved = Part(
        code="DISIPLIN",
        label="Disiplin",
        weight=D(100),
        score=Proportion(kind="metric", of="score", full=D(100)),
    )
    one = rules(parts=(halved,), events=(event(rate=10),))
    assert calculate(one, case(("TK",), score=50)).deductions["TK"] == D(50_000)


# Occurrences, days, minutes, hours, points.


def test_bands_apply_to_each_occurrence_and_rates_per_minute_to_the_sum(rules, event, case):
    bands = (RateBand(at_least=D(1), rate=D(1)), RateBand(at_least=D(31), rate=D(2)))
    banded = rules(events=(event("TL", unit="kejadian", bands=bands),))
    by_minute = rules(events=(event("TL", unit="menit", rate="0.01"),))
    two = [Event("TL", minutes=D(20)), Event("TL", minutes=D(31))]
    assert calculate(banded, case(*two)).deductions["TL"] == D(12_000)  # 1 % + 2 %
    assert calculate(by_minute, case(*two)).deductions["TL"] == D(2_040)  # 51 minutes


def test_minutes_with_a_count_are_those_of_each_occurrence(rules, event, case):
    by_minute = rules(events=(event("TL", unit="menit", rate="0.01"),))
    both = case(Event("TL", count=D(2), minutes=D(20)))
    assert calculate(by_minute, both).deductions["TL"] == D(1_600)


def test_the_minute_of_the_limit_belongs_to_the_lower_band(rules, event, case):
    bands = (RateBand(at_least=D(1), rate=D(1)), RateBand(at_least=D(31), rate=D(2)))
    one = rules(events=(event("TL", unit="kejadian", bands=bands),))
    taken = [
        calculate(one, case(Event("TL", minutes=D(minutes)))).deductions["TL"]
        for minutes in ("0", "0.9", "1", "30", "30.9", "31")
    ]
    assert taken == [0, 0, 4_000, 4_000, 4_000, 8_000]


def test_tolerance_and_grace_forgive_the_first_minutes_and_seconds(rules, event, case):
    tolerant = rules(events=(event("TL", unit="menit", rate=1, tolerance_minutes=D(60)),))
    graceful = rules(events=(event("TL", unit="menit", rate=1, grace_seconds=D(59)),))
    assert calculate(tolerant, case(Event("TL", minutes=D(60)))).deductions["TL"] == 0
    assert calculate(tolerant, case(Event("TL", minutes=D(61)))).deductions["TL"] == 4_000
    assert calculate(graceful, case(Event("TL", minutes=D("0.98")))).deductions["TL"] == 0
    assert calculate(graceful, case(Event("TL", minutes=D(1)))).deductions["TL"] == 4_000
    minute = rules(events=(event("TL", unit="menit", rate=1, grace_seconds=D(60)),))
    assert calculate(minute, case(Event("TL", minutes=D(1)))).deductions["TL"] == 0


@pytest.mark.parametrize(
    ("hours", "taken"),
    [(Hours.PROPORTIONAL, 15_000), (Hours.STARTED, 20_000), (Hours.FULL, 10_000)],
)
def test_ninety_minutes_away_are_one_and_a_half_two_or_one_hour(rules, event, case, hours, taken):
    one = rules(events=(event("MK", unit="jam", rate="2.5", hours=hours),))
    assert calculate(one, case(Event("MK", minutes=D(90)))).deductions["MK"] == taken


def test_points_come_from_a_metric(rules, event, case, metric):
    one = rules(
        events=(event("HUKDIS", unit="poin", rate=1, metric="points"),),
        metrics=(metric("points", default=0),),
    )
    assert calculate(one, case()).deductions == {}
    assert calculate(one, case(metrics={"points": 20})).deductions == {"HUKDIS": D(80_000)}


def test_several_entries_of_a_code_are_added(rules, event, case):
    one = rules(events=(event(rate=3),))
    twice = calculate(one, case(("TK", D(1)), Event("TK", days=D(2))))
    assert twice.deductions == {"TK": D(36_000)}


# Caps, groups, exemptions.


def test_a_cap_by_day_counts_what_happened_on_the_same_day(rules, event, case):
    one = rules(
        events=(
            event("TL", unit="kejadian", rate=2, group="hari", cap_per_day=3),
            event("TAP", unit="kejadian", rate=2, group="hari"),
        )
    )
    first, second = date(2026, 9, 1), date(2026, 9, 2)
    same = case(Event("TL", day=first), Event("TAP", day=first))
    apart = case(Event("TL", day=first), Event("TAP", day=second))
    assert sum(calculate(one, same).deductions.values()) == 12_000  # 3 % of the 40 % part
    assert sum(calculate(one, apart).deductions.values()) == 16_000


def test_a_cap_by_month_limits_a_code_whatever_the_number_of_events(rules, event, case):
    one = rules(events=(event("TAP", unit="kejadian", rate=2, cap_per_month=5),))
    result = calculate(one, case(("TAP", D(10))))
    assert result.deductions == {"TAP": D(20_000)}
    assert "paling banyak 5 % sebulan" in trail.as_text(result.trail)


def test_only_the_dearest_event_of_a_day_counts_where_the_rule_says_so(rules, event, case):
    day = date(2026, 9, 1)
    one = rules(
        events=(
            event("TL", unit="kejadian", rate=1, group="hari", combine="max"),
            event("TK", rate=3, group="hari", combine="max"),
        )
    )
    result = calculate(one, case(Event("TL", day=day), Event("TK", day=day)))
    assert result.deductions == {"TL": D(0), "TK": D(12_000)}


def test_events_whose_day_is_not_known_are_each_on_a_day_of_their_own(rules, event, case):
    dearest = rules(events=(event("TAP", unit="kejadian", rate=1, combine="max"),))
    capped = rules(events=(event("TAP", unit="kejadian", rate=3, cap_per_day=2),))
    twice = case(("TAP",), ("TAP", D(2)))
    assert calculate(dearest, twice).deductions == {"TAP": D(12_000)}
    assert calculate(capped, twice).deductions == {"TAP": D(24_000)}


def test_deductions_never_take_more_than_their_part(rules, event, case):
    one = rules(events=(event(rate=10),))
    result = calculate(one, case(("TK", D(15))))
    assert result.parts == {"KINERJA": D(600_000), "DISIPLIN": D(0)}
    assert result.gross == 600_000


def test_deductions_of_the_total_never_take_more_than_there_is(rules, event, case):
    one = rules(events=(event(of="total", rate=30),))
    assert calculate(one, case(("TK", D(4)))).gross == 0


def test_only_working_people_can_be_late(rules, event, case):
    one = rules(events=(event("TL", unit="menit", rate=1, counted=("WFO", "WFH")),))
    duty = Event("TL", minutes=D(30), workplace="dinas luar")
    home = Event("TL", minutes=D(30), workplace="WFH")
    unknown = Event("TL", minutes=D(30))
    assert calculate(one, case(duty)).deductions["TL"] == 0
    assert calculate(one, case(home)).deductions["TL"] == 120_000
    assert calculate(one, case(unknown)).deductions["TL"] == 120_000


def test_an_outage_forgives_the_missing_tap_and_says_so(rules, event, case):
    one = rules(events=(event("TAP", unit="kejadian", rate=1, exempt_if=("gangguan",)),))
    result = calculate(one, case(Event("TAP", reason="gangguan"), Event("TAP")))
    assert result.deductions == {"TAP": D(4_000)}
    assert "1 kejadian dikecualikan" in trail.as_text(result.trail)


def test_an_option_that_is_off_changes_nothing(rules, event, case):
    leaders = Exemption(label="pimpinan tinggi", classes_from=15, option="jpt")
    leader = Person(job_class=15)
    for active, taken in ((False, 12_000), (True, 0)):
        one = rules(
            events=(event(rate=3),),
            exemptions=(leaders,),
            options=(Option(code="jpt", label="JPT", active=active),),
        )
        assert calculate(one, case(("TK",), person=leader)).deductions == {"TK": D(taken)}
        assert calculate(one, case(("TK",))).deductions == {"TK": D(12_000)}


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


# Leave and thresholds.


def sick(**told):
    return LeaveRule(codes=("CS",), label="Cuti sakit", by=By.MONTH, **told)


def test_leave_by_month_pays_its_share_and_replaces_the_month(rules, event, case):
    one = rules(events=(event(rate=3),), leave=(sick(pay=(D(100), D(50)), beyond=D(0)),))
    paid = [calculate(one, case(("TK",), leave=[("CS", month)])).gross for month in (1, 2, 3, 9)]
    assert paid == [988_000, 500_000, 0, 0]  # the first month pays all, so TK still counts


def test_leave_beyond_its_table_is_refused_where_the_rule_is_silent(rules, case):
    one = rules(leave=(sick(pay=(D(50), D(25))),))
    with pytest.raises(Invalid) as refusal:
        calculate(one, case(leave=[("CS", 3)]))
    assert codes(refusal) == ["tpp_beyond_table"]
    with pytest.raises(Invalid) as refusal:
        calculate(one, case(leave=[("CS",)]))
    assert codes(refusal) == ["required"]


def test_short_leave_is_told_by_its_days(rules, case):
    one = rules(leave=(sick(pay=(D(50),), short_days=28),))
    assert calculate(one, case(leave=[Leave("CS", days=D(5))])).gross == 1_000_000
    with pytest.raises(Invalid):
        calculate(one, case(leave=[Leave("CS", days=D(28))]))


def test_leave_by_days_reads_its_band(rules, case):
    bands = (
        PayBand(at_least=D(1), pay=D(100)),
        PayBand(at_least=D(3), pay=D(75)),
        PayBand(at_least=D(15), pay=D(50)),
    )
    one = rules(leave=(LeaveRule(codes=("CS",), label="Sakit", by=By.DAYS, bands=bands),))
    paid = [calculate(one, case(leave=[Leave("CS", days=D(n))])).gross for n in (2, 3, 14, 15)]
    assert paid == [1_000_000, 750_000, 750_000, 500_000]


def test_leave_may_also_leave_the_computation_alone(rules, event, case):
    one = rules(
        events=(event(rate=3),),
        leave=(LeaveRule(codes=("CT",), label="Tahunan", pay=(D(100),), replaces="always"),),
    )
    assert calculate(one, case(("TK",), leave=[("CT",)])).gross == 1_000_000
    never = rules(
        events=(event(rate=3),),
        leave=(LeaveRule(codes=("CT",), label="Tahunan", pay=(D(50),), replaces="never"),),
    )
    assert calculate(never, case(("TK",), leave=[("CT",)])).gross == 988_000


def test_of_two_leaves_the_one_that_pays_least_counts(rules, case):
    one = rules(
        leave=(
            LeaveRule(codes=("CB",), label="Besar", pay=(D(50),)),
            LeaveRule(codes=("CS",), label="Sakit", pay=(D(25),)),
        )
    )
    both = [("CB",), ("CS",)]
    assert calculate(one, case(leave=both)).gross == 250_000
    assert calculate(one, case(leave=both[::-1])).gross == 250_000


def test_leave_that_costs_by_the_day_may_stand_among_the_events_or_the_leave(rules, event, case):
    one = rules(events=(event("C", aliases=("CT",), rate=3),))
    as_event = calculate(one, case(Event("CT", days=D(2))))
    as_leave = calculate(one, case(leave=[Leave("CT", days=D(2))]))
    assert as_event.deductions == as_leave.deductions == {"CT": D(24_000)}


def test_leave_given_as_an_event_is_leave(rules, case):
    one = rules(leave=(LeaveRule(codes=("CLTN",), label="CLTN", pay=(D(0),)),))
    assert calculate(one, case(("CLTN",))).gross == 0


def test_thresholds_cross_one_after_the_other(rules, case, metric):
    def below(value, effect, factor=0):
        when = Condition(metric="attendance", op=Op.LESS, value=D(value))
        return Threshold(label="ambang", when=when, effect=effect, factor=D(factor))

    one = rules(
        metrics=(metric("attendance"),),
        thresholds=(below("0.25", Effect.ZERO), below("0.5", Effect.FACTOR, 50)),
    )
    paid = [calculate(one, case(metrics={"attendance": a})).gross for a in ("0.24", "0.25", "0.5")]
    assert paid == [0, 500_000, 1_000_000]
    assert calculate(one, case()).gross == 1_000_000  # not given: not examined


def test_a_threshold_may_take_one_part_only(rules, case, metric):
    when = Condition(metric="absent", op=Op.MORE, value=D(4))
    only = Threshold(label="> 4 hari", when=when, effect=Effect.PART_ZERO, parts=("DISIPLIN",))
    one = rules(metrics=(metric("absent"),), thresholds=(only,))
    result = calculate(one, case(metrics={"absent": 5}))
    assert result.gross == 600_000
    assert trail.find(result.trail, "share") is None  # of everything, nothing is left out


def test_a_threshold_may_only_delay_the_payment(rules, event, case, metric):
    when = Condition(metric="late", op=Op.MORE, value=D(780))
    late = Threshold(label="Terlambat > 780", when=when, effect=Effect.DELAY)
    one = rules(
        events=(event("TL", unit="menit", rate=0),),
        metrics=(metric("late", counts="minutes", codes=("TL",)),),
        thresholds=(late,),
    )
    punctual = calculate(one, case(Event("TL", minutes=D(780))))
    result = calculate(one, case(Event("TL", count=D(2), minutes=D(391))))
    assert (punctual.delay, punctual.gross) == (0, 1_000_000)
    assert (result.delay, result.gross) == (1, 1_000_000)
    assert "dibayarkan 1 bulan kemudian" in trail.as_text(result.trail)


def test_a_threshold_halves_parts_and_deductions_of_the_total_alike(rules, event, case, metric):
    when = Condition(metric="attendance", op=Op.LESS, value=D("0.5"))
    half = Threshold(label="< 50 %", when=when, effect=Effect.FACTOR, factor=D(50))
    one = rules(
        events=(event(of="total", rate=3),), metrics=(metric("attendance"),), thresholds=(half,)
    )
    assert calculate(one, case(("TK",), metrics={"attendance": "0.4"})).gross == 485_000


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
