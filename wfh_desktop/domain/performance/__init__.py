"""Three generations of performance appraisal; a month is scored by the one in force then."""

from __future__ import annotations

from enum import StrEnum

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.periods import Period


class Generation(StrEnum):
    """The rule under which a period is appraised."""

    PP46 = "PP 46/2011"
    PANRB8 = "PermenPANRB 8/2021"
    PANRB6 = "PermenPANRB 6/2022"


# First month of each rule. 2021 was appraised in two halves (SE MenPANRB 3/2021): the first still
# under PP 46/2011, the second under PermenPANRB 8/2021. Before 2014 there was the DP3, unsupported.
IN_FORCE = (
    (Period(2022, 1), Generation.PANRB6),
    (Period(2021, 7), Generation.PANRB8),
    (Period(2014, 1), Generation.PP46),
)


def in_force(period: Period) -> Generation:
    """Return the rule under which *period* is appraised; raise `Invalid` before January 2014."""
    for first, generation in IN_FORCE:
        if period >= first:
            return generation
    raise Invalid([Problem("period", "before_appraisal")])
