"""What is typed in about a person, and which rules it has to keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wfh_desktop.domain import nip as nips
from wfh_desktop.domain import ranks
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.nip import Nip
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level

CLASSES = range(1, 18)  # kelas jabatan (PermenPANRB 39/2013)
PNS = frozenset({EmploymentStatus.PNS, EmploymentStatus.CPNS})
PPPK = frozenset({EmploymentStatus.PPPK, EmploymentStatus.PPPK_PART_TIME})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is; *nip* in any spelling, empty while it is not known."""

    name: str
    nip: str = ""
    front_title: str = ""
    back_title: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class RankDraft:
    """Employment status and golongan from a day on."""

    status: EmploymentStatus
    valid_from: date
    grade: str = ""
    decree: str = ""


@dataclass(frozen=True, slots=True)
class PositionDraft:
    """A jabatan from a day on; only an acting one has its last day set beforehand."""

    unit_id: int
    title: str
    level: Level
    valid_from: date
    job_class: int | None = None
    superior_id: int | None = None
    capacity: Capacity = Capacity.DEFINITIVE
    decree: str = ""
    valid_to: date | None = None


def read_nip(text: str) -> tuple[Nip | None, tuple[Problem, ...]]:
    """Return the number, or None where none is given, and every rule it breaks."""
    if not text.strip():
        return None, ()
    try:
        return nips.read(text), ()
    except Invalid as refusal:
        return None, refusal.problems


def identity_problems(draft: Identity) -> Iterator[Problem]:
    """Yield every rule the identity breaks."""
    if not draft.name.strip():
        yield Problem("name", "required")
    yield from read_nip(draft.nip)[1]


def rank_problems(draft: RankDraft, nip: Nip | None) -> Iterator[Problem]:
    """Yield every rule the rank breaks: a PPPK has a number and a golongan of PPPK."""
    if nip is not None:
        if draft.status in PNS and nip.is_pppk:
            yield Problem("status", "nip_is_pppk", (draft.status,))
        if draft.status in PPPK and not nip.is_pppk:
            yield Problem("status", "nip_is_pns", (draft.status,))
    if draft.grade and draft.grade not in ranks.GRADES[draft.status]:
        yield Problem("grade", "grade_of_status", (draft.grade, draft.status))


def position_problems(draft: PositionDraft) -> Iterator[Problem]:
    """Yield every rule the position breaks by itself."""
    if not draft.title.strip():
        yield Problem("position_title", "required")
    if draft.job_class is not None and draft.job_class not in CLASSES:
        yield Problem("job_class", "out_of_range", (CLASSES[0], CLASSES[-1]))
    if draft.valid_to and draft.valid_to < draft.valid_from:
        yield Problem("valid_to", "before_start")
    if draft.capacity is Capacity.ON_BEHALF:
        yield Problem("capacity", "capacity_signs_only")
