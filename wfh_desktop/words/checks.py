"""What stands between a draft of the TPP recommendation and its submission."""

from __future__ import annotations

CHECKS = {
    "no_rules": "Belum ada aturan TPP yang dipilih untuk {0}.",
    "nobody": "Belum ada pegawai pada unit ini.",
    "not_over": "Bulan ini belum berakhir.",
    "unclear": "{0} hari belum jelas: {1}.",
    "pending": "Masih ada hari yang belum dinilai: {0}.",
    "no_class": "Kelas jabatan belum diisi: {0}.",
    "no_base": "Besaran TPP untuk jabatan atau kelasnya belum diisi: {0}.",
    "no_grade": "Golongan belum diisi: {0}.",
    "no_predicate": "Kinerja belum dinilai: {0}.",
    "no_score": "Belum ada capaian target atau angka bulanan: {0}.",
    "no_figure": "{1} belum diisi: {0}.",
    "refused": "Belum dapat dihitung: {0}. {1}",
    "missing": "Belum masuk daftar: {0}. Hitung ulang.",
    "gone": "Tidak lagi pada unit ini: {0}. Hitung ulang.",
    "stale": "Data berubah sejak dihitung: {0}. Hitung ulang.",
    "rules_changed": "Aturan TPP berubah sejak dihitung. Hitung ulang.",
    "others": "Menunggu dihitung orang lain: {0}. Tidak seorang pun menghitung TPP-nya sendiri.",
    "rules_dated": "Aturan {0} tidak berlaku pada bulan ini.",
    "rules_failing": "{0} contoh hitung aturan {1} tidak cocok.",
    "undecided": "{0} laporan belum diputuskan: {1}.",
    "no_ceiling": "Pagu bulan ini belum diisi.",
    "ceiling": "Jumlah TPP melampaui pagu sebesar Rp{0}.",
    "no_signer": "Penanda tangan kepala unit belum ditetapkan.",
    "letterhead": "Kop surat atau tempat surat belum lengkap.",
    "elsewhere": "Sudah diajukan oleh {0}: {1}.",
    "no_holidays": "Kalender hari libur {0} masih kosong.",
    "missed_holiday": "Hanya {0} orang hadir pada {1}: apakah hari libur?",
    "no_superior": "Atasan langsung belum diisi: {0}.",
    "no_decree": "Hukuman disiplin tanpa SK tidak diperhitungkan: {0}.",
    "zero": "TPP menjadi nol: {0}.",
    "corrected": "{0} hari presensi dikoreksi: {1}.",
    "reason": "Alasan revisi belum diisi.",
}

# Why one person cannot be calculated, and where that is put right.
LACKS = {
    "no_base": "Besaran TPP untuk jabatan atau kelas ini belum diisi di Atur, Aturan TPP.",
    "no_class": "Kelas jabatan belum diisi di Pegawai.",
    "no_grade": "Golongan belum diisi di Pegawai.",
    "no_predicate": "Kinerja belum dinilai di Kinerja.",
    "no_score": (
        "Belum ada capaian: isi target dan realisasinya di Kinerja, atau angka bulanan di TPP."
    ),
    "no_figure": "{0} belum diisi di TPP, tombol Angka.",
    "others": "Menunggu dihitung orang lain: tidak seorang pun menghitung TPP-nya sendiri.",
}
