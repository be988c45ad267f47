from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.periods import Period
from wfh_desktop.views import labels


def test_numbers_have_points_between_thousands_and_a_comma():
    assert labels.number(Decimal("1234567.89")) == "1.234.567,89"
    assert labels.number(1234567) == "1.234.567"
    assert labels.number(Decimal("0.5"), 0) == "1"
    assert labels.number(Decimal("-1234.5"), 2) == "-1.234,50"


def test_no_digit_of_a_large_amount_is_lost():
    assert labels.number(Decimal("12345678901234567890.12")) == "12.345.678.901.234.567.890,12"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal(4564546), "Rp4.564.546"),
        (Decimal("4564546.00"), "Rp4.564.546"),
        (Decimal("4564546.5"), "Rp4.564.546,50"),
        (Decimal(-1000), "-Rp1.000"),
        (None, "–"),
    ],
)
def test_rupiah(amount, text):
    assert labels.rupiah(amount) == text


def test_percentages_have_no_idle_zeros():
    assert labels.percent(Decimal("0.875")) == "87,5%"
    assert labels.percent(Decimal(1)) == "100%"
    assert labels.percent(Decimal("0.99995"), 2) == "100%"


def test_dates_and_times():
    assert labels.day(date(2026, 3, 2)) == "2 Maret 2026"
    assert labels.short_day(date(2026, 8, 17)) == "17 Agu 2026"
    assert labels.weekday(date(2026, 3, 2)) == "Senin, 2 Maret 2026"
    assert labels.month(Period(2026, 9)) == "September 2026"
    assert labels.clock(time(7, 30)) == "07.30"
    assert labels.clock(time(0, 0)) == "00.00"
    assert labels.clock(None) == "–"


def test_spans_say_month_and_year_once():
    assert labels.span(date(2026, 3, 2), date(2026, 3, 5)) == "2–5 Maret 2026"
    assert labels.span(date(2026, 3, 30), date(2026, 4, 2)) == "30 Maret – 2 April 2026"
    assert labels.span(date(2025, 12, 30), date(2026, 1, 2)) == "30 Desember 2025 – 2 Januari 2026"
    assert labels.span(date(2026, 3, 2), date(2026, 3, 2)) == "2 Maret 2026"


def test_moments_are_shown_by_the_clocks_of_the_unit():
    at = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert labels.moment(at, Zone.WIB) == "2 Mar 2026 06.30"
    assert labels.moment(at, Zone.WITA) == "2 Mar 2026 07.30"
    assert labels.moment(at, Zone.WIT) == "2 Mar 2026 08.30"


def test_durations_and_sizes():
    assert labels.minutes(0) == "0 menit"
    assert labels.minutes(65) == "1 jam 5 menit"
    assert labels.minutes(120) == "2 jam"
    assert labels.size(300) == "1 KB"
    assert labels.size(1_250_000) == "1,3 MB"
