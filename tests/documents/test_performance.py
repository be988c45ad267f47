from dataclasses import replace
from decimal import Decimal

import pytest

from tests.documents import reading, samples
from wfh_desktop.documents import performance
from wfh_desktop.documents.paper import Layout, Size

LAYOUTS = (Layout(), Layout(size=Size.A4))


def write(count, layout=LAYOUTS[0]):
    return performance.write(samples.performance(count), layout)


@pytest.mark.parametrize("count", [*range(1, 40, 3), 60])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_signature_is_with_the_total_and_the_last_person(count, layout):
    pdf = write(count, layout)
    (signed,) = [one for one in reading.pieces(pdf) if one.text == "Mengetahui,"]
    with_it = [cells for page, cells in reading.rows(pdf) if page == signed.page]
    assert any(cells[0] == "JUMLAH" for cells in with_it)
    assert any(cells[0] == str(count) for cells in with_it)


def test_counts_are_summed_and_percentages_scores_and_words_are_not():
    recap = samples.performance(12)
    total = reading.total(performance.write(recap, Layout()))
    assert [int(reading.value(cell)) for cell in total] == [
        sum(line.targets for line in recap.lines),
        sum(line.accepted for line in recap.lines),
        sum(line.returned for line in recap.lines),
        sum(line.waiting for line in recap.lines),
    ]


def test_people_are_counted_by_predicate_best_first_and_the_missing_last():
    lines = samples.performance(14).lines
    counts = performance.distribution(lines)
    assert list(counts) == ["Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Belum dinilai"]
    assert sum(counts.values()) == 14


def test_predicates_of_older_rules_and_unknown_words_are_counted_too():
    lines = samples.performance(3).lines
    words = ("Cukup", "Buruk", "Istimewa")
    changed = [replace(line, predicate=word) for line, word in zip(lines, words, strict=True)]
    assert performance.distribution(changed) == {"Cukup": 1, "Buruk": 1, "Istimewa": 1}


@pytest.mark.parametrize("count", [1, 30, 41, 300])
def test_the_last_page_shows_the_distribution_beside_the_targets(count):
    last = reading.quick_pages(write(count))[-1]
    assert "GRAFIK" in last
    assert "Capaian terhadap target (%)" in last
    assert "Baik" in last
    assert ("Dr. Pegawai 0" in last) == (count <= 40)  # more people are counted in classes


def test_what_is_missing_is_said_and_not_counted_as_nothing():
    line = replace(samples.performance(1).lines[0], reached=None, score=None, predicate="",
                   note="Perilaku kerja belum dinilai.")  # fmt: skip
    recap = replace(samples.performance(0), lines=(line,))
    flat = " ".join(" ".join(reading.quick_pages(performance.write(recap, Layout()))).split())
    assert "Perilaku kerja belum dinilai." in flat
    assert "belum ada" in flat


def test_a_unit_of_nobody_still_has_a_paper():
    assert "Tidak ada pegawai" in reading.quick_pages(write(0))[0]


def test_the_code_changes_with_a_score():
    recap = samples.performance(3)
    line = replace(recap.lines[0], score=Decimal("98.6"))
    other = replace(recap, lines=(line, *recap.lines[1:]))
    assert performance.code(recap) != performance.code(other)
