"""The window: navigation at the left, scope at the top, the current page between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QMainWindow, QWidget
from typing_extensions import override

from wfh_desktop.settings import Settings
from wfh_desktop.views.context import Context, this_month
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.page import Page, Place
from wfh_desktop.views.shell.areas import focus_next
from wfh_desktop.views.shell.keeping import Keeping
from wfh_desktop.views.shell.menu import PersonMenu
from wfh_desktop.views.shell.navigation import Entry, Navigation
from wfh_desktop.views.shell.outlook import Outlook
from wfh_desktop.views.shell.past import Past
from wfh_desktop.views.shell.person import Person
from wfh_desktop.views.shell.reception import Reception
from wfh_desktop.views.shell.stage import Stage
from wfh_desktop.views.shell.start import Start
from wfh_desktop.views.shell.status_bar import StatusBar
from wfh_desktop.views.shell.top_bar import TopBar
from wfh_desktop.views.theme import DENSITY

if TYPE_CHECKING:
    from wfh_desktop.persistence.opening import Opened
    from wfh_desktop.services.people import PersonRow
    from wfh_desktop.services.units import UnitRow

PAGES = tuple(
    Entry(key, title, key, f"wfh_desktop.views.pages.{key}", page)
    for key, title, page in (
        ("home", "Beranda", "HomePage"),
        ("tasks", "Tugas", "TasksPage"),
        ("work_reports", "Laporan", "WorkReportsPage"),
        ("attendance", "Presensi", "AttendancePage"),
        ("performance", "Kinerja", "PerformancePage"),
        ("tpp", "TPP", "TppPage"),
        ("papers", "Cetak", "PapersPage"),
        ("people", "Pegawai", "PeoplePage"),
        ("office", "Atur", "OfficePage"),
    )
)
SMALLEST = QSize(900, 420)  # 1366 x 768 at 150 %, less a frame and a task bar
ROOMY = 1100  # pixels of width from which the shell shows all its words
FIRST = QSize(1366, 768)
FRAME = 60  # pixels that the frame of a window and a task bar take


class MainWindow(QMainWindow):
    """Holds the pages and nothing else: pages do not know each other, nor the window.

    *opening* opens the database in a worker; nothing before that loads SQLAlchemy. With *demo*,
    an empty database gets the demo unit without a question.
    """

    def __init__(
        self,
        context: Context,
        settings: Settings,
        opening: Callable[[Progress], Opened],
        entries: Sequence[Entry] = PAGES,
        *,
        demo: bool = False,
        url: str = "",
    ) -> None:
        super().__init__()
        self.context = context
        self.settings = settings
        self.entries = {entry.key: entry for entry in entries}
        self.pages: dict[str, Page] = {}
        self._opened: Opened | None = None
        self.setWindowTitle("WFH Desktop")
        self.setMinimumSize(SMALLEST)

        self.top_bar = TopBar(context.scope, context.actor.name)
        self.navigation = Navigation(entries)
        self.status_bar = StatusBar(context.jobs)
        self.reception = Reception()
        self.stage = Stage(context, self.reception)
        self.stack = self.stage.stack
        self._lay_out()
        self._restore()
        self.menu = PersonMenu(settings, self)
        self.top_bar.person_button.setMenu(self.menu)
        self.start = Start(context, opening, self.reception, self, demo=demo, url=url)
        self.person = Person(context, self.top_bar, self.menu, self.start, self)
        self.outlook = Outlook(context, self)
        self.past = Past(
            context, self.stack, self.menu.history_action, self.status_bar.history_button
        )
        self.keeping = Keeping(context, self.start, self)

        self.start.attached.connect(self._attach)
        self.start.ready.connect(self._begin)
        self.outlook.badges_changed.connect(self.navigation.show_badges)
        self.outlook.units_changed.connect(self._show_units)
        self.navigation.chosen.connect(self.show_page)
        self.top_bar.unit_chosen.connect(context.scope.choose_unit)
        self.top_bar.finder.found.connect(self.visit)
        self.top_bar.finder.wanted.connect(self._offer_places)
        context.scope.changed.connect(self._remember_scope)
        self._connect_keys()
        self._enable(False)

    def show_page(self, key: str) -> None:
        """Show the page *key*, building it if it was not shown before."""
        if key not in self.pages:
            entry = self.entries[key]
            page: Page = getattr(import_module(entry.module), entry.page)(self.context)
            page.navigate.connect(self.visit)
            self.pages[key] = page
            self.stack.addWidget(page)
        self.navigation.show_page(key)
        self.stack.setCurrentWidget(self.pages[key])
        self.pages[key].setFocus(Qt.FocusReason.TabFocusReason)

    def visit(self, place: Place) -> None:
        """Show what a page or the search asked for."""
        self.show_page(place.page)
        self.pages[place.page].visit(place)

    def set_compact(self, compact: bool) -> None:
        """Show all tables tight, or with room."""
        self.settings.compact = compact
        QApplication.instance().setProperty(DENSITY, compact)  # type: ignore[union-attr]
        for page in self.pages.values():
            page.set_compact(compact)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or become a window again."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        cramped = event.size().width() < ROOMY
        self.navigation.set_cramped(cramped)
        self.top_bar.set_cramped(cramped)
        super().resizeEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        self.settings.collapsed = self.navigation.wanted_collapsed
        self.hide()  # what still runs may take its time
        self.context.jobs.close()
        if self._opened:
            self._opened.close()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.top_bar, 0, 0, 1, 2)
        grid.addWidget(self.navigation, 1, 0)
        grid.addWidget(self.stage, 1, 1)
        grid.addWidget(self.status_bar, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.setCentralWidget(body)

    def _restore(self) -> None:
        if not self.restoreGeometry(self.settings.geometry):
            room = self.screen().availableSize()
            self.resize(FIRST.boundedTo(room))
            if room.height() < FIRST.height() + FRAME:
                self.setWindowState(Qt.WindowState.WindowMaximized)
        self.navigation.set_collapsed(self.settings.collapsed)
        self.set_compact(self.settings.compact)

    def _connect_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Alt+Left": self.top_bar.month_picker.earlier_button.click,
            "Alt+Right": self.top_bar.month_picker.later_button.click,
            "Ctrl+U": self.top_bar.unit_chooser.click,
            "Ctrl+K": self.top_bar.finder.setFocus,
            "Ctrl+B": self.navigation.toggle,
            "Ctrl+F": self._search,
            "Ctrl+P": partial(self._press, "papers"),
            "F5": self._reload,
            "F6": partial(self._next_area, 1),
            "Shift+F6": partial(self._next_area, -1),
        }
        for number, key in enumerate(self.entries, start=1):
            keys[f"Ctrl+{number}"] = partial(self._press, key)
        for sequence, act in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(act)

    def _enable(self, enabled: bool) -> None:
        """Let pages and scope be chosen, or not while there is nothing to choose."""
        self.navigation.set_enabled(enabled)
        for widget in (self.top_bar.month_picker, self.top_bar.finder):
            widget.setEnabled(enabled)

    def _attach(self, opened: Opened) -> None:
        self._opened = opened
        self.status_bar.show_database(opened.name, str(opened.database.engine.url))

    def _begin(self, rows: list[UnitRow]) -> None:
        self._look_at(rows, self.settings.unit_id)
        self._enable(True)
        self.show_page(next(iter(self.entries)))

    def _show_units(self, rows: list[UnitRow]) -> None:
        if rows:
            self._look_at(rows, self.context.scope.unit_id)

    def _look_at(self, rows: list[UnitRow], wanted: int) -> None:
        """Offer the units there are; look at the first one if the *wanted* one has ended."""
        self.top_bar.unit_chooser.show_units(rows)
        names = {row.id: row.name for row in rows}
        key = wanted if wanted in names else rows[0].id
        self.context.scope.choose_unit(key, names[key])

    def _remember_scope(self) -> None:
        scope = self.context.scope
        self.settings.unit_id = scope.unit_id
        self.settings.period = "" if scope.period == this_month() else str(scope.period)

    def _press(self, key: str) -> None:
        button = self.navigation.buttons.get(key)
        if button and button.isEnabled():
            self.show_page(key)

    def _page(self) -> Page | None:
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    def _search(self) -> None:
        if page := self._page():
            page.search()

    def _reload(self) -> None:
        self.outlook.refresh()
        if page := self._page():
            page.refresh()

    def _next_area(self, step: int) -> None:
        """Move the focus to the next of menu, page and top bar."""
        page = self.stack.currentWidget() or self.stack
        focus_next([self.top_bar, self.navigation, page], step)

    def _offer_places(self) -> None:
        scope = self.context.scope
        roster = import_module("wfh_desktop.services.people").roster
        task = partial(roster, unit_id=scope.unit_id, period=scope.period)
        self.context.jobs.run(self, task, self._show_places)

    def _show_places(self, people: list[PersonRow]) -> None:
        pages = [(entry.title, Place(entry.key)) for entry in self.entries.values()]
        pages.append(("Periksa dokumen", Place("papers", "check")))
        persons = [
            (f"{row.name}  ·  {row.nip or 'tanpa NIP'}", Place("people", key=row.id))
            for row in people
        ]
        self.top_bar.finder.offer(pages + (persons if "people" in self.entries else []))
