from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain.tpp import figures
from wfh_desktop.domain.tpp.figures import Mode

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=12, allow_nan=False)
steps = st.sampled_from([Decimal(1), Decimal("0.01"), Decimal(100), Decimal("0.5")])


@given(amounts, steps, st.sampled_from([m for m in Mode if m is not Mode.NONE]))
def test_a_rounded_figure_is_a_multiple_of_its_step_less_than_one_step_away(amount, step, mode):
    after = figures.rounded(amount, mode, step)
    assert after % step == 0
    assert abs(after - amount) < step


@given(amounts, steps)
def test_every_mode_keeps_its_promise(amount, step):
    half, floor, cut, ceil = (
        figures.rounded(amount, mode, step)
        for mode in (Mode.HALF_UP, Mode.FLOOR, Mode.TRUNC, Mode.CEIL)
    )
    assert abs(half - amount) <= step / 2
    assert floor <= amount <= ceil
    assert abs(cut) <= abs(amount)
    assert half in (floor, ceil)
    assert figures.rounded(amount, Mode.NONE, step) == amount


@given(amounts, steps, st.sampled_from(list(Mode)))
def test_rounding_twice_changes_nothing_more(amount, step, mode):
    once = figures.rounded(amount, mode, step)
    assert figures.rounded(once, mode, step) == once


@given(amounts, amounts, steps, st.sampled_from(list(Mode)))
def test_the_larger_amount_stays_the_larger(one, other, step, mode):
    low, high = sorted((one, other))
    assert figures.rounded(low, mode, step) <= figures.rounded(high, mode, step)


@given(amounts, steps)
def test_half_is_rounded_away_from_zero_on_both_sides(amount, step):
    up = figures.rounded(amount, Mode.HALF_UP, step)
    assert figures.rounded(-amount, Mode.HALF_UP, step) == -up


def test_noise_of_a_division_never_decides_but_exact_figures_do():
    third = Decimal(1) / Decimal(3)
    assert figures.rounded(third * 3, Mode.TRUNC, Decimal(1)) == 1
    assert figures.rounded(third / 2 * 3, Mode.HALF_UP, Decimal(1)) == 1
    just_below = Decimal("0.49999999999999")
    assert figures.rounded(just_below, Mode.HALF_UP, Decimal(1)) == 0
    assert figures.rounded(Decimal("0.99999999999999"), Mode.TRUNC, Decimal(1)) == 0


def test_kept_figures_can_be_added_in_any_context():
    parts = [figures.tidy(Decimal(10**12) / n) for n in (3, 7, 9, 11, 13)]
    whole = sum(parts)
    assert sum(reversed(parts)) == whole
    assert whole - parts[0] - parts[1] - parts[2] - parts[3] == parts[4]


def test_half_a_rupiah_goes_up_also_where_the_computer_prefers_even_numbers():
    halves = [Decimal("0.5"), Decimal("1.5"), Decimal("2.5"), Decimal("-2.5")]
    rounded = [figures.rounded(one, Mode.HALF_UP, Decimal(1)) for one in halves]
    assert rounded == [1, 2, 3, -3]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("4564546", "4564546"),
        ("30603.6990", "30603.699"),
        ("0E-10", "0"),
        ("-0", "0"),
        ("1E+7", "10000000"),
        ("229757.50", "229757.5"),
    ],
)
def test_plain_text_has_no_exponent_and_no_idle_zeros(value, plain):
    assert figures.plain(Decimal(value)) == plain


@given(amounts)
def test_plain_text_reads_back_as_the_same_number(amount):
    assert Decimal(figures.plain(amount)) == amount


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1378545", "Rp1.378.545,00"),
        ("30603.699", "Rp30.603,699"),
        ("-0.301", "-Rp0,301"),
        ("45454.545454545454", "Rp45.454,545455"),
    ],
)
def test_money_is_written_as_indonesians_do(value, written):
    assert figures.rupiah(Decimal(value)) == written


def test_percentages_are_written_with_a_comma():
    assert figures.percent(Decimal("2.22")) == "2,22 %"
    assert figures.percent(Decimal("100.00")) == "100 %"


def test_a_name_stands_small_within_a_sentence_unless_it_is_an_abbreviation():
    assert figures.inside("Disiplin kerja") == "disiplin kerja"
    assert figures.inside("TPP harian") == "TPP harian"


def test_slim_numbers_lose_idle_zeros_only():
    assert str(figures.slim(Decimal("45455.000"))) == "45455"
    assert str(figures.slim(Decimal("1.2300"))) == "1.23"
    assert str(figures.slim(Decimal("1E+3"))) == "1E+3"
    assert str(figures.slim(Decimal("-0.00"))) == "0"
