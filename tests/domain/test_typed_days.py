from datetime import date

import pytest

from wfh_desktop.domain import typed_days

NEAR = date(2022, 11, 1)


@pytest.mark.parametrize(
    "text",
    ["5/7/2022", "05-07-22", "5.7.2022", "5 7 2022", "05072022", "050722", "5 Juli 2022",
     "5 jul 22", " 5  JULI 2022 ", "5/7", "5 jul", "5-juli-2022", "5 Jul. 2022"],
)  # fmt: skip
def test_a_date_is_read_in_every_way_people_type_it(text):
    assert typed_days.read(text, NEAR) == date(2022, 7, 5)


def test_a_day_alone_lies_in_the_month_that_is_looked_at():
    assert typed_days.read("17", NEAR) == date(2022, 11, 17)
    assert typed_days.read("31", NEAR) is None


@pytest.mark.parametrize(
    ("text", "month"), [("1 mei", 5), ("1 agt", 8), ("1 ags", 8), ("1 nop", 11), ("1 peb", 2)]
)
def test_months_are_known_by_their_short_names(text, month):
    assert typed_days.read(text, NEAR) == date(2022, month, 1)


@pytest.mark.parametrize(
    "text", ["", "32", "besok", "31/2/2022", "5/13/2022", "0/1/2022", "5 xyz", "123", "5/7/20222"]
)
def test_what_is_no_date_is_none(text):
    assert typed_days.read(text, NEAR) is None
