"""Targets, tasks, reports with their evidence, and the score of a month."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wfh_desktop.domain.performance import Generation
from wfh_desktop.domain.targets import TargetState
from wfh_desktop.domain.tasks import TaskState
from wfh_desktop.domain.work_reports import ReportState
from wfh_desktop.persistence.models.base import Base, Record, words


class Objective(Record):
    """A sasaran of a unit in a year, to which targets are tied."""

    __tablename__ = "objective"
    __table_args__ = (Index(None, "unit_id", "year"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    title: Mapped[str] = mapped_column(String(400))


class Target(Record):
    """What one person is to achieve in one month, and what was achieved."""

    __tablename__ = "target"
    __table_args__ = (Index(None, "unit_id", "year", "month"), Index(None, "employee_id"))

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    year: Mapped[int]
    month: Mapped[int]
    title: Mapped[str] = mapped_column(String(400))
    measure: Mapped[str] = mapped_column(String(60))  # dokumen, laporan, kegiatan
    quantity: Mapped[Decimal]
    quality: Mapped[Decimal]  # 0 to 100
    days: Mapped[Decimal]  # working days allowed
    cost: Mapped[Decimal | None]
    scope_percent: Mapped[Decimal | None]  # weight of an additional achievement; None: main one
    state: Mapped[TargetState] = mapped_column(words(TargetState), default=TargetState.SET)
    done_quantity: Mapped[Decimal | None]  # None: counted from the accepted reports
    done_quality: Mapped[Decimal | None]  # None: mean of the ratings
    done_days: Mapped[Decimal | None]
    done_cost: Mapped[Decimal | None]


class Task(Record):
    """A piece of work given to one or many people."""

    __tablename__ = "task"
    __table_args__ = (Index(None, "unit_id", "due"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str] = mapped_column(String(400))
    description: Mapped[str] = mapped_column(Text, default="")
    output: Mapped[str] = mapped_column(String(400), default="")  # expected output
    given: Mapped[date]
    due: Mapped[date]
    cancelled: Mapped[bool] = mapped_column(default=False)


class Assignment(Record):
    """One person's share of a task."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index(None, "unit_id", "state"),
        Index(None, "task_id", "employee_id", unique=True),
        Index(None, "employee_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"))
    quantity: Mapped[Decimal]
    state: Mapped[TaskState] = mapped_column(words(TaskState), default=TaskState.GIVEN)


class WorkReport(Record):
    """What a person says was done on a day for an assignment."""

    __tablename__ = "work_report"
    __table_args__ = (
        Index(None, "unit_id", "state"),
        Index(None, "unit_id", "day"),
        Index(None, "employee_id", "day"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    day: Mapped[date]
    starts: Mapped[time | None]
    ends: Mapped[time | None]
    text: Mapped[str] = mapped_column(Text)
    quantity: Mapped[Decimal]
    no_evidence: Mapped[str] = mapped_column(String(400), default="")  # why no file proves it
    state: Mapped[ReportState] = mapped_column(words(ReportState), default=ReportState.DRAFT)
    submitted_at: Mapped[datetime | None]
    rating: Mapped[int | None]  # 1 to 5
    reason: Mapped[str] = mapped_column(String(400), default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")


class Evidence(Record):
    """A file that proves a report. The name is for display only, never a path."""

    __tablename__ = "evidence"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("work_report.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(20))  # jpeg, png, pdf: by content
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    withdrawn: Mapped[bool] = mapped_column(default=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class StateChange(Base):
    """One step in the life of a task or report: from where to where, by whom, why."""

    __tablename__ = "state_change"
    __table_args__ = (Index(None, "unit_id", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    subject: Mapped[str] = mapped_column(String(60))  # work_report:12
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(200))
    before: Mapped[str] = mapped_column(String(24))
    after: Mapped[str] = mapped_column(String(24))
    note: Mapped[str] = mapped_column(String(400), default="")


class Assessment(Record):
    """The score of a person's month under one generation of rules."""

    __tablename__ = "assessment"
    __table_args__ = (
        Index(None, "unit_id", "year", "month"),
        Index(None, "employee_id", "year", "month", unique=True),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    year: Mapped[int]
    month: Mapped[int]
    generation: Mapped[Generation] = mapped_column(words(Generation))
    results: Mapped[str] = mapped_column(String(24), default="")  # rating of hasil kerja
    behaviour: Mapped[str] = mapped_column(String(24), default="")  # rating of perilaku kerja
    aspects: Mapped[dict[str, Any]]  # behaviour by value, as entered
    new_idea: Mapped[bool] = mapped_column(default=False)  # PP 30/2019 article 41
    score: Mapped[Decimal | None]  # 0 to 120
    predicate: Mapped[str] = mapped_column(String(24), default="")
    note: Mapped[str] = mapped_column(String(400), default="")
