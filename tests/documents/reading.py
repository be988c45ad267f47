"""Reading papers back: what stands where on which page."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from pypdf import PdfReader
from pypdfium2 import PdfDocument


@dataclass(frozen=True)
class Piece:
    """A piece of text at its place, in points from the lower left corner."""

    page: int
    x: float
    y: float
    text: str


def reader(pdf):
    return PdfReader(BytesIO(pdf))


def pages(pdf):
    """Return the text of each page."""
    return [page.extract_text() for page in reader(pdf).pages]


def quick_pages(pdf):
    """Return the text of each page of a long document, by PDFium, which is much faster."""
    document = PdfDocument(pdf)
    try:
        return [_text(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _text(page):
    words = page.get_textpage()
    try:
        return words.get_text_range()
    finally:
        words.close()
        page.close()


def pieces(pdf):
    """Return every piece of text with its place, but for pages of charts: they are no lists."""
    found = []
    for number, page in enumerate(reader(pdf).pages):
        if "/XObject" in page["/Resources"]:
            continue

        def note(words, matrix, inner, font, size, number=number):
            if words.strip():
                x = inner[4] * matrix[0] + matrix[4]
                y = inner[5] * matrix[3] + matrix[5]
                found.append(
                    Piece(number, round(x, 1), round(y, 1), words.strip("\n").replace("\xa0", " "))
                )

        page.extract_text(visitor_text=note)
    return found


def rows(pdf):
    """Return the lines of a document: by page and height, the texts from left to right."""
    lines = defaultdict(list)
    for piece in pieces(pdf):
        lines[piece.page, piece.y].append(piece)
    return [
        (key[0], [piece.text for piece in sorted(line, key=lambda one: one.x)])
        for key, line in sorted(lines.items(), key=lambda pair: (pair[0][0], -pair[0][1]))
    ]


def numbered(pdf):
    """Return the first lines of the rows of a list: those that begin with their number."""
    return [
        cells
        for _, cells in rows(pdf)
        if len(cells) > 5 and cells[0].isdecimal() and not cells[1].isdecimal()
    ]


def total(pdf):
    """Return the cells of the row JUMLAH."""
    (found,) = [cells for _, cells in rows(pdf) if cells[0] == "JUMLAH"]
    return found[1:]


def value(printed):
    """Read a printed number: `1.234.567,89`, or a dash for nothing."""
    return Decimal(0 if printed == "-" else printed.replace(".", "").replace(",", "."))


def fonts(pdf):
    """Return each font with whether it is embedded."""
    found = {}
    for page in reader(pdf).pages:
        for resources in resources_of(page["/Resources"]):
            for entry in resources.get("/Font", {}).values():
                font = entry.get_object()
                described = font.get("/FontDescriptor")
                embedded = bool(described) and "/FontFile2" in described.get_object()
                found[font["/BaseFont"]] = embedded
    return found


def resources_of(resources):
    """Return resources, and those of the forms in them."""
    resources = resources.get_object()
    yield resources
    for form in resources.get("/XObject", {}).values():
        if "/Resources" in form.get_object():
            yield from resources_of(form.get_object()["/Resources"])
