import logging
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, Qt, QTranslator
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QWidget

from wfh_desktop import app, paths
from wfh_desktop.views import errors, journal, labels

CATALOGUE = Path(__file__).parents[2] / "resources/i18n/qtbase_id.ts"


@pytest.fixture
def log(tmp_path, monkeypatch):
    """Keep the journal in a folder of the test, and stop afterwards."""
    root = logging.getLogger()
    before = list(root.handlers), root.level
    journal.keep(tmp_path / "log")
    yield tmp_path / "log/wfh.log"
    for handler in root.handlers[:]:
        if handler not in before[0]:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(before[1])
    logging.captureWarnings(capture=False)


def test_the_log_says_where_a_fault_happened_and_no_personal_data(log, caplog):
    person = " ".join(["Pegawai", "Rahasia", "198001012005" + "011001"])
    try:
        raise ValueError(person)
    except ValueError as error:
        logging.getLogger("wfh_desktop").error("unexpected error", exc_info=error)
    text = log.read_text(encoding="utf-8")
    assert "test_app.py" in text
    assert "ValueError" in text
    assert "Rahasia" not in text
    assert "198001012005011001" not in text


def test_the_log_stays_small(log):
    for _ in range(3000):
        logging.getLogger("wfh_desktop").error("x" * 1000)
    kept = list(log.parent.glob("wfh.log*"))
    assert len(kept) == journal.KEPT + 1
    assert all(file.stat().st_size <= journal.SIZE for file in kept)


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "log").write_text("in the way")
    root = logging.getLogger()
    before = list(root.handlers)
    journal.keep(tmp_path / "log")
    logging.captureWarnings(capture=False)
    (added,) = [one for one in root.handlers if one not in before]
    root.removeHandler(added)
    assert isinstance(added, logging.NullHandler)


def test_what_nobody_caught_is_shown_with_details_to_copy(qtbot, caplog):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    try:
        raise ZeroDivisionError("satu")
    except ZeroDivisionError as error:
        errors.show(window, error)
        errors.show(window, error)
    (box,) = window.findChildren(QMessageBox)
    assert "ZeroDivisionError: satu" in box.detailedText()
    assert box.text() == errors.FAULT


def test_a_fault_of_a_dialog_that_closes_is_shown_by_the_window_behind_it(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = QDialog(window)
    dialog.open()
    dialog.accept()
    errors.show(dialog, ZeroDivisionError("satu"))
    (box,) = window.findChildren(QMessageBox, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert box.isVisible()


def test_the_program_can_be_its_own_parsing_process_before_any_window(monkeypatch):
    """A frozen program has no other interpreter that it could start."""
    asked = []

    def serve(arguments):
        asked.append(arguments)
        raise SystemExit

    monkeypatch.setattr(app.readers, "serve_if_asked", serve)
    monkeypatch.setattr(app, "start", lambda arguments: pytest.fail("a window was made"))
    with pytest.raises(SystemExit):
        app.main(["--parse-cells", "4"])
    assert asked == [["--parse-cells", "4"]]


def test_the_end_of_the_process_is_not_a_fault(monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "__excepthook__", lambda *three: seen.append(three[0]))
    app.show_fault(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert seen == [KeyboardInterrupt]


def test_qt_itself_speaks_indonesian(qtbot, qapp):
    translator = QTranslator(qapp)
    assert translator.load(labels.INDONESIAN, "qtbase", "_", str(paths.TRANSLATIONS))
    qapp.installTranslator(translator)
    try:
        box = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        qtbot.addWidget(box)
        assert [button.text() for button in box.buttons()] == ["Simpan", "Batal"]
        words = QCoreApplication.translate("QLineEdit", "Select All")
        assert words == "Pilih Semua"
    finally:
        qapp.removeTranslator(translator)


def test_every_text_in_our_catalogue_is_one_that_qt_says(qtbot):
    german = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    assert german.load("qtbase_de", folder)
    unknown = [
        (context.findtext("name"), message.findtext("source"))
        for context in ElementTree.parse(CATALOGUE).getroot().iter("context")
        for message in context.iter("message")
        if not german.translate(context.findtext("name"), message.findtext("source"))
    ]
    assert unknown == []


def test_shortcut_letters_of_our_catalogue_are_kept(qtbot):
    for message in ElementTree.parse(CATALOGUE).getroot().iter("message"):
        source, words = message.findtext("source"), message.findtext("translation")
        assert ("&" in source) == ("&" in words), source
        assert source.count("%1") == words.count("%1"), source
