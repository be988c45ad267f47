"""Sheets of paper: sizes, margins, the foot of every page, and writing a whole document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.colors import Color, black
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)
from typing_extensions import override

from wfh_desktop.documents import fonts, marking, text
from wfh_desktop.documents.fonts import Typeface
from wfh_desktop.domain.chain import Anchor
from wfh_desktop.domain.periods import Period

FOOTER_SIZE = 6.5
FOOTER_BASE = 8 * mm
DRAFT_GREY = Color(0.90, 0.90, 0.90)


class Size(StrEnum):
    """Sheets in use in Indonesian offices."""

    F4 = "F4"
    A4 = "A4"

    @property
    def millimetres(self) -> tuple[int, int]:
        """Width and height, upright. F4 (folio) is 215 x 330 mm; reportlab does not know it."""
        return (215, 330) if self is Size.F4 else (210, 297)


@dataclass(frozen=True, slots=True)
class Margins:
    """White space around the text, in millimetres; the footer stands in the lower one."""

    top: int
    right: int
    bottom: int
    left: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How an office wants its papers. Letters stand upright, lists lie across."""

    size: Size = Size.F4
    typeface: Typeface = Typeface.SANS
    letter: Margins = Margins(15, 20, 20, 25)
    sheet: Margins = Margins(12, 12, 16, 12)
    decimals: int = 0  # of rupiah: `Rp4.564.546` or, with 2, `Rp4.564.546,00`
    placeholder: bool = False  # leave `${ttd_pengirim}` where the electronic signature goes


@dataclass(frozen=True, slots=True)
class Mark:
    """What every page says at its foot: which month, under which rules, which revision."""

    period: Period
    rules: str  # name and version of the rule set; empty where none was applied
    revision: int
    draft: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of one size that are numbered together, with the *code* printed on each."""

    mark: Mark
    code: str
    story: Sequence[Flowable]
    landscape: bool = False
    bookmark: str = ""
    follows: bool = False  # goes on with the numbers of the part before


@dataclass(frozen=True, slots=True)
class _Page:
    """Where one page belongs."""

    part: int
    group: int


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper, ready to be written."""

    title: str
    author: str
    layout: Layout
    parts: Sequence[Part] = field(default_factory=tuple)
    code: str = ""  # of the whole, by which the file is known again
    anchor: Anchor | None = None  # the last link of the chain when the paper was made


def dimensions(layout: Layout, *, landscape: bool) -> tuple[float, float]:
    """Return width and height of a sheet in points."""
    across, down = layout.size.millimetres
    return (down * mm, across * mm) if landscape else (across * mm, down * mm)


def room(layout: Layout, *, landscape: bool) -> tuple[float, float]:
    """Return width and height of what may be printed on a sheet, in points."""
    width, height = dimensions(layout, landscape=landscape)
    margins = layout.sheet if landscape else layout.letter
    return (
        width - (margins.left + margins.right) * mm,
        height - (margins.top + margins.bottom) * mm,
    )


def write(document: Document) -> bytes:
    """Return the PDF; the same document always gives the same bytes."""
    fonts.register()
    out = BytesIO()
    template = BaseDocTemplate(
        out,
        pagesize=dimensions(document.layout, landscape=False),
        title=text.clean(document.title),
        author=text.clean(document.author),
        creator="WFH Desktop",
        keywords=marking.keywords(document.code, document.anchor),
        lang="id-ID",
        initialFontName=document.layout.typeface.regular,
        invariant=1,
        pageCompression=1,
    )
    for number, part in enumerate(document.parts):
        template.addPageTemplates(_template(document.layout, part, number))
    template.build(_story(document.parts), canvasmaker=partial(_Sheets, document=document))
    return out.getvalue()


