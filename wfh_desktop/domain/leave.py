"""Leave of every kind (PP 11/2017 articles 309 to 341; PP 49/2018 for PPPK)."""

from __future__ import annotations

from enum import StrEnum


class LeaveKind(StrEnum):
    """Kinds of leave and study; the values are the codes of the presensi and of the TPP rules."""

    ANNUAL = "CT"  # cuti tahunan
    LONG = "CB"  # cuti besar
    SICK = "CS"  # cuti sakit
    MATERNITY = "CM"  # cuti melahirkan
    IMPORTANT = "CAP"  # cuti alasan penting
    UNPAID = "CLTN"  # cuti di luar tanggungan negara
    STUDY = "TB"  # tugas belajar
    RETIREMENT = "MPP"  # masa persiapan pensiun
