"""Hukuman disiplin (PP 94/2021) and the counters that warn of it."""

from __future__ import annotations

from enum import StrEnum


class SanctionLevel(StrEnum):
    """The three levels of hukuman disiplin (PP 94/2021 article 8)."""

    LIGHT = "ringan"
    MEDIUM = "sedang"
    SEVERE = "berat"
