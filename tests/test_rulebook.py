"""Rule files: read with exact numbers, refused with a place, proven by their examples."""

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from wfh_desktop import rulebook, words
from wfh_desktop.cli import main
from wfh_desktop.domain.errors import Invalid, Refusal, Unreadable
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.engine import calculate
from wfh_desktop.paths import RULES

SHIPPED = (
    "banjarmasin-2025",
    "daily-22",
    "jambi",
    "karawang",
    "kemnaker-15-2024",
    "manado-2022",
    "samarinda-31-2022",
)
SOURCES = Path(words.__file__).parents[1]


@pytest.fixture
def edited(tmp_path):
    """Write a copy of a rule file with some text replaced; return its path."""

    def edit(*changes, rule_id="daily-22"):
        text = (RULES / f"{rule_id}.toml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / f"{rule_id}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return edit


def said(refusal):
    return words.explain(refusal.value)


# What ships.


def test_the_rule_sets_that_ship_are_these_and_the_template_is_none_of_them():
    assert rulebook.identifiers() == SHIPPED
    assert [one.id for one in rulebook.all()] == list(SHIPPED)


@pytest.mark.parametrize("rule_id", SHIPPED)
def test_every_shipped_rule_set_meets_all_its_examples(rule_id):
    rules = rulebook.activate(rule_id)
    assert len(rules.examples) >= 4
    assert rules.legal_basis
    assert rules.columns[-1].figure == "net"


def test_the_blank_template_is_sound_but_never_paid_by():
    rules = rulebook.load("template")
    assert rulebook.failing_examples(rules) == []
    with pytest.raises(Invalid) as refusal:
        rulebook.activate("template")
    assert "templat kosong" in said(refusal)


def test_the_template_explains_every_key_of_the_schema():
    text = (RULES / "template.toml").read_text(encoding="utf-8")
    from dataclasses import fields

    from wfh_desktop.domain.tpp import ruleset

    for name in ruleset.__all__:
        one = getattr(ruleset, name)
        if hasattr(one, "__dataclass_fields__"):
            for field in fields(one):
                assert re.search(rf"\b{field.name}\b", text), f"{name}.{field.name}"


def test_percentages_are_exact_numbers():
    kemnaker = rulebook.load("kemnaker-15-2024")
    assert kemnaker.event_rules["TL"].rate == Decimal("0.01")
    assert kemnaker.components[0].by_class[8] == 4_595_150


def test_the_ter_table_waits_switched_off_beside_the_rules():
    jambi = rulebook.load("jambi")
    assert jambi.tax.kind == "rate"
    ter = next(one for one in jambi.taxes if one.kind == "ter")
    assert [len(ter.brackets[category]) for category in "ABC"] == [44, 40, 41]
    for brackets in ter.brackets.values():
        limits = [one.up_to for one in brackets[:-1]]
        rates = [one.rate for one in brackets]
        assert limits == sorted(limits)
        assert rates == sorted(rates)
        assert brackets[-1].up_to is None


def test_ter_can_be_switched_on_by_editing_the_file(edited):
    path = edited(("active = false", "active = true"), rule_id="jambi")
    rules = rulebook.read(path)
    plain = {
        "period": "2026-09",
        "base": {"TOTAL": "5000000"},
        "performance": {"predicate": "Baik"},
        "metrics": {"gross_salary": "5000000", "salary_tax": "0", "ter_category": 1},
    }
    # 10 million gross fall under 2 % in category A.
    assert calculate(rules, rulebook.case_from_plain(plain)).tax == 200_000


def test_a_rule_set_knows_when_it_is_in_force():
    manado = rulebook.load("manado-2022")
    assert manado.holds_in(Period(2022, 1))
    assert not manado.holds_in(Period(2021, 12))


# Faults of a file.


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('unit = "hari"\nrate = 100', 'unit = "hari"\nrate = "seratus"',
         "Daily-22.toml, events[0].rate harus berupa angka, bukan “seratus”."),
        ("rate = 100", "rte = 100", "Daily-22.toml, events[0].rte tidak dikenal."),
        ('of = "day"', 'of = "hari"',
         "Daily-22.toml, events[0].of harus salah satu dari total, part, component atau day; "
         "bukan “hari”."),
        ('label = "Tanpa keterangan"', "", "Daily-22.toml, events[0].label wajib diisi."),
        ("valid_from = 2021-01-01", 'valid_from = "kapan"',
         "Daily-22.toml, valid_from harus berupa tanggal, bukan “kapan”."),
        ("week_days = 5", "week_days = 7",
         "Daily-22.toml, week_days harus salah satu dari 5 atau 6; bukan “7”."),
        ('score = { kind = "metric", of = "paid_days", full = 22 }', 'score = { kind = "lain" }',
         "Daily-22.toml, parts[0].score.kind harus salah satu dari full, predicate, bands, linear, "
         "threshold, metric, weighted, first; bukan “lain”."),
        ('of = "paid_days", full = 22', 'of = "paid_days", penuh = 22',
         "Daily-22.toml, parts[0].score.penuh tidak dikenal."),
        ("weight = 100", "weight = 90",
         "Daily-22.toml, parts: bobot pada komponen TOTAL berjumlah 90, seharusnya 100."),
        ("weight = 100", "weight = nan",
         "Daily-22.toml, parts[0].weight harus berupa angka, bukan “NaN”."),
        ('base = { TOTAL = 1000000 }', 'base = { TOTAL = "sejuta" }',
         "Daily-22.toml, examples[0].case, base.TOTAL harus berupa angka, bukan “sejuta”."),
        ('id = "daily-22"', 'id = "harian"',
         "Daily-22.toml: id harian tidak sama dengan nama berkasnya, daily-22."),
        ("[[legal_basis]]", "[legal_basis]",
         "Daily-22.toml, legal_basis tidak berbentuk seperti yang seharusnya."),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place_in_one_indonesian_sentence(edited, old, new, sentence):
    with pytest.raises(Refusal) as refusal:
        rulebook.read(edited((old, new)))
    assert sentence in said(refusal)


def test_a_broken_file_says_at_which_line(edited):
    with pytest.raises(Unreadable) as refusal:
        rulebook.read(edited(("week_days = 5", "week_days = = 5")))
    assert re.search(r"bukan TOML yang sah \(baris \d+, kolom \d+\)", said(refusal))


def test_every_fault_of_a_file_is_told_at_once(edited):
    path = edited(("rate = 100", 'rate = "x"'), ("rate = 50", 'rate = "y"'))
    with pytest.raises(Invalid) as refusal:
        rulebook.read(path)
    assert len(refusal.value.problems) == 2


def test_a_file_that_is_no_text_or_far_too_large_is_refused(tmp_path):
    binary, large = tmp_path / "a.toml", tmp_path / "b.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    large.write_text("#" * 2_000_001)
    for path, told in ((binary, "bukan teks UTF-8"), (large, "b.toml sebesar 2 MB")):
        with pytest.raises(Unreadable) as refusal:
            rulebook.read(path)
        assert told in said(refusal)


@pytest.mark.parametrize("rule_id", ["", "tidak-ada", "../rules/jambi", "Jambi", "tables"])
def test_an_unknown_rule_set_is_refused_with_those_that_exist(rule_id):
    with pytest.raises(Unreadable) as refusal:
        rulebook.load(rule_id)
    assert "kemnaker-15-2024" in said(refusal)


def test_a_missing_table_is_named(edited):
    with pytest.raises(Unreadable) as refusal:
        rulebook.read(edited(("ter-2024", "ter-1999"), rule_id="jambi"))
    assert "ter-1999" in said(refusal)


# Worked examples and activation.


def test_a_rule_set_whose_example_fails_cannot_be_activated(edited):
    path = edited(('unit = "hari"\nrate = 100', 'unit = "hari"\nrate = 99'))
    failures = rulebook.failing_examples(rulebook.load(str(path)))
    assert {(one.example, one.path) for one in failures} >= {("HARIAN-01", "deductions.TK")}
    with pytest.raises(Invalid) as refusal:
        rulebook.activate(str(path))
    assert "contoh HARIAN-01 seharusnya deductions.TK = 45.455, hasilnya 45.000" in said(refusal)


def test_a_rule_set_without_examples_cannot_be_activated(edited):
    path = edited()
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("[[examples]]")], encoding="utf-8")
    with pytest.raises(Invalid) as refusal:
        rulebook.activate(str(path))
    assert "belum memuat contoh hitung" in said(refusal)


