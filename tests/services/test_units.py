from datetime import date

import pytest

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed
from wfh_desktop.domain.people import Actor, Level, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import AuditEntry, Employee, FormerUnit, Position, Unit
from wfh_desktop.services import units
from wfh_desktop.services.units import UnitDraft

SEPTEMBER = Period(2026, 9)


@pytest.fixture
def region(work):
    """A region with two offices, the first with a division."""
    start = date(2026, 1, 1)
    top = work.add(Unit(name="Pemerintah Kota Contoh", valid_from=start))
    first = work.add(Unit(name="Dinas Contoh", parent_id=top.id, valid_from=start))
    other = work.add(Unit(name="Badan Contoh", parent_id=top.id, valid_from=start))
    division = work.add(Unit(name="Bidang Data", parent_id=first.id, valid_from=start))
    work.log("test.prepared", top)
    return top, first, other, division


def names(rows):
    return [(row.depth, row.name) for row in rows]


def test_the_tree_lists_each_unit_below_its_parent(work, region):
    assert names(units.tree(work, date(2026, 9, 1))) == [
        (0, "Pemerintah Kota Contoh"),
        (1, "Dinas Contoh"),
        (2, "Bidang Data"),
        (1, "Badan Contoh"),
    ]


def test_a_unit_that_moved_is_found_where_it_was_on_the_day(work, region):
    _, first, other, division = region
    division.parent_id = other.id
    work.add(
        FormerUnit(
            unit_id=division.id,
            parent_id=first.id,
            name="Bidang Data",
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 9, 14),
        )
    )
    assert units.below(work, first.id, date(2026, 9, 14)) == [first.id, division.id]
    assert units.below(work, first.id, date(2026, 9, 15)) == [first.id]
    assert units.below(work, other.id, date(2026, 9, 15)) == [other.id, division.id]


def test_a_month_counts_units_that_were_there_on_any_of_its_days(work, region):
    _, first, other, division = region
    division.parent_id = other.id
    work.add(
        FormerUnit(
            unit_id=division.id,
            parent_id=first.id,
            name="Bidang Data",
            valid_from=date(2026, 1, 1),
            valid_to=date(2026, 9, 14),
        )
    )
    assert units.during(work, first.id, SEPTEMBER) == [first.id, division.id]
    assert units.during(work, other.id, SEPTEMBER) == [other.id, division.id]
    assert units.during(work, first.id, Period(2026, 10)) == [first.id]


def version(work, unit):
    return work.get(Unit, unit.id).version


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def audit(work):
    return [
        (one.action, one.details) for one in work.session.query(AuditEntry).order_by(AuditEntry.id)
    ]


def test_a_renamed_unit_keeps_its_old_name_in_the_months_before(work, region):
    _, first, *_ = region
    units.rename(
        work,
        first.id,
        version(work, first),
        "Dinas Baru",
        since=date(2026, 9, 1),
        decree="P 1/2026",
    )
    assert units.path(work, first.id, date(2026, 8, 31))[0].name == "Dinas Contoh"
    assert units.path(work, first.id, date(2026, 9, 1))[0].name == "Dinas Baru"
    assert audit(work)[-1] == (
        "unit.renamed",
        {"before": {"name": "Dinas Contoh"}, "after": {"name": "Dinas Baru"}},
    )


def test_a_correction_was_never_otherwise(work, region):
    _, first, *_ = region
    units.correct(
        work, first.id, version(work, first), name=" Dinas  Contoh Satu", code="1", zone=Zone.WITA
    )
    row = units.path(work, first.id, date(2026, 1, 1))[0]
    assert (row.name, row.zone) == ("Dinas Contoh Satu", Zone.WITA)


def test_a_unit_moves_with_all_below_it(work, region):
    _, first, other, division = region
    units.move(work, first.id, version(work, first), other.id, since=date(2026, 9, 1))
    assert units.below(work, other.id, date(2026, 9, 1)) == [other.id, first.id, division.id]
    assert units.below(work, other.id, date(2026, 8, 31)) == [other.id]


