"""Attendance files: what they would change, what is asked, and taking them over."""

from datetime import date, datetime, time

import pytest
from sqlalchemy import select

from tests.services import offices
from wfh_desktop import words
from wfh_desktop.domain.attendance import Rule, Status
from wfh_desktop.domain.errors import Conflict, Invalid
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.models import (
    Alias,
    AuditEntry,
    DayEntry,
    ImportedFile,
    Recommendation,
    Scan,
)
from wfh_desktop.readers.records import (
    AttendanceDay,
    AttendanceScan,
    Kind,
    Person,
    Problem,
    Reading,
    Severity,
)
from wfh_desktop.services import attendance, attendance_import, days_off
from wfh_desktop.services.attendance_entry import EntryDraft, Said, enter
from wfh_desktop.services.attendance_import import Answers, Upload
from wfh_desktop.services.attendance_matching import Doubt, Match
from wfh_desktop.services.attendance_plan import RowKind

SEPTEMBER = Period(2026, 9)
MONDAY, TUESDAY = date(2026, 9, 7), date(2026, 9, 8)


@pytest.fixture
def unit(work):
    return offices.office(work)


@pytest.fixture
def staff(work, unit):
    return offices.people(work, unit, 3)


def member(number):
    return Person(nip=offices.nip(number), name=f"Pegawai {number}")


def cell(person, day=MONDAY, time_in="07:31", time_out="16:16", code=""):
    clocks = (clock and time.fromisoformat(clock) for clock in (time_in, time_out))
    return AttendanceDay(person, day, *clocks, code=code)


def absent(person, day=MONDAY):
    return cell(person, day, None, None, "A")


def upload(*records, kind=Kind.DAYS, problems=(), name="presensi.xls"):
    reading = Reading(kind, "uji", records, problems)
    return Upload(name, b"isi berkas", f"sha {name} {hash(records)}", reading)


def scan(pin, at, device="1", name=None):
    return AttendanceScan(Person(pin=pin, name=name), datetime.fromisoformat(at), device)


def scanned(*records, name="attlog.dat"):
    return upload(*records, kind=Kind.SCANS, name=name)


def preview(work, unit, file, answers=None):
    return attendance_import.preview(work, unit.id, SEPTEMBER, file, answers or Answers())


def apply(work, unit, file, answers=None):
    return attendance_import.apply(work, unit.id, SEPTEMBER, file, answers or Answers())


def on(work, unit, employee_id, day=MONDAY):
    months = attendance.month(work, unit.id, SEPTEMBER)
    return next(m.days[day.day - 1] for m in months if m.person.id == employee_id)


def nothing_stored(work):
    kinds = (DayEntry, Scan, ImportedFile, Alias)
    return not any(work.session.scalars(select(kind)).all() for kind in kinds)


# days


def test_a_preview_shows_every_day_and_changes_nothing(work, unit, staff):
    found = preview(work, unit, upload(cell(member(1)), absent(member(2))))
    assert found.ready
    assert found.counts == {RowKind.NEW: 2}
    assert [(row.who, row.after) for row in found.rows] == [
        ("Pegawai 1", "07.31 - 16.16"),
        ("Pegawai 2", "tanpa keterangan"),
    ]
    assert nothing_stored(work)


def test_taking_over_stores_days_file_and_trace_and_the_days_are_judged(work, unit, staff):
    file = upload(cell(member(1), time_in="08:00"), absent(member(2)))
    done = apply(work, unit, file)
    assert (done.new, done.changed) == (2, 0)
    assert on(work, unit, staff[0]).late_minutes == 15
    assert on(work, unit, staff[1]).status is Status.ABSENT
    assert on(work, unit, staff[2]).question.rule is Rule.NO_SOURCE
    kept = work.session.get(ImportedFile, done.id)
    assert (kept.content, kept.name, kept.actor) == (b"isi berkas", "presensi.xls", "Kepala")
    trace = work.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "attendance.imported")
    ).one()
    assert trace.details["counts"] == {"new": 2}
    details = attendance.day(work, unit.id, staff[0], MONDAY)
    assert details.entries[0].file == "presensi.xls"
    assert days_off.known(work, 2026)


def test_the_same_file_again_says_so_and_has_nothing_new(work, unit, staff):
    file = upload(cell(member(1)))
    apply(work, unit, file)
    again = preview(work, unit, file)
    assert [one.name for one in again.earlier] == ["presensi.xls"]
    assert again.counts == {RowKind.SAME: 1}
    assert not again.ready
    with pytest.raises(Invalid) as refusal:
        apply(work, unit, file)
    assert words.explain(refusal.value) == (
        "Berkas presensi.xls tidak memuat hal baru untuk September 2026."
    )