def test_a_column_that_contradicts_its_figure_fails_the_examples(edited):
    path = edited(("- permit - absent; 0)", "- permit; 0)"))
    failures = rulebook.failing_examples(rulebook.read(path))
    assert "columns.gross" in {one.path for one in failures}


def test_an_example_that_is_refused_fails(edited):
    path = edited(('events = [{ code = "TK", days = 1 }]', 'events = [{ code = "XX" }]'))
    failures = rulebook.failing_examples(rulebook.read(path))
    assert failures[0].got is None
    assert "tpp_unknown_code" in failures[0].why


def test_the_digest_changes_with_one_letter_and_with_the_table_it_uses(edited, tmp_path):
    before = rulebook.digest("jambi")
    assert re.fullmatch("[0-9a-f]{64}", before)
    path = edited(("TPP ASN Provinsi Jambi", "TPP ASN Provinsi Jambj"), rule_id="jambi")
    assert rulebook.digest(str(path)) != before
    same = edited(rule_id="jambi")
    assert rulebook.digest(str(same)) == before
    (tmp_path / "tables").mkdir()
    table = shutil.copy(RULES / "tables/ter-2024.toml", tmp_path / "tables")
    Path(table).write_text(Path(table).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert rulebook.digest(str(same)) != before


def test_an_edited_file_is_read_again(edited):
    assert rulebook.load(str(edited())).week_days == 5
    assert rulebook.load(str(edited(("week_days = 5", "week_days = 6")))).week_days == 6


# Cases and results as JSON.


def test_a_case_is_read_in_any_spelling():
    case = rulebook.case_from_plain(
        {
            "id": "contoh",
            "period": "2026-09",
            "person": {"status": "pppk paruh waktu", "level": "jpt_pratama", "job_class": "8"},
            "base": {"total": "4595150", "bk": 5},
            "events": [{"code": "tl", "minutes": "22"}, {"code": "TK", "count": None}],
            "performance": {"predicate": "  KURANG / MISCONDUCT "},
            "multipliers": {"unit": "0.68", "cpns": True, "tubel": "false"},
            "leave": None,
        }
    )
    assert case.period == Period(2026, 9)
    assert (case.person.status, case.person.level) == ("PPPK Paruh Waktu", "JPT Pratama")
    assert case.base == {"TOTAL": 4_595_150, "BK": 5}
    assert case.performance.predicate == "Kurang"
    assert case.multipliers == {"UNIT": Decimal("0.68"), "CPNS": True, "TUBEL": False}
    assert case.events[1].count is None


@pytest.mark.parametrize(
    ("spelling", "predicate"),
    [
        ("Sangat Baik", "Sangat Baik"), ("BAIK", "Baik"), ("butuh perbaikan", "Butuh Perbaikan"),
        ("Perlu Perbaikan", "Butuh Perbaikan"), ("Cukup", "Butuh Perbaikan"), ("kurang", "Kurang"),
        ("Kurang/Misconduct", "Kurang"), ("SANGAT  KURANG", "Sangat Kurang"), ("", None),
    ],
)  # fmt: skip
def test_predicates_of_all_times_are_understood(spelling, predicate):
    case = rulebook.case_from_plain({"performance": {"predicate": spelling}})
    assert case.performance.predicate == predicate


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        ({"person": {"status": "Honorer"}}, "Kasus 2, person.status harus salah satu dari PNS"),
        ({"person": {"level": "Eselon II"}}, "Kasus 2, person.level harus salah satu dari JPT"),
        ({"performance": {"predicate": "bagus"}}, "Kasus 2, performance.predicate harus salah"),
        ({"period": "September 2026"}, "Kasus 2, period harus berupa tahun dan bulan"),
        ({"period": 202609}, "Kasus 2, period harus berupa tahun dan bulan"),
        ({"event": []}, "Kasus 2, event tidak dikenal."),
        ({"events": [{"code": "TK", "jumlah": 1}]}, "Kasus 2, events[0].jumlah tidak dikenal."),
        ({"events": [{"count": 1}]}, "Kasus 2, events[0].code wajib diisi."),
        ({"events": {"code": "TK"}}, "Kasus 2, events tidak berbentuk"),
        ({"base": {"TOTAL": "Rp5"}}, "Kasus 2, base.TOTAL harus berupa angka, bukan “Rp5”."),
        ({"base": {"TOTAL": True}}, "Kasus 2, base.TOTAL harus berupa angka"),
        ({"multipliers": {"UNIT": "ya"}}, "Kasus 2, multipliers.UNIT harus berupa angka"),
        ({"person": {"job_class": "8a"}}, "Kasus 2, person.job_class harus bilangan bulat"),
        ([], "Kasus 2 tidak berbentuk"),
    ],
)
def test_a_faulty_case_is_refused_with_its_number_and_field(plain, sentence):
    with pytest.raises(Invalid) as refusal:
        rulebook.case_from_plain(plain, "kasus 2")
    assert said(refusal).startswith(sentence)
    assert "\n" not in said(refusal)


