from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QDesktopServices, QImage
from PySide6.QtWidgets import QMessageBox
from typing_extensions import override

from wfh_desktop.domain.people import Right
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.domain.work_reports import ReportState
from wfh_desktop.services import work_reports
from wfh_desktop.services.evidence import EvidenceFile
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.reason import ReasonDialog
from wfh_desktop.views.dialogs.report import ReportDialog, clock_time
from wfh_desktop.views.page import Place
from wfh_desktop.views.pages.work_reports import WorkReportsPage
from wfh_desktop.views.widgets.evidence_view import EvidenceView
from wfh_desktop.views.widgets.toast import Toast

from .. import offices
from ..conftest import NOW
from ..offices import SEPTEMBER

Key = Qt.Key


@pytest.fixture
def office(database, chief):
    """A unit with one person and one task."""
    with database.work(chief, now=NOW) as work:
        place = offices.unit(work)
        person = offices.somebody(work, place)
        offices.task(work, place, person)
        return place


def hand_in(database, chief, number, **values):
    """Hand in *number* reports of the first share; return their numbers."""
    with database.work(chief, now=NOW) as work:
        share = offices.share_of(work, 1)
        return [
            offices.report(work, share, text=f"Laporan ke-{one}", **values)
            for one in range(1, number + 1)
        ]


def stored(database, chief, states=tuple(ReportState)):
    with database.work(chief, now=NOW) as work:
        return work_reports.listing(work, 1, SEPTEMBER, states)


@pytest.fixture
def review(qtbot, shown, context, office, database, chief):
    """The page over a queue of reports, with the keyboard on it."""

    def start(number=3, **values):
        keys = hand_in(database, chief, number, **values)
        page = shown(WorkReportsPage)
        qtbot.waitUntil(lambda: page.ui.table.selected() is not None)
        page.ui.table.setFocus()
        page.activateWindow()
        qtbot.waitUntil(page.ui.table.hasFocus)
        return page, keys

    return start


class ResizeCounter(QObject):
    """Counts how often a widget is given another size."""

    def __init__(self, watched):
        super().__init__(watched)
        self.number = 0
        watched.installEventFilter(self)

    @override
    def eventFilter(self, _, event):
        self.number += event.type() == QEvent.Type.Resize
        return False


def press(qtbot, page, *keys):
    for key in keys:
        qtbot.keyClick(page.focusWidget() or page.ui.table, key)


def settled(qtbot, context):
    qtbot.waitUntil(lambda: not context.jobs.running, timeout=20_000)


def test_a_rating_and_enter_accept_and_move_on(qtbot, review, context, database, chief):
    page, keys = review()
    press(qtbot, page, Key.Key_4, Key.Key_Return)
    assert page.ui.table.selected().id == keys[1]
    settled(qtbot, context)
    (accepted,) = stored(database, chief, [ReportState.ACCEPTED])
    assert (accepted.id, accepted.rating) == (keys[0], 4)
    assert [row.id for row in page.model.rows] == keys[1:]
    assert page.ui.table.selected().id == keys[1]
    assert page.ui.waiting_pill.accessibleName() == "2 menunggu"


def test_enter_without_a_rating_asks_for_one(qtbot, review, context, database, chief):
    page, _ = review()
    press(qtbot, page, Key.Key_Return)
    assert "1 sampai 5" in page.ui.message_bar.text
    settled(qtbot, context)
    assert len(stored(database, chief, [ReportState.SUBMITTED])) == 3


def test_the_rating_of_one_report_is_not_carried_to_the_next(qtbot, review, context):
    page, _ = review()
    press(qtbot, page, Key.Key_5, Key.Key_Return)
    assert page.ui.report_pane.rating is None
    settled(qtbot, context)


def test_r_returns_with_one_line(qtbot, review, context, database, chief):
    page, keys = review()
    press(qtbot, page, Key.Key_R)
    assert page.ui.report_pane.reason_edit.hasFocus()
    qtbot.keyClicks(page.ui.report_pane.reason_edit, "Foto kabur, 2 lembar")
    press(qtbot, page, Key.Key_Return)
    assert page.ui.table.hasFocus()
    settled(qtbot, context)
    (returned,) = stored(database, chief, [ReportState.RETURNED])
    assert (returned.id, returned.reason) == (keys[0], "Foto kabur, 2 lembar")


