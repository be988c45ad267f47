"""Working days and work hours: dated schedules, holidays and time zones."""

from __future__ import annotations

from enum import StrEnum


class Zone(StrEnum):
    """The three times of Indonesia; the value is what people write after a time."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"


class HolidayKind(StrEnum):
    """Why a day is off."""

    NATIONAL = "libur nasional"
    CUTI_BERSAMA = "cuti bersama"
    LOCAL = "libur daerah"
