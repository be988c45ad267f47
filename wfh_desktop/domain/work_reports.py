"""Reports of work done, and the only ways between their states."""

from __future__ import annotations

from enum import StrEnum


class ReportState(StrEnum):
    """Life of a work report."""

    DRAFT = "konsep"
    SUBMITTED = "menunggu"
    RETURNED = "dikembalikan"
    ACCEPTED = "diterima"
    WITHDRAWN = "dibatalkan"
