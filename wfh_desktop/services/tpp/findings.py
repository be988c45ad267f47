"""What a check may find about a draft, and where in the window each finding is put right."""

from __future__ import annotations

from dataclasses import dataclass

from wfh_desktop import words

# By code: whether it forbids submitting, and the page and part where it is put right.
PLACES = {
    "no_rules": (True, "office", "rules"),
    "nobody": (True, "people", ""),
    "not_over": (True, "home", ""),
    "missing": (True, "tpp", "compute"),
    "gone": (True, "tpp", "compute"),
    "stale": (True, "tpp", "compute"),
    "rules_changed": (True, "tpp", "compute"),
    "others": (True, "tpp", "line"),
    "rules_dated": (True, "office", "rules"),
    "rules_failing": (True, "office", "rules"),
    "unclear": (True, "attendance", "unclear"),
    "pending": (True, "attendance", ""),
    "no_class": (True, "people", "positions"),
    "no_base": (True, "office", "amounts"),
    "no_grade": (True, "people", "positions"),
    "no_predicate": (True, "performance", "missing"),
    "no_score": (True, "performance", "unrealised"),
    "no_figure": (True, "tpp", "figures"),
    "refused": (True, "tpp", "line"),
    "undecided": (True, "work_reports", "waiting"),
    "ceiling": (True, "office", "ceiling"),
    "no_signer": (True, "office", "signatories"),
    "elsewhere": (True, "tpp", ""),
    "reason": (True, "tpp", ""),
    "no_ceiling": (False, "office", "ceiling"),
    "letterhead": (False, "office", "letterhead"),
    "no_holidays": (False, "office", "calendar"),
    "missed_holiday": (False, "office", "calendar"),
    "no_superior": (False, "people", "positions"),
    "no_decree": (False, "people", "sanctions"),
    "zero": (False, "tpp", "line"),
    "corrected": (False, "attendance", "corrected"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: what it is, with what fills its sentence, and the people concerned."""

    code: str
    limits: tuple[object, ...] = ()
    keys: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """Return the finding as a sentence."""
        return words.check(self.code, self.limits)

    @property
    def blocking(self) -> bool:
        """Tell whether it forbids submitting."""
        return PLACES[self.code][0]

    @property
    def page(self) -> str:
        """Return the page of the window where it is put right."""
        return PLACES[self.code][1]

    @property
    def part(self) -> str:
        """Return the part of that page."""
        return PLACES[self.code][2]
