from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, update

from tests.services import offices
from wfh_desktop.domain.careers import RankDraft
from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed
from wfh_desktop.domain.people import Actor, EmploymentStatus, Level, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import Position, Rank
from wfh_desktop.services import people
from wfh_desktop.services.people import Change, CommonDraft

START = date(2020, 1, 1)
JULY, SEPTEMBER = date(2026, 7, 1), date(2026, 9, 1)
MONTH = Period(2026, 9)


@pytest.fixture
def unit(work):
    return offices.office(work)


@pytest.fixture
def keys(work, unit):
    keys = offices.people(work, unit, 4)
    work.log("test.prepared", unit)
    return keys


@pytest.fixture
def unknown(work, keys):
    """The same people as an attendance file leaves them: only name and NIP are known."""
    work.session.execute(update(Rank).values(grade="", version=Rank.version + 1))
    nothing = {"title": "", "job_class": None, "version": Position.version + 1}
    work.session.execute(update(Position).values(**nothing))
    work.session.expire_all()
    return keys


def rows(work, unit, month=MONTH):
    return {row.id: row for row in people.roster(work, unit.id, month)}


def codes(refusal):
    return [(problem.field, problem.code) for problem in refusal.value.problems]


def test_what_was_unknown_is_completed_where_it_stands(work, unit, unknown):
    draft = CommonDraft(SEPTEMBER, "Pengolah  Data", Level.PENGAWAS, 8, grade="III/c")
    done = people.change_together(work, unknown, draft)
    assert done.people == 4
    for row in rows(work, unit, Period(2026, 7)).values():  # it was so before, only not known
        assert (row.title, row.level, row.job_class, row.grade) == (
            "Pengolah Data",
            Level.PENGAWAS,
            8,
            "III/c",
        )
    assert work.session.scalar(select(func.count()).select_from(Position)) == 4


def test_what_was_known_changes_from_the_day_on(work, unit, keys):
    people.change_together(work, keys[:2], CommonDraft(SEPTEMBER, job_class=9, grade="III/d"))
    before, after = rows(work, unit, Period(2026, 8)), rows(work, unit)
    assert [before[key].job_class for key in keys] == [7, 7, 7, 7]
    assert [after[key].job_class for key in keys] == [9, 9, 7, 7]
    assert [after[key].grade for key in keys] == ["III/d", "III/d", "III/b", "III/b"]
    assert [after[key].title for key in keys] == ["Pengolah Data"] * 4
    new, old = people.details(work, keys[0]).positions
    assert (old.valid_to, new.valid_from) == (date(2026, 8, 31), SEPTEMBER)


def test_only_the_fields_that_are_filled_change_and_only_where_they_differ(work, unit, keys):
    people.change_together(work, keys[:1], CommonDraft(START, job_class=9))
    shown = people.preview_together(work, keys, CommonDraft(SEPTEMBER, job_class=9))
    assert [row.changes for row in shown] == [
        (),
        *[(Change("job_class", "7", "9"),)] * 3,
    ]
    assert [row.dated for row in shown] == [False, True, True, True]
    done = people.change_together(work, keys, CommonDraft(SEPTEMBER, job_class=9))
    assert done.people == 3


def test_a_preview_tells_every_change_in_words_and_changes_nothing(work, unit, unknown):
    below = offices.office(work, parent=unit, name="Bidang Contoh", hours=None)
    draft = CommonDraft(
        SEPTEMBER, "Analis", Level.PENGAWAS, unit_id=below.id, superior_id=unknown[3], grade="IV/a"
    )
    first, *_, chief = people.preview_together(work, unknown, draft)
    assert first.name == "Pegawai 1"
    assert first.changes == (
        Change("position_title", "", "Analis"),
        Change("level", "", "Pengawas"),
        Change("unit_id", "Unit Contoh", "Bidang Contoh"),
        Change("superior_id", "", "Pegawai 4"),
        Change("grade", "", "IV/a"),
    )
    assert "superior_id" not in [change.field for change in chief.changes]  # not under himself
    assert not any(row.title for row in rows(work, unit).values())


