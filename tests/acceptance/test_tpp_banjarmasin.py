"""The real sheet of a hospital in Banjarmasin recalculates to the rupiah, through `wfhctl`."""

import json
from decimal import Decimal

from openpyxl import load_workbook

from tests.conftest import real
from wfh_desktop.cli import main

SHEET, FIRST, UNIT = "RS (68%)", 8, "0.68"
BASE = {"BK": 9, "PK": 10, "KK": 11, "KP": 12}  # columns J to M
PAID = {"BK": 21, "PK": 25, "KK": 27, "KP": 29}  # columns V, Z, AB, AD
TOTAL = 30  # column AE


def exact(value):
    """A cell as it was typed: 0.9695, not its nearest binary neighbour."""
    return Decimal(str(value))


def rows():
    book = load_workbook(real("5_tpp", "bjm_tpp_rs_jan2025_DEV_CUT.xlsx"), data_only=True)
    found = []
    for row in book[SHEET].iter_rows(min_row=FIRST, values_only=True):
        if row[6] is None or row[8] is None:
            break
        found.append(row)
    return found


def case(row):
    basic = exact(row[8])
    return {
        "period": "2025-01",
        "person": {"job_class": row[6]},
        "base": {code: str(basic * exact(row[place])) for code, place in BASE.items()},
        "metrics": {"attendance": str(exact(row[14])), "activity_minutes": str(row[15])},
        "performance": {"predicate": row[16] or ""},
        "multipliers": {"UNIT": UNIT},
    }


def test_all_246_rows_of_the_hospital_recalculate_without_a_difference(tmp_path, capsys):
    sheet = rows()
    assert len(sheet) == 246
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([case(row) for row in sheet]), encoding="utf-8")
    status = main(["calculate", "--rules", "banjarmasin-2025", "--case", str(path), "--json"])
    assert status == 0
    results = json.loads(capsys.readouterr().out)
    differences = [
        (number, code)
        for number, (row, result) in enumerate(zip(sheet, results, strict=True), FIRST)
        for code, place in PAID.items()
        if Decimal(result["components"][code]) != exact(row[place])
    ] + [
        (number, "total")
        for number, (row, result) in enumerate(zip(sheet, results, strict=True), FIRST)
        if Decimal(result["gross"]) != exact(row[TOTAL])
    ]
    assert differences == []
