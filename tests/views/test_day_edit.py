"""The date field, typed into by keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QVBoxLayout, QWidget

from wfh_desktop.views.widgets.fields import DayEdit

START = date(2026, 11, 1)


@pytest.fixture
def form(qtbot):
    """A date field between two others."""
    form = QWidget()
    qtbot.addWidget(form)
    form.before, form.day_edit, form.after = QLineEdit(), DayEdit(), QLineEdit()
    column = QVBoxLayout(form)
    for field in (form.before, form.day_edit, form.after):
        column.addWidget(field)
    form.day_edit.set_day(START)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.before.setFocus()
    press(Qt.Key.Key_Tab)
    return form


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


def type_text(text):
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget(), letter)


@pytest.mark.parametrize("text", ["5/7/2022", "05072022", "5 Juli 2022", "5-7-22"])
def test_a_date_is_typed_as_a_whole(form, text):
    told = []
    form.day_edit.dateChanged.connect(told.append)
    type_text(text)
    assert form.day_edit.typing.text() == text
    press(Qt.Key.Key_Tab)
    assert form.day_edit.day() == date(2022, 7, 5)
    assert form.day_edit.text() == "5 Juli 2022"
    assert told == [QDate(2022, 7, 5)]
    assert QApplication.focusWidget() is form.after
    assert not form.day_edit.typing.isVisible()


def test_enter_takes_the_date_over_and_stays_in_the_field(form):
    type_text("5/7/2022")
    press(Qt.Key.Key_Return)
    assert form.day_edit.day() == date(2022, 7, 5)
    assert form.day_edit.hasFocus()


def test_shift_tab_takes_it_over_and_goes_back(form):
    type_text("5/7/2022")
    QTest.keyClick(form.day_edit.typing, Qt.Key.Key_Backtab)
    assert form.day_edit.day() == date(2022, 7, 5)
    assert QApplication.focusWidget() is form.before


def test_escape_leaves_the_date_before_it(form):
    type_text("5/7/2022")
    press(Qt.Key.Key_Escape)
    assert form.day_edit.day() == START
    assert form.day_edit.hasFocus()
    assert form.isVisible()


def test_what_is_no_date_is_said_and_changes_nothing(qtbot, form):
    type_text("31/2/2022")
    press(Qt.Key.Key_Return)
    assert form.day_edit.typing.isVisible()  # to be corrected
    assert "31/2/2022" in QToolTip.text()
    press(Qt.Key.Key_Tab)
    assert form.day_edit.day() == START


def test_a_day_outside_the_range_is_said_and_changes_nothing(form):
    form.day_edit.setDateRange(QDate(2026, 11, 1), QDate(2026, 11, 30))
    type_text("5/7/2022")
    press(Qt.Key.Key_Tab)
    assert form.day_edit.day() == START
    assert "5/7/2022" in QToolTip.text()


def test_arrows_still_step_day_month_and_year(form):
    press(Qt.Key.Key_Up)
    assert form.day_edit.day() == date(2026, 11, 2)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Down)
    assert form.day_edit.day() == date(2025, 11, 2)


def test_a_click_elsewhere_takes_what_was_typed_over(form):
    type_text("5/7/2022")
    form.after.setFocus(Qt.FocusReason.MouseFocusReason)
    assert form.day_edit.day() == date(2022, 7, 5)
    assert form.after.hasFocus()
