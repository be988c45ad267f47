"""Units, employees, and what was true of them when.

`valid_to` and `ends` name the last day on which a row still holds; `valid_to` is empty while
no end is known.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.discipline import SanctionLevel
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level
from wfh_desktop.persistence.models.base import Record, words


class Unit(Record):
    """A unit kerja in the tree of a region: OPD, bidang, seksi."""

    __tablename__ = "unit"

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    code: Mapped[str] = mapped_column(String(40), default="")
    name: Mapped[str] = mapped_column(String(200))
    zone: Mapped[Zone] = mapped_column(words(Zone), default=Zone.WIB)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class FormerUnit(Record):
    """What a unit was called, and to whom it belonged, until it was renamed or moved."""

    __tablename__ = "former_unit"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(200))
    decree: Mapped[str] = mapped_column(String(100), default="")  # of the change that ended it
    valid_from: Mapped[date]
    valid_to: Mapped[date]


class Letterhead(Record):
    """The kop surat of a unit, and the place its letters are dated from."""

    __tablename__ = "letterhead"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), unique=True)
    government: Mapped[str] = mapped_column(String(200), default="")
    office: Mapped[str] = mapped_column(String(200), default="")
    unit: Mapped[str] = mapped_column(String(200), default="")  # third line of a UPT or bidang
    address: Mapped[str] = mapped_column(String(400), default="")
    place: Mapped[str] = mapped_column(String(100), default="")
    logo: Mapped[bytes | None]
    number_template: Mapped[str] = mapped_column(String(200), default="")


class Signatory(Record):
    """Who signs which papers of a unit, with which words above the name."""

    __tablename__ = "signatory"
    __table_args__ = (Index(None, "unit_id", "role"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(40))  # head, secretary, personnel, treasurer
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    name: Mapped[str] = mapped_column(String(300), default="")  # of an official not in the list
    nip: Mapped[str] = mapped_column(String(18), default="")
    grade: Mapped[str] = mapped_column(String(8), default="")
    title: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[Capacity] = mapped_column(words(Capacity), default=Capacity.DEFINITIVE)
    on_behalf_of: Mapped[str] = mapped_column(String(200), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)  # entered by mistake


class Employee(Record):
    """A person who works for a unit. What changes over time is in the dated tables."""

    __tablename__ = "employee"
    __table_args__ = (Index(None, "unit_id", "name"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # today's unit
    nip: Mapped[str | None] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    front_title: Mapped[str] = mapped_column(String(60), default="")
    back_title: Mapped[str] = mapped_column(String(100), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    active: Mapped[bool] = mapped_column(default=True)


class Rank(Record):
    """Employment status and golongan of a person during a time."""

    __tablename__ = "rank"
    __table_args__ = (Index(None, "employee_id", "valid_from"),)

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    status: Mapped[EmploymentStatus] = mapped_column(words(EmploymentStatus))
    grade: Mapped[str] = mapped_column(String(8), default="")  # III/b, IX
    decree: Mapped[str] = mapped_column(String(100), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)  # entered by mistake


class Position(Record):
    """A jabatan held in a unit during a time; an acting one stands beside the definitive one."""

    __tablename__ = "position"
    __table_args__ = (Index(None, "unit_id", "valid_from"), Index(None, "employee_id"))

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    title: Mapped[str] = mapped_column(String(200))
    level: Mapped[Level] = mapped_column(words(Level))
    job_class: Mapped[int | None]  # kelas jabatan 1 to 17; None while unknown
    capacity: Mapped[Capacity] = mapped_column(words(Capacity), default=Capacity.DEFINITIVE)
    decree: Mapped[str] = mapped_column(String(100), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)  # entered by mistake


class Leave(Record):
    """A leave that was granted, from its first to its last day."""

    __tablename__ = "leave"
    __table_args__ = (Index(None, "unit_id", "starts"), Index(None, "employee_id"))

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    kind: Mapped[LeaveKind] = mapped_column(words(LeaveKind))
    starts: Mapped[date]
    ends: Mapped[date]
    document: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(400), default="")
    cancelled: Mapped[bool] = mapped_column(default=False)


class Sanction(Record):
    """A hukuman disiplin; it counts only once its decree is issued (PP 94/2021)."""

    __tablename__ = "sanction"
    __table_args__ = (Index(None, "unit_id", "starts"), Index(None, "employee_id"))

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    level: Mapped[SanctionLevel] = mapped_column(words(SanctionLevel))
    kind: Mapped[str] = mapped_column(String(200))
    decree: Mapped[str] = mapped_column(String(100), default="")  # empty: SK belum terbit
    starts: Mapped[date]
    ends: Mapped[date]
    lowered_class: Mapped[int | None]
    factor: Mapped[Decimal | None]  # share of TPP still paid, where the decree or Perkada says so
    cancelled: Mapped[bool] = mapped_column(default=False)


class Alias(Record):
    """Another name of a person: a PIN on a device, a phone number, a name in chats."""

    __tablename__ = "alias"
    __table_args__ = (Index(None, "unit_id", "kind", "device", "value", unique=True),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # pin, phone, name
    device: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[str] = mapped_column(String(200))
    withdrawn: Mapped[bool] = mapped_column(default=False)  # no longer theirs
