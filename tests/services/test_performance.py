from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed
from wfh_desktop.domain.people import Level, Right
from wfh_desktop.domain.performance import Generation, scoring
from wfh_desktop.domain.performance.assessment import AssessmentDraft, aspects_asked
from wfh_desktop.domain.performance.panrb6 import CoreValue, Rating
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import Realisation
from wfh_desktop.persistence.models import AuditEntry
from wfh_desktop.services import performance, targets

from .. import offices
from ..offices import SEPTEMBER

AS_EXPECTED = AssessmentDraft(
    {value.value: Rating.AS.value for value in CoreValue}, results=Rating.AS
)


@pytest.fixture
def office(work):
    return offices.unit(work)


@pytest.fixture
def person(work, office):
    return offices.somebody(work, office)


def score(work, office, person, period=SEPTEMBER):
    return performance.scores(work, office.id, period)[person.id]


def aim(work, office, person, period=SEPTEMBER, done=4, **values):
    """Set a target and enter by hand how much of it was done, with quality 90 of 100."""
    goal = offices.objective(work, office, period.year)
    key = offices.target(work, office, person, goal, period, **values)
    entered = Realisation(Decimal(done), Decimal(90), Decimal(20))
    row = next(one for one in targets.listing(work, office.id, period) if one.id == key)
    targets.realise(work, key, row.version, entered)
    return key


def test_everybody_has_a_score_and_who_is_not_appraised_an_empty_one(work, office, person):
    other = offices.somebody(work, office, 2)
    performance.assess(work, office.id, SEPTEMBER, person.id, AS_EXPECTED)
    found = performance.scores(work, office.id, SEPTEMBER)
    assert found[person.id].predicate == "Baik"
    assert found[other.id].predicate == ""
    assert scoring.NOT_RATED in found[other.id].explanation


def test_the_predicate_comes_from_both_ratings_with_its_trail(work, office, person):
    aim(work, office, person)
    draft = replace(AS_EXPECTED, results=Rating.ABOVE, note="Inovasi loket tunggal")
    performance.assess(work, office.id, SEPTEMBER, person.id, draft)
    found = score(work, office, person)
    assert (found.results, found.behaviour, found.predicate) == (
        "Di atas ekspektasi", "Sesuai ekspektasi", "Baik",
    )  # fmt: skip
    assert found.score == 100
    assert any("Inovasi loket tunggal" in line for line in found.explanation)


def test_a_month_of_2018_is_scored_by_the_rule_of_2018(work, office, person):
    march = Period(2018, 3)
    aim(work, office, person, march)
    five = dict.fromkeys(aspects_asked(Generation.PP46, Level.PELAKSANA), "80")
    performance.assess(work, office.id, march, person.id, AssessmentDraft(five))
    found = score(work, office, person, march)
    assert found.generation is Generation.PP46
    assert found.score == (Decimal(266) / 3 * 60 + 80 * 40) / 100
    assert found.predicate == "Baik"


def test_a_month_of_late_2021_adds_what_was_achieved_beside_the_plan(work, office, person):
    august = Period(2021, 8)
    aim(work, office, person, august)
    aim(work, office, person, august, title="Panitia HUT", scope_percent=Decimal(5))
    four = dict.fromkeys(aspects_asked(Generation.PANRB8, Level.PELAKSANA), "100")
    performance.assess(work, office.id, august, person.id, AssessmentDraft(four))
    found = score(work, office, person, august)
    main = Decimal(109 + 80 + 109) / 3
    assert found.score == ((main + Decimal("4.36")) * 70 + 100 * 30) / 100


def test_today_an_additional_task_is_a_target_like_others(work, office, person):
    aim(work, office, person, done=2, scope_percent=Decimal(5))
    performance.assess(
        work, office.id, SEPTEMBER, person.id, replace(AS_EXPECTED, results=Rating.BELOW)
    )
    assert score(work, office, person).score == 50


def test_departing_from_the_evidence_needs_a_reason(work, office, person):
    aim(work, office, person, done=1)
    with pytest.raises(Invalid, match="departs_without_reason"):
        performance.assess(work, office.id, SEPTEMBER, person.id, AS_EXPECTED)


