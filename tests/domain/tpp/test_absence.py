"""What leave and thresholds leave of a month."""

import pytest

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.case import Event, Leave
from wfh_desktop.domain.tpp.engine import calculate
from wfh_desktop.domain.tpp.ruleset import (
    By,
    Condition,
    Effect,
    LeaveRule,
    Op,
    PayBand,
    Threshold,
)

from .making import D, codes

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
