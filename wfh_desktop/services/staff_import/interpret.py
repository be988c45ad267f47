"""What a line of a staff list says about a person, as far as it can be understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wfh_desktop.domain import careers, nip, ranks
from wfh_desktop.domain.careers import PPPK
from wfh_desktop.domain.errors import Problem
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level, full_name
from wfh_desktop.readers.records import Staff


@dataclass(frozen=True, slots=True)
class Wanted:
    """A person as the file has them; *remarks* say what was assumed, *faults* what to ask."""

    number: int
    place: str
    nip: str | None  # sound, or None
    stem: str  # of a damaged one: the digits that can be trusted
    name: str
    front_title: str
    back_title: str
    status: EmploymentStatus
    grade: str
    title: str
    level: Level
    level_sure: bool
    job_class: int | None
    capacity: Capacity  # of the title in the file: a Plt has no own position there
    path: tuple[str, ...]  # of units, from the top downwards
    pin: str
    remarks: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()

    @property
    def full_name(self) -> str:
        """The name with degrees."""
        return full_name(self.name, self.front_title, self.back_title)

    @property
    def content(self) -> tuple[object, ...]:
        """Everything but the place, to tell whether two lines say the same."""
        return (
            self.nip, self.name.casefold(), self.front_title, self.back_title, self.status,
            self.grade, self.title.casefold(), self.path,
        )  # fmt: skip


def interpret(number: int, staff: Staff, levels: Mapping[str, Level]) -> Wanted:
    """Return what line *number* says; *levels* has what users said about titles."""
    sound, faults = _nip(staff)
    status, status_remarks = _status(staff, sound)
    grade, grade_remarks = _grade(staff, status)
    capacity, title = ranks.read_acting(staff.position)
    level, sure, level_remarks = _level(staff, title, levels)
    return Wanted(
        number=number,
        place=staff.place,
        nip=sound,
        stem=nip.stem(staff.nip or "") if staff.nip_damaged else "",
        name=" ".join(staff.name.split()),
        front_title=staff.front_title.strip(),
        back_title=staff.back_title.strip(" ,"),
        status=status,
        grade=grade,
        title=title,
        level=level,
        level_sure=sure,
        job_class=ranks.read_class(title),
        capacity=capacity,
        path=staff.unit_path or ((staff.unit,) if staff.unit else ()),
        pin=(staff.pin or "").strip(),
        remarks=(
            *_nip_remarks(sound),
            *status_remarks,
            *grade_remarks,
            *level_remarks,
            *((Problem("position_title", "title_missing"),) if not title else ()),
            *((Problem("capacity", "acting_in_file", (capacity,)),) if _acts(capacity) else ()),
        ),
        faults=faults,
    )


def title_key(title: str) -> str:
    """Return a title as answers about it are kept."""
    return " ".join(title.casefold().split())


def _acts(capacity: Capacity) -> bool:
    return capacity is not Capacity.DEFINITIVE


def _nip(staff: Staff) -> tuple[str | None, tuple[Problem, ...]]:
    if staff.nip_damaged:
        return None, (Problem("nip", "nip_damaged", (staff.nip,)),)
    sound, problems = careers.read_nip(staff.nip or "")
    return (sound.digits if sound else None), problems


def _nip_remarks(digits: str | None) -> tuple[Problem, ...]:
    return nip.warnings(nip.Nip(digits)) if digits else ()


def _status(staff: Staff, digits: str | None) -> tuple[EmploymentStatus, tuple[Problem, ...]]:
    """Return the status: what the file says, unless the number proves otherwise."""
    said = ranks.read_status(staff.status)
    if digits is None:
        if said:
            return said, ()
        if not staff.grade and not staff.nip:
            return EmploymentStatus.NON_ASN, (Problem("status", "status_assumed", ("Non-ASN",)),)
        status = EmploymentStatus.PPPK if "/" not in staff.grade and staff.grade else _PNS
        return status, (Problem("status", "status_assumed", (status,)),)
    pppk = nip.Nip(digits).is_pppk
    if said is None:
        return (EmploymentStatus.PPPK if pppk else _PNS), ()
    if pppk == (said in PPPK):
        return said, ()
    status = EmploymentStatus.PPPK if pppk else _PNS
    return status, (Problem("status", "status_by_nip", (said, status)),)


_PNS = EmploymentStatus.PNS


def _grade(staff: Staff, status: EmploymentStatus) -> tuple[str, tuple[Problem, ...]]:
    if not staff.grade:
        return "", ()
    grade = ranks.read_grade(staff.grade) or ""
    if grade in ranks.GRADES[status]:
        return grade, ()
    return "", (Problem("grade", "grade_left_out", (staff.grade, status)),)


def _level(
    staff: Staff, title: str, levels: Mapping[str, Level]
) -> tuple[Level, bool, tuple[Problem, ...]]:
    if answered := levels.get(title_key(title)):
        return answered, True, ()
    exact = ranks.read_level(staff.position_kind, staff.echelon, title)
    if exact:
        return exact, True, ()
    structural = "struktural" in staff.position_kind.casefold()
    assumed = Level.PENGAWAS if structural else Level.PELAKSANA
    if not title:
        return assumed, False, ()
    return assumed, False, (Problem("level", "level_assumed", (assumed,)),)
