"""What is wrong with a file that was read or is to be written, and with places in it."""

from __future__ import annotations

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
    "database_damaged_with_backup": "Basis data {0} rusak. Tidak ada yang diubah. Cadangan "
    "terakhir yang baik dibuat {1} ({2}); pulihkan itu untuk bekerja lagi.",
    "database_lost_with_backup": "Basis data {0} hilang atau kosong, sedangkan cadangannya ada. "
    "Cadangan terakhir yang baik dibuat {1} ({2}); pulihkan itu. Untuk mulai dari kosong, "
    "pindahkan dahulu map cadangannya.",
    "backup_damaged": "Cadangan dari {0} rusak, jadi tidak dipakai. Tidak ada yang diubah.",
    "no_backup": "Belum ada cadangan yang baik dari {0}.",
    "backup_of_server": "Cadangan server dibuat di server; lihat wfhctl server.",
    "pin_needed": "Basis data {0} meminta PIN.",
    "pin_wrong": "PIN salah.",
    "pin_wait": "PIN salah beberapa kali. Coba lagi {1} detik lagi.",
    # tempat yang tidak aman untuk basis data
    "place_network": "Basis data {0} berada di map jaringan ({1}). Di sana SQLite dapat rusak, "
    "apalagi bila dibuka dari dua komputer. Simpan di disk komputer ini; untuk bekerja bersama, "
    "pakai mode PostgreSQL.",
    "place_synced": "Basis data {0} berada di map yang disinkronkan {1}. Sinkronisasi menyalin "
    "berkas di tengah penulisan sehingga data dapat rusak. Simpan di map lain di komputer ini; "
    "untuk bekerja bersama, pakai mode PostgreSQL.",
}
UNWRITABLE = {
    "full": "Disk penuh: {0} tidak dapat disimpan. Kosongkan tempat, lalu ulangi.",
    "denied": "Tidak ada izin menulis ke {0}. Pilih map lain.",
    "missing": "Map {0} tidak ada atau bukan map. Pilih map lain.",
    "database_full": "Disk penuh, jadi tidak ada yang disimpan. Isian Anda tetap ada: kosongkan "
    "tempat di disk, lalu simpan lagi.",
    "database_failed": "Disk melaporkan kesalahan, jadi tidak ada yang disimpan. Isian Anda tetap "
    "ada: ulangi sekali lagi, dan bila tetap gagal periksa disknya.",
    "database_denied": "Berkas basis data tidak boleh ditulisi, jadi tidak ada yang disimpan. "
    "Periksa izin folder dan pengaturan antivirus.",
    "database_held": "Berkas basis data sedang dipegang program lain, misalnya antivirus. "
    "Tidak ada yang disimpan; ulangi sebentar lagi.",
    "not_empty": "Map {0} sudah berisi berkas. Pilih map kosong; tidak ada yang diubah.",
    "second_away": "Tempat kedua {0} tidak ditemukan. Pasang disk atau USB-nya, lalu ulangi.",
    "copy_differs": "Salinan di {0} berbeda dari aslinya, jadi dibuang. Periksa disknya.",
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
    "births_swapped": "{0} tanggal lahir di kolom ini cocok dengan NIP bila hari dan bulannya "
    "ditukar. Apakah tertukar?",
    "births_differ": "{0} tanggal lahir di kolom ini berbeda dari NIP.",
    "grade_unclear": "Golongan “{0}” tidak dapat dipahami. Apa golongannya?",
    "grade_without_letter": "Golongan “{0}” tanpa ruang a sampai e. Apa ruangnya?",
    "no_captions": "Tabel tanpa judul kolom; kolom ditebak dari isinya: {0}. Benarkah?",
    "person_twice": "Pegawai ini tertulis sama persis di {0}; dihitung sekali.",
    "person_differs": "Pegawai ini juga ada di {0} dengan isi berbeda. Mana yang benar?",
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
