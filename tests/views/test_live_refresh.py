"""Others' changes come to the screen by themselves; a broken line takes nothing away."""

import os
import threading
import time
from contextlib import contextmanager
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QMessageBox, QSpinBox
from sqlalchemy import event, make_url, text

from wfh_desktop.domain.errors import Unreachable
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.domain.tasks import Share, TaskDraft
from wfh_desktop.persistence.database import Database
from wfh_desktop.services import freshness as asking
from wfh_desktop.services import tasks
from wfh_desktop.views import theme
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.dialogs.conflict import ConflictDialog
from wfh_desktop.views.dialogs.task import TaskDialog
from wfh_desktop.views.jobs import Jobs
from wfh_desktop.views.pages.tasks import TasksPage
from wfh_desktop.views.shell import freshness, outage
from wfh_desktop.views.shell.reception import Reception
from wfh_desktop.views.shell.stage import Stage
from wfh_desktop.views.shell.status_bar import StatusBar
from wfh_desktop.views.widgets.toast import Toast

from .. import offices
from ..conftest import NOW
from ..offices import SEPTEMBER
from ..postgresql.proxy import Proxy

CYCLES = int(os.environ.get("WFH_CYCLES", "2"))  # times that a server goes away and returns
BACK = 5_000  # milliseconds after the return of the server, at the latest
SLACK = 4_000
OTHER = Actor("Sekretaris", EVERYTHING)
GROUND = Qt.ItemDataRole.BackgroundRole


class Seat:
    """One who looks at the page of tasks, and others who work elsewhere."""

    def __init__(self, qtbot, context, act):
        self.qtbot, self.context, self.act = qtbot, context, act
        self.stage = Stage(context, Reception())
        self.stage.freshness.clock.stop()  # the test says when to look
        self.page = TasksPage(context)
        self.stage.stack.addWidget(self.page)
        self.stage.stack.setCurrentWidget(self.page)
        qtbot.addWidget(self.stage)
        self.stage.resize(1190, 690)
        self.stage.show()
        self.settle()

    @property
    def rows(self):
        return self.page.model.rows

    @property
    def news(self):
        return self.stage.news_bar.text

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.context.jobs.running, timeout=20_000)

    def look(self):
        self.stage.freshness.look()
        self.settle()

    def rename(self, title, number=0):
        """Let somebody else give a task another title."""
        self.act(_rename, key=self.rows[number].id, title=title)


def _rename(work, key, title):
    row, _ = tasks.details(work, key)
    shares = tuple(Share(one.employee_id, one.quantity) for one in row.shares)
    draft = TaskDraft(title, row.due, shares, row.output, row.description, row.given)
    tasks.amend(work, key, row.version, draft)


@pytest.fixture
def seat(qtbot, context, database, monkeypatch):
    """A seat at a database that others share; a file does for that."""
    monkeypatch.setattr(Jobs, "shared", True)
    with database.work(OTHER, now=NOW) as work:
        place = offices.unit(work)
        for number in (1, 2):
            offices.task(work, place, offices.somebody(work, place, number))
    context.scope.choose_unit(place.id, place.name)

    def act(task, **named):
        with database.work(OTHER, now=NOW) as work:
            return task(work, **named)

    return Seat(qtbot, context, act)


@pytest.fixture
def asked(monkeypatch):
    """How often the database was asked whether something changed."""
    calls = []
    marks = asking.marks
    monkeypatch.setattr(asking, "marks", lambda *said: calls.append(said) or marks(*said))
    return calls


def test_what_others_change_comes_by_itself_and_is_marked_for_a_while(seat, qtbot):
    seat.rename("Rekap triwulan")
    seat.look()
    assert seat.rows[0].title == "Rekap triwulan"
    assert seat.news == ""
    model = seat.page.model
    marked = [model.data(model.index(row, 1), GROUND) for row in range(2)]
    assert marked == [theme.colour("attention_ground"), None]
    picture = seat.page.ui.table.viewport().grab().toImage()  # and so it is painted
    seen = {picture.pixelColor(picture.width() - 4, y).name() for y in range(2, 26)}
    assert theme.colour("attention_ground").name() in seen
    model.mark_changes(1)
    qtbot.waitUntil(lambda: model.data(model.index(0, 1), GROUND) is None)


def test_a_row_that_others_added_is_marked_too(seat):
    seat.act(lambda work: offices.task(work, offices.Known(1, ""), offices.Known(1, "")))
    seat.look()
    assert len(seat.rows) == 3
    assert seat.page.model.marked == {3}


