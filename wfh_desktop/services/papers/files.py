"""Files of papers: their Indonesian names, and saving them whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from wfh_desktop.domain.errors import Unwritable
from wfh_desktop.domain.papers import Paper
from wfh_desktop.services.papers.month import Month

NAMES = {
    Paper.LETTER: "Surat Rekomendasi TPP",
    Paper.LIST: "Daftar Perhitungan TPP",
    Paper.BREAKDOWNS: "Rincian Perhitungan TPP",
    Paper.ATTENDANCE: "Rekapitulasi Kehadiran",
    Paper.PERFORMANCE: "Rekapitulasi Kinerja",
}
LONGEST = 120  # letters of a name: Windows allows 260 for the whole path
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EEXIST: "missing",
}


def name(month: Month, paper: Paper, person: str = "") -> str:
    """Return `Daftar Perhitungan TPP 2026-09 Dinas Contoh (DRAF).pdf`, safe on every system."""
    revision = f" Revisi {month.revision}" if month.revision else ""
    draft = "" if month.final else " (DRAF)"
    ending = f"{revision}{draft}.pdf"
    words = " ".join(filter(None, (NAMES[paper], str(month.period), person or month.unit)))
    safe = " ".join(_FORBIDDEN.sub(" ", words).split())
    return safe[: LONGEST - len(ending)].rstrip(" .") + ending


def save(content: bytes, path: Path) -> Path:
    """Write *content* to *path*, which afterwards is whole or as it was before; return it.

    Raises `Unwritable` if the folder is missing, may not be written to, or the disk is full.
    """
    try:
        _replace(content, path)
    except OSError as error:
        code = _REASONS.get(error.errno or 0, "failed")
        place = path.name if code in {"full", "failed"} else str(path.parent)
        raise Unwritable(code, place) from error
    return path


def folder(path: Path) -> Path:
    """Make the folder if it is not there; raise `Unwritable` if that cannot be done."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(_REASONS.get(error.errno or 0, "failed"), str(path)) from error
    return path


def _replace(content: bytes, path: Path) -> None:
    handle, spare = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(spare).chmod(0o644)
        Path(spare).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(spare).unlink()
        raise
