"""Which TPP rules and amounts hold for a unit, and the recommendations made under them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.models.base import Record, words


class RuleChoice(Record):
    """The rule set under which a unit is paid during a time."""

    __tablename__ = "rule_choice"
    __table_args__ = (Index(None, "unit_id", "valid_from"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    rule_id: Mapped[str] = mapped_column(String(60))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    unit_factor: Mapped[Decimal | None]  # the multiplier UNIT, where the rule set has one


class BaseAmount(Record):
    """Rupiah a month of one component for a class, or for one jabatan, as the Perkada sets it."""

    __tablename__ = "base_amount"
    __table_args__ = (Index(None, "unit_id", "rule_id", "valid_from"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    rule_id: Mapped[str] = mapped_column(String(60))
    component: Mapped[str] = mapped_column(String(10))  # BK PK TB KK KP PO TOTAL
    job_class: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(200), default="")  # wins over the class if it matches
    amount: Mapped[Decimal]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Ceiling(Record):
    """The pagu: what a unit may spend on TPP in a month, in rupiah."""

    __tablename__ = "ceiling"
    __table_args__ = (Index(None, "unit_id", "year", "month", unique=True),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    month: Mapped[int]
    amount: Mapped[Decimal | None]  # None: taken back, so that nothing is checked


class ConductEvent(Record):
    """Something that counts for TPP and is in no scan: a missed apel or upacara, LHKPN, TGR."""

    __tablename__ = "conduct_event"
    __table_args__ = (Index(None, "unit_id", "day"), Index(None, "employee_id"))

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    day: Mapped[date]
    code: Mapped[str] = mapped_column(String(20))
    count: Mapped[int] = mapped_column(default=1)
    minutes: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(400), default="")
    document: Mapped[str] = mapped_column(String(200), default="")
    cancelled: Mapped[bool] = mapped_column(default=False)


class MonthFigure(Record):
    """A number of a person's month that the rules ask for and nothing here measures: a salary."""

    __tablename__ = "month_figure"
    __table_args__ = (
        Index(None, "unit_id", "year", "month"),
        Index(None, "employee_id", "year", "month", "code", unique=True),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    year: Mapped[int]
    month: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))  # of the metric in the rule set
    value: Mapped[Decimal | None]  # None: taken back


class Recommendation(Record):
    """A unit's TPP recommendation for a month, one row a revision; a final one never changes."""

    __tablename__ = "recommendation"
    __table_args__ = (Index(None, "unit_id", "year", "month", "revision", unique=True),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    month: Mapped[int]
    revision: Mapped[int]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("recommendation.id"))
    state: Mapped[State] = mapped_column(words(State), default=State.DRAFT)
    reason: Mapped[str] = mapped_column(String(400), default="")
    rule_id: Mapped[str] = mapped_column(String(60))
    rule_digest: Mapped[str] = mapped_column(String(64))
    snapshot: Mapped[dict[str, Any]]  # calendar, schedule, letterhead, signatories, ceiling
    computed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[str] = mapped_column(String(200), default="")
    submitted_login: Mapped[str] = mapped_column(String(63), default="")
    locked_at: Mapped[datetime | None]
    locked_by: Mapped[str] = mapped_column(String(200), default="")
    locked_login: Mapped[str] = mapped_column(String(63), default="")
    number: Mapped[str] = mapped_column(String(100), default="")
    dated: Mapped[date | None]
    digest: Mapped[str] = mapped_column(String(64), default="")  # of all lines, once locked
    confirmed: Mapped[str] = mapped_column(String(64), default="")  # as recalculated by who locks


class RecommendationLine(Record):
    """One person in a recommendation, with everything the amount was made from."""

    __tablename__ = "recommendation_line"
    __table_args__ = (
        Index(None, "unit_id", "recommendation_id"),
        Index(None, "recommendation_id", "employee_id", unique=True),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    place: Mapped[int]  # order on the list
    person: Mapped[dict[str, Any]]  # name, NIP, grade, jabatan, class as they were
    facts: Mapped[dict[str, Any]]  # the case the engine calculated, with its source rows
    result: Mapped[dict[str, Any]]  # amounts and trail
    gross: Mapped[Decimal]
    net: Mapped[Decimal]
    inputs: Mapped[str] = mapped_column(String(64), default="")  # SHA-256 of the facts
    written_by: Mapped[str] = mapped_column(String(63), default="")  # login; never their own line
    withdrawn: Mapped[bool] = mapped_column(default=False)  # no longer on the list