def test_a_unit_never_comes_to_lie_below_itself(work, region):
    _, first, other, division = region
    with pytest.raises(Invalid) as refusal:
        units.move(work, first.id, version(work, first), division.id, since=date(2026, 9, 1))
    assert codes(refusal) == ["unit_below_itself"]
    units.move(work, first.id, version(work, first), other.id, since=date(2027, 1, 1))
    with pytest.raises(Invalid) as refusal:
        units.move(work, other.id, version(work, other), first.id, since=date(2026, 6, 1))
    assert codes(refusal) == ["unit_below_itself"]


def test_two_units_in_one_place_do_not_share_a_name(work, region):
    top, first, *_ = region
    draft = UnitDraft("dinas  contoh", top.id, date(2026, 1, 1))
    with pytest.raises(Invalid) as refusal:
        units.create(work, draft)
    assert codes(refusal) == ["unit_name_taken"]
    with pytest.raises(Invalid) as refusal:
        units.create(work, UnitDraft(" ", 999, date(2026, 1, 1)))
    assert codes(refusal) == ["required", "unit_not_there"]
    assert units.create(work, UnitDraft("Dinas Contoh", first.id, date(2026, 1, 1)))


def test_a_unit_ends_only_when_nobody_and_nothing_is_left_in_it(work, region):
    _, first, _, division = region
    with pytest.raises(Invalid) as refusal:
        units.end(work, first.id, version(work, first), date(2026, 9, 30))
    assert codes(refusal) == ["unit_has_units"]
    person = work.add(Employee(unit_id=division.id, name="Pegawai 1"))
    seat = work.add(
        Position(
            unit_id=division.id,
            employee_id=person.id,
            title="Pengolah Data",
            level=Level.PELAKSANA,
            valid_from=date(2026, 1, 1),
        )
    )
    with pytest.raises(Invalid) as refusal:
        units.end(work, division.id, version(work, division), date(2026, 9, 30))
    assert codes(refusal) == ["unit_has_people"]
    seat.valid_to = date(2026, 9, 30)
    units.end(work, division.id, version(work, division), date(2026, 9, 30))
    assert division.id in units.below(work, first.id, date(2026, 9, 30))
    assert division.id not in units.below(work, first.id, date(2026, 10, 1))
    units.reopen(work, division.id, version(work, division))
    assert division.id in units.below(work, first.id, date(2026, 10, 1))


def test_only_an_administrator_changes_the_tree(database, region, work):
    work.session.commit()
    with (
        database.work(Actor("Sekretariat", Right.READ | Right.RECORD)) as theirs,
        pytest.raises(NotAllowed),
    ):
        units.create(theirs, UnitDraft("Seksi", None, date(2026, 1, 1)))


def test_a_stale_view_of_a_unit_is_refused(work, region):
    _, first, *_ = region
    seen = version(work, first)
    units.rename(work, first.id, seen, "Dinas Baru", since=date(2026, 9, 1))
    with pytest.raises(Conflict):
        units.rename(work, first.id, seen, "Dinas Lain", since=date(2026, 10, 1))


def test_a_unit_is_found_by_number_code_or_name(work, region):
    _, first, *_ = region
    units.correct(
        work, first.id, version(work, first), name="Dinas Contoh", code="1.01", zone=Zone.WIB
    )
    for text in (str(first.id), "1.01", " dinas  CONTOH "):
        assert units.find(work, text, date(2026, 9, 1)).id == first.id
    with pytest.raises(Invalid) as refusal:
        units.find(work, "Dinas Lain", date(2026, 9, 1))
    assert codes(refusal) == ["unit_unknown"]
    units.create(work, UnitDraft("Bidang Data", region[2].id, date(2026, 1, 1)))
    with pytest.raises(Invalid) as refusal:
        units.find(work, "Bidang Data", date(2026, 9, 1))
    assert codes(refusal) == ["unit_ambiguous"]


def test_the_listing_tells_former_names(work, region):
    _, first, *_ = region
    units.reorganise(
        work,
        first.id,
        version(work, first),
        name="Dinas Baru",
        parent_id=None,
        since=date(2026, 9, 1),
    )
    row = next(row for row in units.listing(work, date(2026, 9, 1)) if row.id == first.id)
    assert (row.name, row.depth, row.formerly) == ("Dinas Baru", 0, ("Dinas Contoh",))
