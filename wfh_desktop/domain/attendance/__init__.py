"""From scans, entries, leave, corrections and work hours to the status of a day, with its cause."""

from wfh_desktop.domain.attendance.day import (
    Amendment,
    Coverage,
    Entry,
    Fact,
    Granted,
    Known,
    PersonDay,
    Rule,
    Scan,
    Source,
    Status,
    Workplace,
)
from wfh_desktop.domain.attendance.judge import judge
from wfh_desktop.domain.attendance.summary import Summary, missed_holidays, summarise

__all__ = [
    "Amendment",
    "Coverage",
    "Entry",
    "Fact",
    "Granted",
    "Known",
    "PersonDay",
    "Rule",
    "Scan",
    "Source",
    "Status",
    "Summary",
    "Workplace",
    "judge",
    "missed_holidays",
    "summarise",
]
