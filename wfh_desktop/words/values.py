"""Words for values of the domain: kinds of leave, causes of a day, papers, actions, dates."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from wfh_desktop.domain.attendance import Rule
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.mandates import Role
from wfh_desktop.domain.papers import Paper, PaperState
from wfh_desktop.domain.people import Capacity
from wfh_desktop.domain.periods import Period

LEAVES = {
    LeaveKind.ANNUAL: "cuti tahunan",
    LeaveKind.LONG: "cuti besar",
    LeaveKind.SICK: "cuti sakit",
    LeaveKind.MATERNITY: "cuti melahirkan",
    LeaveKind.IMPORTANT: "cuti alasan penting",
    LeaveKind.UNPAID: "cuti di luar tanggungan negara",
    LeaveKind.STUDY: "tugas belajar",
    LeaveKind.RETIREMENT: "masa persiapan pensiun",
}
CAUSES = {
    Rule.NOT_IN_SERVICE: "Tidak bertugas di sini pada hari ini.",
    Rule.CORRECTED: "Dikoreksi oleh {0}: {1} (bukti: {2}).",
    Rule.HOLIDAY: "Hari libur: {0}.",
    Rule.DAY_OFF: "Bukan hari kerja menurut jam kerja “{0}”.",
    Rule.NOT_COME: "Harinya belum tiba.",
    Rule.NOT_ENDED: "Harinya belum berakhir; yang belum terjadi tidak dinilai.",
    Rule.HOURS: "Jam kerja {0}-{1} (“{2}”).",
    Rule.SCANS: "Mesin: pertama {0}, terakhir {1}, {2} kali.",
    Rule.TIMES: "Menurut {0}: masuk {1}, pulang {2}.",
    Rule.CODE: "Menurut {0}: {1}.",
    Rule.LEAVE: "{0} ({1}).",
    Rule.LATE: "Terlambat {0} menit.",
    Rule.EARLY: "Pulang cepat {0} menit.",
    Rule.NO_IN: "Tidak absen masuk.",
    Rule.NO_OUT: "Tidak absen pulang.",
    Rule.NO_SCAN: "Data mesin hari ini sudah dibaca; pegawai ini tidak absen.",
    Rule.NO_SCHEDULE: "Jam kerja apa yang berlaku pada hari ini? Isi di halaman Atur.",
    Rule.NO_SOURCE: "Belum ada data presensi untuk hari ini. Hadir, atau tidak?",
    Rule.THIN_COVERAGE: "Hampir tidak ada yang absen hari ini. Hari libur, atau mesin rusak?",
    Rule.NO_PIN: "Mesin dibaca, tetapi PIN pegawai ini belum dikenal. Hadir, atau tidak?",
    Rule.LONE_SCAN: "Hanya satu kali absen, pukul {0}. Masuk, atau pulang?",
    Rule.REVERSED: "Masuk {0} dan pulang {1} tidak mungkin. Jam mana yang benar?",
    Rule.TIMES_DIFFER: "Jam menurut sumber yang satu berbeda dari yang lain. Mana yang benar?",
    Rule.CONTRADICTION: "Menurut satu sumber {0}, menurut yang lain {1}. Mana yang benar?",
    Rule.LEAVE_KIND: "Cuti apa? Catat cutinya, atau ketik kodenya (CT, CB, CS, CM, CAP, CLTN).",
    Rule.OFF_IN_FILE: "Berkas menandai libur, kalender menganggap hari kerja. Mana yang benar?",
}
CAUSES_WITHOUT_DOCUMENT = {
    Rule.CORRECTED: "Dikoreksi oleh {0}: {1}.",
    Rule.LEAVE: "{0}.",
}
CAPACITIES = {
    Capacity.DEFINITIVE: "definitif",
    Capacity.PLT: "Plt.",
    Capacity.PLH: "Plh.",
    Capacity.ON_BEHALF: "a.n.",
}
MANDATES = {
    Role.HEAD: "Kepala",
    Role.ACTING_HEAD: "Plt./Plh.",
    Role.SECRETARIAT: "Sekretariat",
    Role.VERIFIER: "Verifikator",
    Role.INSPECTOR: "Inspektorat",
    Role.ADMINISTRATOR: "Administrator",
}
PAPERS = {
    Paper.LETTER: "Surat rekomendasi TPP",
    Paper.LIST: "Daftar perhitungan TPP",
    Paper.BREAKDOWNS: "Rincian perhitungan TPP",
    Paper.ATTENDANCE: "Rekapitulasi kehadiran",
    Paper.PERFORMANCE: "Rekapitulasi kinerja",
}
PAPER_STATES = {
    PaperState.MISSING: "belum",
    PaperState.READY: "siap",
    PaperState.PRINTED: "dicetak",
    PaperState.CHANGED: "berubah sejak dicetak",
}
ROLES = {
    "head": "Pimpinan unit",
    "secretary": "Sekretaris",
    "personnel": "Pengelola kepegawaian",
    "treasurer": "Bendahara pengeluaran",
}
ALIASES = {"pin": "PIN mesin presensi", "phone": "nomor telepon", "name": "nama di percakapan"}
ACTIONS = {  # of the audit log, as the history of a person or unit shows them
    "person.added": "Pegawai ditambahkan",
    "person.edited": "Identitas diubah",
    "person.deactivated": "Dinonaktifkan",
    "person.reactivated": "Diaktifkan kembali",
    "person.withdrawn": "Ditarik: salah masuk",
    "person.imported": "Diisi dari berkas",
    "person.import_undone": "Isian dari berkas diurungkan",
    "rank.changed": "Status atau golongan baru",
    "rank.corrected": "Status atau golongan dikoreksi",
    "rank.restored": "Status atau golongan dikembalikan seperti semula",
    "rank.withdrawn": "Status atau golongan ditarik",
    "position.changed": "Jabatan baru",
    "position.corrected": "Jabatan dikoreksi",
    "position.restored": "Jabatan dikembalikan seperti semula",
    "position.withdrawn": "Jabatan ditarik",
    "position.ended": "Jabatan berakhir",
    "position.resumed": "Jabatan dilanjutkan",
    "position.superior": "Atasan langsung ditetapkan",
    "leave.granted": "Cuti dicatat",
    "leave.corrected": "Cuti dikoreksi",
    "leave.cancelled": "Cuti dibatalkan",
    "sanction.recorded": "Hukuman disiplin dicatat",
    "sanction.corrected": "Hukuman disiplin dikoreksi",
    "sanction.cancelled": "Hukuman disiplin dibatalkan",
    "alias.added": "Nama lain ditambahkan",
    "alias.withdrawn": "Nama lain ditarik",
    "account.created": "Akun dibuat",
    "account.closed": "Akun ditutup",
    "account.reopened": "Akun dibuka lagi",
    "account.password_reset": "Kata sandi diganti administrator",
    "account.password_changed": "Kata sandi diganti",
    "mandate.given": "Mandat diberikan",
    "mandate.changed": "Mandat dikoreksi",
    "mandate.ended": "Mandat diakhiri",
    "mandate.withdrawn": "Mandat ditarik",
}
RECORDS = {  # what people call the rows of a table, at the beginning of a sentence
    "unit": "Unit",
    "former_unit": "Unit",
    "holiday": "Hari libur",
    "schedule": "Jam kerja",
    "rule_choice": "Pilihan aturan",
    "base_amount": "Besaran TPP",
    "ceiling": "Pagu",
    "letterhead": "Kop surat",
    "signatory": "Penanda tangan",
    "paper_layout": "Tata letak kertas",
    "employee": "Data pegawai",
    "rank": "Golongan",
    "position": "Jabatan",
    "alias": "Nama lain",
    "day_entry": "Isian harian",
    "correction": "Koreksi presensi",
    "leave": "Cuti",
    "sanction": "Hukuman disiplin",
    "conduct_event": "Kejadian",
    "month_figure": "Angka bulanan",
    "objective": "Sasaran",
    "target": "Target",
    "task": "Tugas",
    "assignment": "Bagian tugas",
    "work_report": "Laporan",
    "evidence": "Eviden",
    "assessment": "Penilaian",
    "recommendation": "Rekomendasi TPP",
    "recommendation_line": "Baris rekomendasi TPP",
    "account": "Akun",
    "mandate": "Penugasan",
}
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def clock(value: time) -> str:
    """Return "07.30"."""
    return f"{value:%H.%M}"


def day(value: date) -> str:
    """Return "2 Maret 2026"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: Period) -> str:
    """Return "September 2026"."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def within(words: str) -> str:
    """Return *words* as they stand inside a sentence: `surat rekomendasi TPP`."""
    return words[:1].lower() + words[1:]


def filling(limit: object) -> object:
    """Write what a sentence is filled with as a reader expects it."""
    match limit:
        case date():
            return day(limit)
        case Period():
            return month(limit)
        case time():
            return clock(limit)
        case LeaveKind():
            return LEAVES[limit]
        case Decimal():
            return f"{limit:,f}".translate(str.maketrans(",.", ".,"))
        case Capacity():
            return CAPACITIES[limit]
        case StrEnum():
            return limit.value
        case None:
            return "kosong"
        case _:
            return limit
