"""The preview of an attendance import in lines of text, for the command line."""

from __future__ import annotations

from collections.abc import Iterator

from wfh_desktop import words
from wfh_desktop.services.attendance_import import Imported, Preview
from wfh_desktop.services.attendance_matching import Match
from wfh_desktop.services.attendance_plan import RowKind

FATES = {
    RowKind.NEW: "baru",
    RowKind.CHANGED: "berubah",
    RowKind.SAME: "sama",
    RowKind.DOUBTFUL: "perlu dijawab",
    RowKind.UNMATCHED: "orang tidak dikenal",
    RowKind.FOREIGN: "pegawai unit lain",
    RowKind.OUTSIDE: "di luar bulan",
    RowKind.SKIPPED: "dilewati",
}
MOST = 20


def lines(preview: Preview) -> Iterator[str]:
    """Yield what a file would change, whom it means, and what has to be answered first."""
    about = preview.upload.reading
    yield f"{preview.upload.name}: {about.format}" + (f", {about.unit}" if about.unit else "")
    counts = [
        f"{preview.counts[kind]} {word}" for kind, word in FATES.items() if preview.counts[kind]
    ]
    yield f"{words.month(preview.period)}: {', '.join(counts) or 'tidak ada data'}."
    for one in preview.earlier:
        yield f"Berkas yang sama sudah diimpor {words.day(one.at.date())} oleh {one.actor}."
    if preview.closed:
        yield f"{words.month(preview.period)} sudah dikunci."
    yield from _some(_people(preview))
    yield from _some(_doubts(preview))
    if preview.open_questions:
        yield f"{preview.open_questions} pertanyaan belum dijawab."


def done(imported: Imported) -> str:
    """Say what was stored."""
    return f"Tersimpan: {imported.new} baru, {imported.changed} berubah."


def _people(preview: Preview) -> Iterator[str]:
    names = {row.id: row.name for row in preview.roster}
    for one in preview.people:
        if one.match in {Match.ASK, Match.UNKNOWN, Match.FOREIGN}:
            offered = " / ".join(names[key] for key in one.candidates if key in names)
            who = f" Usulan: {offered}." if offered else f" {one.unit}." if one.unit else ""
            mark = "?" if one.match is Match.ASK else "-"
            yield f"{mark} {one.shown} ({one.lines} baris): {words.DOUBTS.get(one.doubt, '')}{who}"


def _doubts(preview: Preview) -> Iterator[str]:
    for remark in preview.remarks:
        mark = "?" if remark.code in preview.doubts else "-"
        said = (remark.place, words.remark(remark.code, remark.limits))
        yield f"{mark} {': '.join(filter(None, said))}"


def _some(found: Iterator[str]) -> Iterator[str]:
    """Yield the first lines, and how many more there are."""
    all_lines = list(found)
    yield from all_lines[:MOST]
    if len(all_lines) > MOST:
        yield f"… dan {len(all_lines) - MOST} lagi."
