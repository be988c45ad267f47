from decimal import Decimal

import pytest

from wfh_desktop.domain.tpp import formulas
from wfh_desktop.domain.tpp.formulas import FormulaError, read, value, without, written

CELLS = {"a": Decimal(100), "b": Decimal("0.25"), "c": Decimal(7)}
NUMBERS = {"a": 5, "b": 6, "c": 7}


@pytest.mark.parametrize(
    ("formula", "caption", "result"),
    [
        ("a + c", "5 + 7", 107),
        ("a - c - c", "5 - 7 - 7", 86),
        ("a - (c - c)", "5 - (7 - 7)", 100),
        ("a x b", "5 x 6", 25),
        ("a x (40% x b + 20%)", "5 x (40% x 6 + 20%)", 30),
        ("a / (c x b)", "5 / (7 x 6)", Decimal(100) / Decimal("1.75")),
        ("a x 2.5", "5 x 2,5", 250),
        ("min(a; c)", "terkecil(5; 7)", 7),
        ("max(c - a; 0)", "terbesar(7 - 5; 0)", 0),
        ("(a)", "5", 100),
    ],
)
def test_caption_and_cell_come_from_the_same_formula(formula, caption, result):
    term = read(formula)
    assert written(term, NUMBERS) == caption
    assert value(term, CELLS) == result


@pytest.mark.parametrize(
    "formula", ["", "a +", "(a", "a b", "a ? c", "min a", "min(a c)", "x", ")"]
)
def test_a_formula_without_sense_is_refused(formula):
    with pytest.raises(FormulaError):
        read(formula)


def test_a_column_that_is_left_out_disappears_from_the_caption():
    neutral = {"b": Decimal(1)}
    assert written(without(read("a x b"), neutral), NUMBERS) == "5"
    assert written(without(read("(a + c) x b"), neutral), NUMBERS) == "5 + 7"
    nothing = {"c": Decimal(0)}
    assert written(without(read("a - c"), nothing), NUMBERS) == "5"
    assert written(without(read("c + a"), nothing), NUMBERS) == "5"
    assert written(without(read("a + c x b"), nothing), NUMBERS) == "5"
    assert written(without(read("max(a - c; 0)"), nothing), NUMBERS) == "terbesar(5; 0)"


def test_references_are_found_at_every_depth():
    assert sorted(formulas.refs(read("a x (b + max(c; 1))"))) == ["a", "b", "c"]
