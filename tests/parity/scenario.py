"""A month of a unit, as four people do it one after the other, and everything they then look at.

Run by `runner` on both engines. A step takes the work and what is known so far, by names; what it
returns is compared, and kept under the name of the step.
"""

from datetime import date, time
from decimal import Decimal

from tests.offices import PNG
from wfh_desktop.domain.attendance import Status, Workplace
from wfh_desktop.domain.calendar import PRESETS
from wfh_desktop.domain.careers import PositionDraft, RankDraft
from wfh_desktop.domain.discipline import SanctionLevel
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.papers import Paper
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level
from wfh_desktop.domain.performance.assessment import AssessmentDraft
from wfh_desktop.domain.performance.panrb6 import CoreValue, Rating
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import TargetDraft
from wfh_desktop.domain.tasks import Share, TaskDraft
from wfh_desktop.domain.work_reports import ReportDraft
from wfh_desktop.persistence.models import Recommendation, WorkReport
from wfh_desktop.readers import read
from wfh_desktop.services import (
    attendance,
    attendance_entry,
    attendance_import,
    calendar,
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
from wfh_desktop.services.attendance_entry import CorrectionDraft, EntryDraft, Said
from wfh_desktop.services.office import AmountDraft, LetterheadDraft, SignatoryDraft
from wfh_desktop.services.tpp import figures

START, MONTH = date(2020, 1, 1), Period(2026, 9)
STAFF = "NIP;NAMA;GOLONGAN;JABATAN\n" + "".join(
    f"19800101200501{1 + one % 2}{one:03};{name};III/{grade};{title}\n"
    for one, name, grade, title in (
        (1, "Zahra Contoh", "d", "Kepala Bidang Data"),
        (2, "ali contoh", "b", "Pengolah Data"),
        (3, "Émile Contoh", "b", "Pengolah Data"),
        (4, "Bagas, S.T.", "a", "Pengelola Layanan"),
        (5, "D'Orsi Contoh", "c", "Arsiparis"),
    )
)
CLASSES = {"Kepala Bidang Data": 11, "Pengelola Layanan": 6}  # all others: 7
AMOUNTS = {6: 2500000, 7: 3130000, 9: 4500000, 11: 7650000}
AWAY = (date(2026, 9, 15), date(2026, 9, 16))  # the third person, on leave
TYPED = {  # by person and day: what was typed into the grid
    (1, 7): Said(Status.PRESENT, Workplace.HOME),
    (2, 8): Said(time_in=time(8, 5), time_out=time(16, 30)),
    (2, 9): Said(Status.ABSENT),
}
STEPS = []


def step(who):
    def known(function):
        STEPS.append((who, function))
        return function

    return known


def scans(days):
    """Return the log of a machine: everybody in time but for a few, one person twice."""
    lines = [
        f"{pin:>9}\t{day} {at}\t1\t0\t1\t0\r\n"
        for day in days
        for pin in range(1, 6)
        for at in (f"07:1{pin}:00", f"07:1{pin}:30", f"17:3{pin}:00")
        if not (pin == 3 and (day in AWAY or (day.day % 7 == 0 and at.startswith("07"))))
    ]
    return "".join(lines).encode()


@step("admin")
def tree(work, known):
    return [row.name for row in units.tree(work, MONTH.last)]


@step("admin")
def hours(work, known):
    preset = next(one for one in PRESETS if one.key == "manado_service")
    draft = calendar.ScheduleDraft("Biasa", preset.hours, START)
    return calendar.add_schedule(work, known["pemda"], draft), days_off.seed(work, 2026)


@step("admin")
def rules(work, known):
    office.choose_rules(work, known["pemda"], "jambi", date(2026, 1, 1))
    drafts = [AmountDraft("TOTAL", Decimal(one), job_class=key) for key, one in AMOUNTS.items()]
    office.set_amounts(work, known["pemda"], "jambi", date(2026, 1, 1), drafts)
    return office.set_ceilings(work, known["unit"], [(MONTH, 0, Decimal("90000000.50"))])


@step("admin")
def letters(work, known):
    draft = LetterheadDraft("PEMERINTAH KOTA CONTOH", "BIDANG DATA", place="Contoh")
    office.set_letterhead(work, known["unit"], 0, draft)
    papers.set_layout(work, known["unit"], 0, papers.LayoutDraft(addressee=("Sekda",)))


@step("secretary")
def staff(work, known):
    path = known["folder"] / "daftar.csv"
    path.write_text(STAFF, encoding="utf-8")
    wishes = staff_import.Wishes(unit=str(known["unit"]), valid_from=START, accept=True)
    shown, done = staff_import.run(
        work, read(path), wishes, name=path.name, content=path.read_bytes(), store=True
    )
    rows = people.roster(work, known["unit"], MONTH)
    known["people"] = [row.id for row in sorted(rows, key=lambda row: row.nip or "")]
    return shown, done, rows


@step("secretary")
def careers(work, known):
    first, second, *_ = known["people"]
    people.change_rank(
        work, second, RankDraft(EmploymentStatus.PNS, date(2026, 4, 1), "III/c", "SK 1/2026")
    )
    acting = PositionDraft(
        known["unit"], "Kepala Seksi", Level.PENGAWAS, date(2026, 9, 1), 9,
        capacity=Capacity.PLT, decree="SP 2/2026", valid_to=date(2026, 12, 31),
    )  # fmt: skip
    people.change_position(work, second, acting)
    for pin, key in enumerate(known["people"], start=1):
        held = next(one for one in people.details(work, key).positions if not one.decree)
        draft = PositionDraft(
            held.unit_id, held.title, held.level, held.valid_from, CLASSES.get(held.title, 7)
        )
        people.correct_position(work, held.id, held.version, draft)
        people.add_alias(work, key, people.AliasDraft("pin", str(pin)))
    return [people.details(work, key) for key in (first, second)]


@step("admin")
def signatories(work, known):
    first = known["people"][0]
    return office.appoint(
        work, known["unit"], SignatoryDraft("head", "Kepala Bidang", START, employee_id=first)
    )


@step("secretary")
def machine(work, known):
    days = calendar.calendar(work, known["unit"], MONTH).working_days(MONTH)
    known["days"] = days
    path = known["folder"] / "1_attlog.dat"
    path.write_bytes(scans(days))
    upload = attendance_import.load(path, MONTH)
    return attendance_import.apply(work, known["unit"], MONTH, upload)


@step("secretary")
def typing(work, known):
    drafts = [
        EntryDraft(known["people"][person], known["days"][day], said)
        for (person, day), said in TYPED.items()
    ]
    return attendance_entry.enter(work, known["unit"], drafts)


@step("secretary")
def absences(work, known):
    third, fourth = known["people"][2:4]
    days = known["days"]
    leave.grant(work, third, leave.LeaveDraft(LeaveKind.ANNUAL, *AWAY, "SC 1"))
    sanction = discipline.SanctionDraft(
        SanctionLevel.LIGHT, "Teguran tertulis", date(2026, 8, 1), date(2026, 10, 31), "HD 1"
    )
    discipline.record(work, fourth, sanction)
    code = conduct.kinds(work, known["unit"], MONTH)[0].code
    return conduct.note(work, fourth, conduct.ConductDraft(code, days[2], reason="Tidak ikut"))


@step("secretary")
def corrections(work, known):
    draft = CorrectionDraft("Mesin rusak", time_in=time(7, 20), time_out=time(17, 30))
    for day in known["days"]:
        if day.day % 7 == 0 or day == known["days"][8]:
            attendance_entry.correct(work, known["unit"], known["people"][2], day, draft)
    day = known["days"][5]
    draft = CorrectionDraft("Dinas", Status.PRESENT, Workplace.OFFICE, evidence="SPT 1")
    return attendance_entry.correct(work, known["unit"], known["people"][2], day, draft)


@step("head")
def goals(work, known):
    goal = targets.add_objective(work, known["unit"], 2026, "Layanan tepat waktu")
    drafts = [
        TargetDraft(key, goal, f"Rekap {number}", "laporan", Decimal("2.5"))
        for number, key in enumerate(known["people"])
    ]
    return targets.set_targets(work, known["unit"], MONTH, drafts)


@step("head")
def given(work, known):
    shares = tuple(
        Share(key, Decimal("2.5"), target)
        for key, target in zip(known["people"], known["goals"], strict=True)
    )
    draft = TaskDraft("Rekap data", date(2026, 9, 18), shares, "1 rekap", given=date(2026, 9, 1))
    key = tasks.give(work, known["unit"], draft)
    known["shares"] = [share.id for share in tasks.details(work, key)[0].shares]
    return tasks.details(work, key)


@step("secretary")
def handed_in(work, known):
    keys = []
    for number, share in enumerate(known["shares"]):
        draft = ReportDraft(
            share, known["days"][number + 3], f"Rekap {number} selesai.", Decimal("2.5"),
            time(8), time(11, 30),
        )  # fmt: skip
        keys.append(work_reports.hand_in(work, draft, [("foto.png", PNG)]))
    return keys


@step("head")
def decided(work, known):
    keys = known["handed_in"]
    version = lambda key: work.get(WorkReport, key).version  # noqa: E731
    for number, key in enumerate(keys[:-1]):
        work_reports.accept(work, key, version(key), 3 + number % 3)
    work_reports.undo(work, keys[0], version(keys[0]))
    work_reports.accept(work, keys[0], version(keys[0]), 5)
    work_reports.send_back(work, keys[-1], version(keys[-1]), "Lengkapi")
    return work_reports.listing(work, known["unit"], MONTH)


@step("head")
def judged(work, known):
    aspects = {value.value: Rating.AS.value for value in CoreValue}
    for row in performance.month(work, known["unit"], MONTH):
        draft = AssessmentDraft(aspects=aspects, results=Rating.AS, note="Sesuai pengamatan")
        performance.assess(work, known["unit"], MONTH, row.person.id, draft)
    return performance.month(work, known["unit"], MONTH)


@step("secretary")
def entered(work, known):
    return figures.of_month(work, known["unit"], MONTH)


def computed(work, known):
    key = tpp.compute(work, known["unit"], MONTH)
    return key, tpp.details(work, key), tpp.before_submitting(work, key)


def submitted(work, known):
    key = newest(known)
    tpp.submit(work, key, work.get(Recommendation, key).version)


def locked(work, known):
    key = newest(known)
    version = work.get(Recommendation, key).version
    tpp.lock(work, key, version, "800/1", date(2026, 10, 5))


def newest(known):
    return known.get("reopened") or known["computed"][0]


step("secretary")(computed)


@step("secretary")
def settled(work, known):
    """Leave nothing that stands against submitting."""
    last = known["handed_in"][-1]
    work_reports.withdraw(work, last, work.get(WorkReport, last).version, "Ditarik")
    return home.overview(work, known["unit"], MONTH)


step("secretary")(computed)
step("secretary")(submitted)
step("verifier")(locked)


@step("secretary")
def printed(work, known):
    for paper in Paper:
        papers.export(work, known["unit"], MONTH, paper, known["folder"])
    return (
        papers.listing(work, known["unit"], MONTH),
        papers.subjects(work, known["unit"], MONTH),
        papers.register(work, known["unit"], MONTH),
    )


@step("head")
def reopened(work, known):
    key = known["computed"][0]
    return tpp.reopen(work, key, work.get(Recommendation, key).version, "Salah jam")


@step("secretary")
def corrected_again(work, known):
    draft = CorrectionDraft("Lupa", time_in=time(9, 40), time_out=time(17, 30))
    return attendance_entry.correct(
        work, known["unit"], known["people"][1], known["days"][1], draft
    )


step("secretary")(computed)
step("secretary")(submitted)
step("head")(locked)


@step("head")
def looked_at(work, known):
    """Everything that the pages show of the month."""
    unit, first = known["unit"], known["people"][0]
    return {
        "people": people.overview(work, unit, MONTH),
        "person": [people.details(work, key) for key in known["people"]],
        "history": people.history(work, first),
        "days": attendance.month(work, unit, MONTH),
        "view": attendance.month_view(work, unit, MONTH),
        "grid": attendance.grid(work, unit, known["days"][1]),
        "day": [attendance.day(work, unit, key, known["days"][1]) for key in known["people"]],
        "tasks": tasks.listing(work, unit, MONTH),
        "targets": targets.listing(work, unit, MONTH),
        "objectives": targets.objectives(work, unit, 2026),
        "reports": work_reports.listing(work, unit, MONTH),
        "performance": performance.month(work, unit, MONTH),
        "tpp": tpp.details(work, newest(known)),
        "steps": tpp.history(work, newest(known)),
        "revisions": tpp.revisions(work, unit, MONTH),
        "trails": tpp.trails(work, newest(known)),
        "papers": papers.listing(work, unit, MONTH),
        "home": home.overview(work, unit, MONTH),
        "glance": home.glance(work, unit, MONTH),
        "conduct": conduct.of_month(work, unit, MONTH),
        "holidays": days_off.listing(work, unit, 2026),
        "schedules": calendar.schedules(work, unit, MONTH.last),
        "units": units.listing(work, MONTH.last),
        "amounts": office.amounts(work, unit, "jambi", MONTH.last),
        "ceilings": office.ceilings(work, unit, 2026),
        "signatories": office.appointed(work, unit),
        "leaves": leave.of_month(work, known["people"], MONTH),
        "sanctions": discipline.of_month(work, known["people"], MONTH),
    }
