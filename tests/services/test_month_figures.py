"""Numbers that the rules ask for and nothing measures: entered by person and month."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from tests.offices import Known, objective, target
from tests.offices import unit as known_unit
from tests.services.offices import office, people
from tests.services.tpp_months import SEPTEMBER, START
from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed
from wfh_desktop.domain.people import Actor, EmploymentStatus, Right
from wfh_desktop.domain.targets import Realisation
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.models import (
    AuditEntry,
    BaseAmount,
    Rank,
    Recommendation,
    RuleChoice,
)
from wfh_desktop.services import targets, tpp
from wfh_desktop.services.tpp import figures
from wfh_desktop.services.tpp.figures import FigureDraft

AUGUST = SEPTEMBER.shifted(-1)


@pytest.fixture
def unit(work):
    """A unit that is paid by the rules of Manado, with two people of class 7."""
    unit = office(work)
    unit.keys = people(work, unit, 2)
    rules = {"unit_id": unit.id, "rule_id": "manado-2022", "valid_from": START}
    work.session.add(RuleChoice(**rules))
    work.session.add(
        BaseAmount(**rules, component="TOTAL", job_class=7, amount=Decimal(10_000_000))
    )
    work.log("test.prepared", unit)
    return unit


def enter(work, unit, code, value, person=0, version=0, period=SEPTEMBER):
    value = None if value is None else Decimal(value)
    draft = FigureDraft(unit.keys[person], code, value, version)
    return figures.enter(work, unit.id, period, [draft])


def calculated(work, unit, person=0):
    tpp.compute(work, unit.id, SEPTEMBER)
    work.session.flush()
    found = tpp.current(work, unit.id, SEPTEMBER)
    return next(line for line in found.lines if line.employee_id == unit.keys[person])


def codes(refusal):
    return [(problem.field, problem.code) for problem in refusal.value.problems]


def test_what_the_program_measures_itself_is_not_asked(work, unit):
    asked = figures.of_month(work, unit.id, SEPTEMBER)
    assert [one.code for one in asked.kinds] == [
        "skbp",
        "berakhlak",
        "hukdis_points",
        "gross_salary",
    ]
    assert asked.rules == "TPP ASN Kota Manado"
    assert [one.name for one in asked.people] == ["Pegawai 1", "Pegawai 2"]


def test_entered_numbers_make_the_amount_and_are_told_in_its_trail(work, unit):
    assert calculated(work, unit).refusal
    enter(work, unit, "skbp", "90.5")
    enter(work, unit, "berakhlak", 690)
    line = calculated(work, unit)
    assert not line.refusal
    # 30 x 90,5 % = 27,15; BerAKHLAK is full from 679 on: 30; nothing is docked of discipline: 40
    assert line.gross == Decimal(9_715_000)
    told = str(tpp.explain(work, line.id))
    assert "diisi pada angka bulanan" in told


def test_a_salary_lowers_what_bpjs_is_taken_of(work, unit):
    for code, value in (("skbp", 100), ("berakhlak", 700)):
        enter(work, unit, code, value)
    assert calculated(work, unit).bpjs == Decimal(100_000)
    enter(work, unit, "gross_salary", 5_000_000)
    assert calculated(work, unit).bpjs == Decimal(70_000)  # 1 % of what 12.000.000 leaves


def test_the_score_is_proposed_where_the_rules_say_so(work, unit):
    place = Known(unit.id, unit.name)
    aim = target(work, place, Known(unit.keys[0], "Pegawai 1"), objective(work, place))
    targets.realise(work, aim, 1, Realisation(quantity=Decimal(3)))
    asked = figures.of_month(work, unit.id, SEPTEMBER)
    assert asked.proposed == {(unit.keys[0], "skbp"): Decimal(75)}
    assert asked.values == {}


def test_last_months_numbers_are_at_hand(work, unit):
    enter(work, unit, "gross_salary", 5_000_000, period=AUGUST)
    asked = figures.of_month(work, unit.id, SEPTEMBER)
    assert asked.former == {(unit.keys[0], "gross_salary"): Decimal(5_000_000)}
    assert asked.values == {}


def test_a_number_is_changed_and_taken_back_with_its_trace(work, unit):
    enter(work, unit, "skbp", 90)
    assert enter(work, unit, "skbp", 90, version=1) == 0
    assert enter(work, unit, "skbp", 80, version=1) == 1
    assert enter(work, unit, "skbp", None, version=2) == 1
    assert figures.of_month(work, unit.id, SEPTEMBER).values == {}
    query = select(AuditEntry).where(AuditEntry.action.like("figure.%")).order_by(AuditEntry.id)
    traces = [(one.action, one.details.get("before")) for one in work.session.scalars(query)]
    assert traces == [
        ("figure.entered", None),
        ("figure.changed", {"value": "90"}),
        ("figure.changed", {"value": "80"}),
    ]
    assert enter(work, unit, "berakhlak", None) == 0


def test_all_that_is_wrong_is_told_and_nothing_is_stored(work, unit):
    drafts = [
        FigureDraft(unit.keys[0], "skbp", Decimal(80)),
        FigureDraft(unit.keys[0], "berakhlak", Decimal(701)),
        FigureDraft(unit.keys[1], "gross_salary", Decimal(-1)),
        FigureDraft(unit.keys[1], "attendance", Decimal(1)),
        FigureDraft(99, "skbp", Decimal(80)),
    ]
    with pytest.raises(Invalid) as refusal:
        figures.enter(work, unit.id, SEPTEMBER, drafts)
    assert codes(refusal) == [
        ("value", "figure_range"),
        ("value", "figure_less"),
        ("code", "figure_unknown"),
        ("people", "not_here"),
    ]
    assert figures.of_month(work, unit.id, SEPTEMBER).values == {}


def test_somebody_elses_number_is_not_overwritten(work, unit):
    enter(work, unit, "skbp", 90)
    with pytest.raises(Conflict):
        enter(work, unit, "skbp", 80)


def test_nobody_outside_asn_is_asked_for(work, unit):
    values = {"status": EmploymentStatus.NON_ASN, "grade": "", "version": 2}
    work.session.execute(update(Rank).where(Rank.employee_id == unit.keys[1]).values(**values))
    assert len(figures.of_month(work, unit.id, SEPTEMBER).people) == 1


def test_a_locked_month_takes_no_more_numbers(work, unit):
    calculated(work, unit)
    record = work.session.scalar(select(Recommendation))
    record.state = State.FINAL
    work.session.flush()
    with pytest.raises(Invalid) as refusal:
        enter(work, unit, "skbp", 90)
    assert codes(refusal) == [("period", "month_locked")]


def test_without_rules_there_is_nothing_to_enter(work):
    alone = known_unit(work)
    with pytest.raises(Invalid) as refusal:
        figures.of_month(work, alone.id, SEPTEMBER)
    assert codes(refusal) == [("rules", "no_rules")]


def test_who_may_only_read_enters_nothing(work, unit):
    reader = replace(work, actor=Actor("Pembaca", Right.READ))
    assert figures.of_month(reader, unit.id, SEPTEMBER).kinds
    with pytest.raises(NotAllowed):
        enter(reader, unit, "skbp", 90)
