"""The lists of rule sets and of their worked examples."""

from __future__ import annotations

from dataclasses import dataclass

from wfh_desktop.domain.tpp.ruleset import Example, RuleSet
from wfh_desktop.rulebook import Failure
from wfh_desktop.views import labels
from wfh_desktop.views.tables import Column


@dataclass(frozen=True)
class ExampleRow:
    """A worked example, and how it differs if it does."""

    example: Example
    failure: Failure | None

    @property
    def id(self) -> str:
        """What tells the row apart."""
        return self.example.id


@dataclass(frozen=True)
class SetRow:
    """A rule set with its examples as they came out; none while they are being calculated."""

    rules: RuleSet
    examples: tuple[ExampleRow, ...]
    chosen: bool

    @property
    def id(self) -> str:
        """What tells the row apart."""
        return self.rules.id

    @property
    def failing(self) -> int:
        """How many examples do not come out right."""
        return sum(one.failure is not None for one in self.examples)


def proof(row: SetRow) -> tuple[str, str]:
    """Return in words and as a tone how the examples of a rule set came out."""
    if not row.examples:
        return "sedang dihitung", "neutral"
    if row.failing:
        return f"{row.failing} dari {len(row.examples)} contoh tidak cocok", "bad"
    return f"{len(row.examples)} contoh cocok", "good"


def _expected(row: ExampleRow) -> str:
    if row.failure is None:
        return labels.number(next(iter(row.example.expect.values()), None))
    return labels.number(row.failure.expected)


def _told(row: ExampleRow) -> str:
    if row.failure is None:
        return "cocok"
    got = labels.number(row.failure.got)
    return row.failure.why or f"{row.failure.path}: dihitung {got}"


def _dates(row: SetRow) -> str:
    last = f" – {labels.short_day(row.rules.valid_to)}" if row.rules.valid_to else ""
    return f"{labels.short_day(row.rules.valid_from)}{last}"


SETS: list[Column[SetRow]] = [
    Column(
        "Aturan",
        lambda row: row.rules.name,
        icon=lambda row: "accept" if row.chosen else "",
        tone=lambda row: "good" if row.chosen else "",
        tip=lambda row: "Dipakai unit ini" if row.chosen else row.rules.name,
        width=230,
        firm=True,
    ),
    Column("Berlaku", _dates, lambda row: row.rules.valid_from, width=104),
    Column(
        "Contoh hitung",
        lambda row: proof(row)[0],
        lambda row: row.failing,
        tone=lambda row: proof(row)[1],
        width=140,
        firm=True,
    ),
    Column("Daerah", lambda row: row.rules.region, width=160),
]
EXAMPLES: list[Column[ExampleRow]] = [
    Column(
        "",
        lambda _: "",
        lambda row: row.failure is None,
        icon=lambda row: "bad" if row.failure else "good",
        tone=lambda row: "bad" if row.failure else "good",
        tip=_told,
        width=36,
    ),
    Column("Contoh", lambda row: row.example.id, width=170, firm=True),
    Column("Diharapkan", _expected, align="right", width=110),
    Column("Hasil", _told, width=120),
    Column("Sumber", lambda row: row.example.source or row.example.note, width=260),
]
