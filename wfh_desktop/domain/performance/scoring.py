"""The score of one person's month, whichever generation of rules is in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from wfh_desktop.domain import numbers
from wfh_desktop.domain.performance import Generation, panrb6, panrb8, pp46
from wfh_desktop.domain.performance.activities import Activity
from wfh_desktop.domain.performance.assessment import AssessmentDraft, behaviour_of
from wfh_desktop.domain.performance.panrb8 import Additional
from wfh_desktop.domain.performance.steps import Step, figure

NOT_RATED = "Perilaku kerja belum dinilai."
NO_RESULTS = "Hasil kerja belum dinilai."
NO_TARGET = "Belum ada target yang ditetapkan."


@dataclass(frozen=True, slots=True)
class MonthScore:
    """The score of a person's month; *predicate* is empty while something is missing.

    *score* is 0 to 120: prestasi kerja (PP 46/2011), nilai kinerja (PermenPANRB 8/2021), or the
    mean of min(realisation/target, 100 %) by quantity (PermenPANRB 6/2022, which has no number);
    None while it is unknown. *explanation* has one line a step, or says what is missing.
    """

    generation: Generation
    results: str
    behaviour: str
    predicate: str
    score: Decimal | None
    explanation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a month is scored from; *gaps* are sentences about what is still unknown."""

    main: Sequence[Activity] = ()
    extra: Sequence[Additional] = ()
    entered: AssessmentDraft | None = None
    gaps: Sequence[str] = field(default=())


def score(generation: Generation, facts: Facts) -> MonthScore:
    """Score a month; whatever is missing leaves the predicate empty and is said in words."""
    match generation:
        case Generation.PP46:
            return _pp46(facts)
        case Generation.PANRB8:
            return _panrb8(facts)
        case Generation.PANRB6:
            return _panrb6(facts)


def _pp46(facts: Facts) -> MonthScore:
    gaps = _gaps(facts, targets_needed=True)
    if gaps or facts.entered is None:
        known = pp46.skp(facts.main) if facts.main else None
        results = pp46.label(known.value).value if known else ""
        return _incomplete(Generation.PP46, results, gaps, known.steps if known else ())
    aspects = {
        aspect: value
        for aspect in pp46.BehaviourAspect
        if (value := numbers.read(facts.entered.aspects.get(aspect.value, ""))) is not None
    }
    done = pp46.appraise(facts.main, aspects)
    return MonthScore(
        Generation.PP46,
        results=pp46.label(done.results.value).value,
        behaviour=pp46.label(done.behaviour.value).value,
        predicate=done.label.value,
        score=done.total.value,
        explanation=_told(done.results.steps, done.behaviour.steps, done.total.steps),
    )


def _panrb8(facts: Facts) -> MonthScore:
    gaps = _gaps(facts, targets_needed=True)
    if gaps or facts.entered is None:
        known = panrb8.skp(facts.main, facts.extra) if facts.main else None
        results = _word(known.value) if known else ""
        return _incomplete(Generation.PANRB8, results, gaps, known.steps if known else ())
    aspects = {
        aspect: value
        for aspect in panrb8.BehaviourAspect
        if (value := numbers.read(facts.entered.aspects.get(aspect.value, ""))) is not None
    }
    done = panrb8.appraise(facts.main, aspects, extra=facts.extra, new_idea=facts.entered.new_idea)
    return MonthScore(
        Generation.PANRB8,
        results=_word(done.results.value),
        behaviour=_word(done.behaviour.value),
        predicate=done.predicate.value,
        score=done.total.value,
        explanation=_told(done.results.steps, done.behaviour.steps, done.total.steps),
    )


def _panrb6(facts: Facts) -> MonthScore:
    entered = facts.entered or AssessmentDraft()
    behaviour = behaviour_of(entered)
    gaps = _gaps(facts, targets_needed=False)
    if facts.entered is not None and entered.results is None:
        gaps = (*gaps, NO_RESULTS)
    steps, completion = _evidence(facts)
    if gaps or entered.results is None or behaviour is None:
        results = entered.results.value if entered.results else ""
        return _incomplete(Generation.PANRB6, results, gaps, steps, completion)
    predicate = panrb6.predicate(entered.results, behaviour)
    verdict = (
        Step(f"Hasil kerja: {entered.results.value}{_because(entered)}", "penilaian pimpinan"),
        Step(f"Perilaku kerja: {behaviour.value}{_values(entered)}", "penilaian pimpinan"),
        Step(
            f"{entered.results.value} pada hasil kerja dan {_lower(behaviour)} pada perilaku"
            f" = {predicate.value}",
            "PermenPANRB 6/2022, tabel predikat",
        ),
    )
    return MonthScore(
        Generation.PANRB6,
        results=entered.results.value,
        behaviour=behaviour.value,
        predicate=predicate.value,
        score=completion,
        explanation=_told(steps, verdict),
    )


def _evidence(facts: Facts) -> tuple[tuple[Step, ...], Decimal | None]:
    """Return what the realisation says under PermenPANRB 6/2022, and the completion behind it."""
    if not facts.main:
        return (), None
    proposed, achieved = panrb6.proposed_results(facts.main)
    completion = panrb6.completion(facts.main)
    hint = Step(f"Usulan hasil kerja menurut realisasi: {proposed.value}", "usulan aplikasi")
    return (*achieved.steps, *completion.steps, hint), completion.value


def _gaps(facts: Facts, *, targets_needed: bool) -> tuple[str, ...]:
    gaps = list(facts.gaps)
    if targets_needed and not facts.main:
        gaps.append(NO_TARGET)
    if facts.entered is None:
        gaps.append(NOT_RATED)
    return tuple(gaps)


def _incomplete(
    generation: Generation,
    results: str,
    gaps: Sequence[str],
    steps: Sequence[Step],
    known: Decimal | None = None,
) -> MonthScore:
    return MonthScore(generation, results, "", "", known, (*gaps, *_told(steps)))


def _told(*parts: Sequence[Step]) -> tuple[str, ...]:
    return tuple(str(step) for part in parts for step in part)


def _word(value: Decimal) -> str:
    """Name a part of the nilai kinerja; its own Sangat Baik needs no new idea."""
    return panrb8.predicate(value, new_idea=True).value


def _because(entered: AssessmentDraft) -> str:
    return f" ({entered.note.strip()})" if entered.note.strip() else ""


def _values(entered: AssessmentDraft) -> str:
    """Count what the seven values were rated: 5 sesuai, 2 di atas."""
    if not entered.aspects:
        return ""
    counted = Counter(entered.aspects.values())
    told = [
        f"{counted[rating.value]} {_lower(rating)}"
        for rating in panrb6.Rating
        if counted[rating.value]
    ]
    return f" ({', '.join(told)} dari {figure(Decimal(len(entered.aspects)))} nilai BerAKHLAK)"


def _lower(rating: panrb6.Rating) -> str:
    return rating.value[:1].lower() + rating.value[1:]
