"""What is said while a whole database moves, and afterwards."""

from __future__ import annotations

from datetime import datetime

from wfh_desktop.domain.moves import Report, TableCount
from wfh_desktop.words.installation import finding

MOVING = {  # why a move cannot begin or go on; {0} is the name of the database
    "move_unclean": "Basis data {0} belum ditutup dengan baik. Buka dan tutup sekali dengan "
    "WFH Desktop, lalu ulangi.",
    "move_older": "Basis data {0} masih berbentuk lama. Buka sekali dengan WFH Desktop ini agar "
    "diperbarui, lalu ulangi.",
    "move_in_use": "Basis data {0} sedang dipakai orang lain. Minta semua keluar, lalu ulangi.",
    "move_unfinished": "Basis data {0} sendiri belum selesai dipindahkan. Selesaikan dahulu.",
    "move_unfit": "Tabel {0}, kolom {1}, baris {2}: isinya tidak dapat disimpan di tempat lain "
    "(terlalu panjang atau bukan teks yang sah). Perbaiki dahulu di WFH Desktop.",
    "move_not_administrator": "Akun itu bukan administrator server {0}. Pakai akun yang dipakai "
    "memasang server.",
    "move_foreign": "Basis data {0} berisi tabel milik program lain. Pilih nama lain; tidak ada "
    "yang diubah.",
    "move_not_empty": "Basis data {0} sudah berisi data lain. Pilih yang kosong; tidak ada yang "
    "diubah.",
    "move_other_source": "Di {0} ada pemindahan dari basis data lain yang belum selesai. "
    "Selesaikan itu, atau mulai dari awal.",
    "move_changed": "Isi {0} berubah sejak pemindahan dimulai (tabel {1}). Mulai dari awal agar "
    "keduanya sama.",
    "move_source_changed": "Berkas {0} berubah selagi dipindahkan, jadi hasilnya tidak dipakai. "
    "Mulai dari awal.",
    "move_differs": "Isi {0} tidak sama dengan asalnya (tabel {1}), jadi tidak dinyatakan selesai. "
    "Mulai dari awal.",
}
CAPTIONS = ("Tabel", "Baris asal", "Baris tujuan", "SHA-256 asal", "SHA-256 tujuan", "Hasil")
ABOUT = """Salinan lengkap basis data WFH Desktop {0}, dibuat {1}.

Setiap tabel menjadi satu berkas CSV: UTF-8, pemisah koma, menurut RFC 4180, dengan judul kolom di
baris pertama. Teks selalu di antara tanda kutip; sel kosong tanpa tanda kutip berarti tidak
diketahui. Angka memakai titik desimal dan memuat semua angkanya. Waktu dalam UTC. Ya dan tidak
ditulis 1 dan 0. Teks yang diawali = + - @ atau ' diberi satu tanda ' di depannya agar tidak
dijalankan sebagai rumus oleh program tabel; buang satu tanda itu saat membaca kembali.

Lampiran dan berkas yang pernah diimpor ada di map berkas; selnya memuat nama berkas itu.
SHA256SUMS memuat jumlah SHA-256 setiap berkas (periksa dengan: sha256sum -c SHA256SUMS).

Salinan ini memuat data pribadi. Simpan dan kirim seperti dokumen kepegawaian.
"""


def number(value: int) -> str:
    """Return a number of rows: 12.345."""
    return f"{value:,}".replace(",", ".")


def verdict(one: TableCount) -> str:
    """Say whether a table is the same on both sides."""
    return "sama" if one.same else "BERBEDA"


def about(name: str, now: datetime) -> str:
    """Return what lies beside an open export."""
    return ABOUT.format(name, f"{now:%d-%m-%Y %H.%M}")


def closing(report: Report) -> list[str]:
    """Return what a report comes to, and what is left to do."""
    if not report.same:
        wrong = ", ".join(one.name for one in report.tables if not one.same)
        return [f"TIDAK SAMA: {wrong}."]
    lines = [f"Semua {len(report.tables)} tabel sama: {number(report.rows)} baris."]
    if not report.moved:
        return lines
    lines += ["Asalnya tidak diubah dan tetap dapat dipakai bila pemindahan ini dibatalkan."]
    if report.to_server:
        lines += [
            "Belum ada yang dapat masuk ke server: buat akun pegawai lebih dahulu "
            "(wfhctl server install --admin-nip NIP, lalu Atur, Pengguna)."
        ]
        if report.findings:
            lines.append(f"Pemeriksaan server menemukan {len(report.findings)} hal; lihat laporan.")
    return lines


def text(report: Report) -> str:
    """Return a report as it is saved."""
    title = "Laporan pemindahan basis data" if report.moved else "Laporan perbandingan basis data"
    head = [
        title,
        "",
        f"Asal    : {report.source}",
        f"Tujuan  : {report.target}",
        f"Mulai   : {report.began.astimezone():%d-%m-%Y %H.%M.%S}",
        f"Selesai : {report.ended.astimezone():%d-%m-%Y %H.%M.%S}",
    ]
    if report.install_id:
        head.append(f"Nomor instalasi: {report.install_id}")
    if report.proof:
        head.append(f"SHA-256 berkas asal, sama sebelum dan sesudah: {report.proof}")
    lines = [CAPTIONS] + [
        (
            one.name,
            number(one.source_rows),
            number(one.target_rows),
            one.source_digest,
            one.target_digest,
            verdict(one),
        )
        for one in report.tables
    ]
    widths = [max(len(line[place]) for line in lines) for place in range(len(CAPTIONS))]
    table = [
        "  ".join(
            cell.rjust(width) if place in (1, 2) else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    found = [finding(one.code, one.limits, grave=one.grave) for one in report.findings]
    return "\n".join([*head, "", *table, "", *closing(report), *found]) + "\n"
