"""How alike two names of people are, degrees aside; alike is never the same, only worth asking."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from wfh_desktop.domain.people import name_words

ALIKE = 0.8  # from here on a name is proposed
_NUMBERS = re.compile(r"\d+")


def plain(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared, and numbers that tell namesakes apart."""
    return (*name_words(name), *_NUMBERS.findall(name))


def alike(one: str, other: str) -> float:
    """Return from 0 to 1 how alike two names without degrees are.

    A machine that cuts a last name to its first letters still means the same: 0.95.
    """
    left, right = plain(one), plain(other)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    if len(left) == len(right) and all(map(_abbreviates, left, right)):
        return 0.95
    short, long = sorted((left, right), key=len)
    if len(short) > 1 and long[: len(short)] == short:
        return 0.9
    return SequenceMatcher(None, " ".join(left), " ".join(right), autojunk=False).ratio()


def _abbreviates(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
