"""What a head enters to appraise a month, and what each generation of rules asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from wfh_desktop.domain import numbers
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.people import Level
from wfh_desktop.domain.performance import Generation, panrb6, panrb8, pp46

LEADING = frozenset(
    {
        Level.JPT_UTAMA,
        Level.JPT_MADYA,
        Level.JPT_PRATAMA,
        Level.ADMINISTRATOR,
        Level.PENGAWAS,
    }
)
HIGHEST = {Generation.PP46: Decimal(100), Generation.PANRB8: Decimal(120)}


@dataclass(frozen=True, slots=True)
class AssessmentDraft:
    """An appraisal as entered: behaviour by aspect, and under PermenPANRB 6/2022 both ratings.

    *aspects* holds numbers ("85,5") or, under PermenPANRB 6/2022, ratings by core value.
    *behaviour* None takes the rating that most of the seven values have.
    """

    aspects: Mapping[str, str] = field(default_factory=dict)
    results: panrb6.Rating | None = None
    behaviour: panrb6.Rating | None = None
    new_idea: bool = False
    note: str = ""


def aspects_asked(generation: Generation, level: Level) -> tuple[str, ...]:
    """Return the aspects of behaviour to enter; leadership only of those who lead."""
    match generation:
        case Generation.PP46:
            names = [aspect.value for aspect in pp46.BehaviourAspect]
        case Generation.PANRB8:
            names = [aspect.value for aspect in panrb8.BehaviourAspect]
        case Generation.PANRB6:
            return tuple(value.value for value in panrb6.CoreValue)
    return tuple(names if level in LEADING else names[:-1])


def behaviour_of(draft: AssessmentDraft) -> panrb6.Rating | None:
    """Return the rating of behaviour under PermenPANRB 6/2022; None while it is missing."""
    if draft.behaviour is not None or not draft.aspects:
        return draft.behaviour
    return panrb6.proposed_behaviour(_values(draft))


def check(
    draft: AssessmentDraft,
    generation: Generation,
    level: Level,
    proposed: panrb6.Rating | None = None,
) -> None:
    """Raise `Invalid` with all that *draft* lacks under *generation*.

    *proposed* is the rating of results that the realisation suggests; whoever departs from it,
    or from what most core values say, gives the reason.
    """
    if generation is Generation.PANRB6:
        problems = tuple(_ratings(draft, proposed))
    else:
        problems = tuple(_numbers(draft, generation, level))
    if problems:
        raise Invalid(problems)


def _numbers(draft: AssessmentDraft, generation: Generation, level: Level) -> Iterator[Problem]:
    highest = HIGHEST[generation]
    for name in aspects_asked(generation, level):
        value = numbers.read(draft.aspects.get(name, ""))
        if value is None:
            yield Problem("behaviour", "aspect_missing", (name,))
        elif not 0 <= value <= highest:
            yield Problem("behaviour", "aspect_range", (name, highest))


def _ratings(draft: AssessmentDraft, proposed: panrb6.Rating | None) -> Iterator[Problem]:
    if draft.results is None:
        yield Problem("results", "required")
    for name in aspects_asked(Generation.PANRB6, Level.PELAKSANA):
        if draft.aspects and draft.aspects.get(name) not in {*panrb6.Rating}:
            yield Problem("behaviour", "aspect_missing", (name,))
            return
    if behaviour_of(draft) is None:
        yield Problem("behaviour", "required")
    if not draft.note.strip() and _departs(draft, proposed):
        yield Problem("note", "departs_without_reason")


def _departs(draft: AssessmentDraft, proposed: panrb6.Rating | None) -> bool:
    if proposed is not None and draft.results not in (None, proposed):
        return True
    if draft.behaviour is None or not draft.aspects:
        return False
    return draft.behaviour is not panrb6.proposed_behaviour(_values(draft))


def _values(draft: AssessmentDraft) -> dict[panrb6.CoreValue, panrb6.Rating]:
    return {panrb6.CoreValue(name): panrb6.Rating(rating) for name, rating in draft.aspects.items()}
