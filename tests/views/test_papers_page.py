"""The page Cetak through its widgets."""

import errno
import os
import sys
from datetime import date

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox

from tests.documents import reading
from tests.services.tpp_months import SEPTEMBER, prepared
from wfh_desktop.domain.papers import Paper, PaperState
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.services import papers, tpp
from wfh_desktop.views import printing
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.paper_layout import PaperLayoutDialog
from wfh_desktop.views.page import Place
from wfh_desktop.views.pages.papers import PapersPage


@pytest.fixture
def unit(database, chief):
    """A unit whose September was calculated."""
    with database.work(chief) as work:
        unit = prepared(work)
        tpp.compute(work, unit.id, SEPTEMBER)
        return unit.id


@pytest.fixture
def page(qtbot, shown, context, unit):
    page = shown(PapersPage, unit)
    settle(qtbot, context)
    return page


def settle(qtbot, context):
    qtbot.waitUntil(lambda: not context.jobs.running, timeout=30_000)


def choose(qtbot, page, paper):
    assert page.ui.papers_table.select_key(paper)
    settle(qtbot, page.context)


def state(page, paper):
    return next(line.row.state for line in page.papers.rows if line.row.paper is paper)


def lock(database, chief, unit):
    with database.work(chief) as work:
        details = tpp.current(work, unit, SEPTEMBER)
        tpp.submit(work, details.id, details.version)
        work.session.flush()
        tpp.lock(work, details.id, details.version + 1, "800/1", date(2026, 10, 3))


def test_every_paper_of_the_month_is_listed_with_its_state(page):
    assert [line.row.paper for line in page.papers.rows] == list(Paper)
    assert {line.row.state for line in page.papers.rows} == {PaperState.READY}
    assert page.ui.state_pill.text() == "● Draf"


@pytest.mark.parametrize("paper", Paper)
def test_each_paper_is_shown_as_it_will_be_printed(qtbot, page, paper):
    choose(qtbot, page, paper)
    view = page.ui.paper_view
    assert view.document.pageCount() == len(reading.reader(page.content).pages)
    assert view.page == 1
    assert page.prepared.paper is paper
    assert page.ui.print_button.isEnabled()


def test_pages_are_turned_and_zoomed_by_keyboard(qtbot, page):
    choose(qtbot, page, Paper.LETTER)
    view = page.ui.paper_view
    assert view.page_label.text() == "Halaman 1 dari 2"
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 2
    assert not view.later_button.isEnabled()
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.page == 1
    before = view.view.zoomFactor()
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.view.zoomFactor() > before
    assert view.zoom_label.text().endswith("%")
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom_label.text() == "pas"


def test_a_paper_that_needs_the_calculation_says_so_and_leads_there(qtbot, page, context):
    context.scope.choose_period(Period(2026, 8))
    settle(qtbot, context)
    choose(qtbot, page, Paper.LETTER)
    assert state(page, Paper.LETTER) is PaperState.MISSING
    assert not page.ui.print_button.isEnabled()
    assert page.ui.print_button.toolTip() == "Belum ada naskah yang dapat dicetak"
    places = []
    page.navigate.connect(places.append)
    page.ui.paper_view.empty.action_button.click()
    assert places == [Place("tpp")]
    choose(qtbot, page, Paper.ATTENDANCE)
    assert page.ui.print_button.isEnabled()


def test_people_are_searched_and_have_a_sheet_each(qtbot, page):
    choose(qtbot, page, Paper.BREAKDOWNS)
    assert [row.name for row in page.subjects.rows] == [
        "Semua pegawai (3 lembar)",
        "Pegawai 1",
        "Pegawai 2",
        "Pegawai 3",
    ]
    assert page.ui.paper_view.document.pageCount() == 3
    page.ui.search_edit.setText("pegawai 2")
    page.ui.subjects_table.selectRow(0)
    settle(qtbot, page.context)
    assert page.ui.paper_view.document.pageCount() == 1
    assert "Pegawai 2" in reading.pages(page.content)[0]


def test_another_page_asks_for_the_sheet_of_a_person(qtbot, page, database, chief):
    with database.work(chief) as work:
        key = tpp.current(work, page.context.scope.unit_id, SEPTEMBER).lines[2].employee_id
    page.visit(Place("papers", "rincian", key))
    settle(qtbot, page.context)
    assert page.ui.subjects_table.selected().employee_id == key
    assert page.prepared.employee_id == key


def test_a_paper_is_saved_and_noted_as_printed(qtbot, page, context, tmp_path):
    choose(qtbot, page, Paper.LIST)
    page.ui.save_button.click()
    dialog = page.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith(
        "Daftar Perhitungan TPP 2026-09 Unit Contoh (DRAF).pdf"
    )
    dialog.close()
    page._save(str(tmp_path / "daftar.pdf"))
    settle(qtbot, context)
    assert (tmp_path / "daftar.pdf").read_bytes() == page.content
    assert state(page, Paper.LIST) is PaperState.PRINTED
    assert "terakhir dicetak" in page.ui.footer_label.text()


