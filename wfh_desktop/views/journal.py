"""The log of the window: a few small files, without personal data."""

from __future__ import annotations

import logging
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from typing_extensions import override

log = logging.getLogger(__name__)
SIZE, KEPT = 500_000, 3  # octets of a file, number of older files
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def keep(folder: Path) -> None:
    """Write what Python and Qt report to *folder*; work goes on if it cannot be written."""
    logging.captureWarnings(capture=True)
    logging.getLogger().setLevel(logging.INFO)
    threading.excepthook = _log_fault
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(
            folder / "wfh.log", maxBytes=SIZE, backupCount=KEPT, encoding="utf-8"
        )
    except OSError:
        return
    file.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(file)
    qInstallMessageHandler(_log_qt)


class Discreet(logging.Formatter):
    """Writes where a fault happened and of what kind it was, not what it says.

    The message of an exception may quote a name, a NIP or a row of the database; the user sees
    it on the screen and decides whom to show it.
    """

    @override
    def format(self, record: logging.LogRecord) -> str:
        kept, record.exc_text = record.exc_text, None  # what another formatter made of it
        text = super().format(record)
        record.exc_text = kept
        return text

    @override
    def formatException(self, ei: Any) -> str:
        kind, _, trace = ei
        return f"{''.join(traceback.format_tb(trace))}{kind.__name__}"


def _log_fault(fault: threading.ExceptHookArgs) -> None:
    log.error("unexpected error in a thread", exc_info=fault.exc_value)


def _log_qt(level: QtMsgType, _: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(LEVELS[level], text)
