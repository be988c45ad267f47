"""Use cases of the papers: list them, make them, issue them, save them, and how they look."""

from wfh_desktop.services.papers.files import folder, save
from wfh_desktop.services.papers.issuing import (
    PaperRow,
    Prepared,
    RegisterRow,
    SubjectRow,
    export,
    issue,
    issue_to,
    listing,
    prepare,
    register,
    render,
    subjects,
)
from wfh_desktop.services.papers.layouts import LayoutDraft, LayoutRow, layout, set_layout
from wfh_desktop.services.papers.verifying import Issued, Verdict, check, typed

__all__ = [
    "Issued",
    "LayoutDraft",
    "LayoutRow",
    "PaperRow",
    "Prepared",
    "RegisterRow",
    "SubjectRow",
    "Verdict",
    "check",
    "export",
    "folder",
    "issue",
    "issue_to",
    "layout",
    "listing",
    "prepare",
    "register",
    "render",
    "save",
    "set_layout",
    "subjects",
    "typed",
]