def test_a_full_disk_is_said_and_nothing_is_noted(qtbot, page, context, tmp_path, monkeypatch):
    def refuse(_):
        raise OSError(errno.ENOSPC, "full")

    choose(qtbot, page, Paper.LIST)
    monkeypatch.setattr(os, "fsync", refuse)
    page._save(str(tmp_path / "daftar.pdf"))
    settle(qtbot, context)
    assert "Disk penuh" in page.findChild(QMessageBox).text()
    assert list(tmp_path.glob("*.pdf")) == []
    assert state(page, Paper.LIST) is PaperState.READY


def test_printing_opens_the_dialog_of_the_system_with_the_sheet_of_the_paper(qtbot, page):
    choose(qtbot, page, Paper.LIST)
    page.ui.print_button.click()
    dialog = page.findChild(QPrintDialog)
    assert dialog.isVisible()
    layout = dialog.printer().pageLayout()
    assert layout.orientation() is QPageLayout.Orientation.Landscape
    assert layout.pageSize().size(layout.pageSize().Unit.Millimeter) == QSizeF(215, 330)
    dialog.reject()


def test_control_p_prints_on_this_page(qtbot, page):
    choose(qtbot, page, Paper.LIST)
    control = Qt.KeyboardModifier.ControlModifier
    page.activateWindow()
    page.ui.papers_table.setFocus()
    qtbot.keyClick(page.ui.papers_table, Qt.Key.Key_P, control)
    assert page.findChild(QPrintDialog) is not None
    page.findChild(QPrintDialog).reject()


@pytest.mark.skipif(sys.platform == "win32", reason="there the dialog is the system's own")
def test_the_print_dialog_prints_what_it_names(qtbot, page, context, tmp_path):
    choose(qtbot, page, Paper.ATTENDANCE)
    page.ui.print_button.click()
    dialog = page.findChild(QPrintDialog)
    assert dialog.windowTitle() == "Cetak rekapitulasi kehadiran"
    dialog.findChild(QLineEdit, "filename").setText(str(tmp_path / "rekap.pdf"))
    dialog.accept()
    settle(qtbot, context)
    assert (tmp_path / "rekap.pdf").read_bytes() == page.content
    assert state(page, Paper.ATTENDANCE) is PaperState.PRINTED


@pytest.mark.skipif(sys.platform == "win32", reason="there the dialog is the system's own")
def test_the_print_dialog_for_all_papers_writes_a_file_for_each(qtbot, page, tmp_path):
    page.print_all_action.trigger()
    dialog = page.findChild(QPrintDialog)
    dialog.findChild(QLineEdit, "filename").setText(str(tmp_path / "semua.pdf"))
    dialog.accept()
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.pdf"))) == 5, timeout=30_000)
    qtbot.waitUntil(lambda: page.queue.order is None, timeout=30_000)


def test_while_another_paper_is_made_the_one_before_it_cannot_be_printed(qtbot, page, context):
    choose(qtbot, page, Paper.LIST)
    page.ui.papers_table.select_key(Paper.ATTENDANCE)
    assert page.prepared is None
    assert not page.ui.print_button.isEnabled()
    settle(qtbot, context)
    assert page.prepared.paper is Paper.ATTENDANCE
    assert page.ui.print_button.isEnabled()


def test_printing_to_a_pdf_file_writes_the_paper_itself(qtbot, page, context, tmp_path):
    choose(qtbot, page, Paper.ATTENDANCE)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "a.pdf"))
    page._print(page.prepared, page.content, printer)
    settle(qtbot, context)
    assert (tmp_path / "a.pdf").read_bytes() == page.content
    assert state(page, Paper.ATTENDANCE) is PaperState.PRINTED


def test_each_sheet_is_sent_to_the_printer_in_its_own_size(page, qtbot, tmp_path):
    choose(qtbot, page, Paper.LETTER)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "raster.pdf"))
    told = []
    done = printing.print_sheets(lambda *one: told.append(one), printer, page.content, "Surat")
    assert done == 2
    assert told == [(0, 2), (1, 2)]
    upright, lying = reading.reader((tmp_path / "raster.pdf").read_bytes()).pages
    assert (round(upright.mediabox.width), round(upright.mediabox.height)) == (609, 935)
    assert (round(lying.mediabox.width), round(lying.mediabox.height)) == (935, 609)