def test_nothing_is_copied_from_the_month_before(work, office, person):
    performance.assess(work, office.id, SEPTEMBER, person.id, AS_EXPECTED)
    assert score(work, office, person, Period(2026, 10)).predicate == ""


def test_an_appraisal_is_replaced_only_by_who_has_seen_it(work, office, person):
    performance.assess(work, office.id, SEPTEMBER, person.id, AS_EXPECTED)
    with pytest.raises(Conflict):
        performance.assess(work, office.id, SEPTEMBER, person.id, AS_EXPECTED)
    (row,) = performance.month(work, office.id, SEPTEMBER)
    better = replace(AS_EXPECTED, results=Rating.ABOVE, behaviour=Rating.ABOVE, note="Teladan")
    performance.assess(
        work, office.id, SEPTEMBER, person.id, better, version=row.assessment.version
    )
    assert score(work, office, person).predicate == "Sangat Baik"
    *_, entry = work.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    assert entry.details["before"]["predicate"] == "Baik"


def test_an_appraisal_can_be_taken_back_and_given_again(work, office, person):
    performance.assess(work, office.id, SEPTEMBER, person.id, AS_EXPECTED)
    (row,) = performance.month(work, office.id, SEPTEMBER)
    performance.clear(work, row.assessment.id, row.assessment.version)
    work.session.flush()
    (row,) = performance.month(work, office.id, SEPTEMBER)
    assert row.score.predicate == ""
    performance.assess(
        work, office.id, SEPTEMBER, person.id, AS_EXPECTED, version=row.assessment.version
    )
    assert score(work, office, person).predicate == "Baik"


def test_a_realisation_that_changed_after_the_appraisal_is_told(work, office, person):
    key = aim(work, office, person)
    performance.assess(work, office.id, SEPTEMBER, person.id, AS_EXPECTED)
    (row,) = targets.listing(work, office.id, SEPTEMBER)
    targets.realise(work, key, row.version, Realisation(Decimal(3), Decimal(90)))
    assert score(work, office, person).explanation[-1] == (
        "Realisasi berubah sejak dinilai: waktu itu 100 (Baik)."
    )


def test_spent_money_that_nobody_entered_leaves_the_month_open(work, office, person):
    aim(work, office, person, cost=Decimal(1_000_000))
    performance.assess(work, office.id, SEPTEMBER, person.id, AS_EXPECTED)
    found = score(work, office, person)
    assert found.predicate == ""
    assert found.explanation[0] == "Realisasi biaya target “Rekap data layanan” belum diisi."


def test_drafts_do_not_count(work, office, person):
    aim(work, office, person, done=4)
    targets.copy_last_month(work, office.id, Period(2026, 10))
    (row,) = performance.month(work, office.id, Period(2026, 10))
    assert len(row.targets) == 1
    assert row.score.score is None


def test_a_locked_month_is_not_appraised_any_more(work, office, person):
    performance.assess(work, office.id, SEPTEMBER, person.id, AS_EXPECTED)
    (row,) = performance.month(work, office.id, SEPTEMBER)
    offices.lock(work, office)
    with pytest.raises(Invalid, match="month_locked"):
        performance.assess(
            work, office.id, SEPTEMBER, person.id, AS_EXPECTED, version=row.assessment.version
        )
    with pytest.raises(Invalid, match="month_locked"):
        performance.clear(work, row.assessment.id, row.assessment.version)


def test_only_the_head_appraises(database, chief):
    with database.work(chief) as work:
        office = offices.unit(work)
        person = offices.somebody(work, office)
    clerk = replace(chief, rights=Right.READ | Right.RECORD | Right.ASSIGN)
    with pytest.raises(NotAllowed), database.work(clerk) as work:
        performance.assess(work, office.id, SEPTEMBER, person.id, AS_EXPECTED)


def test_before_2014_there_is_no_score(work, office, person):
    with pytest.raises(Invalid, match="before_appraisal"):
        performance.scores(work, office.id, Period(2013, 12))


def test_three_hundred_people_are_scored_in_a_handful_of_queries(work, office, queries):
    for number in range(1, 301):
        offices.somebody(work, office, number)
    with queries() as counted:
        assert len(performance.scores(work, office.id, SEPTEMBER)) == 300
    assert counted() <= 14
