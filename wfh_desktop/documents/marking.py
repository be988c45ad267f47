"""What binds a paper to the database it came from: the code, the seal, and a QR of both.

The QR is no electronic signature: it spares typing the code, and what it says has to be looked up.
"""

from __future__ import annotations

from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.units import mm

from wfh_desktop.domain.chain import Anchor

LOWEST = 5 * mm  # printers leave the edge of the sheet white
QUIET = 1.8 * mm  # white around the QR, without which no camera finds it
SMALLEST, LARGEST = 8.5 * mm, 13 * mm
PREFIX = "WFH"


def seal(anchor: Anchor) -> str:
    """Return how a paper names the last link of the chain: `1.234 · ab12cd34ef56`."""
    return f"{anchor.seal:,} · {anchor.short}".replace(",", ".")


def keywords(code: str, anchor: Anchor | None) -> str:
    """Return what the file itself says of its code, where a program can read it at once."""
    if not code:
        return ""
    sealed = f" segel={anchor.seal} jangkar={anchor.hash}" if anchor else ""
    return f"{PREFIX} kode={code}{sealed}"


def symbol(code: str, anchor: Anchor) -> str:
    """Return what the QR says, in the letters that take the least room in it."""
    return f"{PREFIX}:{code.replace('-', '')}:{anchor.seal}:{anchor.short.upper()}"


def draw(canvas: Any, code: str, anchor: Anchor, right: float, bottom: float) -> float:
    """Draw the QR in the lower right corner; return the width it takes, 0 where there is no room.

    It stands below what is printed on the sheet, whose *bottom* margin has to be high enough.
    """
    side = min(bottom - QUIET - LOWEST, LARGEST)
    if side < SMALLEST:
        return 0.0
    name = f"qr-{code}"
    if not canvas.hasForm(name):
        _define(canvas, name, symbol(code, anchor))
    canvas.saveState()
    canvas.translate(right - side, LOWEST)
    canvas.scale(side, side)
    canvas.doForm(name)
    canvas.restoreState()
    return float(side + 2 * QUIET)


def _define(canvas: Any, name: str, content: str) -> None:
    """Draw the QR once, a unit wide and high; all pages with the same code show it again."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(content)
    code.make()
    count = code.getModuleCount()
    canvas.beginForm(name, 0, 0, 1, 1)
    path = canvas.beginPath()
    for row in range(count):
        for column in range(count):
            if code.isDark(row, column):
                path.rect(column / count, 1 - (row + 1) / count, 1 / count, 1 / count)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.endForm()
