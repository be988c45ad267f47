"""What is said to whoever puts the program on a server and looks after it."""

from __future__ import annotations

STEPS = {  # what is being done, in its order
    "roles": "Peran server: k_owner (pemilik tabel), k_audit (pemilik jejak), k_user, k_all, "
    "k_logins, k_migrator, k_backup. Tidak seorang pun masuk sebagai pemilik.",
    "database": "Basis data: dibuat bila belum ada; hanya peran di atas yang boleh tersambung.",
    "tables": "Tabel: dibuat, atau diperbarui ke versi ini. Data yang ada tetap.",
    "rights": "Hak: kebijakan baris, hak kolom, pemicu, dan jejak dipasang ulang seluruhnya; "
    "yang bukan bagian dari WFH Desktop dihapus.",
    "administrator": "Administrator pertama: akun, mandat, dan kata sandinya.",
    "dumping": "Menyalin basis data ...",
    "filling": "Mengisi basis data dari salinan ...",
    "comparing": "Membandingkan setiap tabel dengan salinannya ...",
    "done": "Basis data siap.",
}
FINDINGS = {  # what is not as it ought to be
    "server_too_old": "PostgreSQL {0} terlalu lama; WFH Desktop memerlukan versi {1} atau lebih "
    "baru.",
    "server_unpatched": "PostgreSQL {0} memiliki celah keamanan yang sudah ditutup di {1}. "
    "Perbarui server.",
    "server_setting": "{0} = {1}; seharusnya {2}.",
    "server_door_weak": "pg_hba.conf baris {0}: cara masuk {1} tidak aman; pakai scram-sha-256.",
    "server_door_open": "pg_hba.conf baris {0}: {1} menerima sambungan tanpa TLS; pakai hostssl.",
    "server_passwords": "{0} akun menyimpan kata sandi dengan cara lama; setel ulang.",
    "server_shared": "Di server ini ada pemasangan lain ({0}). Akun berlaku untuk semuanya; "
    "sebaiknya satu pemasangan satu server.",
    "server_owners": "Boleh bertindak sebagai pemilik basis data: {0}. Pastikan memang demikian.",
    "server_books": "Hak berbeda dari semestinya: {0}",
    "server_books_more": "... dan {0} perbedaan lain. Jalankan: wfhctl server migrate",
}
IN_ORDER = "Server dalam keadaan baik."
DOORS = """\
Baris untuk pg_hba.conf, di atas baris lain (ganti ALAMAT dengan jaringan kantor, misalnya
10.10.0.0/16), lalu muat ulang dengan: SELECT pg_reload_conf();

  hostssl  {database}  +k_user   ALAMAT        scram-sha-256
  hostssl  {database}  +k_all    ALAMAT        scram-sha-256
  hostssl  {database}  k_backup  127.0.0.1/32  scram-sha-256
  host     {database}  all       ALAMAT        reject
"""
SETTINGS = """\
Isi postgresql.conf yang disarankan:

  password_encryption = scram-sha-256
  ssl = on                      # dengan ssl_cert_file dan ssl_key_file dari CA kantor
  log_connections = on
  log_error_verbosity = terse
  log_min_error_statement = panic
  log_parameter_max_length_on_error = 0
"""
ADMINISTRATOR = (
    "Administrator pertama: {0}. Buka WFH Desktop, pilih Basis data bersama, lalu masuk."
)
WITHOUT_ADMINISTRATOR = (
    "Belum ada administrator. Ulangi dengan --admin-nip, --admin-name, dan --unit."
)
WITHOUT_BACKUP = "pg_dump tidak ada di komputer ini, jadi tidak ada salinan sebelum pembaruan."
DUMPED = "Tersimpan: {0}"
RESTORED = "Basis data {0} sama dengan salinannya, tabel demi tabel."
DIFFERS = "Berbeda dari salinan: {0}."
PASSWORDS_GONE = (
    "Kata sandi tidak ikut disalin. Beri kata sandi baru: wfhctl server install --admin-nip NIP, "
    "kemudian administrator itu menyetel ulang kata sandi yang lain."
)
PASSWORD = "Kata sandi untuk {0}: "
AGAIN = "Sekali lagi: "
ADMIN_PASSWORD = "Kata sandi administrator server: "
REFUSED = {  # why a server cannot be installed, dumped or filled
    "server_too_old": FINDINGS["server_too_old"],
    "server_not_superuser": "Akun itu bukan administrator (superuser) server.",
    "server_program": "{0} tidak ada di komputer ini. Pasang PostgreSQL client, lalu ulangi.",
    "server_program_failed": "{0} gagal: {1}",
    "restore_exists": "Basis data {0} sudah ada. Pilih nama lain; tidak ada yang diubah.",
    "restore_version": "Salinan itu dari versi {0}, sedangkan aplikasi ini versi {1}. "
    "Pulihkan dengan versi yang sama, lalu perbarui.",
    "restore_note": "Catatan di samping salinan tidak ada atau rusak.",
}


def finding(code: str, limits: tuple[object, ...], *, grave: bool) -> str:
    """Return one finding as a line."""
    return f"{'PENTING' if grave else 'saran  '}  {FINDINGS[code].format(*limits)}"
