"""Who may sign in to a shared database, and what each may do in which unit, during which time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wfh_desktop.domain.mandates import Role
from wfh_desktop.persistence.models.base import Record, words


class Account(Record):
    """The login of one person; on PostgreSQL the role `p_<nip>` of the same name."""

    __tablename__ = "account"
    __table_args__ = (Index(None, "unit_id", "name"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # who looks after it
    login: Mapped[str] = mapped_column(String(24), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), unique=True)
    active: Mapped[bool] = mapped_column(default=True)


class Mandate(Record):
    """A role that an account holds in a unit and all below it, during a time."""

    __tablename__ = "mandate"
    __table_args__ = (Index(None, "unit_id", "valid_from"), Index(None, "account_id"))

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(words(Role))
    decree: Mapped[str] = mapped_column(String(100), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # a Plt always has an end
    withdrawn: Mapped[bool] = mapped_column(default=False)
