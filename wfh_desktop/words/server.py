"""What the server of a shared database refuses, and what it means when it does not answer."""

from __future__ import annotations

UNREACHABLE = {  # nothing was saved, and what was typed is still there
    "away": "Server tidak dapat dihubungi. Belum ada yang tersimpan; isian Anda tetap ada. "
    "Periksa jaringan, lalu simpan lagi.",
    "lost": "Sambungan ke server terputus sebelum tersimpan; isian Anda tetap ada. Simpan lagi.",
    "busy": "Data ini sedang dipakai orang lain. Belum ada yang tersimpan; coba sebentar lagi.",
    "slow": "Server terlalu lama menjawab, jadi pekerjaan dihentikan. Belum ada yang tersimpan.",
    "full": "Server sedang penuh. Belum ada yang tersimpan; coba lagi beberapa menit lagi, "
    "atau hubungi pengelola server.",
    "uncertain": "Sambungan terputus tepat saat menyimpan, jadi belum pasti apakah sudah "
    "tersimpan. Setelah tersambung lagi, periksa datanya sebelum menyimpan ulang.",
}
OPENING = {  # why a shared database cannot be opened; {0} is its name
    "server_password": "NIP atau kata sandi untuk {0} salah, atau akun ini sudah ditutup.",
    "password_in_address": "Jangan tulis kata sandi di alamat basis data: semua orang di komputer "
    "ini dapat membacanya. Ia akan ditanyakan, atau dibaca dari berkas PGPASSFILE.",
    "server_no_database": "Di server tidak ada basis data {0}. Periksa namanya.",
    "server_away": "Server basis data {0} tidak dapat dihubungi. Periksa alamat dan jaringan.",
    "server_starting": "Server basis data {0} sedang dinyalakan. Coba lagi sebentar lagi.",
    "server_read_only": "Server basis data {0} hanya cadangan yang tidak menerima perubahan. "
    "Hubungi pengelola server.",
    "server_full": "Server basis data {0} sedang penuh, atau akun ini sudah terbuka di terlalu "
    "banyak jendela.",
    "server_certificate": "Server {0} tidak dapat membuktikan dirinya: sertifikatnya tidak cocok "
    "atau belum dipasang. Kata sandi tidak dikirim. Hubungi pengelola server.",
    "server_no_tls": "Server {0} tidak menyandikan sambungan. Kata sandi tidak dikirim. "
    "Hubungi pengelola server.",
    "server_not_allowed": "Akun ini tidak boleh membuka {0}. Hubungi pengelola server.",
    "server_not_installed": "Basis data {0} belum disiapkan untuk WFH Desktop. "
    "Hubungi pengelola server.",
    "server_no_account": "Akun ini belum terdaftar di {0}, atau sudah ditutup. "
    "Hubungi administrator unit Anda.",
    "server_refused": "Server menolak membuka {0}. Hubungi pengelola server.",
    "server_address": "Alamat {0} tidak dapat dibaca: {1} tidak dikenal.",
    "database_needs": "Basis data {0} memerlukan WFH Desktop {1} atau lebih baru; di sini {2}. "
    "Perbarui aplikasi ini; tidak ada yang diubah.",
}
GUARDED = {  # what the database refuses although the program would have let it pass
    "state_jump": "Keadaan data ini sudah berubah, jadi langkah itu tidak berlaku lagi. "
    "Muat ulang, lalu periksa.",
    "month_locked": "Bulan ini sudah dikunci. Buka revisi baru di halaman TPP untuk mengubahnya.",
    "is_final": "Data ini sudah final dan tidak dapat diubah lagi.",
    "own_row": "Ada baris yang dihitung oleh pegawainya sendiri. Minta orang lain menghitungnya.",
    "no_position": "Pegawai ini tidak bertugas di unit mana pun pada hari itu.",
    "wrong_parent": "Data ini milik unit lain daripada induknya. Muat ulang, lalu ulangi.",
    "unit_cycle": "Unit tidak dapat berada di bawah dirinya sendiri.",
    "login_name": "Nama masuk harus p_ diikuti 18 angka NIP.",
    "not_a_verifier": "Kata sandi itu tidak dapat disimpan oleh server.",
    "rating_range": "Nilai harus 1 sampai 5.",
    "mandate_needs_end": "Plt. atau Plh. harus mempunyai tanggal akhir.",
    "inputs_changed": "Data berubah sejak TPP dihitung. Hitung ulang, lalu ajukan lagi.",
    "no_base_amount": "Belum ada besaran TPP untuk kelas atau jabatan itu. Isi di halaman Atur.",
    "out_of_bounds": "Ada jumlah di luar batas: melebihi besaran kelas jabatan atau pagu.",
    "paid_twice": "Ada pegawai yang sudah ada dalam daftar unit lain untuk bulan itu.",
    "over_ceiling": "Jumlah seluruhnya melebihi pagu bulan itu.",
    "not_confirmed": "Jumlah yang dihitung ulang tidak sama dengan yang tersimpan. "
    "Muat ulang, lalu periksa.",
    "taken": "Data yang sama sudah ada, mungkin di unit lain atau baru saja dimasukkan orang lain.",
    "broken_rule": "Isian ini melanggar aturan basis data, jadi tidak disimpan.",
}
DENIED = {  # the same, where the person is the reason
    "not_administered": "Anda bukan administrator unit tempat akun itu terdaftar.",
    "append_only": "Jejak perubahan tidak dapat diubah atau dihapus.",
    "immutable_column": "Bagian data ini tidak boleh diubah setelah dibuat.",
    "no_right": "Anda tidak berwenang melakukan tindakan ini pada unit itu.",
    "own_row": "Data tentang diri sendiri hanya boleh diubah orang lain.",
    "needs_second_person": "Yang mengajukan tidak boleh mengunci. Minta orang kedua menguncinya.",
}
