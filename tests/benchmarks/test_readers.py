"""How long a staff list of 50 000 rows takes to read, against python-calamine alone."""

import io
import time
from datetime import date, timedelta

import openpyxl
from python_calamine import CalamineWorkbook

from wfh_desktop import readers

ROWS = 50_000
RUNS = 7
BAR = 2.0  # times
HEAD = (
    "NIP", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "GOL AKHIR NAMA", "TMT GOLONGAN",
    "JENIS JABATAN NAMA", "JABATAN NAMA", "UNOR (2)", "UNOR (1)",
)  # fmt: skip


def figures(*, bench=False) -> list[dict]:
    """Read the same workbook in turns, both ways; the fastest of each is free of other load."""
    content = workbook()
    ours, alone, count = [], [], 0
    for _ in range(RUNS):
        start = time.perf_counter()
        count = len(readers.read(content).staff)
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        alone.append(time.perf_counter() - start)
    times = min(ours) / min(alone)
    return [
        {
            "name": f"membaca XLSX {ROWS} baris, dibanding python-calamine sendiri",
            "value": round(times, 2),
            "unit": "kali",
            "bar": BAR,
            "ok": times <= BAR and count == ROWS,
            "note": f"{min(ours):.2f} s untuk {count} pegawai, python-calamine {min(alone):.2f} s",
        }
    ]


def workbook() -> bytes:
    """Return a list of invented people in the columns of a SIASN export."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.append(HEAD)
    for number in range(ROWS):
        born = date(1968, 1, 1) + timedelta(days=number % 9000)
        start, serial = f"{born.year + 25}{number % 9 + 1:02}", number // 9000 + 101
        sheet.append(
            (
                f"{born:%Y%m%d}{start}{number % 2 + 1}{serial}",
                f"PEGAWAI CONTOH {number}",
                "Drs." if number % 20 == 0 else "",
                "S.E.",
                f"III/{'abcd'[number % 4]}",
                date(2020, 1 + number % 12, 1 + number % 28),
                "Jabatan Pelaksana",
                f"ANALIS CONTOH {number % 200}",
                f"BIDANG {number % 40}",
                f"DINAS CONTOH {number % 30}",
            )
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_long_list_is_read_within_its_bar():
    (figure,) = figures()
    assert figure["ok"], figure


def test_nothing_is_doubted_in_a_sound_list():
    assert readers.read(workbook()).problems == ()
