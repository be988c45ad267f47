from datetime import date
from decimal import Decimal

import pytest
from matplotlib.figure import Figure

from wfh_desktop import charts
from wfh_desktop.charts.figures import PREDICATES, ROLES
from wfh_desktop.domain.attendance import PersonDay, Status, Workplace

INKS = (charts.PAPER, charts.LIGHT, charts.DARK)
DAY = date(2026, 9, 7)


def texts(figure):
    return [mark.text for mark in charts.drawn(figure).marks if isinstance(mark, charts.Words)]


@pytest.mark.parametrize("ink", INKS)
def test_the_same_figure_serves_paper_and_both_screens(ink):
    for figure in (
        charts.against_target([charts.Achievement("Pegawai 1", Decimal("0.85"))], ink),
        charts.predicates({"Baik": 3}, ink),
        charts.presence([charts.PresenceDay(DAY, (("WFO", 3),))], ink),
    ):
        assert isinstance(figure, Figure)
        assert (
            figure.get_facecolor()[:3]
            == tuple(round(int(ink.ground[n : n + 2], 16) / 255, 9) for n in (1, 3, 5))
            or charts.drawn(figure).marks
        )


def test_a_figure_is_drawn_the_same_every_time():
    bars = [charts.Achievement(f"Pegawai {n}", Decimal(n) / 20) for n in range(30)]
    assert charts.drawn(charts.against_target(bars)) == charts.drawn(charts.against_target(bars))


def test_each_bar_says_its_share_the_indonesian_way():
    bars = [charts.Achievement("A", Decimal("0.875")), charts.Achievement("B", None)]
    said = texts(charts.against_target(bars))
    assert "87,5%" in said
    assert "belum ada" in said


def test_more_than_forty_people_are_counted_in_classes():
    bars = [charts.Achievement(f"P{n}", Decimal(n) / 50) for n in range(60)]
    said = texts(charts.against_target(bars))
    assert "90-99" in said
    assert "P3" not in said


def test_every_share_falls_into_exactly_one_class():
    bars = [charts.Achievement("x", Decimal(n) / 100) for n in range(131)]
    bars.append(charts.Achievement("x", None))
    axes = charts.against_target(bars).axes[0]
    assert sum(bar.get_height() for bar in axes.patches) == len(bars)


def test_predicates_show_count_and_share():
    said = texts(charts.predicates({"Sangat Baik": 1, "Baik": 3}))
    assert {"1", "(25%)", "3", "(75%)"} <= set(said)


def test_roles_differ_in_pattern_as_well_as_in_colour():
    for table in (ROLES, PREDICATES):
        looks = list(table.values())
        patterns = [pattern for _, pattern in dict.fromkeys(looks)]
        assert len(set(patterns)) == len(patterns)


def test_a_day_counts_everybody_by_where_they_were():
    days = [
        PersonDay(DAY, Status.PRESENT),
        PersonDay(DAY, Status.PRESENT, workplace=Workplace.HOME),
        PersonDay(DAY, Status.PRESENT, workplace=Workplace.DUTY_ROSTER),
        PersonDay(DAY, Status.UNCLEAR),
        PersonDay(DAY, Status.HOLIDAY),
        PersonDay(DAY, Status.PENDING),
    ]
    assert charts.presence_of(days).people == (
        ("WFO", 1),
        ("WFH", 1),
        ("Piket", 1),
        ("Belum jelas", 1),
    )


def test_names_with_signs_of_formulas_are_printed_as_they_are():
    said = texts(charts.against_target([charts.Achievement("Rp$1_000$ {x}", Decimal(1))]))
    assert "Rp$1_000$ {x}" in said


def test_an_empty_month_is_still_a_figure():
    assert charts.drawn(charts.presence([])).marks
    assert charts.drawn(charts.predicates({})).marks
    assert charts.drawn(charts.against_target([])).marks


def test_pyplot_is_never_loaded():
    import sys

    assert "matplotlib.pyplot" not in sys.modules
