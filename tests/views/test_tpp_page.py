"""The TPP page through its widgets."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from sqlalchemy import select, update

from tests.services.tpp_months import SEPTEMBER, prepared
from wfh_desktop.domain.people import EVERYTHING, Actor, Right
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.models import DayEntry
from wfh_desktop.services import tpp
from wfh_desktop.services.tpp import lines
from wfh_desktop.views import labels
from wfh_desktop.views.dialogs.conduct import ConductDialog
from wfh_desktop.views.dialogs.lock import LockDialog
from wfh_desktop.views.dialogs.reason import ReasonDialog
from wfh_desktop.views.page import Place
from wfh_desktop.views.pages.tpp import TppPage


@pytest.fixture
def keys(database, chief):
    """The people of a unit whose September is complete; the first came late once."""
    with database.work(chief) as work:
        unit = prepared(work)
        late = (DayEntry.employee_id == unit.keys[0], DayEntry.day == unit.days[4])
        values = {"time_in": time(9, 15), "version": 2}
        work.session.execute(update(DayEntry).where(*late).values(**values))
        return unit.keys


@pytest.fixture
def page(qtbot, shown, context, keys):
    page = shown(TppPage)
    page.ui.compute_button.click()
    settle(qtbot, context)
    return page


def settle(qtbot, context):
    qtbot.waitUntil(lambda: not context.jobs.running)


def test_an_empty_month_says_what_to_do_and_does_it(qtbot, shown, context, keys):
    page = shown(TppPage)
    assert page.ui.empty_state.isVisible()
    assert not page.ui.step_button.isEnabled()
    assert page.ui.step_button.toolTip() == "Hitung TPP lebih dahulu"
    page.ui.empty_state.action_button.click()
    settle(qtbot, context)
    assert page.ui.table.isVisible()
    assert len(page.ui.table.shown) == 3


def test_the_list_is_numbered_as_it_is_printed_and_summed(page):
    heads = [column.title for column in page.model.columns]
    assert [head.split("\n")[0].split(" ")[0] for head in heads[5:-1]] == [
        str(number) for number in range(6, 6 + len(heads) - 6)
    ]
    assert page.ui.totals_row.texts[1] == "JUMLAH"
    assert labels.number(page.details.net, 0) in page.ui.totals_row.texts.values()


def test_a_figure_opens_its_trail_down_to_the_day(qtbot, page, context):
    column = next(n for n, one in enumerate(page.model.columns) if "Potongan" in one.title)
    page.ui.table.setCurrentIndex(page.ui.table.sorter.index(0, column))
    settle(qtbot, context)
    tree = page.trail_view.tree
    assert page.ui.side_panel.isVisible()
    found = tree.findItems("09.15", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    texts = [
        item.toolTip(0)
        for item in tree.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive)
    ]
    assert found or any("09.15" in text for text in texts)
    page.trail_view.copy_button.click()
    assert "09.15" in QGuiApplication.clipboard().text()


def test_checks_are_counted_and_lead_to_their_place(qtbot, page, context):
    assert page.ui.checks_button.text().startswith("&Periksa (")
    page.ui.checks_button.click()
    settle(qtbot, context)
    places = []
    page.navigate.connect(places.append)
    items = page.checks_view.list
    row = next(n for n in range(items.count()) if "Pagu" in items.item(n).text())
    items.setCurrentRow(row)
    qtbot.keyClick(items, Qt.Key.Key_Return)
    assert places == [Place("office", "ceiling")]


def test_from_draft_to_final_and_on_to_a_revision(qtbot, page, context, database, chief):
    page.ui.step_button.click()
    settle(qtbot, context)
    assert page.details.state is State.SUBMITTED
    assert not page.ui.compute_button.isEnabled()
    page.ui.step_button.click()
    dialog = page.findChild(LockDialog)
    assert labels.rupiah(page.details.net) in dialog.ui.question_label.text()
    assert not dialog.lock_button.isEnabled()
    settle(qtbot, context)
    assert "semuanya sama dengan yang diajukan" in dialog.ui.verdict_label.text()
    dialog.ui.number_edit.setText("800.1/12/2026")
    dialog.ui.button_box.button(QDialogButtonBox.StandardButton.Ok).click()
    settle(qtbot, context)
    assert page.details.state is State.FINAL
    assert page.details.number == "800.1/12/2026"
    assert "Dikunci oleh Kepala" in page.ui.message_bar.text
    assert not page.ui.step_button.isEnabled()
    page.ui.reopen_button.click()
    reason = page.findChild(ReasonDialog)
    reason.ui.button_box.button(QDialogButtonBox.StandardButton.Ok).click()
    assert reason.ui.reason_problem.isVisible()
    reason.ui.reason_edit.setText("Presensi keliru")
    reason.ui.button_box.button(QDialogButtonBox.StandardButton.Ok).click()
    settle(qtbot, context)
    assert (page.details.state, page.details.revision) == (State.DRAFT, 1)
    assert "Presensi keliru" in page.ui.message_bar.text


def test_what_is_missing_keeps_the_button_off_and_says_why(qtbot, shown, context, keys):
    context.scope.choose_period(SEPTEMBER.shifted(2))
    page = shown(TppPage)
    page.ui.compute_button.click()
    settle(qtbot, context)
    assert not page.ui.step_button.isEnabled()
    assert "harus diperbaiki" in page.ui.step_button.toolTip()


def test_an_event_is_noted_and_taken_back_by_keyboard(qtbot, page, context, database, chief, keys):
    page.ui.table.selectRow(1)
    settle(qtbot, context)
    page.ui.conduct_button.click()
    dialog = page.findChild(ConductDialog)
    settle(qtbot, context)
    assert dialog.ui.person_box.currentData() == keys[1]
    dialog.ui.add_button.click()
    settle(qtbot, context)
    assert "Alasan" in dialog.ui.form_problem.text()
    dialog.ui.code_box.setCurrentIndex(dialog.ui.code_box.findData("UPACARA"))
    qtbot.keyClicks(dialog.ui.reason_edit, "Tidak ikut upacara")
    qtbot.keyClick(dialog.ui.reason_edit, Qt.Key.Key_Return)
    settle(qtbot, context)
    assert len(dialog.model.rows) == 1
    dialog.ui.table.selectRow(0)
    dialog.ui.cancel_event_button.click()
    reason = dialog.findChild(ReasonDialog)
    reason.ui.reason_edit.setText("Salah orang")
    reason.accept()
    settle(qtbot, context)
    assert len(dialog.model.rows) == 0


def test_somebody_elses_later_change_is_told(qtbot, page, context, database, chief):
    now = datetime(2026, 10, 2, tzinfo=UTC)
    with database.work(chief, now=now) as theirs:
        tpp.submit(theirs, page.details.id, page.details.version)
    page.ui.step_button.click()
    settle(qtbot, context)
    assert page.details.state is State.SUBMITTED


def test_search_keeps_only_who_matches_and_sums_what_is_shown(page):
    page.ui.search_edit.setText("3.912")  # the net amount of whoever came late
    assert [line.place for line in page.ui.table.shown] == [1]
    assert page.ui.footer_label.text().startswith("1 orang")
    page.ui.search_edit.setText("bukan siapa pun")
    assert page.ui.table.shown == []


def test_model_obeys_qt(qtmodeltester, page):
    qtmodeltester.check(page.model)


def test_the_list_that_a_search_left_is_exported(qtbot, page, context, tmp_path):
    page.ui.search_edit.setText("3.912")
    page._export(str(tmp_path / "a.csv"))
    settle(qtbot, context)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").count("Pegawai") == 1
    page.ui.export_button.click()
    dialog = page.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("Daftar TPP 2026-09 Unit Contoh (DRAF).xlsx")
    dialog.reject()


# Two people for one list


@pytest.fixture
def shared(monkeypatch):
    monkeypatch.setattr(lines, "is_shared", lambda work: True)


def as_somebody(page, *, login="p_head", employee_id=None, rights=EVERYTHING):
    """Act as another person from here on, as if they had signed in."""
    actor = Actor("Kepala", rights, login, employee_id)
    page.context = replace(page.context, actor=actor)
    page.context.jobs._actor = actor


def come_late(database, chief, key):
    with database.work(chief) as theirs:
        query = select(DayEntry).where(DayEntry.employee_id == key).order_by(DayEntry.day).limit(1)
        one = theirs.session.scalars(query).one()
        one.time_in = time(9, 30)
        theirs.log("test.changed", one)


def submitted(qtbot, page, context):
    page.ui.step_button.click()
    settle(qtbot, context)
    assert page.details.state is State.SUBMITTED


def test_differences_are_shown_in_the_dialog_and_nothing_is_locked(
    qtbot, page, context, database, chief, keys
):
    submitted(qtbot, page, context)
    come_late(database, chief, keys[1])
    page.ui.step_button.click()
    dialog = page.findChild(LockDialog)
    settle(qtbot, context)
    items = dialog.ui.differences_list
    assert items.isVisible()
    assert items.item(0).text().startswith("Pegawai 2: ")
    assert "Rp3.915.950" in items.item(0).text()
    assert dialog.ui.verdict_label.text().startswith("1 perbedaan dengan yang diajukan.")
    assert not dialog.lock_button.isEnabled()
    dialog.reject()


def test_what_changes_while_the_dialog_is_open_is_found_by_locking_itself(
    qtbot, page, context, database, chief, keys
):
    submitted(qtbot, page, context)
    page.ui.step_button.click()
    dialog = page.findChild(LockDialog)
    settle(qtbot, context)
    assert dialog.lock_button.isEnabled()
    come_late(database, chief, keys[1])
    dialog.lock_button.click()
    settle(qtbot, context)
    assert not dialog.lock_button.isEnabled()
    assert dialog.ui.differences_list.count() == 1
    assert page.details.state is State.SUBMITTED
    dialog.reject()


def test_the_submitter_sees_why_somebody_else_has_to_lock(qtbot, page, context, shared):
    as_somebody(page)
    submitted(qtbot, page, context)
    assert not page.ui.step_button.isEnabled()
    assert "harus orang lain" in page.ui.step_button.toolTip()
    assert "Menunggu dikunci oleh orang lain" in page.ui.message_bar.text
    as_somebody(page, login="p_verifier", rights=Right.READ | Right.VERIFY)
    page.refresh()
    settle(qtbot, context)
    assert page.ui.step_button.isEnabled()
    assert page.ui.reopen_button.isEnabled()
    assert not page.ui.compute_button.isEnabled()
    page.ui.step_button.click()
    dialog = page.findChild(LockDialog)
    settle(qtbot, context)
    assert "mengunci sebagai orang kedua" in dialog.ui.submitted_label.text()
    dialog.reject()


def test_the_own_line_waits_for_somebody_else(qtbot, page, context, shared, database, chief, keys):
    come_late(database, chief, keys[0])
    as_somebody(page, employee_id=keys[0])
    page.ui.compute_button.click()
    settle(qtbot, context)
    assert page.model.columns[-1].text(page.details.lines[0]) == "menunggu"
    assert "Menunggu dihitung orang lain: Pegawai 1." in page.ui.message_bar.text
    assert "1 orang menunggu dihitung orang lain" in page.ui.footer_label.text()
    assert not page.ui.step_button.isEnabled()
    page.ui.table.selectRow(0)
    assert page.trail_view.explanation.text().startswith("Menunggu dihitung orang lain")


@pytest.mark.parametrize("rights", [Right.READ, Right.READ | Right.RECORD])
def test_who_may_not_take_a_step_reads_why(qtbot, page, context, rights):
    as_somebody(page, rights=rights)
    page.refresh()
    settle(qtbot, context)
    assert (
        page.ui.step_button.toolTip() == "Hanya pimpinan dan sekretariat unit yang dapat mengajukan"
    )
    assert page.ui.compute_button.isEnabled() is (Right.RECORD in rights)