def test_every_refusal_of_the_engine_has_its_words():
    code = re.compile(r'Problem\([^()]*?"((?:tpp|rule)_\w+)"', re.DOTALL)
    text = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("domain/tpp", "rulebook")
        for path in sorted((SOURCES / folder).rglob("*.py"))
    )
    used = set(code.findall(text)) | set(re.findall(r'"((?:tpp|rule)_[a-z_]+)"', text))
    assert used
    assert used <= set(words.PROBLEMS)


# The command line.


@pytest.fixture
def calculated(tmp_path, capsys):
    def run(content, rules="daily-22", *more):
        path = tmp_path / "kasus.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        status = main(["calculate", "--rules", rules, "--case", str(path), *more])
        return status, *capsys.readouterr()

    return run


def test_one_case_gives_one_result_and_a_list_gives_a_list(calculated):
    case = {"base": {"TOTAL": "1000000"}, "events": [{"code": "TK", "days": 1}]}
    status, out, _ = calculated(case, "daily-22", "--json")
    one = json.loads(out)
    assert status == 0
    assert set(one) == {
        "components", "parts", "deductions", "gross", "tax", "bpjs", "net", "trail",
    }  # fmt: skip
    assert (one["net"], one["deductions"]) == ("954545", {"TK": "45455"})
    assert json.loads(calculated([case, case], "daily-22", "--json")[1]) == [one, one]
    assert json.loads(calculated([], "daily-22", "--json")[1]) == []


