"""What everybody has to be able to do: their daily work, by the use cases, with their own login.

A denial proves nothing as long as the work itself might be denied too.
"""

from datetime import date, time
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from tests.offices import PNG
from tests.regions import (
    BIDANG_A1,
    DINAS_A,
    DINAS_B,
    PEMDA,
    SEPTEMBER,
    nip,
)
from wfh_desktop.domain.careers import Identity, PositionDraft, RankDraft
from wfh_desktop.domain.discipline import SanctionLevel
from wfh_desktop.domain.errors import Invalid, NotAllowed
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.mandates import Role
from wfh_desktop.domain.papers import Paper
from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.performance.assessment import AssessmentDraft
from wfh_desktop.domain.performance.panrb6 import Rating
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import TargetDraft
from wfh_desktop.domain.tasks import Share, TaskDraft
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.domain.work_reports import ReportDraft
from wfh_desktop.persistence.models import (
    Assessment,
    DayEntry,
    Employee,
    Objective,
    Position,
    Recommendation,
    Unit,
)
from wfh_desktop.readers.records import Kind, Reading, Staff
from wfh_desktop.services import (
    accounts,
    attendance,
    attendance_entry,
    attendance_import,
    conduct,
    days_off,
    discipline,
    home,
    leave,
    office,
    papers,
    people,
    performance,
    staff_import,
    targets,
    tasks,
    tpp,
    units,
    work_reports,
)
from wfh_desktop.services.accounts import MandateDraft
from wfh_desktop.services.attendance_entry import CorrectionDraft, EntryDraft, Said
from wfh_desktop.services.staff_import import Choices
from wfh_desktop.services.tpp import exporting

OCTOBER = Period(2026, 10)


def staff(region, count=3, unit_id=BIDANG_A1):
    """Return some people of a bidang who do not sign in."""
    with region.superuser() as connection:
        rows = connection.execute(
            "SELECT id FROM app.employee WHERE unit_id = %s ORDER BY id DESC LIMIT %s",
            [unit_id, count],
        )
        return [key for (key,) in rows]


def version(kind, key):
    return lambda work: work.get(kind, key).version


def test_a_head_and_the_secretariat_bring_a_month_to_a_final_recommendation(region, tmp_path):
    head, secretary = region.head_a, region.secretary_a
    region.perform(head, accept_all)
    key = region.perform(head, lambda work: tpp.compute(work, DINAS_A, SEPTEMBER))
    region.perform(secretary, lambda work: tpp.compute(work, DINAS_A, SEPTEMBER))
    now = version(Recommendation, key)
    region.perform(head, lambda work: tpp.submit(work, key, now(work)))
    with pytest.raises(NotAllowed):
        region.perform(head, lambda work: tpp.lock(work, key, now(work)))
    region.perform(
        region.verifier, lambda work: tpp.lock(work, key, now(work), "1", date(2026, 10, 5))
    )
    state, submitted, locked = region.one(
        "SELECT state, submitted_login, locked_login FROM app.recommendation WHERE id = %s", key
    )
    assert (state, submitted, locked) == (State.FINAL, head, region.verifier)
    letter = region.perform(
        head, lambda work: papers.export(work, DINAS_A, SEPTEMBER, Paper.LETTER, tmp_path)
    )
    assert letter.read_bytes().startswith(b"%PDF")
    with pytest.raises(Invalid):
        region.perform(secretary, lambda work: correct(work, staff(region)[0]))
    draft = region.perform(head, lambda work: tpp.reopen(work, key, now(work), "salah hitung"))
    assert draft != key
    region.perform(secretary, lambda work: correct(work, staff(region)[0]))


def accept_all(work):
    for row in work_reports.waiting(work, DINAS_A, SEPTEMBER):
        work_reports.accept(work, row.id, row.version, 4)


def correct(work, key):
    draft = CorrectionDraft(status=None, time_in=time(7, 40), time_out=time(17), reason="lupa")
    return attendance_entry.correct(work, DINAS_A, key, date(2026, 9, 9), draft)