def _template(layout: Layout, part: Part, number: int) -> PageTemplate:
    margins = layout.sheet if part.landscape else layout.letter
    width, height = room(layout, landscape=part.landscape)
    frame = Frame(
        margins.left * mm,
        margins.bottom * mm,
        width,
        height,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    return PageTemplate(
        str(number),
        [frame],
        onPage=partial(_begin, layout, part, number),
        pagesize=dimensions(layout, landscape=part.landscape),
    )


def _begin(layout: Layout, part: Part, number: int, canvas: _Sheets, _: BaseDocTemplate) -> None:
    """Note which part a page belongs to; stamp a draft under everything that is printed on it."""
    canvas.part = number
    if not part.mark.draft:
        return
    width, height = dimensions(layout, landscape=part.landscape)
    canvas.saveState()
    canvas.setFillColor(DRAFT_GREY)
    canvas.setFont(layout.typeface.bold, 130)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(35)
    canvas.drawCentredString(0, -45, "DRAF")
    canvas.restoreState()


def _story(parts: Sequence[Part]) -> list[Flowable]:
    story: list[Flowable] = []
    for number, part in enumerate(parts):
        if number:
            story += [NextPageTemplate(str(number)), PageBreak()]
        story += part.story
    return story


class _Sheets(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Holds all pages back until it is known how many there are."""

    part = 0

    def __init__(self, *arguments: Any, document: Document, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._document = document
        self._held: list[dict[str, Any]] = []

    @override
    def showPage(self) -> None:
        self._held.append(dict(self.__dict__))
        self._startPage()

    @override
    def save(self) -> None:
        groups = _groups(self._document.parts)
        pages = [_Page(state["part"], groups[state["part"]]) for state in self._held]
        numbers: dict[int, int] = {}
        totals = {group: [page.group for page in pages].count(group) for group in set(groups)}
        begun: set[int] = set()
        for state, page in zip(self._held, pages, strict=True):
            self.__dict__.update(state)
            numbers[page.group] = numbers.get(page.group, 0) + 1
            part = self._document.parts[page.part]
            self._foot(part, numbers[page.group], totals[page.group])
            if part.bookmark and page.part not in begun:
                self._bookmark(part.bookmark, page.part)
            begun.add(page.part)
            super().showPage()
        super().save()

    def _bookmark(self, title: str, number: int) -> None:
        self.bookmarkPage(f"part-{number}")
        self.addOutlineEntry(text.clean(title), f"part-{number}", level=0)

    def _foot(self, part: Part, number: int, total: int) -> None:
        layout = self._document.layout
        margins = layout.sheet if part.landscape else layout.letter
        width, _ = dimensions(layout, landscape=part.landscape)
        left, right = margins.left * mm, width - margins.right * mm
        page = f"Halaman {number} dari {total}"
        anchor = self._document.anchor
        self.saveState()
        self.setStrokeColor(black)
        self.setFillColor(black)
        if anchor:
            right -= marking.draw(self, part.code, anchor, right, margins.bottom * mm)
        self.setLineWidth(0.3)
        self.line(left, FOOTER_BASE + 9, right, FOOTER_BASE + 9)
        self.setFont(layout.typeface.regular, FOOTER_SIZE)
        self.drawRightString(right, FOOTER_BASE, page)
        space = right - left - fonts.width(page, layout.typeface.regular) * FOOTER_SIZE - 12
        words = fonts.wrapped(footer(part, anchor), layout.typeface.regular, FOOTER_SIZE, space)
        for line, written in enumerate(words[:2]):
            self.drawString(left, FOOTER_BASE - line * (FOOTER_SIZE + 1), written)
        self.restoreState()


def footer(part: Part, anchor: Anchor | None = None) -> str:
    """Return the line at the foot of each page, without the page number."""
    mark = part.mark
    facts = [
        "DRAF" if mark.draft else "",
        f"Periode {text.month(mark.period)}",
        f"Aturan {mark.rules}" if mark.rules else "",
        f"Revisi {mark.revision}",
        f"Kode {part.code}",
        f"Segel {marking.seal(anchor)}".replace(" ", "\N{NO-BREAK SPACE}") if anchor else "",
    ]
    return text.clean("  |  ".join(fact for fact in facts if fact))


def _groups(parts: Sequence[Part]) -> list[int]:
    """Return for each part the number of the first part it is numbered with."""
    groups: list[int] = []
    for number, part in enumerate(parts):
        groups.append(groups[-1] if part.follows and groups else number)
    return groups
