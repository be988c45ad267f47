"""What holds for all components of a person's month while it is calculated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from wfh_desktop.domain.tpp.absence import Adjustment, Away, leave, thresholds
from wfh_desktop.domain.tpp.bases import Applied, multipliers
from wfh_desktop.domain.tpp.deductions import Cut, cuts
from wfh_desktop.domain.tpp.facts import Facts
from wfh_desktop.domain.tpp.figures import HUNDRED, ZERO, number
from wfh_desktop.domain.tpp.ruleset import Part
from wfh_desktop.domain.tpp.scoring import Scored, score

REPLACED = Scored(HUNDRED, "100 % (penilaian dan potongan diganti tabel cuti)")


class Month(NamedTuple):
    """Facts and what follows from them for every component alike."""

    facts: Facts
    away: Away
    applied: tuple[Applied, ...]
    cuts: tuple[Cut, ...]
    adjustments: tuple[Adjustment, ...]
    scores: Mapping[str, Scored]


def gather(facts: Facts) -> Month:
    """Read leave, multipliers, events, thresholds and scores off the rules.

    Leave that replaces the month leaves no deduction and takes every score as full; thresholds
    still count.
    """
    away = leave(facts)
    replaced = away.replaced is not None
    crossed = tuple(thresholds(facts))
    return Month(
        facts,
        away,
        multipliers(facts, away.multipliers),
        () if replaced else cuts(facts),
        crossed if away.replaced is None else (away.replaced, *crossed),
        {
            part.code: REPLACED if replaced else _scored(part, facts)
            for part in facts.rules.active(facts.rules.parts)
        },
    )


def _scored(part: Part, facts: Facts) -> Scored:
    when = part.when
    if when is not None and not facts.holds(when):
        condition = f"{facts.label(when.metric)} {when.op.value} {number(when.value)}"
        return Scored(ZERO, f"0 % ({condition} tidak terpenuhi)")
    return score(part.score, facts)
