from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from tests.offices import somebody, unit
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.models import Recommendation, Unit
from wfh_desktop.persistence.opening import Opened
from wfh_desktop.services import demo, units
from wfh_desktop.settings import Settings
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.jobs import Jobs
from wfh_desktop.views.main_window import PAGES, MainWindow
from wfh_desktop.views.page import Page, Place
from wfh_desktop.views.shell.navigation import Entry
from wfh_desktop.views.shell.shortcuts import ShortcutsDialog


class ListPage(Page):
    """A page that counts its reloads and remembers where it was asked to go."""

    watches = frozenset({Unit})

    def __init__(self, context, parent=None):
        super().__init__(context, parent)
        self.reloads = 0
        self.visited = None
        layout = QVBoxLayout(self)
        self.search_edit = QLineEdit()
        self.search_edit.setObjectName("search_edit")
        layout.addWidget(self.search_edit)
        layout.addWidget(QLabel("Daftar"))

    def reload(self):
        self.reloads += 1

    def visit(self, place):
        self.visited = place


class OtherPage(ListPage):
    """Another one."""


ENTRIES = (
    Entry("list", "Daftar", "list", __name__, "ListPage"),
    Entry("people", "Pegawai", "people", __name__, "OtherPage"),
)


@pytest.fixture
def office(database, chief):
    with database.work(chief) as work:
        top = unit(work, "Dinas Contoh")
        below = unit(work, "Bidang Contoh", parent=top)
        somebody(work, below, 1)
        return top, below


@pytest.fixture
def open_window(qtbot, database, chief):
    """Show the main window over the test database and wait until it stands."""

    def opened(opening=None, entries=ENTRIES, **options):
        context = Context(chief, Jobs(chief), Scope(Period(2026, 9)))
        opening = opening or (lambda progress: Opened(database, None))
        window = MainWindow(context, Settings(), opening, entries, **options)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        with qtbot.waitSignal(context.jobs.idle, timeout=20_000):
            window.start.open_database()
        qtbot.waitUntil(lambda: not context.jobs.running, timeout=20_000)
        return window

    return opened


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    """Let the window import this module by name, as it imports pages."""
    import sys

    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or _this())


def _this():
    from types import SimpleNamespace

    return SimpleNamespace(ListPage=ListPage, OtherPage=OtherPage)


def press(qtbot, window, keys):
    qtbot.keySequence(QApplication.focusWidget() or window, QKeySequence(keys))


def test_opens_the_first_page_of_the_first_unit(open_window, office):
    window = open_window()
    assert window.stack.currentWidget() is window.pages["list"]
    assert window.context.scope.unit_id == office[0].id
    assert window.top_bar.unit_chooser.text() == "Dinas Contoh"
    assert window.pages["list"].reloads == 1


def test_pages_are_built_when_they_are_first_shown(qtbot, open_window, office):
    window = open_window()
    assert set(window.pages) == {"list"}
    press(qtbot, window, "Ctrl+2")
    assert set(window.pages) == {"list", "people"}
    press(qtbot, window, "Ctrl+1")
    assert window.stack.currentWidget() is window.pages["list"]
    assert window.pages["list"].reloads == 1


def test_alt_and_arrows_change_the_month_for_all_pages(qtbot, open_window, office):
    window = open_window()
    press(qtbot, window, "Alt+Right")
    press(qtbot, window, "Alt+Right")
    press(qtbot, window, "Alt+Left")
    assert window.context.scope.period == Period(2026, 10)
    assert window.top_bar.month_picker.month_button.text() == "Oktober 2026"
    assert window.pages["list"].reloads == 4


def test_a_hidden_page_reloads_only_when_it_is_shown_again(qtbot, open_window, office):
    window = open_window()
    press(qtbot, window, "Ctrl+2")
    press(qtbot, window, "Alt+Right")
    assert (window.pages["list"].reloads, window.pages["people"].reloads) == (1, 2)
    press(qtbot, window, "Ctrl+1")
    assert window.pages["list"].reloads == 2


def test_pages_reload_what_a_job_changed(qtbot, open_window, office):
    window = open_window()
    draft = units.UnitDraft(
        name="Seksi Contoh", parent_id=office[0].id, valid_from=Period(2026, 1).first
    )
    with qtbot.waitSignal(window.outlook.units_changed):
        window.context.jobs.run(window, partial(units.create, draft=draft))
    assert window.pages["list"].reloads == 2
    assert window.status_bar.saved_label.text().startswith("Tersimpan ")


