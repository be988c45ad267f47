"""Units with people in them, for tests that need somebody to work."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import TargetDraft
from wfh_desktop.domain.tasks import Share, TaskDraft
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.domain.work_reports import ReportDraft
from wfh_desktop.persistence.models import (
    Employee,
    Objective,
    Position,
    Rank,
    Recommendation,
    Unit,
)
from wfh_desktop.services import targets, tasks, work_reports

START = date(2014, 1, 1)
SEPTEMBER = Period(2026, 9)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f8"
    "0f0001010100b138f6140000000049454e44ae426082"
)


@dataclass(frozen=True)
class Known:
    """A record that was made, usable after its unit of work has ended."""

    id: int
    name: str


def unit(work, name="Unit Contoh", parent=None):
    """Add a unit that has always been there."""
    made = work.add(Unit(name=name, valid_from=START, parent_id=parent and parent.id))
    work.log("test.prepared", made)
    return Known(made.id, made.name)


def somebody(work, place, number=1, level=Level.PELAKSANA, title="Pengolah Data", **position):
    """Add a PNS who works in a unit; return the employee."""
    year = 1980 + number % 20
    nip = f"{year}0101200501{1 + number % 2}{number % 1000:03}"
    employee = work.add(Employee(unit_id=place.id, nip=nip, name=f"Pegawai {number}"))
    work.add(
        Rank(
            employee_id=employee.id,
            status=EmploymentStatus.PNS,
            grade="III/b",
            valid_from=START,
        )
    )
    values = {"valid_from": START, "job_class": 7} | position
    work.add(
        Position(unit_id=place.id, employee_id=employee.id, title=title, level=level, **values)
    )
    work.log("test.prepared", employee)
    return Known(employee.id, employee.name)


def objective(work, place, year=2026, title="Layanan data tepat waktu"):
    """Add a sasaran to a unit's year."""
    made = work.add(Objective(unit_id=place.id, year=year, title=title))
    work.log("test.prepared", made)
    return Known(made.id, title)


def target(work, place, person, goal, period=SEPTEMBER, **values):
    """Set a target of four laporan for a person's month; return its number."""
    fields = {"title": "Rekap data layanan", "measure": "laporan", "quantity": Decimal(4)} | values
    draft = TargetDraft(employee_id=person.id, objective_id=goal.id, **fields)
    return targets.set_target(work, place.id, period, draft)


def task(work, place, *people, target_ids=(), **values):
    """Give a task of one output each on 1 September, due on the 18th; return its number."""
    tied = dict(target_ids)
    quantity = values.pop("quantity", Decimal(1))
    shares = tuple(Share(person.id, quantity, tied.get(person.id)) for person in people)
    fields = {
        "title": "Rekap data layanan minggu 3",
        "due": date(2026, 9, 18),
        "given": date(2026, 9, 1),
        "output": "1 rekap",
    } | values
    return tasks.give(work, place.id, TaskDraft(shares=shares, **fields))


def share_of(work, task_id, person=None):
    """Return the share of a person, or the only one, of a task."""
    row, _ = tasks.details(work, task_id)
    return next(one for one in row.shares if person is None or one.employee_id == person.id)


def report(work, share, day=date(2026, 9, 18), quantity=1, files=(("foto.png", PNG),), **values):
    """Hand in a report with one picture; return its number."""
    fields = {"text": "Rekap 412 permohonan selesai."} | values
    draft = ReportDraft(share.id, day, quantity=Decimal(quantity), **fields)
    return work_reports.hand_in(work, draft, files)


def lock(work, place, period=SEPTEMBER, revision=1, state=State.FINAL):
    """Make the month's recommendation final."""
    made = work.add(
        Recommendation(
            unit_id=place.id,
            year=period.year,
            month=period.month,
            revision=revision,
            state=state,
            rule_id="test",
            rule_digest="",
            snapshot={},
            computed_at=datetime(2026, 10, 1, tzinfo=UTC),
        )
    )
    work.log("test.locked", made)
