"""The chain that seals the trace: each link is a hash over the one before and one change.

Whoever changes, removes or inserts something in the middle breaks it, unless they forge all links
after it too. That shows only to who kept a link of the old chain somewhere else: an anchor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

SEPARATOR = b"\x1f"  # stands in no field: the last one, which might hold it, has no end to forge
BEGINNING = "0" * 64  # what the first link follows
SHORT = 12  # letters of a hash on paper


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as it was once: its number and its hash, kept where nobody can reach both."""

    seal: int
    hash: str

    @property
    def short(self) -> str:
        """The hash as papers print it."""
        return self.hash[:SHORT]

    def agrees(self, found: str) -> bool:
        """Tell whether *found* is the hash meant; an anchor read off a paper is a short one."""
        return bool(self.hash) and found.startswith(self.hash)


class Fault(StrEnum):
    """In which way a chain is not the one that was made."""

    ALTERED = "altered"  # a change or its link says something else
    MISSING = "missing"  # a sealed change is gone
    GAP = "gap"  # a link is gone
    CUT = "cut"  # the chain ends before an anchor
    FOREIGN = "foreign"  # whole in itself, but not the chain that the anchor comes from
    INSERTED = "inserted"  # a change between sealed ones that was never sealed


@dataclass(frozen=True, slots=True)
class Sealed:
    """A change with its link, as they are stored; *rest* is what `link` puts after the number."""

    seal: int
    hash: bytes
    seq: int
    rest: bytes | None


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place at which the chain is broken."""

    fault: Fault
    seal: int
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """How far the chain is whole, its last link, and where it breaks, if it does."""

    links: int
    head: Anchor | None
    broken: Broken | None


def link(before: str, seal: int, rest: bytes) -> str:
    """Return the hash of link number *seal*, which follows *before*."""
    number = str(seal).encode()
    return sha256(SEPARATOR.join((before.encode(), number, rest))).hexdigest()


def walk(chain: Iterable[Sealed], anchors: Iterable[Anchor] = ()) -> Walk:
    """Make every link anew, from the first on; stop at the first that is not as it was made."""
    wanted: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        wanted.setdefault(anchor.seal, []).append(anchor)
    before, number = BEGINNING, 0
    for sealed in chain:
        broken = _broken(before, number + 1, sealed, wanted.pop(number + 1, []))
        if broken:
            return _walked(number, before, broken)
        before, number = sealed.hash.decode(), number + 1
    beyond = min(wanted, default=None)
    return _walked(number, before, Broken(Fault.CUT, beyond) if beyond is not None else None)


def _broken(before: str, number: int, sealed: Sealed, anchors: list[Anchor]) -> Broken | None:
    if sealed.seal != number:
        return Broken(Fault.GAP, number)
    if sealed.rest is None:
        return Broken(Fault.MISSING, number, sealed.seq)
    made = link(before, number, sealed.rest)
    if made.encode() != sealed.hash:
        return Broken(Fault.ALTERED, number, sealed.seq)
    if not all(anchor.agrees(made) for anchor in anchors):
        return Broken(Fault.FOREIGN, number, sealed.seq)
    return None


def _walked(number: int, last: str, broken: Broken | None) -> Walk:
    return Walk(number, Anchor(number, last) if number else None, broken)
