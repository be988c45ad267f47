from datetime import date
from decimal import Decimal

import pytest

from wfh_desktop.domain.attendance import Source, Status
from wfh_desktop.domain.calendar import PRESETS
from wfh_desktop.domain.careers import Identity, PositionDraft, RankDraft
from wfh_desktop.domain.discipline import SanctionLevel
from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Actor, Capacity, EmploymentStatus, Level, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import AuditEntry, DayEntry, Unit
from wfh_desktop.services import calendar, days_off, discipline, leave, people
from wfh_desktop.services.calendar import ScheduleDraft
from wfh_desktop.services.days_off import HolidayDraft
from wfh_desktop.services.discipline import SanctionDraft
from wfh_desktop.services.leave import LeaveDraft
from wfh_desktop.services.people import AliasDraft

START = date(2026, 1, 1)
SEPTEMBER = Period(2026, 9)
PNS = RankDraft(EmploymentStatus.PNS, START, "III/b")


@pytest.fixture
def office(work):
    unit = work.add(Unit(name="Unit Contoh", valid_from=START))
    work.log("test.prepared", unit)
    return unit


@pytest.fixture
def seat(office):
    return PositionDraft(office.id, "Pengolah Data", Level.PELAKSANA, START, job_class=7)


@pytest.fixture
def person(work, seat):
    return people.add(work, Identity("Pegawai 1", "19800101 200501 1 001"), PNS, seat)


def codes(refusal):
    return [(problem.field, problem.code) for problem in refusal.value.problems]


def actions(work):
    return [one.action for one in work.session.query(AuditEntry).order_by(AuditEntry.id)]


def changed(draft, **values):
    from dataclasses import replace

    return replace(draft, **values)


def test_a_person_is_added_with_status_and_first_position(work, office, person):
    (row,) = people.roster(work, office.id, SEPTEMBER)
    assert (row.nip, row.grade, row.title) == ("198001012005011001", "III/b", "Pengolah Data")
    assert actions(work)[-3:] == ["person.added", "rank.changed", "position.changed"]


def test_all_that_is_wrong_with_a_new_person_is_told_at_once(work, seat, person):
    with pytest.raises(Invalid) as refusal:
        people.add(
            work,
            Identity(" ", "198001012005211001"),
            RankDraft(EmploymentStatus.PNS, START, "IX"),
            changed(seat, title="", job_class=18),
        )
    assert codes(refusal) == [
        ("name", "required"),
        ("status", "nip_is_pppk"),
        ("grade", "grade_of_status"),
        ("position_title", "required"),
        ("job_class", "out_of_range"),
    ]


def test_a_number_belongs_to_one_person(work, seat, person):
    with pytest.raises(Invalid) as refusal:
        people.add(work, Identity("Pegawai 2", "'198001012005011001"), PNS, seat)
    assert refusal.value.problems[0].limits == ("Pegawai 1",)


def test_a_new_position_ends_the_one_before_it(work, office, seat, person):
    people.change_position(
        work,
        person,
        changed(seat, title="Kepala Seksi", level=Level.PENGAWAS, valid_from=date(2026, 9, 1)),
    )
    new, old = people.details(work, person).positions
    assert (old.valid_from, old.valid_to) == (START, date(2026, 8, 31))
    assert (new.title, new.valid_from, new.valid_to) == ("Kepala Seksi", date(2026, 9, 1), None)
    people.withdraw_position(work, new.id, new.version)
    (old,) = people.details(work, person).positions
    assert (old.title, old.valid_to) == ("Pengolah Data", None)


def test_an_acting_position_ends_nothing(work, seat, person):
    acting = changed(
        seat,
        title="Kepala Bidang",
        capacity=Capacity.PLT,
        valid_from=date(2026, 9, 1),
        valid_to=date(2026, 11, 30),
    )
    people.change_position(work, person, acting)
    own = people.details(work, person).positions[-1]
    assert own.valid_to is None
    with pytest.raises(Invalid) as refusal:
        people.change_position(work, person, changed(acting, valid_from=date(2026, 10, 1)))
    assert codes(refusal) == [("valid_from", "acting_already")]


