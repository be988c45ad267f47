"""All tables. A model holds data and relations; rules live in `domain`, use cases in `services`."""

from wfh_desktop.persistence.models import limits  # noqa: F401 - listens to all tables
from wfh_desktop.persistence.models.accounts import Account, Mandate
from wfh_desktop.persistence.models.attendance import (
    Correction,
    DayEntry,
    Holiday,
    ImportedFile,
    Scan,
    Schedule,
)
from wfh_desktop.persistence.models.audit import Change, Installation, Seal
from wfh_desktop.persistence.models.base import AuditEntry, Base, Record
from wfh_desktop.persistence.models.papers import PaperLayout, PrintedPaper
from wfh_desktop.persistence.models.people import (
    Alias,
    Employee,
    FormerUnit,
    Leave,
    Letterhead,
    Position,
    Rank,
    Sanction,
    Signatory,
    Unit,
)
from wfh_desktop.persistence.models.performance import (
    Assessment,
    Assignment,
    Evidence,
    Objective,
    StateChange,
    Target,
    Task,
    WorkReport,
)
from wfh_desktop.persistence.models.tpp import (
    BaseAmount,
    Ceiling,
    ConductEvent,
    MonthFigure,
    Recommendation,
    RecommendationLine,
    RuleChoice,
)

__all__ = [
    "Account",
    "Alias",
    "Assessment",
    "Assignment",
    "AuditEntry",
    "Base",
    "BaseAmount",
    "Ceiling",
    "Change",
    "ConductEvent",
    "Correction",
    "DayEntry",
    "Employee",
    "Evidence",
    "FormerUnit",
    "Holiday",
    "ImportedFile",
    "Installation",
    "Leave",
    "Letterhead",
    "Mandate",
    "MonthFigure",
    "Objective",
    "PaperLayout",
    "Position",
    "PrintedPaper",
    "Rank",
    "Recommendation",
    "RecommendationLine",
    "Record",
    "RuleChoice",
    "Sanction",
    "Scan",
    "Schedule",
    "Seal",
    "Signatory",
    "StateChange",
    "Target",
    "Task",
    "Unit",
    "WorkReport",
]