def test_f5_reloads_and_ctrl_f_searches_the_page(qtbot, open_window, office):
    window = open_window()
    press(qtbot, window, "F5")
    assert window.pages["list"].reloads == 2
    press(qtbot, window, "Ctrl+F")
    assert window.pages["list"].search_edit.hasFocus()


def test_f6_goes_round_menu_page_and_bar(qtbot, open_window, office):
    window = open_window()
    press(qtbot, window, "Ctrl+F")
    seen = []
    for _ in range(3):
        press(qtbot, window, "F6")
        areas = (window.top_bar, window.navigation, window.stack)
        seen += [area for area in areas if area.isAncestorOf(QApplication.focusWidget())]
    assert seen == [window.top_bar, window.navigation, window.stack]


def test_arrows_move_within_the_menu_and_space_opens(qtbot, open_window, office):
    window = open_window()
    window.navigation.buttons["list"].setFocus()
    qtbot.keyClick(window.navigation.buttons["list"], Qt.Key.Key_Down)
    assert window.navigation.buttons["people"].hasFocus()
    qtbot.keyClick(window.navigation.buttons["people"], Qt.Key.Key_Space)
    assert window.stack.currentWidget() is window.pages["people"]


def test_a_page_leads_to_another_without_knowing_it(qtbot, open_window, office):
    window = open_window()
    window.pages["list"].navigate.emit(Place("people", "leave", 7))
    assert window.stack.currentWidget() is window.pages["people"]
    assert window.pages["people"].visited == Place("people", "leave", 7)


def test_people_are_found_by_a_part_of_their_name(qtbot, open_window, office):
    window = open_window()
    with qtbot.waitSignal(window.context.jobs.idle):
        press(qtbot, window, "Ctrl+K")
    finder = window.top_bar.finder
    qtbot.keyClicks(finder, "pegawai 1")
    qtbot.keyClick(finder, Qt.Key.Key_Return)
    assert window.pages["people"].visited.page == "people"
    assert window.pages["people"].visited.key is not None
    qtbot.waitUntil(lambda: finder.text() == "")


def test_the_unit_is_chosen_from_the_tree_by_typing(qtbot, open_window, office):
    window = open_window()
    press(qtbot, window, "Ctrl+U")
    tree = window.top_bar.unit_chooser.findChild(QLineEdit)
    qtbot.keyClicks(tree, "bidang")
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert window.context.scope.unit_id == office[1].id
    assert window.top_bar.unit_chooser.text() == "Dinas Contoh / Bidang Contoh"
    assert Settings().unit_id == office[1].id


def test_the_window_reopens_where_it_was_left(qtbot, open_window, office):
    first = open_window()
    first.context.scope.choose_unit(office[1].id, office[1].name)
    first.navigation.toggle()
    first.close()
    again = open_window()
    assert again.context.scope.unit_id == office[1].id
    assert again.top_bar.unit_chooser.text().endswith("Bidang Contoh")
    assert again.navigation.collapsed


def test_a_renamed_unit_is_shown_with_its_new_name(qtbot, open_window, office):
    window = open_window()
    rename = partial(units.rename, key=office[0].id, version=1, name="Badan Contoh")
    with qtbot.waitSignal(window.outlook.units_changed):
        window.context.jobs.run(window, partial(rename, since=date(2026, 10, 1)))
    assert window.top_bar.unit_chooser.text() == "Badan Contoh"
    assert window.context.scope.unit_name == "Badan Contoh"


def test_the_state_of_the_month_is_always_visible(qtbot, open_window, office, database, chief):
    window = open_window()
    qtbot.waitUntil(lambda: window.top_bar.state_pill.text() == "● Draf")
    with database.work(chief) as work:
        submitted = work.add(
            Recommendation(
                unit_id=office[0].id,
                year=2026,
                month=9,
                revision=1,
                state=State.SUBMITTED,
                rule_id="contoh",
                rule_digest="",
                snapshot={},
                computed_at=work.now,
            )
        )
        work.log("test.prepared", submitted)
    press(qtbot, window, "F5")
    qtbot.waitUntil(lambda: "Diajukan" in window.top_bar.state_pill.text())
    assert window.context.scope.state is State.SUBMITTED


