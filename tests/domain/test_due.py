from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop.domain import due

TODAY = date(2026, 9, 2)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hari ini", "2026-09-02"),
        ("Besok", "2026-09-03"),
        ("lusa", "2026-09-04"),
        ("Jumat", "2026-09-04"),
        ("jum'at", "2026-09-04"),
        ("hari Jumat", "2026-09-04"),
        ("Rabu", "2026-09-09"),
        ("Rabu ini", "2026-09-02"),
        ("Senin", "2026-09-07"),
        ("Senin depan", "2026-09-07"),
        ("Jumat depan", "2026-09-11"),
        ("3 hari", "2026-09-05"),
        ("3 hari lagi", "2026-09-05"),
        ("2 minggu", "2026-09-16"),
        ("akhir bulan", "2026-09-30"),
        ("akhir pekan", "2026-09-04"),
        ("30 September", "2026-09-30"),
        ("30 Sep", "2026-09-30"),
        ("1 agustus", "2027-08-01"),
        ("17 Agt 2027", "2027-08-17"),
        ("30/9", "2026-09-30"),
        ("30-9-2026", "2026-09-30"),
        ("30.9.26", "2026-09-30"),
        ("1/1", "2027-01-01"),
    ],
)
def test_a_due_date_may_be_said_in_words(text, day):
    assert due.parse(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "segera",
        "31 Februari",
        "30/13",
        "Jumat lalu",
        "hari",
        "5",
        "0/0",
        "minggu kapan",
        "30 seperempat",
    ],
)
def test_what_means_no_day_is_not_guessed(text):
    assert due.parse(text, TODAY) is None


@given(st.text(max_size=20), st.dates(date(2014, 1, 1), date(2100, 1, 1)))
def test_nothing_one_can_type_breaks_it(text, today):
    due.parse(text, today)


@given(st.dates(date(2014, 1, 1), date(2100, 1, 1)), st.sampled_from(due.WEEKDAYS))
def test_a_weekday_lies_within_the_coming_seven_days(today, name):
    found = due.parse(name, today)
    assert timedelta(0) < found - today <= timedelta(7)
    assert due.WEEKDAYS[found.weekday()] == name
