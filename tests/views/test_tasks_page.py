from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from wfh_desktop.domain.people import Right
from wfh_desktop.domain.tasks import TaskState
from wfh_desktop.services import tasks
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.reason import ReasonDialog
from wfh_desktop.views.dialogs.task import TaskDialog
from wfh_desktop.views.page import Place
from wfh_desktop.views.pages.tasks import EVERYTHING, OVERDUE, TasksPage
from wfh_desktop.views.widgets.toast import Toast

from .. import offices
from ..conftest import NOW
from ..offices import SEPTEMBER

Key = Qt.Key


@pytest.fixture
def office(database, chief):
    """A unit of three with a target for the first two and a task for the first."""
    with database.work(chief, now=NOW) as work:
        place = offices.unit(work)
        people = [offices.somebody(work, place, number) for number in (1, 2, 3)]
        goal = offices.objective(work, place)
        first, _ = (offices.target(work, place, one, goal) for one in people[:2])
        key = offices.task(work, place, people[0], target_ids=[(people[0].id, first)])
        offices.report(work, offices.share_of(work, key))
        return place


def listed(database, chief):
    with database.work(chief, now=NOW) as work:
        return tasks.listing(work, 1, SEPTEMBER)


def settled(qtbot, context):
    qtbot.waitUntil(lambda: not context.jobs.running, timeout=20_000)


@pytest.fixture
def page(qtbot, shown, context, office):
    page = shown(TasksPage)
    settled(qtbot, context)
    return page


def choose(qtbot, context, page, row=0):
    page.ui.table.selectRow(row)
    settled(qtbot, context)


@pytest.fixture
def giving(qtbot, page, context):
    """The dialog in which a task is given."""
    page.ui.add_button.click()
    dialog = page.findChild(TaskDialog)
    qtbot.waitUntil(dialog.isEnabled)
    return dialog


def test_shows_who_has_a_task_and_what_was_reported(qtbot, page, context):
    choose(qtbot, context, page)
    panel = page.panel
    assert page.ui.side_panel.isVisible()
    assert panel.pill.accessibleName() == "dilaporkan"
    assert [share.person for share in panel.people_model.rows] == ["Pegawai 1"]
    assert len(panel.report_model.rows) == 1
    assert "Pegawai 1: dilaporkan" in panel.steps_label.text()


def test_a_report_of_the_task_opens_in_its_own_page(qtbot, page, context):
    choose(qtbot, context, page)
    with qtbot.waitSignal(page.navigate) as asked:
        page.panel.report_table.selectRow(0)
        qtbot.keyClick(page.panel.report_table, Key.Key_Return)
    assert asked.args == [Place("work_reports", "report", 1)]


def test_filters_by_state_and_words(qtbot, page, context, database, chief):
    with database.work(chief, now=NOW) as work:
        person = offices.Known(2, "Pegawai 2")
        offices.task(work, offices.Known(1, "Unit Contoh"), person, title="Arsip surat")
    page.refresh()
    settled(qtbot, context)
    assert len(page.model.rows) == 2
    page.ui.state_box.setCurrentText(OVERDUE)
    assert [row.title for row in page.model.rows] == ["Arsip surat"]
    page.ui.state_box.setCurrentText("Menunggu keputusan")
    assert [row.title for row in page.model.rows] == ["Rekap data layanan minggu 3"]
    page.ui.state_box.setCurrentText(EVERYTHING)
    page.ui.search_edit.setText("pegawai 2")
    assert [row.title for row in page.ui.table.shown] == ["Arsip surat"]


def test_the_home_page_can_ask_for_what_is_overdue(page):
    page.visit(Place("tasks", "overdue"))
    assert page.ui.state_box.currentText() == OVERDUE


def test_one_task_is_given_to_many_by_keyboard(qtbot, giving, context, database, chief):
    ui = giving.ui
    qtbot.keyClicks(ui.title_edit, "Susun laporan triwulan")
    qtbot.keyClicks(ui.people_chips.edit, "pegawai 2")
    qtbot.keyClick(ui.people_chips.edit, Key.Key_Return)
    qtbot.keyClicks(ui.people_chips.edit, "3")
    qtbot.keyClick(ui.people_chips.edit, Key.Key_Return)
    qtbot.keyClicks(ui.due_edit.edit, "2 minggu")
    qtbot.keyClicks(ui.output_edit, "Laporan")
    ui.quantity_edit.setText("2")
    with qtbot.waitSignal(giving.saved):
        ui.save_button.click()
    settled(qtbot, context)
    (given,) = [row for row in listed(database, chief) if row.title == "Susun laporan triwulan"]
    assert [share.person for share in given.shares] == ["Pegawai 2", "Pegawai 3"]
    assert {share.quantity for share in given.shares} == {Decimal(2)}
    assert (given.given, given.due) == (date(2026, 9, 1), date(2026, 9, 15))


def test_words_count_from_the_day_the_task_is_given(giving):
    ui = giving.ui
    ui.due_edit.edit.setText("3 hari")
    assert ui.due_edit.day == date(2026, 9, 4)
    ui.given_edit.set_day(date(2026, 9, 10))
    assert ui.due_edit.day == date(2026, 9, 13)