def test_the_secretariat_keeps_days_leave_and_conduct(region):
    key, other, _ = staff(region)
    who = region.secretary_a
    correction = region.perform(who, lambda work: correct(work, key))
    region.perform(who, lambda work: attendance_entry.withdraw(work, correction, 1))
    region.perform(who, lambda work: attendance_entry.restore(work, correction, 2))
    days = [
        EntryDraft(key, date(2026, 10, 5), Said(time_in=time(7, 30), time_out=time(16))),
        EntryDraft(other, date(2026, 10, 5), Said(time_in=time(7, 30), time_out=time(16))),
    ]
    changes = region.perform(who, lambda work: attendance_entry.enter(work, DINAS_A, days))
    region.perform(who, lambda work: attendance_entry.undo(work, DINAS_A, changes))
    granted = leave.LeaveDraft(LeaveKind.ANNUAL, date(2026, 10, 12), date(2026, 10, 13), "S-1")
    row = region.perform(who, lambda work: leave.grant(work, key, granted))
    region.perform(who, lambda work: leave.cancel(work, row, 1, "batal"))
    sanction = discipline.SanctionDraft(
        SanctionLevel.LIGHT, "teguran", date(2026, 10, 1), date(2026, 10, 31)
    )
    row = region.perform(who, lambda work: discipline.record(work, key, sanction))
    region.perform(who, lambda work: discipline.cancel(work, row, 1, "keberatan diterima"))
    event = conduct.ConductDraft("APEL", date(2026, 10, 5), reason="tidak apel")
    row = region.perform(who, lambda work: conduct.note(work, key, event))
    region.perform(who, lambda work: conduct.cancel(work, row, 1, "keliru"))


def test_the_secretariat_reads_a_file_of_a_machine_even_about_itself(region, tmp_path):
    who = region.secretary_a
    own = region.employee(who)
    with region.superuser() as connection:
        connection.execute("UPDATE app.alias SET value = '1902' WHERE employee_id = %s", [own])
        connection.execute(
            "UPDATE app.alias SET value = '77' WHERE employee_id = %s", [staff(region)[0]]
        )
    log = tmp_path / "1_attlog.dat"
    log.write_text(
        "".join(
            f"{pin}\t2026-10-{day:02} {clock}:00\t1\t0\t1\t0\n"
            for pin in (1902, 77)
            for day in (5, 6)
            for clock in ("07:20", "16:10")
        )
    )
    upload = attendance_import.load(log, OCTOBER)
    _, done = region.perform(
        who,
        lambda work: attendance_import.run(
            work, "Dinas A", OCTOBER, upload, accept=True, store=True
        ),
    )
    assert done is not None
    assert region.one(
        "SELECT count(*) FROM app.scan WHERE employee_id = %s AND day > '2026-10-01'", own
    ) == (4,)
    file = region.one("SELECT max(id) FROM app.imported_file")[0]
    region.perform(who, lambda work: attendance_import.undo(work, file))
    assert region.one("SELECT count(*) FROM app.scan WHERE employee_id = %s AND import_id = %s",
                      own, file) == (0,)  # fmt: skip


def test_the_secretariat_keeps_the_staff_list(region):
    who = region.secretary_a
    rank = RankDraft(EmploymentStatus.PNS, date(2026, 1, 1), "III/a")
    post = PositionDraft(BIDANG_A1, "Pengolah Data", Level.PELAKSANA, date(2026, 1, 1), 7)
    identity = Identity("Pegawai Baru", nip(300))
    key = region.perform(who, lambda work: people.add(work, identity, rank, post))
    changed = Identity("Pegawai Lama", nip(300))
    now = version(Employee, key)
    region.perform(who, lambda work: people.edit(work, key, now(work), changed))
    higher = RankDraft(EmploymentStatus.PNS, date(2026, 6, 1), "III/b")
    region.perform(who, lambda work: people.change_rank(work, key, higher))
    moved = PositionDraft(DINAS_A, "Analis", Level.PELAKSANA, date(2026, 7, 1), 7)
    region.perform(who, lambda work: people.change_position(work, key, moved))
    alias = people.AliasDraft("pin", "4711")
    region.perform(who, lambda work: people.add_alias(work, key, alias))
    region.perform(
        who, lambda work: people.deactivate(work, key, now(work), date(2026, 9, 30), "pensiun")
    )
    region.perform(who, lambda work: people.reactivate(work, key, now(work)))
    assert region.perform(who, lambda work: people.details(work, key)).name == "Pegawai Lama"