def test_without_json_the_explanation_is_printed(calculated):
    status, out, _ = calculated({"base": {"TOTAL": 1000000}})
    assert status == 0
    assert out.startswith("Jumlah TPP yang diterima: Rp1.000.000,00")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('[{"base":{"TOTAL":"5"}},{"base":{"TOTAL":"-5"}}]',
         "Kasus 2, base.TOTAL tidak boleh kurang dari nol."),
        ('{"base":{"TOTAL":"5"},"events":[{"code":"ZZ"}]}',
         "Kasus 1, events[0].code: kode ZZ tidak dikenal aturan ini; yang dikenal: TK, "),
        ('{"base":{"TOTAL":"5"},"metrics":{"zz":1}}',
         "Kasus 1, metrics.zz tidak dikenal aturan ini; yang dikenal: paid_days, "),
        ('{"base":{"TOTAL":"5"},"events":[{"code":"TL"}]}',
         "Kasus 1, events[0].minutes diperlukan oleh aturan daily-22."),
        ("{}", "Kasus 1, base diperlukan: besaran rupiah sekurang-kurangnya satu dari TOTAL."),
        ('{"base":{"TOTAL":"x"},"event":1}', "Kasus 1, base.TOTAL harus berupa angka"),
        ('{"base":{"TOTAL":NaN}}', "Kasus 1, base.TOTAL harus berupa angka"),
        ("tanpa kurung", "Berkas kasus.json bukan JSON yang sah (baris 1)"),
        ("", "Berkas kasus.json kosong"),
    ],
)  # fmt: skip
def test_a_refusal_is_one_sentence_on_the_error_channel_and_status_2(calculated, content, sentence):
    status, out, error = calculated(content, "daily-22", "--json")
    assert (status, out) == (2, "")
    assert error.startswith(sentence)
    assert error.count("\n") == 1


