"""Staff lists: what a file would change, shown first, then all of it or nothing."""

from wfh_desktop.services.staff_import.apply import Imported, apply
from wfh_desktop.services.staff_import.choices import (
    READY,
    Answer,
    Assignment,
    Candidate,
    Choices,
    Difference,
    Preview,
    PreviewRow,
    Take,
    TitleRow,
    UnitRow,
    Verdict,
)
from wfh_desktop.services.staff_import.interpret import title_key
from wfh_desktop.services.staff_import.plan import preview
from wfh_desktop.services.staff_import.undo import undo
from wfh_desktop.services.staff_import.wishes import Wishes, run

__all__ = [
    "READY",
    "Answer",
    "Assignment",
    "Candidate",
    "Choices",
    "Difference",
    "Imported",
    "Preview",
    "PreviewRow",
    "Take",
    "TitleRow",
    "UnitRow",
    "Verdict",
    "Wishes",
    "apply",
    "preview",
    "run",
    "title_key",
    "undo",
]
