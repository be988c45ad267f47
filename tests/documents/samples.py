"""Plausible, neutral facts for papers."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from wfh_desktop.documents.attendance import AttendanceLine, AttendanceRecap, Remark
from wfh_desktop.documents.breakdown import Breakdown
from wfh_desktop.documents.calculation import Calculation, CalculationLine, Figures
from wfh_desktop.documents.letterhead import Letterhead
from wfh_desktop.documents.paper import Mark
from wfh_desktop.documents.people import Person
from wfh_desktop.documents.performance import PerformanceLine, PerformanceRecap
from wfh_desktop.documents.recommendation import Amounts, Recommendation
from wfh_desktop.documents.signatures import Signature, dated
from wfh_desktop.domain.attendance import PersonDay, Status, Workplace, summarise
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import EmploymentStatus
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.trail import Node, Rounded, Unit

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


COLUMNS = (
    Figures("Besaran TPP", "6", "rupiah", 0),
    Figures("Kinerja 70 %", "7 = 70 % × 6", "rupiah", 0),
    Figures("Predikat kinerja (%)", "8", "percent", 2),
    Figures("Capaian kinerja", "9 = 7 × 8", "rupiah", 0),
    Figures("Kehadiran 30 %", "10 = 30 % × 6", "rupiah", 0),
    Figures("Potongan kehadiran (%)", "11", "percent", 2),
    Figures("Capaian kehadiran", "12 = 10 × (100 - 11)", "rupiah", 0),
    Figures("Faktor", "13", "factor"),
    Figures("Jumlah TPP kotor", "14 = (9 + 12) × 13", "rupiah", 0),
    Figures("PPh Pasal 21", "15", "rupiah", 0),
    Figures("Iuran BPJS 1 %", "16", "rupiah", 0),
    Figures("Jumlah TPP yang diterima", "17 = 14 - 15 - 16", "rupiah", 0),
)


def amounts(number):
    """Return the figures of one person, exact to the third decimal, in the order of `COLUMNS`."""
    base = Decimal(2531250 + 351733 * (number % 9)) + Decimal("0.4")
    cut = Decimal(number * 37 % 900) / 100
    work, presence = base * 70 / 100, base * 30 / 100
    kept = presence * (100 - cut) / 100
    gross = work + kept
    tax, bpjs = gross * 5 / 100, gross / 100
    return (
        base, work, Decimal(100), work, presence, cut, kept, Decimal(1), gross, tax, bpjs,
        gross - tax - bpjs,
    )  # fmt: skip


def calculation(count, mark=MARK, *, subtotals=False):
    return Calculation(
        mark=mark,
        office="Dinas Contoh",
        unit=UNIT,
        rules_title="Peraturan Menteri Ketenagakerjaan Nomor 15 Tahun 2024",
        columns=COLUMNS,
        lines=tuple(CalculationLine(person(n), amounts(n)) for n in range(count)),
        signatures=signatures(),
        subtotals=subtotals,
    )


def recommendation(count, mark=MARK, *, number="800.1.11.1/004/2026", basis=3):
    listed = calculation(count, mark)
    sums = [sum(line.cells[place].quantize(1) for line in listed.lines) for place in (8, 9, 10, 11)]
    regulations = (
        "Peraturan Pemerintah Nomor 12 Tahun 2019 tentang Pengelolaan Keuangan Daerah",
        "Keputusan Menteri Dalam Negeri Nomor 900-4700 Tahun 2020 tentang Tata Cara Persetujuan "
        "Menteri Dalam Negeri terhadap Tambahan Penghasilan Pegawai Aparatur Sipil Negara",
        "Peraturan Bupati Contoh Nomor 1 Tahun 2026 tentang Tambahan Penghasilan Pegawai",
    )
    return Recommendation(
        mark=mark,
        letterhead=KOP,
        number=number,
        nature="Biasa",
        place="Kota Contoh",
        day="2 Oktober 2026",
        addressee=("Kepala BKPSDM Kabupaten Contoh", "di Kota Contoh"),
        unit=UNIT,
        legal_basis=regulations[:basis],
        amounts=Amounts(count, *(Decimal(one) for one in sums)),
        signature=Signature(
            "", ("Kepala Dinas Contoh,",), "Dr. Pegawai 1, S.E., M.Si.", "Pembina Utama Muda",
            nip(1),
        ),
        calculation=listed,
        copies=("Inspektur Kabupaten Contoh", "Arsip"),
    )  # fmt: skip


def trail(events=4):
    """Return a tree such as the engine makes, with so many deductions."""
    cuts = tuple(
        Node(
            f"Terlambat {number + 1} September 2026",
            Decimal("-30603.699") * (number + 1),
            clause="Pasal 12 ayat (2)",
            formula=f"{22 + number} menit × 0,01 % × Rp1.378.545,00",
            source=(f"{number + 1:02}-09-2026: masuk 08.0{number % 10}",),
            note="" if number else "toleransi 60 menit tidak berlaku",
        )
        for number in range(events)
    )
    presence = Node(
        "Bagian kehadiran",
        Decimal(1378545) + sum((cut.amount for cut in cuts), Decimal()),
        clause="Pasal 8 huruf b",
        formula="30 % × Rp4.595.150,00 - potongan",
        children=(Node("30 % × Rp4.595.150,00", Decimal(1378545)), *cuts),
    )
    work = Node(
        "Bagian kinerja",
        Decimal(3216605),
        clause="Pasal 8 huruf a",
        formula="70 % × Rp4.595.150,00 × 100 %",
        inputs=(
            Node("Predikat Baik", Decimal(100), Unit.PERCENT, clause="Kepsekjen 82/2025 diktum 3"),
        ),
    )
    exact = presence.amount + work.amount
    whole = exact.quantize(Decimal(1))
    return Node(
        "TPP yang direkomendasikan",
        whole,
        clause="Pasal 5",
        formula="bagian kinerja + bagian kehadiran",
        inputs=(Node("Tunjangan kinerja kelas 8", Decimal(4595150), clause="Lampiran I"),),
        rounding=Rounded("half_up", Decimal(1), exact, whole),
        children=(work, presence, Node("Pembulatan", whole - exact)),
    )


def breakdown(events=4, number=3, mark=MARK):
    tree = trail(events)
    return Breakdown(
        mark=mark,
        letterhead=KOP,
        person=person(number),
        rules_title="Peraturan Menteri Ketenagakerjaan Nomor 15 Tahun 2024",
        trail=tree,
        gross=tree.amount,
        tax=Decimal(),
        bpjs=Decimal(),
        net=tree.amount,
        signatures=signatures(),
    )
