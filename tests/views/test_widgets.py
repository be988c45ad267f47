from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QDate, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from wfh_desktop.domain.errors import Problem
from wfh_desktop.domain.periods import Period
from wfh_desktop.views.page import permit
from wfh_desktop.views.tables import Column, DataTable, TableModel
from wfh_desktop.views.widgets import toast
from wfh_desktop.views.widgets.checklist import Checklist, Item
from wfh_desktop.views.widgets.elided_label import ElidedLabel
from wfh_desktop.views.widgets.empty_state import EmptyState
from wfh_desktop.views.widgets.fields import DayEdit, ProblemLabel, show_problems
from wfh_desktop.views.widgets.figure_button import FigureButton
from wfh_desktop.views.widgets.icon_label import IconLabel
from wfh_desktop.views.widgets.message_bar import MessageBar
from wfh_desktop.views.widgets.month_picker import EARLIEST, MonthPicker
from wfh_desktop.views.widgets.side_panel import SidePanel
from wfh_desktop.views.widgets.status_pill import StatusPill
from wfh_desktop.views.widgets.totals_row import TotalsRow


@pytest.fixture
def put(qtbot):
    """Show a widget in a window of its own."""

    windows = []

    def put(widget):
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(900, 600)
        QVBoxLayout(window).addWidget(widget)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return widget

    return put


def test_a_date_field_begins_its_weeks_on_monday_and_speaks_indonesian(put):
    field = put(DayEdit())
    field.set_day(date(2026, 3, 2))
    assert field.text() == "2 Maret 2026"
    assert field.day() == date(2026, 3, 2)
    assert field.calendarWidget().firstDayOfWeek() == Qt.DayOfWeek.Monday


def test_a_date_can_be_typed(qtbot, put):
    field = put(DayEdit())
    field.setDate(QDate(2026, 3, 2))
    field.setFocus()
    qtbot.keyClicks(field, "17")
    QTest.keyClick(field.typing, Qt.Key.Key_Return)
    assert field.day() == date(2026, 3, 17)


def test_problems_stand_at_their_fields_and_the_rest_is_returned(put):
    form = QWidget()
    layout = QVBoxLayout(form)
    for name in ("nama_problem", "jabatan_problem"):
        label = ProblemLabel()
        label.setObjectName(name)
        layout.addWidget(label)
    put(form)
    rest = show_problems(form, [Problem("nama", "required"), Problem("lain", "required")])
    nama, jabatan = form.findChildren(ProblemLabel)
    assert (nama.isVisible(), jabatan.isVisible()) == (True, False)
    assert nama.text() == "Nama wajib diisi."
    assert [problem.field for problem in rest] == ["lain"]
    show_problems(form, [])
    assert not nama.isVisible()


def test_the_month_is_chosen_with_arrows_or_from_the_year(qtbot, put):
    picker = put(MonthPicker())
    picker.show_period(Period(2026, 12))
    with qtbot.waitSignal(picker.chosen) as told:
        qtbot.mouseClick(picker.later_button, Qt.MouseButton.LeftButton)
    assert told.args == [Period(2027, 1)]
    assert picker.month_button.text() == "Januari 2027"
    picker.month_button.click()
    year = next(child for child in picker.children() if hasattr(child, "_turn"))
    with qtbot.waitSignal(picker.chosen) as told:
        year._buttons[8].click()
    assert told.args == [Period(2027, 9)]


def test_a_month_years_ago_is_a_few_keys_away(qtbot, put):
    picker = put(MonthPicker())
    picker.show_period(Period(2026, 11))
    with qtbot.waitSignal(picker.chosen) as chosen:
        QTest.keyClick(
            picker.window().windowHandle(), Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier
        )
        for key in [Qt.Key.Key_PageUp] * 4 + [Qt.Key.Key_Left] * 4 + [Qt.Key.Key_Space]:
            QTest.keyClick(QApplication.focusWidget(), key)
    assert chosen.args == [Period(2022, 7)]


def test_no_month_before_2014_can_be_chosen(put):
    picker = put(MonthPicker())
    picker.show_period(EARLIEST)
    picker.earlier_button.click()
    assert picker.period == EARLIEST


