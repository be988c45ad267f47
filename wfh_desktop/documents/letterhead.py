"""The kop surat: logo left, names of government and office, address, a thick and a thin rule."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable
from typing_extensions import override

from wfh_desktop.documents import fonts, text
from wfh_desktop.documents.paper import Layout
from wfh_desktop.domain.errors import Invalid, Problem

LOGO_WIDTH, LOGO_HEIGHT = 20 * mm, 24 * mm
GOVERNMENT, OFFICE, ADDRESS = 14.0, 16.0, 9.0
THICK, THIN, BETWEEN = 2.2, 0.6, 2.2


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the head of the first page of an office's papers."""

    government: str
    office: str
    unit: str = ""  # a third line, for a bidang or UPT that has its own letters
    address: str = ""
    logo: bytes | None = None  # PNG or JPEG


class Kop(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The letterhead as it is printed, once, on the first page."""

    def __init__(self, letterhead: Letterhead, layout: Layout) -> None:
        super().__init__()
        self.letterhead = letterhead
        self.layout = layout
        self.logo = _logo(letterhead.logo)

    @override
    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.lines = self._lines()
        words = sum(size * 1.18 for _, _, size in self.lines)
        self.words = words
        self.body = max(words, LOGO_HEIGHT if self.logo else 0.0)
        self.height = self.body + 3 + THICK + BETWEEN + THIN + 4 * mm
        return width, self.height

    @override
    def draw(self) -> None:
        canvas, left = self.canv, self._indent()
        canvas.setFillColor(black)
        canvas.setStrokeColor(black)
        middle = left + (self.width - left) / 2 if self.logo else self.width / 2
        base = self.height - (self.body - self.words) / 2
        for words, face, size in self.lines:
            base -= size * 1.18
            canvas.setFont(face, size)
            canvas.drawCentredString(middle, base + size * 0.25, words)
        if self.logo:
            self._draw_logo(self.logo)
        self._draw_rules(self.height - self.body - 3)

    def _lines(self) -> list[tuple[str, str, float]]:
        """Return each line with its face and size; a name too long for one line takes two."""
        head, face = self.letterhead, self.layout.typeface
        parts = [
            (head.government.upper(), face.regular, GOVERNMENT),
            (head.office.upper(), face.bold, OFFICE),
            (head.unit.upper(), face.bold, GOVERNMENT),
            (head.address, face.regular, ADDRESS),
        ]
        room = self.width - self._indent() - 2 * mm
        return [
            (line, name, size)
            for words, name, size in parts
            if words
            for given in text.clean_lines(words).split("\n")
            for line in fonts.wrapped(given, name, size, room)
        ]

    def _indent(self) -> float:
        return float(LOGO_WIDTH + 3 * mm) if self.logo else 0.0

    def _draw_logo(self, logo: ImageReader) -> None:
        """Draw the logo in its own proportions, upright in the middle of its field."""
        across, down = logo.getSize()
        scale = min(LOGO_WIDTH / across, LOGO_HEIGHT / down)
        width, height = across * scale, down * scale
        self.canv.drawImage(
            logo,
            (LOGO_WIDTH - width) / 2,
            self.height - self.body / 2 - height / 2,
            width,
            height,
            mask="auto",
        )

    def _draw_rules(self, top: float) -> None:
        for thickness, below in ((THICK, THICK / 2), (THIN, THICK + BETWEEN)):
            self.canv.setLineWidth(thickness)
            self.canv.line(0, top - below, self.width, top - below)


def _logo(picture: bytes | None) -> ImageReader | None:
    """Read the logo; raise `Invalid` for a picture that cannot be read."""
    if not picture:
        return None
    try:
        return ImageReader(BytesIO(picture))
    except Exception as error:  # Pillow has many ways to say that a picture is broken
        raise Invalid([Problem("logo", "not_a_picture")]) from error
