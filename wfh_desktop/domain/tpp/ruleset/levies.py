"""Schema of what is taken from the gross amount: PPh 21 and BPJS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from wfh_desktop.domain.people import EmploymentStatus
from wfh_desktop.domain.tpp.figures import ZERO


@dataclass(frozen=True, kw_only=True)
class FlatRate:
    """A tax rate in percent for golongan and statuses; empty means any."""

    rate: Decimal
    grades: tuple[str, ...] = ()
    statuses: tuple[EmploymentStatus, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Bracket:
    """A monthly effective rate, up to and including an income."""

    rate: Decimal
    up_to: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Tax:
    """PPh 21: flat by golongan, by a rate the case gives, or by TER; perhaps borne by government.

    With TER the rate of salary plus TPP is taken of both, less the tax of the salary itself;
    *brackets* are by category A, B, C and come from the table file named by *table*.
    """

    kind: Literal["none", "flat", "rate", "ter"]
    rates: tuple[FlatRate, ...] = ()
    metric: str = ""
    table: str = ""
    brackets: Mapping[str, tuple[Bracket, ...]] = field(default_factory=dict)
    borne: bool = False
    clause: str = ""
    note: str = ""
    option: str = ""


@dataclass(frozen=True, kw_only=True)
class Bpjs:
    """The health contribution: percent of the TPP, up to a cap that the salary has used first."""

    employee: Decimal
    employer: Decimal = ZERO
    cap: Decimal | None = None
    salary_metric: str = ""
    clause: str = ""
    note: str = ""
    option: str = ""
