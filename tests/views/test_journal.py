"""The log of the window, and the report of a fault."""

import logging
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from wfh_desktop.views import errors, journal
from wfh_desktop.views.fault import FaultBox

NIP, AMOUNT = "198609262015051001", "4.564.546"


@pytest.fixture
def log(tmp_path):
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


@pytest.fixture
def fault(qtbot):
    """Show a fault that quotes what it should not."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    try:
        raise ValueError(f"NIP {NIP}, net Rp{AMOUNT}, postgresql://x:kopi@db/kinerja")
    except ValueError as error:
        errors.show(window, error)
    yield window.findChild(FaultBox)  # noqa: PT022 - keeps the window alive


def test_a_message_is_redacted_whoever_wrote_it(log):
    logging.getLogger("anything.at.all").warning("person %s gets Rp%s", NIP, AMOUNT)
    text = log.read_text(encoding="utf-8")
    assert "person •••1001 gets" in text
    assert AMOUNT not in text


def test_without_the_filter_the_message_would_be_there(log):
    for handler in logging.getLogger().handlers:
        for one in list(handler.filters):
            if isinstance(one, journal.Redaction):
                handler.removeFilter(one)
    logging.getLogger("anything.at.all").warning("person %s gets Rp%s", NIP, AMOUNT)
    assert NIP in log.read_text(encoding="utf-8")


def test_entries_of_more_than_a_month_are_forgotten(tmp_path):
    (tmp_path / "wfh.log.1").write_text("2026-08-01 10:00:00,001 ERROR a: old\n  File x\n")
    (tmp_path / "wfh.log").write_text(
        "2026-08-31 10:00:00,001 ERROR a: old\n  File x\n2026-08-31 11:00 INFO a: old\n"
        "2026-09-01 10:00:00,001 ERROR a: young\n  File x\n2026-09-09 11:00 INFO a: young\n"
    )
    journal.forget(tmp_path, date(2026, 9, 1))
    assert not (tmp_path / "wfh.log.1").exists()
    lines = (tmp_path / "wfh.log").read_text().splitlines()
    assert len(lines) == 3
    assert "old" not in "".join(lines)


def test_the_journal_forgets_when_it_begins(tmp_path):
    (tmp_path / "wfh.log").write_text("2020-08-31 10:00:00,001 ERROR a: old\n")
    root = logging.getLogger()
    before = list(root.handlers)
    journal.keep(tmp_path)
    added = [one for one in root.handlers if one not in before]
    for handler in added:
        root.removeHandler(handler)
        handler.close()
    logging.captureWarnings(capture=False)
    assert "old" not in (tmp_path / "wfh.log").read_text()


def test_the_report_of_a_fault_is_redacted_and_read_before_it_is_passed_on(fault, tmp_path):
    shown = fault.detailedText()
    assert "ValueError: NIP •••1001" in shown
    assert "test_journal.py" in shown
    for secret in (NIP, AMOUNT, "kopi"):
        assert secret not in shown
    fault.copy_button.click()
    assert fault.isVisible()
    assert QGuiApplication.clipboard().text() == shown
    fault.save(str(tmp_path / "laporan.txt"))
    assert (tmp_path / "laporan.txt").read_text(encoding="utf-8") == shown


def test_a_report_that_cannot_be_stored_says_so(fault, tmp_path):
    fault.save(str(tmp_path / "missing" / "laporan.txt"))
    assert "pilih map lain" in fault.save_button.text()


def test_a_report_does_not_tell_whose_computer_it_is(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    said = errors.report(OSError(f"cannot open {tmp_path}/wfh.db"))
    assert "cannot open ~/wfh.db" in said
