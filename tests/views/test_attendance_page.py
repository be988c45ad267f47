"""The page Presensi, worked by keyboard and mouse as its users do."""

from datetime import UTC, date, datetime, time

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMessageBox
from sqlalchemy import select

from tests.services import offices
from wfh_desktop.domain.attendance import Source, Status, Workplace
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import AuditEntry, Correction, DayEntry
from wfh_desktop.services import days_off
from wfh_desktop.services.home import Kind
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.attendance_import import AttendanceImportDialog
from wfh_desktop.views.dialogs.conflict import ConflictDialog
from wfh_desktop.views.page import Place
from wfh_desktop.views.pages.attendance import AttendancePage
from wfh_desktop.views.widgets.toast import Toast

NOW = datetime(2026, 10, 2, 2, 0, tzinfo=UTC)
MONDAY = date(2026, 9, 7)
MATRIX = """<table><tr><td>OPD</td><td>:</td><td>Unit Contoh</td></tr>
<tr><td>PERIODE</td><td>:</td><td>01-{month} s.d. 30-{month}</td></tr></table>
<table border="1"><tr><th>NO</th><th>Nama Pegawai Negeri Sipil</th><th>NIP</th>{head}</tr>
{rows}</table>"""
WEEKDAYS = ("Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg")


sixty = pytest.mark.parametrize("office", [60], indirect=True)


@pytest.fixture
def office(request, database, chief):
    """A unit of 12 people who are known to a machine, in a year whose holidays are known."""
    with database.work(chief, now=NOW) as work:
        unit = offices.office(work)
        staff = offices.people(work, unit, getattr(request, "param", 12), pins=True)
        days_off.ensure(work, 2026)
        assert unit.id == 1
    return staff


@pytest.fixture
def in_october(monkeypatch):
    """Let the month be over, whenever the test runs."""
    monkeypatch.setattr(Database, "_now", lambda *_: NOW)


@pytest.fixture
def page(office, in_october, shown, qtbot):
    page = shown(AttendancePage)
    page.activateWindow()
    qtbot.waitActive(page)
    return page


def idle(qtbot, context):
    qtbot.waitUntil(lambda: not context.jobs.running)


def enter(database, chief, *entries):
    with database.work(chief, now=NOW) as work:
        for key, day, more in entries:
            entry = DayEntry(unit_id=1, employee_id=key, day=day, source=Source.MANUAL, **more)
            work.add(entry)
            work.log("test.prepared", entry)


def stored(database, chief, kind=DayEntry):
    with database.work(chief) as work:
        rows = work.session.scalars(select(kind).order_by(kind.id)).all()
        return [(row.employee_id, row.day, row.status, row.time_in, row.time_out) for row in rows]


