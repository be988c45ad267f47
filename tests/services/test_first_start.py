from dataclasses import replace
from datetime import date

import pytest

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.careers import Identity
from wfh_desktop.domain.errors import Invalid, NotAllowed
from wfh_desktop.domain.people import Actor, Capacity, Level, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import Employee, Holiday, Unit
from wfh_desktop.readers.records import Kind, Reading, Staff
from wfh_desktop.services import calendar, first_start, office, people, units
from wfh_desktop.services.first_start import Setup, StaffFile, Step
from wfh_desktop.services.staff_import import Verdict

SEPTEMBER = Period(2026, 9)
HEAD = "197001011995011001"
READING = Reading(
    kind=Kind.STAFF,
    format="Daftar pegawai",
    records=(
        Staff(HEAD, False, "PEGAWAI SATU", grade="IV/b", position="Kepala Dinas", place="baris 2"),
        Staff("198001012005011002", False, "Pegawai Dua", grade="III/b", place="baris 3"),
        Staff("198501012010012000", True, "Pegawai Tiga", grade="III/a", place="baris 4"),
    ),
)
SETUP = Setup(
    region="Pemerintah Kota Contoh",
    zone=Zone.WITA,
    since=date(2026, 1, 1),
    office="Dinas Contoh",
    place="Contoh",
    head=Identity("Pegawai Satu", HEAD, "Ir."),
    head_title="Kepala Dinas",
    head_grade="IV/b",
    head_class=14,
    rule_id="manado-2022",
    staff=StaffFile("daftar.csv", b"isi", READING),
)


def codes(refusal):
    return [(problem.field, problem.code) for problem in refusal.value.problems]


def test_everything_is_there_after_one_step(work):
    done = first_start.set_up(work, SETUP)
    assert [(row.depth, row.name) for row in units.tree(work, date(2026, 9, 1))] == [
        (0, "Pemerintah Kota Contoh"),
        (1, "Dinas Contoh"),
    ]
    assert [row.name for row in people.roster(work, done.unit_id, SEPTEMBER)] == [
        "Ir. Pegawai Satu",
        "Pegawai Dua",
    ]
    assert (done.imported.added, done.imported.left_out) == (1, 1)
    kop = office.letterhead(work, done.unit_id, SEPTEMBER)
    assert (kop.government, kop.office) == ("PEMERINTAH KOTA CONTOH", "DINAS CONTOH")
    head = office.signatories(work, done.unit_id, date(2026, 9, 30))["head"]
    assert (head.name, head.grade) == ("Ir. Pegawai Satu", "IV/b")
    assert [row.rule_id for row in office.choices(work, done.unit_id)] == ["manado-2022"]
    month = calendar.calendar(work, done.unit_id, SEPTEMBER)
    assert (month.zone, len(month.working_days(SEPTEMBER))) == (Zone.WITA, 22)
    assert work.session.query(Holiday).count() > 20


def test_the_head_the_rules_and_the_staff_may_wait(work):
    done = first_start.set_up(work, replace(SETUP, head=None, rule_id="", staff=None))
    assert people.roster(work, done.unit_id, SEPTEMBER) == []
    assert office.signatories(work, done.unit_id, date(2026, 9, 30)) == {}
    assert office.choices(work, done.unit_id) == []


def test_an_acting_head_signs_and_is_not_counted_among_the_staff(work):
    acting = replace(SETUP, head_capacity=Capacity.PLT, staff=None)
    done = first_start.set_up(work, acting)
    head = office.signatories(work, done.unit_id, date(2026, 9, 30))["head"]
    assert (head.name, head.capacity, head.nip) == ("Ir. Pegawai Satu", Capacity.PLT, HEAD)
    assert people.roster(work, done.unit_id, SEPTEMBER) == []


def test_rules_younger_than_the_first_day_hold_from_their_own(work):
    early = replace(SETUP, since=date(2020, 1, 1), staff=None)
    done = first_start.set_up(work, early)
    assert office.choices(work, done.unit_id)[0].valid_from == date(2022, 1, 1)


@pytest.mark.parametrize(
    ("step", "changes", "problems"),
    [
        (Step.REGION, {"region": " "}, [("region", "required")]),
        (Step.UNIT, {"office": ""}, [("office_name", "required")]),
        (
            Step.HEAD,
            {"head": Identity("", "123"), "head_title": "", "head_grade": "IX"},
            [
                ("head_name", "required"),
                ("head_nip", "nip_length"),
                ("head_grade", "grade_of_status"),
                ("head_title", "required"),
            ],
        ),
        (
            Step.RULES,
            {"unit_factor": 3},
            [("unit_factor", "out_of_range")],
        ),
    ],
)
def test_each_step_is_tried_and_names_its_own_fields(work, step, changes, problems):
    first_start.check(work, SETUP, step)
    with pytest.raises(Invalid) as refusal:
        first_start.check(work, replace(SETUP, **changes), step)
    assert codes(refusal) == problems
    assert work.session.query(Unit).count() == 0


def test_the_staff_list_is_previewed_before_anything_is_stored(work):
    preview = first_start.check(work, SETUP, Step.STAFF)
    assert [row.verdict for row in preview.rows] == [
        Verdict.SAME,
        Verdict.NEW,
        Verdict.QUESTION,
    ]
    taken = replace(SETUP, staff=replace(SETUP.staff, without_nip=True))
    preview = first_start.check(work, taken, Step.STAFF)
    assert preview.rows[2].verdict is Verdict.NEW
    assert work.session.query(Employee).count() == 0


def test_a_step_does_not_look_at_what_comes_after_it(work):
    later = replace(SETUP, office="", head=Identity(""), rule_id="")
    first_start.check(work, later, Step.REGION)


def test_a_region_that_exists_is_not_created_twice(work):
    first_start.set_up(work, replace(SETUP, staff=None))
    with pytest.raises(Invalid) as refusal:
        first_start.check(work, SETUP, Step.REGION)
    assert codes(refusal) == [("region", "unit_name_taken")]


def test_only_an_administrator_sets_up(database):
    with database.work(Actor("Orang", Right.READ | Right.RECORD)) as work:
        with pytest.raises(NotAllowed):
            first_start.set_up(work, SETUP)
        with pytest.raises(NotAllowed):
            first_start.check(work, SETUP, Step.REGION)


def test_the_level_of_the_head_is_as_chosen(work):
    done = first_start.set_up(work, replace(SETUP, head_level=Level.ADMINISTRATOR, staff=None))
    assert people.roster(work, done.unit_id, SEPTEMBER)[0].level is Level.ADMINISTRATOR
