"""A list on paper: heads repeated on each page, and the end kept with what must follow it.

reportlab's own long table measures every cell as a paragraph and can keep nothing together with
its last rows, so this one lays out and draws its lines itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.colors import Color, black
from reportlab.platypus import Flowable
from typing_extensions import override

from wfh_desktop.documents import fonts, text
from wfh_desktop.documents.tables import PADDING, Align, Grid, Line, Role

RULE = 0.35
INDENT = 7.0  # points a level of a tree moves to the right
HEAD_GREY = Color(0.88, 0.89, 0.91)
SOFT_GREY = Color(0.94, 0.945, 0.955)
KEPT = 2  # lines that stay with the signature
TALL = 90.0  # points; only a line higher than this may be torn over two pages
ABOVE = 0.2  # white above and below the text of a line, in sizes of its type


@dataclass(frozen=True, slots=True)
class Laid:
    """A line broken to the widths of its columns."""

    line: Line
    texts: tuple[tuple[str, ...], ...]
    height: float


class Ledger(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Lines under their head; *closing* stays on the page of the last of them."""

    def __init__(self, grid: Grid, laid: Sequence[Laid], closing: Sequence[Flowable] = ()) -> None:
        super().__init__()
        self.grid = grid
        self.laid = laid
        self.closing = closing
        self.head = _Head(grid)

    @override
    def wrap(self, width: float, height: float) -> tuple[float, float]:
        rows = sum(one.height for one in self.laid)
        self.width = sum(self.grid.widths)
        self.height = self.head.height + rows + self._closing_height(width, height)
        return self.width, self.height

    @override
    def split(self, width: float, height: float) -> list[Flowable]:
        room = height - self.head.height
        fitting = _fitting(self.laid, room)
        if fitting < len(self.laid) and self.laid[fitting].height >= TALL:
            return self._torn(fitting, room - sum(one.height for one in self.laid[:fitting]))
        if fitting == len(self.laid):  # it is only the end that does not fit
            fitting -= KEPT
            if fitting < 1 and self.laid and self.laid[-1].height >= TALL:
                return self._torn(len(self.laid) - 1, self.laid[-1].height / 2)
        elif self.closing:
            fitting = min(fitting, len(self.laid) - KEPT)
        fitting = _without_headings(self.laid, fitting)
        if fitting < 1:
            return []  # the whole table begins on a new page
        return [
            Ledger(self.grid, self.laid[:fitting]),
            Ledger(self.grid, self.laid[fitting:], self.closing),
        ]

    def _torn(self, place: int, room: float) -> list[Flowable]:
        """Tear the high line at *place* so that its upper half is no higher than *room*."""
        if room < TALL / 2:
            parts = self.laid[:place], self.laid[place:]
        else:
            upper, lower = _tear(self.laid[place], room, self.grid)
            parts = [*self.laid[:place], upper], [lower, *self.laid[place + 1 :]]
        if not parts[0]:
            return []
        return [Ledger(self.grid, parts[0]), Ledger(self.grid, parts[1], self.closing)]

    def _closing_height(self, width: float, height: float) -> float:
        heights = [flowable.wrapOn(None, width, height)[1] for flowable in self.closing]
        return float(sum(heights))

    @override
    def draw(self) -> None:
        pen = _Pen(self.canv, self.grid)
        top = self.height
        self.head.draw(pen, top)
        top -= self.head.height
        for one in self.laid:
            pen.line(one, top)
            top -= one.height
        for flowable in self.closing:
            _, height = flowable.wrapOn(self.canv, self.width, top)
            top -= height
            flowable.drawOn(self.canv, 0, top)


def ledger(grid: Grid, lines: Sequence[Line], closing: Sequence[Flowable] = ()) -> Ledger:
    """Return *lines* as a list to print; *closing* is kept with the last of them."""
    return Ledger(grid, [_laid(grid, line) for line in lines], closing)