def test_a_promotion_shows_from_its_day_on(work, office, person):
    people.change_rank(work, person, RankDraft(EmploymentStatus.PNS, date(2026, 10, 1), "III/c"))
    (september,) = people.roster(work, office.id, SEPTEMBER)
    (october,) = people.roster(work, office.id, Period(2026, 10))
    assert (september.grade, october.grade) == ("III/b", "III/c")
    with pytest.raises(Invalid) as refusal:
        people.change_rank(
            work, person, RankDraft(EmploymentStatus.PNS, date(2026, 10, 1), "III/d")
        )
    assert codes(refusal) == [("valid_from", "same_day")]


def test_a_pppk_who_becomes_a_civil_servant_gets_the_new_number_first(work, office, seat):
    key = people.add(
        work,
        Identity("Pegawai 3", "199001012024211001"),
        RankDraft(EmploymentStatus.PPPK, START, "IX"),
        seat,
    )
    cpns = RankDraft(EmploymentStatus.CPNS, date(2026, 9, 1), "III/a")
    with pytest.raises(Invalid) as refusal:
        people.change_rank(work, key, cpns)
    assert codes(refusal) == [("status", "nip_is_pppk")]
    version = people.details(work, key).version
    people.edit(work, key, version, Identity("Pegawai 3", "199001012026091001"))
    people.change_rank(work, key, cpns)
    assert [row.status for row in people.details(work, key).ranks] == [
        EmploymentStatus.CPNS,
        EmploymentStatus.PPPK,
    ]


def test_a_correction_of_a_date_keeps_the_line_without_a_gap(work, seat, person):
    people.change_position(
        work, person, changed(seat, title="Arsiparis", valid_from=date(2026, 9, 1))
    )
    new = people.details(work, person).positions[0]
    people.correct_position(
        work,
        new.id,
        new.version,
        changed(seat, title="Arsiparis Terampil", valid_from=date(2026, 8, 1)),
    )
    new, old = people.details(work, person).positions
    assert (new.title, new.valid_from) == ("Arsiparis Terampil", date(2026, 8, 1))
    assert old.valid_to == date(2026, 7, 31)


def test_nobody_reports_to_himself_in_the_end(work, seat, person):
    head = people.add(work, Identity("Pegawai 2", "197501012000011001"), PNS, seat)
    chief = people.add(work, Identity("Pegawai 3", "197001011995011001"), PNS, seat)
    assert people.assign_superior(work, [person], head, date(2026, 9, 1)) == 1
    assert people.assign_superior(work, [head], chief, date(2026, 9, 1)) == 1
    with pytest.raises(Invalid) as refusal:
        people.assign_superior(work, [chief], person, date(2026, 9, 1))
    assert codes(refusal) == [("superior_id", "superior_cycle")]
    with pytest.raises(Invalid) as refusal:
        people.change_position(
            work, chief, changed(seat, superior_id=chief, valid_from=date(2027, 1, 1))
        )
    assert codes(refusal) == [("superior_id", "superior_self")]


def test_another_superior_is_dated_and_the_first_one_is_filled_in(work, seat, person):
    one = people.add(work, Identity("Pegawai 2", "197501012000011001"), PNS, seat)
    two = people.add(work, Identity("Pegawai 3", "197001011995011001"), PNS, seat)
    people.assign_superior(work, [person], one, date(2026, 9, 1))
    assert len(people.details(work, person).positions) == 1
    people.assign_superior(work, [person], two, date(2026, 10, 1))
    new, old = people.details(work, person).positions
    assert (new.superior, new.valid_from) == ("Pegawai 3", date(2026, 10, 1))
    assert (old.superior, old.valid_to) == ("Pegawai 2", date(2026, 9, 30))


