"""Short words for what the tests of the TPP rules make over and over."""

from decimal import Decimal

from wfh_desktop.domain.tpp.figures import Mode
from wfh_desktop.domain.tpp.ruleset import Part, Rounding

D = Decimal


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def part(score, **told):
    return (Part(code="KINERJA", label="Kinerja", weight=D(100), score=score, **told),)


def rounding(stage, mode=Mode.HALF_UP, digits=0, step=None):
    return Rounding(stage=stage, mode=mode, digits=digits, step=step)
