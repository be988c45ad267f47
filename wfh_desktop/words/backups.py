"""Words about backups: why one was made, what is wrong with one."""

from wfh_desktop.domain.backups import Reason

REASONS_OF_BACKUP = {
    Reason.DAILY: "Harian",
    Reason.ASKED: "Diminta",
    Reason.UPGRADE: "Sebelum pembaruan",
    Reason.IMPORT: "Sebelum impor",
    Reason.CLOSE: "Bulan dikunci",
    Reason.RESTORE: "Sebelum pemulihan",
}
FAULTS = {
    "lines": "baris rekomendasi tanpa rekomendasinya",
    "digest": "bulan terkunci tanpa sidik isinya",
    "revision": "revisi tanpa pendahulunya",
    "audit": "jejak kosong",
    "papers": "naskah final tanpa isi",
    "chain": "rantai jejak terputus",
    "version": "nomor versi yang mustahil",
    "content": "isi berkas tidak cocok dengan sidiknya",
    "sha256": "isinya berubah sejak dibuat",
}
