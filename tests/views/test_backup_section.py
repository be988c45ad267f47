"""The section Cadangan, worked as its user does; the PIN; and backups that nobody asks for."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from shiboken6 import isValid
from sqlalchemy import func, select

from tests.offices import SEPTEMBER, Known, lock
from tests.services import offices
from wfh_desktop.domain.backups import Reason
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.persistence import backup, pin
from wfh_desktop.persistence.backup import journal, second
from wfh_desktop.persistence.models import Employee
from wfh_desktop.persistence.opening import open_database
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.dialogs.pin import ChangePinDialog, PinDialog
from wfh_desktop.views.jobs import Jobs
from wfh_desktop.views.sections.backup import BackupSection
from wfh_desktop.views.shell import keeping
from wfh_desktop.views.shell.reception import Reception
from wfh_desktop.views.shell.start import Start
from wfh_desktop.views.widgets.toast import Toast


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr(pin, "MEMORY", 64)


@pytest.fixture
def opened(tmp_path, chief):
    opened = open_database(f"sqlite:///{tmp_path}/data/wfh.db")
    with opened.database.work(chief) as work:
        unit = offices.office(work)
        offices.people(work, unit, 2)
    yield opened
    opened.close()


@pytest.fixture
def context(qtbot, opened, chief):
    made = Context(chief, Jobs(chief), Scope(SEPTEMBER))
    made.attach(opened)
    yield made
    made.jobs.close()


@pytest.fixture
def file(opened):
    return backup.file_of(opened.database)


def settle(qtbot, context):
    qtbot.waitUntil(lambda: not context.jobs.running, timeout=20_000)


@pytest.fixture
def section(qtbot, context):
    made = BackupSection(context)
    qtbot.addWidget(made)
    made.resize(1100, 560)
    made.show()
    made.reload()
    settle(qtbot, context)
    return made


def press(qtbot, section, name):
    button = getattr(section.ui, name)
    assert button.isEnabled(), button.toolTip()
    button.click()
    settle(qtbot, section.context)


def test_a_backup_is_made_and_shown_with_its_verdict(qtbot, section, file):
    assert section.ui.present_label.text() == "Belum ada cadangan."
    assert not section.ui.restore_button.isEnabled()
    press(qtbot, section, "make_button")
    (row,) = section.model.rows
    assert row.why is Reason.ASKED
    assert "baik" in section.window().findChild(Toast).accessibleName()
    assert "baik" in section.ui.present_label.text()


def test_a_damaged_backup_is_found_marked_and_not_offered_for_restore(qtbot, section, file):
    press(qtbot, section, "make_button")
    (row,) = section.model.rows
    with row.path.open("r+b") as handle:
        handle.seek(8192)
        handle.write(b"\xff" * 3000)
    section.ui.table.selectRow(0)
    press(qtbot, section, "check_button")
    assert "rusak" in section.ui.message_bar.text
    section.ui.table.selectRow(0)
    assert not section.ui.restore_button.isEnabled()
    assert "rusak" in section.ui.restore_button.toolTip()


def test_restoring_asks_first_and_then_opens_the_window_anew(qtbot, section, context, file):
    press(qtbot, section, "make_button")
    reopened = []
    context.reopen = lambda opening, url: reopened.append((opening, url))
    section.ui.table.selectRow(0)
    section.ui.restore_button.click()
    question = section.window().findChild(QMessageBox)
    assert "disimpan di map yang sama" in question.text()
    next(one for one in question.findChildren(QPushButton) if one.text() == "Pulihkan").click()
    settle(qtbot, context)
    ((opening, url),) = reopened
    assert url.endswith("wfh.db")
    context.opened.close()  # as the window does when it closes
    opening(lambda done, total: None).close()
    assert list(file.parent.glob("wfh-diganti-*.db"))


def test_the_second_place_is_chosen_filled_and_left_again(qtbot, section, file, tmp_path):
    press(qtbot, section, "make_button")
    (tmp_path / "usb").mkdir()
    section._set_second(str(tmp_path / "usb"))
    settle(qtbot, section.context)
    assert str(tmp_path / "usb") in section.ui.second_label.text()
    assert section.model.rows[0].note.second
    (tmp_path / "usb").rename(tmp_path / "away")
    section.reload()
    settle(qtbot, section.context)
    assert "tidak terpasang" in section.ui.second_label.text()
    press(qtbot, section, "no_second_button")
    assert "Belum ada" in section.ui.second_label.text()


def test_a_second_place_that_cannot_be_written_is_said(qtbot, section, tmp_path):
    press(qtbot, section, "make_button")
    section._set_second(str(tmp_path / "gone"))
    settle(qtbot, section.context)
    assert "tidak ditemukan" in section.window().findChild(QMessageBox).text()


def test_after_a_week_without_a_second_place_the_section_says_so(qtbot, section, file):
    press(qtbot, section, "make_button")
    folder = backup.folder_of(file)
    old = datetime.now(UTC) - timedelta(days=9)
    journal.write(folder, journal.Journal(notes=journal.read(folder).notes, asked_at=old))
    section.reload()
    settle(qtbot, section.context)
    assert "Sudah 9 hari" in section.ui.message_bar.text


def test_who_does_not_administer_makes_backups_but_restores_none(qtbot, section):
    section.context.actor = Actor("Pegawai 2", frozenset({Right.RECORD}))
    press(qtbot, section, "make_button")
    section.ui.table.selectRow(0)
    assert section.ui.check_button.isEnabled()
    for button in (section.ui.restore_button, section.ui.second_button, section.ui.pin_button):
        assert not button.isEnabled()


def test_on_a_server_the_section_only_says_who_makes_backups(qtbot, section, monkeypatch):
    monkeypatch.setattr(backup, "file_of", lambda _: None)
    section.reload()
    settle(qtbot, section.context)
    assert "pengelola server" in section.ui.present_label.text()
    assert not section.ui.table.isVisible()
    assert not section.ui.pin_button.isVisible()


# the PIN


@pytest.fixture
def change_pin(qtbot, section, file):
    def change(old, new, again=None):
        dialog = ChangePinDialog(section.context, file, known=pin.is_set(file), parent=section)
        dialog.open()
        dialog.ui.old_edit.setText(old)
        dialog.ui.pin_edit.setText(new)
        dialog.ui.again_edit.setText(new if again is None else again)
        dialog.accept()
        settle(qtbot, section.context)
        if not isValid(dialog):  # it closed: all is well
            return ""
        problems = ("old_problem", "pin_problem", "again_problem")
        return " ".join(getattr(dialog.ui, name).text() for name in problems).strip()

    return change


def test_a_pin_is_set_changed_and_removed(change_pin, file):
    assert change_pin("", "Kopi 27", "Kopi 28") == "Kedua PIN baru tidak sama."
    assert "wajib" in change_pin("", "")
    assert "mudah ditebak" in change_pin("", "1234")
    assert not pin.is_set(file)
    assert change_pin("", "Kopi 27") == ""
    assert change_pin("salah", "Teh 28") == "PIN salah."
    assert change_pin("Kopi 27", "Teh 28") == ""
    pin.require(file, "Teh 28")
    assert change_pin("Teh 28", "") == ""
    assert not pin.is_set(file)


@pytest.fixture
def start(qtbot, chief, tmp_path):
    """A window that has not opened its file yet."""
    jobs = Jobs(chief)
    reception = Reception()
    qtbot.addWidget(reception)
    reception.resize(900, 500)
    reception.show()
    context = Context(chief, jobs, Scope(SEPTEMBER))
    url = f"sqlite:///{tmp_path}/data/wfh.db"
    opening = lambda _: open_database(url)  # noqa: E731
    made = Start(context, opening, reception, reception, demo=False)
    yield made
    jobs.close()
    if context.opened:
        context.opened.close()


def test_the_window_asks_for_the_pin_until_it_is_right(qtbot, opened, file, start):
    opened.close()
    pin.change(file, "Kopi 27")
    start.open_database()
    for typed, said in (("salah", ""), ("Kopi 27", "PIN salah.")):
        qtbot.waitUntil(lambda: bool(start._window.findChildren(PinDialog)), timeout=20_000)
        dialog = start._window.findChildren(PinDialog)[-1]
        assert dialog.ui.old_problem.text() == said
        dialog.ui.old_edit.setText(typed)
        dialog.accept()
        qtbot.waitUntil(lambda: not isValid(dialog))  # noqa: B023 - waited for here
        settle(qtbot, start._context)
    assert start._context.opened is not None


def test_the_window_offers_the_newest_backup_of_a_damaged_file(qtbot, opened, file, start):
    backup.make(opened.database, backup.folder_of(file), Reason.DAILY)
    opened.close()
    file.write_bytes(b"not a database, but long enough to look like one" * 99)
    start.open_database()
    settle(qtbot, start._context)
    first = start._reception.buttons[0]
    assert first.text() == "Pulihkan cadangan itu"
    first.click()
    qtbot.waitUntil(lambda: start._context.opened is not None, timeout=20_000)
    assert list(file.parent.glob("wfh-diganti-*.db"))


def test_whoever_starts_on_a_new_computer_can_take_a_backup_from_elsewhere(
    qtbot, opened, file, start, tmp_path
):
    made = backup.make(opened.database, tmp_path / "usb", Reason.DAILY)
    opened.close()
    file.unlink()
    wanted = []
    start.replaced.connect(lambda opening, url: wanted.append(opening))
    start.open_database()
    qtbot.waitUntil(lambda: len(start._reception.buttons) == 4, timeout=20_000)
    assert start._reception.buttons[-1].text() == "Pulihkan cadangan…"
    start._look_at_backup(str(made.path))
    settle(qtbot, start._context)
    start._context.opened.close()
    again = wanted[0](lambda done, total: None)
    with again.database.work(start._context.actor) as work:
        assert work.session.scalar(select(func.count()).select_from(Employee)) == 2
    again.close()


# unasked


def test_a_backup_is_made_after_the_start_and_after_a_month_was_locked(
    qtbot, context, start, opened, file, monkeypatch
):
    monkeypatch.setattr(keeping, "AFTER_START", 1)
    monkeypatch.setattr(keeping, "AFTER_LOCK", 1)
    kept = keeping.Keeping(context, start, start._window)
    start.ready.emit([])
    folder = backup.folder_of(file)
    qtbot.waitUntil(lambda: len(backup.listing(folder)) == 1, timeout=20_000)
    settle(qtbot, context)

    def close_month(work):
        lock(work, Known(1, ""))

    context.jobs.run(start._window, close_month)
    qtbot.waitUntil(lambda: not kept._clock.isActive() and not context.jobs.running, timeout=20_000)
    assert second.there(folder) is None


def test_a_backup_that_cannot_be_made_is_said_once(qtbot, context, start, file, monkeypatch):
    monkeypatch.setattr(keeping, "AFTER_START", 1)
    keeping.Keeping(context, start, start._window)
    shutil.rmtree(backup.folder_of(file), ignore_errors=True)
    backup.folder_of(file).write_text("a file stands here")
    for _ in range(2):
        start.ready.emit([])
        qtbot.wait(50)
        settle(qtbot, context)
    (box,) = start._window.findChildren(QMessageBox)
    assert box.text()


def test_a_refusal_that_is_no_matter_of_backups_stays_as_it_was(start):
    start._refuse(Unreadable("database_newer", "wfh.db"))
    assert [one.text() for one in start._reception.buttons] == ["Coba lagi", "Basis data lain…"]
