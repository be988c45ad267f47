"""Indonesian words for everything the program has to say: refusals, problems, values of the domain.

Used alike by the window, the command line and the papers, so it knows neither Qt nor reportlab.
"""

from __future__ import annotations

import re
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
from wfh_desktop.domain.papers import Paper, PaperState
from wfh_desktop.domain.people import Capacity
from wfh_desktop.domain.periods import Period

PROBLEMS = {
    "required": "{field} wajib diisi.",
    # tasks, reports, targets, appraisal
    "too_long": "{field} paling banyak {0} huruf.",
    "no_day": "Tulis tenggat seperti Jumat, 3 hari atau 30 September.",
    "not_a_time": "Jam ditulis seperti 07.30, bukan {0}.",
    "no_task": "Belum ada tugas pada bulan ini. Beri tugas lebih dahulu di halaman Tugas.",
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
    "evidence_unreadable": "Berkas {0} tidak dapat dibaca.",
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
    "unknown_event": "Kejadian {0} tidak dikenal oleh aturan TPP bulan itu.",
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
    "not_understood": "“{0}” tidak dimengerti. Ketik h, w, p, d, s, i, c, a, atau jam.",
    "no_times_with": "Jam tidak dapat diisi bersama “{0}”.",
    "no_such_time": "Tidak ada pukul {0}.",
    "note_alone": "Catatan perlu isian: kode atau jam.",
    "no_attendance": "Berkas {0} bukan berkas presensi.",
    "open_questions": "Masih ada {0} pertanyaan yang belum dijawab.",
    "nothing_new": "Berkas {0} tidak memuat hal baru untuk {1}.",
    "nobody_to_add": "Tidak ada yang dapat langsung ditambahkan; isi di halaman Pegawai.",
    "already_undone": "Impor berkas {0} sudah diurungkan.",
    # pegawai, unit, cuti, hukuman disiplin
    "not_in_list": "Pilih dari daftar; {0} tidak ada di dalamnya.",
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
    "unit_unknown": "Tidak ada unit bernama {0}.",
    "unit_ambiguous": "Ada beberapa unit bernama {0}; sebutkan nomornya.",
    "unit_below_itself": "Unit tidak dapat berada di bawah dirinya sendiri.",
    "unit_has_units": "Masih ada unit di bawahnya sesudah tanggal itu: {0} (seluruhnya {1}).",
    "unit_has_people": "Masih ada {0} pegawai di unit ini sesudah tanggal itu.",
    "grade_unknown": "{0} bukan golongan PNS atau PPPK.",
    "rules_not_valid": "Aturan {0} belum atau tidak lagi berlaku pada tanggal itu (sejak {1}).",
    "rules_fail": "{1} contoh hitung aturan {0} tidak cocok, jadi belum boleh dipakai.",
    "rules_unproven": "Aturan {0} tidak punya contoh hitung, jadi belum boleh dipakai.",
    "cell_no_amount": "{0}: {1} bukan jumlah rupiah.",
    "component_unknown": "Aturan {1} tidak mengenal komponen {0}.",
    "class_or_title": "Isi kelas jabatan atau nama jabatan, salah satu.",
    "amount_range": "Besaran {0} harus 0 sampai {1} rupiah.",
    # daftar pegawai dari berkas
    "not_staff": "Berkas ini bukan daftar pegawai, melainkan {0}.",
    "nothing_to_import": "Tidak ada baris yang siap disimpan.",
    "title_missing": "Berkas tidak menyebut jabatannya.",
    "acting_in_file": "Ditulis sebagai {0}; dicatat di samping jabatan definitif.",
    "status_assumed": "Status tidak ditulis; dianggap {0}.",
    "status_by_nip": "Status di berkas {0}, menurut NIP {1}; dipakai {1}.",
    "grade_left_out": "{0} bukan golongan untuk {1}; golongan dikosongkan.",
    "level_assumed": "Jenjang tidak pasti dari nama jabatan; dianggap {0}.",
    "matched_by_name": "Dicocokkan menurut nama, karena tanpa NIP.",
    "same_name_stored": "Tanpa NIP. Apakah sama dengan pegawai yang sudah tercatat?",
    "same_person": "NIP baru, nama sama. Apakah pegawai yang sudah tercatat berganti NIP?",
    "line_twice": "Baris yang sama sudah ada ({0}).",
    "line_contradicts": "Baris lain tentang orang yang sama berbeda isinya ({0}). Mana yang benar?",
    "unit_missing": "Unit {0} belum ada.",
    "was_deactivated": "Pegawai ini dinonaktifkan sejak {0}. Aktifkan lagi?",
    "in_other_unit": "Tercatat di {0}. Pindahkan ke unit ini?",
    "undone_already": "Impor ini sudah diurungkan.",
    "changed_since_import": "Data {0} sudah diubah sesudah impor, jadi tidak dapat diurungkan.",
    "newer_known": "Sudah ada data yang lebih baru, sejak {0}. Pilih tanggal mulai sesudahnya.",
    "leave_overlaps": "Sudah tercatat {0} dari {1} sampai {2}.",
    "leave_long_days": "Cuti tahunan paling lama {0} hari kerja; ini {1} hari kerja.",
    "leave_long_months": "Cuti ini biasanya paling lama {0} bulan.",
    # TPP: cases and rule sets
    "unknown_key": "{field} tidak dikenal.",
    "not_a_number": "{field} harus berupa angka, bukan {0}.",
    "not_whole": "{field} harus bilangan bulat, bukan {0}.",
    "not_one_of": "{field} harus salah satu dari {0}; bukan {1}.",
    "not_a_date": "{field} harus berupa tanggal, bukan {0}.",
    "not_yes_or_no": "{field} harus true atau false, bukan {0}.",
    "not_text": "{field} harus berupa teks, bukan {0}.",
    "wrong_shape": "{field} tidak berbentuk seperti yang seharusnya.",
    "tpp_needed": "{field} diperlukan oleh aturan {0}.",
    "tpp_unknown_code": "{field}: kode {0} tidak dikenal aturan ini; yang dikenal: {1}.",
    "tpp_unknown_metric": "{field} tidak dikenal aturan ini; yang dikenal: {0}.",
    "tpp_metric_twice": "{field} diberikan dua kali ({0}).",
    "tpp_less": "{field} paling sedikit {0}.",
    "tpp_more": "{field} paling banyak {0}.",
    "tpp_month_index": "{field} harus 1 atau lebih.",
    "tpp_total_and_components": "{field} tidak boleh berisi TOTAL bersama komponen lain.",
    "tpp_count_and_days": "{field} tidak boleh berisi count dan days sekaligus.",
    "tpp_whole": "{field} harus bilangan bulat.",
    "tpp_value_needed": "{field} harus berupa angka; aturan ini tidak menetapkan besarnya.",
    "tpp_multiplier_range": "{field} harus di antara 0 dan {0}.",
    "tpp_no_percentage": "{field}: predikat {0} tidak ada dalam tabel aturan ini.",
    "tpp_beyond_table": "{field}: tabel {0} hanya sampai bulan ke-{1}.",
    "tpp_base_needed": "{field} diperlukan: besaran rupiah sekurang-kurangnya satu dari {0}.",
    "tpp_class_unknown": "{field}: kelas {0} tidak ada dalam tabel aturan ini ({1}).",
    "tpp_acting_needs_total": "{field} harus TOTAL bila ada jabatan yang dirangkap (Plt/Plh).",
    "tpp_acting_needed": "{field} diperlukan: dasar jabatan yang dirangkap untuk {0}.",
    "tpp_grade_unknown": "{field}: golongan {0} tidak ada dalam tarif pajak aturan ini.",
    "tpp_ter_december": "{field}: PPh bulan Desember dihitung setahun, bukan dengan tarif TER.",
    "tpp_period": "{field} harus berupa tahun dan bulan seperti 2026-09, bukan {0}.",
    "rule_ends_before_start": "{field} sebelum awal berlakunya.",
    "rule_twice": "{field}: {0} disebut dua kali.",
    "rule_unknown_name": "{field}: {0} tidak ada dalam aturan ini; yang ada: {1}.",
    "rule_weights": "{field}: bobot pada komponen {0} berjumlah {1}, seharusnya 100.",
    "rule_sub_weights": "{field}: bobot rinciannya berjumlah {0}, seharusnya {1}.",
    "rule_bands_order": "{field}: batas bawah harus urut naik dan tidak berulang.",
    "rule_bands_from_zero": "{field}: rentang pertama harus mulai dari 0.",
    "rule_no_line": "{field} harus berbeda dari x0.",
    "rule_rate_or_bands": "{field}: isi rate atau bands, salah satu saja.",
    "rule_event_parts": "{field}: sebutkan bagiannya bila of = part, dan hanya bila demikian.",
    "rule_leave_table": "{field}: tabel pembayarannya kosong.",
    "rule_percent_range": "{field}: persen harus di antara 0 dan 100.",
    "rule_multiplier_stage": "{field}: hanya faktor yang dapat berlaku pada tahap component.",
    "rule_value_or_formula": "{field}: isi value atau formula, salah satu saja.",
    "rule_value_or_metric": "{field}: isi value atau than, salah satu saja.",
    "rule_formula": "{field} tidak dapat dibaca di \u201c{0}\u201d.",
    "rule_id": "{field}: id {0} tidak sama dengan nama berkasnya, {1}.",
    "rule_template": "{field} adalah templat kosong; salin dan isi dahulu.",
    "rule_no_examples": "Aturan {field} belum memuat contoh hitung, jadi tidak dapat dipakai.",
    "rule_example": (
        "Aturan {field} tidak dapat dipakai: contoh {0} seharusnya {1} = {2}, hasilnya {3}."
    ),
}
UNREADABLE = {
    # berkas presensi dan pegawai: satu kalimat, apa yang salah dan apa yang harus dilakukan
    "empty": "Berkas {0} kosong; unduh atau ekspor ulang dari sumbernya.",
    "empty_sheets": "Berkas {0} tidak berisi satu sel pun; periksa apakah ini berkas yang benar.",
    "missing": "Berkas {0} tidak ada; periksa nama dan foldernya.",
    "folder": "{0} adalah folder, bukan berkas; pilih satu berkas di dalamnya.",
    "no_access": "Berkas {0} tidak boleh atau tidak dapat dibaca; "
    "tutup di program lain atau periksa izinnya.",
    "too_large": "Berkas {0} sebesar {1} MB, melebihi {2} MB; bagi menjadi beberapa berkas.",
    "too_many_rows": "Berkas {0} memuat {1} baris, melebihi {2}; bagi menjadi beberapa berkas.",
    "too_many_columns": "Berkas {0} memuat terlalu banyak sel ({1} kolom, batasnya {2} kolom); "
    "hapus kolom yang tidak perlu.",
    "too_many_sheets": "Berkas {0} memuat {1} lembar, melebihi batas {2}; "
    "simpan lembar yang diperlukan saja.",
    "far_cell": "Berkas {0} memuat sel terisi yang jauh di luar tabel ({1}); "
    "hapus isi sel itu lalu simpan ulang.",
    "bomb": "Berkas {0} membengkak tidak wajar saat dibuka sehingga tidak dibaca; "
    "minta berkas asli dari sumbernya.",
    "entities": "Berkas {0} memuat deklarasi XML yang tidak diizinkan sehingga tidak dibaca; "
    "minta berkas asli dari sumbernya.",
    "too_slow": "Membaca berkas {0} terlalu lama dan dihentikan; bagi menjadi beberapa berkas.",
    "too_much_memory": "Membaca berkas {0} memerlukan memori terlalu besar dan dihentikan; "
    "hapus sel di luar tabel atau bagi menurut bulan.",
    "no_process": "Berkas {0} tidak dapat dibaca karena sistem menolak memulai proses pembaca; "
    "ulangi atau hubungi pengelola komputer.",
    "encrypted": "Berkas {0} dilindungi kata sandi; buka lalu simpan ulang tanpa kata sandi.",
    "macros": "Berkas {0} memuat makro; simpan ulang sebagai .xlsx tanpa makro.",
    "broken_zip": "Berkas {0} tidak utuh (unduhan terputus atau rusak); unduh ulang.",
    "broken_file": "Isi berkas {0} rusak sehingga tabelnya tidak dapat dibaca; "
    "unduh ulang, atau buka lalu simpan ulang sebagai .xlsx.",
    "broken_html": "Halaman web di berkas {0} rusak sehingga tidak dapat dibaca; ekspor ulang.",
    "broken_csv": "Baris teks di berkas {0} tidak dapat dipisahkan menjadi kolom; ekspor ulang.",
    "destroyed_workbook": "Berkas Excel {0} rusak karena pernah disimpan ulang sebagai teks; "
    "ambil lagi berkas aslinya.",
    "server_fault": "Berkas {0} berisi halaman galat server, bukan data; ekspor ulang dari "
    "sistem asalnya.",
    "frames": "Berkas {0} hanya kulit halaman Excel, datanya ada di folder lain; "
    "buka di Excel lalu simpan sebagai .xlsx.",
    "html_without_table": "Berkas {0} adalah halaman web tanpa tabel; ekspor ulang dari "
    "sistem asalnya.",
    "merge_conflict": "Berkas {0} memuat dua versi yang bertentangan (tanda <<<<<<< di baris {1}); "
    "ekspor ulang dari sistem asalnya.",
    "binary": "Berkas {0} bukan teks dan bukan buku kerja Excel; pilih berkas .xlsx, .xls, .csv "
    "atau .dat.",
    "other_file": "Berkas {0} adalah {1}, bukan tabel; minta datanya dalam bentuk .xlsx atau .csv.",
    "other_office": "Berkas {0} berbentuk {1} yang tidak didukung; buka lalu simpan ulang "
    "sebagai .xlsx.",
    "plain_zip": "Berkas {0} adalah arsip ZIP, bukan buku kerja Excel; keluarkan dulu berkas "
    "di dalamnya.",
    "operator_log": "Berkas {0} adalah log operator mesin (ASL), bukan presensi; unduh log pindai "
    "(attlog) dari mesin.",
    "not_yet": "Berkas {0} berformat {1} yang dikenal tetapi belum didukung; gunakan attlog.dat "
    "atau matriks presensi bulanan.",
    "no_separator": "Teks di berkas {0} tidak berbentuk tabel dan bukan log mesin yang dikenal; "
    "pilih berkas lain.",
    "unknown_table": "Tabel di berkas {0} tidak dikenal: tidak ada kolom nama atau NIP pegawai "
    "beserta datanya; pilih berkas presensi atau daftar pegawai.",
    "no_rows": "Berkas {0} hanya berisi judul kolom tanpa satu baris data; ekspor ulang dengan "
    "datanya.",
    "no_period": "Matriks presensi di berkas {0} tidak menyebut periodenya; tulis mis. "
    "PERIODE 01-07-2022 s.d. 31-07-2022 di atas tabel.",
    # basis data, gambar
    "no_rules": "Aturan {0} tidak ada; yang ada: {1}.",
    "no_table": "Tabel {0} tidak ada di samping aturannya.",
    "not_text": "Berkas {0} bukan teks UTF-8.",
    "not_toml": "Berkas {0} bukan TOML yang sah.",
    "not_json": "Berkas {0} bukan JSON yang sah.",
    "picture_size": "Gambar lebih besar dari {0} MB. Pilih gambar yang lebih kecil.",
    "picture_pixels": "Gambar lebih dari {0} juta titik. Pilih gambar yang lebih kecil.",
    "picture_damaged": "Berkas ini bukan gambar PNG atau JPEG, atau rusak.",
    "database_not_named": "Sebutkan basis datanya: --db sqlite:///berkas.db.",
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
    "printer": "Pencetak {0} tidak menerima naskah. Periksa pencetaknya, lalu ulangi.",
    "failed": "{0} tidak dapat disimpan. Periksa disk atau sambungannya, lalu ulangi.",
}
REMARKS = {  # about places in a file that was read
    "more_of_the_same": "Masih ada {1} hal lain seperti ini: {0}",
    "row_skipped": "Baris ini bukan data pegawai sehingga dilewati.",
    "sheet_hidden": "Lembar ini tersembunyi sehingga tidak dibaca.",
    "sheet_skipped": "Lembar ini tidak memuat data yang dicari sehingga dilewati.",
    "nip_length": "NIP {0} tidak terdiri atas 18 angka.",
    "nip_structure": "NIP {0} tidak mungkin: tanggal lahir, TMT atau jenis kelaminnya salah.",
    "nip_unclear": "NIP tidak dapat dipahami.",
    "nip_damaged": "NIP {0} rusak: tiga angka terakhir dibulatkan program tabel. Berapa aslinya?",
    "nip_two_names": "NIP {0} dipakai dua nama (lihat juga {1}). Mana yang benar?",
    "name_missing": "Nama pegawai tidak ada atau bukan nama.",
    "name_twice": "Nama {0} ada dua kali tanpa NIP. Orang yang sama?",
    "no_such_date": "Tanggal {0} tidak ada dalam kalender atau tidak dapat dipahami.",
    "no_such_time": "Jam {0} tidak ada atau tidak dapat dipahami.",
    "no_such_moment": "Tanggal atau jam {0} tidak ada.",
    "line_unclear": "Baris ini bukan pindaian: bentuknya tidak dikenal.",
    "scan_twice": "Pindaian ini sama persis dengan baris {0}.",
    "pins_alike": "PIN {0} hanya berbeda nol di depan. Orang yang sama?",
    "finger_unknown": "{0} pindaian tanpa PIN: jari tidak dikenali mesin.",
    "clock_stopped": "{0} pindaian bertanggal sebelum 2005. Apakah jam mesin pernah mati?",
    "device_named_otherwise": "Menurut nama berkas mesinnya {0}, menurut isinya {1}; "
    "dipakai isinya.",
    "cell_unclear": "Isi sel “{0}” tidak dapat dipahami sebagai jam atau kode.",
    "code_unknown": "Kode {0} tidak dikenal. Apa artinya?",
    "row_without_person": "Baris ini berisi jam tanpa nama dan tanpa NIP.",
    "days_empty": "{0} sel hari di baris ini kosong.",
    "days_missing": "{0} hari dari periode tidak mempunyai kolom.",
    "days_twice": "{0} hari pegawai ini tertulis dua kali dengan isi sama; dihitung sekali.",
    "days_contradict": "Hari ini berbeda isinya di {0}; dipakai yang pertama. Mana yang benar?",
    "day_twice": "Kolom tanggal {0} ada dua kali; yang kedua tidak dibaca. Benarkah?",
    "day_outside_period": "Kolom tanggal {0} di luar periode dan tidak dibaca. Periode mana yang "
    "benar?",
    "date_outside_period": "{0} di luar periode laporan. Benarkah?",
    "period_disagrees": "Periode {0} sampai {1} tidak cocok dengan {2} dari {3} nama hari di judul "
    "kolom. Bulan mana yang benar?",
    "period_of_other_sheet": "Periode tidak ditulis di sini; dipakai yang ditulis sebelumnya.",
    "period_chosen": "Berkas tidak menyebut periode. Benarkah ini {0}?",
    "date_order": "Urutan tanggal seperti {0} tidak pasti; dibaca hari dulu, lalu bulan. Benarkah?",
    "date_order_mixed": "Kolom ini memuat tanggal hari-bulan dan bulan-hari; dibaca hari dulu. "
    "Benarkah?",
    "dates_mixed": "{0} tanggal berupa teks (mis. {1}) dan {2} tanggal sungguhan (mis. {3}) dalam "
    "satu kolom. Apakah hari dan bulan yang sungguhan tertukar?",
    "dates_swapped": "Semua {0} tanggal di kolom ini berbulan sama, mis. {1}. "
    "Apakah hari dan bulan tertukar, jadi {2}?",
    "grade_unclear": "Golongan “{0}” tidak dapat dipahami. Apa golongannya?",
    "grade_without_letter": "Golongan “{0}” tanpa ruang a sampai e. Apa ruangnya?",
    "no_captions": "Tabel tanpa judul kolom; kolom ditebak dari isinya: {0}. Benarkah?",
    "person_twice": "Pegawai ini tertulis sama persis di {0}; dihitung sekali.",
    "person_differs": "Pegawai ini juga ada di {0} dengan isi berbeda. Mana yang benar?",
}
FIELDS: dict[str, str] = {
    "margin_top": "margin atas",
    "margin_right": "margin kanan",
    "margin_bottom": "margin bawah",
    "margin_left": "margin kiri",
    "addressee": "alamat surat",
    "copies": "tembusan",
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
    "task": "tugas",
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
    "count": "jumlah kejadian",
    "minutes": "menit",
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
    "region": "nama pemerintah daerah",
    "office_name": "nama unit kerja",
    "head_name": "nama pimpinan",
    "head_title": "jabatan pimpinan",
    "head_nip": "NIP pimpinan",
    "since": "tanggal mulai",
    "acting": "Plt. atau Plh.",
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
    "not_on_list": "Tidak ada dalam daftar pegawai unit ini (tambahkan di halaman Pegawai).",
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
            return f"{sentence[:-1]} ({place})." if place else sentence
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


def remark(code: str, limits: tuple[object, ...] = ()) -> str:
    """Put what a reader found at a place of a file into a sentence."""
    if code == "more_of_the_same":
        sentence = REMARKS[str(limits[0])].partition(".")[0]
        limits = (re.sub(r"\{\d\}", "…", sentence) + ".", limits[1])
    return REMARKS[code].format(*(_plain(limit) for limit in limits))


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


def within(words: str) -> str:
    """Return *words* as they stand inside a sentence: `surat rekomendasi TPP`."""
    return words[:1].lower() + words[1:]


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
