"""The columns of the list of people."""

from __future__ import annotations

from wfh_desktop import words
from wfh_desktop.domain import nip
from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.ranks import GRADES
from wfh_desktop.services.people import ListRow
from wfh_desktop.views import labels
from wfh_desktop.views.tables import Column

LEVELS = tuple(Level)
STATUSES = tuple(EmploymentStatus)


def _lacking(row: ListRow) -> str:
    return f"Belum diisi: {', '.join(words.FIELDS[field] for field in row.lacks)}"


def _height(row: ListRow) -> tuple[int, int]:
    """Return where a golongan stands among all, PNS above PPPK."""
    grades = GRADES[row.person.status]
    known = row.person.grade in grades
    return -STATUSES.index(row.person.status), (grades.index(row.person.grade) if known else -1)


def _acting(row: ListRow) -> str:
    """Return the title, with what is held beside it."""
    beside = "".join(
        f" · {words.CAPACITIES[one.capacity]} {one.title}" for one in row.person.acting
    )
    return f"{row.person.title or labels.NONE}{beside}"


def _class(row: ListRow) -> str:
    person = row.person
    lowered = person.position_class not in (None, person.job_class)
    return f"{person.job_class or labels.NONE}{' ↓' if lowered else ''}"


COLUMNS: list[Column[ListRow]] = [
    Column(
        "",
        lambda _: "",
        lambda row: bool(row.lacks),
        icon=lambda row: "attention" if row.lacks else "",
        tone=lambda _: "attention",
        tip=lambda row: _lacking(row) if row.lacks else "",
        width=36,
        title_tip="Yang belum lengkap",
    ),
    Column("Nama", lambda row: row.person.name, width=212, firm=True),
    Column("NIP", lambda row: nip.printed(row.person.nip) or labels.NONE, width=188, firm=True),
    Column("Gol.", lambda row: row.person.grade or labels.NONE, _height, width=52),
    Column("Jabatan", _acting, width=210, firm=True),
    Column(
        "Kelas",
        _class,
        lambda row: row.person.job_class,
        "right",
        tip=lambda row: (
            f"Kelas {row.person.position_class}, diturunkan selama hukuman disiplin"
            if row.person.position_class not in (None, row.person.job_class)
            else ""
        ),
        width=52,
    ),
    Column(
        "Jenjang",
        lambda row: row.person.level.value,
        lambda row: LEVELS.index(row.person.level),
        width=104,
    ),
    Column("Status", lambda row: row.person.status.value, width=84),
    Column("Unit", lambda row: row.person.unit, width=180),
    Column("Atasan langsung", lambda row: row.superior or labels.NONE, width=180),
]
