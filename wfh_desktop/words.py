"""Indonesian words for everything the program has to say: refusals, problems, values of the domain.

Used alike by the window, the command line and the papers, so it knows neither Qt nor reportlab.
"""

from __future__ import annotations

from wfh_desktop.domain.errors import (
    Cancelled,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    Problem,
    Refusal,
    Unreadable,
)

PROBLEMS = {
    "required": "{field} wajib diisi.",
}
UNREADABLE = {
    "empty": "Berkas {0} kosong.",
}
FIELDS: dict[str, str] = {}


def explain(refusal: Refusal) -> str:
    """Put a refusal into sentences the user understands."""
    match refusal:
        case Invalid(problems=problems):
            return "\n".join(problem(one) for one in problems)
        case Unreadable(code=code, limits=limits, place=place):
            sentence = UNREADABLE[code].format(*limits)
            return f"{sentence} ({place})" if place else sentence
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
    return PROBLEMS[one.code].format(*one.limits, field=name[:1].upper() + name[1:])