def test_a_later_file_changes_days_and_shows_what_they_were(work, unit, staff):
    apply(work, unit, upload(cell(member(1), time_out=None), cell(member(2))))
    later = upload(cell(member(1)), cell(member(2)), name="presensi-2.xls")
    found = preview(work, unit, later)
    changed = next(row for row in found.rows if row.kind is RowKind.CHANGED)
    assert (changed.before, changed.after) == ("07.31 - ...", "07.31 - 16.16")
    apply(work, unit, later)
    assert not on(work, unit, staff[0]).no_out


def test_an_import_can_be_undone_as_a_new_action(work, unit, staff):
    apply(work, unit, upload(cell(member(1), time_in="09:00")))
    second = apply(work, unit, upload(cell(member(1)), cell(member(2)), name="2.xls"))
    attendance_import.undo(work, second.id)
    assert on(work, unit, staff[0]).time_in == time(9)
    assert on(work, unit, staff[1]).status is Status.UNCLEAR
    with pytest.raises(Invalid):
        attendance_import.undo(work, second.id)
    assert preview(work, unit, upload(cell(member(1)), name="2.xls")).earlier == ()


def test_an_import_is_not_undone_over_somebody_s_later_change(work, unit, staff):
    first = apply(work, unit, upload(cell(member(1))))
    apply(work, unit, upload(cell(member(1), time_in="09:00"), name="2.xls"))
    with pytest.raises(Conflict):
        attendance_import.undo(work, first.id)


def test_a_file_never_overwrites_what_was_typed(work, unit, staff):
    enter(work, unit.id, [EntryDraft(staff[0], MONDAY, Said(Status.DUTY))])
    apply(work, unit, upload(absent(member(1))))
    assert on(work, unit, staff[0]).status is Status.DUTY


def test_days_of_another_month_are_left_out_and_counted(work, unit, staff):
    file = upload(cell(member(1)), cell(member(1), date(2026, 8, 3)))
    found = preview(work, unit, file)
    outside = next(row for row in found.rows if row.kind is RowKind.OUTSIDE)
    assert (outside.day, outside.lines) == (date(2026, 8, 1), 1)
    apply(work, unit, file)
    assert [entry.day for entry in work.session.scalars(select(DayEntry))] == [MONDAY]


def test_a_file_of_another_month_altogether_has_nothing_to_take_over(work, unit, staff):
    file = upload(cell(member(1), date(2026, 8, 3)))
    assert not preview(work, unit, file).ready
    with pytest.raises(Invalid):
        apply(work, unit, file)
    assert nothing_stored(work)


def test_people_of_another_unit_are_foreign_and_unknown_ones_unmatched(work, unit, staff):
    other = offices.office(work, name="Unit Lain")
    offices.people(work, other, 1, first=9)
    stranger = Person(nip="199001012015011099", name="Orang Lain Sekali")
    found = preview(work, unit, upload(cell(member(9)), cell(stranger), cell(member(1))))
    fates = {one.shown.split(" · ")[0]: (one.match, one.unit) for one in found.people}
    assert fates["Pegawai 9"] == (Match.FOREIGN, "Unit Lain")
    assert fates["Orang Lain Sekali"] == (Match.UNKNOWN, "")
    assert found.counts == {RowKind.FOREIGN: 1, RowKind.UNMATCHED: 1, RowKind.NEW: 1}
    assert found.ready


def test_a_name_alone_is_only_a_proposal_until_it_is_confirmed(work, unit, staff):
    file = upload(cell(Person(name="PEGAWAI 2")))
    found = preview(work, unit, file)
    (asked,) = found.asked
    assert asked.doubt is Doubt.NAME_ALIKE
    assert found.counts == {RowKind.DOUBTFUL: 1}
    with pytest.raises(Invalid) as refusal:
        apply(work, unit, file)
    assert refusal.value.problems[0].code == "open_questions"
    answers = Answers(people={asked.key: staff[1]})
    apply(work, unit, file, answers)
    assert on(work, unit, staff[1]).status is Status.PRESENT
    again = preview(work, unit, upload(cell(Person(name="PEGAWAI 2"), TUESDAY)))
    assert again.asked == ()
    assert again.people[0].employee_id == staff[1]


def test_a_person_can_be_left_out_on_request(work, unit, staff):
    file = upload(cell(Person(name="PEGAWAI 2")), cell(member(1)))
    (asked,) = preview(work, unit, file).asked
    answers = Answers(people={asked.key: None})
    assert preview(work, unit, file, answers).counts == {RowKind.SKIPPED: 1, RowKind.NEW: 1}
    apply(work, unit, file, answers)
    assert on(work, unit, staff[1]).status is Status.UNCLEAR


