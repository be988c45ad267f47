"""What day it is where a unit works."""

from __future__ import annotations

from datetime import date

from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Unit


def today(work: Work, unit_id: int) -> date:
    """Return the date on the clocks of the unit at the time of *work*."""
    return work.get(Unit, unit_id).zone.local(work.now).date()
