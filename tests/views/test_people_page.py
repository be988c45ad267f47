"""The page of people, worked as a secretary works it: list, panel, forms, import, keyboard."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QToolButton

from wfh_desktop.domain.careers import Identity, PositionDraft, RankDraft
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Actor, Capacity, EmploymentStatus, Level, Right
from wfh_desktop.services import people, units
from wfh_desktop.services.people import AliasDraft
from wfh_desktop.services.units import UnitDraft
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.dialogs.staff_import import StaffImportDialog
from wfh_desktop.views.dialogs.together import TogetherDialog
from wfh_desktop.views.page import Place
from wfh_desktop.views.pages.people import PeoplePage
from wfh_desktop.views.widgets import choices
from wfh_desktop.views.widgets.toast import Toast

START = date(2026, 1, 1)
NIPS = ("197001011995011001", "198001012005011002", "199001012025211003")


@pytest.fixture
def office(database, chief):
    """An office with a division; a head, a clerk of the division and a PPPK."""
    with database.work(chief) as work:
        top = units.create(work, UnitDraft("Dinas Contoh", None, START))
        division = units.create(work, UnitDraft("Bidang Data", top, START))
        titles = (
            ("Kepala Dinas", Level.JPT_PRATAMA, 14, "IV/b", top),
            ("Pengolah Data", Level.PELAKSANA, 7, "III/b", division),
            ("Arsiparis Terampil", Level.FUNGSIONAL, None, "VII", top),
        )
        for number, (nip, (title, level, job_class, grade, unit)) in enumerate(
            zip(NIPS, titles, strict=True), start=1
        ):
            status = EmploymentStatus.PPPK if number == 3 else EmploymentStatus.PNS
            people.add(
                work,
                Identity(f"Pegawai {number}", nip),
                RankDraft(status, START, grade),
                PositionDraft(unit, title, level, START, job_class),
            )
    return top


@pytest.fixture
def page(qtbot, context, office):
    context.scope.choose_unit(office, "Dinas Contoh")
    made = PeoplePage(context)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    with qtbot.waitSignal(context.jobs.idle):
        made.show()
    settle(qtbot, context)
    return made


def settle(qtbot, context):
    """Wait until every job has answered."""
    qtbot.waitUntil(lambda: not context.jobs.running)


def activate(qtbot, page):
    """Let the page have the keyboard, as it has in the window."""
    page.activateWindow()
    page.ui.table.setFocus()
    qtbot.waitUntil(page.isActiveWindow)


def names(page):
    return [row.person.name for row in page.ui.table.shown]


def texts(page):
    """Return everything the panel says."""
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in page.ui.person_pane.findChildren(QLabel))


def dialog(page, kind=EntryDialog):
    """Return the dialog that is open over the page."""
    return next(one for one in page.findChildren(kind) if one.isVisible())


def press(qtbot, context, page, section, number=0):
    button = page.ui.person_pane.buttons(section)[number]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, context)


def store(qtbot, context, form):
    form.accept()
    settle(qtbot, context)


def test_lists_people_by_rank_and_shows_the_first_in_the_panel(page):
    assert names(page) == ["Pegawai 1", "Pegawai 3", "Pegawai 2"]
    assert "NIP 19700101 199501 1 001" in texts(page)
    assert page.ui.footer_label.text() == "3 pegawai  ·  PNS 2  ·  PPPK 1"


def test_what_is_missing_is_marked_and_can_be_listed(page):
    assert page.ui.lacking_pill.isVisible()
    assert "3 belum lengkap" in page.ui.lacking_pill.text()
    row = next(row for row in page.model.rows if row.person.name == "Pegawai 3")
    assert page.model.columns[0].tip(row) == "Belum diisi: kelas jabatan, atasan langsung"


def test_filters_by_status_level_unit_and_words(page):
    choices.select(page.ui.status_box, EmploymentStatus.PPPK)
    assert names(page) == ["Pegawai 3"]
    page.ui.status_box.setCurrentIndex(0)
    choices.select(page.ui.level_box, Level.JPT_PRATAMA)
    assert names(page) == ["Pegawai 1"]
    page.ui.level_box.setCurrentIndex(0)
    page.ui.unit_box.setCurrentIndex(1)
    assert names(page) == ["Pegawai 2"]
    page.ui.unit_box.setCurrentIndex(0)
    page.ui.search_edit.setText("arsiparis")
    assert names(page) == ["Pegawai 3"]


@pytest.mark.qt_log_ignore("^Keyboard event not accepted", extend=True)  # the form is stored by it
def test_adds_a_person_by_keyboard_alone(qtbot, context, page):
    activate(qtbot, page)
    qtbot.keyClick(page.ui.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(page.findChildren(EntryDialog)))  # the button is seen to go down
    form = dialog(page)
    qtbot.waitUntil(lambda: form.focusWidget() is form.ui.name_edit)
    qtbot.keyClicks(form.ui.name_edit, "Pegawai 4")
    for _ in range(3):
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    assert form.focusWidget() is form.ui.nip_edit
    qtbot.keyClicks(form.ui.nip_edit, "19850101 202521 2 004")
    assert "kontrak ke-21 tahun 2025" in form.ui.nip_note.text()
    assert choices.value(form.ui.status_box) is EmploymentStatus.PPPK
    qtbot.keyClicks(form.ui.position_title_edit, "Penata Layanan Operasional")
    choices.select(form.ui.grade_box, "IX")
    qtbot.keyClick(form.ui.position_title_edit, Qt.Key.Key_Return)
    settle(qtbot, context)
    assert "Pegawai 4" in names(page)
    assert page.ui.table.selected().person.name == "Pegawai 4"
    assert page.ui.table.selected().person.grade == "IX"


def test_marks_each_problem_of_a_new_person_at_its_field(qtbot, context, page):
    page.ui.add_button.click()
    form = dialog(page)
    form.ui.nip_edit.setText(NIPS[0])
    store(qtbot, context, form)
    assert form.isVisible()
    assert form.isEnabled()
    assert form.ui.name_problem.text() == "Nama wajib diisi."
    assert form.ui.nip_problem.text() == "NIP ini sudah dipakai Pegawai 1."
    assert form.ui.position_title_problem.isVisible()
    form.reject()


def test_a_name_that_is_not_in_the_list_is_no_superior(qtbot, context, page):
    page.ui.add_button.click()
    form = dialog(page)
    form.ui.superior_id_box.setEditText("Orang Lain")
    form.accept()
    assert "Orang Lain" in form.ui.superior_id_problem.text()
    form.reject()


def test_identity_is_changed_with_f2(qtbot, context, page):
    page.ui.table.selectRow(2)
    settle(qtbot, context)
    activate(qtbot, page)
    qtbot.keyClick(page.ui.table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bool(page.findChildren(EntryDialog)))  # the button is seen to go down
    form = dialog(page)
    form.ui.back_title_edit.setText("S.Kom., M.T.")
    store(qtbot, context, form)
    assert "Pegawai 2, S.Kom., M.T." in names(page)


def test_a_new_position_ends_the_former_one_and_both_are_shown(qtbot, context, page):
    page.ui.table.selectRow(2)
    settle(qtbot, context)
    press(qtbot, context, page, "positions")
    form = dialog(page)
    form.ui.position_title_edit.setText("Kepala Seksi Data")
    choices.select(form.ui.level_box, Level.PENGAWAS)
    store(qtbot, context, form)
    said = texts(page)
    assert "Kepala Seksi Data" in said
    assert "1 Januari – 31 Agustus 2026" in said
    assert page.ui.table.selected().person.title == "Kepala Seksi Data"


def test_an_acting_position_asks_for_its_last_day(qtbot, context, page):
    press(qtbot, context, page, "positions")
    form = dialog(page)
    assert not form.ui.bounded_check.isVisible()
    choices.select(form.ui.capacity_box, Capacity.PLT)
    assert form.ui.bounded_check.isVisible()
    assert not form.ui.valid_to_edit.isVisible()
    form.ui.bounded_check.setChecked(True)
    assert form.ui.valid_to_edit.isVisible()
    form.ui.position_title_edit.setText("Sekretaris Dinas")
    form.ui.valid_to_edit.set_day(date(2026, 11, 30))
    store(qtbot, context, form)
    assert "Plt. Sekretaris Dinas" in texts(page)
    assert page.ui.table.selected().person.title == "Kepala Dinas"


def test_a_promotion_is_dated(qtbot, context, page):
    press(qtbot, context, page, "ranks")
    form = dialog(page)
    choices.select(form.ui.grade_box, "IV/c")
    store(qtbot, context, form)
    assert page.ui.table.selected().person.grade == "IV/c"
    assert "Pembina Tingkat I, IV/b" in texts(page)


def test_a_position_entered_by_mistake_is_taken_back_after_a_question(qtbot, context, page):
    press(qtbot, context, page, "positions")
    form = dialog(page)
    form.ui.position_title_edit.setText("Salah")
    store(qtbot, context, form)
    more = [one for one in page.ui.person_pane.buttons("positions") if isinstance(one, QToolButton)]
    more[0].menu().actions()[1].trigger()
    box = page.findChild(QMessageBox)
    assert "Tarik jabatan Salah?" in box.text()
    next(one for one in box.buttons() if one.text() == "Tarik").click()
    settle(qtbot, context)
    assert page.ui.table.selected().person.title == "Kepala Dinas"


def test_a_leave_tells_its_working_days_and_never_overlaps(qtbot, context, page):
    for expected in ("", "Sudah tercatat cuti tahunan"):
        press(qtbot, context, page, "leaves")
        form = dialog(page)
        choices.select(form.ui.kind_box, LeaveKind.ANNUAL)
        form.ui.starts_edit.set_day(date(2026, 9, 7))
        form.ui.ends_edit.set_day(date(2026, 9, 9))
        settle(qtbot, context)
        assert form.ui.span_note.text().startswith("3 hari, di antaranya")
        store(qtbot, context, form)
        if expected:
            assert expected in form.ui.starts_problem.text()
            form.reject()
    assert "Cuti tahunan, 7–9 September 2026" in texts(page)


def test_a_leave_is_cancelled_with_a_reason(qtbot, context, page):
    press(qtbot, context, page, "leaves")
    store(qtbot, context, dialog(page))
    more = [one for one in page.ui.person_pane.buttons("leaves") if isinstance(one, QToolButton)]
    more[0].menu().actions()[1].trigger()
    form = dialog(page, QDialog)
    form.ui.reason_edit.setText("Batal berangkat")
    form.accept()
    settle(qtbot, context)
    assert "Belum ada cuti yang tercatat." in texts(page)


def test_a_sanction_fills_in_what_the_regulation_says(qtbot, context, page):
    press(qtbot, context, page, "sanctions")
    form = dialog(page)
    number = form.ui.kind_box.findText("Pemotongan tunjangan kinerja 25% selama 6 bulan")
    form.ui.kind_box.setCurrentIndex(number)
    form.ui.kind_box.activated.emit(number)
    assert form.ui.factor_edit.text() == "75"
    assert form.ui.ends_edit.day() == date(2027, 2, 28)
    store(qtbot, context, form)
    assert "SK belum terbit, belum diperhitungkan" in texts(page)
    (row,) = page.look.person.sanctions
    assert (row.factor, row.level.value) == (Decimal("0.75"), "sedang")


def correct(page, section, number=0):
    """Open the dialog that corrects an entry of *section*."""
    more = [one for one in page.ui.person_pane.buttons(section) if isinstance(one, QToolButton)]
    more[number].menu().actions()[0].trigger()
    return dialog(page)


def test_a_position_is_corrected_where_it_stands(qtbot, context, page):
    form = correct(page, "positions")
    assert form.ui.position_title_edit.text() == "Kepala Dinas"
    assert choices.value(form.ui.level_box) is Level.JPT_PRATAMA
    form.ui.position_title_edit.setText("Kepala Badan")
    store(qtbot, context, form)
    assert page.ui.table.selected().person.title == "Kepala Badan"
    assert len(page.look.person.positions) == 1


def test_a_rank_is_corrected_where_it_stands(qtbot, context, page):
    form = correct(page, "ranks")
    assert choices.value(form.ui.grade_box) == "IV/b"
    choices.select(form.ui.grade_box, "IV/a")
    store(qtbot, context, form)
    assert page.ui.table.selected().person.grade == "IV/a"
    assert len(page.look.person.ranks) == 1


def test_a_leave_is_corrected_without_overlapping_itself(qtbot, context, page):
    press(qtbot, context, page, "leaves")
    form = dialog(page)
    choices.select(form.ui.kind_box, LeaveKind.SICK)
    form.ui.starts_edit.set_day(date(2026, 9, 7))
    form.ui.ends_edit.set_day(date(2026, 9, 9))
    form.ui.document_edit.setText("Surat dokter 1")
    store(qtbot, context, form)
    form = correct(page, "leaves")
    assert choices.value(form.ui.kind_box) is LeaveKind.SICK
    assert form.ui.document_edit.text() == "Surat dokter 1"
    form.ui.ends_edit.set_day(date(2026, 9, 8))
    store(qtbot, context, form)
    (row,) = page.look.person.leaves
    assert (row.starts, row.ends) == (date(2026, 9, 7), date(2026, 9, 8))


def test_a_sanction_counts_once_its_decree_is_typed(qtbot, context, page):
    press(qtbot, context, page, "sanctions")
    form = dialog(page)
    number = form.ui.kind_box.findText("Pemotongan tunjangan kinerja 25% selama 6 bulan")
    form.ui.kind_box.setCurrentIndex(number)
    form.ui.kind_box.activated.emit(number)
    form.ui.factor_edit.setText("50")
    store(qtbot, context, form)
    form = correct(page, "sanctions")
    assert form.ui.factor_edit.text() == "50"
    assert form.ui.kind_box.currentText() == "Pemotongan tunjangan kinerja 25% selama 6 bulan"
    form.ui.decree_edit.setText("SK 1/2026")
    store(qtbot, context, form)
    (row,) = page.look.person.sanctions
    assert (row.decree, row.factor, row.ends) == ("SK 1/2026", Decimal("0.5"), date(2027, 2, 28))
    assert "belum diperhitungkan" not in texts(page)


def test_a_share_that_is_no_number_is_told_at_its_field(qtbot, context, page):
    press(qtbot, context, page, "sanctions")
    form = dialog(page)
    form.ui.kind_box.setEditText("Teguran tertulis")
    form.ui.factor_edit.setText("tiga perempat")
    store(qtbot, context, form)
    assert form.ui.factor_problem.isVisible()
    assert page.look.person.sanctions == ()


def test_another_name_is_added_and_a_taken_one_refused(qtbot, context, page, database, chief):
    with database.work(chief) as work:
        people.add_alias(work, 3, AliasDraft("pin", "0012", "1"))
    press(qtbot, context, page, "aliases")
    form = dialog(page)
    form.ui.value_edit.setText("0012")
    form.ui.device_edit.setText("1")
    store(qtbot, context, form)
    assert form.ui.value_problem.text() == "Nama lain ini sudah dipakai untuk Pegawai 3."
    form.ui.value_edit.setText("0013")
    store(qtbot, context, form)
    assert "0013 (mesin 1)" in texts(page)


def test_the_history_tells_what_was_there_before(qtbot, context, page):
    page.ui.edit_button.click()
    form = dialog(page)
    form.ui.name_edit.setText("Pegawai Satu")
    store(qtbot, context, form)
    press(qtbot, context, page, "history")
    assert "Identitas diubah: nama Pegawai 1 → Pegawai Satu" in texts(page)


def test_the_counter_warns_and_does_not_punish(qtbot, context, page):
    press(qtbot, context, page, "count")
    assert "0 hari tanpa keterangan tahun ini" in texts(page)
    assert "PP 94/2021" in texts(page)


def test_several_people_get_one_superior(qtbot, context, page):
    page.ui.table.selectAll()
    page.ui.table.selectRow(1)
    page.ui.table.selectionModel().select(
        page.ui.table.model().index(2, 0),
        page.ui.table.selectionModel().SelectionFlag.Select
        | page.ui.table.selectionModel().SelectionFlag.Rows,
    )
    settle(qtbot, context)
    page.superior_action.trigger()
    form = dialog(page)
    assert form.ui.superior_note.text() == "Untuk Pegawai 3, Pegawai 2."
    choices.select(form.ui.superior_id_box, 1)
    store(qtbot, context, form)
    assert [row.superior for row in page.model.rows] == ["", "Pegawai 1", "Pegawai 1"]


def test_a_person_who_left_is_found_among_the_inactive_and_can_return(qtbot, context, page):
    page.ui.table.selectRow(2)
    settle(qtbot, context)
    page.leave_action.trigger()
    form = dialog(page)
    form.ui.valid_to_edit.set_day(date(2026, 8, 31))
    store(qtbot, context, form)
    assert form.ui.reason_problem.isVisible()
    form.ui.reason_edit.setText("Pensiun")
    store(qtbot, context, form)
    assert names(page) == ["Pegawai 1", "Pegawai 3"]
    page.ui.state_box.setCurrentText("Nonaktif")
    assert names(page) == ["Pegawai 2"]
    page.ui.table.selectRow(0)
    settle(qtbot, context)
    assert page.return_action.isEnabled()
    page.return_action.trigger()
    settle(qtbot, context)
    page.ui.state_box.setCurrentIndex(0)
    assert names(page) == ["Pegawai 1", "Pegawai 3", "Pegawai 2"]


def test_a_visit_shows_the_person_asked_for(qtbot, context, page):
    page.ui.search_edit.setText("nobody")
    page.visit(Place("people", "positions", 2))
    settle(qtbot, context)
    assert page.ui.table.selected().id == 2
    assert "Pengolah Data" in texts(page)


def test_whoever_may_only_read_changes_nothing(qtbot, database, context, office):
    reader = Context(Actor("Pembaca", Right.READ), context.jobs, context.scope)
    context.scope.choose_unit(office, "Dinas Contoh")
    page = PeoplePage(reader)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, context)
    for button in (page.ui.add_button, page.ui.edit_button, page.ui.import_button):
        assert not button.isEnabled()
        assert button.toolTip() == "Anda tidak berwenang mencatat"
    assert page.ui.person_pane.buttons("positions") == []


def test_an_empty_unit_says_what_belongs_here(qtbot, context, database, chief):
    with database.work(chief) as work:
        unit = units.create(work, UnitDraft("Unit Kosong", None, START))
    context.scope.choose_unit(unit, "Unit Kosong")
    page = PeoplePage(context)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, context)
    assert page.ui.stack.currentWidget() is page.ui.empty_state
    assert page.ui.empty_state.action_button.text() == "Impor daftar pegawai…"


def test_the_model_obeys_qt(qtmodeltester, page):
    qtmodeltester.check(page.model)


@pytest.fixture
def listed(tmp_path):
    """A list with a new person, a changed one and a damaged number."""
    path = tmp_path / "daftar.csv"
    path.write_text(
        "NIP;NAMA;GOLONGAN;JABATAN\n"
        "198501012010012004;Pegawai 4;III/a;Pengolah Data\n"
        f"{NIPS[1]};Pegawai 2;III/c;Pengolah Data\n"
        "199201012020011000;Pegawai 5;III/a;Sekretaris\n",
        encoding="utf-8",
    )
    return path


def test_a_dropped_list_is_shown_answered_stored_and_taken_back(qtbot, context, page, listed):
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(listed))])
    page.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            dropped,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    form = dialog(page, StaffImportDialog)
    settle(qtbot, context)
    assert [row.verdict.value for row in form.ui.rows_table.shown] == [
        "perlu jawaban",
        "baru",
        "berubah",
    ]
    assert "rusak" in form.ui.reason_label.text()
    assert form.ui.apply_button.text() == "&Simpan 2 pegawai"
    form.ui.take_button.click()
    settle(qtbot, context)
    assert form.ui.apply_button.text() == "&Simpan 3 pegawai"
    form.ui.tabs.setCurrentWidget(form.ui.titles_tab)
    assert form.ui.titles_tab.isVisible()
    places = [row.title for row in form.ui.titles_table.shown]
    form.ui.titles_table.selectRow(places.index("Sekretaris"))
    choices.select(form.ui.level_box, Level.ADMINISTRATOR)
    form.ui.level_button.click()
    settle(qtbot, context)
    form.ui.apply_button.click()
    settle(qtbot, context)
    assert len(page.model.rows) == 5
    rows = {row.person.name: row.person for row in page.model.rows}
    assert rows["Pegawai 2"].grade == "III/c"
    assert (rows["Pegawai 5"].nip, rows["Pegawai 5"].level) == (None, Level.ADMINISTRATOR)
    said = next(one for one in page.window().findChildren(Toast) if one.isVisible())
    assert "2 pegawai baru, 1 berubah" in said.accessibleName()
    said.undo_button.click()
    settle(qtbot, context)
    assert len(page.model.rows) == 3


def test_only_the_counted_kind_is_listed_on_request(qtbot, context, page, listed):
    form = page.open_import(listed)
    settle(qtbot, context)
    buttons = {
        button.text(): button for button in form.count_buttons.values() if button.isVisible()
    }
    assert set(buttons) == {"Perlu dijawab 1", "Baru 1", "Berubah 1"}
    buttons["Berubah 1"].click()
    assert [row.name for row in form.ui.rows_table.shown] == ["Pegawai 2"]
    assert "golongan III/b → III/c" in form.ui.reason_label.text()
    form.ui.skip_button.click()
    settle(qtbot, context)
    assert form.ui.apply_button.text() == "&Simpan 1 pegawai"
    form.reject()


def test_a_file_that_cannot_be_read_is_told_and_stores_nothing(qtbot, context, page, tmp_path):
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(b"PK\x03\x04 cut off")
    form = page.open_import(path)
    settle(qtbot, context)
    assert form.ui.message_bar.text
    assert not form.ui.apply_button.isEnabled()
    assert form.ui.apply_button.toolTip() == "Berkas ini tidak dapat dibaca"
    form.reject()
    assert len(page.model.rows) == 3


def together(qtbot, page):
    """Open the form for all who are selected, and wait until it has tried nothing."""
    page.ui.edit_button.click()
    form = dialog(page, TogetherDialog)
    settle(qtbot, page.context)
    return form


def ok(form):
    return form.ui.button_box.button(QDialogButtonBox.StandardButton.Ok)


def test_several_people_are_changed_at_once_by_keyboard(qtbot, page, context):
    activate(qtbot, page)
    qtbot.keyClick(page.ui.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.ui.edit_button.text() == "&Ubah 3 orang…"
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_F2)
    form = dialog(page, TogetherDialog)
    settle(qtbot, context)
    assert form.windowTitle() == "Ubah untuk 3 orang"
    assert not ok(form).isEnabled()
    assert ok(form).toolTip().startswith("Isi sekurang-kurangnya satu")
    qtbot.keyClicks(form.ui.job_class_box, "9")
    settle(qtbot, context)
    assert [column.title for column in form.model.columns] == ["Pegawai", "Kelas\n→ 9", "Caranya"]
    assert [[column.text(row) for column in form.model.columns] for row in form.model.rows] == [
        ["Pegawai 1", "14", "baru"],
        ["Pegawai 3", "–", "dilengkapi"],
        ["Pegawai 2", "7", "baru"],
    ]
    assert ok(form).text() == "Ubah 3 orang"
    QTest.keyClick(form.windowHandle(), Qt.Key.Key_Return)
    settle(qtbot, context)
    assert [row.person.job_class for row in page.ui.table.shown] == [9, 9, 9]
    assert page.findChild(Toast).accessibleName() == "3 pegawai diubah"


def test_what_was_changed_at_once_is_taken_back_with_one_key(qtbot, page, context):
    page.ui.table.selectAll()
    form = together(qtbot, page)
    form.ui.position_title_edit.setText("Analis Contoh")
    choices.select(form.ui.superior_id_box, page.overview.rows[0].id)
    store(qtbot, context, form)
    assert {row.person.title for row in page.ui.table.shown} == {"Analis Contoh"}
    assert [row.superior for row in page.ui.table.shown] == ["", "Pegawai 1", "Pegawai 1"]
    page.window().findChild(Toast).undo_button.click()
    settle(qtbot, context)
    assert [row.person.title for row in page.ui.table.shown] == [
        "Kepala Dinas",
        "Arsiparis Terampil",
        "Pengolah Data",
    ]


def test_what_fits_only_some_is_said_while_it_is_typed_and_changes_nobody(qtbot, page, context):
    page.ui.table.selectAll()
    form = together(qtbot, page)
    choices.select(form.ui.grade_box, "III/c")
    settle(qtbot, context)
    assert form.ui.grade_problem.text() == "III/c bukan golongan untuk PPPK: Pegawai 3."
    assert form.model.rows == ()
    assert not ok(form).isEnabled()
    form.ui.superior_id_box.setEditText("Bukan siapa pun")
    assert "Pilih dari daftar" in form.ui.superior_id_problem.text()
    form.reject()


def test_one_person_is_changed_with_the_same_form(qtbot, page, context):
    activate(qtbot, page)
    page.ui.table.selectRow(2)
    settle(qtbot, context)
    assert page.ui.edit_button.text() == "&Ubah identitas"
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    form = dialog(page, TogetherDialog)
    settle(qtbot, context)
    assert form.windowTitle() == "Ubah untuk 1 orang"
    choices.select(form.ui.grade_box, "III/c")
    settle(qtbot, context)
    store(qtbot, context, form)
    assert page.ui.table.selected().person.grade == "III/c"
