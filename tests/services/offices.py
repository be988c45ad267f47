"""Units and people for tests about attendance."""

from datetime import date

from wfh_desktop.domain.calendar import PRESETS
from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.persistence.models import Alias, Employee, Position, Rank, Unit
from wfh_desktop.services import calendar
from wfh_desktop.services.calendar import ScheduleDraft

START = date(2020, 1, 1)
BY_KEY = {preset.key: preset.hours for preset in PRESETS}


def office(work, *, parent=None, name="Unit Contoh", hours="manado_service"):
    unit = work.add(Unit(name=name, parent_id=parent and parent.id, valid_from=START))
    work.log("test.prepared", unit)
    if hours:
        calendar.add_schedule(work, unit.id, ScheduleDraft("Biasa", BY_KEY[hours], START))
    return unit


def nip(number):
    return f"19800101200501{1 + number % 2}{number:03}"


def people(work, unit, count, *, pins=False, since=START, first=1):
    """Add people who are listed in the order of their numbers; return their keys."""
    hired = [
        Employee(unit_id=unit.id, nip=nip(number), name=f"Pegawai {number}")
        for number in range(first, first + count)
    ]
    work.session.add_all(hired)
    work.session.flush()
    for number, one in enumerate(hired, start=first):
        work.session.add(
            Rank(
                employee_id=one.id,
                status=EmploymentStatus.PNS,
                grade="III/b",
                valid_from=since,
            )
        )
        work.session.add(
            Position(
                unit_id=unit.id,
                employee_id=one.id,
                title="Pengolah Data",
                level=Level.PELAKSANA,
                job_class=7,
                valid_from=since,
            )
        )
        if pins:
            work.session.add(
                Alias(
                    unit_id=unit.id,
                    employee_id=one.id,
                    kind="pin",
                    device="",
                    value=f"{number:04}",
                )
            )
    work.session.flush()
    return [one.id for one in hired]
