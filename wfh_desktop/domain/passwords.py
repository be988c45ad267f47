"""What a password must be, so that nobody finds it on the staff list."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date

from wfh_desktop.domain.errors import Problem
from wfh_desktop.domain.people import name_words

SHORTEST, LONGEST = 12, 128
FEWEST_LETTERS = 5  # different ones
SHORTEST_NAME = 4  # letters of a part of a name that counts: "Ali" is inside too many words
BIRTHS = ("%Y%m%d", "%d%m%Y", "%d%m%y", "%y%m%d")
CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"  # none is taken for another when read aloud
GROUPS, GROUP = 4, 4


def problems(
    password: str, *, nip: str = "", born: date | None = None, name: str = ""
) -> Iterator[Problem]:
    """Find what speaks against a *password* of somebody with this NIP, birth date and name."""
    if len(password) < SHORTEST:
        yield Problem("password", "password_short", (SHORTEST,))
    if len(password) > LONGEST:
        yield Problem("password", "too_long", (LONGEST,))
    if not password.isprintable():
        yield Problem("password", "password_unprintable")
    if len(password) >= SHORTEST and len(set(password.casefold())) < FEWEST_LETTERS:
        yield Problem("password", "password_same", (FEWEST_LETTERS,))
    if _tells(password, nip, born, name):
        yield Problem("password", "password_personal")


def suggest() -> str:
    """Return a password that nobody guesses and everybody can type: four groups of four."""
    return "-".join("".join(secrets.choice(CLEAR) for _ in range(GROUP)) for _ in range(GROUPS))


def _tells(password: str, nip: str, born: date | None, name: str) -> bool:
    """Tell whether the password holds a NIP, a birth date or a name, or is a part of the NIP."""
    digits = "".join(letter for letter in password if letter.isdecimal())
    mostly = len(digits) >= max(len(password) - 2, FEWEST_LETTERS)
    if nip and (nip in digits or (mostly and digits in nip)):
        return True
    if born and any(born.strftime(form) in digits for form in BIRTHS):
        return True
    plain = password.casefold()
    return any(word in plain for word in name_words(name) if len(word) >= SHORTEST_NAME)
