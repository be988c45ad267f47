"""Appraisal under PP 30/2019 with PermenPANRB 8/2021, in force in the second half of 2021."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from wfh_desktop.domain.performance.activities import Activity
from wfh_desktop.domain.performance.steps import Score, Step, average, figure

ANNEX = "PermenPANRB 8/2021, lampiran"
PP30 = "PP 30/2019 pasal 41"
HUNDRED = Decimal(100)
HIGHEST = Decimal(120)
ADDITIONAL_CAP = Decimal(10)
RESULTS_SHARE = Decimal(70)  # where colleagues and subordinates are not asked for their view
BEHAVIOUR_SHARE = Decimal(30)


class Condition(StrEnum):
    """Whether more is better, or less."""

    NORMAL = "normal"
    SPECIAL = "khusus"


class Category(StrEnum):
    """How an indicator was achieved; also the words of the final predicate."""

    VERY_GOOD = "Sangat Baik"
    GOOD = "Baik"
    FAIR = "Cukup"
    POOR = "Kurang"
    VERY_POOR = "Sangat Kurang"


class BehaviourAspect(StrEnum):
    """Aspects of behaviour (PP 30/2019 article 25); leadership only for those who lead."""

    SERVICE = "Orientasi pelayanan"
    COMMITMENT = "Komitmen"
    INITIATIVE = "Inisiatif kerja"
    COOPERATION = "Kerja sama"
    LEADERSHIP = "Kepemimpinan"


# The share, in percent, of an additional achievement's value that counts.
ADDITIONAL_SHARE = {
    Category.VERY_GOOD: Decimal(100),
    Category.GOOD: Decimal(80),
    Category.FAIR: Decimal(60),
    Category.POOR: Decimal(40),
    Category.VERY_POOR: Decimal(20),
}

PREDICATES = (
    (Decimal(110), Category.VERY_GOOD),
    (Decimal(90), Category.GOOD),
    (Decimal(70), Category.FAIR),
    (Decimal(50), Category.POOR),
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """An individual indicator (IKI): a target from *lowest* to *highest*, often the same number.

    *at_maximum* says that the target cannot be exceeded (100 % attendance, zero complaints).
    """

    title: str
    lowest: Decimal
    highest: Decimal
    realised: Decimal
    condition: Condition = Condition.NORMAL
    at_maximum: bool = False

    def __post_init__(self) -> None:
        if self.highest < self.lowest or (not self.highest and self.condition is Condition.NORMAL):
            raise ValueError("an indicator needs a target to be measured against")


@dataclass(frozen=True, slots=True)
class Additional:
    """An additional achievement (kinerja tambahan), weighted by the scope of the assignment."""

    indicator: Indicator
    scope_percent: Decimal


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The nilai kinerja of a period with its two parts."""

    results: Score
    behaviour: Score
    total: Score
    predicate: Category


def achievement(indicator: Indicator) -> Score:
    """Return the achievement in percent, measured against the bound of the target it missed.

    Normal: R/T. Special: 1 + (1 - R/T). Within the range it is 100 %; it is never below 0. A
    special target of zero (no complaints) that was exceeded is 0 %.
    """
    realised, low, high = indicator.realised, indicator.lowest, indicator.highest
    if low <= realised <= high:
        span = figure(low) if low == high else f"{figure(low)} sampai {figure(high)}"
        formula = f"{indicator.title}: {figure(realised)} memenuhi target {span} = 100 %"
        return Score(HUNDRED, (Step(formula, ANNEX),))
    bound = low if realised < low else high
    if not bound:
        formula = f"{indicator.title}: {figure(realised)} melebihi target nol = 0 %"
        return Score(Decimal(), (Step(formula, ANNEX),))
    quotient = realised / bound * 100
    ratio = f"{figure(realised)} / {figure(bound)}"
    if indicator.condition is Condition.NORMAL:
        value, formula = quotient, f"{ratio} × 100 %"
    else:
        value, formula = 200 - quotient, f"(1 + (1 - {ratio})) × 100 %"
    told = Step(f"{indicator.title}: {formula} = {figure(value)} %", ANNEX)
    if value >= 0:
        return Score(value, (told,))
    return Score(Decimal(), (told, Step(f"{indicator.title}: capaian tidak kurang dari 0 %")))


def category(percent: Decimal) -> Category:
    """Name an achievement: above 100 Sangat Baik, 100 Baik, from 80 Cukup, from 60 Kurang."""
    if percent > HUNDRED:
        return Category.VERY_GOOD
    if percent == HUNDRED:
        return Category.GOOD
    if percent >= 80:
        return Category.FAIR
    return Category.POOR if percent >= 60 else Category.VERY_POOR


def value(percent: Decimal, *, at_maximum: bool = False) -> Score:
    """Convert an achievement in percent into a value from 0 to 120."""
    named = category(percent)
    amount, formula = _converted(named, percent, at_maximum)
    told = f"Capaian {figure(percent)} % = {named.value}, nilai {formula}{figure(amount)}"
    return Score(amount, (Step(told, ANNEX),))


def indicator_value(indicator: Indicator) -> Score:
    """Return the value of one indicator, from its realisation on."""
    percent = achievement(indicator)
    worth = value(percent.value, at_maximum=indicator.at_maximum)
    return Score(worth.value, (*percent.steps, *worth.steps))


