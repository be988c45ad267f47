from datetime import date

import pytest

from wfh_desktop.domain.discipline import SanctionLevel
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import Employee, Position, Rank, Sanction, Unit
from wfh_desktop.services import people

START = date(2026, 1, 1)
SEPTEMBER = Period(2026, 9)


@pytest.fixture
def office(work):
    unit = work.add(Unit(name="Unit Contoh", valid_from=START))
    work.log("test.prepared", unit)
    return unit


def somebody(
    work, unit, number, nip, grade="III/b", level=Level.PELAKSANA, title="Pengolah Data", **more
):
    employee = work.add(Employee(unit_id=unit.id, nip=nip, name=f"Pegawai {number}"))
    status = more.pop("status", EmploymentStatus.PNS)
    work.add(Rank(employee_id=employee.id, status=status, grade=grade, valid_from=START))
    position = {"valid_from": START, "job_class": 7} | more
    work.add(
        Position(unit_id=unit.id, employee_id=employee.id, title=title, level=level, **position)
    )
    return employee


def names(rows):
    return [row.name for row in rows]


def test_lists_people_by_rank_and_not_by_alphabet(work, office):
    somebody(work, office, 1, "198001012005011001", grade="III/a")
    somebody(work, office, 2, "199001012015011001", grade="III/b")
    somebody(work, office, 3, "197001011995011001", grade="IV/a", level=Level.ADMINISTRATOR)
    somebody(work, office, 4, "198501012010011001", grade="III/b")
    somebody(work, office, 5, "199501012025211001", grade="IX", status=EmploymentStatus.PPPK)
    rows = people.roster(work, office.id, SEPTEMBER)
    assert names(rows) == ["Pegawai 3", "Pegawai 4", "Pegawai 2", "Pegawai 1", "Pegawai 5"]
    assert rows[0].rank == "Pembina"
    assert rows[-1].rank == ""


def test_a_person_who_left_in_the_month_is_shown_as_on_the_last_day_there(work, office):
    other = work.add(Unit(name="Unit Lain", valid_from=START))
    mover = somebody(work, office, 1, "198001012005011001", valid_to=date(2026, 9, 9))
    work.add(
        Position(
            unit_id=other.id,
            employee_id=mover.id,
            title="Arsiparis",
            level=Level.FUNGSIONAL,
            job_class=8,
            valid_from=date(2026, 9, 10),
        )
    )
    (left,) = people.roster(work, office.id, SEPTEMBER)
    (came,) = people.roster(work, other.id, SEPTEMBER)
    assert (left.title, left.job_class, left.day) == ("Pengolah Data", 7, date(2026, 9, 9))
    assert (came.title, came.job_class, came.day) == ("Arsiparis", 8, date(2026, 9, 30))
    assert people.roster(work, office.id, Period(2026, 10)) == []


def test_a_past_month_reads_what_was_valid_in_it(work, office):
    person = somebody(work, office, 1, "198001012005011001", valid_to=date(2026, 8, 31))
    work.add(
        Position(
            unit_id=office.id,
            employee_id=person.id,
            title="Kepala Seksi",
            level=Level.PENGAWAS,
            job_class=9,
            valid_from=date(2026, 9, 1),
        )
    )
    (august,) = people.roster(work, office.id, Period(2026, 8))
    (september,) = people.roster(work, office.id, SEPTEMBER)
    assert (august.title, august.job_class) == ("Pengolah Data", 7)
    assert (september.title, september.job_class) == ("Kepala Seksi", 9)


def test_a_sanction_lowers_the_class_during_its_time_once_the_decree_is_issued(work, office):
    person = somebody(work, office, 1, "198001012005011001")
    sanction = work.add(
        Sanction(
            unit_id=office.id,
            employee_id=person.id,
            level=SanctionLevel.SEVERE,
            kind="Penurunan jabatan",
            starts=date(2026, 9, 1),
            ends=date(2027, 8, 31),
            lowered_class=6,
        )
    )
    (row,) = people.roster(work, office.id, SEPTEMBER)
    assert row.job_class == 7
    sanction.decree = "800/1/2026"
    (row,) = people.roster(work, office.id, SEPTEMBER)
    assert (row.job_class, row.position_class) == (6, 7)
    (row,) = people.roster(work, office.id, Period(2026, 8))
    assert row.job_class == 7


def test_an_acting_position_stands_beside_the_own_one(work, office):
    person = somebody(work, office, 1, "198001012005011001")
    work.add(
        Position(
            unit_id=office.id,
            employee_id=person.id,
            title="Kepala Bidang",
            level=Level.ADMINISTRATOR,
            job_class=11,
            capacity=Capacity.PLT,
            valid_from=date(2026, 9, 10),
            valid_to=date(2026, 12, 9),
        )
    )
    (row,) = people.roster(work, office.id, SEPTEMBER)
    assert row.title == "Pengolah Data"
    assert [(one.title, one.capacity) for one in row.acting] == [("Kepala Bidang", Capacity.PLT)]
    (row,) = people.roster(work, office.id, Period(2026, 8))
    assert row.acting == ()