def test_a_person_who_leaves_stays_in_the_months_before(work, office, person):
    version = people.details(work, person).version
    people.deactivate(work, person, version, date(2026, 9, 15), "Pensiun")
    assert len(people.roster(work, office.id, SEPTEMBER)) == 1
    assert people.roster(work, office.id, Period(2026, 10)) == []
    shown = people.details(work, person)
    assert not shown.active
    people.reactivate(work, person, shown.version)
    assert people.details(work, person).positions[0].valid_to is None
    assert len(people.roster(work, office.id, Period(2026, 10))) == 1


def test_a_person_entered_by_mistake_is_in_no_month(work, office, person):
    people.withdraw(work, person, people.details(work, person).version)
    assert people.roster(work, office.id, SEPTEMBER) == []


def test_a_stale_view_of_a_person_is_refused(work, person):
    seen = people.details(work, person).version
    people.edit(work, person, seen, Identity("Pegawai Satu", "198001012005011001"))
    with pytest.raises(Conflict):
        people.edit(work, person, seen, Identity("Pegawai Dua", "198001012005011001"))


def test_the_history_says_what_was_there_before(work, person):
    seen = people.details(work, person).version
    people.edit(work, person, seen, Identity("Pegawai Satu", "198001012005011001"))
    latest = people.history(work, person)[0]
    assert (latest.action, latest.actor) == ("person.edited", "Kepala")
    assert latest.details["before"] == {"name": "Pegawai 1"}
    assert len(people.history(work, person)) == 4


def test_a_name_in_a_device_means_one_person(work, seat, person):
    other = people.add(work, Identity("Pegawai 2", "197501012000011001"), PNS, seat)
    key = people.add_alias(work, person, AliasDraft("pin", " 0012 ", "1"))
    with pytest.raises(Invalid) as refusal:
        people.add_alias(work, other, AliasDraft("pin", "0012", "1"))
    assert codes(refusal) == [("value", "alias_taken")]
    people.withdraw_alias(work, key, people.details(work, person).aliases[0].version)
    assert people.add_alias(work, other, AliasDraft("pin", "0012", "1")) == key
    assert people.details(work, person).aliases == ()
    people.add_alias(work, other, AliasDraft("phone", "+62 812-0000-0001"))
    people.add_alias(work, other, AliasDraft("phone", "0812 0000 0001"))
    assert [one.value for one in people.details(work, other).aliases] == ["6281200000001", "0012"]


def test_two_leaves_do_not_overlap_and_a_cancelled_one_makes_room(work, person):
    taken = LeaveDraft(LeaveKind.ANNUAL, date(2026, 9, 7), date(2026, 9, 9), "800/1/2026")
    key = leave.grant(work, person, taken)
    with pytest.raises(Invalid) as refusal:
        leave.grant(work, person, LeaveDraft(LeaveKind.SICK, date(2026, 9, 9), date(2026, 9, 10)))
    assert codes(refusal) == [("starts", "leave_overlaps")]
    (row,) = leave.of_month(work, [person], SEPTEMBER)[person]
    leave.cancel(work, key, row.version, "Batal berangkat")
    assert leave.of_month(work, [person], SEPTEMBER) == {}
    leave.grant(work, person, LeaveDraft(LeaveKind.SICK, date(2026, 9, 9), date(2026, 9, 10)))


def test_an_extended_leave_counts_its_months_on(work, person):
    leave.grant(work, person, LeaveDraft(LeaveKind.LONG, date(2026, 8, 1), date(2026, 8, 31)))
    leave.grant(work, person, LeaveDraft(LeaveKind.LONG, date(2026, 9, 1), date(2026, 9, 30)))
    (row,) = leave.of_month(work, [person], SEPTEMBER)[person]
    assert leave.month_index(work, person, row, SEPTEMBER) == 2


def test_a_sanction_counts_from_the_moment_its_decree_is_known(work, office, person):
    draft = SanctionDraft(
        SanctionLevel.SEVERE,
        "Penurunan jabatan",
        date(2026, 9, 1),
        date(2027, 8, 31),
        lowered_class=6,
    )
    key = discipline.record(work, person, draft)
    assert people.roster(work, office.id, SEPTEMBER)[0].job_class == 7
    discipline.correct(work, key, 1, changed(draft, decree="800/2/2026"))
    assert people.roster(work, office.id, SEPTEMBER)[0].job_class == 6
    (one,) = discipline.of_month(work, [person], SEPTEMBER)[person]
    assert one.issued
    discipline.cancel(work, key, 2, "Banding dikabulkan")
    assert people.roster(work, office.id, SEPTEMBER)[0].job_class == 7


