"""The grid of rupiah, typed as in a spreadsheet."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.views.widgets.amount_grid import AmountGrid

ROWS = [("Kelas 9", 9), ("Kelas 8", 8), ("Kelas 7", 7)]
COLUMNS = [("TPP", "TOTAL"), ("Beban kerja", "BK")]


@pytest.fixture
def grid(qtbot):
    """A grid with one amount in it, in a window that is in front, above another field."""
    window = QWidget()
    qtbot.addWidget(window)
    grid = AmountGrid()
    grid.room = window
    grid.below = QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(grid)
    column.addWidget(grid.below)
    grid.show_amounts(ROWS, COLUMNS, {(9, "TOTAL"): Decimal(6000000)})
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    grid.setFocus()
    grid.setCurrentCell(0, 0)
    return grid


def type_keys(keys):
    """Type letters, and Enter for a line break, into whatever has the keyboard."""
    for key in keys:
        focus = QApplication.focusWidget()
        if key == "\n":
            QTest.keyClick(focus, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(focus, key)


def test_enter_goes_down_and_amounts_are_written_alike(qtbot, grid):
    type_keys("7000000\n")
    qtbot.waitUntil(lambda: grid.currentRow() == 1)
    assert grid.item(0, 0).text() == "7.000.000"
    type_keys("5.000.000\n")
    qtbot.waitUntil(lambda: grid.currentRow() == 2)
    type_keys("\n")
    assert grid.currentRow() == 2
    assert grid.changed_cells() == {(9, "TOTAL"): Decimal(7000000), (8, "TOTAL"): Decimal(5000000)}


def test_the_cell_that_is_still_being_typed_counts(grid):
    type_keys("4500000")
    assert grid.changed_cells() == {(9, "TOTAL"): Decimal(4500000)}


def test_tab_leaves_the_grid(grid):
    QTest.keyClick(grid, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is grid.below


def test_what_is_no_amount_is_refused_as_a_whole(grid):
    type_keys("tujuh")
    with pytest.raises(Invalid) as refusal:
        grid.changed_cells()
    assert refusal.value.problems[0].limits == ("Kelas 9", "tujuh")