def test_the_secretariat_takes_a_staff_list_over(region):
    known, new = staff(region)[0], nip(310)
    with region.superuser() as connection:
        (number,) = connection.execute(
            "SELECT nip FROM app.employee WHERE id = %s", [known]
        ).fetchone()
    lines = [
        Staff(number, False, "Pegawai Diganti", grade="III/c", position="Arsiparis", place="1"),
        Staff(new, False, "Pegawai Datang", grade="III/b", position="Arsiparis", place="2"),
    ]
    reading = Reading(kind=Kind.STAFF, format="Daftar pegawai", records=tuple(lines))
    choices = Choices(BIDANG_A1, date(2026, 10, 1))

    def take_over(work):
        shown = staff_import.preview(work, reading, choices, b"x")
        return staff_import.apply(
            work, reading, choices, name="daftar.xlsx", content=b"x", seen=shown.digest
        )

    done = region.perform(region.secretary_a, take_over)
    assert done.added == 1
    assert region.one("SELECT count(*) FROM app.position p JOIN app.employee e "
                      "ON e.id = p.employee_id WHERE e.nip = %s", new) == (1,)  # fmt: skip


def test_a_head_gives_work_and_judges_it(region):
    who, (key, other, third) = region.head_a, staff(region)
    goal = region.one("SELECT id FROM app.objective WHERE unit_id = %s", BIDANG_A1)[0]
    region.perform(who, lambda work: targets.add_objective(work, DINAS_A, 2026, "Layanan"))
    now = version(Objective, goal)
    region.perform(who, lambda work: targets.rename_objective(work, goal, now(work), "Data"))
    draft = TargetDraft(
        employee_id=key, objective_id=goal, title="T", measure="laporan", quantity=Decimal(2)
    )
    target = region.perform(who, lambda work: targets.set_target(work, DINAS_A, SEPTEMBER, draft))
    region.perform(
        who,
        lambda work: targets.realise(work, target, 1, targets.Realisation(quantity=Decimal(2))),
    )
    shares = (Share(key, Decimal(1), target), Share(other, Decimal(1)))
    given = TaskDraft("Rekap", date(2026, 9, 30), shares, given=date(2026, 9, 1))
    task = region.perform(who, lambda work: tasks.give(work, DINAS_A, given))
    row, _ = region.perform(who, lambda work: tasks.details(work, task))
    share = next(one for one in row.shares if one.employee_id == key)
    report = ReportDraft(share.id, date(2026, 9, 16), "Selesai.", Decimal(1))
    made = region.perform(
        region.secretary_a, lambda work: work_reports.hand_in(work, report, [("a.png", PNG)])
    )
    read = region.perform(who, lambda work: work_reports.details(work, made))
    sent = region.perform(
        who, lambda work: work_reports.send_back(work, made, read.row.version, "kurang")
    )
    region.perform(who, lambda work: work_reports.undo(work, made, sent))
    read = region.perform(who, lambda work: work_reports.details(work, made))
    done = region.perform(who, lambda work: work_reports.accept(work, made, read.row.version, 4))
    region.perform(who, lambda work: work_reports.rate(work, made, done, 5))
    judged = AssessmentDraft(results=Rating.AS, aspects={}, behaviour=Rating.AS, note="baik")
    region.perform(
        who,
        lambda work: performance.assess(
            work, DINAS_A, SEPTEMBER, third, judged, version=assessed(work, third).version
        ),
    )


def assessed(work, key):
    return work.session.scalars(select(Assessment).where(Assessment.employee_id == key)).one()


