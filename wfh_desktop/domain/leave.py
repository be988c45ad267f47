"""Leave of every kind (PP 11/2017 articles 309 to 341; PP 49/2018 for PPPK)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.periods import Period


class LeaveKind(StrEnum):
    """Kinds of leave and study; the values are the codes of the presensi and of the TPP rules."""

    ANNUAL = "CT"  # cuti tahunan
    LONG = "CB"  # cuti besar
    SICK = "CS"  # cuti sakit
    MATERNITY = "CM"  # cuti melahirkan
    IMPORTANT = "CAP"  # cuti alasan penting
    UNPAID = "CLTN"  # cuti di luar tanggungan negara
    STUDY = "TB"  # tugas belajar
    RETIREMENT = "MPP"  # masa persiapan pensiun


@dataclass(frozen=True, slots=True)
class Span:
    """A leave from its first to its last day."""

    kind: LeaveKind
    starts: date
    ends: date

    def __contains__(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    def meets(self, other: Span) -> bool:
        """Tell whether both cover a common day."""
        return self.starts <= other.ends and other.starts <= self.ends


LONGEST_MONTHS = {  # PP 11/2017 articles 316, 319, 325, 331 and 334; a longer one is asked about
    LeaveKind.LONG: 3,
    LeaveKind.SICK: 18,
    LeaveKind.MATERNITY: 3,
    LeaveKind.IMPORTANT: 1,
    LeaveKind.UNPAID: 48,
    LeaveKind.RETIREMENT: 12,
}
ANNUAL_DAYS = 12  # PP 11/2017 article 312; 18 or 24 with what was saved from years before
LONGEST_ANNUAL_DAYS = 24


def check(span: Span, others: Iterable[Span]) -> None:
    """Raise `Invalid` if the leave ends before it starts or meets another of the same person."""
    if span.ends < span.starts:
        raise Invalid([Problem("ends", "before_start")])
    if met := [other for other in others if span.meets(other)]:
        raise Invalid(
            Problem("starts", "leave_overlaps", (other.kind, other.starts, other.ends))
            for other in met
        )


def doubts(span: Span, working_days: int) -> tuple[Problem, ...]:
    """Return what is longer than the kind allows; a decree may still allow it.

    Annual leave is counted in *working_days*, every other kind in calendar months.
    """
    if span.kind is LeaveKind.ANNUAL and working_days > LONGEST_ANNUAL_DAYS:
        return (Problem("ends", "leave_long_days", (LONGEST_ANNUAL_DAYS, working_days)),)
    longest = LONGEST_MONTHS.get(span.kind)
    if longest and span.ends >= _months_after(span.starts, longest):
        return (Problem("ends", "leave_long_months", (longest,)),)
    return ()


def days_within(span: Span, days: Iterable[date]) -> int:
    """Count the *days*, usually the working days of a month, that the leave covers."""
    return sum(day in span for day in days)


def month_index(span: Span, others: Iterable[Span], period: Period) -> int:
    """Return in which calendar month of the leave *period* lies, the first being 1.

    A leave that started in March is in its second month in April. *others* are further leaves
    of the same person: one of the same kind that ends the day before is the same leave, extended.
    Regulations that pay by month of leave (such as Permenaker 15/2024) count like this.
    """
    starts = span.starts
    same = sorted((o for o in others if o.kind is span.kind), key=lambda o: o.starts, reverse=True)
    for other in same:
        if other.starts < starts <= other.ends + timedelta(days=1):
            starts = other.starts
    first = Period.of(starts)
    return (period.year - first.year) * 12 + period.month - first.month + 1


def _months_after(day: date, months: int) -> date:
    period = Period.of(day).shifted(months)
    return date(period.year, period.month, min(day.day, period.last.day))