def test_a_page_says_how_much_waits_there(qtbot, open_window, office):
    window = open_window()
    window.navigation.show_badges({"people": 9})
    assert window.navigation.buttons["people"].badge == "9"
    assert "9 menunggu" in window.navigation.buttons["people"].toolTip()
    window.navigation.show_badges({})
    assert window.navigation.buttons["people"].badge == ""


def test_shortcuts_stand_in_the_tool_tips(open_window, office):
    window = open_window()
    assert "Ctrl+2" in window.navigation.buttons["people"].toolTip()
    assert "Alt+Kiri" in window.top_bar.month_picker.earlier_button.toolTip()
    assert "Ctrl+U" in window.top_bar.unit_chooser.toolTip()
    assert "Ctrl+K" in window.top_bar.finder.toolTip()


def test_f1_lists_the_keys(qtbot, open_window, office):
    window = open_window()
    press(qtbot, window, "F1")
    dialog = window.findChild(ShortcutsDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_f12_shows_tables_tight_and_remembers_it(qtbot, open_window, office):
    window = open_window()
    press(qtbot, window, "F12")
    assert Settings().compact
    press(qtbot, window, "F12")
    assert not Settings().compact


def test_everything_that_takes_the_focus_has_a_name(open_window, office):
    window = open_window()
    fields = [
        child
        for area in (window.top_bar, window.navigation, window.status_bar)
        for child in area.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(fields) > 8
    assert [one for one in fields if not (one.accessibleName() or one.text())] == []


def test_a_database_in_use_is_explained_and_can_be_tried_again(qtbot, open_window, database):
    answers = [Unreadable("database_in_use", "wfh.db"), Opened(database, None)]

    def opening(progress):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    window = open_window(opening)
    assert "sedang dibuka" in window.reception.sentence.text()
    assert not window.navigation.buttons["list"].isEnabled()
    qtbot.keyClick(window.reception.buttons[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Selamat datang" in window.reception.heading.text(), timeout=20_000)


def test_a_bug_while_opening_leaves_a_way_to_try_again(qtbot, open_window, caplog):
    def opening(progress):
        raise ZeroDivisionError

    window = open_window(opening)
    assert "Terjadi kesalahan" in window.reception.sentence.text()
    assert window.reception.buttons[0].text() == "Coba lagi"


def test_an_empty_database_offers_one_s_own_unit_and_the_demo(open_window):
    window = open_window()
    assert [button.text() for button in window.reception.buttons] == [
        "Siapkan unit saya",
        "Coba dengan unit contoh",
        "Masuk ke server bersama…",
        "Pulihkan cadangan…",
    ]
    assert window.reception.buttons[0].hasFocus()
    assert not window.top_bar.month_picker.isEnabled()


@pytest.fixture
def quick_demo(monkeypatch):
    """Build a demo unit of one unit, in no time."""

    def build(work):
        made = unit(work, "Dinas Rekaan")
        return demo.Demo(made.id, Period(2026, 7), Period(2026, 8))

    monkeypatch.setattr(demo, "build", build)


def test_the_demo_unit_is_one_key_away_and_shows_its_open_month(qtbot, open_window, quick_demo):
    window = open_window()
    qtbot.keyClick(window.reception.buttons[1], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.context.scope.unit_name == "Dinas Rekaan")
    assert window.context.scope.period == Period(2026, 8)
    assert window.stack.currentWidget() is window.pages["list"]


def test_started_for_the_demo_it_asks_nothing(qtbot, open_window, quick_demo):
    window = open_window(demo=True)
    qtbot.waitUntil(lambda: window.context.scope.unit_name == "Dinas Rekaan")


def test_a_demo_that_is_cancelled_leaves_the_welcome(qtbot, open_window, monkeypatch):
    def build(work):
        while True:
            work.progress(1, 2)

    monkeypatch.setattr(demo, "build", build)
    window = open_window()
    window.reception.buttons[1].click()
    qtbot.waitUntil(window.status_bar.cancel_button.isVisible)
    window.status_bar.cancel_button.click()
    qtbot.waitUntil(lambda: "Selamat datang" in window.reception.heading.text())


def test_every_page_can_be_imported_and_is_what_the_menu_says():
    from importlib import import_module

    for entry in PAGES:
        page = getattr(import_module(entry.module), entry.page)
        assert (page.key, page.title, page.icon) == (entry.key, entry.title, entry.icon)
