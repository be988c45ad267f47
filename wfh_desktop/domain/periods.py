"""A calendar month, the period in which everything is counted and paid."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self


@dataclass(frozen=True, order=True)
class Period:
    """One month of one year."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month in which *day* lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-09`; raise `ValueError` for anything else."""
        year, month = text.split("-")
        if len(year) != 4 or len(month) != 2:
            raise ValueError(text)
        return cls(date(int(year), int(month), 1).year, int(month))

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def days(self) -> tuple[date, ...]:
        """Every day, first to last."""
        return tuple(self.first + timedelta(days=offset) for offset in range(self.last.day))

    def shifted(self, months: int) -> Self:
        """Return the month that lies *months* later, or earlier if negative."""
        years, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return type(self)(years, month + 1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"
