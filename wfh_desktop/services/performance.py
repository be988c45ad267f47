"""Use cases for the score of a month: realisation, behaviour, predicate, and their trail."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wfh_desktop.domain.performance import Generation
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work


@dataclass(frozen=True, slots=True)
class MonthScore:
    """The score of a person's month; *predicate* is empty while something is missing.

    *score* is 0 to 120: prestasi kerja (PP 46/2011), nilai kinerja (PermenPANRB 8/2021), or the
    mean of min(realisation/target, 100 %) by quantity (PermenPANRB 6/2022, which has no number).
    *explanation* has one line a step, or says what is missing.
    """

    generation: Generation
    results: str
    behaviour: str
    predicate: str
    score: Decimal | None
    explanation: tuple[str, ...]


def scores(work: Work, unit_id: int, period: Period) -> dict[int, MonthScore]:
    """Return the month's score of everybody on the unit's roster, by employee."""
    raise NotImplementedError