def test_all_that_is_wrong_with_a_sanction_is_told(work, person):
    draft = SanctionDraft(
        SanctionLevel.LIGHT, " ", START, date(2025, 12, 31), lowered_class=0, factor=Decimal(2)
    )
    with pytest.raises(Invalid) as refusal:
        discipline.record(work, person, draft)
    assert [field for field, _ in codes(refusal)] == ["kind", "ends", "lowered_class", "factor"]


@pytest.mark.parametrize("rights", [Right.READ, Right.READ | Right.REVIEW | Right.RECOMMEND])
def test_only_the_secretariat_records_people(database, work, person, seat, rights):
    work.session.commit()
    attempts = [
        lambda w: people.add(w, Identity("Pegawai 2"), PNS, seat),
        lambda w: people.edit(w, person, 1, Identity("x")),
        lambda w: people.change_position(w, person, seat),
        lambda w: people.change_rank(w, person, PNS),
        lambda w: people.deactivate(w, person, 1, START, "x"),
        lambda w: people.reactivate(w, person, 1),
        lambda w: people.withdraw(w, person, 1),
        lambda w: people.assign_superior(w, [person], None, START),
        lambda w: people.add_alias(w, person, AliasDraft("pin", "1")),
        lambda w: leave.grant(w, person, LeaveDraft(LeaveKind.SICK, START, START)),
        lambda w: leave.cancel(w, 1, 1, "x"),
        lambda w: discipline.record(w, person, None),
        lambda w: discipline.cancel(w, 1, 1, "x"),
    ]
    for attempt in attempts:
        with database.work(Actor("Orang", rights)) as theirs, pytest.raises(NotAllowed):
            attempt(theirs)


def test_the_list_says_what_is_still_missing_and_who_left(work, office, seat, person):
    people.add(
        work,
        Identity("Pegawai 2"),
        RankDraft(EmploymentStatus.PNS, START),
        changed(seat, job_class=None, superior_id=person),
    )
    gone = people.add(work, Identity("Pegawai 3", "197001011995011001"), PNS, seat)
    people.deactivate(work, gone, 1, date(2026, 6, 30), "Pensiun")
    shown = people.overview(work, office.id, SEPTEMBER)
    assert [(row.person.name, row.superior, row.lacks) for row in shown.rows] == [
        ("Pegawai 1", "", ("superior_id",)),
        ("Pegawai 2", "Pegawai 1", ("nip", "grade", "job_class")),
    ]
    assert [row.person.name for row in shown.left] == ["Pegawai 3"]
    assert people.overview(work, office.id, Period(2026, 6)).left == ()
    assert [name for _, name in shown.superiors] == ["Pegawai 1", "Pegawai 2"]


def test_a_rank_is_corrected_and_taken_back_without_a_gap(work, office, person):
    people.change_rank(work, person, RankDraft(EmploymentStatus.PNS, date(2026, 9, 1), "III/c"))
    new, old = people.details(work, person).ranks
    draft = RankDraft(EmploymentStatus.PNS, date(2026, 10, 1), "III/d", "SK 1")
    people.correct_rank(work, new.id, new.version, draft)
    new, old = people.details(work, person).ranks
    assert (new.grade, new.valid_from, old.valid_to) == (
        "III/d",
        date(2026, 10, 1),
        date(2026, 9, 30),
    )
    people.withdraw_rank(work, new.id, new.version)
    (old,) = people.details(work, person).ranks
    assert (old.grade, old.valid_to) == ("III/b", None)
    with pytest.raises(Invalid) as refusal:
        people.withdraw_rank(work, old.id, old.version)
    assert codes(refusal) == [("rank", "last_of_person")]


