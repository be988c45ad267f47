"""Every published example about a shipped rule set, through `wfhctl`, to the last rupiah."""

import json
from decimal import Decimal

import pytest

from tests.conftest import SHARED
from wfh_desktop.cli import main

PERMENAKER = "permenaker-15-2024"


@pytest.fixture(scope="module")
def examples():
    path = SHARED / "examples" / "worked_examples.json"
    if not path.exists():
        pytest.skip("the worked examples are not here")
    content = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return {one["id"]: one for one in content["examples"]}


@pytest.fixture
def calculated(tmp_path, capsys):
    def run(rules, case):
        path = tmp_path / "case.json"
        path.write_text(json.dumps(case, default=str), encoding="utf-8")
        assert main(["calculate", "--rules", rules, "--case", str(path), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def kemnaker(inputs):
    """An example of Permenaker 15/2024 as a case."""
    counts = {
        "TK": inputs["alpa_hari"],
        "TAP": inputs["tidak_presensi_kejadian"],
        "UPACARA": inputs["tidak_upacara_kejadian"],
    }
    minutes = {
        "TL": inputs["terlambat_menit"],
        "PSW": inputs["pulang_cepat_menit"],
        "MK": inputs["meninggalkan_kantor_menit"],
    }
    case = {
        "person": {"job_class": inputs["kelas_jabatan"]},
        "performance": {"predicate": inputs.get("predikat", "Baik")},
        "events": [{"code": code, "count": n} for code, n in counts.items() if n]
        + [{"code": code, "minutes": n} for code, n in minutes.items() if n],
        "metrics": {},
        "leave": [],
    }
    if "tarif_pph" in inputs:
        case["metrics"]["tax_rate"] = inputs["tarif_pph"]
    if "cuti_tahunan_hari" in inputs:
        case["leave"].append({"code": "CT", "days": inputs["cuti_tahunan_hari"]})
    if inputs.get("cuti") == "besar":
        case["leave"].append({"code": "CB", "month_index": inputs["cuti_bulan_ke"]})
    return case


def test_the_recorded_payment_of_july_2026(examples, calculated):
    example = examples["KEMNAKER-01"]
    result = calculated("kemnaker-15-2024", kemnaker(example["inputs"]))
    taken = sum(map(Decimal, result["deductions"].values()))
    assert taken == example["expected"]["potongan_rupiah_tepat"]
    assert Decimal(result["net"]) == example["expected"]["dibayarkan"]


def test_an_unexcused_day_costs_three_percent_of_the_thirty_percent_part(examples, calculated):
    result = calculated("kemnaker-15-2024", kemnaker(examples["KEMNAKER-05"]["inputs"]))
    assert result["deductions"] == {"TK": "53812.8"}
    expected = examples["KEMNAKER-05"]["expected"]
    assert round(Decimal(result["deductions"]["TK"])) == expected["potongan_rupiah"]
    assert Decimal(result["deductions"]["TK"]) < expected["salah_bila"]


@pytest.mark.parametrize("name", ["KEMNAKER-08", "KEMNAKER-09"])
def test_the_performance_part_is_that_of_the_official_annex(name, examples, calculated):
    example = examples[name]
    result = calculated("kemnaker-15-2024", kemnaker(example["inputs"]))
    assert Decimal(result["parts"]["KINERJA"]) == example["expected"]["komponen_kinerja"]


def test_long_leave_pays_its_share_of_the_class_tariff(examples, calculated):
    example = examples["KEMNAKER-12"]
    result = calculated("kemnaker-15-2024", kemnaker(example["inputs"]))
    assert Decimal(result["gross"]) == example["expected"]["tukin"]


def test_sick_leave_pays_less_from_month_to_month(examples, calculated):
    example = examples["KEMNAKER-13"]
    base = Decimal(4_595_200)  # a quarter of it is a whole rupiah
    cases = [
        {
            "base": {"TOTAL": base},
            "performance": {"predicate": "Baik"},
            "leave": [{"code": "CS", "month_index": month}],
        }
        for month in example["inputs"]["per_bulan"]
    ]
    results = calculated("kemnaker-15-2024", cases)
    shares = [Decimal(one["gross"]) / base for one in results]
    assert shares == example["expected"]["persen_dibayar"]


def test_a_flat_tax_is_taken_of_the_gross_and_not_rounded(examples, calculated):
    example = examples["KEMNAKER-15"]
    result = calculated("kemnaker-15-2024", kemnaker(example["inputs"]))
    assert Decimal(result["tax"]) == example["expected"]["pph"]
    assert Decimal(result["net"]) == example["expected"]["dibayarkan"]


def test_the_row_of_class_12_in_the_payment_file_is_one_missing_tap(examples, calculated):
    row = examples["KEMNAKER-17"]["inputs"]["rows"][1]
    case = {
        "person": {"job_class": row["kelas"]},
        "performance": {"predicate": "Baik"},
        "events": [{"code": "TAP", "count": 1}],
    }
    result = calculated("kemnaker-15-2024", case)
    assert Decimal(result["net"]) == row["bersih"]
    assert (
        row["bruto"] - Decimal(result["net"]) == examples["KEMNAKER-17"]["expected"]["potongan"][1]
    )


@pytest.mark.parametrize("name", ["HARIAN-01", "HARIAN-02"])
def test_a_day_under_the_daily_rule(name, examples, calculated):
    inputs, expected = examples[name]["inputs"], examples[name]["expected"]
    case = {
        "base": {"TOTAL": inputs["tpp_bulanan"]},
        "metrics": {"paid_days": 1},
        "events": [{"code": "TK", "days": 1}] if inputs.get("alpa") else [],
    }
    result = calculated("daily-22", case)
    assert sum(map(Decimal, result["deductions"].values())) == expected["potongan"]
    assert Decimal(result["net"]) == expected["diterima"]
