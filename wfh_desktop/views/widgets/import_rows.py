"""What becomes of each line of an attendance file, as its preview shows it."""

from __future__ import annotations

from collections.abc import Sequence

from wfh_desktop import words
from wfh_desktop.domain.periods import Period
from wfh_desktop.services.attendance_plan import PlanRow, RowKind
from wfh_desktop.views import labels
from wfh_desktop.views.tables import Column

# What becomes of a line: the word, its icon, its tone.
FATES = {
    RowKind.NEW: ("Baru", "add", "good"),
    RowKind.CHANGED: ("Berubah", "compare", "attention"),
    RowKind.DOUBTFUL: ("Perlu dijawab", "help", "attention"),
    RowKind.UNMATCHED: ("Tidak dikenal", "person_off", "bad"),
    RowKind.FOREIGN: ("Unit lain", "unit", "neutral"),
    RowKind.OUTSIDE: ("Di luar bulan", "calendar", "neutral"),
    RowKind.SKIPPED: ("Dilewati", "refuse", "neutral"),
    RowKind.SAME: ("Sama", "good", "neutral"),
}


def _day(row: PlanRow) -> str:
    if row.day is None:
        return ""
    if row.reason == "other_month":
        return labels.month(Period.of(row.day))
    return labels.short_day(row.day)


ROW_COLUMNS: Sequence[Column[PlanRow]] = (
    Column(
        "Menjadi apa",
        lambda row: FATES[row.kind][0],
        lambda row: list(FATES).index(row.kind),
        tone=lambda row: FATES[row.kind][2],
        icon=lambda row: FATES[row.kind][1],
        width=130,
    ),
    Column("Pegawai", lambda row: row.who, width=230),
    Column("Tanggal", _day, lambda row: row.day and row.day.toordinal(), width=100),
    Column("Sekarang", lambda row: row.before, width=110),
    Column("Menjadi", lambda row: row.after, width=140),
    Column("Baris", lambda row: labels.number(row.lines), lambda row: row.lines, "right", width=60),
    Column("Keterangan", lambda row: words.REASONS.get(row.reason, ""), tip=lambda row: row.place),
)
