"""Why a backup is made, what its name says, and which old ones may go."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

EVERYTHING_FOR = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9  # how many days, weeks and months keep their last backup
CLOSES_FOR = timedelta(days=730)
OFTEN = timedelta(days=1)  # a backup at the start of work if the last one is older
TRIAL = timedelta(days=30)  # between two trial restores
REMIND = timedelta(days=7)  # how long the second place may be away without a word

_NAME = re.compile(r"(?P<database>.+)-(?P<moment>\d{8}-\d{6})-(?P<why>[a-z]+)(-\d+)?\.db")
_MOMENT = "%Y%m%d-%H%M%S"


class Reason(StrEnum):
    """Why a backup was made; the value is part of its name."""

    DAILY = "harian"
    ASKED = "diminta"
    UPGRADE = "pembaruan"
    IMPORT = "impor"
    CLOSE = "kunci"
    RESTORE = "pemulihan"


class State(StrEnum):
    """What is known of a backup."""

    GOOD = "baik"
    SUSPECT = "meragukan"  # readable and whole, but what it says contradicts itself
    DAMAGED = "rusak"
    UNKNOWN = "belum diperiksa"


@dataclass(frozen=True, order=True)
class Kept:
    """A backup as the rule of thinning sees it."""

    moment: datetime
    why: Reason


def file_name(database: str, kept: Kept) -> str:
    """Return `wfh-20261122-083000-harian.db`, the moment in UTC."""
    return f"{database}-{kept.moment.astimezone(UTC):{_MOMENT}}-{kept.why}.db"


def read_name(name: str) -> tuple[str, Kept] | None:
    """Return the database and the backup that a file name speaks of, or None."""
    found = _NAME.fullmatch(name)
    if found is None or found["why"] not in set(Reason):
        return None
    try:
        moment = datetime.strptime(found["moment"], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return found["database"], Kept(moment, Reason(found["why"]))


def keep(taken: Iterable[Kept], now: datetime) -> set[Kept]:
    """Return those of *taken* that stay.

    All of the last two days, the last of each of 12 days, 10 weeks and 9 months that have one,
    and those of month closes for two years. Whatever the clock says, the newest one stays.
    """
    newest_first = sorted(taken, reverse=True)
    stay = {
        one
        for one in newest_first
        if now - one.moment <= EVERYTHING_FOR
        or (one.why is Reason.CLOSE and now - one.moment <= CLOSES_FOR)
    }
    for span, count in ((_day, DAILY), (_week, WEEKLY), (_month, MONTHLY)):
        stay |= _last_of_each(newest_first, span, count)
    return stay


def _last_of_each(
    newest_first: list[Kept], span: Callable[[datetime], Hashable], count: int
) -> set[Kept]:
    found: dict[Hashable, Kept] = {}
    for one in newest_first:
        if len(found) < count or span(one.moment) in found:
            found.setdefault(span(one.moment), one)
    return set(found.values())


def _day(moment: datetime) -> Hashable:
    return moment.date()


def _week(moment: datetime) -> Hashable:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> Hashable:
    return moment.year, moment.month