def test_escape_leaves_the_reason_and_changes_nothing(qtbot, review, context, database, chief):
    page, _ = review()
    press(qtbot, page, Key.Key_R)
    press(qtbot, page, Key.Key_Return)
    assert "alasan" in page.ui.message_bar.text
    press(qtbot, page, Key.Key_Escape)
    assert page.ui.table.hasFocus()
    assert page.ui.report_pane.reason_edit.isHidden()
    settled(qtbot, context)
    assert len(stored(database, chief, [ReportState.SUBMITTED])) == 3


def test_u_takes_decisions_back_one_after_the_other(qtbot, review, context, database, chief):
    page, keys = review()
    press(qtbot, page, Key.Key_4, Key.Key_Return, Key.Key_5, Key.Key_Return)
    settled(qtbot, context)
    press(qtbot, page, Key.Key_U)
    settled(qtbot, context)
    qtbot.waitUntil(lambda: page.ui.table.selected().id == keys[1])
    press(qtbot, page, Key.Key_U)
    settled(qtbot, context)
    qtbot.waitUntil(lambda: page.ui.table.selected().id == keys[0])
    assert len(stored(database, chief, [ReportState.SUBMITTED])) == 3
    press(qtbot, page, Key.Key_U)
    assert "Belum ada keputusan" in page.ui.message_bar.text


def test_the_toast_offers_the_same_way_back(qtbot, review, context, database, chief):
    page, _ = review(1)
    press(qtbot, page, Key.Key_3, Key.Key_Return)
    settled(qtbot, context)
    (toast,) = page.window().findChildren(Toast)
    toast.undo_button.click()
    settled(qtbot, context)
    assert len(stored(database, chief, [ReportState.SUBMITTED])) == 1


def test_arrows_move_and_the_queue_keeps_its_place(qtbot, review, context):
    page, keys = review(30)
    press(qtbot, page, *[Key.Key_Down] * 20)
    assert page.ui.table.selected().id == keys[20]
    place = page.ui.table.verticalScrollBar().value()
    press(qtbot, page, Key.Key_4, Key.Key_Return)
    settled(qtbot, context)
    assert page.ui.table.selected().id == keys[21]
    assert abs(page.ui.table.verticalScrollBar().value() - place) <= 28


def test_forty_reports_are_decided_by_keyboard_alone(qtbot, review, context, database, chief):
    page, keys = review(40)
    for number in range(40):
        if number % 10 == 9:
            press(qtbot, page, Key.Key_R)
            qtbot.keyClicks(page.ui.report_pane.reason_edit, "Belum lengkap")
            press(qtbot, page, Key.Key_Return)
        else:
            press(qtbot, page, [Key.Key_3, Key.Key_4, Key.Key_5][number % 3], Key.Key_Return)
    settled(qtbot, context)
    assert len(stored(database, chief, [ReportState.ACCEPTED])) == 36
    assert len(stored(database, chief, [ReportState.RETURNED])) == 4
    assert page.ui.stack.currentWidget() is page.ui.empty_state
    assert [one.key for one in page.decisions] == keys


def test_a_refused_decision_comes_back_to_the_queue(qtbot, review, context, database, chief):
    page, keys = review(2)
    with database.work(chief, now=NOW) as theirs:
        work_reports.send_back(
            theirs, keys[0], page.ui.table.selected().version, "Didahului orang lain"
        )
    press(qtbot, page, Key.Key_4, Key.Key_Return)
    settled(qtbot, context)
    qtbot.waitUntil(lambda: page.window().findChild(QMessageBox) is not None)
    assert "diubah oleh Kepala" in page.window().findChild(QMessageBox).text()
    assert [row.id for row in page.model.rows] == [keys[1]]


def test_shows_the_report_with_presence_history_and_files(qtbot, review, context, tmp_path):
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    image.save(str(tmp_path / "a.jpg"))
    files = [("a.jpg", (tmp_path / "a.jpg").read_bytes()), ("b.png", offices.PNG)]
    page, _ = review(1, files=files)
    settled(qtbot, context)
    view, pane = page.ui.evidence_view, page.ui.report_pane
    assert view.name_label.text() == "a.jpg"
    assert view.count_label.text() == "1 / 2"
    view.next_button.click()
    assert (view.name_label.text(), view.next_button.isEnabled()) == ("b.png", False)
    assert pane.title_label.text() == "Rekap data layanan minggu 3"
    told = [label.text() for label in pane.findChildren(type(pane.title_label))]
    assert "Presensi hari itu" in told
    assert "dikirim oleh Kepala" in pane.steps_label.text()