def main_value(activity: Activity) -> Score:
    """Return the value of one plan: the mean of its indicators.

    Quantity and quality count as normal indicators, days and cost as special ones. A quality of
    100 cannot be exceeded, so it is a maximal target.
    """
    parts = [indicator_value(one) for one in indicators(activity)]
    whole = average(activity.title, [part.value for part in parts], ANNEX)
    return Score(whole.value, (*(step for part in parts for step in part.steps), *whole.steps))


def indicators(activity: Activity) -> tuple[Indicator, ...]:
    """Read an activity's aspects as indicators; what was not done at all saves neither time
    nor money, so only quantity and quality speak for it.
    """
    aspects = [
        ("Kuantitas", activity.quantity, Condition.NORMAL),
        ("Kualitas", activity.quality, Condition.NORMAL),
    ]
    if activity.done:
        aspects.append(("Waktu", activity.days, Condition.SPECIAL))
        if activity.cost is not None:
            aspects.append(("Biaya", activity.cost, Condition.SPECIAL))
    return tuple(
        Indicator(
            name,
            aspect.target,
            aspect.target,
            aspect.realised,
            condition,
            at_maximum=aspect is activity.quality and aspect.target == HUNDRED,
        )
        for name, aspect, condition in aspects
    )


def additional(items: Sequence[Additional]) -> Score:
    """Return what additional achievements add: at most 10 (annex, additional performance)."""
    total, steps = Decimal(), []
    for item in items:
        worth = indicator_value(item.indicator)
        named = category(achievement(item.indicator).value)
        share = ADDITIONAL_SHARE[named]
        weighted = share / 100 * item.scope_percent / 100 * worth.value
        total += weighted
        formula = (
            f"{item.indicator.title} = {figure(share)} % × {figure(item.scope_percent)} %"
            f" × {figure(worth.value)} = {figure(weighted)}"
        )
        steps += [*worth.steps, Step(formula, ANNEX)]
    if total > ADDITIONAL_CAP:
        steps.append(Step(f"Kinerja tambahan {figure(total)} dibatasi menjadi 10", ANNEX))
    return Score(min(total, ADDITIONAL_CAP), tuple(steps))


def skp(main: Sequence[Activity], extra: Sequence[Additional] = ()) -> Score:
    """Return the nilai SKP: the mean of the main plans plus the additional, at most 120."""
    parts = [main_value(one) for one in main]
    plain = average("Kinerja utama", [part.value for part in parts], ANNEX)
    more = additional(extra)
    total = min(plain.value + more.value, HIGHEST)
    formula = f"Nilai SKP = {figure(plain.value)} + {figure(more.value)} = {figure(total)}"
    if plain.value + more.value > HIGHEST:
        formula += " (paling tinggi 120)"
    steps = (step for part in parts for step in part.steps)
    return Score(total, (*steps, *plain.steps, *more.steps, Step(formula, ANNEX)))


def behaviour(aspects: Mapping[BehaviourAspect, Decimal]) -> Score:
    """Return the mean of the aspects of behaviour that apply, each from 0 to 120."""
    return average("Perilaku kerja", aspects.values(), "PP 30/2019 pasal 25")


def predicate(total: Decimal, *, new_idea: bool) -> Category:
    """Name the nilai kinerja (PP 30/2019 article 41).

    Sangat Baik needs 110 and a new idea or method of use to the office or the state; without
    one the value is Baik however high.
    """
    named = next((word for least, word in PREDICATES if total >= least), Category.VERY_POOR)
    return Category.GOOD if named is Category.VERY_GOOD and not new_idea else named


def appraise(
    main: Sequence[Activity],
    aspects: Mapping[BehaviourAspect, Decimal],
    *,
    extra: Sequence[Additional] = (),
    new_idea: bool = False,
) -> Appraisal:
    """Combine 70 % SKP with 30 % behaviour (PP 30/2019 article 41)."""
    results, conduct = skp(main, extra), behaviour(aspects)
    total = (results.value * RESULTS_SHARE + conduct.value * BEHAVIOUR_SHARE) / 100
    formula = (
        f"Nilai kinerja = {figure(RESULTS_SHARE)} % × {figure(results.value)}"
        f" + {figure(BEHAVIOUR_SHARE)} % × {figure(conduct.value)} = {figure(total)}"
    )
    steps = [Step(formula, PP30)]
    if total >= 110 and not new_idea:
        steps.append(Step("Tanpa ide atau cara baru: Baik, bukan Sangat Baik", PP30))
    return Appraisal(
        results, conduct, Score(total, tuple(steps)), predicate(total, new_idea=new_idea)
    )


def _converted(named: Category, percent: Decimal, at_maximum: bool) -> tuple[Decimal, str]:
    shown = figure(percent)
    match named:
        case Category.VERY_GOOD if percent > 110:
            return HIGHEST, "di atas 110 % = "
        case Category.VERY_GOOD:
            return 10 + percent, f"110 + ({shown} - 100) = "
        case Category.GOOD if at_maximum:
            return HIGHEST, "target paling tinggi = "
        case Category.GOOD:
            return Decimal(109), "= "
        case Category.FAIR:
            return 70 + (percent - 80), f"70 + 19/19 × ({shown} - 80) = "
        case Category.POOR:
            return 50 + (percent - 60), f"50 + 19/19 × ({shown} - 60) = "
        case Category.VERY_POOR:
            return percent / 59 * 49, f"{shown} / 59 × 49 = "