def test_a_damaged_nip_is_never_a_key(work, unit, staff):
    nip = offices.nip(1)[:15] + "000"
    person = Person(nip=nip, name="Pegawai 1", nip_damaged=True)
    problem = Problem(Severity.QUESTION, "nip_damaged", "baris 7", (nip,))
    found = preview(work, unit, upload(cell(person), problems=(problem,)))
    (asked,) = found.asked
    assert (asked.doubt, asked.candidates[0]) == (Doubt.NIP_DAMAGED, staff[0])
    assert found.doubts == ()
    assert found.open_questions == 1


def test_two_people_of_the_file_that_look_like_one_are_asked_about(work, unit, staff):
    found = preview(work, unit, upload(cell(member(1)), cell(member(1), TUESDAY)))
    assert found.ready
    twice = Person(nip=offices.nip(1), name="Pegawai Satu")
    found = preview(work, unit, upload(cell(member(1)), cell(twice, TUESDAY)))
    assert [one.doubt for one in found.asked] == [Doubt.SAME_PERSON, Doubt.SAME_PERSON]


def test_doubts_of_the_reader_are_questions_until_somebody_accepts_them(work, unit, staff):
    problem = Problem(Severity.QUESTION, "days_contradict", "baris 9", ("baris 8",))
    file = upload(cell(member(1)), problems=(problem, problem))
    found = preview(work, unit, file)
    assert (found.doubts, found.open_questions, found.ready) == (("days_contradict",), 1, False)
    answers = Answers(accepted=frozenset({"days_contradict"}))
    assert preview(work, unit, file, answers).ready
    assert apply(work, unit, file, answers).new == 1


def test_empty_cells_and_unknown_codes_say_nothing(work, unit, staff):
    file = upload(
        cell(member(1), time_in=None, time_out=None),
        cell(member(1), TUESDAY, None, None, "ZZ"),
        cell(member(2)),
    )
    reasons = {row.reason for row in preview(work, unit, file).rows if row.lines and row.reason}
    assert reasons == {"empty", "unknown_code"}
    apply(work, unit, file)
    assert on(work, unit, staff[0]).status is Status.UNCLEAR


@pytest.mark.parametrize(
    ("code", "status"),
    [("S", Status.SICK), ("I", Status.PERMIT), ("DL", Status.DUTY), ("CT", Status.LEAVE)],
)
def test_codes_of_a_file_become_the_status(work, unit, staff, code, status):
    apply(work, unit, upload(cell(member(1), time_in=None, time_out=None, code=code)))
    assert on(work, unit, staff[0]).status is status


def test_a_closed_month_takes_no_file(work, unit, staff):
    work.add(
        Recommendation(
            unit_id=unit.id,
            year=2026,
            month=9,
            revision=1,
            state=State.FINAL,
            rule_id="contoh",
            rule_digest="",
            snapshot={},
            computed_at=work.now,
        )
    )
    assert preview(work, unit, upload(cell(member(1)))).closed
    with pytest.raises(Invalid) as refusal:
        apply(work, unit, upload(cell(member(1))))
    assert refusal.value.problems[0].code == "month_locked"


def test_a_failure_half_way_stores_nothing(database, chief):
    with database.work(chief) as work:
        unit = offices.office(work)
        offices.people(work, unit, 2)
        key = unit.id

    def stopped(done, total):
        if done:
            raise RuntimeError("listrik padam")

    file = upload(cell(member(1)), cell(member(2)))
    with (
        pytest.raises(RuntimeError),
        database.work(chief, progress=stopped) as work,
    ):
        attendance_import.apply(work, key, SEPTEMBER, file)
    with database.work(chief) as work:
        assert nothing_stored(work)


# scans


@pytest.fixture
def enrolled(work, unit):
    return offices.people(work, unit, 3, pins=True)


def test_pins_match_without_their_leading_zeros(work, unit, enrolled):
    file = scanned(
        scan("1", "2026-09-07 07:31:10"),
        scan("0001", "2026-09-07 16:16:00"),
        scan("     2", "2026-09-07 07:50:00"),
    )
    found = preview(work, unit, file)
    assert {one.employee_id for one in found.people} == {enrolled[0], enrolled[1]}
    apply(work, unit, file)
    assert on(work, unit, enrolled[0]).time_out == time(16, 16)
    assert on(work, unit, enrolled[1]).no_out
    assert on(work, unit, enrolled[2]).status is Status.ABSENT


def test_pins_that_collide_without_zeros_are_asked_and_never_merged(work, unit):
    one, other = offices.people(work, unit, 2)
    for key, pin in ((one, "064444"), (other, "64444")):
        work.add(Alias(unit_id=unit.id, employee_id=key, kind="pin", device="", value=pin))
    file = scanned(scan("64444", "2026-09-07 07:31:10"))
    (asked,) = preview(work, unit, file).asked
    assert (asked.doubt, set(asked.candidates)) == (Doubt.PIN_COLLISION, {one, other})
    apply(work, unit, file, Answers(people={asked.key: one}))
    assert on(work, unit, one).time_in == time(7, 31)
    again = preview(work, unit, scanned(scan("64444", "2026-09-08 07:31:10")))
    assert again.people[0].employee_id == one


