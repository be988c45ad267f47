"""In which fields a staff list says something else than what is stored."""

from __future__ import annotations

from collections.abc import Iterator

from wfh_desktop.domain.people import Capacity
from wfh_desktop.services.staff_import.choices import Difference
from wfh_desktop.services.staff_import.interpret import Wanted
from wfh_desktop.services.staff_import.places import Place, Places
from wfh_desktop.services.staff_import.stored import Known

IDENTITY = ("nip", "name", "front_title", "back_title")
RANK = ("status", "grade")
POSITION = ("position_title", "level", "job_class", "unit_id")


def differences(one: Wanted, known: Known, place: Place, places: Places) -> tuple[Difference, ...]:
    """Return every field that differs; what the file leaves empty is no difference."""
    return tuple(
        Difference(field, old, new)
        for field, old, new in _pairs(one, known, place, places)
        if new and new.casefold().split() != old.casefold().split()
    )


def _pairs(
    one: Wanted, known: Known, place: Place, places: Places
) -> Iterator[tuple[str, str, str]]:
    employee, rank, position = known.employee, known.rank, known.position
    yield "nip", employee.nip or "", one.nip or ""
    yield "name", employee.name, one.name
    yield "front_title", employee.front_title, one.front_title
    yield "back_title", employee.back_title, one.back_title
    if not any(problem.code == "status_assumed" for problem in one.remarks):
        yield "status", rank.status.value if rank else "", one.status.value
    yield "grade", rank.grade if rank else "", one.grade
    names = (places.names[place.unit_id], *place.missing)
    held = places.names.get(position.unit_id, "") if position else ""
    if position is None or place.missing or place.unit_id != position.unit_id:
        yield "unit_id", held, " > ".join(names)
    if one.capacity is not Capacity.DEFINITIVE:
        held = " ".join(
            row.title for row in known.acting if row.title.casefold() == one.title.casefold()
        )
        yield "acting", held, one.title
        return
    yield "position_title", position.title if position else "", one.title
    if one.level_sure:
        yield "level", position.level.value if position else "", one.level.value
    yield "job_class", str((position and position.job_class) or ""), str(one.job_class or "")
