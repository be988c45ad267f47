"""What stands between a draft of the TPP recommendation and its submission."""

from __future__ import annotations

CHECKS = {
    "no_rules": "Belum ada aturan TPP yang dipilih untuk {0}.",
    "nobody": "Belum ada pegawai pada unit ini.",
    "not_over": "Bulan ini belum berakhir.",
    "unclear": "{0} hari belum jelas: {1}.",
    "pending": "Masih ada hari yang belum dinilai: {0}.",
    "no_class": "Kelas jabatan belum diisi: {0}.",
    "refused": "{0} belum dapat dihitung: {1}",
    "missing": "Belum masuk daftar: {0}. Hitung ulang.",
    "gone": "Tidak lagi pada unit ini: {0}. Hitung ulang.",
    "stale": "Data berubah sejak dihitung: {0}. Hitung ulang.",
    "rules_changed": "Aturan TPP berubah sejak dihitung. Hitung ulang.",
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