def test_people_are_found_under_the_unit_they_move_to(work, unit, keys):
    below = offices.office(work, parent=unit, name="Bidang Contoh", hours=None)
    done = people.change_together(work, keys, CommonDraft(SEPTEMBER, unit_id=below.id))
    assert {row.unit for row in rows(work, unit).values()} == {"Bidang Contoh"}
    assert rows(work, below).keys() == set(keys)
    people.take_back(work, done.steps)
    assert rows(work, below) == {}
    assert {row.unit_id for row in rows(work, unit).values()} == {unit.id}


def test_a_golongan_that_fits_only_some_is_refused_for_all_and_says_for_whom(work, unit, keys):
    (row,) = people.details(work, keys[1]).ranks
    people.correct_rank(
        work, row.id, row.version, RankDraft(EmploymentStatus.NON_ASN, row.valid_from)
    )
    with pytest.raises(Invalid) as refusal:
        people.change_together(work, keys, CommonDraft(SEPTEMBER, job_class=9, grade="III/d"))
    assert codes(refusal) == [("grade", "grade_of_people")]
    assert refusal.value.problems[0].limits == ("III/d", EmploymentStatus.NON_ASN, "Pegawai 2")
    assert {row.job_class for row in rows(work, unit).values()} == {7}


def test_all_that_stands_against_it_is_told_at_once(work, unit, keys):
    people.assign_superior(work, [keys[3]], keys[0], START)
    with pytest.raises(Invalid) as refusal:
        people.change_together(
            work, keys[:3], CommonDraft(SEPTEMBER, job_class=18, unit_id=99, superior_id=keys[3])
        )
    assert codes(refusal) == [
        ("job_class", "out_of_range"),
        ("unit_id", "unit_not_there"),
        ("superior_id", "superior_cycle"),
    ]
    with pytest.raises(Invalid) as refusal:
        people.change_together(work, keys, CommonDraft(date(2019, 12, 31), job_class=9))
    assert codes(refusal) == [("since", "not_yet_there")]
    assert refusal.value.problems[0].limits[1] == (
        "Pegawai 1, Pegawai 2, Pegawai 3 dan 1 pegawai lain"
    )
    with pytest.raises(Invalid) as refusal:
        people.change_together(work, [], CommonDraft(SEPTEMBER, job_class=9))
    assert codes(refusal) == [("people", "nobody")]


@pytest.mark.parametrize("since", [START, SEPTEMBER])
def test_it_is_taken_back_as_a_new_action(work, unit, keys, since):
    before = rows(work, unit)
    done = people.change_together(work, keys, CommonDraft(since, title="Analis", grade="III/d"))
    people.take_back(work, done.steps)
    assert {key: replace(row, version=0) for key, row in rows(work, unit).items()} == {
        key: replace(row, version=0) for key, row in before.items()
    }
    assert all(people.details(work, key).positions[0].valid_to is None for key in keys)
    actions = [row.action for row in people.history(work, keys[0])]
    assert {"position.restored", "rank.restored"} <= set(actions)


def test_what_was_changed_since_is_not_taken_back(work, unit, keys):
    done = people.change_together(work, keys, CommonDraft(SEPTEMBER, job_class=9))
    people.change_together(work, keys[:1], CommonDraft(SEPTEMBER, job_class=10))
    with pytest.raises(Conflict):
        people.take_back(work, done.steps)
    assert [row.job_class for row in rows(work, unit).values()] == [10, 9, 9, 9]


def test_every_change_is_in_the_log_of_its_person(work, unit, keys):
    people.change_together(work, keys[:1], CommonDraft(SEPTEMBER, job_class=9))
    row = people.history(work, keys[0])[0]
    assert row.action == "position.changed"


def test_who_may_not_record_changes_nobody(work, unit, keys):
    reader = replace(work, actor=Actor("Pembaca", Right.READ))
    for use_case in (people.preview_together, people.change_together):
        with pytest.raises(NotAllowed):
            use_case(reader, keys, CommonDraft(SEPTEMBER, job_class=9))
    with pytest.raises(NotAllowed):
        people.take_back(reader, ())


def test_a_preview_takes_as_many_queries_for_many_people_as_for_few(work, unit, queries):
    few, many = offices.people(work, unit, 2), offices.people(work, unit, 60, first=3)
    draft = CommonDraft(SEPTEMBER, job_class=9, grade="III/d", superior_id=few[0])
    with queries() as sent:
        people.preview_together(work, few, draft)
        for_few = sent()
        people.preview_together(work, many, draft)
    assert sent() - for_few <= for_few