def type_keys(text):
    """Press keys wherever the focus is, as a keyboard does."""
    for key in text:
        widget = QApplication.focusWidget()
        if key == "\n":
            QTest.keyClick(widget, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(widget, key)


def press(key, modifier=Qt.KeyboardModifier.ControlModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def save(page, qtbot):
    press(Qt.Key.Key_S)
    qtbot.waitUntil(lambda: not page.sheet.unsaved)
    idle(qtbot, page.context)


def day_tab(page, qtbot, day=MONDAY):
    page.ui.tabs.setCurrentWidget(page.sheet)
    page.sheet.show_day(day)
    idle(qtbot, page.context)
    page.sheet.ui.grid.setFocus()
    qtbot.waitUntil(page.sheet.ui.grid.hasFocus)
    return page.sheet.ui.grid


# the month


def test_shows_everybody_and_every_day_with_its_cause(page, qtbot, database, chief, office):
    assert page.ui.matrix.matrix.rowCount() == 12
    assert page.ui.unclear_pill.text().endswith("264 hari belum jelas")
    enter(database, chief, (office[0], MONDAY, {"status": Status.DUTY}))
    with qtbot.waitSignal(page.context.jobs.idle):
        page.refresh()
    index = page.ui.matrix.matrix.index(0, 6)
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "Pegawai 1\nSenin, 7 September 2026: Dinas luar\nMenurut manual: dinas luar."
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("7 September 2026: Dinas luar")


def test_the_panel_follows_the_current_cell_and_corrects_the_day(
    page, qtbot, database, chief, office
):
    matrix = page.ui.matrix
    matrix.go_to(office[0], MONDAY)
    matrix.setFocus()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    idle(qtbot, page.context)
    ui = page.panel.ui
    assert ui.question_label.text().startswith("Belum ada data presensi")
    assert ui.status_combo.hasFocus()
    ui.status_combo.setCurrentIndex(0)
    ui.time_in_edit.setText("0750")
    ui.time_out_edit.setText("16.05")
    ui.save_button.click()
    idle(qtbot, page.context)
    assert ui.reason_problem.text() == "Alasan wajib diisi."
    ui.reason_edit.setText("Mesin mati")
    ui.save_button.click()
    idle(qtbot, page.context)
    assert stored(database, chief, Correction) == [
        (office[0], MONDAY, None, time(7, 50), time(16, 5))
    ]
    assert "terlambat 5 menit" in ui.status_pill.text()
    assert "Mesin mati" in ui.cause_label.text()
    assert "mengoreksi: Mesin mati" in ui.history_label.text()
    QTest.keyClick(matrix, Qt.Key.Key_Down)
    qtbot.waitUntil(ui.question_label.isVisible)
    assert page.ui.side_panel.accessibleName() == "Pegawai 10"


def test_a_correction_is_taken_back_from_the_toast(page, qtbot, office):
    page._open_day(office[0], MONDAY)
    idle(qtbot, page.context)
    page.panel.ui.status_combo.setCurrentIndex(1)
    page.panel.ui.reason_edit.setText("Keliru")
    page.panel.ui.save_button.click()
    idle(qtbot, page.context)
    assert page.ui.matrix.matrix.rows[0].days[6].corrected
    page.findChild(Toast).undo_button.click()
    idle(qtbot, page.context)
    assert not page.ui.matrix.matrix.rows[0].days[6].corrected
    card = page.panel.ui.corrections_layout.itemAt(0).widget()
    assert "Sudah ditarik." in card.findChild(QLabel).text()


def test_wrong_times_are_told_at_their_field(page, qtbot, office):
    page._open_day(office[0], MONDAY)
    idle(qtbot, page.context)
    page.panel.ui.time_in_edit.setText("2561")
    page.panel.ui.reason_edit.setText("Coba")
    page.panel.ui.save_button.click()
    assert page.panel.ui.time_in_problem.text() == "Tidak ada pukul 2561."


def test_search_and_filter_narrow_the_list(page, qtbot, database, chief, office):
    page.ui.search_edit.setText(f"pegawai {offices.nip(7)}")
    assert [row.person.name for row in page.ui.matrix.matrix.rows] == ["Pegawai 7"]
    page.ui.search_edit.clear()
    enter(database, chief, (office[3], MONDAY, {"status": Status.ABSENT}))
    with qtbot.waitSignal(page.context.jobs.idle):
        page.refresh()
    page.ui.show_combo.setCurrentText("Tanpa keterangan")
    assert [row.person.id for row in page.ui.matrix.matrix.rows] == [office[3]]


def test_cells_are_copied_with_names_and_dates(page, office, database, chief, qtbot):
    enter(database, chief, (office[0], MONDAY, {"time_in": time(7, 31), "time_out": time(16, 16)}))
    with qtbot.waitSignal(page.context.jobs.idle):
        page.refresh()
    page.ui.matrix.setFocus()
    page.ui.matrix.go_to(office[0], MONDAY)
    press(Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == "\tSn 7\nPegawai 1\t07.31 - 16.16"


def test_other_pages_can_ask_for_a_day_for_the_unclear_and_for_today(page, qtbot, office):
    page.visit(Place("attendance", "day", office[4], MONDAY))
    idle(qtbot, page.context)
    assert page.ui.matrix.current == (office[4], MONDAY)
    assert page.ui.side_panel.isVisible()
    page.visit(Place("attendance", "unclear"))
    idle(qtbot, page.context)
    assert page.ui.show_combo.currentText() == "Belum jelas"
    page.visit(Place("attendance", f"today:{Kind.DUTY}"))
    idle(qtbot, page.context)
    assert page.ui.tabs.currentWidget() is page.sheet
    assert page.ui.message_bar.text.startswith("Hanya Dinas luar")
    assert all(page.sheet.ui.grid.isRowHidden(row) for row in range(12))
    page.ui.message_bar.action_button.click()
    page.ui.show_combo.setCurrentIndex(0)
    assert not page.sheet.ui.grid.isRowHidden(0)


# one day


@sixty
def test_sixty_people_are_entered_by_a_few_keys_each(page, qtbot, database, chief, office):
    """Eleven keys a person at most: sixty people in ninety seconds leave time to look up."""
    grid = day_tab(page, qtbot)
    for text in ["h", "w", "0731", "7.31-16.16", "ct", "d"] * 10:
        type_keys(f"{text}\n")
    save(page, qtbot)
    rows = stored(database, chief)
    assert {row[0] for row in rows} == set(office)
    assert [row[2:] for row in rows[:6]] == [
        (Status.PRESENT, None, None),
        (Status.PRESENT, None, None),
        (None, time(7, 31), None),
        (None, time(7, 31), time(16, 16)),
        (Status.LEAVE, None, None),
        (Status.DUTY, None, None),
    ]
    assert grid.grid.unsaved == 0


@sixty
def test_two_columns_from_a_spreadsheet_are_pasted_over_sixty_people(
    page, qtbot, database, chief, office
):
    grid = day_tab(page, qtbot)
    cells = ["07.31\t16.16", "07:45\t16:00"] * 30
    QGuiApplication.clipboard().setText("\r\n".join(cells) + "\r\n")
    grid.setCurrentIndex(grid.grid.index(0, 2))
    press(Qt.Key.Key_V)
    assert grid.grid.unsaved == 60
    press(Qt.Key.Key_Z)
    assert grid.grid.unsaved == 0
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    save(page, qtbot)
    rows = stored(database, chief)
    assert len(rows) == 60
    assert rows[1][3:] == (time(7, 45), time(16, 0))


def test_fill_down_and_delete_work_on_the_selection(page, qtbot, office):
    grid = day_tab(page, qtbot)
    type_keys("w\n")
    grid.setCurrentIndex(grid.grid.index(0, 1))
    for _ in range(4):
        QTest.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_D)
    assert [grid.grid.text(row, "code") for row in range(6)] == ["WFH"] * 5 + [""]
    press(Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    assert grid.grid.unsaved == 0
    press(Qt.Key.Key_Z)
    press(Qt.Key.Key_Z)
    assert [grid.grid.text(row, "code") for row in range(3)] == ["WFH", "", ""]


def test_arrow_keys_leave_a_cell_that_is_being_typed(page, qtbot, office):
    grid = day_tab(page, qtbot)
    type_keys("h")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    type_keys("d")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert [grid.grid.text(row, "code") for row in range(2)] == ["WFO", "DL"]
    assert grid.currentIndex().row() == 0


def test_a_hundred_steps_can_be_undone(page, qtbot, office):
    grid = day_tab(page, qtbot)
    for number in range(110):
        grid.grid.type_into({(number % 12, "note"): f"Catatan {number}"})
    for _ in range(100):
        press(Qt.Key.Key_Z)
    assert not grid.grid.undo_stack.canUndo()
    assert [grid.grid.text(row, "note") for row in (9, 10)] == ["Catatan 9", ""]


def test_what_nobody_understands_stays_and_keeps_the_day_from_being_saved(page, qtbot, office):
    grid = day_tab(page, qtbot)
    type_keys("h\nxx\n")
    assert grid.grid.text(1, "code") == "xx"
    assert not page.sheet.ui.save_button.isEnabled()
    assert page.sheet.ui.save_button.toolTip() == "1 baris tidak dimengerti; lihat sel merah"
    assert "tidak dimengerti" in grid.grid.index(1, 1).data(Qt.ItemDataRole.ToolTipRole)


def test_what_was_saved_can_be_taken_back_and_saved_again(page, qtbot, database, chief, office):
    grid = day_tab(page, qtbot)
    type_keys("d\n")
    save(page, qtbot)
    assert grid.grid.index(0, 5).data() == "Dinas luar"
    press(Qt.Key.Key_Z)
    idle(qtbot, page.context)
    qtbot.waitUntil(lambda: grid.grid.text(0, "code") == "")
    grid.setCurrentIndex(grid.grid.index(0, 1))
    type_keys("s\n")
    save(page, qtbot)
    assert stored(database, chief)[0][2] is Status.SICK


def test_ctrl_s_takes_the_cell_that_is_still_being_typed(page, qtbot, database, chief, office):
    day_tab(page, qtbot)
    type_keys("d")
    press(Qt.Key.Key_S)
    qtbot.waitUntil(lambda: len(stored(database, chief)) == 1)
    idle(qtbot, page.context)
    type_keys("\nd\ns")
    press(Qt.Key.Key_S)
    qtbot.waitUntil(lambda: len(stored(database, chief)) == 3)


def test_typed_days_are_not_lost_when_another_day_or_month_is_chosen(
    page, qtbot, database, chief, office
):
    grid = day_tab(page, qtbot)
    type_keys("d\n")
    page.sheet.ui.next_button.click()
    box = page.findChild(QMessageBox)
    assert box.text() == "Isian Senin, 7 September 2026 belum disimpan."
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert page.sheet.ui.day_edit.day() == MONDAY
    page.context.scope.choose_period(page.context.scope.period.shifted(-1))
    idle(qtbot, page.context)
    assert "belum disimpan" in page.sheet.ui.message_bar.text
    page.sheet.ui.message_bar.action_button.click()
    idle(qtbot, page.context)
    assert stored(database, chief) == [(grid.grid.rows[0].id, MONDAY, Status.DUTY, None, None)]
    qtbot.waitUntil(lambda: grid.grid.day == date(2026, 8, 3))


def test_saving_from_the_question_goes_on_to_the_wanted_day(page, qtbot, database, chief, office):
    grid = day_tab(page, qtbot)
    type_keys("d\n")
    page.sheet.ui.next_button.click()
    page.findChild(QMessageBox).button(QMessageBox.StandardButton.Save).click()
    idle(qtbot, page.context)
    qtbot.waitUntil(lambda: grid.grid.day == date(2026, 9, 8))
    assert len(stored(database, chief)) == 1


def test_somebody_elses_change_is_not_overwritten(page, qtbot, database, chief, office):
    grid = day_tab(page, qtbot)
    type_keys("d\n")
    enter(database, chief, (grid.grid.rows[0].id, MONDAY, {"status": Status.SICK}))
    press(Qt.Key.Key_S)
    qtbot.waitUntil(lambda: page.findChild(ConflictDialog) is not None)
    asked = page.findChild(ConflictDialog)
    assert [(line.mine, line.theirs, line.base) for line in asked.lines] == [
        ("DL", "S", "(kosong)")
    ]
    assert stored(database, chief)[0][2] is Status.SICK
    assert grid.grid.unsaved == 1
    asked.ui.mine_button.click()
    asked.ui.button_box.button(QDialogButtonBox.StandardButton.Ok).click()
    assert grid.grid.unsaved == 1
    page.sheet.ui.save_button.click()
    qtbot.waitUntil(lambda: stored(database, chief)[0][2] is Status.DUTY)


def test_what_only_one_of_both_typed_is_no_question(page, qtbot, database, chief, office):
    grid = day_tab(page, qtbot)
    first, second = (grid.grid.rows[number].id for number in (0, 1))
    type_keys("d\n")
    enter(database, chief, (second, MONDAY, {"status": Status.SICK}))
    press(Qt.Key.Key_S)
    idle(qtbot, page.context)
    said = {key: status for key, _, status, *_ in stored(database, chief)}
    assert said == {first: Status.DUTY, second: Status.SICK}
    assert page.findChild(ConflictDialog) is None


# what is forbidden, and why


def test_a_locked_month_says_why_nothing_can_be_changed(page, qtbot, office):
    grid = day_tab(page, qtbot)
    page.context.scope.show_state(State.FINAL)
    type_keys("d\n")
    assert grid.grid.unsaved == 0
    for button in (page.ui.import_button, page.panel.ui.save_button, page.sheet.ui.save_button):
        assert not button.isEnabled()
        assert "sudah dikunci" in button.toolTip()
    page.context.scope.show_state(State.DRAFT)
    assert page.ui.import_button.isEnabled()


def test_a_reader_may_look_and_not_change(office, in_october, qtbot, context):
    reader = Context(Actor("Pembaca", Right.READ), context.jobs, context.scope)
    context.scope.choose_unit(1, "Unit Contoh")
    page = AttendancePage(reader)
    qtbot.addWidget(page)
    with qtbot.waitSignal(context.jobs.idle):
        page.show()
    assert "tidak berwenang" in page.ui.import_button.toolTip()
    assert page.ui.matrix.matrix.rowCount() == 12


def test_a_unit_without_people_offers_to_add_them(database, chief, in_october, shown, qtbot):
    with database.work(chief, now=NOW) as work:
        offices.office(work)
    page = shown(AttendancePage)
    assert page.ui.stack.currentWidget() is page.ui.empty_state
    with qtbot.waitSignal(page.navigate) as asked:
        page.ui.empty_state.action_button.click()
    assert asked.args == [Place("people")]


def test_an_empty_calendar_is_told_and_filled_with_one_click(
    database, chief, in_october, shown, qtbot, context
):
    with database.work(chief, now=NOW) as work:
        offices.people(work, offices.office(work), 1)
    page = shown(AttendancePage)
    assert page.ui.message_bar.text.startswith("Hari libur 2026 belum diisi")
    page.ui.message_bar.action_button.click()
    idle(qtbot, context)
    assert page.ui.message_bar.text == ""


def test_a_day_on_which_nobody_came_is_made_a_holiday_with_one_click(
    page, qtbot, database, chief, office
):
    days = [date(2026, 9, number) for number in (7, 8, 9)]
    there = {"time_in": time(7, 31), "time_out": time(16, 16)}
    enter(database, chief, *[(key, day, there) for key in office for day in days[:2]])
    enter(database, chief, *[(key, days[2], {"status": Status.ABSENT}) for key in office])
    with qtbot.waitSignal(page.context.jobs.idle):
        page.refresh()
    assert page.ui.message_bar.text == (
        "Hampir tidak ada yang hadir pada Rabu, 9 September 2026. Hari libur daerah?"
    )
    page.ui.message_bar.action_button.click()
    idle(qtbot, page.context)
    assert page.ui.matrix.matrix.rows[0].days[8].status is Status.HOLIDAY
    assert page.ui.message_bar.text == ""
    page.findChild(Toast).undo_button.click()
    idle(qtbot, page.context)
    assert page.ui.matrix.matrix.rows[0].days[8].status is Status.ABSENT


def test_missing_work_hours_are_told(database, chief, in_october, shown, qtbot):
    with database.work(chief, now=NOW) as work:
        offices.people(work, offices.office(work, hours=None), 1)
    page = shown(AttendancePage)
    assert page.ui.message_bar.text == "Jam kerja unit ini belum ditentukan."


# files


def matrix_file(tmp_path, rows, month="2026-09"):
    days = [date.fromisoformat(f"{month}-{number:02}") for number in range(1, 31)]
    head = "".join(f"<th>{WEEKDAYS[day.weekday()]}<br>{day.day:02}</th>" for day in days)
    lines = []
    for number, (name, nip) in enumerate(rows, start=1):
        cells = "".join(f"<td>{'-' if day.weekday() > 4 else '07:31 - 16:16'}</td>" for day in days)
        lines.append(f"<tr><td>{number}</td><td>{name}</td><td>{nip}</td>{cells}</tr>")
    path = tmp_path / "presensi.xls"
    year, number = month.split("-")
    page = MATRIX.format(month=f"{number}-{year}", head=head, rows="\n".join(lines))
    path.write_text(page, encoding="utf-8")
    return path


def dialog_of(page, qtbot):
    qtbot.waitUntil(lambda: page.findChild(AttendanceImportDialog) is not None)
    dialog = page.findChild(AttendanceImportDialog)
    qtbot.waitUntil(lambda: dialog.preview is not None)
    idle(qtbot, page.context)
    return dialog


def test_a_dropped_file_is_previewed_taken_over_and_taken_back(
    page, qtbot, database, chief, office, tmp_path
):
    path = matrix_file(tmp_path, [(f"Pegawai {n}", offices.nip(n)) for n in (1, 2)])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    actions, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(5, 5), actions, mime, left, none)
    QApplication.sendEvent(page, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), actions, mime, left, none))
    dialog = dialog_of(page, qtbot)
    assert stored(database, chief) == []
    assert dialog.count_buttons["new"].text() == "Baru 60"
    dialog.ui.apply_button.click()
    idle(qtbot, page.context)
    assert len(stored(database, chief)) == 60
    qtbot.waitUntil(lambda: page.ui.matrix.matrix.rows[0].summary.present == 22)
    page.findChild(Toast).undo_button.click()
    idle(qtbot, page.context)
    qtbot.waitUntil(lambda: page.ui.matrix.matrix.rows[0].summary.present == 0)


