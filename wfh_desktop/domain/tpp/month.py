"""What holds for all components of a person's month while it is calculated."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from wfh_desktop.domain.tpp.absence import Adjustment, Away, leave, thresholds
from wfh_desktop.domain.tpp.bases import Applied, multipliers
from wfh_desktop.domain.tpp.deductions import Cut, cuts
from wfh_desktop.domain.tpp.facts import Facts
from wfh_desktop.domain.tpp.figures import HUNDRED, ZERO
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
    scores: dict[str, Scored]  # of the parts that were asked for so far

    def score(self, part: Part) -> Scored:
        """Return how much of a part is reached; where leave replaces the month, all of it."""
        found = self.scores.get(part.code)
        if found is None:
            found = _scored(part, self.facts) if self.away.replaced is None else REPLACED
            self.scores[part.code] = found
        return found

    @property
    def share(self) -> Decimal:
        """Return what leave and thresholds leave of everything, in percent."""
        share = HUNDRED
        for one in self.adjustments:
            if not one.parts:
                share = share * one.left / HUNDRED
        return share


def gather(facts: Facts) -> Month:
    """Read leave, multipliers, events and thresholds off the rules.

    Leave that replaces the month leaves no deduction and takes every score as full; thresholds
    still count.
    """
    away = leave(facts)
    crossed = tuple(thresholds(facts))
    return Month(
        facts,
        away,
        multipliers(facts, away.multipliers),
        cuts(facts) if away.replaced is None else (),
        crossed if away.replaced is None else (away.replaced, *crossed),
        {},
    )


def _scored(part: Part, facts: Facts) -> Scored:
    when = part.when
    if when is not None and not facts.holds(when):
        return Scored(ZERO, f"0 % ({facts.words(when)} tidak terpenuhi)")
    return score(part.score, facts)
