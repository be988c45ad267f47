"""Which papers a month has, and how far each of them is."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """The papers of a month; the values are their names on the command line."""

    LETTER = "rekomendasi"
    LIST = "daftar"
    BREAKDOWNS = "rincian"
    ATTENDANCE = "kehadiran"
    PERFORMANCE = "kinerja"


class PaperState(StrEnum):
    """How far a paper is; a final one never changes, so only what is open can have changed."""

    MISSING = "belum"
    READY = "siap"
    PRINTED = "dicetak"
    CHANGED = "berubah sejak dicetak"


NEED_CALCULATION = frozenset({Paper.LETTER, Paper.LIST, Paper.BREAKDOWNS})


class Finding(StrEnum):
    """What a paper turned out to be."""

    AUTHENTIC = "authentic"
    ALTERED = "altered"
    SUPERSEDED = "superseded"
    DRAFT = "draft"
    UNKNOWN = "unknown"
