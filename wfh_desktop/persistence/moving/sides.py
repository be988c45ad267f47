"""What the two ends of a move have to offer, whichever engine they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from wfh_desktop.domain.moves import Finding
from wfh_desktop.persistence.moving.rows import Row, Shape


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: the table at hand, and the rows done of all rows."""

    table: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What of a table has arrived: the number of its last row, how many, and their checksum."""

    last: int
    rows: int
    digest: str


Told = Callable[[Step], object]


class Readable(Protocol):
    """A database whose rows can be read."""

    @property
    def name(self) -> str:
        """What users call it."""

    def count(self, shape: Shape) -> int:
        """Return the number of rows of a table."""

    def rows(self, shape: Shape, after: int = 0) -> Iterator[Row]:
        """Yield the rows of a table behind the one numbered *after*, in their order."""

    def close(self) -> None:
        """Let others in again."""


class Source(Readable, Protocol):
    """The end that is only read, alone, as of one moment."""

    def unharmed(self) -> str:
        """Return what proves that nothing in it changed, or raise `Unreadable`."""


class Target(Readable, Protocol):
    """The end that is filled."""

    def begin(self, source: str) -> Mapping[str, Mark]:
        """Make ready for the database numbered *source*; return what is already there."""

    def write(self, shape: Shape, rows: Sequence[Row], mark: Mark) -> None:
        """Store rows and the new mark of their table, both or neither."""

    def restart(self) -> None:
        """Throw away what an unfinished move has left."""

    def finish(self, installation: Row) -> None:
        """Put all guards back and declare it a database."""

    @property
    def complete(self) -> bool:
        """Whether this is a database already."""

    def findings(self) -> Sequence[Finding]:
        """Return what is not as it should be after the move; nothing is best."""