def test_a_change_before_the_first_question_is_not_missed(seat, monkeypatch):
    """What is watched is noted before it is loaded: nothing falls between the two."""
    listing = tasks.listing

    def change_meanwhile(work, unit_id, period):
        rows = listing(work, unit_id, period)
        monkeypatch.setattr(tasks, "listing", listing)
        work.session.rollback()  # lets the other one write
        seat.rename("Baru saja")
        return rows

    monkeypatch.setattr(tasks, "listing", change_meanwhile)
    seat.page.refresh()
    seat.settle()
    assert seat.rows[0].title != "Baru saja"
    seat.look()
    assert seat.rows[0].title == "Baru saja"


def test_no_change_no_reload(seat, monkeypatch):
    reloads = []
    monkeypatch.setattr(seat.page, "reload", lambda: reloads.append(True))
    seat.look()
    seat.look()
    assert reloads == []


def test_ones_own_change_is_no_news(seat, asked):
    row = seat.rows[0]
    seat.context.jobs.run(
        seat.page, lambda work: tasks.cancel(work, row.id, row.version, "Tidak perlu")
    )
    seat.settle()
    assert seat.page.model.marked == frozenset()
    seat.look()
    assert (seat.news, seat.page.model.marked) == ("", frozenset())


def test_a_field_that_is_being_typed_in_is_never_overwritten(seat, qtbot):
    field = QLineEdit(seat.page)
    field.show()
    qtbot.keyClicks(field, "sedang mengetik")
    seat.rename("Rekap triwulan")
    seat.look()
    assert seat.news == freshness.NEWS
    assert seat.rows[0].title != "Rekap triwulan"
    assert field.text() == "sedang mengetik"
    seat.stage.news_bar.action_button.click()
    seat.settle()
    assert seat.rows[0].title == "Rekap triwulan"
    assert seat.news == ""


def test_a_search_and_a_year_are_nothing_that_could_be_lost(seat, qtbot):
    qtbot.keyClicks(seat.page.ui.search_edit, "rekap")
    spin = QSpinBox(seat.page)
    spin.show()
    qtbot.keyClicks(spin.findChild(QLineEdit), "12")
    seat.page.ui.table.setFocus()
    assert not seat.page.editing()


def test_a_dialog_over_the_page_is_left_alone_and_the_news_come_after_it(seat):
    dialog = TaskDialog(seat.context, seat.rows[1], seat.page)
    dialog.open()
    seat.settle()
    dialog.ui.title_edit.setText("Judul baru")
    seat.rename("Rekap triwulan")
    seat.look()
    assert dialog.ui.title_edit.text() == "Judul baru"
    assert seat.news == freshness.NEWS
    dialog.reject()
    seat.qtbot.waitUntil(lambda: not seat.stage.freshness._elsewhere())
    seat.look()
    assert seat.rows[0].title == "Rekap triwulan"


def test_only_one_question_at_a_time(seat, asked, monkeypatch):
    gate = threading.Event()
    marks = asking.marks
    monkeypatch.setattr(asking, "marks", lambda *said: gate.wait(5) and marks(*said))
    for _ in range(5):
        seat.stage.freshness.look()
    assert len(seat.context.jobs.running) == 1
    gate.set()
    seat.settle()


def test_no_question_while_the_page_itself_is_waiting_for_an_answer(seat):
    gate = threading.Event()
    seat.context.jobs.run(seat.page, lambda work: gate.wait(5))
    seat.stage.freshness.look()
    assert len(seat.context.jobs.running) == 1
    gate.set()
    seat.settle()


def test_a_file_of_ones_own_is_never_asked(seat, asked, monkeypatch):
    monkeypatch.setattr(Jobs, "shared", False)
    seat.page.refresh()
    seat.settle()
    seat.look()
    assert asked == []


def test_a_minimised_window_asks_less_often(seat):
    seat.look()
    assert seat.stage.freshness.clock.interval() == 10_000
    seat.stage.showMinimized()
    seat.look()
    assert seat.stage.freshness.clock.interval() == 30_000


class Line:
    """A line to the database that can be broken."""

    def __init__(self, database, monkeypatch):
        self.broken = False
        self.tries = 0
        perform = database.perform

        def maybe(*said, **named):
            self.tries += self.broken
            if self.broken:
                raise Unreachable("away")
            return perform(*said, **named)

        monkeypatch.setattr(database, "perform", maybe)


@pytest.fixture
def line(database, monkeypatch):
    return Line(database, monkeypatch)


