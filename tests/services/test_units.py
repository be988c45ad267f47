from datetime import date

import pytest

from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import FormerUnit, Unit
from wfh_desktop.services import units

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
