"""A person as papers show them: as they were in the month, in the order of rank."""

from __future__ import annotations

from dataclasses import dataclass

from wfh_desktop.documents import text
from wfh_desktop.domain.people import EmploymentStatus

PPPK_GROUPS = (  # as printed lists of Jambi have them: first and last golongan of each
    ("XVII", "XIII"),
    ("XII", "IX"),
    ("VIII", "V"),
    ("IV", "I"),
)
PPPK_ORDER = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Who a line is about; the service hands people over by rank, and so they are printed."""

    name: str  # with degrees
    nip: str
    status: EmploymentStatus
    grade: str  # III/b, IX, or empty
    rank: str  # pangkat; empty for PPPK
    title: str  # jabatan
    job_class: int | None
    unit: str = ""

    @property
    def label(self) -> str:
        """Name and NIP below each other, as the second column of most lists has them."""
        return f"{text.clean(self.name)}\n{text.nip(self.nip)}" if self.nip else self.name

    @property
    def standing(self) -> str:
        """Pangkat and golongan: `Penata Muda Tingkat I, III/b`; `Golongan IX` for PPPK."""
        if self.rank:
            return f"{self.rank}, {self.grade}"
        return f"Golongan {self.grade}" if self.grade else "-"

    @property
    def group(self) -> str:
        """The heading under which subtotals are made: golongan, or span of PPPK golongan."""
        if self.status in (EmploymentStatus.PPPK, EmploymentStatus.PPPK_PART_TIME):
            return f"{self.status} {_span(self.grade)}".strip()
        if not self.grade:
            return str(self.status)
        return f"{EmploymentStatus.PNS} Golongan {self.grade.split('/')[0]}"


def _span(grade: str) -> str:
    if grade not in PPPK_ORDER:
        return ""
    place = PPPK_ORDER.index(grade)
    for highest, lowest in PPPK_GROUPS:
        if PPPK_ORDER.index(lowest) <= place <= PPPK_ORDER.index(highest):
            return f"Golongan {highest} - {lowest}"
    return ""
