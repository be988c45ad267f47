"""The typefaces of papers: Liberation Sans and Serif, shipped with the program and embedded."""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from wfh_desktop.paths import FONTS

TOLERANCE = 1e-6  # of widths that were multiplied and divided


class Typeface(StrEnum):
    """What an office may choose; both have the widths of the fonts named in its rules."""

    SANS = "Liberation Sans"  # as wide as Arial
    SERIF = "Liberation Serif"  # as wide as Times New Roman

    @property
    def regular(self) -> str:
        """The name of the upright face."""
        return f"{self._stem}-Regular"

    @property
    def bold(self) -> str:
        """The name of the bold face."""
        return f"{self._stem}-Bold"

    @property
    def italic(self) -> str:
        """The name of the italic face."""
        return f"{self._stem}-Italic"

    @property
    def _stem(self) -> str:
        return self.value.replace(" ", "")


@cache
def register() -> None:
    """Make both typefaces known to reportlab."""
    for typeface in Typeface:
        names = {
            style: f"{typeface.value.replace(' ', '')}-{style}"
            for style in ("Regular", "Bold", "Italic", "BoldItalic")
        }
        for name in names.values():
            pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
        pdfmetrics.registerFontFamily(
            names["Regular"],
            normal=names["Regular"],
            bold=names["Bold"],
            italic=names["Italic"],
            boldItalic=names["BoldItalic"],
        )


@lru_cache(maxsize=100_000)
def width(words: str, face: str) -> float:
    """Return how wide *words* are at 1 point."""
    register()
    return float(pdfmetrics.stringWidth(words, face, 1))


def wrapped(words: str, face: str, size: float, room: float) -> list[str]:
    """Break *words* into lines no wider than *room* points; a word that is too long is cut too."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        lines += _wrapped(paragraph, face, room / size + TOLERANCE)
    return lines


def _wrapped(words: str, face: str, room: float) -> list[str]:
    if width(words, face) <= room:
        return [words]
    lines, line = [], ""
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, face) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, face, room)
        lines += full
    return [*lines, line]


def _pieces(word: str, face: str, room: float) -> list[str]:
    """Cut one word into pieces that fit, at least a letter each."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, face) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
