"""An import in one step, as the command line asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.people import Right
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee
from wfh_desktop.readers.records import Reading
from wfh_desktop.services import records, units
from wfh_desktop.services.staff_import.apply import Imported, apply
from wfh_desktop.services.staff_import.choices import (
    Answer,
    Assignment,
    Choices,
    Preview,
    Take,
    Verdict,
)
from wfh_desktop.services.staff_import.plan import preview
from wfh_desktop.services.units import UnitDraft

NIP_DOUBTS = frozenset({"nip_damaged", "nip_length", "nip_birth", "nip_start", "nip_sex"})
FIRST_UNIT = "Unit Kerja"
UNITS_SINCE = date(2000, 1, 1)  # a unit is older than the first list of its people


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for; without *valid_from* the list holds from the first day of this year.

    The first list of all holds from long ago, so that past months can be worked with: nothing
    else is known of them.
    Without a *unit* it is the only one there is; an empty database gets one, named by the file.
    """

    unit: str = ""
    valid_from: date | None = None
    create_unit: bool = False
    assignment: Assignment = Assignment.HERE
    create_units: bool = False
    accept: bool = False  # take the proposed answers
    without_nip: bool = False  # take people whose number is damaged or wrong, without it


def run(
    work: Work,
    reading: Reading,
    wishes: Wishes,
    *,
    name: str,
    content: bytes,
    store: bool,
) -> tuple[Preview, Imported | None]:
    """Preview a staff list and, if wanted, store what is ready of it; the rest is left out."""
    if not store:
        with records.trial(work):
            _, shown = _preview(work, reading, wishes, content)
        return shown, None
    choices, shown = _preview(work, reading, wishes, content)
    return shown, apply(work, reading, choices, name=name, content=content, seen=shown.digest)


def _preview(
    work: Work, reading: Reading, wishes: Wishes, content: bytes
) -> tuple[Choices, Preview]:
    choices = Choices(
        unit_id=_unit(work, wishes, reading),
        valid_from=_day(work, wishes),
        assignment=wishes.assignment,
        create_units=wishes.create_units,
    )
    shown = preview(work, reading, choices, content)
    choices = replace(choices, answers=_answers(shown, wishes))
    return choices, preview(work, reading, choices, content)


def _answers(shown: Preview, wishes: Wishes) -> dict[int, Answer]:
    answers = dict(shown.proposals) if wishes.accept else {}
    for row in shown.rows:
        doubted = row.verdict is Verdict.QUESTION and row.number not in answers
        if wishes.without_nip and doubted and {one.code for one in row.questions} <= NIP_DOUBTS:
            answers[row.number] = Answer(Take.AS_IT_IS)
    return answers


def _unit(work: Work, wishes: Wishes, reading: Reading) -> int:
    day = _day(work, wishes)
    first = not wishes.unit and not units.tree(work, day)
    try:
        return units.find(work, wishes.unit, day).id
    except Invalid:
        if not (wishes.create_unit or first):
            raise
    work.actor.require(Right.ADMINISTER)
    name = wishes.unit or reading.unit or FIRST_UNIT
    return units.create(work, UnitDraft(name, None, min(day, UNITS_SINCE)))


def _day(work: Work, wishes: Wishes) -> date:
    if wishes.valid_from:
        return wishes.valid_from
    known = work.session.scalar(select(Employee.id).limit(1))
    return date(work.now.year, 1, 1) if known else UNITS_SINCE