def test_an_administrator_keeps_the_office_and_the_logins(region):
    who = region.admin
    draft = units.UnitDraft("Bidang A2", DINAS_A, date(2026, 1, 1))
    unit = region.perform(who, lambda work: units.create(work, draft))
    now = version(Unit, unit)
    region.perform(
        who, lambda work: units.rename(work, unit, now(work), "Bidang A3", since=date(2026, 3, 1))
    )
    region.perform(
        who, lambda work: units.move(work, unit, now(work), PEMDA, since=date(2026, 5, 1))
    )
    region.perform(who, lambda work: days_off.seed(work, 2027))
    local = days_off.HolidayDraft(date(2026, 11, 30), "Hari jadi")
    region.perform(who, lambda work: days_off.add(work, DINAS_A, local))
    region.perform(
        who, lambda work: office.set_ceilings(work, unit, [(OCTOBER, 0, Decimal(100000000))])
    )
    letterhead = office.LetterheadDraft("Pemerintah Contoh", office="Dinas A", place="Contoh")
    region.perform(who, lambda work: office.set_letterhead(work, DINAS_A, 0, letterhead))
    amount = office.AmountDraft("TOTAL", Decimal(4000000), job_class=8)
    region.perform(
        who, lambda work: office.set_amounts(work, PEMDA, "jambi", date(2026, 1, 1), [amount])
    )
    key = staff(region)[0]
    account = region.perform(who, lambda work: accounts.create(work, key, "kopi tubruk hangat 7"))
    mandate = MandateDraft(BIDANG_A1, Role.SECRETARIAT, date(2026, 1, 1))
    region.perform(who, lambda work: accounts.give(work, account, mandate))
    login = region.one("SELECT login FROM app.account WHERE id = %s", account)[0]
    try:
        with region.connect(login) as connection:
            rows = connection.execute("SELECT DISTINCT unit_id FROM employee").fetchall()
        assert rows == [(BIDANG_A1,)]
    finally:
        with region.superuser() as connection:
            connection.execute(f"DROP ROLE {login}")


def test_everybody_reads_the_month(region):
    def read(work):
        home.overview(work, DINAS_A, SEPTEMBER)
        listed = tpp.current(work, DINAS_A, SEPTEMBER)
        return len(attendance.month(work, DINAS_A, SEPTEMBER)), listed is not None

    for who in (region.head_a, region.secretary_a, region.verifier, region.inspector, region.admin):
        assert region.perform(who, read) == (23, True)


def test_an_administrator_moves_somebody_between_departments(region):
    (key,) = staff(region, 1)
    post = PositionDraft(DINAS_B, "Analis", Level.PELAKSANA, date(2026, 10, 1), 7)
    region.perform(region.admin, lambda work: people.change_position(work, key, post))

    def seen(work):
        rows = work.session.scalars(select(Position).where(Position.employee_id == key))
        days = work.session.scalars(select(DayEntry.id).where(DayEntry.employee_id == key))
        return len(rows.all()), len(days.all())

    assert region.perform(region.head_b, seen) == (2, 0)  # what was before stays with A
    assert region.perform(region.head_a, seen)[1] > 0


def test_the_inspectorate_takes_a_list_with_it_and_that_is_noted(region, tmp_path):
    key = region.one("SELECT id FROM app.recommendation WHERE unit_id = %s", DINAS_A)[0]
    file = tmp_path / "daftar.xlsx"
    region.perform(region.inspector, lambda work: exporting.export(work, key, file))
    assert file.read_bytes().startswith(b"PK")
    actor, unit = region.one(
        "SELECT actor, unit_id FROM app.audit_entry WHERE action = 'recommendation.exported'"
    )
    assert (actor, unit) == ("Pegawai 904", DINAS_A)
    with pytest.raises(NotAllowed):
        region.perform(region.inspector, rename_as_nobody_may)


def rename_as_nobody_may(work):
    work.session.execute(update(Unit).values(name="lain"))
    work.log("unit.renamed", work.get(Unit, DINAS_A))
