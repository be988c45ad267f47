import pytest

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.people import Level
from wfh_desktop.domain.performance import Generation, assessment
from wfh_desktop.domain.performance.assessment import AssessmentDraft, aspects_asked
from wfh_desktop.domain.performance.panrb6 import CoreValue, Rating

PP46, PANRB8, PANRB6 = Generation


def codes(draft, generation=PANRB6, level=Level.PELAKSANA, proposed=None):
    with pytest.raises(Invalid) as refusal:
        assessment.check(draft, generation, level, proposed)
    return [problem.code for problem in refusal.value.problems]


def rated(rating=Rating.AS, **more):
    return AssessmentDraft(dict.fromkeys((v.value for v in CoreValue), rating.value), **more)


def test_only_who_leads_is_asked_for_leadership():
    assert "Kepemimpinan" in aspects_asked(PP46, Level.PENGAWAS)
    assert "Kepemimpinan" not in aspects_asked(PP46, Level.PELAKSANA)
    assert "Kepemimpinan" not in aspects_asked(PANRB8, Level.FUNGSIONAL)
    assert len(aspects_asked(PANRB6, Level.PELAKSANA)) == 7


def test_every_aspect_needs_a_number_in_range():
    names = aspects_asked(PP46, Level.PELAKSANA)
    full = dict.fromkeys(names, "80")
    assessment.check(AssessmentDraft(full), PP46, Level.PELAKSANA)
    assert codes(AssessmentDraft(full | {"Disiplin": "101"}), PP46) == ["aspect_range"]
    assert codes(AssessmentDraft({}), PP46) == ["aspect_missing"] * 5
    assessment.check(
        AssessmentDraft(dict.fromkeys(aspects_asked(PANRB8, Level.PELAKSANA), "120")),
        PANRB8,
        Level.PELAKSANA,
    )


def test_both_ratings_are_needed():
    assert codes(AssessmentDraft()) == ["required", "required"]
    assessment.check(
        AssessmentDraft(results=Rating.AS, behaviour=Rating.AS), PANRB6, Level.PELAKSANA
    )


def test_the_seven_values_are_rated_all_or_not_at_all():
    assert codes(AssessmentDraft({"Loyal": Rating.AS.value}, results=Rating.AS)) == [
        "aspect_missing"
    ]


def test_the_behaviour_follows_from_the_seven_values():
    assert assessment.behaviour_of(rated(Rating.ABOVE)) is Rating.ABOVE


def test_whoever_departs_from_the_evidence_says_why():
    above = rated(results=Rating.ABOVE)
    assert codes(above, proposed=Rating.AS) == ["departs_without_reason"]
    told = rated(results=Rating.ABOVE, note="Inovasi layanan satu pintu")
    assessment.check(told, PANRB6, Level.PELAKSANA, Rating.AS)
    other = rated(Rating.BELOW, results=Rating.AS, behaviour=Rating.AS)
    assert codes(other, proposed=Rating.AS) == ["departs_without_reason"]
