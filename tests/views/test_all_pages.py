"""All pages together in the real window."""

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox

from tests.services import offices
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.opening import Opened
from wfh_desktop.services.tpp import findings
from wfh_desktop.settings import Settings
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.jobs import Jobs
from wfh_desktop.views.main_window import PAGES, MainWindow
from wfh_desktop.views.page import Place
from wfh_desktop.views.pages.home import TITLES

PLACES = [
    *(place for _, place in TITLES.values()),
    Place("attendance", "today"),
    Place("attendance", "today:sick"),
    Place("attendance", "day", 1, Period(2026, 9).first),
    Place("tasks", "overdue"),
    Place("people", key=1),
    Place("office", "rules"),
    Place("office", "hours"),
    *(Place(page, part) for _, page, part in findings.PLACES.values()),
]


@pytest.fixture
def window(qtbot, database, chief):
    """The window over a unit of three people, with nothing else known of them."""
    with database.work(chief) as work:
        unit = offices.office(work)
        offices.people(work, unit, 3)
    context = Context(chief, Jobs(chief), Scope(Period(2026, 9)))
    window = MainWindow(context, Settings(), lambda progress: Opened(database, None))
    qtbot.addWidget(window)
    window.showNormal()
    window.resize(1366, 700)
    window.start.open_database()
    qtbot.waitUntil(lambda: "home" in window.pages, timeout=20_000)
    settle(qtbot, window)
    yield window
    window.close()


def settle(qtbot, window):
    qtbot.waitUntil(lambda: not window.context.jobs.running, timeout=20_000)


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_page_opens_loads_and_follows_the_month(qtbot, window, entry, caplog):
    window.show_page(entry.key)
    settle(qtbot, window)
    window.context.scope.choose_period(Period(2026, 10))
    settle(qtbot, window)
    assert window.stack.currentWidget().isVisible()
    assert window.findChild(QMessageBox) is None
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.page}-{place.part}")
def test_every_place_that_pages_lead_to_can_be_visited(qtbot, window, place, caplog):
    window.visit(place)
    settle(qtbot, window)
    assert window.stack.currentWidget() is window.pages[place.page]
    assert window.findChild(QMessageBox) is None
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_page_fits_the_smallest_screen(qtbot, window, entry):
    """1366 x 768, less a frame and a task bar, at 100 %."""
    window.show_page(entry.key)
    settle(qtbot, window)
    page = window.pages[entry.key]
    room = window.stack.size()
    needed = page.minimumSizeHint()
    assert needed.width() <= room.width()
    assert needed.height() <= room.height()
    assert page.findChild(QLabel)
