"""Roles in a unit and how long they hold."""

from datetime import date, timedelta

import pytest

from wfh_desktop.domain import mandates, nip
from wfh_desktop.domain.mandates import RIGHTS, Held, Role
from wfh_desktop.domain.people import Right

FIRST, LAST = date(2026, 9, 7), date(2026, 9, 18)


def codes(wanted, own=(), heads=(), *, at_root=False):
    return [one.code for one in mandates.problems(wanted, own, heads, at_root=at_root)]


def test_a_plh_holds_from_the_first_to_the_last_day_and_not_after():
    stand_in = [Held(4, Role.ACTING_HEAD, FIRST, LAST)]
    day = FIRST - timedelta(days=3)
    while day < LAST + timedelta(days=3):
        expected = RIGHTS[Role.ACTING_HEAD] if FIRST <= day <= LAST else Right(0)
        assert mandates.rights(stand_in, day) == expected
        day += timedelta(days=1)


def test_rights_of_several_mandates_add_up():
    held = [Held(1, Role.VERIFIER, FIRST), Held(2, Role.ADMINISTRATOR, FIRST, LAST)]
    assert mandates.rights(held, LAST) == (
        Right.READ | Right.VERIFY | Right.RECORD | Right.ADMINISTER
    )
    assert mandates.rights(held, LAST + timedelta(days=1)) == Right.READ | Right.VERIFY


def test_only_a_stand_in_needs_an_end():
    assert codes(Held(4, Role.ACTING_HEAD, FIRST)) == ["mandate_needs_end"]
    assert codes(Held(4, Role.ACTING_HEAD, FIRST, LAST)) == []
    assert codes(Held(4, Role.SECRETARIAT, FIRST)) == []


def test_nobody_holds_a_mandate_that_ends_before_it_begins():
    assert codes(Held(4, Role.SECRETARIAT, LAST, FIRST)) == ["before_start"]
    assert codes(Held(4, Role.SECRETARIAT, FIRST, FIRST)) == []


def test_the_inspectorate_looks_from_the_top():
    assert codes(Held(4, Role.INSPECTOR, FIRST)) == ["mandate_at_root"]
    assert codes(Held(1, Role.INSPECTOR, FIRST), at_root=True) == []


@pytest.mark.parametrize(
    ("other", "twice"),
    [
        (Held(4, Role.SECRETARIAT, LAST, None), True),
        (Held(4, Role.SECRETARIAT, LAST + timedelta(days=1), None), False),
        (Held(4, Role.SECRETARIAT, date(2026, 1, 1), FIRST), True),
        (Held(4, Role.VERIFIER, FIRST, LAST), False),
        (Held(5, Role.SECRETARIAT, FIRST, LAST), False),
    ],
)
def test_a_role_is_not_given_twice_at_a_time(other, twice):
    wanted = Held(4, Role.SECRETARIAT, FIRST, LAST)
    assert codes(wanted, [other]) == (["mandate_twice"] if twice else [])


def test_a_unit_has_one_definitive_head_and_any_stand_ins():
    there = [("Pegawai 1", Held(4, Role.HEAD, date(2020, 1, 1)))]
    assert codes(Held(4, Role.HEAD, FIRST), heads=there) == ["mandate_head_taken"]
    assert codes(Held(4, Role.ACTING_HEAD, FIRST, LAST), heads=there) == []


def test_a_login_is_made_of_the_nip():
    assert mandates.login(nip.read("19860926 201505 1 001")) == "p_198609262015051001"