class _Pen:
    """Draws cells on a canvas."""

    def __init__(self, canvas: Any, grid: Grid) -> None:
        self.canvas = canvas
        self.grid = grid
        self.starts = _starts(grid.widths)
        canvas.setLineWidth(RULE)
        canvas.setStrokeColor(black)
        canvas.setFillColor(black)

    def line(self, laid: Laid, top: float) -> None:
        """Draw one line of the list with its rules."""
        role, bottom = laid.line.role, top - laid.height
        if role in (Role.GROUP, Role.SUBTOTAL, Role.TOTAL):
            self.ground(0, sum(self.grid.widths), top, laid.height, SOFT_GREY)
        for number in laid.line.shaded:
            ground = HEAD_GREY
            self.ground(self.starts[number], self.grid.widths[number], top, laid.height, ground)
        whole = role in (Role.GROUP, Role.NOTE)
        self.rules(top, bottom, [self.starts[0], self.starts[-1]] if whole else self.starts)
        face, size = _type(laid.line, self.grid)
        self.canvas.setFont(face, size)
        first = top - size * (ABOVE + 0.93)
        for number, texts in enumerate(laid.texts):
            align = Align.LEFT if whole else self.grid.columns[number].align
            shift = laid.line.indent * INDENT if number == 0 else 0.0
            self.cell(number, texts, first, (align, face, size), shift)

    def cell(
        self,
        number: int,
        texts: Sequence[str],
        first: float,
        style: tuple[Align, str, float],
        shift: float = 0.0,
    ) -> None:
        """Write the lines of one cell downwards from *first*."""
        align, face, size = style
        left = self.starts[number] + PADDING + shift
        right = self.starts[number + 1] - PADDING
        for words in texts:
            if words:
                spare = right - left - fonts.width(words, face) * size
                offset = {Align.LEFT: 0.0, Align.CENTRE: spare / 2, Align.RIGHT: spare}[align]
                self.canvas.drawString(left + offset, first, words)
            first -= size * 1.2

    def ground(self, left: float, width: float, top: float, height: float, shade: Color) -> None:
        """Give a cell a grey ground."""
        self.canvas.setFillColor(shade)
        self.canvas.rect(left, top - height, width, height, stroke=0, fill=1)
        self.canvas.setFillColor(black)

    def rules(self, top: float, bottom: float, uprights: Sequence[float]) -> None:
        """Draw the frame of a line and the rules between its columns."""
        left, right = self.starts[0], self.starts[-1]
        self.canvas.lines(
            [(left, top, right, top), (left, bottom, right, bottom)]
            + [(across, top, across, bottom) for across in uprights]
        )


