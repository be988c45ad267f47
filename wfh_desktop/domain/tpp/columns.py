"""The numbered columns of a rule set's printed list: captions and cells from the same formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from wfh_desktop.domain.tpp import formulas, trail
from wfh_desktop.domain.tpp.engine import Result
from wfh_desktop.domain.tpp.figures import EXACT, HUNDRED, ONE, ZERO, Mode, rounded, slim
from wfh_desktop.domain.tpp.ruleset import ColumnRule, RuleSet


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column. *formula* is `6 + 7`, or empty where the cell is not computed.

    *kind* is rupiah, percent, factor or number; only rupiah are summed in a total row. *digits*
    is how many decimals a cell has (None: as many as it needs).
    """

    number: int
    key: str
    caption: str
    formula: str
    kind: str
    digits: int | None = None
    note: str = ""

    @property
    def heading(self) -> str:
        """Return what stands in the row of numbers: `8 = 6 + 7`, or `8`."""
        return f"{self.number} = {self.formula}" if self.formula else str(self.number)

    @property
    def is_summed(self) -> bool:
        """Tell whether a total row adds the column up; percentages never are."""
        return self.kind == "rupiah"


def columns(rules: RuleSet, results: Iterable[Result] = (), first: int = 1) -> tuple[Column, ...]:
    """Return the columns of a list, numbered from *first*.

    Given the *results* of the list, optional columns that would change nothing for anybody are
    left out and the formulas written without them.
    """
    kept = _kept(rules, tuple(results))
    numbers = {one.key: first + place for place, one in enumerate(kept)}
    left_out = {one.key: one.neutral for one in rules.columns if one.key not in numbers}
    neutral = {key: _share(rules, key, value) for key, value in left_out.items()}
    return tuple(_column(rules, one, numbers, neutral) for one in kept)


def _kept(rules: RuleSet, results: Sequence[Result]) -> tuple[ColumnRule, ...]:
    if not results or not any(one.optional for one in rules.columns):
        return rules.columns
    rows = [_row(rules, result) for result in results]
    return tuple(
        one
        for one in rules.columns
        if not one.optional or any(row[one.key] not in (None, one.neutral) for row in rows)
    )


def _column(
    rules: RuleSet,
    one: ColumnRule,
    numbers: Mapping[str, int],
    neutral: Mapping[str, Decimal],
) -> Column:
    formula = note = ""
    if one.formula:
        term = formulas.without(formulas.read(one.formula), neutral)
        formula = formulas.written(term, numbers)
        if one.rounding is not None and one.rounding in rules.roundings:
            note = trail.MODES[rules.roundings[one.rounding].mode.value]
    return Column(numbers[one.key], one.key, one.caption, formula, one.kind, one.digits, note)


def cells(
    rules: RuleSet, result: Result, shown: Sequence[Column] | None = None
) -> tuple[Decimal | None, ...]:
    """Return a person's row, for the columns *shown* or all; None where there is no figure.

    A computed cell is computed from the other cells as they are printed, so a reader with a
    calculator gets the same. What it must equal in the result is proven by the examples.
    """
    row = _row(rules, result)
    return tuple(row[one.key] for one in (rules.columns if shown is None else shown))


def _row(rules: RuleSet, result: Result) -> dict[str, Decimal | None]:
    """Return the cells of all columns, by key."""
    index = trail.index(result.trail)
    row: dict[str, Decimal | None] = {}
    with localcontext(EXACT):
        for one in rules.columns:
            cell = recomputed(rules, one, row) if one.formula else value(one.value, result, index)
            if cell is None and one.figure:
                cell = value(one.figure, result, index)
            if cell is None and one.optional:
                cell = one.neutral
            row[one.key] = cell if cell is None else slim(_printed(cell, one.digits))
    return row


def _printed(cell: Decimal, digits: int | None) -> Decimal:
    return cell if digits is None else rounded(cell, Mode.HALF_UP, ONE.scaleb(-digits))


def recomputed(
    rules: RuleSet, one: ColumnRule, row: Mapping[str, Decimal | None]
) -> Decimal | None:
    """Compute a formula column from the printed cells of its row, in the exact context."""
    shares: dict[str, Decimal] = {}
    term = formulas.read(one.formula)
    for key in formulas.refs(term):
        cell = row[key]
        if cell is None:
            return None
        shares[key] = _share(rules, key, cell)
    amount = formulas.value(term, shares)
    if one.kind == "percent":
        amount *= HUNDRED
    if one.rounding is not None and (rule := rules.roundings.get(one.rounding)) is not None:
        amount = rounded(amount, rule.mode, rule.unit)
    return amount


def _share(rules: RuleSet, key: str, cell: Decimal) -> Decimal:
    kind = next(one.kind for one in rules.columns if one.key == key)
    return cell / HUNDRED if kind == "percent" else cell


def disagreements(rules: RuleSet, result: Result) -> dict[str, tuple[Decimal, Decimal | None]]:
    """Return the columns whose cell is not the figure it must be: (figure, cell), by key."""
    row = _row(rules, result)
    return {
        one.key: (getattr(result, one.figure), row[one.key])
        for one in rules.columns
        if one.figure and row[one.key] != getattr(result, one.figure)
    }


def value(path: str, result: Result, index: Mapping[str, trail.Node]) -> Decimal | None:
    """Return the figure at *path* in a result: an amount of its own, or of a node of the trail."""
    kind, _, rest = path.partition(".")
    match kind:
        case "gross" | "tax" | "bpjs" | "net":
            return Decimal(getattr(result, kind))
        case "deductions":
            return sum(result.deductions.values(), ZERO)
        case "event":
            return result.deductions.get(rest, ZERO)
        case "part":
            return result.parts.get(rest, ZERO)
        case "component":
            return result.components.get(rest, ZERO)
        case "base" if not rest:
            bases = (node.amount for key, node in index.items() if key.startswith("base."))
            return sum((one for one in bases if one is not None), ZERO)
    node = index.get(path)
    if node is None:
        return ZERO if kind == "cut" and f"score.{rest}" in index else None
    return node.amount
