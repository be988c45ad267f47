"""Reports of work done, what they need, and the only ways between their states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from wfh_desktop.domain.errors import Invalid, Problem


class ReportState(StrEnum):
    """Life of a work report."""

    DRAFT = "konsep"
    SUBMITTED = "menunggu"
    RETURNED = "dikembalikan"
    ACCEPTED = "diterima"
    WITHDRAWN = "dibatalkan"


EDITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
DECIDED = frozenset({ReportState.ACCEPTED, ReportState.RETURNED})
LONGEST_REASON = 400

STEPS = frozenset(
    {
        (ReportState.DRAFT, ReportState.SUBMITTED),
        (ReportState.RETURNED, ReportState.SUBMITTED),
        (ReportState.SUBMITTED, ReportState.ACCEPTED),
        (ReportState.SUBMITTED, ReportState.RETURNED),
        (ReportState.DRAFT, ReportState.WITHDRAWN),
        (ReportState.SUBMITTED, ReportState.WITHDRAWN),
        (ReportState.RETURNED, ReportState.WITHDRAWN),
        # Taking a decision back puts the report before the head again.
        (ReportState.ACCEPTED, ReportState.SUBMITTED),
        # Taking a withdrawal back leaves it to its author again.
        (ReportState.WITHDRAWN, ReportState.DRAFT),
    }
)


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """A report as typed. *no_evidence* is the reason why no file proves it, if none does."""

    assignment_id: int
    day: date
    text: str
    quantity: Decimal
    starts: time | None = None
    ends: time | None = None
    no_evidence: str = ""


def step(before: ReportState, after: ReportState) -> ReportState:
    """Return *after* if a report may get there from *before*; raise `Invalid` otherwise."""
    if (before, after) not in STEPS:
        raise Invalid([Problem("report", "report_step", (before, after))])
    return after


def check(draft: ReportDraft, *, given: date, today: date, has_evidence: bool) -> None:
    """Raise `Invalid` with everything that keeps *draft* from being submitted.

    *given* is the day the task was given. No verification without supporting documents (practice
    of SE Wonosobo 060/077): a file, or the reason why there is none.
    """
    if problems := tuple(_problems(draft, given, today, has_evidence)):
        raise Invalid(problems)


def check_return(reason: str) -> str:
    """Return the one-line reason of a return, trimmed; raise `Invalid` unless there is one."""
    line = " ".join(reason.split())
    if not line:
        raise Invalid([Problem("reason", "required")])
    if len(line) > LONGEST_REASON:
        raise Invalid([Problem("reason", "too_long", (LONGEST_REASON,))])
    return line


def check_rating(rating: int) -> int:
    """Return *rating* if it is one of 1 to 5; raise `Invalid` otherwise."""
    if rating not in range(1, 6):
        raise Invalid([Problem("rating", "rating_range")])
    return rating


def _problems(
    draft: ReportDraft, given: date, today: date, has_evidence: bool
) -> Iterator[Problem]:
    if not draft.text.strip():
        yield Problem("text", "required")
    if draft.quantity <= 0:
        yield Problem("quantity", "not_positive")
    if draft.day > today:
        yield Problem("day", "in_future")
    if draft.day < given:
        yield Problem("day", "before_task", (given,))
    if draft.starts and draft.ends and draft.ends <= draft.starts:
        yield Problem("ends", "ends_before_start")
    if not has_evidence and not draft.no_evidence.strip():
        yield Problem("evidence", "no_evidence")
