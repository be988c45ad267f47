from dataclasses import replace
from decimal import Decimal

import pytest

from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import Realisation, TargetDraft, TargetState
from wfh_desktop.services import targets, work_reports

from .. import offices
from ..offices import SEPTEMBER

OCTOBER = Period(2026, 10)


@pytest.fixture
def office(work):
    return offices.unit(work)


@pytest.fixture
def person(work, office):
    return offices.somebody(work, office)


@pytest.fixture
def goal(work, office):
    return offices.objective(work, office)


def only(work, office, period=SEPTEMBER):
    (row,) = targets.listing(work, office.id, period)
    return row


def draft_of(row, **changes):
    names = ("employee_id", "objective_id", "title", "measure", "quantity", "quality", "days")
    return TargetDraft(**{name: getattr(row, name) for name in names} | changes)


def test_a_target_is_tied_to_a_sasaran(work, office, person, goal):
    offices.target(work, office, person, goal)
    row = only(work, office)
    assert (row.objective, row.quantity, row.state) == (
        "Layanan data tepat waktu", 4, TargetState.SET,
    )  # fmt: skip


def test_one_target_is_set_for_many_people_at_once(work, office, person, goal):
    other = offices.somebody(work, office, 2)
    drafts = [
        TargetDraft(one.id, goal.id, "Rekap data layanan", "laporan", Decimal(4))
        for one in (person, other)
    ]
    keys = targets.set_targets(work, office.id, SEPTEMBER, drafts)
    rows = targets.listing(work, office.id, SEPTEMBER)
    assert [(row.id, row.employee_id) for row in rows] == [
        (keys[0], person.id), (keys[1], other.id),
    ]  # fmt: skip
    with pytest.raises(Invalid, match="nobody"):
        targets.set_targets(work, office.id, SEPTEMBER, [])


def test_a_unit_works_towards_its_own_sasaran_first_and_those_above(work, office, goal):
    below = offices.unit(work, "Seksi Contoh", office)
    offices.objective(work, below, title="Arsip rapi")
    offices.objective(work, offices.unit(work, "Unit Lain"), title="Asing")
    titles = [row.title for row in targets.objectives(work, below.id, 2026)]
    assert titles == ["Arsip rapi", "Layanan data tepat waktu"]
    assert targets.objectives(work, office.id, 2025) == []


def test_names_everything_that_a_target_lacks(work, office, person):
    draft = TargetDraft(person.id, 0, "", "", Decimal(), Decimal(101), Decimal(), Decimal())
    with pytest.raises(Invalid) as refusal:
        targets.set_target(work, office.id, SEPTEMBER, draft)
    assert [problem.field for problem in refusal.value.problems] == [
        "title", "measure", "objective", "quantity", "quality", "days", "cost",
    ]  # fmt: skip


def test_a_sasaran_of_another_unit_is_refused(work, office, person):
    foreign = offices.objective(work, offices.unit(work, "Unit Lain"))
    with pytest.raises(Invalid):
        offices.target(work, office, person, foreign)


def test_what_is_accepted_counts_for_the_target(work, office, person, goal):
    target = offices.target(work, office, person, goal)
    task = offices.task(work, office, person, target_ids=[(person.id, target)], quantity=Decimal(4))
    share = offices.share_of(work, task)
    for day, rating in ((17, 5), (20, 3)):
        key = offices.report(work, share, day=SEPTEMBER.first.replace(day=day))
        work_reports.accept(work, key, work_reports.details(work, key).row.version, rating)
    offices.report(work, share)  # still waits
    done = only(work, office).done
    assert (done.quantity, done.quality, done.reports) == (2, Decimal("87.5"), 2)
    assert (done.late_days, done.days) == (2, 22)
    assert done.by_hand == frozenset()


def test_a_report_of_another_month_counts_for_nothing(work, office, person, goal):
    target = offices.target(work, office, person, goal)
    task = offices.task(work, office, person, target_ids=[(person.id, target)])
    key = offices.report(work, offices.share_of(work, task), day=OCTOBER.first)
    work_reports.accept(work, key, work_reports.details(work, key).row.version, 5)
    assert only(work, office).done.quantity == 0


def test_an_entry_by_hand_wins_until_it_is_taken_back(work, office, person, goal):
    target = offices.target(work, office, person, goal)
    targets.realise(work, target, only(work, office).version, Realisation(quantity=Decimal(3)))
    row = only(work, office)
    assert (row.done.quantity, row.done.by_hand) == (3, {"quantity"})
    targets.realise(work, target, row.version, Realisation())
    assert only(work, office).done.quantity == 0


