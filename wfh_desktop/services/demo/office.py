"""Set up the demo office: its units, work hours, holidays, papers and people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from wfh_desktop.domain.calendar import PRESETS
from wfh_desktop.domain.careers import Identity, PositionDraft, RankDraft
from wfh_desktop.domain.discipline import SanctionLevel
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level
from wfh_desktop.paths import DEMO
from wfh_desktop.services import (
    calendar,
    days_off,
    discipline,
    leave,
    office,
    papers,
    people,
    units,
)
from wfh_desktop.services.demo.story import HEAD, Stage
from wfh_desktop.services.discipline import SanctionDraft
from wfh_desktop.services.leave import LeaveDraft
from wfh_desktop.services.people import AliasDraft

FOUNDED = date(2019, 1, 1)
HOURS = "five_days"


def set_up(stage: Stage) -> None:
    """Make the unit tree, its hours and holidays, kop surat and signatories, and hire everybody."""
    _units(stage)
    _calendar(stage)
    for number, (key, told) in enumerate(stage.story.people.items(), start=1):
        stage.people[key] = _hire(stage, told, number)
    _acting(stage)
    _papers(stage)
    _leaves(stage)
    _sanctions(stage)


def _units(stage: Stage) -> None:
    work = stage.at(stage.closed.first, who=HEAD)
    for told in stage.story.office["units"]:
        draft = units.UnitDraft(
            name=told["name"],
            parent_id=stage.units.get(told.get("parent", "")),
            valid_from=FOUNDED,
            code=told["code"],
            zone=stage.zone,
        )
        stage.units[told["key"]] = units.create(work, draft)


def _calendar(stage: Stage) -> None:
    work = stage.at(stage.closed.first, who=HEAD)
    preset = next(one for one in PRESETS if one.key == HOURS)
    hours = calendar.ScheduleDraft(
        name=preset.name,
        hours=preset.hours,
        valid_from=FOUNDED,
        legal_basis=preset.legal_basis,
    )
    calendar.add_schedule(work, stage.unit_id, hours)
    for year in {stage.closed.year, stage.opened.year}:
        days_off.seed(work, year)
    for told in stage.story.office["holidays"]:
        if day := stage.day(stage.closed, told["day"]):
            days_off.add(work, stage.unit_id, days_off.HolidayDraft(day, told["name"]))
            stage.days.clear()


def _hire(stage: Stage, told: Mapping[str, Any], number: int) -> int:
    work = stage.at(stage.closed.first)
    identity = Identity(
        name=told["name"],
        nip=told.get("nip", ""),
        front_title=told.get("front_title", ""),
        back_title=told.get("back_title", ""),
    )
    rank = RankDraft(
        status=EmploymentStatus(told["status"]),
        valid_from=told["since"],
        grade=told.get("grade", ""),
    )
    position = PositionDraft(
        unit_id=stage.units[told["unit"]],
        title=told["title"],
        level=Level(told["level"]),
        valid_from=told["since"],
        job_class=told.get("job_class"),
        superior_id=stage.people.get(told.get("superior", "")),
    )
    key = people.add(work, identity, rank, position)
    people.add_alias(work, key, AliasDraft("pin", str(number)))
    return key


def _acting(stage: Stage) -> None:
    work = stage.at(stage.closed.first, who=HEAD)
    for told in stage.story.office["acting"]:
        draft = PositionDraft(
            unit_id=stage.units[told["unit"]],
            title=told["title"],
            level=Level(told["level"]),
            valid_from=stage.closed.shifted(-1).first,
            job_class=told["job_class"],
            superior_id=stage.people[HEAD],
            capacity=Capacity(told["capacity"]),
            decree=told["decree"],
        )
        people.change_position(work, stage.people[told["person"]], draft)


def _papers(stage: Stage) -> None:
    work = stage.at(stage.closed.first, who=HEAD)
    head = office.LetterheadDraft(**stage.story.office["letterhead"])
    office.set_letterhead(work, stage.unit_id, 0, head)
    office.set_logo(work, stage.unit_id, 1, (DEMO / "logo.png").read_bytes())
    letters = stage.story.office["letters"]
    lines = papers.LayoutDraft(
        addressee=tuple(letters["addressee"]), copies=tuple(letters["copies"])
    )
    papers.set_layout(work, stage.unit_id, 0, lines)
    for told in stage.story.office["signatories"]:
        draft = office.SignatoryDraft(
            role=told["role"],
            title=told["title"],
            valid_from=stage.story.people[told["person"]]["since"],
            employee_id=stage.people[told["person"]],
        )
        office.appoint(work, stage.unit_id, draft)


def _leaves(stage: Stage) -> None:
    for told in stage.story.attendance["leaves"]:
        period = stage.month(told["month"])
        starts, ends = _span(stage, told)
        if starts is None or ends is None:
            continue
        draft = LeaveDraft(LeaveKind(told["kind"]), starts, ends, told["document"])
        day = min(max(starts, period.first), stage.today)
        leave.grant(stage.at(day), stage.people[told["who"]], draft)
        stage.leaves.setdefault(told["who"], []).append((starts, ends))


def _span(stage: Stage, told: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """Return first and last day: working days of the month, or calendar days from its first."""
    period = stage.month(told["month"])
    if "days" in told:
        first, last = told["days"]
        return stage.day(period, first), stage.day(period, last)
    start = period.first
    return start + timedelta(days=told["from"]), start + timedelta(days=told["to"])


def _sanctions(stage: Stage) -> None:
    for told in stage.story.attendance["sanctions"]:
        first, last = (stage.closed.shifted(number) for number in told["months"])
        draft = SanctionDraft(
            level=SanctionLevel(told["level"]),
            kind=told["kind"],
            starts=first.first,
            ends=last.last,
            decree=told["decree"],
            factor=Decimal(told["factor"]),
        )
        discipline.record(stage.at(stage.closed.first), stage.people[told["who"]], draft)
