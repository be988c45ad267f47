"""Printed columns: numbered, captioned by their formula, without what changes nothing."""

from decimal import Decimal

import pytest

from wfh_desktop import rulebook
from wfh_desktop.domain.tpp.columns import cells, columns, disagreements
from wfh_desktop.domain.tpp.engine import calculate
from wfh_desktop.domain.tpp.figures import Mode
from wfh_desktop.domain.tpp.ruleset import ColumnRule, Rounding, Stage


def calculated(rule_id, **plain):
    rules = rulebook.load(rule_id)
    return rules, calculate(rules, rulebook.case_from_plain(plain))


@pytest.fixture
def manado():
    return calculated(
        "manado-2022",
        person={"grade": "III/b"},
        base={"TOTAL": "6000000"},
        events=[{"code": "TK", "days": 1}],
        performance={"score": "80"},
    )


def test_the_list_of_manado_is_numbered_as_the_office_prints_it(manado):
    rules, result = manado
    headings = [one.heading for one in columns(rules, [result], first=5)]
    assert headings[:5] == ["5", "6", "7", "8 = 6 + 7", "9 = 5 x 8"]
    assert headings[-1] == "13 = 9 - 11 - 12"


def test_the_cells_are_what_a_reader_computes_from_the_captions(manado):
    rules, result = manado
    row = cells(rules, result)
    assert row[:5] == (6_000_000, 48, 36, 84, 5_040_000)
    assert row[-1] == result.net == 5_040_000 - 252_000 - 50_400


def test_columns_that_change_nothing_for_anybody_are_left_out_with_their_terms():
    rules, plain = calculated(
        "kemnaker-15-2024", person={"job_class": 8}, performance={"predicate": "Baik"}
    )
    _, taxed = calculated(
        "kemnaker-15-2024",
        person={"job_class": 8},
        performance={"predicate": "Baik"},
        metrics={"tax_rate": "0.05"},
    )
    without = columns(rules, [plain])
    assert [one.heading for one in without[-2:]] == ["7 = 1 x 6", "8 = 7"]
    assert [one.heading for one in columns(rules, [plain, taxed])[-2:]] == [
        "9 = 7 x 8",
        "10 = 7 - 9",
    ]
    assert len(cells(rules, plain, without)) == len(without)
    assert len(columns(rules)) == len(rules.columns)


def test_percentages_are_never_summed_and_a_rounded_formula_says_so(manado):
    rules, result = manado
    shown = {one.key: one for one in columns(rules, [result])}
    assert not shown["rated"].is_summed
    assert shown["gross"].is_summed
    assert shown["gross"].note == "dibulatkan ke angka terdekat"


def test_each_printed_total_is_the_sum_of_the_printed_rows():
    """KEMNAKER-17: the total row adds rows that are already rounded."""
    rules = rulebook.load("kemnaker-15-2024")
    plain = [
        {"person": {"job_class": 12}, "performance": {"predicate": "Baik"},
         "events": [{"code": "TAP"}]},
        {"person": {"job_class": 8}, "performance": {"predicate": "Baik"},
         "events": [{"code": "TAP", "count": 2}, {"code": "TL", "minutes": 22}]},
    ]  # fmt: skip
    results = [calculate(rules, rulebook.case_from_plain(one)) for one in plain]
    shown = columns(rules, results)
    net = next(place for place, one in enumerate(shown) if one.key == "net")
    assert sum(cells(rules, one, shown)[net] for one in results) == 9_866_312 + 4_564_546


def test_a_row_on_long_leave_still_recomputes():
    rules, result = calculated(
        "manado-2022",
        person={"grade": "II/a"},
        base={"TOTAL": "6000000"},
        leave=[{"code": "CLTN"}],
    )
    assert cells(rules, result)[:5] == (6_000_000, 0, 0, 0, 0)
    rules, result = calculated(
        "kemnaker-15-2024", person={"job_class": 8}, leave=[{"code": "CB", "month_index": 1}]
    )
    row = dict(zip((one.key for one in columns(rules)), cells(rules, result), strict=True))
    assert (row["performance"], row["attendance"], row["paid"]) == (35, 15, 50)
    assert disagreements(rules, result) == {}


@pytest.fixture
def listed(rules, case):
    def make(*told, **more):
        one = rules(columns=tuple(ColumnRule(**column) for column in told), **more)
        result = calculate(one, case(base=Decimal("1000000.6")))
        return one, result

    return make


def test_a_column_that_does_not_give_the_result_is_found(listed):
    rules, result = listed(
        {"key": "base", "caption": "Dasar", "value": "base"},
        {"key": "net", "caption": "Bersih", "formula": "base x 99%", "figure": "net"},
    )
    assert disagreements(rules, result) == {"net": (Decimal("1000000.6"), Decimal("990000.594"))}


def test_cells_are_rounded_to_the_digits_they_are_printed_with(listed):
    rules, result = listed(
        {"key": "base", "caption": "Dasar", "value": "base", "digits": 0},
        {"key": "half", "caption": "Setengah", "formula": "base x 50%"},
        {"key": "up", "caption": "Bulat", "formula": "base x 50%", "rounding": Stage.TOTAL},
        rounding=(Rounding(stage=Stage.TOTAL, mode=Mode.CEIL),),
    )
    assert cells(rules, result) == (1_000_001, Decimal("500000.5"), 500_001)


@pytest.mark.parametrize(
    ("path", "amount"),
    [
        ("base", "1000000.6"),
        ("base.TOTAL", "1000000.6"),
        ("component.TOTAL", "1000000.6"),
        ("part.KINERJA", "600000.36"),
        ("percent.DISIPLIN", "40"),
        ("event.TK", "0"),
        ("deductions", "0"),
        ("gross", "1000000.6"),
        ("tax", "0"),
        ("bpjs", "0"),
        ("net", "1000000.6"),
    ],
)
def test_every_figure_of_a_result_can_be_a_column(listed, path, amount):
    rules, result = listed({"key": "one", "caption": "Satu", "value": path})
    assert cells(rules, result) == (Decimal(amount),)


def test_a_figure_that_nobody_has_is_an_empty_cell_or_its_neutral(listed):
    rules, result = listed(
        {"key": "one", "caption": "Satu", "value": "score.LAIN"},
        {
            "key": "two",
            "caption": "Dua",
            "value": "share",
            "optional": True,
            "neutral": Decimal(100),
        },
        {"key": "sum", "caption": "Jumlah", "formula": "one + two"},
    )
    assert cells(rules, result) == (None, 100, None)
