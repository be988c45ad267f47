"""Start of the application: the only place where everything is put together."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Sequence
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCommandLineOption, QCommandLineParser, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from wfh_desktop import __version__, paths, readers
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.domain.periods import Period
from wfh_desktop.settings import Settings
from wfh_desktop.views import errors, labels, theme
from wfh_desktop.views.context import Context, Scope, this_month
from wfh_desktop.views.jobs import Jobs, Progress, collect_garbage_here
from wfh_desktop.views.main_window import MainWindow

if TYPE_CHECKING:
    from wfh_desktop.persistence.opening import Opened

Opening: TypeAlias = "Callable[[Progress], Opened]"
STYLE = ("-style", "fusion")  # 10 ms sooner than setStyle, which loads all of QStyle
FILE, DEMO_FILE = "wfh.db", "contoh.db"  # in the data folder of the user


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the application until its window is closed."""
    readers.serve_if_asked(sys.argv[1:] if arguments is None else list(arguments))
    app, window = start(arguments)
    _keep_journal()
    window.start.open_database()
    return app.exec()


def start(arguments: Sequence[str] | None = None) -> tuple[QApplication, MainWindow]:
    """Show the window, with nothing in it yet; only what it needs is loaded."""
    typed = sys.argv[1:] if arguments is None else arguments
    app = QApplication([sys.argv[0], *STYLE, *typed])
    app.setOrganizationName("WFH")
    app.setApplicationName("WFH Desktop")
    app.setApplicationVersion(__version__)
    speak_indonesian(app)
    options = _options(app)
    collect_garbage_here(app)
    sys.excepthook = show_fault
    settings = Settings()
    look = partial(_look, app, settings)
    look()
    app.styleHints().colorSchemeChanged.connect(look)
    desk = Desk(settings, app)
    url = options.value("db") or settings.database_url
    demo = options.isSet("demo")
    window = desk.show(partial(_open, url, DEMO_FILE if demo else FILE), url, demo=demo)
    return app, window


class Desk(QObject):
    """Holds the window, and lays another one in its place for another database.

    Nothing that one window shows or knows reaches the next: what one person was allowed to see
    is gone when another signs in.
    """

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.window: MainWindow | None = None

    def show(self, opening: Opening, url: str, *, demo: bool = False) -> MainWindow:
        """Show a window for the database *url*, which *opening* opens later, in a job."""
        self.window = make_window(self.settings, opening, url, demo=demo)
        later = Qt.ConnectionType.QueuedConnection  # the window may not go while its menu acts
        self.window.start.replaced.connect(self.replace, later)
        self.window.show()
        return self.window

    def replace(self, opening: Opening, url: str) -> None:
        """Close the window, if it may be closed, and open another database in a new one."""
        former = self.window
        QApplication.setQuitOnLastWindowClosed(False)
        if former is None or former.close():
            if former is not None:
                former.deleteLater()  # with all that it shows
            window = self.show(opening, url)
            window.start.open_database()
        QApplication.setQuitOnLastWindowClosed(True)


def make_window(
    settings: Settings, opening: Opening, url: str, *, demo: bool = False
) -> MainWindow:
    """Put window, jobs and scope together; *opening* opens the database *url* when asked to."""
    actor = Actor(getpass.getuser(), EVERYTHING)
    period = Period.parse(settings.period) if settings.period else this_month()
    context = Context(actor, Jobs(actor), Scope(period))
    return MainWindow(context, settings, opening, demo=demo, url=url)


def speak_indonesian(app: QApplication) -> None:
    """Write dates and numbers as Indonesians do, and let Qt's own texts be Indonesian."""
    QLocale.setDefault(labels.INDONESIAN)
    translator = QTranslator(app)
    if translator.load(labels.INDONESIAN, "qtbase", "_", str(paths.TRANSLATIONS)):
        app.installTranslator(translator)


def show_fault(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log and show what nobody caught: a bug in a slot. The program goes on."""
    if isinstance(error, Exception):
        errors.show(QApplication.activeWindow(), error)
    else:
        sys.__excepthook__(kind, error, trace)


def _look(app: QApplication, settings: Settings, *_: object) -> None:
    theme.apply(app, theme.Scheme(settings.scheme))


def _keep_journal() -> None:
    from wfh_desktop.views import journal

    journal.keep(paths.log_folder())


def _open(url: str, file: str, _: Progress) -> Opened:
    """Open *url*, with the password that the system keeps for it; without one, a file."""
    from wfh_desktop.persistence.opening import open_database

    if url.startswith("postgresql"):
        from wfh_desktop.persistence import secrets

        return open_database(url, secrets.recall(url))
    return open_database(url or f"sqlite:///{paths.data_folder() / file}")


def _options(app: QApplication) -> QCommandLineParser:
    parser = QCommandLineParser()
    parser.setApplicationDescription("Pengawasan ASN, sampai rekomendasi TPP.")
    parser.addHelpOption()
    parser.addVersionOption()
    parser.addOption(QCommandLineOption(["db"], "Alamat basis data.", "URL"))
    parser.addOption(QCommandLineOption(["demo"], "Buka unit contoh."))
    parser.process(app)
    return parser


if __name__ == "__main__":
    sys.exit(main())
