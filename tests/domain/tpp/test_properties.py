"""What must hold for every case under every shipped rule set."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from wfh_desktop import rulebook
from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.columns import cells, columns, disagreements
from wfh_desktop.domain.tpp.engine import calculate

from .strategies import cases, events, of_rules

HUNDRED = Decimal(100)


@given(cases())
def test_the_leaves_add_up_to_every_printed_figure(drawn):
    rules, case = drawn
    result = calculate(rules, case)
    for node in trail.walk(result.trail):
        if node.children:
            assert sum(leaf.amount for leaf in trail.leaves(node)) == node.amount
    nodes = trail.index(result.trail)
    assert nodes["net"].amount == result.net
    assert nodes["gross"].amount == result.gross
    assert result.net == result.gross - result.tax - result.bpjs


@given(cases())
def test_no_part_is_above_its_weight_or_below_nothing(drawn):
    rules, case = drawn
    nodes = trail.index(calculate(rules, case).trail)
    for component, parts in rules.parts_by_component.items():
        base = nodes.get(f"base.{component}")
        for part in parts:
            paid = nodes.get(f"part.{component}.{part.code}")
            if base is not None and paid is not None:
                assert 0 <= paid.amount <= base.amount * part.weight / HUNDRED + Decimal("0.5")


@given(cases())
def test_nobody_is_paid_less_than_nothing_or_more_than_the_base(drawn):
    rules, case = drawn
    result = calculate(rules, case)
    nodes = trail.index(result.trail)
    base = sum(node.amount for key, node in nodes.items() if key.startswith("base."))
    assert 0 <= result.gross <= base + len(result.components)
    assert result.tax >= 0
    assert result.bpjs >= 0
    assert all(taken >= 0 for taken in result.deductions.values())


@given(st.data())
def test_one_more_event_never_raises_the_amount(data):
    rules, case = data.draw(cases())
    more = replace(case, events=(*case.events, data.draw(events(rules))))
    assert calculate(rules, more).gross <= calculate(rules, case).gross


@given(st.data())
def test_the_order_of_events_does_not_matter(data):
    rules, case = data.draw(cases())
    shuffled = replace(case, events=tuple(data.draw(st.permutations(case.events))))
    one, other = calculate(rules, case), calculate(rules, shuffled)
    assert (one.gross, one.net, one.parts, one.deductions) == (
        other.gross,
        other.net,
        other.parts,
        other.deductions,
    )


@given(cases())
def test_printed_formulas_recompute_from_the_printed_cells_and_end_in_the_result(drawn):
    """A reader with a calculator: only the numbers and the captions of one printed row."""
    rules, case = drawn
    result = calculate(rules, case)
    assert disagreements(rules, result) == {}
    shown = columns(rules, [result], first=5)
    row = dict(zip((one.number for one in shown), cells(rules, result, shown), strict=True))
    for one in shown:
        if one.formula and all(cell is not None for cell in row.values()):
            assert row[one.number] == by_hand(one, shown, row)


def by_hand(column, shown, row):
    """Compute a caption such as `5 x (8 + 9)` as it is printed, without the program's formulas."""
    kinds = {one.number: one.kind for one in shown}

    def cell(number):
        return row[number] / HUNDRED if kinds[number] == "percent" else row[number]

    python = []
    for token in tokens(column.formula):
        if token.endswith("%"):
            python.append(f"(D('{token[:-1].replace(',', '.')}') / 100)")
        elif token.isdigit() and int(token) in row:
            python.append(f"cell({token})")
        elif token[0].isdigit():
            python.append(f"D('{token.replace(',', '.')}')")
        else:
            words = {"x": "*", ";": ",", "terbesar": "max", "terkecil": "min"}
            python.append(words.get(token, token))
    names = {"cell": cell, "D": Decimal, "max": max, "min": min}
    amount = eval(" ".join(python), {"__builtins__": {}}, names)  # our own captions only
    if column.kind == "percent":
        amount *= HUNDRED
    return rounded(amount, column.note)


def tokens(formula):
    for sign in "();":
        formula = formula.replace(sign, f" {sign} ")
    return formula.split()


def rounded(amount, note):
    from decimal import ROUND_HALF_UP

    if note == "dibulatkan ke angka terdekat":
        return amount.quantize(Decimal("1e-18"), ROUND_HALF_UP).quantize(Decimal(1), ROUND_HALF_UP)
    return amount


@given(cases())
@settings(max_examples=50)
def test_a_result_survives_being_stored(drawn):
    rules, case = drawn
    result = calculate(rules, case)
    assert rulebook.result_from_plain(rulebook.result_to_plain(result)) == result
    again = rulebook.case_from_plain(rulebook.case_to_plain(case))
    assert calculate(rules, again) == result


@given(st.data())
def test_every_answer_can_be_explained_in_words(data):
    rules = data.draw(st.sampled_from(rulebook.all()))
    case = of_rules(data.draw, rules)
    text = trail.as_text(calculate(rules, case).trail)
    assert rules.name in text
    assert "E+" not in text
