"""Every button hears the letter underlined in its words, and no two hear the same one."""

from datetime import date
from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QPushButton,
    QTabBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tests.offices import objective, report, share_of, somebody, target, task, unit
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import RuleChoice
from wfh_desktop.services import tpp
from wfh_desktop.views import keys
from wfh_desktop.views.main_window import PAGES
from wfh_desktop.views.widgets.side_panel import SidePanel

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def button(qtbot):
    """A button with a letter and another key, in a window that is in front."""
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("&Hitung")
    button.setShortcut("Ctrl+H")
    QVBoxLayout(window).addWidget(button)
    keys.pair(window)
    keys.pair(window)  # a second time changes nothing
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield button  # noqa: PT022 - a local window has to live as long


@pytest.fixture
def heard(button):
    """How often the button was pressed: an entry for each time."""
    times = []
    button.clicked.connect(lambda: times.append(button.text()))
    return times


def press(button, key, modifier):
    QTest.keyClick(button.window().windowHandle(), key, modifier)


def test_a_button_hears_its_letter_and_its_other_key(qtbot, button, heard):
    press(button, Qt.Key.Key_H, CONTROL)
    assert len(heard) == 1
    press(button, Qt.Key.Key_H, ALT)
    qtbot.waitUntil(lambda: len(heard) == 2)


def test_new_words_bring_a_new_letter_and_keep_the_other_key(qtbot, button, heard):
    button.setText("&Periksa (3)")
    press(button, Qt.Key.Key_H, CONTROL)
    assert len(heard) == 1
    press(button, Qt.Key.Key_P, ALT)
    qtbot.waitUntil(lambda: len(heard) == 2)


def test_a_button_that_is_disabled_or_hidden_hears_nothing(button, heard):
    button.setEnabled(False)
    press(button, Qt.Key.Key_H, CONTROL)
    button.setEnabled(True)
    button.hide()
    press(button, Qt.Key.Key_H, CONTROL)
    assert heard == []


@pytest.fixture
def office(database, chief):
    """A unit with a month in which something lies on every page."""
    with database.work(chief) as work:
        place = unit(work)
        people = [somebody(work, place, number) for number in range(1, 4)]
        goal = objective(work, place)
        aim = target(work, place, people[0], goal)
        given = task(work, place, people[0], target_ids=((people[0].id, aim),))
        report(work, share_of(work, given))
        rules = {"rule_id": "kemnaker-15-2024", "valid_from": date(2024, 11, 1)}
        work.session.add(RuleChoice(unit_id=place.id, **rules))
        tpp.compute(work, place.id, Period(2026, 9))
        return place


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_no_two_things_on_a_page_hear_the_same_letter(qtbot, shown, context, office, entry):
    page = shown(getattr(import_module(entry.module), entry.page), office.id)
    qtbot.waitUntil(lambda: not context.jobs.running)
    for panel in page.findChildren(SidePanel):
        panel.show()
    for _ in turns(page):
        assert clashes(page) == {}


def turns(page):
    """Turn to every tab of the page, also to those inside another, one after the other."""
    yield
    for tabs in page.findChildren(QTabWidget):
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
            yield


def clashes(page):
    """Return the letters that several enabled, visible things of a page hear, with their words."""
    heard = {}
    for words in spoken(page):
        letter = QKeySequence.mnemonic(words).toString()
        if letter:
            heard.setdefault(letter, []).append(words)
    return {letter: found for letter, found in heard.items() if len(found) > 1}


def spoken(page):
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled():
            yield button.text()
    for label in page.findChildren(QLabel):
        if label.buddy() is not None and label.isVisible() and label.buddy().isEnabled():
            yield label.text()
    for bar in page.findChildren(QTabBar):
        if bar.isVisible():
            yield from (bar.tabText(number) for number in range(bar.count()))
