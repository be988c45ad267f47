"""Names with degrees, as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.readers.names import split


@pytest.mark.parametrize(
    ("written", "front", "name", "back"),
    [
        ("Ir. Pegawai, M.Si", "Ir.", "Pegawai", "M.Si"),
        ("PEGAWAI SATU CONTOH, M.PD", "", "PEGAWAI SATU CONTOH", "M.PD"),
        ("Pegawai Satu. M.Ti.", "", "Pegawai Satu", "M.Ti."),
        ("Pegawai Satu S.Sos", "", "Pegawai Satu", "S.Sos"),
        ("PEGAWAI SATU SH", "", "PEGAWAI SATU", "SH"),
        ("Pegawai, S. Sos", "", "Pegawai", "S. Sos"),
        ("Pegawai S. Sos", "", "Pegawai", "S. Sos"),
        ("Pegawai S,Sos", "", "Pegawai", "S,Sos"),
        ("Pegawai Contoh S, STP, ME", "", "Pegawai Contoh", "S, STP, ME"),
        ("Pegawai Satu,ST.M.Si", "", "Pegawai Satu", "ST.M.Si"),
        ("Pegawai,SH.MM", "", "Pegawai", "SH.MM"),
        ("Pegawai, A. Md. Kom", "", "Pegawai", "A. Md. Kom"),
        ("PEGAWAI, S.Kep., Ns", "", "PEGAWAI", "S.Kep., Ns"),
        ("Pegawai, ST., MT.", "", "Pegawai", "ST., MT."),
        ("Drs. H. Pegawai", "Drs. H.", "Pegawai", ""),
        ("H. M. Pegawai", "H.", "M. Pegawai", ""),
        ("Hj.Pegawai", "Hj.", "Pegawai", ""),
        ("dr.Hj. Pegawai, Sp.PD", "dr.Hj.", "Pegawai", "Sp.PD"),
        ("Prof. Dr. Ir. H. Pegawai, M.Sc., Ph.D", "Prof. Dr. Ir. H.", "Pegawai", "M.Sc., Ph.D"),
        ("DRA PEGAWAI", "DRA", "PEGAWAI", ""),
        ("M. PEGAWAI", "", "M. PEGAWAI", ""),
        ("A. Pegawai", "", "A. Pegawai", ""),
        ("Muh. Pegawai", "", "Muh. Pegawai", ""),
        ("PEGAWAI. M", "", "PEGAWAI. M", ""),
        ("ST. PEGAWAI CONTOH", "", "ST. PEGAWAI CONTOH", ""),
        ("Pegawai A. Contoh, SE", "", "Pegawai A. Contoh", "SE"),
        ("Contoh, Pegawai Satu", "", "Contoh, Pegawai Satu", ""),
        ("P e g a, S.Si", "", "P e g a", "S.Si"),
        ("SE", "", "SE", ""),
        ("Pegawai,, SH", "", "Pegawai", "SH"),
    ],
)
def test_degrees_are_told_from_the_name(written, front, name, back):
    assert split(written) == (name, front, back)


@given(st.text(max_size=60))
def test_no_name_brings_the_splitting_down_or_loses_letters(written):
    shown = " ".join(written.split())
    parts = split(shown)
    kept = sum(map(str.isalnum, "".join(parts)))
    assert kept == sum(map(str.isalnum, shown))
