"""Files of papers: their Indonesian names, and saving them whole or not at all."""

from __future__ import annotations

from pathlib import Path

from wfh_desktop.domain.errors import Unwritable
from wfh_desktop.domain.file_names import safe_name
from wfh_desktop.domain.papers import Paper
from wfh_desktop.persistence.files import REASONS, save
from wfh_desktop.services.papers.month import Month

__all__ = ["folder", "name", "save"]

NAMES = {
    Paper.LETTER: "Surat Rekomendasi TPP",
    Paper.LIST: "Daftar Perhitungan TPP",
    Paper.BREAKDOWNS: "Rincian Perhitungan TPP",
    Paper.ATTENDANCE: "Rekapitulasi Kehadiran",
    Paper.PERFORMANCE: "Rekapitulasi Kinerja",
}


def name(month: Month, paper: Paper, person: str = "") -> str:
    """Return `Daftar Perhitungan TPP 2026-09 Dinas Contoh (DRAF).pdf`, safe on every system."""
    revision = f" Revisi {month.revision}" if month.revision else ""
    draft = "" if month.final else " (DRAF)"
    ending = f"{revision}{draft}.pdf"
    words = " ".join(filter(None, (NAMES[paper], str(month.period), person or month.unit)))
    return safe_name(words, ending)


def folder(path: Path) -> Path:
    """Make the folder if it is not there; raise `Unwritable` if that cannot be done."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(REASONS.get(error.errno or 0, "failed"), str(path)) from error
    return path