def test_a_toast_is_taken_back_with_ctrl_z(qtbot, put):
    undone = []
    page = put(QLabel("Halaman"))
    shown = toast.say(page, "Laporan diterima", lambda: undone.append(True))
    assert shown.isVisible()
    qtbot.keyClick(page.window(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: undone == [True])


def test_only_the_last_toast_is_shown(qtbot, put):
    page = put(QLabel("Halaman"))
    first = toast.say(page, "Satu")
    with qtbot.waitSignal(first.destroyed):
        second = toast.say(page, "Dua")
    assert second.isVisible()


def test_a_message_bar_offers_its_action(qtbot, put):
    done = []
    bar = put(MessageBar())
    assert not bar.isVisible()
    bar.say("Data berubah.", "attention", "Muat ulang", lambda: done.append(True))
    assert (bar.isVisible(), bar.text) == (True, "Data berubah.")
    bar.action_button.click()
    assert done == [True]
    bar.close_button.click()
    assert bar.text == ""


def test_an_empty_page_offers_what_fills_it(qtbot, put):
    state = put(EmptyState())
    state.say("Belum ada tugas bulan ini.")
    assert not state.action_button.isVisible()
    state.say("Belum ada tugas bulan ini.", "Beri tugas")
    with qtbot.waitSignal(state.asked):
        state.action_button.click()


def test_escape_hides_the_side_panel(qtbot, put):
    panel = put(SidePanel())
    panel.show_title("Pegawai 1", "III/b")
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_a_pill_says_its_state_with_a_mark_and_a_word(put):
    pill = put(StatusPill())
    pill.show_state("Dikunci", "good")
    assert pill.text() == "✓ Dikunci"
    assert pill.property("pill") == "good"
    pill.show_state("")
    assert not pill.isVisible()


def test_a_number_opens_the_list_behind_it_by_keyboard_too(qtbot, put):
    button = put(FigureButton())
    button.show_figure("27", "laporan", "attention", "Buka daftar")
    assert button.accessibleName() == "27 laporan"
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_long_lines_end_in_dots_and_stand_whole_in_the_tool_tip(put):
    label = put(ElidedLabel())
    label.setText("Pegawai dengan nama yang sangat panjang " * 9)
    assert label.minimumSizeHint().width() < 60
    assert label.toolTip() == label.text()
    assert not label.grab().isNull()


def test_a_checklist_leads_to_the_place_of_each_step(qtbot, put):
    steps = put(Checklist())
    steps.show_items([Item("attention", "Presensi", "2 hari", "tanggal 3", "place")])
    with qtbot.waitSignal(steps.asked) as told:
        steps.buttons[0].click()
    assert told.args == ["place"]
    steps.show_items([Item("good", "Presensi", "lengkap", "", "place")])
    assert len(steps.buttons) == 1
    assert steps.buttons[0].text() == "lengkap"


def test_a_picture_is_drawn_in_its_tone(put):
    label = put(IconLabel("good", "good", 24))
    image = label.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(24) for y in range(24)}
    assert "#2e7d4f" in colours
    assert label.size() == QSize(24, 24)


def test_what_is_forbidden_says_why_and_finds_its_own_tip_again(put):
    button = put(QLabel())
    button.setToolTip("Ajukan (Ctrl+Enter)")
    permit(button, "Bulan ini sudah dikunci.")
    assert (button.isEnabled(), button.toolTip()) == (False, "Bulan ini sudah dikunci.")
    permit(button)
    assert (button.isEnabled(), button.toolTip()) == (True, "Ajukan (Ctrl+Enter)")


@dataclass(frozen=True)
class Line:
    id: int
    amount: int


def test_sums_follow_what_is_shown(put):
    table = put(DataTable())
    columns = [
        Column[Line]("Nomor", lambda line: str(line.id)),
        Column[Line](
            "Jumlah",
            lambda line: str(line.amount),
            align="right",
            total=lambda lines: str(sum(line.amount for line in lines)),
        ),
    ]
    model = TableModel(columns)
    table.attach(model)
    totals = TotalsRow()
    totals.follow(table)
    model.show([Line(1, 10), Line(2, 20), Line(30, 5)])
    assert totals.texts == {1: "35"}
    table.set_filter("20")
    assert totals.texts == {1: "20"}
    assert totals.accessibleName() == "20"
