"""Indonesian words for everything the program has to say: refusals, problems, values of the domain.

Used alike by the window, the command line and the papers, so it knows neither Qt nor reportlab.
"""

from __future__ import annotations

import re
from datetime import datetime

from wfh_desktop.domain.attendance import Fact, PersonDay
from wfh_desktop.domain.errors import (
    Cancelled,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    Problem,
    Refusal,
    Unreachable,
    Unreadable,
    Unwritable,
)
from wfh_desktop.words.checks import CHECKS, LACKS
from wfh_desktop.words.files import DOUBTS, REASONS, REMARKS, UNREADABLE, UNWRITABLE
from wfh_desktop.words.installation import REFUSED
from wfh_desktop.words.moving import MOVING
from wfh_desktop.words.problems import FIELDS, PROBLEMS
from wfh_desktop.words.server import DENIED, GUARDED, OPENING, UNREACHABLE
from wfh_desktop.words.values import (
    ACTIONS,
    ALIASES,
    CAPACITIES,
    CAUSES,
    CAUSES_WITHOUT_DOCUMENT,
    LEAVES,
    MANDATES,
    MONTHS,
    PAPER_STATES,
    PAPERS,
    RECORDS,
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
    "MANDATES",
    "MONTHS",
    "PAPERS",
    "PAPER_STATES",
    "PROBLEMS",
    "REASONS",
    "RECORDS",
    "REMARKS",
    "ROLES",
    "UNREADABLE",
    "UNWRITABLE",
    "WITHOUT_SERVER",
    "cause",
    "causes",
    "check",
    "clock",
    "day",
    "explain",
    "month",
    "problem",
    "remark",
    "since",
    "within",
]

WITHOUT_SERVER = "Sambungan ke server terputus; perubahan belum dapat disimpan"


def explain(refusal: Refusal) -> str:
    """Put a refusal into sentences the user understands."""
    match refusal:
        case Invalid(problems=problems):
            return "\n".join(problem(one) for one in problems)
        case Unreadable(code=code, limits=limits, place=place):
            sentence = (UNREADABLE | OPENING | MOVING | REFUSED)[code].format(*limits)
            return f"{sentence[:-1]} ({place})." if place else sentence
        case Unwritable(code=code, place=place):
            return UNWRITABLE[code].format(place)
        case Conflict(table=table, by=by, at=at):
            what = RECORDS.get(table, "Data")
            return (
                f"{what} ini baru saja diubah {f'oleh {by}' if by else 'orang lain'}{since(at)}. "
                "Data sudah dimuat ulang; silakan ulangi."
            )
        case Unreachable(code=code):
            return UNREACHABLE[code]
        case NotAllowed():
            return DENIED.get(str(refusal), "Anda tidak berwenang melakukan tindakan ini.")
        case NotFound():
            return "Data ini sudah tidak ada."
        case Cancelled():
            return "Pekerjaan dibatalkan; tidak ada yang berubah."
        case _:
            return str(refusal)


def since(moment: datetime | None) -> str:
    """Return " pukul 10.42", with the date unless it is today's; nothing for no moment."""
    if moment is None:
        return ""
    local, today = moment.astimezone(), datetime.now().astimezone().date()
    there = "" if local.date() == today else f" pada {day(local.date())}"
    return f"{there} pukul {clock(local.time())}"


def problem(one: Problem) -> str:
    """Put one broken rule into a sentence."""
    if one.field == "database":
        return GUARDED.get(one.code, GUARDED["broken_rule"])
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
