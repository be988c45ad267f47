"""Files damaged at random, from a seed: whatever comes, a reading or a refusal comes out."""

import io
import random
import re
import zipfile
from datetime import date

import pytest

from tests.conftest import SHARED
from tests.readers import files
from wfh_desktop import readers
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers import limits, parsers, sandbox
from wfh_desktop.readers.table import Sheet

PEOPLE = [(f"Pegawai {n}, S.Kom", files.nip(n), ["07:31 - 16:16", "A", "-"]) for n in range(12)]
STAFF = [
    ["No", "Nama", "NIP", "Gol", "TMT Gol", "Jabatan", "Unit Kerja"],
    *(
        [n, f"Pegawai {n}, SE", files.nip(n), "III/b", date(2021, 1 + n % 12, 1), "Analis", "Unit"]
        for n in range(30)
    ),
]
GENERATED = {
    "staff.xlsx": files.xlsx(STAFF, merged=["A40:C40"]),
    "staff.xls": files.xls([[str(cell) for cell in row] for row in STAFF]),
    "staff.csv": "\n".join(",".join(map(str, row)) for row in STAFF).encode(),
    "matrix.xls": files.matrix_html(PEOPLE),
    "matrix.xlsx": files.xlsx(files.matrix_rows(PEOPLE, date(2022, 7, 1), date(2022, 7, 31))),
    "attlog.dat": "\n".join(
        files.scan(n % 9, f"2022-11-{1 + n % 30:02} 07:{n % 60:02}:00", 1, n % 2, 1, 0)
        for n in range(80)
    ).encode(),
}
REAL = (
    "1_absensi/manado_html_kel_paal_empat_2022-07.xls",
    "1_absensi/manado_matriks_dlh.xlsx",
    "1_absensi/solution_harian_2023-12-21.xls",
    "1_absensi/1_StandardReport_en.xls",
    "1_absensi/2_attlog_crlf.dat",
    "1_absensi/ALOG_001_utf16_dept.txt",
    "1_absensi/fingerspot_scanlog_2022-01.csv",
    "3_pegawai/sikil_users.xlsx",
    "3_pegawai/mojokerto_template_DUK.xlsx",
    "3_pegawai/indag_pegawai_semicolon_bom.csv",
    "3_pegawai/dinsos_datapegawai_gabung.csv",
    "3_pegawai/kalsel_daftar_skpd_uptd_2026.xls",
)
TOKENS = (
    b"<", b">", b'"', b"&", b"\x00", b'r="-1"', b'r="999999999"', b's="99999"', b't="s"', b't="e"',
    b"<v>1e999</v>", b"<v>nan</v>", b"\xff\xfe", b'count="-5"', b"1E+400", b"&#0;", b"&#x1F600;",
    b"<table>", b"</tr>", b'<td colspan="9999">', b"\t", b";", b",", b"\n", b"\r", b"'", b"99:99",
    b"31-02-2022", b"\xef\xbf\xbd", b"\xe2\x80\x8e", b"19800101", b"0" * 18, b"NIP. ",
)  # fmt: skip
NUMBERS = (b"-1", b"0", b"99999999999999999999", b"1e308", b"2958466", b"-0.0", b"", b"13")
MUTATIONS = 20  # of each real file; seven times as many of generated ones: a thousand in all


def damaged(content, chance):
    """Damage a file, or one part of a workbook, at a few places."""
    kind = chance.random()
    if kind < 0.1:
        return content[: chance.randrange(len(content))]
    if kind < 0.3 or not content.startswith(b"PK"):
        return _bytes(content, chance)
    try:
        parts = unzipped(content)
    except zipfile.BadZipFile:
        return _bytes(content, chance)
    if chance.random() < 0.1:
        parts.pop(chance.choice(sorted(parts)))
    name = chance.choice(sorted(parts))
    parts[name] = _bytes(parts[name], chance)
    return files.zipped(parts)


def unzipped(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _bytes(content, chance):
    data = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        place, kind = chance.randrange(len(data) + 1), chance.random()
        if kind < 0.3:
            token = chance.choice(TOKENS)
            data[place : place + len(token)] = token
        elif kind < 0.5:
            data[place:place] = chance.choice(TOKENS)
        elif kind < 0.7:
            del data[place : place + chance.randrange(60)]
        elif kind < 0.85:
            data[place : place + 1] = bytes([chance.randrange(256)])
        elif spans := [one.span() for one in re.finditer(rb"\d+", bytes(data))]:
            start, end = chance.choice(spans)
            data[start:end] = chance.choice(NUMBERS)
    return bytes(data)


def parsed_here(content, parser):
    """Parse in this process: the same code, without 30 ms of start for each of many files."""
    if content.startswith(b"PK"):
        limits.check_workbook(content)
    try:
        found = parsers.PARSERS[parser](content)
    except Unreadable:
        raise
    except BaseException as fault:  # what would end the parsing process
        raise Unreadable("broken_file") from fault
    return [
        Sheet.of_rows(one["name"], one["rows"], [tuple(cells) for cells in one["merged"]])
        for one in found
    ]


def survives(content, name):
    try:
        readers.read(content, name=name)
    except Unreadable:
        return False
    return True


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_file_damaged_at_random_is_read_or_refused(name, monkeypatch):
    whole = GENERATED[name]
    assert survives(whole, name)
    if name != "staff.xls":  # what damaged BIFF does to memory stays in its own process
        monkeypatch.setattr(sandbox, "sheets", parsed_here)
    chance = random.Random(name)
    read = [
        survives(damaged(whole, chance), name)
        for _ in range(MUTATIONS * (2 if name == "staff.xls" else 7))
    ]
    assert 0 < sum(read) < len(read)


@pytest.mark.parametrize("name", REAL)
def test_a_real_file_damaged_at_random_is_read_or_refused(name):
    path = SHARED / "data" / name
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    whole, chance = path.read_bytes(), random.Random(name)
    for _ in range(MUTATIONS):
        survives(damaged(whole, chance), path.name)


def test_bytes_without_any_meaning_are_refused():
    chance = random.Random(7)
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<table>", b"\xff\xfe"):
        for _ in range(20):
            content = start + chance.randbytes(chance.randrange(1, 3000))
            assert not survives(content, "x") or start == b"<table>"
