"""Golongan, pangkat, jabatan levels and employment status: tables, spellings, order of rank."""

from __future__ import annotations

import re

from wfh_desktop.domain.nip import Nip
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level

PANGKAT = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
PNS_GRADES = tuple(PANGKAT)
PPPK_GRADES = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII",
)  # fmt: skip
GRADES = {
    EmploymentStatus.PNS: PNS_GRADES,
    EmploymentStatus.CPNS: PNS_GRADES,
    EmploymentStatus.PPPK: PPPK_GRADES,
    EmploymentStatus.PPPK_PART_TIME: PPPK_GRADES,
    EmploymentStatus.NON_ASN: (),
}
_GROUPS = {  # PNS before PPPK, as printed lists have it
    EmploymentStatus.PNS: 0,
    EmploymentStatus.CPNS: 0,
    EmploymentStatus.PPPK: 1,
    EmploymentStatus.PPPK_PART_TIME: 2,
    EmploymentStatus.NON_ASN: 3,
}
_LEVELS = tuple(Level)
_ROMAN = ("I", "II", "III", "IV")
_PNS_SPELLING = re.compile(r"\b(IV|III|II|I)\s*[/.\- ]?\s*([A-E])\s*\)?$")
_PAYROLL_SPELLING = re.compile(r"([1-4])([1-5])")
_CLASS_IN_TITLE = re.compile(r"\(\s*KELAS\s+(\d{1,2})\s*\)", re.IGNORECASE)
_ECHELON = re.compile(r"(?:ESELON\s*)?(IV|V|III|II|I)\s*[/.\- ]?\s*([AB])")
_ACTING = re.compile(r"\s*(PLT|PLH)\b\.?\s*(.*)", re.IGNORECASE | re.DOTALL)
_KINDS = {  # jenis jabatan, as whole cells
    "JPT UTAMA": Level.JPT_UTAMA,
    "JABATAN PIMPINAN TINGGI UTAMA": Level.JPT_UTAMA,
    "JPT MADYA": Level.JPT_MADYA,
    "JABATAN PIMPINAN TINGGI MADYA": Level.JPT_MADYA,
    "JPT PRATAMA": Level.JPT_PRATAMA,
    "JABATAN PIMPINAN TINGGI PRATAMA": Level.JPT_PRATAMA,
    "ADMINISTRATOR": Level.ADMINISTRATOR,
    "JABATAN ADMINISTRATOR": Level.ADMINISTRATOR,
    "PENGAWAS": Level.PENGAWAS,
    "JABATAN PENGAWAS": Level.PENGAWAS,
    "JFT": Level.FUNGSIONAL,
    "FUNGSIONAL": Level.FUNGSIONAL,
    "FUNGSIONAL TERTENTU": Level.FUNGSIONAL,
    "JABATAN FUNGSIONAL": Level.FUNGSIONAL,
    "JABATAN FUNGSIONAL TERTENTU": Level.FUNGSIONAL,
    "JFU": Level.PELAKSANA,
    "PELAKSANA": Level.PELAKSANA,
    "JABATAN PELAKSANA": Level.PELAKSANA,
    "FUNGSIONAL UMUM": Level.PELAKSANA,
    "JABATAN FUNGSIONAL UMUM": Level.PELAKSANA,
    "STAF": Level.PELAKSANA,
    "STAFF": Level.PELAKSANA,
}
_ECHELONS = {  # UU 5/2014 article 131; I.a may be JPT utama or madya
    "I.b": Level.JPT_MADYA,
    "II.a": Level.JPT_PRATAMA,
    "II.b": Level.JPT_PRATAMA,
    "III.a": Level.ADMINISTRATOR,
    "III.b": Level.ADMINISTRATOR,
    "IV.a": Level.PENGAWAS,
    "IV.b": Level.PENGAWAS,
    "V.a": Level.PELAKSANA,
    "V.b": Level.PELAKSANA,
}
_TITLES = (  # only titles that stand at the same level everywhere
    (
        re.compile(r".* (AHLI (PERTAMA|MUDA|MADYA|UTAMA)|PEMULA|TERAMPIL|MAHIR|PENYELIA)"),
        Level.FUNGSIONAL,
    ),
    (
        re.compile(
            r"(INSPEKTUR PEMBANTU|SEKRETARIS (DINAS|BADAN|INSPEKTORAT|KECAMATAN|CAMAT)"
            r"|KEPALA (BIDANG|BAGIAN)|CAMAT)\b.*"
        ),
        Level.ADMINISTRATOR,
    ),
    (
        re.compile(
            r"(KEPALA (DINAS|BADAN|BIRO)|SEKRETARIS DPRD|STAF AHLI (BUPATI|WALI ?KOTA|GUBERNUR)"
            r"|ASISTEN (PEMERINTAHAN|PEREKONOMIAN|ADMINISTRASI))\b.*"
            r"|INSPEKTUR( (DAERAH|KOTA|KABUPATEN|PROVINSI)\b.*)?"
        ),
        Level.JPT_PRATAMA,
    ),
    (
        re.compile(
            r"(KEPALA (SEKSI|SUB ?BAGIAN|SUB ?BIDANG)|KASUB(BAG|BID)|KASI"
            r"|SEKRETARIS (KELURAHAN|LURAH)|LURAH)\b.*"
        ),
        Level.PENGAWAS,
    ),
)
_STATUSES = {
    "PNS": EmploymentStatus.PNS,
    "ASN": None,  # PNS or PPPK: the NIP tells
    "CPNS": EmploymentStatus.CPNS,
    "PPPK": EmploymentStatus.PPPK,
    "P3K": EmploymentStatus.PPPK,
    "PPPK PARUH WAKTU": EmploymentStatus.PPPK_PART_TIME,
    "PARUH WAKTU": EmploymentStatus.PPPK_PART_TIME,
    "NON ASN": EmploymentStatus.NON_ASN,
    "NON-ASN": EmploymentStatus.NON_ASN,
    "HONORER": EmploymentStatus.NON_ASN,
    "KONTRAK": EmploymentStatus.NON_ASN,
    "PJLP": EmploymentStatus.NON_ASN,
    "THL": EmploymentStatus.NON_ASN,
}
_PPPK_SPELLING = re.compile(r"(?:GOLONGAN|GOL\.?)?\s*\(?\s*([IVX]+)\s*\)?")


