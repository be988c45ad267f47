"""What events cost: of what, how counted, with which limits."""

from datetime import date

import pytest

from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.case import Event, Person
from wfh_desktop.domain.tpp.engine import calculate
from wfh_desktop.domain.tpp.ruleset import (
    Component,
    Exemption,
    Hours,
    Option,
    Part,
    Proportion,
    RateBand,
)

from .making import D

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
