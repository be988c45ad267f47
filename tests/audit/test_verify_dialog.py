"""Periksa dokumen, as a person uses it."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from tests.audit.forging import updated
from tests.services.test_papers import final, printed
from tests.services.tpp_months import prepared
from wfh_desktop.domain.papers import Finding, Paper
from wfh_desktop.views.dialogs.verify_paper import VerifyPaperDialog


@pytest.fixture
def letter(database, chief, tmp_path):
    with database.work(chief) as work:
        unit = prepared(work)
        final(work, unit)
        content = printed(work, unit, Paper.LETTER)
    path = tmp_path / "surat.pdf"
    path.write_bytes(content)
    return path


@pytest.fixture
def dialog(qtbot, context):
    dialog = VerifyPaperDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def answered(qtbot, dialog):
    qtbot.waitUntil(dialog.ui.result_card.isVisible)
    return dialog.ui.finding_label.text()


def test_a_dropped_file_is_answered_with_what_it_is(qtbot, letter, dialog):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(letter))])
    drop = QDropEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dropEvent(drop)
    assert answered(qtbot, dialog) == "Dokumen asli"
    said = [
        dialog.ui.facts_grid.itemAtPosition(row, 1).widget().text()
        for row in range(dialog.ui.facts_grid.rowCount())
    ]
    assert said[0] == "Surat rekomendasi TPP, revisi 0"
    assert said[2] == "September 2026"
    assert dialog.ui.anchor_label.text().startswith("Segel pada dokumen masih ada")


def test_an_altered_file_and_an_unknown_code_are_refused(qtbot, letter, dialog):
    letter.write_bytes(updated(letter.read_bytes()))
    dialog.check_file(letter)
    assert answered(qtbot, dialog) == "Dokumen sudah diubah"
    dialog.ui.code_edit.setText("7k3m 6qxd 2r4t")
    dialog.ui.check_button.click()
    assert not dialog.ui.result_card.isVisible()  # no answer stands beside another question
    assert answered(qtbot, dialog) == "Dokumen tidak dikenal"


def test_every_finding_has_its_words():
    from wfh_desktop.words import audit

    for finding in Finding:
        assert audit.FINDINGS[finding]
        for file in (True, False):
            if (finding, file) != (Finding.ALTERED, False):  # of a code alone nobody can say that
                assert audit.meaning(finding, file=file, newest=2)


def test_the_page_of_papers_opens_it(qtbot, shown_papers):
    from wfh_desktop.views.page import Place

    shown_papers.visit(Place("papers", "check"))
    assert shown_papers.findChild(VerifyPaperDialog).isVisible()


@pytest.fixture
def shown_papers(qtbot, letter, context):
    from wfh_desktop.views.pages.papers import PapersPage

    context.scope.choose_unit(1, "Unit Contoh")
    page = PapersPage(context)
    qtbot.addWidget(page)
    with qtbot.waitSignal(context.jobs.idle):
        page.show()
    return page