def test_names_are_asked_and_proposals_accepted_with_one_key(
    page, qtbot, database, chief, office, tmp_path
):
    page._read(str(matrix_file(tmp_path, [("PEGAWAI 3", ""), ("Orang Lain Sekali", "")])))
    dialog = dialog_of(page, qtbot)
    assert not dialog.ui.apply_button.isEnabled()
    assert "1 pertanyaan" in dialog.ui.apply_button.toolTip()
    dialog.ui.people_table.setFocus()
    dialog.ui.people_table.selectRow(0)
    QTest.keyClick(dialog.ui.people_table, Qt.Key.Key_Return)
    idle(qtbot, page.context)
    assert dialog.ui.apply_button.isEnabled()
    assert next(iter(dialog.combos.values())).currentText() == "Pegawai 3"
    dialog.ui.apply_button.click()
    idle(qtbot, page.context)
    assert {row[0] for row in stored(database, chief)} == {office[2]}


def test_an_unknown_pin_is_given_a_person_from_the_list(
    page, qtbot, database, chief, office, tmp_path
):
    path = tmp_path / "attlog.dat"
    path.write_text("  777\t2026-09-07 07:31:00\t1\t0\t0\n  777\t2026-09-07 16:16:00\t1\t0\t0\n")
    page._read(str(path))
    dialog = dialog_of(page, qtbot)
    (combo,) = dialog.combos.values()
    wanted = combo.findText("Pegawai 5")
    combo.activated.emit(wanted)
    idle(qtbot, page.context)
    assert combo.currentText() == "Pegawai 5"
    dialog.ui.apply_button.click()
    idle(qtbot, page.context)
    row = next(one for one in page.ui.matrix.matrix.rows if one.person.id == office[4])
    assert row.days[6].workplace is Workplace.OFFICE


