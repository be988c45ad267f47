"""A person as papers show them: as they were in the month, in the order of rank."""

from __future__ import annotations

from dataclasses import dataclass

from wfh_desktop.documents import text
from wfh_desktop.domain.people import EmploymentStatus

PNS_GROUPS = ("IV", "III", "II", "I")
PPPK_GROUPS = (  # as printed lists have them
    ("XVII", "XVI", "XV", "XIV", "XIII"),
    ("XII", "XI", "X", "IX"),
    ("VIII", "VII", "VI", "V"),
    ("IV", "III", "II", "I"),
)
_PPPK = (EmploymentStatus.PPPK, EmploymentStatus.PPPK_PART_TIME)


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
        if self.status in _PPPK:
            spans = (f"Golongan {one[0]} - {one[-1]}" for one in PPPK_GROUPS if self.grade in one)
            return f"{self.status} {next(spans, '')}".strip()
        if not self.grade:
            return str(self.status)
        return f"PNS Golongan {_golongan(self.grade)}"

    @property
    def group_order(self) -> tuple[int, int]:
        """Where the group stands on a list: PNS from IV down, then PPPK, then the others."""
        if self.status in _PPPK:
            spans = (place for place, one in enumerate(PPPK_GROUPS) if self.grade in one)
            return 1 + _PPPK.index(self.status), next(spans, len(PPPK_GROUPS))
        if _golongan(self.grade) in PNS_GROUPS:
            return 0, PNS_GROUPS.index(_golongan(self.grade))
        return 3, 0


def _golongan(grade: str) -> str:
    return grade.split("/", maxsplit=1)[0]
