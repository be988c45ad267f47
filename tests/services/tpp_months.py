"""A unit with a whole month, for tests of the TPP recommendation."""

from datetime import date, time
from decimal import Decimal

from tests.services.offices import office, people
from wfh_desktop.domain.attendance import Source
from wfh_desktop.domain.people import Capacity
from wfh_desktop.domain.performance import Generation
from wfh_desktop.domain.performance.panrb6 import Rating
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import Assessment, DayEntry, RuleChoice, Signatory
from wfh_desktop.services import calendar

SEPTEMBER = Period(2026, 9)
START = date(2020, 1, 1)
CLASS_7 = Decimal(3915950)  # Permenaker 15/2024


def prepared(work, count=3):
    """Return a unit whose people came on time all September 2026 and were judged Baik."""
    unit = office(work)
    keys = people(work, unit, count)
    days = calendar.calendar(work, unit.id, SEPTEMBER).working_days(SEPTEMBER)
    for key in keys:
        appraise(work, unit, key)
        for day in days:
            enter(work, unit, key, day, time(7, 20), time(17, 30))
    work.session.add(RuleChoice(unit_id=unit.id, rule_id="kemnaker-15-2024", valid_from=START))
    work.session.add(
        Signatory(
            unit_id=unit.id,
            role="head",
            employee_id=keys[0],
            title="Kepala Unit Contoh",
            capacity=Capacity.DEFINITIVE,
            valid_from=START,
        )
    )
    work.log("test.prepared", unit)
    unit.keys, unit.days = keys, days
    return unit


def appraise(work, unit, key, predicate="Baik"):
    work.session.add(
        Assessment(
            unit_id=unit.id,
            employee_id=key,
            year=2026,
            month=9,
            generation=Generation.PANRB6,
            results=Rating.AS,
            behaviour=Rating.AS,
            aspects={},
            predicate=predicate,
        )
    )


def enter(work, unit, key, day, came, left, status=None):
    work.session.add(
        DayEntry(
            unit_id=unit.id,
            employee_id=key,
            day=day,
            source=Source.MANUAL,
            status=status,
            time_in=came,
            time_out=left,
        )
    )
