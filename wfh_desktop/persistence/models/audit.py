"""The trace that the database itself keeps, the chain that seals it, and which database it is.

On PostgreSQL `change` and `seal` lie in the schema `audit` and belong to another owner.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wfh_desktop.persistence.models.base import Base

BIG = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER numbers itself there


class Change(Base):
    """One row as it was and as it became, written by a trigger whoever changed it."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "unit_id", "seq"), Index(None, "tab", "pk"))

    seq: Mapped[int] = mapped_column(BIG, primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(63), default="")  # login; empty in a file of one user
    unit_id: Mapped[int | None]
    tab: Mapped[str] = mapped_column(String(40))
    pk: Mapped[str] = mapped_column(String(40))
    op: Mapped[str] = mapped_column(String(1))  # I, U, D
    txid: Mapped[int] = mapped_column(BIG)  # SQLite: the number of the audit entry it belongs to
    addr: Mapped[str] = mapped_column(String(45), default="")
    payload: Mapped[str] = mapped_column(Text)  # JSON: {"old": {...} | null, "new": {...} | null}


class Seal(Base):
    """A link of the chain: SHA-256 over the link before and one change."""

    __tablename__ = "seal"

    seal: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BIG, ForeignKey("change.seq"), unique=True)
    hash: Mapped[str] = mapped_column(String(64))


class Installation(Base):
    """Which database this is, wherever it is copied or moved to; one row."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # always 1
    install_id: Mapped[str] = mapped_column(String(36))  # a UUID
    min_app: Mapped[str] = mapped_column(String(20), default="")  # oldest version that may write
    created_at: Mapped[datetime]
