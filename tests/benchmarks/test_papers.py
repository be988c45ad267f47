"""How long a list of 3 000 rows takes as PDF, against reportlab's own table of bare strings."""

import time
from io import BytesIO

from reportlab.lib.pagesizes import landscape
from reportlab.lib.units import mm
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

from tests.documents import samples
from wfh_desktop.documents import calculation, fonts
from wfh_desktop.documents.paper import Layout

ROWS = 3000
BAR = 4.0  # milliseconds a row


def figures(*, bench=False) -> list[dict]:
    """Measure the list and the bare table once each, in the same process."""
    fonts.register()
    listed = samples.calculation(ROWS)
    calculation.write(samples.calculation(3), Layout())  # load what is loaded once
    ours, pdf = _timed(lambda: calculation.write(listed, Layout()))
    bare, _ = _timed(lambda: _bare_table(listed))
    per_row = ours * 1000 / ROWS
    return [
        {
            "name": f"daftar {ROWS} baris menjadi PDF, per baris",
            "value": round(per_row, 3),
            "unit": "ms",
            "bar": BAR,
            "ok": per_row <= BAR,
            "note": f"{ours / bare:.2f} kali LongTable tanpa isian ({bare * 1000 / ROWS:.2f} ms"
            f" per baris); {len(pdf) / 1e6:.1f} MB",
        }
    ]


def _timed(make):
    start = time.perf_counter()
    made = make()
    return time.perf_counter() - start, made


def _bare_table(listed):
    """Return the same strings as a long table with a repeated head and a grid, nothing else."""
    rows = [["No.", "Nama", "NIP", "Gol.", "Jabatan", *(one.caption for one in listed.columns)]]
    for place, line in enumerate(listed.lines, start=1):
        person = line.person
        cells = [f"{cell:,.0f}" for cell in line.cells]
        rows.append([str(place), person.name, person.nip, person.grade, person.title, *cells])
    table = LongTable(
        rows,
        repeatRows=1,
        style=TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), "LiberationSans-Regular", 6),
                ("GRID", (0, 0), (-1, -1), 0.3, "black"),
            ]
        ),
    )
    out = BytesIO()
    sheet = landscape((215 * mm, 330 * mm))
    SimpleDocTemplate(out, pagesize=sheet, leftMargin=10 * mm, rightMargin=10 * mm).build([table])
    return out.getvalue()


def test_a_long_list_keeps_within_its_bar():
    (figure,) = figures()
    assert figure["ok"], figure