def test_one_pin_on_two_machines_may_be_two_people(work, unit, staff):
    for device, key in (("1", staff[0]), ("2", staff[1])):
        work.add(Alias(unit_id=unit.id, employee_id=key, kind="pin", device=device, value="7"))
    file = scanned(
        scan("7", "2026-09-07 07:31:00", "1"),
        scan("7", "2026-09-07 07:40:00", "2"),
        scan("7", "2026-09-07 07:40:00", "3"),
    )
    found = {one.device: one for one in preview(work, unit, file).people}
    assert (found["1"].employee_id, found["2"].employee_id) == (staff[0], staff[1])
    assert found["3"].doubt is Doubt.PIN_OTHER_DEVICE


def test_an_unknown_pin_can_be_given_to_a_person_and_is_remembered(work, unit, staff):
    file = scanned(scan("77", "2026-09-07 07:31:00"), scan("77", "2026-09-07 16:01:00"))
    found = preview(work, unit, file)
    (unknown,) = found.people
    assert unknown.match is Match.UNKNOWN
    apply(work, unit, file, Answers(people={unknown.key: staff[2]}))
    assert on(work, unit, staff[2]).time_out == time(16, 1)
    alias = work.session.scalars(select(Alias)).one()
    assert (alias.employee_id, alias.device, alias.value) == (staff[2], "1", "77")


def test_a_finger_that_was_not_recognised_is_nobody(work, unit, enrolled):
    found = preview(work, unit, scanned(scan("00000000", "2026-09-07 07:31:00")))
    assert found.people[0].doubt is Doubt.NOT_RECOGNISED
    assert found.counts == {RowKind.UNMATCHED: 1}


def test_scans_read_before_are_not_stored_twice(work, unit, enrolled):
    first = scan("1", "2026-09-07 07:31:00")
    apply(work, unit, scanned(first, first))
    more = scanned(first, scan("1", "2026-09-07 16:01:00"), scan("1", "2026-09-08 07:30:00"))
    found = preview(work, unit, more)
    assert found.counts == {RowKind.NEW: 2, RowKind.SAME: 1}
    apply(work, unit, more)
    assert len(work.session.scalars(select(Scan)).all()) == 3


def test_the_morning_after_the_month_is_kept_and_other_months_are_not(work, unit, enrolled):
    file = scanned(
        scan("1", "2026-08-31 23:00:00"),
        scan("1", "2026-09-30 07:31:00"),
        scan("1", "2026-10-01 00:10:00"),
        scan("1", "2026-10-02 07:31:00"),
        scan("1", "2018-10-02 07:31:00"),
    )
    found = preview(work, unit, file)
    assert found.counts == {RowKind.NEW: 2, RowKind.OUTSIDE: 3}
    apply(work, unit, file)
    last = on(work, unit, enrolled[0], date(2026, 9, 30))
    assert last.left == datetime(2026, 10, 1, 0, 10)  # noqa: DTZ001


def test_an_undone_import_of_scans_leaves_the_day_as_if_unread(work, unit, enrolled):
    done = apply(work, unit, scanned(scan("1", "2026-09-07 07:31:00")))
    attendance_import.undo(work, done.id)
    assert on(work, unit, enrolled[0]).question.rule is Rule.NO_SOURCE
    again = scanned(scan("1", "2026-09-07 07:31:00"), name="lagi.dat")
    assert preview(work, unit, again).counts == {RowKind.NEW: 1}
    apply(work, unit, again)
    assert on(work, unit, enrolled[0]).time_in == time(7, 31)


def test_scans_follow_a_pin_that_turned_out_to_be_somebody_else_s(work, unit, enrolled):
    file = scanned(scan("1", "2026-09-07 07:31:00"))
    apply(work, unit, file)
    alias = work.session.scalars(select(Alias).where(Alias.value == "0001")).one()
    alias.employee_id = enrolled[2]
    work.session.flush()
    found = preview(work, unit, file)
    assert found.counts == {RowKind.CHANGED: 1}
    done = apply(work, unit, file)
    assert on(work, unit, enrolled[2]).time_in == time(7, 31)
    attendance_import.undo(work, done.id)
    assert on(work, unit, enrolled[0]).time_in == time(7, 31)


def test_300_people_are_matched_and_stored_in_few_queries(work, unit, queries):
    offices.people(work, unit, 300)
    days = [date(2026, 9, day) for day in (7, 8, 9, 10)]
    file = upload(*(cell(member(number), day) for number in range(1, 301) for day in days))
    with queries() as sent:
        assert preview(work, unit, file).counts == {RowKind.NEW: 1200}
    assert sent() < 45
