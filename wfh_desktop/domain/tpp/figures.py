"""Exact decimal numbers of a calculation: how they are rounded, written and kept free of noise."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from enum import StrEnum
from functools import lru_cache

# Rupiah are kept to 15 decimals. Up to 10^12 rupiah a figure then has no more than 28 digits, so
# that anybody who adds figures up, also in Python's default context, gets the exact sum.
PLACES = 15
PRECISION = 100  # within a calculation, before an amount is kept
EXACT = Context(
    prec=PRECISION, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow]
)
GRAIN = Decimal(1).scaleb(-PLACES)
SHORT = PLACES - 1  # a figure with no more decimals is exact, not cut off
NOISE_FREE = Decimal("1e-12")
ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
_SWAP = str.maketrans(",.", ".,")


class Mode(StrEnum):
    """How a figure is rounded."""

    HALF_UP = "half_up"
    FLOOR = "floor"
    TRUNC = "trunc"
    CEIL = "ceil"
    NONE = "none"


ROUNDINGS = {
    Mode.HALF_UP: ROUND_HALF_UP,
    Mode.FLOOR: ROUND_FLOOR,
    Mode.TRUNC: ROUND_DOWN,
    Mode.CEIL: ROUND_CEILING,
}


def tidy(value: Decimal) -> Decimal:
    """Return *value* to 15 places, so that a third of something adds up like any other figure."""
    grains = EXACT.scaleb(value, PLACES)
    return value if grains == grains.to_integral_value() else EXACT.quantize(value, GRAIN)


def slim(value: Decimal) -> Decimal:
    """Return *value* without idle zeros behind the comma, never as minus zero."""
    whole = value.to_integral_value()
    return (whole or ZERO) if whole == value else EXACT.normalize(value)


def rounded(value: Decimal, mode: Mode, step: Decimal) -> Decimal:
    """Return *value* as a multiple of *step*, half away from zero with `HALF_UP`.

    An exact figure is rounded exactly. One that a division left with endless decimals is first
    freed of the noise of its last places: three thirds of a rupiah are one rupiah, also where
    decimals are cut off.
    """
    if mode is Mode.NONE:
        return value
    grains = EXACT.scaleb(value, SHORT)
    clean = value if grains == grains.to_integral_value() else EXACT.quantize(value, NOISE_FREE)
    if step == 1:
        return clean.to_integral_value(ROUNDINGS[mode])
    units = EXACT.divide(clean, step).to_integral_value(ROUNDINGS[mode])
    return EXACT.multiply(units, step)


def plain(value: Decimal) -> str:
    """Return `30603.699`: no exponent, no idle zeros, no minus zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=8192)
def number(value: Decimal, least: int = 0, most: int = 6) -> str:
    """Return `1.234,5`: dots between thousands, as many decimals as needed within the limits."""
    text = f"{value:,.{most}f}"
    if most > least:
        whole, _, decimals = text.partition(".")
        decimals = decimals[:least] + decimals[least:].rstrip("0")
        text = f"{whole}.{decimals}" if decimals else whole
    return text.translate(_SWAP)


@lru_cache(maxsize=8192)
def rupiah(amount: Decimal) -> str:
    """Return `Rp1.378.545,00`, with more decimals only where the exact amount has them."""
    text = number(amount, 2)
    return f"-Rp{text[1:]}" if text[0] == "-" else f"Rp{text}"


@lru_cache(maxsize=8192)
def inside(label: str) -> str:
    """Return *label* as it stands within a sentence: `kehadiran`, but `TPP harian`."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


@lru_cache(maxsize=8192)
def percent(value: Decimal) -> str:
    """Return `2,22 %`."""
    return f"{number(value)} %"
