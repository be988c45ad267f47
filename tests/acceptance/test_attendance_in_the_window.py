"""A real month from the file to the matrix, in the window and by keyboard."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tests.conftest import real
from tests.services import offices
from wfh_desktop.domain.periods import Period
from wfh_desktop.services import attendance
from wfh_desktop.views import labels, theme
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.dialogs.attendance_import import AttendanceImportDialog
from wfh_desktop.views.jobs import Jobs
from wfh_desktop.views.pages.attendance import AttendancePage

JULY = Period(2022, 7)


@pytest.fixture
def page(qapp, qtbot, database, chief, tmp_path):
    """The page Presensi of a unit that has work hours and nobody in it."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    where = str(tmp_path / "settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, where)
    QLocale.setDefault(labels.INDONESIAN)
    theme.apply(qapp, theme.Scheme.LIGHT)
    with database.work(chief, now=datetime(2022, 8, 5, tzinfo=UTC)) as work:
        unit = offices.office(work, hours="manado_office")
        unit_id = unit.id
    jobs = Jobs(chief)
    jobs.attach(database)
    context = Context(chief, jobs, Scope(JULY))
    context.scope.choose_unit(unit_id, "Unit Contoh")
    page = AttendancePage(context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    with qtbot.waitSignal(jobs.idle):
        page.show()
    page.activateWindow()
    qtbot.waitActive(page)
    yield page
    jobs.close()


def press(key, modifier=Qt.KeyboardModifier.ControlModifier):
    """Press a key in the window that is in front; shortcuts work as on a real keyboard."""
    QTest.keyClick(QApplication.activeWindow().windowHandle(), key, modifier)


def test_bkpsdm_july_2022_goes_from_the_file_into_the_month(page, qtbot, database, chief):
    path = real("1_absensi", "manado_html_bkpsdm_2022-07.xls")
    page.ui.search_edit.setFocus()
    press(Qt.Key.Key_I)
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is not None)
    files = page.findChild(QFileDialog)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is files)
    files.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: page.findChild(AttendanceImportDialog) is not None, timeout=20_000)
    dialog = page.findChild(AttendanceImportDialog)
    qtbot.waitUntil(lambda: dialog.preview is not None)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    dialog.ui.add_people_button.setFocus()
    press(Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: dialog.preview.ready, timeout=20_000)
    qtbot.waitUntil(dialog.ui.apply_button.isEnabled)
    press(Qt.Key.Key_Return)  # Ctrl+Enter
    matrix = page.ui.matrix.matrix
    qtbot.waitUntil(lambda: sum(row.summary.absent for row in matrix.rows) == 316, timeout=20_000)
    sums = [row.summary for row in matrix.rows]
    assert len(sums) == 64
    assert sum(len(one.late) for one in sums) == 97 + 16 + 2 + 7  # seven were pardoned there
    assert sum(len(one.early) for one in sums) == 29 + 2
    assert sum(one.missing_taps for one in sums) == 53 + 16 + 1
    assert sum(one.unclear for one in sums) == 0
    with database.work(chief) as work:
        day = attendance.day(work, 1, matrix.rows[0].person.id, date(2022, 7, 4))
    assert day.entries[0].file == path.name
