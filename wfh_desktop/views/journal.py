"""The log of the window: a few small files, without personal data, forgotten after a month."""

from __future__ import annotations

import logging
import re
import threading
import traceback
from datetime import date, datetime, timedelta
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from typing_extensions import override

from wfh_desktop.domain.redaction import redact

log = logging.getLogger(__name__)
SIZE, KEPT = 500_000, 3  # octets of a file, number of older files
DAYS = 30  # that an entry is kept
ENTRY = re.compile(r"(\d{4}-\d\d-\d\d) ")  # what the first line of an entry begins with
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
        forget(folder, datetime.now().astimezone().date() - timedelta(days=DAYS))
        file = RotatingFileHandler(
            folder / "wfh.log", maxBytes=SIZE, backupCount=KEPT, encoding="utf-8"
        )
    except OSError:
        logging.getLogger().addHandler(logging.NullHandler())  # else Python tells all to stderr
        return
    file.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    file.addFilter(Redaction())
    logging.getLogger().addHandler(file)
    qInstallMessageHandler(_log_qt)


def forget(folder: Path, first: date) -> None:
    """Take out of the logs in *folder* what was written before the day *first*."""
    for file in folder.glob("wfh.log*"):
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        kept = _since(lines, first.isoformat())
        if not kept:
            file.unlink()
        elif len(kept) < len(lines):
            file.write_text("".join(kept), encoding="utf-8")


def _since(lines: list[str], first: str) -> list[str]:
    """Return the entries from the day *first* on; an entry may have several lines."""
    for number, line in enumerate(lines):
        entry = ENTRY.match(line)
        if entry and entry[1] >= first:
            return lines[number:]
    return []


class Redaction(logging.Filter):
    """Takes out of a message what is nobody else's business, whoever wrote it."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), None
        return True


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