def test_several_faults_are_told_as_the_first_and_their_number(calculated):
    content = {"base": {"TOTAL": -1}, "events": [{"code": "ZZ"}], "metrics": {"zz": 1}}
    _, _, error = calculated(content)
    assert error.endswith("(dan 2 kesalahan lain)\n")


def test_files_that_are_not_there_are_refused(capsys, tmp_path):
    for path in (tmp_path / "tidak-ada.json", tmp_path):
        assert main(["calculate", "--rules", "jambi", "--case", str(path)]) == 2
    assert main(["calculate", "--rules", "nirwana", "--case", str(tmp_path / "a.json")]) == 2
    assert "Aturan nirwana tidak ada" in capsys.readouterr().err


def test_rules_are_listed_shown_and_checked(capsys):
    assert main(["rules"]) == 0
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == list(
        SHIPPED
    )
    assert main(["rules", "check"]) == 0
    assert capsys.readouterr().out.count("contoh tepat") == len(SHIPPED)


@pytest.mark.parametrize("rule_id", SHIPPED)
def test_everything_a_rule_set_uses_is_shown(rule_id, capsys):
    rules = rulebook.load(rule_id)
    assert main(["rules", "show", rule_id]) == 0
    text = capsys.readouterr().out
    for code in (
        *rules.component_rules, *rules.event_rules, *rules.leave_rules, *rules.multiplier_rules,
        *rules.metric_rules, *(one.code for one in rules.parts), rules.legal_basis[0].number,
    ):  # fmt: skip
        assert code in text
    assert main(["rules", "show", rule_id, "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["sha256"] == rulebook.digest(rule_id)
    assert {one["code"] for one in plain["components"]} == set(rules.component_rules)
    assert len(plain["examples"]) == len(rules.examples)


def test_a_failing_rule_file_is_reported_with_status_1(edited, capsys):
    path = edited(('unit = "hari"\nrate = 100', 'unit = "hari"\nrate = 99'))
    assert main(["rules", "check", str(path)]) == 1
    out = capsys.readouterr().out
    assert "daily-22: 3 dari 5 contoh tepat" in out
    assert "HARIAN-01: deductions.TK seharusnya 45.455, hasilnya 45.000" in out


def test_one_case_may_be_held_against_several_rule_sets(tmp_path):
    path = tmp_path / "kasus.json"
    path.write_text(
        '{"base": {"TOTAL": "1000000"}, "person": {"grade": "III/b", "status": "PNS"},'
        ' "performance": {"predicate": "Baik", "score": "100"}, "metrics": {"attendance": "0.5"}}'
    )
    nets = {
        rule_id: rulebook.calculate_file(rulebook.load(rule_id), path)[0][0].net
        for rule_id in ("karawang", "samarinda-31-2022", "kemnaker-15-2024")
    }
    assert nets == {
        "karawang": 800000,
        "samarinda-31-2022": 1000000,
        "kemnaker-15-2024": 1000000,
    }
    path.write_text('{"base": {"TOTAL": "1000000"}, "metrics": {"atendance": "0.5"}}')
    with pytest.raises(Invalid, match="tpp_unknown_metric"):
        rulebook.calculate_file(rulebook.load("samarinda-31-2022"), path)
