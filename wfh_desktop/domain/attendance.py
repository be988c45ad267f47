"""From scans, schedule and corrections to the status of a person's day, with its cause."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What a person's day counts as. Lateness and the like stand beside it, with their minutes."""

    PRESENT = "hadir"
    DUTY = "dinas luar"
    LEAVE = "cuti"
    SICK = "sakit"
    PERMIT = "izin"
    ABSENT = "tanpa keterangan"
    HOLIDAY = "libur"
    UNCLEAR = "belum jelas"


class Workplace(StrEnum):
    """Where a working day is worked."""

    OFFICE = "WFO"
    HOME = "WFH"
    DUTY_ROSTER = "piket"


class Source(StrEnum):
    """Where an entry of a day comes from; a correction is no source, it stands beside them."""

    FILE = "berkas"
    MANUAL = "manual"
