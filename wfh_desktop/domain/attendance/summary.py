"""The month of one person in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median

from wfh_desktop.domain.attendance.day import PersonDay, Status, Workplace
from wfh_desktop.domain.leave import LeaveKind

WORKED = frozenset({Status.PRESENT, Status.DUTY})
FEW = 5  # one fifth of the usual number


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of days, and the minutes of every late arrival and early departure.

    *working_days* are those on which this person had to work: not holidays, and only while in
    service. Piket is worked in the office and counts in *wfo*. *attendance*, from 0 to 1, is the
    share worked of the days that were either worked or missed without excuse: leave, sickness and
    permission have their own rules and do not lower it, unclear and coming days neither.
    """

    working_days: int = 0
    present: int = 0
    wfo: int = 0
    wfh: int = 0
    duty: int = 0
    sick: int = 0
    permit: int = 0
    leave: dict[LeaveKind, int] = field(default_factory=dict)
    absent: int = 0
    late: tuple[int, ...] = ()
    early: tuple[int, ...] = ()
    missing_taps: int = 0
    unclear: int = 0
    pending: int = 0
    attendance: Decimal = Decimal(1)


def missed_holidays(months: Iterable[Sequence[PersonDay]]) -> tuple[date, ...]:
    """Return the working days on which hardly anybody came: a holiday that nobody entered?

    Fewer than one fifth of what is usual in the month. It is a question for a person, never an
    answer: small units have such days too.
    """
    came: Counter[date] = Counter()
    missing: set[date] = set()
    for day in (day for month in months for day in month):
        came[day.day] += day.status in WORKED
        if day.status is Status.ABSENT:
            missing.add(day.day)
    worked = [number for number in came.values() if number]
    usual = median(worked) if worked else 0
    return tuple(sorted(day for day in missing if came[day] * FEW < usual))


def summarise(days: Iterable[PersonDay]) -> Summary:
    """Count the days of a month."""
    days = tuple(days)
    count = Counter(day.status for day in days)
    worked = sum(count[status] for status in WORKED)
    home = sum(day.workplace is Workplace.HOME for day in days if day.status is Status.PRESENT)
    owed = worked + count[Status.ABSENT]
    return Summary(
        working_days=len(days) - count[Status.HOLIDAY],
        present=count[Status.PRESENT],
        wfo=count[Status.PRESENT] - home,
        wfh=home,
        duty=count[Status.DUTY],
        sick=count[Status.SICK],
        permit=count[Status.PERMIT],
        leave=dict(Counter(day.leave for day in days if day.leave)),
        absent=count[Status.ABSENT],
        late=tuple(day.late_minutes for day in days if day.late_minutes),
        early=tuple(day.early_minutes for day in days if day.early_minutes),
        missing_taps=sum(day.no_in + day.no_out for day in days),
        unclear=count[Status.UNCLEAR],
        pending=count[Status.PENDING],
        attendance=Decimal(worked) / Decimal(owed) if owed else Decimal(1),
    )