def test_the_only_position_is_corrected_and_not_taken_back(work, person):
    (row,) = people.details(work, person).positions
    with pytest.raises(Invalid) as refusal:
        people.withdraw_position(work, row.id, row.version)
    assert codes(refusal) == [("position", "last_of_person")]


def test_an_own_position_does_not_become_an_acting_one(work, seat, person):
    (row,) = people.details(work, person).positions
    with pytest.raises(Invalid) as refusal:
        people.correct_position(work, row.id, row.version, changed(seat, capacity=Capacity.PLT))
    assert codes(refusal) == [("capacity", "capacity_fixed")]


def test_a_person_goes_with_the_position_to_another_unit(work, office, seat, person):
    other = work.add(Unit(name="Unit Lain", valid_from=START))
    people.change_position(
        work, person, changed(seat, unit_id=other.id, valid_from=date(2026, 9, 1))
    )
    assert people.details(work, person).unit_id == other.id
    with pytest.raises(Invalid) as refusal:
        people.change_position(
            work, person, changed(seat, unit_id=999, valid_from=date(2026, 9, 2))
        )
    assert codes(refusal) == [("unit_id", "unit_not_there")]


def test_a_leave_is_corrected_and_keeps_to_itself(work, person):
    key = leave.grant(work, person, LeaveDraft(LeaveKind.SICK, date(2026, 9, 7), date(2026, 9, 8)))
    longer = LeaveDraft(LeaveKind.SICK, date(2026, 9, 7), date(2026, 9, 11), "Surat dokter")
    leave.correct(work, key, 1, longer)
    (row,) = leave.of_month(work, [person], SEPTEMBER)[person]
    assert (row.ends, row.document) == (date(2026, 9, 11), "Surat dokter")
    with pytest.raises(Invalid) as refusal:
        leave.cancel(work, key, row.version, " ")
    assert codes(refusal) == [("reason", "required")]


def test_the_length_of_a_leave_is_told_by_the_calendar(work, office):
    preset = PRESETS[0]
    calendar.add_schedule(
        work, office.id, ScheduleDraft(preset.name, preset.hours, START, None, preset.legal_basis)
    )
    days_off.add(work, office.id, HolidayDraft(date(2026, 9, 30), "Hari jadi"))
    draft = LeaveDraft(LeaveKind.ANNUAL, date(2026, 9, 28), date(2026, 10, 2))
    look = leave.look(work, office.id, draft)
    assert (look.days, look.working_days, look.doubts) == (5, 4, ())
    long = leave.look(work, office.id, changed(draft, ends=date(2026, 11, 30)))
    assert [one.code for one in long.doubts] == ["leave_long_days"]


def test_unexcused_days_are_counted_through_the_year(work, office, person):
    preset = PRESETS[0]
    calendar.add_schedule(
        work, office.id, ScheduleDraft(preset.name, preset.hours, START, None, preset.legal_basis)
    )
    for day in (7, 8, 9, 21):
        work.add(
            DayEntry(
                unit_id=office.id,
                employee_id=person,
                day=date(2026, 9, day),
                source=Source.MANUAL,
                status=Status.ABSENT,
            )
        )
    counter = discipline.counters(work, office.id, date(2026, 9, 30))[person]
    assert (counter.days, counter.consecutive) == (4, 3)
    assert counter.step.kind.name == "Teguran tertulis"


def test_a_telephone_means_one_person_everywhere(work, seat, person):
    region = work.add(Unit(name="Unit Lain", valid_from=START))
    other = people.add(
        work,
        Identity("Pegawai 2", "197501012000011001"),
        PNS,
        changed(seat, unit_id=region.id),
    )
    people.add_alias(work, person, AliasDraft("phone", "0812-0000-0001"))
    with pytest.raises(Invalid) as refusal:
        people.add_alias(work, other, AliasDraft("phone", "+62 812 0000 0001"))
    assert codes(refusal) == [("value", "alias_taken")]
    people.add_alias(work, person, AliasDraft("pin", "12", "1"))
    people.add_alias(work, other, AliasDraft("pin", "12", "1"))
