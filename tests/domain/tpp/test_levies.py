"""PPh 21 and BPJS: what is taken from the gross amount."""

from decimal import Decimal

import pytest

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.people import EmploymentStatus
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.case import Person
from wfh_desktop.domain.tpp.engine import calculate
from wfh_desktop.domain.tpp.figures import Mode
from wfh_desktop.domain.tpp.levies import golongan
from wfh_desktop.domain.tpp.ruleset import Bpjs, Bracket, FlatRate, Rounding, Stage, Tax

FLAT = (
    FlatRate(
        rate=Decimal(5),
        grades=("IX", "X"),
        statuses=(EmploymentStatus.PPPK, EmploymentStatus.PPPK_PART_TIME),
    ),
    FlatRate(rate=Decimal(0), statuses=(EmploymentStatus.PPPK,)),
    FlatRate(rate=Decimal(0), grades=("I", "II")),
    FlatRate(rate=Decimal(5), grades=("III",)),
    FlatRate(rate=Decimal(15), grades=("IV",)),
)


@pytest.fixture
def salary(metric):
    return (metric("gross_salary", default=0),)


@pytest.mark.parametrize(
    ("status", "grade", "tax"),
    [
        ("PNS", "II/d", 0),
        ("PNS", "III/a", 50_000),
        ("PNS", "iv/e", 150_000),
        ("PNS", "III-c", 50_000),
        ("PPPK", "IX", 50_000),
        ("PPPK", "VII", 0),
        ("PPPK Paruh Waktu", "X", 50_000),
    ],
)
def test_flat_tax_is_by_golongan_and_never_takes_pppk_for_golongan_iv(
    rules, case, status, grade, tax
):
    one = rules(taxes=(Tax(kind="flat", rates=FLAT),))
    who = Person(status=EmploymentStatus(status), grade=grade)
    result = calculate(one, case(person=who))
    assert (result.tax, result.net) == (tax, 1_000_000 - tax)


def test_flat_tax_needs_a_golongan_it_knows(rules, case):
    one = rules(taxes=(Tax(kind="flat", rates=FLAT),))
    with pytest.raises(Invalid) as refusal:
        calculate(one, case())
    assert refusal.value.problems[0].code == "tpp_needed"
    with pytest.raises(Invalid) as refusal:
        calculate(one, case(person=Person(grade="XX")))
    assert refusal.value.problems[0].code == "tpp_grade_unknown"


def test_golongan_is_what_stands_before_the_ruang():
    assert [golongan(one) for one in (" iii/b", "IV-a", "IX", "")] == ["III", "IV", "IX", ""]


def test_a_rate_from_the_case_is_taken_of_the_gross(rules, case, metric):
    one = rules(taxes=(Tax(kind="rate", metric="rate"),), metrics=(metric("rate", default=0),))
    assert calculate(one, case(metrics={"rate": "0.05"})).tax == 50_000
    assert calculate(one, case()).tax == 0


def test_tax_borne_by_government_is_shown_in_and_out(rules, case):
    rate = FlatRate(rate=Decimal(15))
    one = rules(taxes=(Tax(kind="flat", rates=(rate,), borne=True),))
    result = calculate(one, case(person=Person(grade="IV/a")))
    assert (result.tax, result.net) == (0, 1_000_000)
    due = trail.find(result.trail, "tax.due")
    assert due is not None
    assert due.amount == -150_000


@pytest.fixture
def ter(rules, metric):
    brackets = {
        "A": (
            Bracket(up_to=Decimal(5_400_000), rate=Decimal(0)),
            Bracket(up_to=Decimal(5_650_000), rate=Decimal("0.25")),
            Bracket(rate=Decimal(34)),
        ),
        "B": (Bracket(rate=Decimal(1)),),
        "C": (Bracket(rate=Decimal(2)),),
    }
    metrics = (
        metric("gross_salary", default=0),
        metric("salary_tax", default=0),
        metric("ter_category", minimum=1, maximum=3),
    )
    return rules(taxes=(Tax(kind="ter", brackets=brackets),), metrics=metrics)


def test_ter_takes_the_rate_of_salary_and_tpp_less_the_tax_of_the_salary(ter, case):
    def tax(**metrics):
        return calculate(ter, case(metrics=metrics)).tax

    assert tax(gross_salary=4_400_000, ter_category=1) == 0
    assert tax(gross_salary=4_400_001, ter_category=1) == Decimal("13500.0025")
    assert tax(gross_salary=4_600_000, ter_category=1, salary_tax=4_000) == 10_000
    assert tax(gross_salary=4_000_000, ter_category=2, salary_tax=60_000) == 0
    assert tax(gross_salary=4_000_000, ter_category=3) == 100_000


def test_ter_is_not_for_december(ter, case):
    told = {"metrics": {"ter_category": 1}, "period": Period(2026, 12)}
    with pytest.raises(Invalid) as refusal:
        calculate(ter, case(**told))
    assert refusal.value.problems[0].code == "tpp_ter_december"


def test_bpjs_is_taken_of_what_the_salary_left_below_the_cap(rules, case, salary):
    """Example JATIM-BPJS-01: 12 million less 5 million leave 7 million: 70,000 and 280,000."""
    one = rules(
        metrics=salary,
        bpjs=(
            Bpjs(
                employee=Decimal(1),
                employer=Decimal(4),
                cap=Decimal(12_000_000),
                salary_metric="gross_salary",
            ),
        ),
    )
    result = calculate(one, case(base=9_000_000, metrics={"gross_salary": 5_000_000}))
    nodes = trail.index(result.trail)
    assert nodes["bpjs_base"].amount == 7_000_000
    assert result.bpjs == 70_000
    assert nodes["bpjs_employer"].amount == 280_000
    assert result.net == 9_000_000 - 70_000


@pytest.mark.parametrize(
    ("salary", "bpjs"), [(0, 10_000), (11_000_000, 10_000), (11_500_000, 5_000), (13_000_000, 0)]
)
def test_bpjs_never_exceeds_the_cap_nor_turns_round(rules, case, metric, salary, bpjs):
    one = rules(
        metrics=(metric("s", default=0),),
        bpjs=(Bpjs(employee=Decimal(1), cap=Decimal(12_000_000), salary_metric="s"),),
    )
    assert calculate(one, case(metrics={"s": salary})).bpjs == bpjs


def test_tax_and_bpjs_are_rounded_each_by_its_own_rule(rules, case):
    one = rules(
        taxes=(Tax(kind="flat", rates=(FlatRate(rate=Decimal(5)),)),),
        bpjs=(Bpjs(employee=Decimal(1)),),
        rounding=(
            Rounding(stage=Stage.TAX, mode=Mode.HALF_UP),
            Rounding(stage=Stage.BPJS, mode=Mode.FLOOR),
        ),
    )
    result = calculate(one, case(base=1_000_050, person=Person(grade="I")))
    assert (result.tax, result.bpjs) == (50_003, 10_000)
    assert result.net == result.gross - result.tax - result.bpjs
