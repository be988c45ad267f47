"""Formulas of printed columns: read once, computed for every row, written under every caption.

A formula is arithmetic over the keys of earlier columns: `base x (40% x attendance + 20%)`, with
`+ - x /`, brackets, percentages, `min(a; b)` and `max(a; b)`. Percent columns count as shares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from wfh_desktop.domain.tpp.figures import HUNDRED, ONE, ZERO, number


class FormulaError(ValueError):
    """A formula cannot be read; the argument says at what."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, written as a percentage or plainly."""

    value: Decimal
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """The cell of another column in the same row."""

    key: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Two terms added, or the second taken from the first."""

    sign: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Product:
    """Two factors multiplied (`x`), or the first divided by the second (`/`)."""

    sign: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Extreme:
    """The smallest or largest of several terms."""

    name: str
    terms: tuple[Term, ...]


Term = Number | Ref | Sum | Product | Extreme

TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)(%?)|([a-z_][a-z0-9_]*)|([-+*/();]))")


@cache
def read(text: str) -> Term:
    """Read a formula; raise `FormulaError` where it makes no sense."""
    tokens = list(_tokens(text))
    term, rest = _sum(tokens)
    if rest:
        raise FormulaError(rest[0])
    return term


def _tokens(text: str) -> Iterator[str]:
    place = 0
    while place < len(text.rstrip()):
        match = TOKEN.match(text, place)
        if match is None:
            raise FormulaError(text[place:].strip())
        place = match.end()
        yield match.group().strip()


def _sum(tokens: list[str]) -> tuple[Term, list[str]]:
    term, rest = _product(tokens)
    while rest and rest[0] in ("+", "-"):
        right, after = _product(rest[1:])
        term, rest = Sum(rest[0], term, right), after
    return term, rest


def _product(tokens: list[str]) -> tuple[Term, list[str]]:
    term, rest = _factor(tokens)
    while rest and rest[0] in ("x", "*", "/"):
        right, after = _factor(rest[1:])
        term, rest = Product("/" if rest[0] == "/" else "x", term, right), after
    return term, rest


def _factor(tokens: list[str]) -> tuple[Term, list[str]]:
    if not tokens:
        raise FormulaError("")
    token, rest = tokens[0], tokens[1:]
    if token == "(":
        term, rest = _sum(rest)
        return term, _after(rest, ")")
    if token in ("min", "max"):
        return _extreme(token, _after(rest, "("))
    if token[0].isdigit():
        return Number(Decimal(token.rstrip("%")), token.endswith("%")), rest
    if token[0].isalpha() and token != "x":
        return Ref(token), rest
    raise FormulaError(token)


def _extreme(name: str, tokens: list[str]) -> tuple[Term, list[str]]:
    terms: list[Term] = []
    while True:
        term, tokens = _sum(tokens)
        terms.append(term)
        if not tokens or tokens[0] != ";":
            return Extreme(name, tuple(terms)), _after(tokens, ")")
        tokens = tokens[1:]


def _after(tokens: list[str], wanted: str) -> list[str]:
    if not tokens or tokens[0] != wanted:
        raise FormulaError(tokens[0] if tokens else wanted)
    return tokens[1:]


def refs(term: Term) -> Iterator[str]:
    """Return the keys a formula refers to."""
    match term:
        case Ref(key):
            yield key
        case Sum(_, left, right) | Product(_, left, right):
            yield from refs(left)
            yield from refs(right)
        case Extreme(_, terms):
            for one in terms:
                yield from refs(one)


def value(term: Term, cells: Mapping[str, Decimal]) -> Decimal:
    """Compute a formula; run it in the exact context."""
    match term:
        case Number(amount, percent):
            return amount / HUNDRED if percent else amount
        case Ref(key):
            return cells[key]
        case Sum(sign, left, right):
            first, second = value(left, cells), value(right, cells)
            return first + second if sign == "+" else first - second
        case Product(sign, left, right):
            first, second = value(left, cells), value(right, cells)
            return first * second if sign == "x" else first / second
        case Extreme(name, terms):
            pick: Callable[[list[Decimal]], Decimal] = min if name == "min" else max
            return pick([value(one, cells) for one in terms])


def without(term: Term, neutral: Mapping[str, Decimal]) -> Term:
    """Return the formula without columns that are not printed, which count as their neutral."""
    match term:
        case Ref(key) if key in neutral:
            return Number(neutral[key])
        case Sum(sign, left, right):
            return _shorter_sum(sign, without(left, neutral), without(right, neutral))
        case Product(sign, left, right):
            return _shorter_product(sign, without(left, neutral), without(right, neutral))
        case Extreme(name, terms):
            return Extreme(name, tuple(without(one, neutral) for one in terms))
    return term


def _shorter_sum(sign: str, left: Term, right: Term) -> Term:
    if right == Number(ZERO):
        return left
    return right if left == Number(ZERO) and sign == "+" else Sum(sign, left, right)


def _shorter_product(sign: str, left: Term, right: Term) -> Term:
    if right == Number(ONE):
        return left
    if left == Number(ZERO) or (right == Number(ZERO) and sign == "x"):
        return Number(ZERO)
    return right if left == Number(ONE) and sign == "x" else Product(sign, left, right)


def written(term: Term, numbers: Mapping[str, int]) -> str:
    """Write a formula with the numbers of the columns: `5 x (6 + 7)`."""
    match term:
        case Number(amount, percent):
            return f"{number(amount)}%" if percent else number(amount)
        case Ref(key):
            return str(numbers[key])
        case Sum(sign, left, right):
            second = written(right, numbers)
            if sign == "-" and isinstance(right, Sum):
                second = f"({second})"
            return f"{written(left, numbers)} {sign} {second}"
        case Product(sign, left, right):
            second = _bracketed(right, numbers, (Sum, Product) if sign == "/" else (Sum,))
            return f"{_bracketed(left, numbers, (Sum,))} {sign} {second}"
        case Extreme(name, terms):
            inside = "; ".join(written(one, numbers) for one in terms)
            return f"{'terkecil' if name == 'min' else 'terbesar'}({inside})"


def _bracketed(term: Term, numbers: Mapping[str, int], kinds: tuple[type, ...]) -> str:
    text = written(term, numbers)
    return f"({text})" if isinstance(term, kinds) else text