def test_a_target_is_offered_to_those_who_have_it(qtbot, giving, context, database, chief):
    ui = giving.ui
    assert ui.target_box.count() == 1
    ui.people_chips.choose([1, 2, 3])
    assert ui.target_box.currentText() == "Rekap data layanan"
    assert ui.target_note.text() == "1 orang tidak memiliki target ini bulan ini."
    ui.title_edit.setText("Rekap minggu 4")
    ui.due_edit.edit.setText("akhir bulan")
    with qtbot.waitSignal(giving.saved):
        ui.save_button.click()
    settled(qtbot, context)
    (given,) = [row for row in listed(database, chief) if row.title == "Rekap minggu 4"]
    assert [bool(share.target_id) for share in given.shares] == [True, True, False]


def test_backspace_and_a_click_take_people_out(qtbot, giving):
    chips = giving.ui.people_chips
    chips.all_button.click()
    assert chips.people == [1, 2, 3]
    assert chips.all_button.isHidden()
    qtbot.keyClick(chips.edit, Key.Key_Backspace)
    chips._chips[1].click()
    assert chips.people == [2]


def test_words_that_mean_no_day_are_marked_at_the_field(qtbot, giving):
    ui = giving.ui
    qtbot.keyClicks(ui.due_edit.edit, "segera")
    assert ui.due_edit.meaning_label.text() == "belum dimengerti"
    ui.save_button.click()
    assert ui.due_problem.text().startswith("Tulis tenggat seperti")
    ui.due_edit.edit.setText("Jumat")
    assert ui.due_edit.meaning_label.text().startswith("Jumat, ")


def test_every_problem_stands_at_its_field(qtbot, giving):
    ui = giving.ui
    ui.due_edit.edit.setText("1/1/2015")
    ui.save_button.click()
    qtbot.waitUntil(giving.isEnabled)
    assert ui.title_problem.text() == "Uraian wajib diisi."
    assert ui.people_problem.text() == "Pilih sekurang-kurangnya satu pegawai."
    assert ui.due_problem.text() == "Tenggat tidak boleh sebelum tugas diberikan."


def test_a_task_just_given_can_be_undone(qtbot, giving, page, context, database, chief):
    ui = giving.ui
    ui.title_edit.setText("Keliru")
    ui.people_chips.choose([1])
    ui.due_edit.edit.setText("akhir bulan")
    with qtbot.waitSignal(giving.saved):
        ui.save_button.click()
    settled(qtbot, context)
    (toast,) = page.window().findChildren(Toast)
    toast.undo_button.click()
    settled(qtbot, context)
    (undone,) = [row for row in listed(database, chief) if row.title == "Keliru"]
    assert undone.state is TaskState.CANCELLED


def test_a_task_is_changed_and_given_to_one_more(qtbot, page, context, database, chief):
    choose(qtbot, context, page)
    page.ui.edit_button.click()
    dialog = page.findChild(TaskDialog)
    qtbot.waitUntil(dialog.isEnabled)
    ui = dialog.ui
    assert (ui.title_edit.text(), ui.due_edit.day) == (
        "Rekap data layanan minggu 3",
        date(2026, 9, 18),
    )
    assert not ui.people_chips._chips[1].isEnabled()
    ui.title_edit.setText("Rekap bulanan")
    ui.people_chips.choose([3])
    with qtbot.waitSignal(dialog.saved):
        ui.save_button.click()
    settled(qtbot, context)
    (row,) = listed(database, chief)
    assert (row.title, len(row.shares)) == ("Rekap bulanan", 2)
    assert row.shares[0].target == "Rekap data layanan"


def test_a_cancelled_task_needs_a_reason_and_can_be_taken_up_again(
    qtbot, page, context, database, chief
):
    choose(qtbot, context, page)
    page.ui.cancel_button.click()
    dialog = page.findChild(ReasonDialog)
    dialog.accept()
    assert dialog.ui.reason_problem.text() == "Alasan wajib diisi."
    dialog.ui.reason_edit.setText("Kegiatan ditunda")
    dialog.accept()
    settled(qtbot, context)
    assert listed(database, chief)[0].state is TaskState.CANCELLED
    (toast,) = page.window().findChildren(Toast)
    toast.undo_button.click()
    settled(qtbot, context)
    assert listed(database, chief)[0].state is TaskState.REPORTED


def test_one_persons_share_can_be_cancelled_alone(qtbot, page, context, database, chief):
    choose(qtbot, context, page)
    page.panel.people_table.selectRow(0)
    assert page.ui.cancel_button.text() == "&Batalkan bagian"
    page.ui.cancel_button.click()
    dialog = page.findChild(ReasonDialog)
    dialog.ui.reason_edit.setText("Cuti")
    dialog.accept()
    settled(qtbot, context)
    (row,) = listed(database, chief)
    assert row.shares[0].state is TaskState.CANCELLED
    assert not row.cancelled


def test_an_empty_month_offers_the_first_task(qtbot, shown, context, database, chief):
    with database.work(chief, now=NOW) as work:
        offices.unit(work)
    page = shown(TasksPage)
    assert page.ui.stack.currentWidget() is page.ui.empty_state
    page.ui.empty_state.action_button.click()
    assert page.findChild(TaskDialog) is not None
    settled(qtbot, context)


def test_whoever_may_not_assign_is_told_so(qtbot, context, office, chief):
    clerk = replace(chief, rights=Right.READ | Right.RECORD)
    context.scope.choose_unit(1, "Unit Contoh")
    page = TasksPage(Context(clerk, context.jobs, context.scope))
    qtbot.addWidget(page)
    page.show()
    settled(qtbot, context)
    assert not page.ui.add_button.isEnabled()
    assert page.ui.add_button.toolTip() == "Hanya pimpinan memberi tugas"


def test_the_list_obeys_qt(qtmodeltester, page):
    qtmodeltester.check(page.model)