def test_people_whom_only_the_file_knows_are_added_with_one_button(
    page, qtbot, database, chief, office, tmp_path
):
    rows = [("Pegawai 1", offices.nip(1)), ("Orang Baru, S.E.", offices.nip(90))]
    page._read(str(matrix_file(tmp_path, rows)))
    dialog = dialog_of(page, qtbot)
    button = dialog.ui.add_people_button
    assert button.text() == "Tam&bahkan 1 pegawai dari berkas ini"
    button.click()
    idle(qtbot, page.context)
    assert not button.isVisible()
    assert dialog.count_buttons["new"].text() == "Baru 60"
    dialog.ui.apply_button.click()
    idle(qtbot, page.context)
    qtbot.waitUntil(lambda: page.ui.matrix.matrix.rowCount() == 13)
    added = [row for row in page.ui.matrix.matrix.rows if row.person.nip == offices.nip(90)]
    assert added[0].person.name == "Orang Baru, S.E."
    assert added[0].summary.present == 22


def test_a_file_that_is_no_attendance_is_refused_in_words(page, qtbot, office, tmp_path):
    path = tmp_path / "presensi.xls"
    path.write_text("<h4>A PHP Error was encountered</h4>")
    page._read(str(path))
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is not None)
    assert "presensi.xls" in page.findChild(QMessageBox).text()


def test_a_file_of_another_month_says_so(page, qtbot, office, tmp_path):
    page._read(str(matrix_file(tmp_path, [("Pegawai 1", offices.nip(1))], "2026-06")))
    dialog = dialog_of(page, qtbot)
    assert not dialog.ui.apply_button.isEnabled()
    assert dialog.count_buttons["outside"].text() == "Di luar bulan 30"
    assert dialog.ui.message_bar.text == (
        "Berkas ini tentang Juni 2026, yang dipilih September 2026."
    )


def test_a_cancelled_import_changes_nothing(page, qtbot, database, chief, office, tmp_path):
    page._read(str(matrix_file(tmp_path, [("Pegawai 1", offices.nip(1))])))
    dialog_of(page, qtbot).ui.cancel_button.click()
    idle(qtbot, page.context)
    with database.work(chief) as work:
        actions = set(work.session.scalars(select(AuditEntry.action)))
    assert "attendance.imported" not in actions
    assert stored(database, chief) == []
