"""One number for all amounts of a list, the same text in Python and in the database."""

from decimal import Decimal
from hashlib import sha256

import pytest

from wfh_desktop.domain.tpp import figures
from wfh_desktop.domain.tpp.fingerprint import Amounts, fingerprint

PAID = (
    Amounts(7, Decimal(3915950), Decimal("3719152.50"), "a" * 64),
    Amounts(12, Decimal(0), Decimal("0.00"), "b" * 64),
)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("3915950", "3915950"),
        ("3915950.00", "3915950"),
        ("3915950.10", "3915950.1"),
        ("3.9E+6", "3900000"),
        ("1E-15", "0.000000000000001"),
        ("0E+3", "0"),
        ("0.000", "0"),
        ("-0.0", "0"),
        ("100", "100"),
        ("30603.699", "30603.699"),
    ],
)
def test_an_amount_is_written_without_exponent_and_idle_zeros(amount, written):
    assert figures.plain(Decimal(amount)) == written


def test_it_is_the_digest_of_one_row_a_person():
    rows = f"7|3915950|3719152.5|{'a' * 64}\n12|0|0|{'b' * 64}"
    assert fingerprint(PAID) == sha256(rows.encode()).hexdigest()


def test_the_order_and_the_scale_of_amounts_do_not_matter():
    scaled = [one._replace(net=one.net.quantize(Decimal("0.00001"))) for one in reversed(PAID)]
    assert fingerprint(scaled) == fingerprint(PAID)


@pytest.mark.parametrize(
    "change",
    [
        {"employee_id": 8},
        {"gross": Decimal("3915950.000000000000001")},
        {"net": Decimal("3719152.51")},
        {"inputs": "c" * 64},
    ],
)
def test_whatever_changes_for_anybody_changes_it(change):
    assert fingerprint([PAID[0]._replace(**change), PAID[1]]) != fingerprint(PAID)
    assert fingerprint(PAID[:1]) != fingerprint(PAID)


def test_an_empty_list_has_one_too():
    assert fingerprint([]) == sha256(b"").hexdigest()
