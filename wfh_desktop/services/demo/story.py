"""The story of the demo unit as its files tell it, and when in the calendar it happens."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.people import EVERYTHING, Actor, full_name
from wfh_desktop.domain.periods import Period
from wfh_desktop.paths import DEMO
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import calendar

FIRST_DAYS = timedelta(
    days=9
)  # so long a new month has too little to show: the last one stays open
HEAD, SECRETARIAT = "lamria", "rahayu"


@dataclass(frozen=True)
class Story:
    """What is told of the unit, file by file, as read from TOML."""

    office: Mapping[str, Any]
    people: Mapping[str, Any]
    attendance: Mapping[str, Any]
    work: Mapping[str, Any]
    tpp: Mapping[str, Any]

    @classmethod
    def read(cls) -> Story:
        """Read the story that ships with the application."""
        names = ("office", "people", "attendance", "work", "tpp")
        texts = {name: (DEMO / f"{name}.toml").read_text(encoding="utf-8") for name in names}
        return cls(**{name: tomllib.loads(text) for name, text in texts.items()})


@dataclass(frozen=True)
class Stage:
    """Where and when the story is played: the unit's records by the keys of the story."""

    work: Work
    story: Story
    today: date
    zone: Zone
    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    leaves: dict[str, list[tuple[date, date]]] = field(default_factory=dict)
    days: dict[Period, tuple[date, ...]] = field(default_factory=dict)

    @property
    def opened(self) -> Period:
        """The month still open: this one, or the last while this one has hardly begun."""
        return Period.of(self.today - FIRST_DAYS)

    @property
    def closed(self) -> Period:
        """The month that is submitted and locked."""
        return self.opened.shifted(-1)

    @property
    def unit_id(self) -> int:
        """The demo unit, at the top of its tree."""
        return self.units[self.story.office["units"][0]["key"]]

    def month(self, name: str) -> Period:
        """Return the month that the story calls *name*: closed or open."""
        return {"closed": self.closed, "open": self.opened}[name]

    def at(self, day: date, hour: time = time(16, 30), *, who: str = SECRETARIAT) -> Work:
        """Return the work as *who* does it at an hour of a day, on the clocks of the unit."""
        moment = datetime.combine(day, hour, tzinfo=self.zone.offset)
        told = self.story.people[who]
        name = full_name(told["name"], told.get("front_title", ""), told.get("back_title", ""))
        return replace(self.work, actor=Actor(name, EVERYTHING), now=moment)

    def working_days(self, period: Period) -> tuple[date, ...]:
        """Return all working days of *period*."""
        if period not in self.days:
            known = calendar.calendar(self.work, self.unit_id, period)
            self.days[period] = known.working_days(period)
        return self.days[period]

    def over(self, period: Period) -> list[date]:
        """Return the working days of *period* that are over."""
        return [day for day in self.working_days(period) if day < self.today]

    def day(self, period: Period, number: int) -> date | None:
        """Return the working day *number* of *period*; None if the month has not so many.

        From 1 on; a negative number counts back from the last one that is over.
        """
        days = self.working_days(period) if number > 0 else self.over(period)
        place = number - 1 if number > 0 else number
        return days[place] if -len(days) <= place < len(days) else None

    def after(self, day: date) -> date:
        """Return the working day after *day*, or today if that has not come."""
        later = (one for month in (self.closed, self.opened) for one in self.over(month))
        return next((one for one in later if one > day), self.today)
