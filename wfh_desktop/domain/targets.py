"""What a person is to achieve in a month, and what a target needs to be one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from wfh_desktop.domain.errors import Invalid, Problem


class TargetState(StrEnum):
    """Life of a target; only one that is set counts for the score."""

    DRAFT = "konsep"
    SET = "ditetapkan"
    CANCELLED = "dibatalkan"


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A monthly target as typed: quantity, quality (0 to 100), working days, rupiah."""

    employee_id: int
    objective_id: int
    title: str
    measure: str
    quantity: Decimal
    quality: Decimal = Decimal(100)
    days: Decimal = Decimal(20)
    cost: Decimal | None = None
    scope_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Realisation:
    """What was achieved, entered by hand; None leaves an aspect to the accepted reports."""

    quantity: Decimal | None = None
    quality: Decimal | None = None
    days: Decimal | None = None
    cost: Decimal | None = None


def check(draft: TargetDraft) -> None:
    """Raise `Invalid` with every rule that *draft* breaks."""
    if problems := tuple(_problems(draft)):
        raise Invalid(problems)


def check_realisation(realised: Realisation) -> None:
    """Raise `Invalid` unless every aspect entered is possible."""
    problems = [
        Problem(name, "negative")
        for name in ("quantity", "quality", "days", "cost")
        if (getattr(realised, name) or 0) < 0
    ]
    if realised.quality is not None and realised.quality > 100:
        problems.append(Problem("quality", "quality_range"))
    if problems:
        raise Invalid(problems)


def _problems(draft: TargetDraft) -> Iterator[Problem]:
    for name in ("title", "measure"):
        if not getattr(draft, name).strip():
            yield Problem(name, "required")
    if not draft.objective_id:
        yield Problem("objective", "required")
    if draft.quantity <= 0:
        yield Problem("quantity", "not_positive")
    if not 0 < draft.quality <= 100:
        yield Problem("quality", "quality_range")
    if draft.days <= 0:
        yield Problem("days", "not_positive")
    if draft.cost is not None and draft.cost <= 0:
        yield Problem("cost", "not_positive")
    if draft.scope_percent is not None and not 0 < draft.scope_percent <= 100:
        yield Problem("scope_percent", "percent_range")
