"""Appraisal under PermenPANRB 6/2022, in force since 2022: two ratings and a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from wfh_desktop.domain.performance.activities import Activity
from wfh_desktop.domain.performance.panrb8 import achievement, indicators
from wfh_desktop.domain.performance.steps import Score, Step, average, figure, mean

CLAUSE = "PermenPANRB 6/2022, lampiran"
ABOVE_OVER = Decimal(100)  # percent: what the program proposes as above expectation
AS_FROM = Decimal(90)  # percent: what it still proposes as meeting it; the head decides
HUNDRED = Decimal(100)


class Rating(StrEnum):
    """A rating of results or of behaviour against what was expected."""

    BELOW = "Di bawah ekspektasi"
    AS = "Sesuai ekspektasi"
    ABOVE = "Di atas ekspektasi"


class CoreValue(StrEnum):
    """The seven BerAKHLAK values by which behaviour is rated (SE MenPANRB 20/2021)."""

    SERVICE = "Berorientasi Pelayanan"
    ACCOUNTABLE = "Akuntabel"
    COMPETENT = "Kompeten"
    HARMONIOUS = "Harmonis"
    LOYAL = "Loyal"
    ADAPTIVE = "Adaptif"
    COLLABORATIVE = "Kolaboratif"


class Predicate(StrEnum):
    """The predicate of a period; Kurang is printed Kurang/Misconduct."""

    VERY_GOOD = "Sangat Baik"
    GOOD = "Baik"
    NEEDS_WORK = "Butuh Perbaikan"
    POOR = "Kurang"
    VERY_POOR = "Sangat Kurang"


PREDICATES = {
    (Rating.ABOVE, Rating.BELOW): Predicate.POOR,
    (Rating.ABOVE, Rating.AS): Predicate.GOOD,
    (Rating.ABOVE, Rating.ABOVE): Predicate.VERY_GOOD,
    (Rating.AS, Rating.BELOW): Predicate.POOR,
    (Rating.AS, Rating.AS): Predicate.GOOD,
    (Rating.AS, Rating.ABOVE): Predicate.GOOD,
    (Rating.BELOW, Rating.BELOW): Predicate.VERY_POOR,
    (Rating.BELOW, Rating.AS): Predicate.NEEDS_WORK,
    (Rating.BELOW, Rating.ABOVE): Predicate.NEEDS_WORK,
}

# Share of the year's coefficient that becomes angka kredit (PerBKN 3/2023), in percent.
CREDIT = {
    Predicate.VERY_GOOD: Decimal(150),
    Predicate.GOOD: Decimal(100),
    Predicate.NEEDS_WORK: Decimal(75),
    Predicate.POOR: Decimal(50),
    Predicate.VERY_POOR: Decimal(25),
}


def predicate(results: Rating, behaviour: Rating) -> Predicate:
    """Combine both ratings of a period (PermenPANRB 6/2022, annex, table of predicates).

    The table is not symmetric: good results with behaviour below expectation are `POOR`.
    """
    return PREDICATES[results, behaviour]


def proposed_results(activities: Sequence[Activity]) -> tuple[Rating, Score]:
    """Propose a rating of results from at least one activity, with the achievement behind it.

    The regulation leaves the rating to the head, who looks at evidence and feedback; this is the
    program's proposal: above expectation beyond 100 %, below it under 90 % of all targets' mean.
    """
    parts = [_achieved(one) for one in activities]
    whole = average("Capaian seluruh target", [part.value for part in parts])
    steps = (*(step for part in parts for step in part.steps), *whole.steps)
    if whole.value > ABOVE_OVER:
        return Rating.ABOVE, Score(whole.value, steps)
    rating = Rating.AS if whole.value >= AS_FROM else Rating.BELOW
    return rating, Score(whole.value, steps)


def proposed_behaviour(values: Mapping[CoreValue, Rating]) -> Rating:
    """Propose the rating of behaviour that most of the seven values got; doubt goes to AS."""
    counted = Counter(values.values())
    for rating in (Rating.BELOW, Rating.ABOVE):
        if counted[rating] * 2 > len(values):
            return rating
    return Rating.AS


def completion(activities: Sequence[Activity]) -> Score:
    """Return the mean of min(realisation/target, 100 %) by quantity, 0 to 100.

    Practice of regions that pay by a number rather than by the predicate (domain: SKBP).
    """
    shares = [min(one.quantity.percent, HUNDRED) for one in activities]
    return average("Capaian kuantitas (paling tinggi 100 % per target)", shares)


def credit(given: Predicate, coefficient: Decimal, months: int) -> Decimal:
    """Return the angka kredit of *months* of a year (PerBKN 3/2023 article 8)."""
    return CREDIT[given] / 100 * coefficient * months / 12


def _achieved(activity: Activity) -> Score:
    parts = {one.title.lower(): achievement(one).value for one in indicators(activity)}
    value = mean(parts.values())
    told = ", ".join(f"{name} {figure(percent)} %" for name, percent in parts.items())
    formula = f"{activity.title}: {told}; rata-rata {figure(value)} %"
    return Score(value, (Step(formula, CLAUSE),))
