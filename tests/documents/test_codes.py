from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.documents.codes import code


class Word(StrEnum):
    ONE = "satu"


@dataclass(frozen=True)
class Facts:
    amount: Decimal
    name: str = ""
    day: date | None = None


def test_a_code_is_short_and_can_be_read_over_the_telephone():
    found = code("daftar", Facts(Decimal(1)))
    assert len(found) == 14
    assert not set(found) & set("0189")


def test_amounts_count_by_value_and_not_by_their_zeros():
    assert code("x", Facts(Decimal("1.50"))) == code("x", Facts(Decimal("1.5")))
    assert code("x", Facts(Decimal("1E+3"))) == code("x", Facts(Decimal(1000)))


@given(st.decimals(allow_nan=False, allow_infinity=False), st.text(), st.text())
def test_different_facts_have_different_codes(amount, name, other):
    assert (code("x", Facts(amount, name)) == code("x", Facts(amount, other))) == (name == other)


@pytest.mark.parametrize(
    "pair",
    [
        (("a", "b"), ("ab", "")),
        (("a", None), ("a", "~")),
        ((1, "2"), (1, 2)),
        ({"a": 1}, {"b": 1}),
        ((date(2026, 9, 1),), ("2026-09-01",)),
        ((Word.ONE,), ("satu",)),
        (((), ("a",)), (("a",), ())),
        (b"a", "a"),
    ],
)
def test_facts_of_different_shape_are_not_confused(pair):
    one, other = pair
    assert code("x", one) != code("x", other)


def test_each_paper_has_its_own_code():
    assert code("daftar", "a") != code("rincian", "a")


def test_what_has_no_canonical_form_is_a_fault():
    with pytest.raises(TypeError, match="set"):
        code("x", {1, 2})
