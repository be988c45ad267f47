"""The running text of papers: titles, paragraphs, and labels with what they are the label of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from wfh_desktop.documents import fonts, text
from wfh_desktop.documents.fonts import Typeface
from wfh_desktop.documents.paper import Layout
from wfh_desktop.documents.tables import Align

TITLE = 12.0
ALIGNMENT = {Align.LEFT: TA_LEFT, Align.CENTRE: TA_CENTER, Align.RIGHT: TA_RIGHT}


@cache
def body(typeface: Typeface, size: float = 11.0) -> ParagraphStyle:
    """Return the style of justified running text."""
    fonts.register()
    return ParagraphStyle(
        "body",
        fontName=typeface.regular,
        bulletFontName=typeface.regular,
        fontSize=size,
        leading=size * 1.35,
        alignment=TA_JUSTIFY,
    )


@cache
def plain(typeface: Typeface, size: float = 11.0, align: Align = Align.LEFT) -> ParagraphStyle:
    """Return the style of text that is not justified."""
    return ParagraphStyle(
        "plain",
        parent=body(typeface, size),
        alignment=ALIGNMENT[align],
        leading=size * 1.25,
        splitLongWords=1,
    )


def paragraph(words: str, layout: Layout, size: float = 11.0) -> Paragraph:
    """Return justified text as a paragraph, printed as it is."""
    return Paragraph(text.markup(words), body(layout.typeface, size))


def note(words: str, layout: Layout, size: float = 7.0) -> Paragraph:
    """Return small text that explains a list."""
    return Paragraph(text.markup(words), plain(layout.typeface, size))


def title(lines: Sequence[str], layout: Layout, size: float = TITLE) -> list[Flowable]:
    """Return centred bold lines with a little room below."""
    style = plain(layout.typeface, size, Align.CENTRE)
    return [
        *(Paragraph(f"<b>{text.markup(line)}</b>", style) for line in lines if line),
        Spacer(0, size * 0.6),
    ]


def labels(
    pairs: Sequence[tuple[str, str]],
    layout: Layout,
    width: float,
    size: float = 11.0,
    *,
    bold: str = "",
) -> Table:
    """Return `Unit Kerja : Dinas ...`, one pair a line, the colons below each other.

    The line with the label *bold* is printed bold.
    """
    style = plain(layout.typeface, size)
    faces = {True: layout.typeface.bold, False: layout.typeface.regular}
    widest = max(fonts.width(label, faces[label == bold]) for label, _ in pairs) * size
    first, colon = widest + size * 0.6, size * 0.7
    rows = [
        [
            Paragraph(_strong(text.markup(label), label == bold), style),
            Paragraph(":", style),
            Paragraph(_strong(_lines(value), label == bold), style),
        ]
        for label, value in pairs
    ]
    return beside(rows, [first, colon, width - first - colon], layout)


def beside(rows: Sequence[Sequence[object]], widths: Sequence[float], layout: Layout) -> Table:
    """Return flowables beside each other, level at the top, without any rules."""
    return Table(
        rows,
        colWidths=widths,
        hAlign="LEFT",
        style=TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), layout.typeface.regular, 8),  # else Helvetica is named
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ]
        ),
    )


def _strong(words: str, bold: bool) -> str:
    return f"<b>{words}</b>" if bold else words


def _lines(value: str) -> str:
    return "<br/>".join(text.markup(line) for line in value.split("\n"))
