"""Who signs a paper, and the block at its end where they do.

Nothing here says that a paper has been signed: room is left for the signature, wet or
electronic, and for the stamp.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import Flowable
from typing_extensions import override

from wfh_desktop.documents import fonts, text
from wfh_desktop.documents.paper import Layout

PLACEHOLDER = "${ttd_pengirim}"  # SRIKANDI looks for these very words in the text of the paper
GAP = 22 * mm  # room for the electronic signature's picture, or for pen and stamp
BLANK_DATE = "." * 20
BLANK_NAME = "." * 40
SPACE_ABOVE = 6 * mm
WIDEST = 82 * mm


@dataclass(frozen=True, slots=True)
class Signature:
    """One who signs: the lines over the gap, and who they are."""

    opening: str  # `Mengetahui,` or `Manado, 2 Maret 2026`
    title: tuple[str, ...]  # `a.n. Kepala Dinas`, `Sekretaris,`
    name: str  # with degrees; empty leaves dots to write on
    rank: str = ""  # pangkat, or golongan of a PPPK
    nip: str = ""


def dated(place: str, day: str) -> str:
    """Return `Manado, 2 Maret 2026`; what is not known yet is left to be written by hand."""
    return f"{text.clean(place) or BLANK_DATE}, {day or BLANK_DATE}"


class Signatures(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Signatures side by side, first left and last right; one alone stands right."""

    def __init__(self, signatures: Sequence[Signature], layout: Layout, size: float = 10) -> None:
        super().__init__()
        self.signatures = signatures
        self.layout = layout
        self.size = size
        self.leading = size * 1.25

    @override
    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.blocks = [self._block(one) for one in self.signatures]
        self.above = max((len(upper) for upper, _ in self.blocks), default=0)
        below = max((len(lower) for _, lower in self.blocks), default=0)
        self.height = SPACE_ABOVE + (self.above + below) * self.leading + GAP
        return width, self.height

    @override
    def draw(self) -> None:
        self.canv.setFillColor(black)
        self.canv.setStrokeColor(black)
        for number, block in enumerate(self.blocks):
            self._draw(self._left(number), *block)

    def _block(self, one: Signature) -> tuple[list[str], list[tuple[str, bool]]]:
        """Return the lines above the gap and those below, the latter with whether they are bold."""
        face = self.layout.typeface
        room = self._column()
        upper = [
            line
            for words in (one.opening, *one.title)
            for line in fonts.wrapped(text.clean(words), face.regular, self.size, room)
        ]
        name = fonts.wrapped(text.clean(one.name) or BLANK_NAME, face.bold, self.size, room)
        lower = [(line, True) for line in name]
        lower += [
            (line, False)
            for line in fonts.wrapped(text.clean(one.rank), face.regular, self.size, room)
            if line
        ]
        lower.append((f"NIP. {text.nip(one.nip) if one.nip else '.' * 24}", False))
        return upper, lower

    def _column(self) -> float:
        share = {1: 1.0, 2: 0.46}.get(len(self.signatures), 0.31)
        return float(min(self.width * share, WIDEST))

    def _left(self, number: int) -> float:
        if number == len(self.signatures) - 1:
            return float(self.width - self._column())
        return number * self.width / max(len(self.signatures), 2)

    def _draw(self, left: float, upper: Sequence[str], lower: Sequence[tuple[str, bool]]) -> None:
        face, canvas = self.layout.typeface, self.canv
        base = self.height - SPACE_ABOVE - self.size
        canvas.setFont(face.regular, self.size)
        for number, words in enumerate(upper):
            canvas.drawString(left, base - number * self.leading, words)
        base -= self.above * self.leading + GAP
        if self.layout.placeholder:
            canvas.drawString(left, base + GAP / 2, PLACEHOLDER)
        for words, bold in lower:
            canvas.setFont(face.bold if bold else face.regular, self.size)
            canvas.drawString(left, base, words)
            if bold:
                under = base - self.size * 0.12
                end = left + fonts.width(words, face.bold) * self.size
                canvas.setLineWidth(self.size * 0.07)
                canvas.line(left, under, end, under)
            base -= self.leading
