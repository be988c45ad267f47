from decimal import Decimal

import pytest

from wfh_desktop.domain.performance import Generation, scoring
from wfh_desktop.domain.performance.activities import Activity, Aspect
from wfh_desktop.domain.performance.assessment import AssessmentDraft
from wfh_desktop.domain.performance.panrb6 import CoreValue, Rating
from wfh_desktop.domain.performance.scoring import Facts

PP46, PANRB8, PANRB6 = Generation


def activity(done=4):
    return Activity(
        "Rekap data",
        Aspect(Decimal(4), Decimal(done)),
        Aspect(Decimal(100), Decimal(90)),
        Aspect(Decimal(20), Decimal(20)),
    )


def numbers(value, names):
    return AssessmentDraft(dict.fromkeys(names, value))


FIVE = ("Orientasi pelayanan", "Integritas", "Komitmen", "Disiplin", "Kerja sama")
FOUR = ("Orientasi pelayanan", "Komitmen", "Inisiatif kerja", "Kerja sama")


def test_a_month_of_2018_is_prestasi_kerja():
    score = scoring.score(PP46, Facts([activity()], entered=numbers("80", FIVE)))
    assert score.score == (Decimal(266) / 3 * 60 + 80 * 40) / 100
    assert (score.results, score.behaviour, score.predicate) == ("Baik", "Baik", "Baik")
    assert score.explanation[-1].startswith("Prestasi kerja = 60 % × 88,6667 + 40 % × 80")


def test_a_month_of_late_2021_is_nilai_kinerja():
    score = scoring.score(PANRB8, Facts([activity()], entered=numbers("100", FOUR)))
    assert score.predicate == "Baik"
    assert score.score == (Decimal(109 + 80 + 109) / 3 * 70 + 100 * 30) / 100


def test_a_month_of_today_is_a_predicate_from_two_ratings():
    values = {value.value: Rating.AS.value for value in CoreValue}
    entered = AssessmentDraft(values, results=Rating.AS)
    score = scoring.score(PANRB6, Facts([activity(3)], entered=entered))
    assert score.predicate == "Baik"
    assert score.score == 75
    assert any("7 sesuai ekspektasi dari 7 nilai BerAKHLAK" in line for line in score.explanation)
    assert score.explanation[-1].endswith("= Baik (PermenPANRB 6/2022, tabel predikat)")


def test_good_results_with_bad_behaviour_are_never_good():
    entered = AssessmentDraft(results=Rating.ABOVE, behaviour=Rating.BELOW)
    assert scoring.score(PANRB6, Facts(entered=entered)).predicate == "Kurang"


@pytest.mark.parametrize("generation", Generation)
def test_what_is_not_appraised_has_no_predicate_and_says_so(generation):
    score = scoring.score(generation, Facts([activity()]))
    assert score.predicate == ""
    assert scoring.NOT_RATED in score.explanation
    assert len(score.explanation) > 3


@pytest.mark.parametrize("generation", [PP46, PANRB8])
def test_the_older_rules_need_targets(generation):
    score = scoring.score(generation, Facts())
    assert score.explanation == (scoring.NO_TARGET, scoring.NOT_RATED)


@pytest.mark.parametrize("generation", Generation)
def test_a_gap_leaves_the_month_open(generation):
    entered = {
        PP46: numbers("80", FIVE),
        PANRB8: numbers("80", FOUR),
        PANRB6: AssessmentDraft(results=Rating.AS, behaviour=Rating.AS),
    }[generation]
    score = scoring.score(
        generation, Facts([activity()], entered=entered, gaps=["Biaya belum diisi."])
    )
    assert score.predicate == ""
    assert score.explanation[0] == "Biaya belum diisi."
