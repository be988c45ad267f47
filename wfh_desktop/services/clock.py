"""What day and time it is where a unit works."""

from __future__ import annotations

from datetime import date

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Unit


def zone(work: Work, unit_id: int) -> Zone:
    """Return the zone whose time the unit's clocks show."""
    return work.get(Unit, unit_id).zone


def today(work: Work, unit_id: int) -> date:
    """Return the date on the clocks of the unit at the time of *work*."""
    return zone(work, unit_id).local(work.now).date()
