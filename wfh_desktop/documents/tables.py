"""What a printed list consists of: columns with captions and numbers, lines, and fitting widths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from wfh_desktop.documents import fonts
from wfh_desktop.documents.fonts import Typeface

PADDING = 2.6  # points left and right of what stands in a cell
LARGEST, SMALLEST, STEP = 8.0, 5.0, 0.25  # type sizes that are tried, in points
SHORTEST_LINE = 20.0  # a wrapping column has at least a NIP's width; in widths of the letter n
LONGEST_LINE = 34.0  # a wrapping column wishes for no more, in the same measure
NARROWEST = "00"  # no column is narrower than this


class Align(Enum):
    """Where text stands in its cell."""

    LEFT = auto()
    CENTRE = auto()
    RIGHT = auto()


class Role(Enum):
    """What a line of a list is."""

    BODY = auto()
    GROUP = auto()  # a heading over the lines of a golongan
    SUBTOTAL = auto()
    TOTAL = auto()
    NOTE = auto()  # small, indented, over the whole width


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its caption, the number under it, and how its cells stand."""

    caption: str
    align: Align = Align.LEFT
    formula: str = ""  # printed below the caption: `9` or `9 = 5 × 8`
    group: str = ""  # caption over neighbouring columns that have the same
    wraps: bool = False  # its text may take several lines


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list. A group heading and a note have a single cell over the whole width."""

    cells: tuple[str, ...]
    role: Role = Role.BODY
    indent: int = 0  # of the first cell, for trees
    bold: bool = False
    italic: bool = False
    shaded: frozenset[int] = frozenset()  # cells with a grey ground


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns with the width each gets and the type size at which all of them fit."""

    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    size: float
    typeface: Typeface

    @property
    def leading(self) -> float:
        """Distance between lines of text."""
        return self.size * 1.2

    @property
    def numbered(self) -> bool:
        """Whether there is a line of numbers under the captions."""
        return any(column.formula for column in self.columns)

    @property
    def grouped(self) -> bool:
        """Whether some captions stand under a common one."""
        return any(column.group for column in self.columns)


def fit(
    columns: Sequence[Column],
    lines: Sequence[Line],
    width: float,
    typeface: Typeface,
    largest: float = LARGEST,
) -> Grid:
    """Return the grid that shows everything within *width* points, in type as large as possible.

    Figures are never broken. When not even the smallest type is enough, columns of text become
    narrower than their longest word, which is then cut between letters.
    """
    measured = [_measure(column, number, lines, typeface) for number, column in enumerate(columns)]
    size = largest
    while size > SMALLEST and sum(one.floor * size for one in measured) > _net(width, columns):
        size -= STEP
    widths = _shared(measured, size, _net(width, columns))
    return Grid(
        tuple(columns), tuple(one + 2 * PADDING for one in widths), size=size, typeface=typeface
    )


@dataclass(frozen=True, slots=True)
class _Measure:
    """Widths of a column, per point of type size."""

    firm: float  # below this a figure would be broken
    floor: float  # below this a word would be
    wish: float  # with this it looks well
    whole: float  # with this no cell takes a second line


def _net(width: float, columns: Sequence[Column]) -> float:
    return width - 2 * PADDING * len(columns)


def _measure(column: Column, number: int, lines: Sequence[Line], typeface: Typeface) -> _Measure:
    cells = [
        (line.cells[number], _face(line, typeface))
        for line in lines
        if line.role not in (Role.GROUP, Role.NOTE) and number < len(line.cells)
    ]
    letter = fonts.width("n", typeface.regular)
    head = _words([column.caption], typeface.bold)
    numbers = _words(column.formula.split("\n"), typeface.italic)
    longest = max((_widest(cell, face) for cell, face in set(cells)), default=0.0)
    least = max(head, numbers, fonts.width(NARROWEST, typeface.regular))
    if not column.wraps:
        floor = max(longest, least)
        wish = max(
            [floor, *(fonts.width(one, typeface.italic) for one in column.formula.split("\n"))]
        )
        return _Measure(longest, floor, wish, wish)
    floor = max(least, min(longest, SHORTEST_LINE * letter))
    wish = max(floor, min(longest, LONGEST_LINE * letter))
    return _Measure(4 * letter, floor, wish, max(wish, longest))


def _shared(measured: Sequence[_Measure], size: float, width: float) -> list[float]:
    """Give every column its least width, then what is left to those that wish for more."""
    widths = [one.floor * size for one in measured]
    if sum(widths) > width:
        return _squeezed(measured, size, width)
    widths = _grown(widths, [one.wish * size for one in measured], width)
    widths = _grown(widths, [one.whole * size for one in measured], width)
    rest = width - sum(widths)
    return [one + rest * one / sum(widths) for one in widths]


def _grown(widths: Sequence[float], wishes: Sequence[float], width: float) -> list[float]:
    """Move *widths* towards *wishes*: the names all the way, the others as room allows."""
    grown = list(widths)
    gains = [wish - one for one, wish in zip(widths, wishes, strict=True)]
    first = next((place for place, gain in enumerate(gains) if gain > 0), None)
    if first is None:
        return grown
    left = width - sum(widths)
    grown[first] += min(gains[first], left)
    left -= min(gains[first], left)
    wanted = sum(gains) - gains[first]
    share = min(1.0, left / wanted) if wanted else 0.0
    for place, gain in enumerate(gains):
        if place != first:
            grown[place] += gain * share
    return grown


def _squeezed(measured: Sequence[_Measure], size: float, width: float) -> list[float]:
    """Keep the figures whole and let captions and texts be cut; at the very end shrink all."""
    firm = [one.firm * size for one in measured]
    floors = [one.floor * size for one in measured]
    left = width - sum(firm)
    if left < 0:
        return [one * width / sum(firm) for one in firm]
    wanted = sum(floors) - sum(firm)
    return [
        least + (floor - least) * left / wanted for least, floor in zip(firm, floors, strict=True)
    ]


def _face(line: Line, typeface: Typeface) -> str:
    heavy = line.bold or line.role in (Role.SUBTOTAL, Role.TOTAL)
    return typeface.bold if heavy else typeface.regular


def _widest(cell: str, face: str) -> float:
    return max(fonts.width(part, face) for part in cell.split("\n"))


def _words(texts: Sequence[str], face: str) -> float:
    words = (word for one in texts for line in one.split("\n") for word in line.split(" "))
    return max((fonts.width(word, face) for word in words), default=0.0)
