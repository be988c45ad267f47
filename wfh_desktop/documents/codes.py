"""The short code on each page, by which a paper is told from one with other figures."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from hashlib import sha256

LENGTH = 12  # letters of 32 kinds: 60 bits, which nobody finds by trying


def code(paper: str, facts: object) -> str:
    """Return a code such as `7K3M-6QXD-2R4T` of everything that *paper* prints.

    Equal facts give equal codes on every machine: amounts count by value, not by how many zeros
    they were written with.
    """
    digest = sha256(paper.encode())
    for piece in _pieces(facts):
        digest.update(piece.encode())
        digest.update(b"\x1f")
    letters = base64.b32encode(digest.digest())[:LENGTH].decode()
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def _pieces(value: object) -> Iterator[str]:
    match value:
        case None:
            yield "~"
        case Enum():
            yield f"e{value.value}"
        case Decimal():
            yield f"d{value.normalize():f}"
        case bool() | int():
            yield f"n{int(value)}"
        case str():
            yield f"s{value}"
        case bytes():
            yield f"b{sha256(value).hexdigest()}"
        case date() | time():
            yield f"t{value.isoformat()}"
        case Mapping():
            yield f"m{len(value)}"
            for key in sorted(value, key=str):
                yield from _pieces(key)
                yield from _pieces(value[key])
        case tuple() | list():
            yield f"l{len(value)}"
            for one in value:
                yield from _pieces(one)
        case _ if is_dataclass(value):
            yield f"o{type(value).__name__}"
            for field in fields(value):
                yield from _pieces(getattr(value, field.name))
        case _:
            raise TypeError(f"no canonical form of {type(value).__name__}")