def pangkat(grade: str) -> str:
    """Return the pangkat of a PNS golongan; a PPPK has none."""
    return PANGKAT.get(grade, "")


def printed(grade: str) -> str:
    """Return pangkat and golongan as papers show them: Penata Muda Tingkat I, III/b."""
    return f"{PANGKAT[grade]}, {grade}" if grade in PANGKAT else grade


def read_grade(text: str) -> str | None:
    """Read a golongan in any spelling seen in staff lists; None if it is not one.

    `III/B`, `Golongan IV/d`, `Penata Muda/III/a`, `Penata Tk. I III/d`, the payroll's `45`,
    and a PPPK's `IX`. A bare `IV` is the PPPK golongan: a PNS golongan always has its ruang.
    """
    spelling = " ".join(text.upper().split())
    if match := _PNS_SPELLING.search(spelling):
        return _known(f"{match[1]}/{match[2].lower()}", PNS_GRADES)
    if match := _PAYROLL_SPELLING.fullmatch(spelling):
        return _known(f"{_ROMAN[int(match[1]) - 1]}/{'abcde'[int(match[2]) - 1]}", PNS_GRADES)
    if match := _PPPK_SPELLING.fullmatch(spelling):
        return _known(match[1], PPPK_GRADES)
    return None


def read_level(*texts: str) -> Level | None:
    """Read the level from jenis jabatan, eselon or title, the first of *texts* that is exact.

    `JPT PRATAMA`, `JFU`, `II.a`, `Kepala Seksi Data`, `Guru Ahli Muda`. None where the same words
    mean different levels in different regions (`Sekretaris`, `Kepala UPTD`): somebody has to say.
    """
    for text in texts:
        spelling = " ".join(text.upper().replace(",", " ").split())
        if spelling in _KINDS:
            return _KINDS[spelling]
        if match := _ECHELON.fullmatch(spelling):
            return _ECHELONS.get(f"{match[1]}.{match[2].lower()}")
        for pattern, level in _TITLES:
            if pattern.fullmatch(spelling):
                return level
    return None


def read_status(text: str) -> EmploymentStatus | None:
    """Read the employment status as staff lists write it; None if it does not say."""
    return _STATUSES.get(" ".join(text.upper().split()))


def read_class(title: str) -> int | None:
    """Return the kelas jabatan that some lists write behind a title: `Operator (Kelas 5)`."""
    match = _CLASS_IN_TITLE.search(title)
    return int(match[1]) if match and 1 <= int(match[1]) <= 17 else None


def read_acting(title: str) -> tuple[Capacity, str]:
    """Part `Plt. Kepala Bidang` into capacity and title."""
    match = _ACTING.fullmatch(title)
    if not match:
        return Capacity.DEFINITIVE, title.strip()
    return Capacity[match[1].upper()], match[2].strip()


def _known(grade: str, grades: tuple[str, ...]) -> str | None:
    return grade if grade in grades else None


def order_of_rank(
    level: Level, status: EmploymentStatus, grade: str, nip: str | None, name: str
) -> tuple[object, ...]:
    """Return the sort key of a person in a list: jabatan, golongan, seniority, age, name.

    Lists of the field are never alphabetical. Seniority is the start in the NIP.
    """
    grades = GRADES[status]
    height = grades.index(grade) if grade in grades else -1
    number = Nip(nip) if nip else None
    return (
        _LEVELS.index(level),
        _GROUPS[status],
        -height,
        number.start if number else (9999, 99),
        number.born.toordinal() if number else 0,
        name.casefold(),
    )
