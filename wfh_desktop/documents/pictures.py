"""Charts on paper: drawn as lines and words, so that they stay sharp and search finds them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable
from typing_extensions import override

from wfh_desktop.charts.drawing import TILE, Drawing, Segment, Stroke, Words, tile
from wfh_desktop.documents import text
from wfh_desktop.documents.fonts import Typeface


class Picture(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A drawing as wide as the text, or smaller where the sheet is not high enough."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self.drawing = drawing

    @override
    def wrap(self, width: float, height: float) -> tuple[float, float]:
        drawing = self.drawing
        self.scale = min(width / drawing.width, height / drawing.height)
        self.width, self.height = width, drawing.height * self.scale
        return self.width, self.height

    @override
    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.translate((self.width - self.drawing.width * self.scale) / 2, 0)
        canvas.scale(self.scale, self.scale)
        for mark in self.drawing.marks:
            canvas.saveState()
            match mark:
                case Stroke():
                    _stroke(canvas, mark)
                case Words():
                    _words(canvas, mark)
            canvas.restoreState()
        canvas.restoreState()


def _stroke(canvas: Any, stroke: Stroke) -> None:
    if stroke.clip:
        frame = canvas.beginPath()
        frame.rect(*stroke.clip)
        canvas.clipPath(frame, stroke=0, fill=0)
    if stroke.fill:
        canvas.setFillColor(Color(*stroke.fill))
        canvas.drawPath(_path(canvas, stroke.outline), stroke=0, fill=1)
    if stroke.hatch:
        canvas.saveState()
        _hatch(canvas, stroke)
        canvas.restoreState()
    if stroke.line and stroke.width:
        canvas.setStrokeColor(Color(*stroke.line))
        canvas.setLineWidth(stroke.width)
        if stroke.dashes:
            canvas.setDash(list(stroke.dashes))
        canvas.drawPath(_path(canvas, stroke.outline), stroke=1, fill=0)


def _hatch(canvas: Any, stroke: Stroke) -> None:
    """Fill the area with its pattern, a tile that the PDF holds only once."""
    look = "".join(f"{round(shade * 255):02x}" for shade in stroke.hatch_line)
    name = f"hatch-{stroke.hatch.encode().hex()}-{look}"
    if not canvas.hasForm(name):
        canvas.beginForm(name, 0, 0, TILE, TILE)
        canvas.setStrokeColor(Color(*stroke.hatch_line))
        canvas.setFillColor(Color(*stroke.hatch_line))
        canvas.setLineWidth(stroke.hatch_width)
        canvas.drawPath(_path(canvas, tile(stroke.hatch)), stroke=1, fill=1)
        canvas.endForm()
    canvas.clipPath(_path(canvas, stroke.outline), stroke=0, fill=0)
    xs = [x for _, numbers in stroke.outline for x in numbers[::2]]
    ys = [y for _, numbers in stroke.outline for y in numbers[1::2]]
    for column in range(math.floor(min(xs) / TILE), math.floor(max(xs) / TILE) + 1):
        for row in range(math.floor(min(ys) / TILE), math.floor(max(ys) / TILE) + 1):
            canvas.saveState()
            canvas.translate(column * TILE, row * TILE)
            canvas.doForm(name)
            canvas.restoreState()


def _path(canvas: Any, outline: Sequence[Segment]) -> Any:
    path = canvas.beginPath()
    for letter, numbers in outline:
        match letter:
            case "M":
                path.moveTo(*numbers)
            case "L":
                path.lineTo(*numbers)
            case "C":
                path.curveTo(*numbers)
            case _:
                path.close()
    return path


def _words(canvas: Any, words: Words) -> None:
    face = Typeface.SANS.bold if words.bold else Typeface.SANS.regular
    canvas.setFillColor(Color(*words.colour))
    canvas.setFont(face, words.size)
    canvas.translate(words.x, words.y)
    canvas.rotate(words.angle)
    canvas.drawString(0, 0, text.clean(words.text))
