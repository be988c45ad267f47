"""Names that may mean the same person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain.likeness import ALIKE, alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PEGAWAI SATU", "Pegawai Satu"),
        ("Muh. Contoh", "Muhammad Contoh"),
        ("H. Contoh Pegawai", "Contoh Pegawai"),
        ("Pegawai Con", "Pegawai Contoh"),
        ("Pegawai C", "Pegawai Contoh"),
        ("Pegawai Contoh", "Pegawai Contoh Lengkap"),
        ("Pegawai Cotoh", "Pegawai Contoh"),
    ],
)
def test_spellings_of_one_name_are_alike(one, other):
    assert alike(one, other) >= ALIKE
    assert alike(other, one) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"), [("Pegawai Contoh", "Orang Lain"), ("", "Pegawai"), ("Budi", "Ani")]
)
def test_different_names_are_not(one, other):
    assert alike(one, other) < ALIKE


@given(st.text(), st.text())
def test_likeness_lies_between_nothing_and_the_same(one, other):
    assert 0 <= alike(one, other) <= 1
