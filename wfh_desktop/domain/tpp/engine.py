"""The TPP engine: a pure function from dated rules and the facts of a month to a tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from wfh_desktop.domain.tpp.trail import Node


@dataclass(frozen=True, slots=True)
class Result:
    """What a person's month is worth, in rupiah, and how it came about.

    *components* are what is paid of each component, *parts* what is left of each part (over all
    components), *deductions* what each event took, by its code.
    """

    components: Mapping[str, Decimal]
    parts: Mapping[str, Decimal]
    deductions: Mapping[str, Decimal]
    gross: Decimal
    tax: Decimal
    bpjs: Decimal
    net: Decimal
    trail: Node
