"""A figure as plain lines, areas and words, so that paper shows it sharp and always the same.

matplotlib's own PDF cannot be put into another PDF without a further library; this records what
a figure draws, and `documents.pictures` draws it again with the fonts of the paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform
from typing_extensions import override

Colour = tuple[float, float, float]
Segment = tuple[str, tuple[float, ...]]  # M, L, C with points, Z without

_LETTERS = {
    Path.MOVETO: "M",
    Path.LINETO: "L",
    Path.CURVE3: "C",
    Path.CURVE4: "C",
    Path.CLOSEPOLY: "Z",
}
_POINTS = 72.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line or an area, in points from the lower left corner."""

    outline: tuple[Segment, ...]
    fill: Colour | None
    line: Colour | None
    width: float
    dashes: tuple[float, ...] = ()
    clip: tuple[float, float, float, float] | None = None  # left, bottom, width, height
    hatch: str = ""  # the pattern that fills the area; `tile` has its lines
    hatch_line: Colour = (0.0, 0.0, 0.0)
    hatch_width: float = 0.5


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text on its baseline."""

    text: str
    x: float
    y: float
    size: float
    angle: float
    bold: bool
    colour: Colour


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything a figure consists of, in the order it is drawn."""

    width: float
    height: float
    marks: tuple[Stroke | Words, ...]


DENSITY = 6.0  # lines in a tile for each letter of a pattern, as on the screen
TILE = 72.0  # points: the side of the square in which a pattern repeats, as on the screen


@cache
def tile(hatch: str) -> tuple[Segment, ...]:
    """Return one square of a pattern."""
    return _outline(Path.hatch(hatch, DENSITY), Affine2D().scale(TILE))


def drawn(figure: Figure) -> Drawing:
    """Return what *figure* draws; its size is that of the figure at 72 dots an inch."""
    figure.set_dpi(_POINTS)
    width, height = figure.get_size_inches() * _POINTS
    recorder = _Recorder(float(width), float(height))
    figure.draw(recorder)
    return Drawing(float(width), float(height), tuple(recorder.marks))


class _Recorder(RendererBase):
    """Notes strokes and words instead of drawing them."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.size = width, height
        self.marks: list[Stroke | Words] = []

    @override
    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.size

    @override
    def flipy(self) -> bool:
        return False

    @override
    def points_to_pixels(self, points: Any) -> Any:
        return points

    @override
    def draw_path(
        self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: Any = None
    ) -> None:
        outline = _outline(path, transform)
        if not outline:
            return
        _, dashes = gc.get_dashes()
        self.marks.append(
            Stroke(
                outline=outline,
                fill=_colour(rgbFace),
                line=_colour(gc.get_rgb()) if gc.get_linewidth() else None,
                width=float(gc.get_linewidth()),
                dashes=_numbers(dashes),
                clip=_clip(gc),
                hatch=gc.get_hatch() or "",
                hatch_line=_colour(gc.get_hatch_color()) or (0.0, 0.0, 0.0),
                hatch_width=float(gc.get_hatch_linewidth()),
            )
        )

    @override
    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        bold = str(prop.get_weight()) in {"bold", "700"}
        colour = _colour(gc.get_rgb()) or (0.0, 0.0, 0.0)
        size = float(prop.get_size_in_points())
        self.marks.append(Words(s, float(x), float(y), size, float(angle), bold, colour))


def _outline(path: Path, transform: Transform) -> tuple[Segment, ...]:
    """Return the segments of a path with round figures, quadratic curves raised to cubic ones."""
    segments: list[Segment] = []
    here = (0.0, 0.0)
    for points, code in path.iter_segments(transform, simplify=False, curves=True):
        numbers = tuple(float(number) for number in points)
        if code == Path.CURVE3:
            numbers = _raised(here, numbers)
        letter = _LETTERS[code]
        segments.append((letter, () if letter == "Z" else _rounded(numbers)))
        here = here if letter == "Z" else (numbers[-2], numbers[-1])
    return tuple(segments)


def _raised(here: tuple[float, float], curve: tuple[float, ...]) -> tuple[float, ...]:
    x, y, end_x, end_y = curve
    return (
        here[0] + 2 / 3 * (x - here[0]),
        here[1] + 2 / 3 * (y - here[1]),
        end_x + 2 / 3 * (x - end_x),
        end_y + 2 / 3 * (y - end_y),
        end_x,
        end_y,
    )


def _numbers(values: Any) -> tuple[float, ...]:
    return () if values is None else tuple(float(value) for value in values)


def _rounded(numbers: Iterable[float]) -> tuple[float, ...]:
    return tuple(round(number, 3) for number in numbers)


def _colour(value: Any) -> Colour | None:
    """Return red, green and blue; nothing for what is wholly transparent."""
    if value is None or (len(value) == 4 and value[3] == 0):
        return None
    return float(value[0]), float(value[1]), float(value[2])


def _clip(gc: GraphicsContextBase) -> tuple[float, float, float, float] | None:
    box = gc.get_clip_rectangle()
    if box is None:
        return None
    left, bottom, width, height = _rounded(float(number) for number in box.bounds)
    return left, bottom, width, height
