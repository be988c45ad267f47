"""How an office wants its papers, and every paper it has issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wfh_desktop.persistence.models.base import Record


class PaperLayout(Record):
    """Sheet, margins, typeface and fixed words of a unit's papers, and of those of units below."""

    __tablename__ = "paper_layout"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), unique=True)
    size: Mapped[str] = mapped_column(String(8))  # F4, A4
    typeface: Mapped[str] = mapped_column(String(40))
    letter: Mapped[list[Any]]  # margins of upright sheets in mm: top, right, bottom, left
    sheet: Mapped[list[Any]]  # of sheets that lie across
    decimals: Mapped[int]  # of rupiah
    placeholder: Mapped[bool]  # leave ${ttd_pengirim} for the electronic signature
    subtotals: Mapped[bool]  # a sum for each golongan
    addressee: Mapped[str] = mapped_column(String(400), default="")  # one line of the letter each
    nature: Mapped[str] = mapped_column(String(40), default="Biasa")
    copies: Mapped[str] = mapped_column(String(800), default="")  # tembusan, one a line


class PrintedPaper(Record):
    """A paper that was issued; a final one byte for byte, so that a reprint is the same."""

    __tablename__ = "printed_paper"
    __table_args__ = (Index(None, "unit_id", "year", "month"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    month: Mapped[int]
    paper: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60), default="")  # employee:12, or empty
    revision: Mapped[int]
    draft: Mapped[bool]
    code: Mapped[str] = mapped_column(String(20))  # of what it says; printed on every page
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # empty for a draft
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(200))
