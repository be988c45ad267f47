"""The worked examples that a rule set carries, and whether they come out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.tpp.columns import disagreements
from wfh_desktop.domain.tpp.engine import Result, calculate
from wfh_desktop.domain.tpp.ruleset import Example, RuleSet


@dataclass(frozen=True, slots=True)
class Failure:
    """A worked example that a rule set does not meet; *got* None where there is no such figure."""

    example: str
    path: str
    expected: Decimal
    got: Decimal | None
    why: str = ""


def failing_examples(rules: RuleSet) -> list[Failure]:
    """Run the worked examples of a rule set; return what does not come out as it must.

    The printed columns are checked with them: a cell must equal the figure it stands for.
    """
    return [failure for one in rules.examples for failure in _failures(rules, one)]


def _failures(rules: RuleSet, example: Example) -> list[Failure]:
    try:
        result = calculate(rules, example.case)
    except Invalid as refusal:
        return [
            Failure(example.id, path, expected, None, str(refusal))
            for path, expected in example.expect.items()
        ]
    got = flat(result)
    wrong = [
        Failure(example.id, path, expected, got.get(path))
        for path, expected in example.expect.items()
        if got.get(path) != expected
    ]
    printed = disagreements(rules, result)
    return wrong + [Failure(example.id, f"columns.{key}", *two) for key, two in printed.items()]


def flat(result: Result) -> dict[str, Decimal]:
    """Return all figures of a result by path: `net`, `parts.KINERJA`, `deductions.TL`."""
    found = {name: getattr(result, name) for name in ("gross", "tax", "bpjs", "net")}
    found["delay"] = Decimal(result.delay)
    for name in ("components", "parts", "deductions"):
        found |= {f"{name}.{code}": one for code, one in getattr(result, name).items()}
    return found
