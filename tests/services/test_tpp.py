"""The month's recommendation: from facts to a final list that nothing changes any more."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from tests.engines import sqlite_only
from tests.services.offices import office, people
from tests.services.tpp_months import CLASS_7, SEPTEMBER, START, prepared
from wfh_desktop import words
from wfh_desktop.domain.attendance import Status
from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Actor, EmploymentStatus, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.models import (
    Assessment,
    BaseAmount,
    Ceiling,
    ConductEvent,
    DayEntry,
    Employee,
    Leave,
    Position,
    Rank,
    Recommendation,
    RecommendationLine,
    RuleChoice,
)
from wfh_desktop.services import attendance, conduct, tpp
from wfh_desktop.services.conduct import ConductDraft
from wfh_desktop.services.tpp import figures
from wfh_desktop.services.tpp.figures import FigureDraft
from wfh_desktop.services.tpp.findings import PLACES


@pytest.fixture
def unit(work):
    return prepared(work)


def alter(work, key, day, **values):
    work.session.execute(
        update(DayEntry)
        .where(DayEntry.employee_id == key, DayEntry.day == day)
        .values(**values, version=DayEntry.version + 1)
    )
    work.session.expire_all()


def computed(work, unit):
    tpp.compute(work, unit.id, SEPTEMBER)
    work.session.flush()
    return tpp.current(work, unit.id, SEPTEMBER)


def net(details, key):
    return next(line.net for line in details.lines if line.employee_id == key)


def findings(work, details):
    return tpp.before_submitting(work, details.id)


def codes(work, details, *, blocking=True):
    return {one.code for one in tpp.before_submitting(work, details.id) if one.blocking is blocking}


def final(work, unit):
    details = computed(work, unit)
    tpp.submit(work, details.id, details.version)
    work.session.flush()
    details = tpp.current(work, unit.id, SEPTEMBER)
    tpp.lock(work, details.id, details.version, "800/1", date(2026, 10, 3))
    work.session.flush()
    return tpp.current(work, unit.id, SEPTEMBER)


def test_whoever_came_on_time_and_worked_well_gets_all(work, unit):
    details = computed(work, unit)
    assert [line.net for line in details.lines] == [CLASS_7] * 3
    assert [line.place for line in details.lines] == [1, 2, 3]
    assert details.state is State.DRAFT
    assert details.net == CLASS_7 * 3


def test_each_late_minute_costs_a_hundredth_percent_of_the_attendance_part(work, unit):
    alter(work, unit.keys[0], unit.days[4], time_in=time(9, 15))
    details = computed(work, unit)
    late = Decimal(30)  # the work hours of the unit begin at 07.45, an hour is tolerated
    lost = CLASS_7 * Decimal("0.3") * late * Decimal("0.0001")
    assert net(details, unit.keys[0]) == (CLASS_7 - lost).quantize(Decimal(1))


def test_lateness_within_the_tolerance_costs_nothing(work, unit):
    alter(work, unit.keys[0], unit.days[4], time_in=time(8, 45))
    assert net(computed(work, unit), unit.keys[0]) == CLASS_7


def test_leave_that_a_rule_set_counts_among_its_events_is_docked(work, unit):
    work.session.execute(update(RuleChoice).values(rule_id="jambi", version=2))
    amount = {"component": "TOTAL", "job_class": 7, "amount": Decimal(1000000)}
    work.session.add(BaseAmount(unit_id=unit.id, rule_id="jambi", valid_from=START, **amount))
    before = net(computed(work, unit), unit.keys[0])
    day = unit.days[2]
    gone = (DayEntry.employee_id == unit.keys[0], DayEntry.day == day)
    work.session.execute(delete(DayEntry).where(*gone))
    leave = {"kind": LeaveKind.ANNUAL, "starts": day, "ends": day}
    row = Leave(unit_id=unit.id, employee_id=unit.keys[0], document="Surat izin", **leave)
    work.log("test.leave", work.add(row))
    after = net(computed(work, unit), unit.keys[0])
    assert after < before
    assert trail_says(work, unit, "Surat izin")


def trail_says(work, unit, text):
    line = tpp.current(work, unit.id, SEPTEMBER).lines[0]
    nodes = trail.walk(tpp.explain(work, line.id))
    return any(text in source for node in nodes for source in node.source)


def test_every_figure_leads_down_to_the_day_it_comes_from(work, unit):
    alter(work, unit.keys[0], unit.days[4], time_in=time(9, 15))
    line = computed(work, unit).lines[0]
    root = tpp.explain(work, line.id)
    assert sum(leaf.amount for leaf in trail.leaves(root)) == line.net
    day = f"{unit.days[4]:%d-%m-%Y}"
    assert any(day in source and "09.15" in source for n in trail.walk(root) for source in n.source)
    assert any("Pasal" in node.clause for node in trail.walk(root))


def test_nothing_is_docked_while_a_day_is_unclear(work, unit):
    key, day = unit.keys[0], unit.days[4]
    work.session.execute(delete(DayEntry).where(DayEntry.employee_id == key, DayEntry.day == day))
    details = computed(work, unit)
    assert net(details, key) == CLASS_7
    assert "unclear" in codes(work, details)
    with pytest.raises(Invalid, match="check_failed"):
        tpp.submit(work, details.id, details.version)


def test_an_unexcused_day_is_docked_and_a_day_of_annual_leave_is_not(work, unit):
    absent, away, _ = unit.keys
    alter(work, absent, unit.days[2], status=Status.ABSENT, time_in=None, time_out=None)
    alter(work, away, unit.days[2], status=None, time_in=None, time_out=None)
    work.session.execute(
        delete(DayEntry).where(DayEntry.employee_id == away, DayEntry.day == unit.days[2])
    )
    leave = Leave(
        unit_id=unit.id,
        employee_id=away,
        kind=LeaveKind.ANNUAL,
        starts=unit.days[2],
        ends=unit.days[2],
        document="Surat izin cuti",
    )
    work.log("test.leave", work.add(leave))
    details = computed(work, unit)
    assert net(details, absent) == (CLASS_7 * Decimal("0.991")).quantize(Decimal(1))
    assert net(details, away) == CLASS_7


def test_what_was_noted_by_hand_counts_until_it_is_taken_back(work, unit):
    kinds = {one.code for one in conduct.kinds(work, unit.id, SEPTEMBER)}
    assert "UPACARA" in kinds
    assert not kinds & {"TL", "PSW", "TAP", "TK"}
    draft = ConductDraft("UPACARA", unit.days[3], reason="Tidak mengikuti upacara")
    key = conduct.note(work, unit.keys[0], draft)
    assert net(computed(work, unit), unit.keys[0]) == (CLASS_7 * Decimal("0.991")).quantize(
        Decimal(1)
    )
    conduct.cancel(work, key, 1, "Salah orang")
    assert net(computed(work, unit), unit.keys[0]) == CLASS_7
    assert work.get(ConductEvent, key).cancelled


def test_an_event_that_the_rules_do_not_know_is_refused(work, unit):
    with pytest.raises(Invalid) as refusal:
        conduct.note(work, unit.keys[0], ConductDraft("XYZ", unit.days[3], count=0))
    assert {(p.field, p.code) for p in refusal.value.problems} == {
        ("code", "unknown_event"),
        ("count", "not_positive"),
        ("reason", "required"),
    }


def test_who_has_no_appraisal_is_listed_with_the_reason_and_forbids_submitting(work, unit):
    work.session.execute(delete(Assessment).where(Assessment.employee_id == unit.keys[2]))
    details = computed(work, unit)
    line = details.lines[2]
    assert line.refusal == "Kinerja belum dinilai di Kinerja."
    assert (line.gross, line.net) == (0, 0)
    assert "no_predicate" in codes(work, details)


def test_a_reason_that_many_share_is_told_once_with_all_of_them(work, unit):
    work.session.execute(delete(Assessment))
    shown = findings(work, computed(work, unit))
    found = [one for one in shown if one.code == "no_predicate"]
    assert [one.text for one in found] == [
        "Kinerja belum dinilai: Pegawai 1, Pegawai 2, Pegawai 3."
    ]
    assert found[0].keys == tuple(unit.keys)
    assert (found[0].page, found[0].part, found[0].blocking) == ("performance", "missing", True)


@pytest.mark.parametrize(
    ("rules", "base", "expected"),
    [
        ("manado-2022", None, ["no_base"]),
        ("manado-2022", 5_000_000, ["no_score"]),
        ("banjarmasin-2025", 5_000_000, []),
    ],
)
def test_what_a_rule_set_lacks_leads_to_where_it_is_entered(work, unit, rules, base, expected):
    work.session.execute(update(RuleChoice).values(rule_id=rules, version=RuleChoice.version + 1))
    if base:
        row = {"unit_id": unit.id, "rule_id": rules, "job_class": 7, "valid_from": START}
        component = "TOTAL" if rules == "manado-2022" else "KK"
        work.session.add(BaseAmount(**row, component=component, amount=Decimal(base)))
        work.session.flush()
    work.session.expire_all()
    lacking = {"no_base", "no_score", "no_figure", "no_grade", "refused"}
    assert sorted(codes(work, computed(work, unit)) & lacking) == expected


def test_a_number_that_was_forgotten_is_named(work, unit):
    work.session.execute(
        update(RuleChoice).values(rule_id="manado-2022", version=RuleChoice.version + 1)
    )
    row = {"unit_id": unit.id, "rule_id": "manado-2022", "job_class": 7, "valid_from": START}
    work.session.add(BaseAmount(**row, component="TOTAL", amount=Decimal(5_000_000)))
    for key in unit.keys:
        draft = FigureDraft(key, "berakhlak", Decimal(690))
        figures.enter(work, unit.id, SEPTEMBER, [draft])
    work.session.expire_all()
    texts = [one.text for one in findings(work, computed(work, unit))]
    named = "Capaian sasaran kerja bulanan belum diisi: Pegawai 1, Pegawai 2, Pegawai 3."
    assert named in texts


def test_a_class_that_changed_after_the_month_does_not_change_the_month(work, unit):
    before = computed(work, unit)
    position = work.session.scalars(
        select(Position).where(Position.employee_id == unit.keys[0])
    ).one()
    position.valid_to = date(2026, 9, 30)
    later = Position(
        unit_id=unit.id,
        employee_id=unit.keys[0],
        title="Analis",
        level=position.level,
        job_class=9,
        valid_from=date(2026, 10, 1),
    )
    work.log("test.promoted", work.add(later))
    after = computed(work, unit)
    assert [line.net for line in after.lines] == [line.net for line in before.lines]
    assert after.lines[0].person.job_class == 7


def test_the_amount_an_office_sets_for_a_jabatan_wins_over_that_of_its_class(work, unit):
    for title, amount in (("", 4000000), ("Pengolah Data", 5000000)):
        work.session.add(
            BaseAmount(
                unit_id=unit.id,
                rule_id="kemnaker-15-2024",
                component="TOTAL",
                job_class=None if title else 7,
                title=title,
                amount=Decimal(amount),
                valid_from=START,
            )
        )
    assert computed(work, unit).lines[0].net == 5000000


def test_pagu_is_a_limit(work, unit):
    details = computed(work, unit)
    assert "no_ceiling" in codes(work, details, blocking=False)
    limit = Ceiling(unit_id=unit.id, year=2026, month=9, amount=CLASS_7 * 3)
    work.log("test.ceiling", work.add(limit))
    assert "ceiling" not in codes(work, details)
    limit.amount -= 1
    work.session.flush()
    assert "ceiling" in codes(work, details)


def test_what_changed_since_the_calculation_is_told(work, unit):
    details = computed(work, unit)
    assert codes(work, details) == set()
    alter(work, unit.keys[1], unit.days[0], time_in=time(9, 0))
    assert codes(work, details) == {"stale"}
    assert codes(work, computed(work, unit)) == set()


def test_a_newcomer_is_missing_until_it_is_calculated_again(work, unit):
    details = computed(work, unit)
    (new,) = people(work, unit, 1, first=50)
    assert "missing" in codes(work, details)
    assert new not in {line.employee_id for line in details.lines}


def test_a_month_that_is_not_over_cannot_be_submitted(database, chief, unit, work):
    october = Period(2026, 10)
    key = tpp.compute(work, unit.id, october)
    assert "not_over" in {one.code for one in tpp.before_submitting(work, key)}


def test_from_draft_over_submitted_to_final(work, unit):
    details = final(work, unit)
    assert details.state is State.FINAL
    assert (details.number, details.dated) == ("800/1", date(2026, 10, 3))
    assert details.locked_by == "Kepala"
    assert len(details.digest) == 64
    assert tpp.state(work, unit.id, SEPTEMBER) is State.FINAL
    steps = [step.action for step in tpp.history(work, details.id)]
    assert steps == ["recommendation.locked", "recommendation.submitted", "recommendation.computed"]


def test_a_final_month_never_changes(work, unit):
    details = final(work, unit)
    with pytest.raises(Invalid, match="not_a_draft"):
        tpp.compute(work, unit.id, SEPTEMBER)
    with pytest.raises(Invalid, match="no_such_step"):
        tpp.submit(work, details.id, details.version)
    with pytest.raises(Invalid):
        attendance.require_open(work, unit.id, SEPTEMBER)
    with pytest.raises(Invalid):
        conduct.note(work, unit.keys[0], ConductDraft("UPACARA", unit.days[0], reason="Alpa"))


@sqlite_only
@pytest.mark.parametrize(
    "statement",
    [
        update(Recommendation).values(number="800/2"),
        update(RecommendationLine).values(net=Decimal(1)),
        delete(RecommendationLine),
        delete(Recommendation),
    ],
    ids=["letter", "amount", "line", "all"],
)
def test_the_database_refuses_whoever_tries_to_change_it(work, unit, statement):
    final(work, unit)
    with pytest.raises(IntegrityError, match="guard_"):
        work.session.execute(statement)


def test_a_correction_after_locking_is_a_new_revision_that_refers_to_the_old_one(work, unit):
    old = final(work, unit)
    key = tpp.reopen(work, old.id, old.version, "  Presensi tanggal 1 keliru ")
    work.session.flush()
    alter(work, unit.keys[0], unit.days[4], time_in=time(9, 15))
    tpp.compute(work, unit.id, SEPTEMBER)
    work.session.flush()
    new = tpp.current(work, unit.id, SEPTEMBER)
    assert (new.id, new.revision, new.replaces_id) == (key, 1, old.id)
    assert new.reason == "Presensi tanggal 1 keliru"
    assert new.state is State.DRAFT
    assert new.net < old.net
    assert tpp.details(work, old.id) == old
    assert [row.revision for row in tpp.revisions(work, unit.id, SEPTEMBER)] == [1, 0]


def test_what_was_submitted_can_be_taken_back_with_a_reason(work, unit):
    details = computed(work, unit)
    tpp.submit(work, details.id, details.version)
    work.session.flush()
    details = tpp.current(work, unit.id, SEPTEMBER)
    with pytest.raises(Invalid, match="required"):
        tpp.reopen(work, details.id, details.version, "   ")
    tpp.reopen(work, details.id, details.version, "Ada yang kurang")
    work.session.flush()
    details = tpp.current(work, unit.id, SEPTEMBER)
    assert (details.state, details.revision, details.submitted_by) == (State.DRAFT, 0, "")


def test_a_stale_view_cannot_lock(work, unit):
    details = computed(work, unit)
    tpp.submit(work, details.id, details.version)
    work.session.flush()
    with pytest.raises(Conflict):
        tpp.lock(work, details.id, details.version)


def test_the_secretariat_calculates_and_only_the_head_submits(work, unit):
    clerk = replace(work, actor=Actor("Sekretariat", Right.READ | Right.RECORD))
    details = computed(clerk, unit)
    with pytest.raises(NotAllowed):
        tpp.submit(clerk, details.id, details.version)


def test_the_list_says_what_changed_since_the_month_before(work, unit):
    old = Recommendation(
        unit_id=unit.id,
        year=2026,
        month=8,
        revision=0,
        rule_id="kemnaker-15-2024",
        rule_digest="",
        snapshot={},
        computed_at=work.now,
    )
    work.add(old)
    line = RecommendationLine(
        unit_id=unit.id,
        recommendation_id=old.id,
        employee_id=unit.keys[0],
        place=1,
        person={},
        facts={},
        result={},
        gross=CLASS_7 - 100,
        net=CLASS_7 - 100,
    )
    work.session.add(line)
    work.log("test.before", old)
    lines = computed(work, unit).lines
    assert [line.change for line in lines] == [100, None, None]


def test_without_chosen_rules_nothing_is_calculated(work):
    unit = office(work)
    with pytest.raises(Invalid, match="no_rules"):
        tpp.compute(work, unit.id, SEPTEMBER)


def test_a_probationer_is_paid_as_one(work, unit):
    rank = work.session.scalars(select(Rank).where(Rank.employee_id == unit.keys[0])).one()
    rank.status = EmploymentStatus.CPNS
    work.log("test.rank", rank)
    assert net(computed(work, unit), unit.keys[0]) == (CLASS_7 * Decimal("0.8")).quantize(
        Decimal(1)
    )


def test_somebody_on_the_list_of_another_unit_is_not_paid_twice(work, unit):
    details = final(work, unit)
    assert details.lines
    other = office(work, name="Unit Lain")
    work.session.add(RuleChoice(unit_id=other.id, rule_id="kemnaker-15-2024", valid_from=START))
    position = work.session.scalars(
        select(Position).where(Position.employee_id == unit.keys[0])
    ).one()
    position.unit_id = other.id
    work.session.get(Employee, unit.keys[0]).unit_id = other.id
    work.log("test.moved", position)
    key = tpp.compute(work, other.id, SEPTEMBER)
    assert "elsewhere" in {one.code for one in tpp.before_submitting(work, key)}


def test_every_check_has_its_sentence_and_its_place():
    assert set(PLACES) == set(words.CHECKS)
