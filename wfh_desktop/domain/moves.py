"""What a move or a comparison came to, table by table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TableCount:
    """The rows and the checksum of a table on both sides."""

    name: str
    source_rows: int
    target_rows: int
    source_digest: str
    target_digest: str

    @property
    def same(self) -> bool:
        """Whether both sides hold the same."""
        return (self.source_rows, self.source_digest) == (self.target_rows, self.target_digest)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something on the server that is not as it ought to be; a *grave* one endangers data."""

    code: str
    limits: tuple[object, ...]
    grave: bool


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is worth keeping of a move."""

    source: str
    target: str
    install_id: str
    began: datetime
    ended: datetime
    tables: tuple[TableCount, ...]
    proof: str = ""  # of a file: its SHA-256, the same before and after
    moved: bool = True  # False: only compared
    to_server: bool = False  # where nobody has an account yet
    findings: tuple[Finding, ...] = ()  # what the check of the server says

    @property
    def same(self) -> bool:
        """Whether every table is the same on both sides."""
        return all(one.same for one in self.tables)

    @property
    def rows(self) -> int:
        """How many rows the source has."""
        return sum(one.source_rows for one in self.tables)
