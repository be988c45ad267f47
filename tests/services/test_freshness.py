"""Every change by somebody else is seen, in one statement."""

from datetime import date

import pytest
from sqlalchemy import event, text

from tests import offices
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import AuditEntry, Base, Employee, Holiday, Rank, Unit
from wfh_desktop.services import freshness

SEPTEMBER = offices.SEPTEMBER
EVERYTHING = frozenset(mapper.class_ for mapper in Base.registry.mappers)


def test_nothing_is_asked_about_nothing(work):
    assert freshness.marks(work, frozenset(), [1], SEPTEMBER) == {}


def test_one_statement_asks_about_everything(work):
    sent = []
    event.listen(
        work.session.get_bind(), "before_cursor_execute", lambda *call: sent.append(call[2])
    )
    found = freshness.marks(work, EVERYTHING, [1], SEPTEMBER)
    assert len(sent) == 1
    assert set(found) == {kind.__tablename__ for kind in EVERYTHING}


def test_an_edit_and_a_new_record_are_seen(work):
    place = offices.unit(work)
    before = freshness.marks(work, frozenset({Employee, Rank}), [place.id], SEPTEMBER)
    person = offices.somebody(work, place)
    added = freshness.marks(work, frozenset({Employee, Rank}), [place.id], SEPTEMBER)
    assert added["employee"] != before["employee"]
    assert added["rank"] != before["rank"]
    work.get(Employee, person.id).name = "Pegawai Lain"
    edited = freshness.marks(work, frozenset({Employee, Rank}), [place.id], SEPTEMBER)
    assert edited["employee"] != added["employee"]
    assert edited["rank"] == added["rank"]


def test_two_people_who_change_places_are_seen(work):
    """Count, sum of versions and highest number stay the same; the mark does not."""
    here, there = offices.unit(work, "Unit A"), offices.unit(work, "Unit B")
    one, other = (offices.somebody(work, place, n) for n, place in enumerate((here, there)))
    offices.somebody(work, here, 3)  # has the highest number, and stays
    before = freshness.marks(work, frozenset({Employee}), [here.id])
    work.get(Employee, one.id).unit_id = there.id
    work.session.flush()
    work.session.execute(
        text("UPDATE employee SET unit_id = :here WHERE id = :id"),
        {"here": here.id, "id": other.id},
    )
    assert freshness.marks(work, frozenset({Employee}), [here.id]) != before


def test_another_unit_and_another_month_are_not_asked_about(work):
    place, other = offices.unit(work, "Unit A"), offices.unit(work, "Unit B")
    kinds = EVERYTHING - {AuditEntry}
    names = ("employee", "position", "rank", "target")
    person = offices.somebody(work, place)
    before = freshness.marks(work, kinds, [place.id], SEPTEMBER)
    offices.somebody(work, other, 2)
    goal = offices.objective(work, place)
    offices.target(work, place, person, goal, Period(2026, 10))
    after = freshness.marks(work, kinds, [place.id], SEPTEMBER)
    assert {name: after[name] for name in names} == {name: before[name] for name in names}
    assert after["objective"] != before["objective"]


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2025, 1, 1)])
def test_a_holiday_of_the_nation_belongs_to_every_unit(work, day):
    place = offices.unit(work)
    before = freshness.marks(work, frozenset({Holiday, Unit}), [place.id], SEPTEMBER)
    work.session.add(Holiday(unit_id=None, day=day, name="Libur", kind="libur nasional"))
    after = freshness.marks(work, frozenset({Holiday, Unit}), [place.id], SEPTEMBER)
    assert after["holiday"] != before["holiday"]
    assert after["unit"] == before["unit"]
