"""Telling the user that something was refused or went wrong."""

from __future__ import annotations

import logging
import platform
import traceback
from pathlib import Path

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from wfh_desktop import __version__
from wfh_desktop.domain.errors import Cancelled, Refusal
from wfh_desktop.domain.redaction import redact
from wfh_desktop.views import icons

SIGN = QSize(36, 36)
log = logging.getLogger(__name__)

FAULT = "Terjadi kesalahan pada program. Tidak ada data yang berubah."
HINT = (
    "Rinciannya sudah dicatat. NIP, jumlah rupiah dan kata sandi disamarkan; baca dahulu rincian "
    "di bawah ini, lalu salin atau simpan bila melapor kepada pengelola aplikasi."
)


def show(owner: QWidget | None, error: Exception) -> None:
    """Show any exception that reached the GUI thread; log it unless it is a refusal.

    A fault that is still on the screen is not shown a second time.
    """
    if isinstance(error, Cancelled):
        return
    window = _on_screen(owner)
    if isinstance(error, Refusal):
        from wfh_desktop import words

        _box("info", "accent", words.explain(error), "", window).open()
        return
    log.error("unexpected error", exc_info=error)
    details = report(error)
    if window and any(
        box.isVisible() and box.detailedText() == details
        for box in window.findChildren(QMessageBox)
    ):
        return
    from wfh_desktop.views.fault import FaultBox

    box = FaultBox(details, window)
    _dress(box, "bad", "bad", FAULT, HINT)
    box.open()


def report(error: Exception) -> str:
    """Return what a fault says about the program, without personal data as far as known by form."""
    said = redact("".join(traceback.format_exception(error))).replace(str(Path.home()), "~")
    system = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    return f"WFH Desktop {__version__}, {system}\n\n{said}"


def _on_screen(owner: QWidget | None) -> QWidget | None:
    """Return the window of *owner*, or of what opened it: a dialog that goes would take the box."""
    window = owner.window() if owner else None
    while window is not None and not window.isVisible() and (opener := window.parentWidget()):
        window = opener.window()
    return window


def _box(icon: str, tone: str, text: str, hint: str, window: QWidget | None) -> QMessageBox:
    box = QMessageBox(window)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    _dress(box, icon, tone, text, hint)
    return box


def _dress(box: QMessageBox, icon: str, tone: str, text: str, hint: str) -> None:
    box.setWindowTitle("WFH Desktop")
    box.setIconPixmap(icons.icon(icon, tone).pixmap(SIGN))
    box.setTextFormat(Qt.TextFormat.PlainText)  # it may quote what a file says
    box.setText(text)
    box.setInformativeText(hint)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
