"""The window on 1366 x 768 at 150 %: 910 x 512 pixels, less the frame and the task bar."""

import inspect
import pkgutil
from importlib import import_module

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tests.services import offices
from wfh_desktop import forms, views
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.opening import Opened
from wfh_desktop.settings import Settings
from wfh_desktop.views import icons
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.dialogs.sheet import FRAME, Sheet
from wfh_desktop.views.jobs import Jobs
from wfh_desktop.views.main_window import PAGES, ROOMY, SMALLEST, MainWindow
from wfh_desktop.views.widgets.elided_label import ElidedLabel
from wfh_desktop.views.widgets.empty_state import EmptyState
from wfh_desktop.views.widgets.folding_button import FoldingButton, fold_rows
from wfh_desktop.views.widgets.side_panel import SidePanel
from wfh_desktop.views.widgets.status_pill import StatusPill

SCREEN = QSize(910, 512)
TASK_BAR, TITLE_BAR = 48, 32
DIALOGS = [
    f"{forms.__name__}.{module.name}"
    for module in pkgutil.iter_modules(forms.__path__)
    if module.name.endswith("_dialog")
]


def settle(qtbot, window):
    qtbot.waitUntil(lambda: not window.context.jobs.running, timeout=20_000)


@pytest.fixture
def window(qtbot, database, chief):
    """The window over a unit of three people, as large as it may be on the small screen."""
    with database.work(chief) as work:
        unit = offices.office(work)
        offices.people(work, unit, 3)
    context = Context(chief, Jobs(chief), Scope(Period(2026, 9)))
    window = MainWindow(context, Settings(), lambda progress: Opened(database, None))
    qtbot.addWidget(window)
    window.showNormal()
    window.resize(SCREEN.width(), SCREEN.height() - TASK_BAR - TITLE_BAR)
    window.start.open_database()
    qtbot.waitUntil(lambda: "home" in window.pages, timeout=20_000)
    settle(qtbot, window)
    yield window
    window.close()


def test_the_window_fits_below_its_frame_and_above_the_task_bar(window):
    assert window.width() <= SCREEN.width()
    assert window.height() <= SCREEN.height() - TASK_BAR - TITLE_BAR
    assert window.minimumSize() == SMALLEST
    for piece in (window.top_bar, window.navigation, window.status_bar):
        assert piece.minimumSizeHint().width() <= piece.width()
        assert piece.minimumSizeHint().height() <= piece.height()


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_page_fits_with_its_panel_open(qtbot, window, entry):
    window.show_page(entry.key)
    settle(qtbot, window)
    page = window.pages[entry.key]
    for panel in page.findChildren(SidePanel):
        panel.show()
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= window.stack.width()
    assert page.minimumSizeHint().height() <= window.stack.height()


def test_the_menu_keeps_to_icons_while_the_window_is_narrow(window):
    assert window.navigation.collapsed
    assert not window.top_bar.name.isVisible()
    window.resize(ROOMY, 600)
    assert not window.navigation.collapsed
    assert window.top_bar.name.isVisible()
    window.resize(ROOMY - 1, 600)
    assert window.navigation.collapsed


def test_a_narrow_window_leaves_the_user_s_choice_alone(window):
    window.navigation.toggle()
    assert not window.navigation.collapsed
    window.close()
    assert not Settings().collapsed


def test_the_menu_stays_collapsed_in_a_wide_window_if_the_user_wants_it(window):
    window.resize(1366, 700)
    window.navigation.toggle()
    window.resize(910, 433)
    window.resize(1366, 700)
    assert window.navigation.collapsed
    window.close()
    assert Settings().collapsed


@pytest.fixture
def row(qtbot):
    """A search field and three buttons, the last one the main one, as in the head of a page."""
    owner = QWidget()
    qtbot.addWidget(owner)
    layout = QHBoxLayout(owner)
    layout.addWidget(QLabel("Judul"))
    layout.addStretch()
    layout.addWidget(QLineEdit())
    for words in ("&Ubah", "&Batalkan", "&Tambah pegawai"):
        button = FoldingButton()
        button.setText(words)
        button.setIcon(icons.icon("edit"))
        layout.addWidget(button)
    button.setProperty("main", True)
    fold_rows(owner)
    owner.resize(900, 60)
    owner.show()
    return owner


def folded(row):
    return [button.folded for button in row.findChildren(FoldingButton)]


def test_buttons_keep_their_words_where_there_is_room(row):
    assert folded(row) == [False, False, False]


