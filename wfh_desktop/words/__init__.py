"""Indonesian words for everything the program has to say: refusals, problems, values of the domain.

Used alike by the window, the command line and the papers, so it knows neither Qt nor reportlab.
"""

from __future__ import annotations

import re

from wfh_desktop.domain.attendance import Fact, PersonDay
from wfh_desktop.domain.errors import (
    Cancelled,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    Problem,
    Refusal,
    Unreadable,
    Unwritable,
)
from wfh_desktop.words.checks import CHECKS, LACKS
from wfh_desktop.words.files import DOUBTS, REASONS, REMARKS, UNREADABLE, UNWRITABLE
from wfh_desktop.words.problems import FIELDS, PROBLEMS
from wfh_desktop.words.values import (
    ACTIONS,
    ALIASES,
    CAPACITIES,
    CAUSES,
    CAUSES_WITHOUT_DOCUMENT,
    LEAVES,
    MONTHS,
    PAPER_STATES,
    PAPERS,
    ROLES,
    clock,
    day,
    filling,
    month,
    within,
)

__all__ = [
    "ACTIONS",
    "ALIASES",
    "CAPACITIES",
    "CAUSES",
    "CHECKS",
    "DOUBTS",
    "FIELDS",
    "LACKS",
    "LEAVES",
    "MONTHS",
    "PAPERS",
    "PAPER_STATES",
    "PROBLEMS",
    "REASONS",
    "REMARKS",
    "ROLES",
    "UNREADABLE",
    "UNWRITABLE",
    "cause",
    "causes",
    "check",
    "clock",
    "day",
    "explain",
    "month",
    "problem",
    "remark",
    "within",
]


def explain(refusal: Refusal) -> str:
    """Put a refusal into sentences the user understands."""
    match refusal:
        case Invalid(problems=problems):
            return "\n".join(problem(one) for one in problems)
        case Unreadable(code=code, limits=limits, place=place):
            sentence = UNREADABLE[code].format(*limits)
            return f"{sentence[:-1]} ({place})." if place else sentence
        case Unwritable(code=code, place=place):
            return UNWRITABLE[code].format(place)
        case Conflict():
            return "Data ini baru saja diubah orang lain. Data sudah dimuat ulang; silakan ulangi."
        case NotAllowed():
            return "Anda tidak berwenang melakukan tindakan ini."
        case NotFound():
            return "Data ini sudah tidak ada."
        case Cancelled():
            return "Pekerjaan dibatalkan; tidak ada yang berubah."
        case _:
            return str(refusal)


def problem(one: Problem) -> str:
    """Put one broken rule into a sentence."""
    name = FIELDS.get(one.field, one.field)
    limits = [filling(limit) for limit in one.limits]
    return PROBLEMS[one.code].format(*limits, field=name[:1].upper() + name[1:])


def remark(code: str, limits: tuple[object, ...] = ()) -> str:
    """Put what a reader found at a place of a file into a sentence."""
    if code == "more_of_the_same":
        sentence = REMARKS[str(limits[0])].partition(".")[0]
        limits = (re.sub(r"\{\d\}", "…", sentence) + ".", limits[1])
    return REMARKS[code].format(*(filling(limit) for limit in limits))


def cause(fact: Fact) -> str:
    """Put one step of the reasoning about a day into a sentence."""
    without = fact.limits[-1:] == ("",) and CAUSES_WITHOUT_DOCUMENT.get(fact.rule)
    sentence = without or CAUSES[fact.rule]
    sentence = sentence.format(*(filling(limit) for limit in fact.limits))
    return sentence[:1].upper() + sentence[1:]


def causes(verdict: PersonDay) -> tuple[str, ...]:
    """Put the reasons for a day's status into sentences, in order."""
    return tuple(cause(fact) for fact in verdict.cause)


def check(code: str, limits: tuple[object, ...] = ()) -> str:
    """Put what stands between a draft and its submission into a sentence."""
    return CHECKS[code].format(*(filling(limit) for limit in limits))