class _Head:
    """Captions, in groups where there are any, with the line of numbers below."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.size = grid.size
        bold = grid.typeface.bold
        self.captions = [
            fonts.wrapped(column.caption, bold, grid.size, width - 2 * PADDING)
            for column, width in zip(grid.columns, grid.widths, strict=True)
        ]
        self.groups = _spans(grid)
        self.numbers = [
            fonts.wrapped(column.formula, grid.typeface.italic, grid.size - 1, width - 2 * PADDING)
            for column, width in zip(grid.columns, grid.widths, strict=True)
        ]
        self.upper, self.lower = self._levels()
        self.third = self._high(self.numbers, grid.size - 1) if grid.numbered else 0.0
        self.height = self.upper + self.lower + self.third

    def _levels(self) -> tuple[float, float]:
        """Return the heights of the common captions and of those below them."""
        if not self.grid.grouped:
            return 0.0, self._high(self.captions, self.size)
        upper = self._high([texts for _, _, texts in self.groups], self.size)
        below = [
            texts
            for texts, column in zip(self.captions, self.grid.columns, strict=True)
            if column.group
        ]
        alone = [
            texts
            for texts, column in zip(self.captions, self.grid.columns, strict=True)
            if not column.group
        ]
        lower = max(self._high(below, self.size), self._high(alone, self.size) - upper)
        return upper, lower

    def _high(self, cells: Sequence[Sequence[str]], size: float) -> float:
        most = max((len(texts) for texts in cells), default=1)
        return most * size * 1.2 + 2 * ABOVE * size + 1

    def draw(self, pen: _Pen, top: float) -> None:
        """Draw the head from *top* downwards."""
        starts = pen.starts
        pen.ground(0, starts[-1], top, self.height, HEAD_GREY)
        pen.rules(top, top - self.height, starts[:1] + starts[-1:])
        for first, last, texts in self.groups:
            self._group(pen, (first, last), texts, top)
        for number, column in enumerate(self.grid.columns):
            above = top - self.upper if column.group else top
            height = self.lower if column.group else self.upper + self.lower
            self._centred(pen, number, self.captions[number], (above, height))
        if self.grid.numbered:
            self._draw_numbers(pen, top - self.upper - self.lower)

    def _group(self, pen: _Pen, span: tuple[int, int], texts: Sequence[str], top: float) -> None:
        left, right = pen.starts[span[0]], pen.starts[span[1] + 1]
        bottom = top - self.upper
        pen.canvas.lines(
            [(left, bottom, right, bottom), (left, top, left, bottom), (right, top, right, bottom)]
        )
        pen.canvas.setFont(self.grid.typeface.bold, self.size)
        first = top - (self.upper - len(texts) * self.size * 1.2) / 2 - self.size * 0.93
        for words in texts:
            pen.canvas.drawCentredString((left + right) / 2, first, words)
            first -= self.size * 1.2

    def _centred(
        self, pen: _Pen, number: int, texts: Sequence[str], box: tuple[float, float]
    ) -> None:
        top, height = box
        for across in pen.starts[number : number + 2]:
            pen.canvas.line(across, top, across, top - height)
        bold = self.grid.typeface.bold
        pen.canvas.setFont(bold, self.size)
        first = top - (height - len(texts) * self.size * 1.2) / 2 - self.size * 0.93
        pen.cell(number, texts, first, (Align.CENTRE, bold, self.size))

    def _draw_numbers(self, pen: _Pen, top: float) -> None:
        face, size = self.grid.typeface.italic, self.size - 1
        pen.rules(top, top - self.third, pen.starts)
        pen.canvas.setFont(face, size)
        for number, texts in enumerate(self.numbers):
            first = top - (self.third - len(texts) * size * 1.2) / 2 - size * 0.93
            pen.cell(number, texts, first, (Align.CENTRE, face, size))


def _laid(grid: Grid, line: Line) -> Laid:
    face, size = _type(line, grid)
    whole = line.role in (Role.GROUP, Role.NOTE)
    texts = []
    for number, cell in enumerate(line.cells):
        width = sum(grid.widths) if whole else grid.widths[number]
        shift = line.indent * INDENT if number == 0 else 0.0
        room = width - 2 * PADDING - shift
        texts.append(tuple(fonts.wrapped(text.clean_lines(cell), face, size, room)))
    most = max((len(one) for one in texts), default=1)
    return Laid(line, tuple(texts), _height(most, size))


def _height(lines: int, size: float) -> float:
    return size * (lines * 1.2 + 2 * ABOVE)


def _type(line: Line, grid: Grid) -> tuple[str, float]:
    if line.role is Role.NOTE:
        return grid.typeface.regular, grid.size - 1
    if line.bold or line.role is not Role.BODY:
        return grid.typeface.bold, grid.size
    return (grid.typeface.italic if line.italic else grid.typeface.regular), grid.size


def _starts(widths: Sequence[float]) -> list[float]:
    starts = [0.0]
    for width in widths:
        starts.append(starts[-1] + width)
    return starts


def _spans(grid: Grid) -> list[tuple[int, int, list[str]]]:
    """Return first and last column of each common caption, with its lines of text."""
    spans: list[tuple[int, int]] = []
    for number, column in enumerate(grid.columns):
        if not column.group:
            continue
        if spans and spans[-1][1] == number - 1 and _same(grid, spans[-1][1], number):
            spans[-1] = spans[-1][0], number
        else:
            spans.append((number, number))
    return [
        (
            first,
            last,
            fonts.wrapped(
                grid.columns[first].group,
                grid.typeface.bold,
                grid.size,
                sum(grid.widths[first : last + 1]) - 2 * PADDING,
            ),
        )
        for first, last in spans
    ]


def _same(grid: Grid, one: int, other: int) -> bool:
    return grid.columns[one].group == grid.columns[other].group


def _fitting(laid: Sequence[Laid], room: float) -> int:
    """Return how many lines fit into *room* points."""
    used = 0.0
    for count, one in enumerate(laid):
        used += one.height
        if used > room:
            return count
    return len(laid)


def _without_headings(laid: Sequence[Laid], count: int) -> int:
    """Leave no heading at the foot of a page, and no subtotal at the head of the next."""
    while 0 < count < len(laid) and (
        laid[count - 1].line.role is Role.GROUP
        or laid[count].line.role in (Role.SUBTOTAL, Role.TOTAL, Role.NOTE)
    ):
        count -= 1
    return count


def _tear(one: Laid, room: float, grid: Grid) -> tuple[Laid, Laid]:
    _, size = _type(one.line, grid)
    count = max(1, int((room - 2 * ABOVE * size) / (size * 1.2)))
    halves = []
    for part in (slice(None, count), slice(count, None)):
        texts = tuple(cell[part] for cell in one.texts)
        most = max(len(cell) for cell in texts)
        halves.append(replace(one, texts=texts, height=_height(most, size)))
    return halves[0], halves[1]