def test_a_realisation_is_possible_or_refused(work, office, person, goal):
    target = offices.target(work, office, person, goal)
    entered = Realisation(quantity=Decimal(-1), quality=Decimal(101))
    with pytest.raises(Invalid) as refusal:
        targets.realise(work, target, only(work, office).version, entered)
    assert [problem.code for problem in refusal.value.problems] == ["negative", "quality_range"]


def test_last_month_is_copied_as_drafts_without_what_was_achieved(work, office, person, goal):
    other = offices.somebody(work, office, 2)
    target = offices.target(work, office, person, goal)
    targets.realise(work, target, only(work, office).version, Realisation(quantity=Decimal(3)))
    offices.target(work, office, other, goal)
    offices.target(work, office, other, goal, OCTOBER, title="Sudah ada")
    assert targets.copy_last_month(work, office.id, OCTOBER) == 1
    copy, kept = targets.listing(work, office.id, OCTOBER)
    assert (copy.employee_id, copy.state, copy.done.quantity) == (
        person.id, TargetState.DRAFT, 0,
    )  # fmt: skip
    assert kept.title == "Sudah ada"
    assert targets.copy_last_month(work, office.id, OCTOBER) == 0
    assert targets.confirm(work, [(copy.id, copy.version), (kept.id, kept.version)]) == 1
    assert {row.state for row in targets.listing(work, office.id, OCTOBER)} == {TargetState.SET}


def test_in_january_targets_follow_the_new_years_sasaran_of_the_same_words(
    work, office, person, goal
):
    december, january = Period(2026, 12), Period(2027, 1)
    other = offices.objective(work, office, title="Hanya tahun ini")
    offices.target(work, office, person, goal, december)
    offices.target(work, office, person, other, december, title="Tertinggal")
    new = offices.objective(work, office, 2027)
    assert targets.copy_last_month(work, office.id, january) == 1
    assert only(work, office, january).objective_id == new.id


def test_a_cancelled_target_is_kept_and_can_be_restored(work, office, person, goal):
    target = offices.target(work, office, person, goal)
    with pytest.raises(Invalid):
        targets.cancel(work, target, only(work, office).version, "")
    version = targets.cancel(work, target, only(work, office).version, "Kegiatan dihapus")
    assert targets.listing(work, office.id, SEPTEMBER) == []
    targets.restore(work, target, version)
    assert only(work, office).state is TargetState.SET


def test_a_locked_month_keeps_its_targets(work, office, person, goal):
    target = offices.target(work, office, person, goal)
    row = only(work, office)
    offices.lock(work, office)
    for act in (
        lambda: targets.change(work, target, row.version, draft_of(row, title="Lain")),
        lambda: targets.cancel(work, target, row.version, "Salah"),
        lambda: targets.realise(work, target, row.version, Realisation()),
        lambda: offices.target(work, office, person, goal),
        lambda: targets.copy_last_month(work, office.id, SEPTEMBER),
    ):
        with pytest.raises(Invalid, match="month_locked"):
            act()
    assert targets.copy_last_month(work, office.id, OCTOBER) == 1


def test_the_lock_of_a_unit_holds_for_those_below(work, office):
    below = offices.unit(work, "Seksi Contoh", office)
    person = offices.somebody(work, below, 7)
    goal = offices.objective(work, office)
    offices.lock(work, office)
    with pytest.raises(Invalid, match="month_locked"):
        offices.target(work, below, person, goal)


def test_a_change_is_refused_if_somebody_was_faster(work, office, person, goal):
    target = offices.target(work, office, person, goal)
    row = only(work, office)
    targets.change(work, target, row.version, draft_of(row, title="Lain"))
    work.session.flush()
    with pytest.raises(Conflict):
        targets.change(work, target, row.version, draft_of(row, title="Beda"))


def test_only_who_may_assign_sets_targets(database, chief):
    with database.work(chief) as work:
        office = offices.unit(work)
        person, goal = offices.somebody(work, office), offices.objective(work, office)
    clerk = replace(chief, rights=Right.READ | Right.RECORD)
    with pytest.raises(NotAllowed), database.work(clerk) as work:
        offices.target(work, office, person, goal)