def test_all_papers_are_saved_one_after_the_other(qtbot, page, context, tmp_path):
    seen = []
    page.queue.moved.connect(lambda: seen.append(page.ui.run_label.text()))
    page._save_all(str(tmp_path))
    qtbot.waitUntil(lambda: page.queue.order is None, timeout=30_000)
    settle(qtbot, context)
    assert len(list(tmp_path.glob("*.pdf"))) == 5
    assert "Daftar perhitungan TPP (2 dari 5)" in seen
    assert page.ui.message_bar.text == f"5 naskah selesai di {tmp_path}."
    assert page.ui.run_bar.isHidden()
    assert {line.row.state for line in page.papers.rows} == {PaperState.PRINTED}


def test_printing_all_is_stopped_and_taken_up_again(qtbot, page, context, tmp_path):
    page._save_all(str(tmp_path))
    page.ui.run_button.click()
    assert not page.ui.run_button.isEnabled()
    qtbot.waitUntil(lambda: not page.queue.running, timeout=30_000)
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    assert page.ui.run_bar.isVisible()
    assert page.ui.run_button.text() == "&Lanjutkan"
    assert not page.ui.all_button.isEnabled()
    page.ui.run_button.click()
    qtbot.waitUntil(lambda: page.queue.order is None, timeout=30_000)
    assert len(list(tmp_path.glob("*.pdf"))) == 5


def test_what_stops_the_queue_is_said_and_the_rest_can_be_dropped(qtbot, page, context, tmp_path):
    page._save_all(str(tmp_path / "tidak ada"))
    qtbot.waitUntil(lambda: not page.queue.running, timeout=30_000)
    assert "tidak ada atau bukan map" in page.findChild(QMessageBox).text()
    assert page.queue.current is Paper.LETTER
    page.ui.drop_button.click()
    assert page.ui.run_bar.isHidden()
    assert page.ui.all_button.isEnabled()


def test_a_locked_month_is_shown_final_and_its_reprint_is_the_same(
    qtbot, page, context, database, chief, unit, tmp_path
):
    lock(database, chief, unit)
    page.refresh()
    settle(qtbot, context)
    choose(qtbot, page, Paper.LETTER)
    assert page.ui.state_pill.text() == "✓ Final"
    assert "DRAF" not in reading.pages(page.content)[0]
    for name in ("satu.pdf", "dua.pdf"):
        page._save(str(tmp_path / name))
        settle(qtbot, context)
    assert (tmp_path / "satu.pdf").read_bytes() == (tmp_path / "dua.pdf").read_bytes()
    with database.work(chief) as work:
        assert len(papers.register(work, unit, SEPTEMBER)) == 1


def test_the_layout_of_the_office_is_changed_and_the_preview_follows(qtbot, page, context):
    choose(qtbot, page, Paper.LETTER)
    page.ui.layout_button.click()
    dialog = page.findChild(PaperLayoutDialog)
    settle(qtbot, context)
    dialog.ui.size_box.setCurrentIndex(1)
    dialog.ui.addressee_edit.setPlainText("Bupati Contoh\n\n di  Kota Contoh ")
    dialog.ui.letter_left_spin.setValue(30)
    with qtbot.waitSignal(dialog.accepted):
        dialog.ui.button_box.button(QDialogButtonBox.StandardButton.Save).click()
    settle(qtbot, context)
    assert round(page.ui.paper_view.document.pagePointSize(0).height() * 25.4 / 72) == 297
    first = " ".join(reading.pages(page.content)[0].split())
    assert "Yth. Bupati Contoh di Kota Contoh" in first


def test_a_layout_that_is_refused_says_so_at_its_field(qtbot, page, context):
    page.ui.layout_button.click()
    dialog = page.findChild(PaperLayoutDialog)
    settle(qtbot, context)
    dialog.ui.copies_edit.setPlainText("x" * 500)
    dialog.accept()
    settle(qtbot, context)
    assert dialog.isVisible()
    assert "400" in dialog.ui.copies_problem.text()


def test_who_may_not_change_the_layout_sees_it_and_why(qtbot, database, context, unit):
    reader = Actor("Pembaca", Right.READ)
    dialog = PaperLayoutDialog(Context(reader, context.jobs, context.scope))
    qtbot.addWidget(dialog)
    context.scope.choose_unit(unit, "Unit Contoh")
    dialog.show()
    settle(qtbot, context)
    save = dialog.ui.button_box.button(QDialogButtonBox.StandardButton.Save)
    assert not save.isEnabled()
    assert save.toolTip() == "Hanya administrator yang dapat mengubahnya"


def test_only_the_paper_chosen_last_is_shown(qtbot, page):
    for paper in (Paper.LIST, Paper.ATTENDANCE, Paper.PERFORMANCE, Paper.LIST):
        page.ui.papers_table.select_key(paper)
    settle(qtbot, page.context)
    assert page.prepared.paper is Paper.LIST


def test_lists_obey_qt(qtmodeltester, page):
    qtmodeltester.check(page.papers)
    qtmodeltester.check(page.subjects)
