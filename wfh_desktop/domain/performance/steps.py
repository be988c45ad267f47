"""How a score came about: every step with its formula, its values and the clause it follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation: the formula with its values, and the clause that orders it."""

    formula: str
    clause: str = ""

    def __str__(self) -> str:
        return f"{self.formula} ({self.clause})" if self.clause else self.formula


@dataclass(frozen=True, slots=True)
class Score:
    """A value with the steps that led to it."""

    value: Decimal
    steps: tuple[Step, ...] = ()


def figure(value: Decimal) -> str:
    """Write a number the Indonesian way, with at most four decimals: 1.234,5."""
    rounded = value.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    text = f"{rounded:,f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def mean(values: Iterable[Decimal]) -> Decimal:
    """Return the mean of at least one value."""
    listed = tuple(values)
    return sum(listed, Decimal()) / len(listed)


def average(name: str, values: Iterable[Decimal], clause: str = "") -> Score:
    """Return the mean of at least one value, explained as the mean called *name*."""
    listed = tuple(values)
    value = mean(listed)
    if len(listed) == 1:
        return Score(value, (Step(f"{name} = {figure(value)}", clause),))
    terms = " + ".join(figure(one) for one in listed)
    formula = f"{name} = ({terms}) / {len(listed)} = {figure(value)}"
    return Score(value, (Step(formula, clause),))
