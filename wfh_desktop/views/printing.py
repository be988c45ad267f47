"""Sending a paper to a printer, in a worker: sheet by sheet, each in the size it was made for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from wfh_desktop.domain.errors import Unwritable
from wfh_desktop.services.papers import save
from wfh_desktop.views.jobs import Progress

RESOLUTION = 300  # dots an inch: fine for figures of 6 points, and quick enough
BAND = 900  # lines of dots that are sent at a time
A4, F4 = (210, 297), (215, 330)


def print_paper(progress: Progress, printer: QPrinter, content: bytes, name: str) -> int:
    """Print a PDF under *name*, which the queue of the printer shows; return how many sheets.

    Cancelling stops after the sheet that is being printed. Raises `Unwritable` if the printer
    does not take it. What is "printed" to a PDF file is the paper itself, sharp and searchable.
    """
    if printer.outputFormat() is QPrinter.OutputFormat.PdfFormat:
        save(content, Path(printer.outputFileName()))
        return 0
    return print_sheets(progress, printer, content, name)


def print_sheets(progress: Progress, printer: QPrinter, content: bytes, name: str) -> int:
    """Draw each sheet for the printer; return how many."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    try:
        return _print(progress, printer, document, name)
    finally:
        document.close()


def _print(progress: Progress, printer: QPrinter, document: QPdfDocument, name: str) -> int:
    printer.setDocName(name)
    printer.setResolution(RESOLUTION)
    printer.setFullPage(True)
    printer.setPageLayout(sheet_of(document.pagePointSize(0)))
    painter = QPainter()
    if not painter.begin(printer):
        raise Unwritable("printer", printer.printerName() or printer.outputFileName())
    pages = document.pageCount()
    try:
        for page in range(pages):
            progress(page, pages)
            if page:
                printer.setPageLayout(sheet_of(document.pagePointSize(page)))
                printer.newPage()
            _draw(painter, printer, document, page)
    finally:
        painter.end()
    return pages


def _draw(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    """Draw a page in bands, so that the window need not wait for a whole sheet.

    Each dot of the picture becomes a square of whole dots of the printer: no seams, no blur.
    """
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    factor = max(1, round(printer.resolution() / RESOLUTION))
    image = document.render(page, QSize(-(-sheet.width() // factor), -(-sheet.height() // factor)))
    if image.allGray():  # a third of the work, for all but charts and logos
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    for top in range(0, image.height(), BAND):
        band = image.copy(0, top, image.width(), min(BAND, image.height() - top))
        place = QRectF(0, top * factor, band.width() * factor, band.height() * factor)
        painter.drawImage(place, band)


def sheet_of(points: QSizeF) -> QPageLayout:
    """Return the sheet for a page of *points*; F4 is 215 x 330 mm, which no system knows."""
    across, down = round(points.width() * 25.4 / 72), round(points.height() * 25.4 / 72)
    lying = across > down
    upright = (down, across) if lying else (across, down)
    orientation = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    return QPageLayout(_size(upright), orientation, QMarginsF(), QPageLayout.Unit.Millimeter)


def _size(upright: tuple[int, int]) -> QPageSize:
    if upright == A4:
        return QPageSize(QPageSize.PageSizeId.A4)
    return QPageSize(
        QSizeF(*upright),
        QPageSize.Unit.Millimeter,
        "F4" if upright == F4 else "",
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