def test_a_broken_line_is_told_with_the_time_of_what_is_shown(seat, line):
    line.broken = True
    seat.look()
    assert seat.stage.outage_bar.text.startswith(
        "Sambungan ke server terputus. Yang tampil adalah data pukul "
    )
    assert seat.stage.findChild(QMessageBox) is None
    assert [row.title for row in seat.rows] != []  # what was read can be read
    assert seat.page.ui.table.isEnabled()


def test_what_writes_rests_with_the_reason_and_comes_back(seat, line):
    button = seat.page.ui.add_button
    tip = button.toolTip()
    assert button.isEnabled()
    line.broken = True
    seat.look()
    seat.page.ui.table.selectRow(1)  # whatever the page permits meanwhile
    seat.settle()
    assert not button.isEnabled()
    assert "terputus" in button.toolTip()
    assert not seat.page.ui.edit_button.isEnabled()
    line.broken = False
    seat.stage.outage.retry()
    seat.settle()
    assert (button.isEnabled(), button.toolTip()) == (True, tip)
    assert seat.page.ui.edit_button.isEnabled()
    assert seat.stage.outage_bar.isHidden()


def test_what_happened_meanwhile_is_there_after_the_return(seat, line):
    line.broken = True
    seat.look()
    seat.rename("Sementara putus")
    line.broken = False
    seat.stage.outage.retry()
    seat.settle()
    assert seat.rows[0].title == "Sementara putus"


def test_each_try_waits_longer_up_to_a_limit(seat, line):
    line.broken = True
    seat.look()
    waits = []
    for _ in range(6):
        waits.append(seat.stage.outage.clock.interval())
        seat.stage.outage.retry()
        seat.settle()
    assert waits == [1_000, 2_000, 4_000, 8_000, 15_000, 15_000]


def test_it_comes_back_by_itself(seat, line, monkeypatch):
    monkeypatch.setattr(outage, "WAITS", (20, 20))
    line.broken = True
    seat.look()
    seat.qtbot.waitUntil(lambda: line.tries > 3)
    line.broken = False
    seat.qtbot.waitUntil(seat.stage.outage_bar.isHidden)
    assert seat.context.jobs.reachable


