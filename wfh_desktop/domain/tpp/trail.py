"""Jejak hitung: the tree from an amount down to every part, event, rate, clause and source row.

The amount of a node is the exact sum of the amounts of its children; what only explains it (a
score, a base, a multiplier) stands in `inputs` and is not added. So the leaves of a tree always
add up to the figure at its root, and whatever a rounding took or gave is a leaf of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from wfh_desktop.domain.tpp import figures


class Unit(StrEnum):
    """What the amount of a node counts; only rupiah are added up."""

    RUPIAH = "rupiah"
    PERCENT = "persen"
    FACTOR = "faktor"
    NUMBER = "angka"


class Rounded(NamedTuple):
    """A rounding step: how, and the amount before and after it."""

    mode: str
    step: Decimal
    before: Decimal
    after: Decimal


class Node(NamedTuple):
    """One step of a calculation.

    *formula* is the sentence that leads to the amount, in Indonesian; *clause* the article it
    rests on; *source* the rows of the case it counts; *key* the name under which printed columns
    and the window find it, such as `part.TOTAL.KINERJA` (empty where nothing refers to it).
    """

    label: str
    amount: Decimal | None
    unit: Unit = Unit.RUPIAH
    clause: str = ""
    formula: str = ""
    inputs: tuple[Node, ...] = ()
    rounding: Rounded | None = None
    source: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()
    key: str = ""
    note: str = ""

    @property
    def shown(self) -> str:
        """Return the amount as it is written in an explanation: `Rp30.603,699`, `2,22 %`."""
        if self.amount is None:
            return ""
        return WRITTEN[self.unit](self.amount)


WRITTEN = {
    Unit.RUPIAH: figures.rupiah,
    Unit.PERCENT: figures.percent,
    Unit.FACTOR: figures.number,
    Unit.NUMBER: figures.number,
}


def leaves(node: Node) -> Iterator[Node]:
    """Return the nodes that are not made of others; their amounts add up to that of *node*."""
    if not node.children:
        yield node
    for child in node.children:
        yield from leaves(child)


def walk(node: Node) -> Iterator[Node]:
    """Return *node* and everything below it: what is added up and what explains it."""
    yield node
    for below in (*node.inputs, *node.children):
        yield from walk(below)


def index(node: Node) -> dict[str, Node]:
    """Return the nodes that have a key, by key; the uppermost one where a key occurs twice."""
    found: dict[str, Node] = {}
    for one in walk(node):
        if one.key:
            found.setdefault(one.key, one)
    return found


def find(node: Node, key: str) -> Node | None:
    """Return the node with *key*, or None."""
    return next((one for one in walk(node) if one.key == key), None)


def as_text(node: Node) -> str:
    """Return the whole explanation as plain text, one line a step, to send as a message."""
    return "\n".join(_lines(node, 0))


def _lines(node: Node, depth: int) -> Iterator[str]:
    lead = "  " * depth + ("- " if depth else "")
    amount = f": {node.shown}" if node.amount is not None else ""
    reason = f" ({node.clause})" if node.clause else ""
    yield f"{lead}{node.label}{amount}{reason}"
    inner = "  " * (depth + 1)
    if node.formula:
        yield f"{inner}= {node.formula}"
    if node.rounding:
        yield inner + rounding_text(node.rounding)
    if node.note:
        yield f"{inner}Catatan: {node.note}"
    for source in node.source:
        yield f"{inner}Sumber: {source}"
    for below in (*filter(_says_something, node.inputs), *node.children):
        yield from _lines(below, depth + 1)


def _says_something(node: Node) -> bool:
    """Leave out of a message what is only nothing, such as deductions of 0 %."""
    return bool(node.amount or node.amount is None or node.formula or node.note or node.inputs)


MODES = {
    "half_up": "dibulatkan ke angka terdekat",
    "floor": "dibulatkan ke bawah",
    "trunc": "dipenggal",
    "ceil": "dibulatkan ke atas",
    "none": "tidak dibulatkan",
}


def rounding_text(rounded: Rounded) -> str:
    """Return a rounding step as a sentence: how, before and after."""
    before, after = figures.number(rounded.before), figures.number(rounded.after)
    return f"{before} {MODES[rounded.mode]} (kelipatan {figures.number(rounded.step)}) = {after}"


def to_plain(node: Node) -> dict[str, Any]:
    """Return the tree as JSON holds it: decimals as plain text, empty fields left out."""
    plain: dict[str, Any] = {
        "label": node.label,
        "amount": None if node.amount is None else figures.plain(node.amount),
        "unit": node.unit.value,
    }
    for name in ("clause", "formula", "note", "key"):
        if text := getattr(node, name):
            plain[name] = text
    if node.rounding:
        mode, *numbers = node.rounding
        names = ("step", "before", "after")
        plain["rounding"] = {"mode": mode} | dict(
            zip(names, map(figures.plain, numbers), strict=True)
        )
    if node.source:
        plain["source"] = list(node.source)
    if node.inputs:
        plain["inputs"] = [to_plain(one) for one in node.inputs]
    if node.children:
        plain["children"] = [to_plain(one) for one in node.children]
    return plain


def from_plain(plain: Mapping[str, Any]) -> Node:
    """Return the tree that `to_plain` wrote."""
    amount, rounding = plain["amount"], plain.get("rounding")
    return Node(
        label=plain["label"],
        amount=None if amount is None else Decimal(amount),
        unit=Unit(plain["unit"]),
        clause=plain.get("clause", ""),
        formula=plain.get("formula", ""),
        inputs=tuple(map(from_plain, plain.get("inputs", ()))),
        rounding=rounding
        and Rounded(
            rounding["mode"], *(Decimal(rounding[name]) for name in ("step", "before", "after"))
        ),
        source=tuple(plain.get("source", ())),
        children=tuple(map(from_plain, plain.get("children", ()))),
        key=plain.get("key", ""),
        note=plain.get("note", ""),
    )
