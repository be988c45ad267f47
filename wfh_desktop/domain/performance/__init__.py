"""Three generations of performance appraisal; a month is scored by the one in force then."""

from __future__ import annotations

from enum import StrEnum


class Generation(StrEnum):
    """The rule under which a period is appraised."""

    PP46 = "PP 46/2011"
    PANRB8 = "PermenPANRB 8/2021"
    PANRB6 = "PermenPANRB 6/2022"
