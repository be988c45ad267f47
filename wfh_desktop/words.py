"""Indonesian words for everything the program has to say: refusals, problems, values of the domain.

Used alike by the window, the command line and the papers, so it knows neither Qt nor reportlab.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from wfh_desktop.domain.attendance import Fact, PersonDay, Rule
from wfh_desktop.domain.errors import (
    Cancelled,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    Problem,
    Refusal,
    Unreadable,
    Unwritable,
)
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Capacity
from wfh_desktop.domain.periods import Period

PROBLEMS = {
    "required": "{field} wajib diisi.",
    # tasks, reports, targets, appraisal
    "too_long": "{field} paling banyak {0} huruf.",
    "not_positive": "{field} harus lebih dari nol.",
    "negative": "{field} tidak boleh kurang dari nol.",
    "quality_range": "Kualitas harus di antara 0 dan 100.",
    "percent_range": "{field} harus lebih dari 0 dan paling banyak 100 persen.",
    "due_before_given": "Tenggat tidak boleh sebelum tugas diberikan.",
    "nobody": "Pilih sekurang-kurangnya satu pegawai.",
    "twice": "Seorang pegawai dipilih dua kali.",
    "not_here": "Ada pegawai yang tidak bertugas di unit ini pada bulan itu.",
    "other_target": "Target itu milik pegawai lain atau sudah dibatalkan.",
    "task_step": "Tugas yang {0} tidak dapat menjadi {1}.",
    "task_cancelled": "Tugas ini sudah dibatalkan.",
    "report_step": "Laporan yang {0} tidak dapat menjadi {1}.",
    "report_fixed": "Laporan yang {0} tidak dapat diubah lagi.",
    "in_future": "{field} tidak boleh di masa depan.",
    "before_task": "Tanggal laporan sebelum tugas diberikan ({0}).",
    "ends_before_start": "Jam selesai harus setelah jam mulai.",
    "no_evidence": "Lampirkan eviden, atau tulis alasan mengapa tidak ada.",
    "rating_range": "Nilai harus 1 sampai 5.",
    "nothing_to_undo": "Tidak ada keputusan yang dapat diurungkan.",
    "evidence_kind": "Berkas {0} bukan gambar JPEG, gambar PNG atau PDF.",
    "evidence_size": "Berkas {0} lebih besar dari {1} MB.",
    "evidence_count": "Satu laporan paling banyak memuat {0} berkas.",
    "evidence_same": "Berkas {0} sudah dilampirkan pada laporan ini.",
    "month_locked": "{0} sudah dikunci. Buka revisi baru di halaman TPP untuk mengubahnya.",
    "before_appraisal": "Penilaian kinerja sebelum Januari 2014 tidak didukung.",
    "aspect_missing": "Perilaku: {0} belum dinilai.",
    "aspect_range": "Perilaku: {0} harus di antara 0 dan {1}.",
    "departs_without_reason": (
        "Penilaian berbeda dari usulan menurut realisasi atau nilai perilaku; tulis alasannya."
    ),
    # rekomendasi TPP
    "no_such_step": "Rekomendasi TPP yang {0} tidak dapat menjadi {1}.",
    "not_a_draft": "Rekomendasi TPP bulan ini sudah {0}; buka kembali lebih dahulu.",
    "no_rules": "Belum ada aturan TPP yang dipilih untuk {0}. Pilih di halaman Atur.",
    "check_failed": "{0}",
    # kertas
    "not_a_picture": "Logo pada kop surat tidak dapat dibaca; ganti di halaman Atur.",
    "margin_range": "{field} harus {0} sampai {1} mm.",
    "no_recommendation": "TPP {0} belum dihitung. Hitung dahulu di halaman TPP.",
    "nobody_to_print": "Belum ada pegawai yang dapat dicetak untuk {0}.",
    "not_on_list": "Pegawai ini tidak ada pada rekomendasi {0}.",
    # presensi, jam kerja, hari libur
    "rest_too_long": "{0}: istirahat tidak boleh sepanjang jam kerja.",
    "holiday_known": "{0} sudah tercatat sebagai hari libur.",
    "not_in_service": "Pegawai ini tidak bertugas di unit ini pada {0}.",
    "not_enterable": "“{0}” tidak dapat diisikan untuk satu hari.",
    "day_is_off": "{0} hari libur: hanya kehadiran atau dinas luar yang dapat dicatat.",
    "times_reversed": "Jam pulang tidak boleh sebelum jam masuk.",
    "already_withdrawn": "Koreksi ini sudah ditarik.",
    "no_attendance": "Berkas {0} bukan berkas presensi.",
    "open_questions": "Masih ada {0} pertanyaan yang belum dijawab.",
    "nothing_new": "Berkas {0} tidak memuat hal baru untuk {1}.",
    "already_undone": "Impor berkas {0} sudah diurungkan.",
    # pegawai, unit, cuti, hukuman disiplin
    "out_of_range": "{field} harus {0} sampai {1}.",
    "before_start": "{field} tidak boleh sebelum tanggal mulai.",
    "after_end": "{field} tidak boleh sesudah {0}, tanggal berakhirnya.",
    "before_former": "{field} harus sesudah {0}, awal masa sebelumnya.",
    "same_day": "Sudah ada yang berlaku sejak {0}. Ubah yang itu, atau pilih tanggal lain.",
    "last_of_person": "Ini satu-satunya catatan pegawai ini. Koreksi isinya, jangan ditarik.",
    "nip_length": "NIP terdiri atas 18 angka; yang tertulis {0}.",
    "nip_birth": "NIP: {0} bukan tanggal lahir (tahun, bulan, tanggal).",
    "nip_start": "NIP: {0} bukan TMT CPNS (tahun, bulan) dan bukan tahun serta nomor PPPK.",
    "nip_sex": "NIP: angka ke-15 harus 1 (laki-laki) atau 2 (perempuan), bukan {0}.",
    "nip_damaged": "NIP {0} rusak: tiga angka terakhir dibulatkan oleh program tabel.",
    "nip_taken": "NIP ini sudah dipakai {0}.",
    "nip_missing": "NIP belum diisi.",
    "nip_age": "Menurut NIP, usia saat mulai bekerja {0} tahun; biasanya {1} sampai {2}.",
    "nip_is_pppk": "NIP ini nomor PPPK, sedangkan statusnya {0}.",
    "nip_is_pns": "NIP ini nomor PNS, sedangkan statusnya {0}.",
    "grade_of_status": "{0} bukan golongan untuk {1}.",
    "capacity_signs_only": "a.n. hanya untuk penandatangan, bukan untuk jabatan.",
    "capacity_fixed": "Jabatan definitif tidak dapat menjadi Plt. atau Plh.; buat yang baru.",
    "acting_already": "Pegawai ini sudah Plt. atau Plh. pada jabatan itu sejak {0}.",
    "superior_self": "Seorang pegawai tidak dapat menjadi atasannya sendiri.",
    "superior_cycle": "Dengan pilihan ini {0} akhirnya menjadi bawahannya sendiri.",
    "position_later": "Ada jabatan yang baru mulai {0}. Tarik jabatan itu dulu.",
    "not_left": "Pegawai ini tidak sedang nonaktif.",
    "alias_taken": "Nama lain ini sudah dipakai untuk {0}.",
    "unit_name_taken": "Sudah ada unit bernama {0} di tempat itu.",
    "unit_not_there": "Unit itu tidak ada pada {0}.",
    "unit_below_itself": "Unit tidak dapat berada di bawah dirinya sendiri.",
    "unit_has_units": "Masih ada unit di bawahnya sesudah tanggal itu: {0} (seluruhnya {1}).",
    "unit_has_people": "Masih ada {0} pegawai di unit ini sesudah tanggal itu.",
    "grade_unknown": "{0} bukan golongan PNS atau PPPK.",
    "rules_not_valid": "Aturan {0} belum atau tidak lagi berlaku pada tanggal itu (sejak {1}).",
    "rules_fail": "{1} contoh hitung aturan {0} tidak cocok, jadi belum boleh dipakai.",
    "component_unknown": "Aturan {1} tidak mengenal komponen {0}.",
    "class_or_title": "Isi kelas jabatan atau nama jabatan, salah satu.",
    "amount_range": "Besaran {0} harus 0 sampai {1} rupiah.",
    "leave_overlaps": "Sudah tercatat {0} dari {1} sampai {2}.",
    "leave_long_days": "Cuti tahunan paling lama {0} hari kerja; ini {1} hari kerja.",
    "leave_long_months": "Cuti ini biasanya paling lama {0} bulan.",
}
UNREADABLE = {
    "empty": "Berkas {0} kosong.",
    "picture_size": "Gambar lebih besar dari {0} MB. Pilih gambar yang lebih kecil.",
    "picture_pixels": "Gambar lebih dari {0} juta titik. Pilih gambar yang lebih kecil.",
    "picture_damaged": "Berkas ini bukan gambar PNG atau JPEG, atau rusak.",
    "database_in_use": "Basis data {0} sedang dibuka oleh WFH Desktop yang lain. "
    "Tutup jendela itu lebih dahulu.",
    "database_newer": "Basis data {0} dibuat oleh versi WFH Desktop yang lebih baru. "
    "Perbarui aplikasi ini; tidak ada yang diubah.",
    "database_older": "Basis data {0} perlu diperbarui oleh pengelola server. "
    "Tidak ada yang diubah.",
    "database_damaged": "Berkas {0} rusak atau bukan basis data WFH Desktop. "
    "Pulihkan dari cadangan terakhir.",
    "database_unreachable": "Basis data {0} tidak dapat dibuka. "
    "Periksa apakah foldernya ada dan boleh ditulisi.",
}
UNWRITABLE = {
    "full": "Disk penuh: {0} tidak dapat disimpan. Kosongkan tempat, lalu ulangi.",
    "denied": "Tidak ada izin menulis ke {0}. Pilih map lain.",
    "missing": "Map {0} tidak ada atau bukan map. Pilih map lain.",
    "failed": "{0} tidak dapat disimpan. Periksa disk atau sambungannya, lalu ulangi.",
}
FIELDS: dict[str, str] = {
    "title": "uraian",
    "due": "tenggat",
    "given": "tanggal diberikan",
    "people": "pegawai",
    "quantity": "kuantitas",
    "quality": "kualitas",
    "days": "waktu",
    "cost": "biaya",
    "measure": "satuan",
    "objective": "sasaran",
    "scope_percent": "bobot lingkup",
    "text": "uraian pekerjaan",
    "day": "tanggal",
    "reason": "alasan",
    "rating": "nilai",
    "results": "hasil kerja",
    "behaviour": "perilaku kerja",
    "name": "nama",
    "nip": "NIP",
    "front_title": "gelar depan",
    "back_title": "gelar belakang",
    "phone": "nomor telepon",
    "active": "aktif",
    "status": "status",
    "grade": "golongan",
    "position_title": "nama jabatan",
    "level": "jenjang jabatan",
    "job_class": "kelas jabatan",
    "superior_id": "atasan langsung",
    "capacity": "sebagai",
    "decree": "nomor SK",
    "unit_id": "unit",
    "parent_id": "unit induk",
    "code": "kode",
    "zone": "zona waktu",
    "valid_from": "tanggal mulai",
    "valid_to": "tanggal akhir",
    "starts": "tanggal mulai",
    "ends": "tanggal selesai",
    "kind": "jenis",
    "document": "nomor surat",
    "note": "catatan",
    "lowered_class": "kelas selama hukuman",
    "factor": "bagian TPP yang dibayar",
    "value": "nama lain",
    "role": "peran",
    "on_behalf_of": "atas nama",
    "government": "baris pertama kop",
    "office": "baris kedua kop",
    "unit_factor": "faktor unit",
    "amount": "besaran",
    "device": "mesin",
    "withdrawn": "ditarik",
    "cancelled": "dibatalkan",
    "leave": "jenis cuti",
    "hours": "jam kerja",
    "time_in": "jam masuk",
    "time_out": "jam pulang",
    "correction": "koreksi",
    "evidence": "bukti",
}
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
DOUBTS = {  # whom a line of an attendance file means
    "name_alike": "Namanya mirip; apakah pegawai ini yang dimaksud?",
    "nip_damaged": "Tiga angka terakhir NIP hilang di program tabel; siapa yang dimaksud?",
    "pin_collision": "PIN ini dimiliki lebih dari satu pegawai; siapa yang dimaksud?",
    "pin_other_device": "PIN ini dikenal di mesin lain; apakah orangnya sama?",
    "same_person": "Dua orang di berkas tampak sebagai pegawai yang sama; siapa yang dimaksud?",
    "not_recognised": "Mesin tidak mengenali jarinya.",
    "other_unit": "Pegawai unit lain.",
    "not_on_list": "Tidak ada dalam daftar pegawai unit ini.",
}
REASONS = DOUBTS | {  # why a line of an attendance file is left out
    "": "",
    "other_month": "Di luar bulan yang dipilih.",
    "not_in_service": "Tidak bertugas di sini pada hari itu.",
    "unknown_code": "Kodenya tidak dikenal.",
    "empty": "Selnya kosong.",
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
    "rank.changed": "Status atau golongan baru",
    "rank.corrected": "Status atau golongan dikoreksi",
    "rank.withdrawn": "Status atau golongan ditarik",
    "position.changed": "Jabatan baru",
    "position.corrected": "Jabatan dikoreksi",
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
}
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def explain(refusal: Refusal) -> str:
    """Put a refusal into sentences the user understands."""
    match refusal:
        case Invalid(problems=problems):
            return "\n".join(problem(one) for one in problems)
        case Unreadable(code=code, limits=limits, place=place):
            sentence = UNREADABLE[code].format(*limits)
            return f"{sentence} ({place})" if place else sentence
        case Unwritable(code=code, place=place):
            return UNWRITABLE[code].format(place)
        case Conflict():
            return "Data ini baru saja diubah orang lain. Data sudah dimuat ulang; silakan ulangi."
        case NotAllowed():
            return "Anda tidak berwenang melakukan tindakan ini."
        case NotFound():
            return "Data ini sudah tidak ada."
        case Cancelled():
            return "Pekerjaan dibatalkan; tidak ada yang berubah."
        case _:
            return str(refusal)


def problem(one: Problem) -> str:
    """Put one broken rule into a sentence."""
    name = FIELDS.get(one.field, one.field)
    limits = [_plain(limit) for limit in one.limits]
    return PROBLEMS[one.code].format(*limits, field=name[:1].upper() + name[1:])


def cause(fact: Fact) -> str:
    """Put one step of the reasoning about a day into a sentence."""
    without = fact.limits[-1:] == ("",) and CAUSES_WITHOUT_DOCUMENT.get(fact.rule)
    sentence = without or CAUSES[fact.rule]
    sentence = sentence.format(*(_plain(limit) for limit in fact.limits))
    return sentence[:1].upper() + sentence[1:]


def causes(verdict: PersonDay) -> tuple[str, ...]:
    """Put the reasons for a day's status into sentences, in order."""
    return tuple(cause(fact) for fact in verdict.cause)


def clock(value: time) -> str:
    """Return "07.30"."""
    return f"{value:%H.%M}"


def day(value: date) -> str:
    """Return "2 Maret 2026"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: Period) -> str:
    """Return "September 2026"."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def _plain(limit: object) -> object:
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