def test_a_pdf_is_shown_page_by_page(qtbot, review, context):
    from io import BytesIO

    from pypdf import PdfWriter

    out, paper = BytesIO(), PdfWriter()
    paper.add_blank_page(200, 300)
    paper.add_blank_page(200, 300)
    paper.write(out)
    page, _ = review(1, files=[("rekap.pdf", out.getvalue()), ("rusak.pdf", b"%PDF-1.7 rusak")])
    settled(qtbot, context)
    view = page.ui.evidence_view
    assert view.stack.currentWidget() is view.pdf
    assert view.pdf.document().pageCount() == 2
    view.next_button.click()
    assert view.message_label.text() == "PDF ini tidak dapat dibuka."


def test_a_file_is_opened_elsewhere_under_a_name_made_here(qtbot, review, context, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page, _ = review(1, files=[("../surat.pdf.exe", b"%PDF-1.7 satu halaman")])
    settled(qtbot, context)
    page.ui.evidence_view.open_button.click()
    settled(qtbot, context)
    (path,) = [Path(url.toLocalFile()) for url in opened]
    assert (path.suffix, path.read_bytes()) == (".pdf", b"%PDF-1.7 satu halaman")
    assert "surat" not in path.name


def test_a_pdf_that_just_fits_comes_to_rest(qtbot):
    """A scroll bar that appears and disappears would fit the pages anew for ever."""
    from io import BytesIO

    from pypdf import PdfWriter

    out, paper = BytesIO(), PdfWriter()
    paper.add_blank_page(595, 842)
    paper.write(out)
    view = EvidenceView()
    qtbot.addWidget(view)
    view.show_files([EvidenceFile(1, "a.pdf", "pdf", out.getvalue())])
    view.show()
    for height in range(360, 520, 2):
        view.resize(320, height)
        counter = ResizeCounter(view.pdf.viewport())
        qtbot.wait(5)
        assert counter.number < 10


def test_a_report_without_evidence_says_why(qtbot, review, context):
    page, _ = review(1, files=(), no_evidence="Berkas rahasia")
    settled(qtbot, context)
    assert page.ui.evidence_view.message_label.text() == "Tanpa eviden: Berkas rahasia"


def test_an_accepted_report_can_be_rated_anew(qtbot, review, context, database, chief):
    page, keys = review(1)
    press(qtbot, page, Key.Key_2, Key.Key_Return)
    settled(qtbot, context)
    page.visit(Place("work_reports", key=keys[0]))
    qtbot.waitUntil(lambda: page.ui.table.selected() is not None)
    page.ui.table.setFocus()
    press(qtbot, page, Key.Key_4)
    settled(qtbot, context)
    assert [row.rating for row in stored(database, chief)] == [4]


def test_a_locked_month_only_shows(qtbot, review, context, database, chief):
    page, _ = review()
    context.scope.show_state(State.FINAL)
    assert not page.ui.accept_button.isEnabled()
    assert page.ui.accept_button.toolTip() == "September 2026 sudah dikunci"
    press(qtbot, page, Key.Key_4, Key.Key_Return, Key.Key_R)
    settled(qtbot, context)
    assert len(stored(database, chief, [ReportState.SUBMITTED])) == 3


def test_whoever_may_not_decide_is_told_so(qtbot, context, office, database, chief):
    hand_in(database, chief, 1)
    clerk = replace(chief, rights=Right.READ | Right.RECORD)
    context.scope.choose_unit(1, "Unit Contoh")
    page = WorkReportsPage(Context(clerk, context.jobs, context.scope))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.ui.table.selected() is not None)
    assert page.ui.accept_button.toolTip() == "Hanya pimpinan yang memutuskan"
    assert page.ui.add_button.isEnabled()


def test_an_empty_month_says_what_to_do(shown, office):
    page = shown(WorkReportsPage)
    assert page.ui.stack.currentWidget() is page.ui.empty_state
    assert page.ui.empty_state.action_button.text() == "Catat laporan"


