"""Everything the program may refuse to do.

* Refusal
  x Invalid      the input breaks a rule; carries one `Problem` per rule broken
  x NotAllowed   the actor lacks the right
  x NotFound     the record is gone
  x Conflict     somebody else changed the record since it was read
  x Unreachable  the shared database cannot be reached; nothing is known to have changed
  x Cancelled    the user stopped a running job
  x Unreadable   a file cannot be read; says why and where
  x Unwritable   a file cannot be written; says why and where

A refusal is an answer, not a fault: it is shown to the user and never logged as an error.
Any other exception is a bug or an outage. The words are in `wfh_desktop.words`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Problem:
    """A rule that *field* breaks; `words.problem` makes a sentence of *code* and *limits*."""

    field: str
    code: str
    limits: tuple[object, ...] = ()


class Refusal(Exception):  # noqa: N818 - an answer, not an error
    """Base of all refusals."""


class Invalid(Refusal):
    """The input breaks at least one rule."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(f"{p.field}: {p.code}" for p in self.problems))


def refuse(problems: Iterable[Problem]) -> None:
    """Raise `Invalid` with all *problems*, if there are any."""
    if found := tuple(problems):
        raise Invalid(found)


class NotAllowed(Refusal):
    """The actor lacks the right."""


class NotFound(Refusal):
    """The record is gone."""


class Conflict(Refusal):
    """Somebody else changed the record since it was read.

    *table* and *key* name the record, *version* is the one that it has by now, where they are
    known. `by` and `at` say who changed it last and when; whoever runs the work looks it up.
    """

    def __init__(self, text: str = "", *, table: str = "", key: int = 0, version: int = 0) -> None:
        self.table = table
        self.key = key
        self.version = version
        self.by = ""
        self.at: datetime | None = None
        super().__init__(text)


class Unreachable(Refusal):
    """The shared database does not answer; *code* says what became of the work.

    Nothing was saved, except under the code `uncertain`: then nobody can say yet.
    """

    def __init__(self, code: str = "away") -> None:
        self.code = code
        super().__init__(code)


class Cancelled(Refusal):
    """The user stopped a running job."""


class Unreadable(Refusal):
    """A file cannot be read: *code* says why, *limits* fill its sentence, *place* says where."""

    def __init__(self, code: str, *limits: object, place: str = "") -> None:
        self.code = code
        self.limits = limits
        self.place = place
        super().__init__(f"{code} {limits} {place}".strip())


class Unwritable(Refusal):
    """A file cannot be written: *code* says why, *place* names the file or folder."""

    def __init__(self, code: str, place: str) -> None:
        self.code = code
        self.place = place
        super().__init__(f"{code} {place}")
