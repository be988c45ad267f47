from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wfh_desktop.domain.merging import (
    Difference,
    Side,
    Standing,
    Undecided,
    compare,
    differing,
    merge,
)

WORDS = some.text("ab", max_size=2)
AMOUNTS = some.decimals(0, 9, places=0)
NAMES = some.sampled_from(["name", "note", "decree", "amount", "days"])


@some.composite
def records(draw, values=WORDS):
    """Return base, mine and theirs with the same fields; few values, so that they often agree."""
    names = draw(some.lists(NAMES, unique=True, max_size=5))
    return [{name: draw(values) for name in names} for _ in range(3)]


@dataclass(frozen=True)
class Entry:
    name: str
    amount: Decimal | None


@given(records())
def test_what_nobody_moved_stays(three):
    base, _, _ = three
    assert merge(compare(base, base, base)) == base


@given(records())
def test_what_only_one_of_us_moved_is_taken_as_it_is(three):
    base, moved, _ = three
    assert merge(compare(base, moved, base)) == moved
    assert merge(compare(base, base, moved)) == moved


@given(records())
def test_the_same_change_by_both_is_no_question(three):
    base, moved, _ = three
    assert merge(compare(base, moved, moved)) == moved


@given(records())
def test_who_is_who_changes_only_the_names(three):
    base, mine, theirs = three
    swapped = {
        Standing.MINE: Standing.THEIRS,
        Standing.THEIRS: Standing.MINE,
    }
    here = [one.standing for one in compare(base, mine, theirs)]
    there = [one.standing for one in compare(base, theirs, mine)]
    assert {*here} == {swapped.get(one, one) for one in there}


@given(records(), some.data())
def test_a_choice_decides_and_nothing_else_does(three, data):
    base, mine, theirs = three
    found = compare(base, mine, theirs)
    chosen = {
        one.field: data.draw(some.sampled_from(Side)) for one in found if one.proposal is None
    }
    merged = merge(found, chosen)
    assert merged.keys() == mine.keys()
    for one in found:
        assert merged[one.field] in (one.mine, one.theirs)
        if one.field in chosen:
            assert merged[one.field] == one.value(chosen[one.field])


@given(records(some.one_of(some.none(), AMOUNTS)))
def test_an_amount_that_they_moved_is_never_taken_unasked(three):
    base, mine, theirs = three
    for one in differing(compare(base, mine, theirs)):
        if one.theirs != one.base:
            assert one.proposal is None


@given(records(some.one_of(some.none(), AMOUNTS)))
def test_merging_amounts_without_asking_is_refused(three):
    base, mine, theirs = three
    found = compare(base, mine, theirs)
    if any(one.proposal is None for one in found):
        with pytest.raises(Undecided):
            merge(found)


def test_both_moved_to_different_values_must_be_chosen():
    found = compare({"note": "a"}, {"note": "b"}, {"note": "c"})
    assert found == (Difference("note", "a", "b", "c"),)
    assert found[0].standing is Standing.BOTH
    with pytest.raises(Undecided, match="note"):
        merge(found)
    assert merge(found, {"note": Side.THEIRS}) == {"note": "c"}


def test_an_amount_that_only_i_moved_needs_no_question():
    base, mine = Entry("a", Decimal(1)), Entry("a", Decimal(2))
    assert merge(compare(base, mine, base)) == {"name": "a", "amount": Decimal(2)}


def test_an_amount_they_took_away_must_be_chosen():
    base, theirs = Entry("a", Decimal(1)), Entry("b", None)
    name, amount = compare(base, base, theirs)
    assert (name.proposal, amount.proposal) == (Side.THEIRS, None)