def test_a_report_can_be_withdrawn_with_a_reason(qtbot, review, context, database, chief):
    page, _ = review(1)
    page.withdraw_action.trigger()
    dialog = page.findChild(ReasonDialog)
    dialog.ui.reason_edit.setText("Salah orang")
    dialog.accept()
    settled(qtbot, context)
    assert [row.state for row in stored(database, chief)] == [ReportState.WITHDRAWN]
    page.undo()
    settled(qtbot, context)
    assert [row.state for row in stored(database, chief)] == [ReportState.DRAFT]


@pytest.fixture
def recording(qtbot, shown, context, office):
    """The dialog in which the secretariat records a report."""
    page = shown(WorkReportsPage)
    page.ui.add_button.click()
    dialog = page.findChild(ReportDialog)
    qtbot.waitUntil(dialog.isEnabled)
    return dialog


def test_the_secretariat_records_a_report_with_its_file(
    qtbot, recording, context, database, chief, tmp_path
):
    ui = recording.ui
    (tmp_path / "foto.png").write_bytes(offices.PNG)
    assert ui.person_box.currentText() == "Pegawai 1"
    assert ui.task_box.count() == 1
    ui.day_edit.set_day(date(2026, 9, 17))
    ui.starts_edit.setText("0730")
    ui.ends_edit.setText("9.15")
    ui.quantity_edit.setText("1,5")
    ui.text_edit.setPlainText("Rekap selesai")
    ui.files_list.add([tmp_path / "foto.png", tmp_path / "foto.png"])
    assert ui.files_list.count() == 1
    with qtbot.waitSignal(recording.saved):
        ui.send_button.click()
    settled(qtbot, context)
    (row,) = stored(database, chief, [ReportState.SUBMITTED])
    assert (row.day, str(row.quantity), row.files) == (date(2026, 9, 17), "1.5", 1)
    assert (str(row.starts), str(row.ends)) == ("07:30:00", "09:15:00")


def test_the_dialog_marks_every_problem_at_its_field(qtbot, recording, context):
    ui = recording.ui
    ui.quantity_edit.setText("banyak")
    ui.starts_edit.setText("25.00")
    ui.send_button.click()
    assert "angka" in ui.quantity_problem.text()
    assert "07.30" in ui.ends_problem.text()
    ui.quantity_edit.setText("0")
    ui.starts_edit.clear()
    ui.send_button.click()
    qtbot.waitUntil(recording.isEnabled)
    assert recording.isVisible()
    assert ui.text_problem.text() == "Uraian pekerjaan wajib diisi."
    assert ui.evidence_problem.text().startswith("Lampirkan eviden")
    assert ui.quantity_problem.text() == "Kuantitas harus lebih dari nol."
    assert ui.ends_problem.isHidden()


def test_a_draft_may_be_incomplete_and_is_completed_later(
    qtbot, shown, recording, context, database, chief
):
    with qtbot.waitSignal(recording.saved):
        recording.ui.draft_button.click()
    settled(qtbot, context)
    (row,) = stored(database, chief, [ReportState.DRAFT])
    page = shown(WorkReportsPage)
    page.visit(Place("work_reports", key=row.id))
    qtbot.waitUntil(lambda: page.ui.table.selected() is not None)
    page.ui.edit_button.click()
    dialog = page.findChild(ReportDialog)
    qtbot.waitUntil(dialog.isEnabled)
    dialog.ui.text_edit.setPlainText("Rekap selesai")
    dialog.ui.no_evidence_edit.setText("Diperlihatkan langsung")
    with qtbot.waitSignal(dialog.saved):
        dialog.ui.send_button.click()
    settled(qtbot, context)
    assert [one.id for one in stored(database, chief, [ReportState.SUBMITTED])] == [row.id]


@pytest.mark.parametrize(
    ("typed", "shown_as"),
    [("7.30", "07:30"), ("0730", "07:30"), ("16:05", "16:05"), ("", None), ("24.00", None)],
)
def test_times_are_read_as_people_type_them(typed, shown_as):
    found = clock_time(typed)
    assert (found and f"{found:%H:%M}") == shown_as


def test_the_queue_obeys_qt(qtmodeltester, review):
    page, _ = review()
    qtmodeltester.check(page.model)
