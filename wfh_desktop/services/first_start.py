"""The first start of an office: region, unit, head, rules and staff, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import TypeVar

from wfh_desktop import rulebook
from wfh_desktop.domain.calendar import PRESETS, Zone
from wfh_desktop.domain.careers import Identity, PositionDraft, RankDraft
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level, Right, full_name
from wfh_desktop.persistence.database import Work
from wfh_desktop.readers.records import Reading
from wfh_desktop.services import calendar, days_off, office, people, records, staff_import, units
from wfh_desktop.services.calendar import ScheduleDraft
from wfh_desktop.services.office import LetterheadDraft, SignatoryDraft
from wfh_desktop.services.staff_import import Answer, Choices, Imported, Preview, Take, Verdict
from wfh_desktop.services.staff_import.wishes import NIP_DOUBTS
from wfh_desktop.services.units import UnitDraft

R = TypeVar("R")


class Step(IntEnum):
    """The steps in their order."""

    REGION = 0
    UNIT = 1
    HEAD = 2
    RULES = 3
    STAFF = 4


@dataclass(frozen=True, slots=True)
class StaffFile:
    """A staff list as it was read; *without_nip* takes those whose number is damaged."""

    name: str
    content: bytes
    reading: Reading
    without_nip: bool = False


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that is asked for; the head and the rules may wait, the staff too."""

    region: str = ""
    zone: Zone = Zone.WIB
    since: date = date(2026, 1, 1)
    office: str = ""
    place: str = ""
    address: str = ""
    preset: str = PRESETS[0].key
    head: Identity | None = None
    head_title: str = ""
    head_capacity: Capacity = Capacity.DEFINITIVE
    head_level: Level = Level.JPT_PRATAMA
    head_status: EmploymentStatus = EmploymentStatus.PNS
    head_grade: str = ""
    head_class: int | None = None
    rule_id: str = ""
    unit_factor: Decimal | None = None
    staff: StaffFile | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What was set up."""

    unit_id: int
    imported: Imported | None


FIELDS = {  # how the forms call what the use cases call otherwise
    Step.REGION: {"name": "region", "valid_from": "since"},
    Step.UNIT: {"name": "office_name", "valid_from": "since"},
    Step.HEAD: {
        "name": "head_name",
        "nip": "head_nip",
        "status": "head_status",
        "grade": "head_grade",
        "position_title": "head_title",
        "job_class": "head_class",
    },
    Step.RULES: {"valid_from": "rule_id"},
    Step.STAFF: {},
}


def set_up(work: Work, setup: Setup) -> Done:
    """Do everything at once; raise `Invalid` with the problems of the first step that fails."""
    work.actor.require(Right.ADMINISTER)
    return _up_to(work, setup, Step.STAFF)


def check(work: Work, setup: Setup, step: Step) -> Preview | None:
    """Try everything up to *step* and take it back; return what the staff list would do.

    Raises `Invalid` with the problems of that step, named as its form calls them.
    """
    work.actor.require(Right.ADMINISTER)
    with records.trial(work):
        if step is not Step.STAFF:
            _up_to(work, setup, step)
            return None
        done = _up_to(work, replace(setup, staff=None), Step.STAFF)
        return _preview(work, setup, done.unit_id)[0] if setup.staff else None


def _up_to(work: Work, setup: Setup, last: Step) -> Done:
    region = _named(Step.REGION, lambda: _region(work, setup))
    if last is Step.REGION:
        return Done(region, None)
    unit_id = _named(Step.UNIT, lambda: _unit(work, setup, region))
    if last >= Step.HEAD and setup.head is not None:
        head = setup.head
        _named(Step.HEAD, lambda: _head(work, setup, head, unit_id))
    if last >= Step.RULES and setup.rule_id:
        _named(Step.RULES, lambda: _rules(work, setup, unit_id))
    imported = None
    if last is Step.STAFF and setup.staff is not None:
        imported = _staff(work, setup, unit_id)
    return Done(unit_id, imported)


def _region(work: Work, setup: Setup) -> int:
    return units.create(work, UnitDraft(setup.region, None, setup.since, zone=setup.zone))


def _unit(work: Work, setup: Setup, region: int) -> int:
    """Create the unit with its kop, its work hours and the holidays of the year."""
    unit_id = units.create(work, UnitDraft(setup.office, region, setup.since, zone=setup.zone))
    office.set_letterhead(
        work,
        unit_id,
        0,
        LetterheadDraft(
            government=setup.region.upper(),
            office=setup.office.upper(),
            address=setup.address,
            place=setup.place,
        ),
    )
    preset = next(one for one in PRESETS if one.key == setup.preset)
    calendar.add_schedule(
        work,
        unit_id,
        ScheduleDraft(preset.name, preset.hours, setup.since, None, preset.legal_basis),
    )
    for year in range(setup.since.year, work.now.year + 1):
        days_off.ensure(work, year)
    return unit_id


def _head(work: Work, setup: Setup, head: Identity, unit_id: int) -> None:
    """Record the head, and let him sign; a Plt signs without a position of his own here."""
    if setup.head_capacity is not Capacity.DEFINITIVE:
        office.appoint(
            work,
            unit_id,
            SignatoryDraft(
                "head",
                setup.head_title,
                setup.since,
                name=full_name(head.name, head.front_title, head.back_title),
                nip=head.nip,
                grade=setup.head_grade,
                capacity=setup.head_capacity,
            ),
        )
        return
    key = people.add(
        work,
        head,
        RankDraft(setup.head_status, setup.since, setup.head_grade),
        PositionDraft(unit_id, setup.head_title, setup.head_level, setup.since, setup.head_class),
    )
    office.appoint(
        work, unit_id, SignatoryDraft("head", setup.head_title, setup.since, employee_id=key)
    )


def _rules(work: Work, setup: Setup, unit_id: int) -> None:
    since = max(setup.since, rulebook.load(setup.rule_id).valid_from)
    office.choose_rules(work, unit_id, setup.rule_id, since, setup.unit_factor)


def _staff(work: Work, setup: Setup, unit_id: int) -> Imported | None:
    """Import what is ready of the staff list; nothing, if it only repeats the head."""
    file = setup.staff
    assert file is not None
    preview, choices = _preview(work, setup, unit_id)
    if not preview.count(*staff_import.READY):
        return None
    return staff_import.apply(
        work,
        file.reading,
        choices,
        name=file.name,
        content=file.content,
        seen=preview.digest,
    )


def _preview(work: Work, setup: Setup, unit_id: int) -> tuple[Preview, Choices]:
    file = setup.staff
    assert file is not None
    choices = Choices(unit_id, setup.since)
    shown = staff_import.preview(work, file.reading, choices, file.content)
    if not file.without_nip:
        return shown, choices
    answers = {
        row.number: Answer(Take.AS_IT_IS)
        for row in shown.rows
        if row.verdict is Verdict.QUESTION and {one.code for one in row.questions} <= NIP_DOUBTS
    }
    choices = replace(choices, answers=answers)
    return staff_import.preview(work, file.reading, choices, file.content), choices


def _named(step: Step, act: Callable[[], R]) -> R:
    """Do one step; let its problems bear the names that its form knows."""
    try:
        return act()
    except Invalid as refusal:
        raise Invalid(_renamed(refusal.problems, FIELDS[step])) from refusal


def _renamed(problems: Iterable[Problem], names: dict[str, str]) -> list[Problem]:
    return [replace(one, field=names.get(one.field, one.field)) for one in problems]