def test_a_dialog_stays_with_what_was_typed_and_stores_it_later(seat, line):
    dialog = TaskDialog(seat.context, seat.rows[0], seat.page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.open()
    seat.settle()
    dialog.ui.title_edit.setText("Judul baru")
    line.broken = True
    dialog.accept()
    seat.settle()
    assert dialog.isVisible()
    assert dialog.ui.title_edit.text() == "Judul baru"
    assert not dialog.ui.save_button.isEnabled()
    assert "Belum ada yang tersimpan" in dialog.findChild(QMessageBox).text()
    dialog.findChild(QMessageBox).close()
    line.broken = False
    seat.stage.outage.retry()
    seat.settle()
    assert dialog.ui.save_button.isEnabled()
    dialog.accept()
    seat.settle()
    assert seat.rows[0].title == "Judul baru"


def test_what_is_tried_while_the_line_is_broken_is_answered_in_a_word(seat, line):
    line.broken = True
    seat.look()
    seat.context.jobs.run(seat.page, lambda work: None)
    seat.settle()
    assert seat.stage.findChild(QMessageBox) is None
    assert "terputus" in seat.stage.findChild(Toast).accessibleName()


def test_a_lock_that_somebody_holds_is_no_broken_line(seat, monkeypatch, database):
    def busy(*_, **__):
        raise Unreachable("busy")

    monkeypatch.setattr(database, "perform", busy)
    seat.context.jobs.run(seat.page, lambda work: None)
    seat.settle()
    assert seat.context.jobs.reachable
    assert "dipakai orang lain" in seat.stage.findChild(QMessageBox).text()


@contextmanager
def asking_threads(database):
    """Collect the threads that ask the database, each statement taking a while."""
    threads = set()

    def dawdle(*_):
        threads.add(threading.get_ident())
        time.sleep(0.02)

    event.listen(database.engine, "before_cursor_execute", dawdle)
    yield threads
    event.remove(database.engine, "before_cursor_execute", dawdle)


def test_the_window_answers_while_the_database_does_not(seat, database):
    """Loading, looking and a broken line are all jobs: no statement is sent by the window."""
    with asking_threads(database) as threads:
        seat.page.refresh()
        seat.stage.freshness.look()
        seat.page.ui.table.selectRow(1)
        seat.settle()
    assert threads
    assert threading.get_ident() not in threads


def test_a_statement_sent_by_the_window_would_be_noticed(database, chief):
    """The control."""
    with asking_threads(database) as threads:
        database.perform(chief, lambda work: work.session.execute(text("SELECT 1")).scalar())
    assert threading.get_ident() in threads


@pytest.fixture
def far(qtbot, region):
    """A window whose line to the server can be taken away."""
    proxy = Proxy(region.server.port)
    address = make_url(region.url(region.head_a)).set(port=proxy.port)
    database = Database(address.render_as_string(hide_password=False))
    jobs = Jobs(region.actor(region.head_a))
    jobs.attach(database)
    context = Context(region.actor(region.head_a), jobs, Scope(SEPTEMBER))
    context.scope.choose_unit(2, "Dinas A")
    seat = Seat(qtbot, context, None)
    seat.proxy, seat.database = proxy, database
    yield seat
    jobs.close()
    database.engine.dispose()
    proxy.close()


def test_a_server_that_goes_and_returns_takes_nothing_and_stops_nothing(far, qtbot):
    dialog = TaskDialog(far.context, far.rows[0], far.page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.open()
    far.settle()
    dialog.ui.title_edit.setText("Diketik selama terputus")
    with asking_threads(far.database) as threads:
        for _ in range(CYCLES):
            far.proxy.go_away()
            far.stage.freshness.look()
            qtbot.waitUntil(lambda: not far.context.jobs.reachable, timeout=20_000)
            assert not dialog.ui.save_button.isEnabled()
            far.proxy.come_back()
            qtbot.waitUntil(lambda: far.context.jobs.reachable, timeout=BACK)
            far.settle()
    assert dialog.ui.title_edit.text() == "Diketik selama terputus"
    dialog.accept()
    far.settle()
    assert far.rows[0].title == "Diketik selama terputus"
    assert threading.get_ident() not in threads


@pytest.fixture
def clients(qtbot, region):
    """Two windows at one server: a head of department at two computers."""
    made, databases = [], []
    for _ in range(2):
        databases.append(region.database(region.head_a))
        actor = region.actor(region.head_a)
        jobs = Jobs(actor)
        jobs.attach(databases[-1])
        context = Context(actor, jobs, Scope(SEPTEMBER))
        context.scope.choose_unit(2, "Dinas A")
        made.append(Seat(qtbot, context, None))
    yield made
    for seat, database in zip(made, databases, strict=True):
        seat.context.jobs.close()
        database.engine.dispose()


def test_on_a_server_each_change_is_seen_within_one_poll(clients, qtbot, monkeypatch):
    here, there = clients
    poll = 400
    monkeypatch.setattr(freshness, "PAUSE", poll)
    here.stage.freshness.clock.start(poll)
    for number in range(8):  # missed: none; each within a poll and what asking and loading take
        task = partial(_rename, key=there.rows[0].id, title=f"Perubahan {number}")
        there.context.jobs.run(there.page, task)
        there.settle()
        qtbot.waitUntil(partial(_shows, here, f"Perubahan {number}"), timeout=poll + SLACK)
    here.stage.freshness.clock.stop()
    here.settle()


def test_on_a_server_too_one_is_told_who_was_faster_and_loses_nothing(clients, qtbot):
    here, there = clients
    dialog = TaskDialog(here.context, here.rows[0], here.page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.open()
    here.settle()
    dialog.ui.title_edit.setText("Judul saya")
    task = partial(_rename, key=there.rows[0].id, title="Judul mereka")
    there.context.jobs.run(there.page, task)
    there.settle()
    dialog.accept()
    here.settle()
    asked = dialog.findChild(ConflictDialog)
    assert [(line.field, line.mine, line.theirs) for line in asked.lines] == [
        ("title", "Judul saya", "Judul mereka")
    ]
    assert f"{here.context.actor.name} menyimpan perubahan" in asked.ui.about_label.text()
    assert "pukul" in asked.ui.about_label.text()
    asked.ui.mine_button.click()
    asked.ui.button_box.button(QDialogButtonBox.StandardButton.Ok).click()
    here.settle()
    assert here.rows[0].title == "Judul saya"


def _shows(seat, title):
    return any(row.title == title for row in seat.rows)


def test_the_foot_of_the_window_says_that_the_line_is_broken(seat, line, qtbot):
    foot = StatusBar(seat.context.jobs)
    qtbot.addWidget(foot)
    foot.show_database("kinerja di server.contoh", "")
    line.broken = True
    seat.look()
    assert foot.database_label.text() == "kinerja di server.contoh · terputus"
    line.broken = False
    seat.stage.outage.retry()
    seat.settle()
    assert foot.database_label.text() == "kinerja di server.contoh"
    assert foot.saved_label.text() == ""  # nothing was saved: it was only found again
