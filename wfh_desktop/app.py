"""Start of the application: the only place where everything is put together."""

from __future__ import annotations

import argparse
import getpass
import logging
import sys
import threading
import traceback
from collections.abc import Sequence
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QLocale,
    QMessageLogContext,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from wfh_desktop import __version__, paths
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.domain.periods import Period
from wfh_desktop.settings import Settings
from wfh_desktop.views import errors, labels, theme
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.jobs import Jobs, Progress, collect_garbage_here
from wfh_desktop.views.main_window import MainWindow, this_month

if TYPE_CHECKING:
    from wfh_desktop.persistence.opening import Opened

log = logging.getLogger(__name__)
LOG_SIZE, LOGS_KEPT = 500_000, 3  # octets, files
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the application until its window is closed."""
    options, qt_arguments = _parser().parse_known_args(arguments)
    app = prepare([sys.argv[0], *qt_arguments])
    settings = Settings()
    theme.apply(app, theme.Scheme(settings.scheme))
    app.styleHints().colorSchemeChanged.connect(
        lambda _: theme.apply(app, theme.Scheme(settings.scheme))
    )
    url = options.db or settings.database_url or local_url("contoh" if options.demo else "wfh")
    window = make_window(settings, url, demo=options.demo)
    window.show()
    window.start.open_database()
    return app.exec()


def prepare(arguments: list[str]) -> QApplication:
    """Make the Qt application: its names, language, log, and where faults go."""
    app = QApplication(arguments)
    app.setOrganizationName("WFH")
    app.setApplicationName("WFH Desktop")
    app.setApplicationVersion(__version__)
    collect_garbage_here(app)
    start_log(paths.log_folder())
    sys.excepthook = show_fault
    threading.excepthook = _log_thread_fault
    speak_indonesian(app)
    return app


def make_window(settings: Settings, url: str, *, demo: bool = False) -> MainWindow:
    """Put window, jobs and scope together for the database *url*, which is not opened yet."""
    actor = Actor(getpass.getuser(), EVERYTHING)
    period = Period.parse(settings.period) if settings.period else this_month()
    context = Context(actor, Jobs(actor), Scope(period))
    return MainWindow(context, settings, partial(_open, url), demo=demo)


def local_url(name: str) -> str:
    """Return the address of the SQLite file *name* in the data folder of this user."""
    return f"sqlite:///{paths.data_folder() / name}.db"


def speak_indonesian(app: QApplication) -> None:
    """Write dates and numbers as Indonesians do, and let Qt's own texts be Indonesian."""
    QLocale.setDefault(labels.INDONESIAN)
    translator = QTranslator(app)
    if translator.load(labels.INDONESIAN, "qtbase", "_", str(paths.TRANSLATIONS)):
        app.installTranslator(translator)


def start_log(folder: Path) -> None:
    """Write a log to *folder*, a few small files at most; work goes on if it cannot be."""
    logging.captureWarnings(capture=True)
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(
            folder / "wfh.log", maxBytes=LOG_SIZE, backupCount=LOGS_KEPT, encoding="utf-8"
        )
    except OSError:
        return
    file.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(file)
    qInstallMessageHandler(_log_qt)


class Discreet(logging.Formatter):
    """Writes where a fault happened and of what kind it was, not what it says.

    The message of an exception may quote a name, a NIP or a row of the database; the user sees
    it on the screen and decides whom to show it.
    """

    @override
    def formatException(self, ei: Any) -> str:
        kind, _, trace = ei
        return f"{''.join(traceback.format_tb(trace))}{kind.__name__}"


def show_fault(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log and show what nobody caught: a bug in a slot. The program goes on."""
    if isinstance(error, Exception):
        errors.show(QApplication.activeWindow(), error)
    else:
        sys.__excepthook__(kind, error, trace)


def _log_thread_fault(fault: threading.ExceptHookArgs) -> None:
    log.error("unexpected error in a thread", exc_info=fault.exc_value)


def _log_qt(level: QtMsgType, _: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(LEVELS[level], text)


def _open(url: str, _: Progress) -> Opened:
    from wfh_desktop.persistence.opening import open_database

    return open_database(url)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wfh-desktop", description="WFH Desktop.")
    parser.add_argument("--db", metavar="URL", help="alamat basis data")
    parser.add_argument("--demo", action="store_true", help="buka unit contoh")
    parser.add_argument("--version", action="version", version=__version__)
    return parser


if __name__ == "__main__":
    sys.exit(main())
