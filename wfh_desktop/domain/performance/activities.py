"""What a person was to achieve in a month and what was achieved, as all generations read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

# Quality (0 to 100) of a report by the rating the head gave it: the upper end of each band of
# quality in the annex of Perka BKN 1/2013 (91-100, 76-90, 61-75, 51-60, 50 and less).
QUALITY: Mapping[int, Decimal] = {
    5: Decimal(100),
    4: Decimal(90),
    3: Decimal(75),
    2: Decimal(60),
    1: Decimal(50),
}


@dataclass(frozen=True, slots=True)
class Aspect:
    """Target and realisation of one aspect, in the same unit; the target is more than 0."""

    target: Decimal
    realised: Decimal

    @property
    def percent(self) -> Decimal:
        """Realisation as percent of the target."""
        return self.realised / self.target * 100


@dataclass(frozen=True, slots=True)
class Activity:
    """One target of a month with its realisation; `cost` is None where no money is spent."""

    title: str
    quantity: Aspect
    quality: Aspect
    days: Aspect
    cost: Aspect | None = None

    @property
    def done(self) -> bool:
        """Whether anything at all was realised."""
        return self.quantity.realised > 0
