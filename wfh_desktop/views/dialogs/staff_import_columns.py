"""The columns of the tables in the import of a staff list."""

from __future__ import annotations

from wfh_desktop.services.staff_import import (
    Candidate,
    PreviewRow,
    TitleRow,
    Verdict,
    report,
)
from wfh_desktop.views import labels
from wfh_desktop.views.tables import Column

FATES = {  # what becomes of a line: the word, its icon, its tone
    Verdict.QUESTION: ("Perlu dijawab", "help", "attention"),
    Verdict.NEW: ("Baru", "add", "good"),
    Verdict.CHANGED: ("Berubah", "compare", "attention"),
    Verdict.DOUBLE: ("Ganda", "copy", "neutral"),
    Verdict.ELSEWHERE: ("Unit lain", "unit", "neutral"),
    Verdict.LEFT_OUT: ("Dilewati", "refuse", "neutral"),
    Verdict.SAME: ("Sama", "good", "neutral"),
}
ROWS: list[Column[PreviewRow]] = [
    Column(
        "Menjadi apa",
        lambda row: FATES[row.verdict][0],
        lambda row: list(FATES).index(row.verdict),
        tone=lambda row: FATES[row.verdict][2],
        icon=lambda row: FATES[row.verdict][1],
        width=130,
        firm=True,
    ),
    Column("Nama", lambda row: row.name, width=220, firm=True),
    Column("NIP", lambda row: row.nip or labels.NONE, width=178, firm=True),
    Column(
        "Alasan atau perubahan", lambda row: " ".join(report.reasons(row)), width=340, firm=True
    ),
    Column("Jabatan", lambda row: row.title or labels.NONE, width=200),
    Column("Gol.", lambda row: row.grade or labels.NONE, width=52),
    Column("Unit", lambda row: row.unit, width=200),
    Column("Di berkas", lambda row: row.place, lambda row: row.number, width=120),
]
TITLES: list[Column[TitleRow]] = [
    Column("Jabatan", lambda row: row.title, width=480),
    Column(
        "Pegawai", lambda row: labels.number(row.people), lambda row: row.people, "right", width=90
    ),
    Column("Dianggap", lambda row: row.level.value, width=140),
]
MISSING: list[Column[Candidate]] = [
    Column("Nama", lambda row: row.name, width=300),
    Column("NIP", lambda row: row.nip or labels.NONE, width=170),
    Column("Unit", lambda row: row.unit, width=300),
]
