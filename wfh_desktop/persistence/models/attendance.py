"""Dated work hours, holidays, and what is known of each person's days."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wfh_desktop.domain.attendance import Source, Status, Workplace
from wfh_desktop.domain.calendar import HolidayKind
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.persistence.models.base import Base, Record, words


class Schedule(Record):
    """Work hours of a unit during a time; the latest that is valid on a day holds."""

    __tablename__ = "schedule"
    __table_args__ = (Index(None, "unit_id", "valid_from"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(100))
    hours: Mapped[dict[str, Any]]  # {"0": {"starts": "07:30", "ends": "16:00", "rest": 60}, ...}
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    legal_basis: Mapped[str] = mapped_column(String(200), default="")
    repeat_seconds: Mapped[int] = mapped_column(default=60)  # scans so close are one touch
    cancelled: Mapped[bool] = mapped_column(default=False)


class Holiday(Record):
    """A day off: national (no unit) or of one unit and all below it."""

    __tablename__ = "holiday"
    __table_args__ = (Index(None, "unit_id", "day"),)

    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[HolidayKind] = mapped_column(words(HolidayKind))
    source: Mapped[str] = mapped_column(String(100), default="")
    cancelled: Mapped[bool] = mapped_column(default=False)
    seeded_day: Mapped[date | None]  # the day it was first seeded with, wherever users moved it


class ImportedFile(Record):
    """A file as it came in, kept as the evidence of what was taken from it."""

    __tablename__ = "imported_file"
    __table_args__ = (Index(None, "unit_id", "sha256"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(200))
    summary: Mapped[dict[str, Any]]


class Scan(Base):
    """One touch of an attendance machine, in the wall time of the unit. Never edited."""

    __tablename__ = "scan"
    __table_args__ = (
        Index(None, "unit_id", "device", "pin", "day", "at", unique=True),
        Index(None, "unit_id", "day"),
        Index(None, "employee_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    device: Mapped[str] = mapped_column(String(40))
    pin: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    at: Mapped[time]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imported_file.id"))


class DayEntry(Record):
    """What one source says of a person's day: times, or a code such as dinas luar."""

    __tablename__ = "day_entry"
    __table_args__ = (
        Index(None, "unit_id", "day"),
        Index(None, "employee_id", "day", "source", unique=True),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    day: Mapped[date]
    source: Mapped[Source] = mapped_column(words(Source))
    status: Mapped[Status | None] = mapped_column(words(Status))  # None: judge by the times
    workplace: Mapped[Workplace | None] = mapped_column(words(Workplace))
    time_in: Mapped[time | None]
    time_out: Mapped[time | None]
    leave: Mapped[LeaveKind | None] = mapped_column(words(LeaveKind))
    note: Mapped[str] = mapped_column(String(400), default="")
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imported_file.id"))


class Correction(Record):
    """A change to a day, kept beside the original: who, when, why, on what evidence."""

    __tablename__ = "correction"
    __table_args__ = (Index(None, "unit_id", "day"), Index(None, "employee_id", "day"))

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    day: Mapped[date]
    status: Mapped[Status | None] = mapped_column(words(Status))  # None: judge by the times
    time_in: Mapped[time | None]
    time_out: Mapped[time | None]
    workplace: Mapped[Workplace | None] = mapped_column(words(Workplace))
    leave: Mapped[LeaveKind | None] = mapped_column(words(LeaveKind))
    reason: Mapped[str] = mapped_column(String(400))
    evidence: Mapped[str] = mapped_column(String(200), default="")
    actor: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    withdrawn: Mapped[bool] = mapped_column(default=False)
