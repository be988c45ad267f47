"""Plausible, neutral facts for papers."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from wfh_desktop.documents.attendance import AttendanceLine, AttendanceRecap, Remark
from wfh_desktop.documents.letterhead import Letterhead
from wfh_desktop.documents.paper import Mark
from wfh_desktop.documents.people import Person
from wfh_desktop.documents.performance import PerformanceLine, PerformanceRecap
from wfh_desktop.documents.signatures import Signature, dated
from wfh_desktop.domain.attendance import PersonDay, Status, Workplace, summarise
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import EmploymentStatus
from wfh_desktop.domain.periods import Period

SEPTEMBER = Period(2026, 9)
MARK = Mark(SEPTEMBER, "Permenaker 15/2024 (kemnaker-15-2024)", revision=0, draft=False)
UNIT = "Dinas Contoh Kabupaten Contoh"
KOP = Letterhead(
    government="Pemerintah Kabupaten Contoh",
    office="Dinas Contoh",
    address="Jalan Contoh Nomor 1, Kota Contoh 90000, telepon (0000) 000000, pos-el "
    "dinas@contoh.example",
)
GRADES = (
    ("IV/c", "Pembina Utama Muda", "Kepala Dinas"),
    ("IV/a", "Pembina", "Kepala Bidang Contoh Pertama"),
    ("III/d", "Penata Tingkat I", "Kepala Subbagian Umum dan Kepegawaian"),
    ("III/b", "Penata Muda Tingkat I", "Analis Sumber Daya Manusia Aparatur Ahli Pertama"),
    ("II/c", "Pengatur", "Pengadministrasi Perkantoran"),
)


def nip(number):
    """Return a NIP of the right structure that nobody has."""
    return f"1980{number % 12 + 1:02}{number % 28 + 1:02}20050{number % 9 + 1}1{number % 1000:03}"


def person(number):
    if number % 7 == 6:
        return Person(
            name=f"Pegawai {number}, S.Kom.",
            nip=f"1990{number % 12 + 1:02}{number % 28 + 1:02}2025211{number % 1000:03}",
            status=EmploymentStatus.PPPK,
            grade="IX",
            rank="",
            title="Pranata Komputer Ahli Pertama",
            job_class=8,
            unit=UNIT,
        )
    grade, rank, title = GRADES[min(number // 2, 4) if number < 10 else 3 + number % 2]
    return Person(
        name=f"Dr. Pegawai {number}, S.E., M.Si.",
        nip=nip(number),
        status=EmploymentStatus.PNS,
        grade=grade,
        rank=rank,
        title=title,
        job_class=15 - min(number, 9),
        unit=UNIT,
    )


def signatures():
    return (
        Signature(
            "Mengetahui,",
            ("Kepala Dinas Contoh,",),
            "Dr. Pegawai 1, S.E., M.Si.",
            "Pembina Utama Muda",
            nip(1),
        ),
        Signature(
            dated("Kota Contoh", "2 Oktober 2026"),
            ("Plt. Kepala Subbagian Umum dan Kepegawaian,",),
            "Pegawai 5, S.Sos.",
            "Penata Tingkat I",
            nip(5),
        ),
    )


def person_day(number, day):
    if day.weekday() > 4:
        return PersonDay(day, Status.HOLIDAY)
    turn = (number * 7 + day.day) % 23
    at = datetime.combine(day, datetime.min.time())
    match turn:
        case 0:
            return PersonDay(day, Status.LEAVE, leave=LeaveKind.ANNUAL)
        case 1:
            return PersonDay(day, Status.ABSENT)
        case 2:
            return PersonDay(day, Status.DUTY, corrected=True)
        case 3 if number % 5 == 0:
            return PersonDay(day, Status.UNCLEAR)
    return PersonDay(
        day,
        Status.PRESENT,
        arrived=at + timedelta(hours=7, minutes=20 + turn * 2),
        left=at + timedelta(hours=16),
        late_minutes=max(0, turn * 2 - 10) if turn % 3 == 0 else 0,
        early_minutes=7 if turn == 8 else 0,
        no_out=turn == 9,
        workplace=Workplace.HOME if day.weekday() == 4 else Workplace.OFFICE,
        corrected=turn == 11,
    )


def attendance(count, mark=MARK):
    lines = []
    for number in range(count):
        days = tuple(person_day(number, day) for day in mark.period.days)
        lines.append(AttendanceLine(person(number), summarise(days), days))
    remarks = [
        Remark(line.person.name, day.day, "dinas luar; menurut Surat Tugas, oleh Operator")
        for line in lines
        for day in line.days
        if day.corrected and day.status is Status.DUTY
    ][:30]
    unclear = [
        Remark(line.person.name, day.day, "tidak ada catatan dari mesin maupun laporan")
        for line in lines
        for day in line.days
        if day.status is Status.UNCLEAR
    ][:30]
    return AttendanceRecap(
        mark=mark,
        office="Dinas Contoh",
        unit=UNIT,
        lines=tuple(lines),
        corrected=tuple(remarks),
        unclear=tuple(unclear),
        signatures=signatures(),
    )


def performance(count, mark=MARK):
    words = ("Baik", "Sangat Baik", "Baik", "Butuh Perbaikan", "Baik", "", "Kurang")
    lines = tuple(
        PerformanceLine(
            person=person(number),
            targets=3 + number % 3,
            reached=Decimal(60 + number * 7 % 45) / 100 if number % 9 != 8 else None,
            accepted=number % 20,
            returned=number % 3,
            waiting=number % 2,
            results="Sesuai ekspektasi",
            behaviour="Di atas ekspektasi" if number % 4 == 0 else "Sesuai ekspektasi",
            score=Decimal("98.5") if words[number % 7] else None,
            predicate=words[number % 7],
        )
        for number in range(count)
    )
    return PerformanceRecap(
        mark=mark,
        office="Dinas Contoh",
        unit=UNIT,
        generation="PermenPANRB 6/2022",
        lines=lines,
        signatures=signatures(),
    )


def day(number):
    return date(2026, 9, number)
