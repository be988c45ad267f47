"""Numbers of the month, typed for everybody by keyboard."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from tests.services.offices import office, people
from tests.services.tpp_months import SEPTEMBER, START
from wfh_desktop.persistence.models import RuleChoice
from wfh_desktop.services.tpp import figures
from wfh_desktop.services.tpp.figures import FigureDraft
from wfh_desktop.views.dialogs.conflict import ConflictDialog
from wfh_desktop.views.dialogs.figures import FiguresDialog
from wfh_desktop.views.pages.tpp import TppPage

SKBP, BERAKHLAK, SALARY = 0, 1, 3


@pytest.fixture
def keys(database, chief):
    """Three people paid by the rules of Manado; one's salary of last month is known."""
    with database.work(chief) as work:
        unit = office(work)
        keys = people(work, unit, 3)
        work.session.add(RuleChoice(unit_id=unit.id, rule_id="manado-2022", valid_from=START))
        work.log("test.prepared", unit)
        draft = FigureDraft(keys[0], "gross_salary", Decimal(4_000_000))
        figures.enter(work, unit.id, SEPTEMBER.shifted(-1), [draft])
    return keys


def settle(qtbot, context):
    qtbot.waitUntil(lambda: not context.jobs.running)


@pytest.fixture
def dialog(qtbot, shown, context, keys):
    page = shown(TppPage)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(FiguresDialog)
    settle(qtbot, context)
    qtbot.waitUntil(dialog.isActiveWindow)
    yield dialog  # noqa: PT022 - the page must live as long as its dialog


def type_keys(keys):
    for key in keys:
        if key == "\n":
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
            QApplication.processEvents()
        else:
            QTest.keyClicks(QApplication.focusWidget(), key)


def stored(database, chief):
    with database.work(chief) as work:
        return figures.of_month(work, 1, SEPTEMBER).values


def test_a_number_that_somebody_else_entered_is_asked_about_and_the_rest_stays_typed(
    qtbot, dialog, context, database, chief, keys
):
    type_keys("90\n80\n")
    with database.work(chief) as work:
        code = dialog.figures.kinds[SKBP].code
        figures.enter(work, 1, SEPTEMBER, [FigureDraft(keys[0], code, Decimal(70))])
    dialog.ui.save_button.click()
    qtbot.waitUntil(lambda: dialog.findChild(ConflictDialog) is not None)
    asked = dialog.findChild(ConflictDialog)
    assert [(line.mine, line.theirs, line.base, line.proposal) for line in asked.lines] == [
        ("90", "70", "–", None)
    ]
    asked.ui.theirs_button.click()
    asked.ui.button_box.button(QDialogButtonBox.StandardButton.Ok).click()
    assert [dialog.ui.grid.item(row, SKBP).text() for row in range(2)] == ["70", "80"]
    dialog.ui.save_button.click()
    settle(qtbot, context)
    found = stored(database, chief)
    assert [found[key, code] for key in keys[:2]] == [Decimal(70), Decimal(80)]


def test_a_column_is_typed_downwards_and_saved_with_one_key(
    qtbot, dialog, context, database, chief, keys
):
    heads = [dialog.ui.grid.horizontalHeaderItem(n).text() for n in range(4)]
    assert heads[SKBP] == "Capaian sasaran kerja bulanan\npersen"
    assert heads[SALARY] == "Gaji yang sudah dikenai BPJS\nrupiah, kosong = 0"
    assert dialog.ui.grid.hasFocus()
    type_keys("90\n85,5\n100")
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, context)
    assert stored(database, chief) == {
        (keys[0], "skbp"): Decimal(90),
        (keys[1], "skbp"): Decimal("85.5"),
        (keys[2], "skbp"): Decimal(100),
    }


def test_last_months_numbers_fill_what_is_empty(qtbot, dialog, context, database, chief, keys):
    dialog.ui.former_button.click()
    assert dialog.ui.grid.item(0, SALARY).text() == "4.000.000"
    assert not dialog.ui.proposed_button.isVisible()
    dialog.ui.save_button.click()
    settle(qtbot, context)
    assert stored(database, chief) == {(keys[0], "gross_salary"): Decimal(4_000_000)}


def test_what_is_refused_is_said_and_nothing_is_stored(qtbot, dialog, context, database, chief):
    dialog.ui.grid.item(1, BERAKHLAK).setText("701")
    dialog.ui.grid.item(0, SKBP).setText("80")
    dialog.ui.save_button.click()
    settle(qtbot, context)
    said = dialog.ui.other_problem.text()
    assert said == "Pegawai 2: jumlah nilai BerAKHLAK harus 0 sampai 700."
    assert stored(database, chief) == {}
    dialog.ui.grid.item(1, BERAKHLAK).setText("tujuh")
    dialog.ui.save_button.click()
    assert dialog.ui.other_problem.text() == "Pegawai 2: tujuh bukan angka."


def test_without_rules_the_dialog_says_where_they_are_chosen(qtbot, shown, context, keys):
    context.scope.choose_period(SEPTEMBER.shifted(-12 * 8))
    page = shown(TppPage)
    page.ui.figures_button.click()
    settle(qtbot, context)
    dialog = page.findChild(FiguresDialog)
    assert "Pilih di halaman Atur" in dialog.ui.about_label.text()
    assert not dialog.ui.save_button.isEnabled()
