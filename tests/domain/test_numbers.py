from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain import numbers


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("85", "85"),
        ("85,5", "85.5"),
        ("85.5", "85.5"),
        (" 1.500 ", "1500"),
        ("1.234.567,89", "1234567.89"),
        ("1234567,89", "1234567.89"),
        ("Rp2.500.000", "2500000"),
        ("Rp 2.500.000,00", "2500000"),
        ("Rp. 5000", "5000"),
        ("-3", "-3"),
        ("\u22121.000,5", "-1000.5"),
        ("0,25", "0.25"),
    ],
)
def test_numbers_are_read_as_indonesians_write_them(typed, value):
    assert numbers.read(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["", "banyak", "1,234,567", "1.23.456", "12.345.67", "NaN", "1e5", "5 laporan", "--1"]
)
def test_what_is_no_number_is_not_guessed(typed):
    assert numbers.read(typed) is None


@given(st.decimals("-1000000000", "1000000000", places=2))
def test_whatever_the_screen_writes_can_be_typed_back(value):
    text = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    assert numbers.read(text) == value
