"""Use cases of the TPP recommendation: calculate, check, submit, lock, reopen, read."""

from wfh_desktop.services.tpp.checks import before_submitting, ceiling
from wfh_desktop.services.tpp.exporting import export
from wfh_desktop.services.tpp.exporting import name as export_name
from wfh_desktop.services.tpp.findings import Check
from wfh_desktop.services.tpp.reading import (
    ColumnRow,
    LineRow,
    RecommendationDetails,
    RevisionRow,
    StepRow,
    current,
    details,
    explain,
    history,
    revisions,
    state,
    trails,
)
from wfh_desktop.services.tpp.snapshots import PersonSnapshot
from wfh_desktop.services.tpp.verifying import Difference, Recalculation, recalculate
from wfh_desktop.services.tpp.workflow import compute, lock, reopen, submit

__all__ = [
    "Check",
    "ColumnRow",
    "Difference",
    "LineRow",
    "PersonSnapshot",
    "Recalculation",
    "RecommendationDetails",
    "RevisionRow",
    "StepRow",
    "before_submitting",
    "ceiling",
    "compute",
    "current",
    "details",
    "explain",
    "export",
    "export_name",
    "history",
    "lock",
    "recalculate",
    "reopen",
    "revisions",
    "state",
    "submit",
    "trails",
]