def test_buttons_fold_one_by_one_the_main_one_last(row):
    seen = []
    for width in range(900, 150, -2):
        row.resize(width, 60)
        QApplication.processEvents()
        if folded(row) not in seen:
            seen.append(folded(row))
    assert seen == [
        [False, False, False],
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
    row.resize(900, 60)
    QApplication.processEvents()
    assert folded(row) == [False, False, False]


def test_no_button_is_ever_narrower_than_what_it_shows(row):
    for width in range(900, row.minimumSizeHint().width(), -7):
        row.resize(width, 60)
        QApplication.processEvents()
        for button in row.findChildren(FoldingButton):
            assert button.width() >= button.sizeHint().width()


def test_a_button_that_appears_makes_others_fold(row):
    late = row.findChildren(FoldingButton)[1]
    late.hide()
    row.resize(row.layout().sizeHint().width(), 60)
    QApplication.processEvents()
    assert folded(row) == [False, False, False]
    late.show()
    QApplication.processEvents()
    assert folded(row)[0]


def test_a_folded_button_is_still_named_and_pressed_by_its_letter(qtbot, row):
    row.resize(200, 60)
    QApplication.processEvents()
    button = row.findChildren(FoldingButton)[0]
    assert button.folded
    assert button.text() == "&Ubah"
    row.activateWindow()
    qtbot.waitUntil(row.isActiveWindow)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(row, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)


def test_words_give_way_and_keep_their_meaning(qtbot):
    pill, label = StatusPill(), ElidedLabel()
    for widget in (pill, label):
        qtbot.addWidget(widget)
    pill.show_state("27 laporan menunggu keputusan", "attention")
    label.setText("eviden-rapat-koordinasi.png")
    for widget in (pill, label):
        widget.resize(widget.minimumSizeHint())
        whole = widget.fontMetrics().horizontalAdvance(widget.text())
        assert widget.width() < whole
        widget.grab()
    assert pill.accessibleName() == "27 laporan menunggu keputusan"
    assert label.toolTip() == "eviden-rapat-koordinasi.png"


def test_the_sentence_of_an_empty_page_breaks_where_its_room_ends(qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    empty = EmptyState(room)
    empty.say("Naskah ini dibuat dari perhitungan TPP. TPP bulan ini belum dihitung.", "Hitung")
    empty.resize(280, 300)
    room.show()
    sentence = empty.findChild(QLabel)
    assert sentence.width() <= 280
    assert sentence.height() >= sentence.heightForWidth(sentence.width())


@pytest.fixture
def small_screen(monkeypatch):
    """Let every dialog think that its screen is small, with a task bar."""
    room = SCREEN - QSize(0, TASK_BAR) - FRAME
    monkeypatch.setattr(Sheet, "room", lambda sheet: room)
    return room


@pytest.mark.parametrize("name", DIALOGS, ids=lambda name: name.rpartition(".")[2])
def test_dialog_fits_the_small_screen(qtbot, small_screen, name):
    (form,) = (one for key, one in vars(import_module(name)).items() if key.startswith("Ui_"))
    dialog = Sheet()
    qtbot.addWidget(dialog)
    form().setupUi(dialog)
    icons.dress(dialog)
    dialog.show()
    QApplication.processEvents()
    for size in (dialog.size(), dialog.minimumSizeHint()):
        assert size.width() <= small_screen.width()
        assert size.height() <= small_screen.height()


def test_every_dialog_of_the_program_keeps_to_the_screen():
    names = [module.name for module in pkgutil.walk_packages(views.__path__, "wfh_desktop.views.")]
    own = {
        kind
        for name in names
        for _, kind in inspect.getmembers(import_module(name), inspect.isclass)
        if issubclass(kind, QDialog)
        and not issubclass(kind, QMessageBox)
        and kind.__module__.startswith("wfh_desktop.")
    }
    assert len(own) > 25
    assert [kind for kind in own if not issubclass(kind, Sheet)] == []


class LongSheet(Sheet):
    """A dialog of many rows."""

    def __init__(self, rows):
        super().__init__()
        self.form = QFormLayout()
        self.fields = [QLineEdit() for _ in range(rows)]
        for number, field in enumerate(self.fields):
            self.form.addRow(f"Baris {number}", field)
        self.problem = QLabel("\n" * 30)
        self.problem.hide()
        self.form.addRow(self.problem)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        layout = QVBoxLayout(self)
        layout.addLayout(self.form)
        layout.addWidget(self.buttons)


@pytest.fixture
def open_sheet(qtbot, small_screen):
    def opened(rows):
        sheet = LongSheet(rows)
        qtbot.addWidget(sheet)
        sheet.show()
        sheet.activateWindow()
        qtbot.waitUntil(sheet.isActiveWindow)
        return sheet

    return opened


def in_sight(sheet, widget):
    place = widget.mapTo(sheet, QPoint(0, 0))
    return place.y() >= 0 and place.y() + widget.height() <= sheet.buttons.y()


def test_a_dialog_that_is_too_high_scrolls_above_its_buttons(qtbot, open_sheet, small_screen):
    sheet = open_sheet(30)
    assert sheet.height() <= small_screen.height()
    assert sheet.buttons.isVisible()
    assert sheet.focusWidget() is sheet.fields[0]
    for field in sheet.fields:
        assert sheet.focusWidget() is field
        assert in_sight(sheet, field)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert sheet.buttons.isAncestorOf(sheet.focusWidget())


def test_a_dialog_comes_to_scroll_when_problems_make_it_grow(qtbot, open_sheet, small_screen):
    sheet = open_sheet(4)
    before = sheet.fields[2]
    before.setFocus()
    sheet.problem.show()
    qtbot.waitUntil(lambda: sheet.height() <= small_screen.height())
    QApplication.processEvents()
    assert sheet.height() <= small_screen.height()
    assert sheet.focusWidget() is before
    assert in_sight(sheet, before)


def test_the_wheel_scrolls_a_dialog_and_changes_no_value_it_passes(qtbot, small_screen):
    sheet = LongSheet(30)
    qtbot.addWidget(sheet)
    box, spin = QComboBox(), QSpinBox()
    box.addItems(["PNS", "PPPK"])
    sheet.form.insertRow(1, "Status", box)
    sheet.form.insertRow(2, "Kelas", spin)
    sheet.show()
    for field in (box, spin):
        QApplication.sendEvent(field, wheel(-120))
    assert (box.currentText(), spin.value()) == ("PNS", 0)


def wheel(degrees):
    return QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, degrees),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
