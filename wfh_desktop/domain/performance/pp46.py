"""Appraisal under PP 46/2011 with Perka BKN 1/2013, in force from 2014 to June 2021."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from wfh_desktop.domain.performance.activities import Activity, Aspect
from wfh_desktop.domain.performance.steps import Score, Step, average, figure

PERKA = "Perka BKN 1/2013, lampiran"
EFFICIENCY_LIMIT = Decimal(24)  # percent; beyond it, spending less lowers the value again
RESULTS_SHARE = Decimal(60)
BEHAVIOUR_SHARE = Decimal(40)


class BehaviourAspect(StrEnum):
    """Aspects of behaviour (PP 46/2011 article 12); leadership only for those who lead."""

    SERVICE = "Orientasi pelayanan"
    INTEGRITY = "Integritas"
    COMMITMENT = "Komitmen"
    DISCIPLINE = "Disiplin"
    COOPERATION = "Kerja sama"
    LEADERSHIP = "Kepemimpinan"


class Label(StrEnum):
    """Words for a value (PP 46/2011 article 17)."""

    VERY_GOOD = "Sangat Baik"
    GOOD = "Baik"
    FAIR = "Cukup"
    POOR = "Kurang"
    BAD = "Buruk"


LABELS = (
    (Decimal(91), Label.VERY_GOOD),
    (Decimal(76), Label.GOOD),
    (Decimal(61), Label.FAIR),
    (Decimal(51), Label.POOR),
)


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The prestasi kerja of a period with its two parts."""

    results: Score
    behaviour: Score
    total: Score
    label: Label


def label(value: Decimal) -> Label:
    """Put a value into words; what lies between two bands (90,5) belongs to the lower one."""
    return next((word for least, word in LABELS if value >= least), Label.BAD)


def activity(done: Activity, limit: Decimal | None = EFFICIENCY_LIMIT) -> Score:
    """Return the value of one activity: the mean of its 3 aspects, or of 4 with cost.

    *limit* is the efficiency in percent beyond which the formula of time and cost turns over.
    None reproduces the figures of programs that never implemented that clause.
    """
    if not done.done:
        return Score(Decimal(), (Step(f"{done.title}: tidak dilaksanakan = 0", PERKA),))
    parts = [
        _share("Kuantitas", done.quantity),
        _share("Kualitas", done.quality),
        _thrift("Waktu", done.days, limit),
    ]
    if done.cost is not None:
        parts.append(_thrift("Biaya", done.cost, limit))
    whole = average(done.title, [part.value for part in parts], PERKA)
    return Score(whole.value, (*(step for part in parts for step in part.steps), *whole.steps))


def skp(activities: Sequence[Activity]) -> Score:
    """Return the SKP value: the mean over at least one activity."""
    parts = [activity(one) for one in activities]
    whole = average("Nilai SKP", [part.value for part in parts], PERKA)
    return Score(whole.value, (*(step for part in parts for step in part.steps), *whole.steps))


def behaviour(aspects: Mapping[BehaviourAspect, Decimal]) -> Score:
    """Return the mean of the aspects of behaviour that apply, 5 or, with leadership, 6."""
    return average("Perilaku kerja", aspects.values(), "PP 46/2011 pasal 12")


def appraise(
    activities: Sequence[Activity], aspects: Mapping[BehaviourAspect, Decimal]
) -> Appraisal:
    """Combine 60 % SKP with 40 % behaviour (PP 46/2011 article 15)."""
    results, conduct = skp(activities), behaviour(aspects)
    value = (results.value * RESULTS_SHARE + conduct.value * BEHAVIOUR_SHARE) / 100
    formula = (
        f"Prestasi kerja = {figure(RESULTS_SHARE)} % × {figure(results.value)}"
        f" + {figure(BEHAVIOUR_SHARE)} % × {figure(conduct.value)} = {figure(value)}"
    )
    total = Score(value, (Step(formula, "PP 46/2011 pasal 15"),))
    return Appraisal(results, conduct, total, label(value))


def _share(name: str, aspect: Aspect) -> Score:
    target, realised = figure(aspect.target), figure(aspect.realised)
    formula = f"{name} = {realised} / {target} × 100 = {figure(aspect.percent)}"
    return Score(aspect.percent, (Step(formula, PERKA),))


def _thrift(name: str, aspect: Aspect, limit: Decimal | None) -> Score:
    """Value time or cost, where less is better up to the limit; never below 0."""
    target, realised = figure(aspect.target), figure(aspect.realised)
    efficiency = 100 - aspect.percent
    plain = Decimal(176) - aspect.percent
    formula = f"(1,76 × {target} - {realised}) / {target} × 100"
    if limit is not None and efficiency > limit:
        value = 76 - (plain - 100)
        formula = f"76 - ({formula} - 100)"
    else:
        value = plain
    told = Step(
        f"{name}: efisiensi 100 - {realised} / {target} × 100 = {figure(efficiency)} %; "
        f"{formula} = {figure(value)}",
        PERKA,
    )
    if value >= 0:
        return Score(value, (told,))
    return Score(Decimal(), (told, Step(f"{name}: nilai tidak kurang dari 0")))
