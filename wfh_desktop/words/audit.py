"""What is said of the chain of changes, and of papers that somebody has checked."""

from __future__ import annotations

from wfh_desktop.domain.chain import Broken, Fault
from wfh_desktop.domain.papers import Finding

FAULTS = {
    Fault.ALTERED: "Perubahan pada segel {seal} tidak lagi berbunyi seperti ketika disegel.",
    Fault.MISSING: "Perubahan pada segel {seal} sudah tidak ada.",
    Fault.GAP: "Segel {seal} sudah tidak ada.",
    Fault.CUT: "Rantai berakhir sebelum segel {seal} yang pernah dicatat: ekornya dipotong, "
    "atau basis data ini salinan lama.",
    Fault.FOREIGN: "Segel {seal} lain dari yang pernah dicatat: rantai ditulis ulang, "
    "atau ini basis data lain.",
    Fault.INSERTED: "Sebelum segel {seal} ada perubahan yang tidak pernah disegel.",
}

FINDINGS = {  # heading, then what it means
    Finding.AUTHENTIC: "Dokumen asli",
    Finding.ALTERED: "Dokumen sudah diubah",
    Finding.SUPERSEDED: "Dokumen asli, tetapi sudah diganti",
    Finding.DRAFT: "Hanya draf",
    Finding.UNKNOWN: "Dokumen tidak dikenal",
}
_MEANING = {
    (Finding.AUTHENTIC, True): "Berkas ini sama dengan yang diterbitkan, sampai bita terakhir.",
    (Finding.AUTHENTIC, False): (
        "Kode ini milik dokumen yang diterbitkan. Yang diperiksa hanya kodenya: "
        "cocokkan angka dan nama pada lembar Anda dengan dokumen aslinya."
    ),
    (Finding.ALTERED, True): (
        "Berkas ini memakai kode dokumen yang diterbitkan, tetapi isinya tidak sama. "
        "Jangan dipakai; minta dokumen aslinya."
    ),
    (Finding.SUPERSEDED, True): "Jangan dipakai: yang berlaku sekarang revisi {newest}.",
    (Finding.SUPERSEDED, False): "Jangan dipakai: yang berlaku sekarang revisi {newest}.",
    (Finding.DRAFT, True): "Draf bukan dokumen resmi dan masih dapat berubah.",
    (Finding.DRAFT, False): "Draf bukan dokumen resmi dan masih dapat berubah.",
    (Finding.UNKNOWN, True): (
        "Basis data ini tidak pernah menerbitkan berkas ini. Mungkin diterbitkan dari basis data "
        "lain, atau dibuat tanpa aplikasi ini."
    ),
    (Finding.UNKNOWN, False): (
        "Basis data ini tidak mengenal kode itu. Periksa huruf dan angkanya: "
        "kode terdiri atas 12 huruf A–Z dan angka 2–7."
    ),
}
ANCHORED = {
    True: "Segel pada dokumen masih ada dalam rantai jejak.",
    False: "Segel pada dokumen TIDAK ada dalam rantai jejak: jejak basis data ini mungkin "
    "ditulis ulang. Laporkan kepada pengelola basis data dan Inspektorat.",
    None: "",
}
LOST = (
    "Jejak perubahan di basis data ini tidak lagi memuat segel {seal} yang dicatat komputer ini "
    "pada {day}. Bila basis data baru saja dipulihkan dari cadangan, itulah sebabnya. Bila tidak, "
    "jejaknya mungkin ditulis ulang: jangan mengunci atau mencetak apa pun, "
    "dan laporkan kepada pengelola basis data dan Inspektorat."
)


def broken(found: Broken) -> str:
    """Return the sentence for the first place at which the chain is broken."""
    return FAULTS[found.fault].format(seal=f"{found.seal:,}".replace(",", "."))


def meaning(finding: Finding, *, file: bool, newest: int | None = None) -> str:
    """Return what it means that a file, or a code alone, turned out to be *finding*."""
    return _MEANING[finding, file].format(newest=newest)
