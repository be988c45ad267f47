"""Signing in to a real server, and everything that keeps somebody out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tests.accounts.conftest import PASSWORD
from tests.persistence.test_secrets import Chest, Paper
from wfh_desktop.app import Desk
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence import secrets
from wfh_desktop.settings import Settings
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.dialogs import connect
from wfh_desktop.views.dialogs.connect import ConnectDialog
from wfh_desktop.views.dialogs.password import OwnPasswordDialog
from wfh_desktop.views.jobs import Jobs


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch):
    """Leave the keyring of whoever runs the tests alone."""
    monkeypatch.setattr(secrets, "_keyring", lambda: None)


@pytest.fixture
def dialog(qtbot, chief):
    """The dialog over a window without a database."""
    jobs = Jobs(chief)
    context = Context(chief, jobs, Scope(Period(2026, 9)))
    made = ConnectDialog(context, Settings())
    qtbot.addWidget(made)
    made.open()
    made.taken = []
    made.chosen.connect(lambda opening, url: made.taken.append((opening, url)))
    yield made
    jobs.close()
    for opening, _ in made.taken:
        opening(None).close()


def settle(qtbot, jobs):
    qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)


def try_in(qtbot, dialog, password):
    dialog.ui.password_edit.setText(password)
    dialog.accept()
    settle(qtbot, dialog.context.jobs)


def stored():
    """Return everything that settings wrote to the disk."""
    settings = Settings()
    settings.store.sync()
    return Path(settings.store.fileName()).read_text(encoding="utf-8")


def test_whoever_knows_the_password_comes_in_and_it_is_written_nowhere(qtbot, dialog, guarded):
    dialog.show_url(guarded.url(guarded.head_a))
    assert dialog.ui.login_edit.text() == "19800101 200501 1 900"
    assert QApplication.focusWidget() in (dialog.ui.password_edit, None)
    try_in(qtbot, dialog, PASSWORD)
    ((opening, url),) = dialog.taken
    assert opening(None).actor.login == guarded.head_a
    assert not dialog.isVisible()
    assert dialog.ui.password_edit.text() == ""
    assert Settings().database_url == url
    assert guarded.head_a in stored()
    assert "kopi" not in stored()


def test_a_wrong_password_is_said_and_followed_by_longer_pauses(qtbot, dialog, guarded):
    dialog.show_url(guarded.url(guarded.head_a))
    ok, pauses = dialog._ok, []
    for number in range(1, 6):
        try_in(qtbot, dialog, f"salah sama sekali {number}")
        assert dialog.isVisible()
        assert "kata sandi" in dialog.ui.password_problem.text()
        assert ok.isEnabled() == (number < connect.PATIENCE)
        pauses.append(dialog.pause)
        dialog.accept()  # Enter in the field, while one is to wait
        assert (dialog.context.jobs.running == ()) or number < connect.PATIENCE
        settle(qtbot, dialog.context.jobs)
        if dialog.failures > number:  # the try above counted, too
            dialog.failures = number
        while dialog.pause:
            assert ok.text() == f"Tunggu {dialog.pause} detik"
            dialog._tick()
    assert pauses == [0, 0, 2, 4, 8]
    assert ok.text() == "Masuk"
    try_in(qtbot, dialog, PASSWORD)
    assert len(dialog.taken) == 1
    assert dialog.failures == 0


def test_a_pause_never_grows_beyond_a_minute(dialog):
    dialog.failures = 40
    dialog._wait()
    assert dialog.pause == connect.LONGEST


def test_a_server_that_is_away_is_no_wrong_password(qtbot, dialog):
    dialog.show_url("postgresql+psycopg://p_198609262015051001@127.0.0.1:1/kinerja")
    try_in(qtbot, dialog, PASSWORD)
    assert "tidak dapat dihubungi" in dialog.ui.other_problem.text()
    assert (dialog.failures, dialog.ui.password_problem.text()) == (0, "")


def test_what_is_missing_is_asked_for_before_any_server(dialog):
    dialog.ui.server_radio.setChecked(True)
    dialog.accept()
    assert dialog.ui.host_problem.text() == "Alamat server wajib diisi."
    assert dialog.ui.login_problem.text() == "NIP atau nama masuk wajib diisi."
    assert dialog.context.jobs.running == ()


def test_whoever_gives_up_meanwhile_is_not_let_in(qtbot, dialog, guarded, monkeypatch):
    opened = []
    real = connect.open_database
    monkeypatch.setattr(
        connect, "open_database", lambda *one: opened.append(real(*one)) or opened[-1]
    )
    dialog.show_url(guarded.url(guarded.head_a))
    dialog.ui.password_edit.setText(PASSWORD)
    dialog.accept()
    dialog.reject()
    settle(qtbot, dialog.context.jobs)
    assert dialog.taken == []
    assert opened[0].database.engine.pool.checkedin() == 0
    assert Settings().database_url == ""


@pytest.mark.parametrize("wanted", [True, False])
def test_a_password_is_kept_by_the_system_if_that_is_wanted(
    qtbot, dialog, guarded, monkeypatch, wanted
):  # fmt: skip
    chest = Chest()
    monkeypatch.setattr(secrets, "_keyring", lambda: chest)
    secrets.keep(guarded.url(guarded.head_a), "yang lama sekali")
    dialog.show_url(guarded.url(guarded.head_a))
    dialog.ui.remember_check.setChecked(wanted)
    settle(qtbot, dialog.context.jobs)
    assert dialog.ui.remember_note.isHidden()
    try_in(qtbot, dialog, PASSWORD)
    assert list(chest.kept.values()) == ([PASSWORD] if wanted else [])
    assert "kopi" not in stored()


def test_without_a_safe_place_the_box_says_so(qtbot, dialog, monkeypatch):
    monkeypatch.setattr(secrets, "_keyring", lambda: None)
    assert not dialog.ui.remember_check.isChecked()  # nothing is kept unless it is wanted
    dialog.ui.remember_check.setChecked(True)
    settle(qtbot, dialog.context.jobs)
    assert "hanya berlaku sampai aplikasi ditutup" in dialog.ui.remember_note.text()
    assert not dialog.ui.remember_check.isChecked()
    assert not dialog.ui.remember_check.isEnabled()
    assert not secrets.keep("postgresql://x@db/k", PASSWORD)
    assert Paper.priority < secrets.TRUSTED


def test_a_file_is_chosen_without_a_password(dialog, tmp_path):
    dialog.ui.file_radio.setChecked(True)
    assert not dialog.ui.server_room.isVisible()
    dialog.ui.path_edit.setText(str(tmp_path / "unit.db"))
    dialog.accept()
    ((_, url),) = dialog.taken
    assert url == Settings().database_url == f"sqlite:///{tmp_path}/unit.db"


def test_an_eye_shows_what_was_typed_until_the_field_is_empty(dialog):
    edit = dialog.ui.password_edit
    edit.setText(PASSWORD)
    edit.show_action.trigger()
    assert edit.displayText() == PASSWORD
    edit.clear()
    edit.setText(PASSWORD)
    assert PASSWORD not in edit.displayText()


@pytest.fixture
def desk(qtbot, qapp, guarded):
    """The program with a shared database whose password nobody remembers."""
    settings = Settings()
    settings.database_url = guarded.url(guarded.admin)
    made = Desk(settings)

    def locked(progress):
        raise Unreadable("server_password", "kinerja (server)")

    made.show(locked, settings.database_url).start.open_database()
    qtbot.waitUntil(lambda: asked(made) is not None, timeout=20_000)
    yield made
    made.window.close()
    qapp.setQuitOnLastWindowClosed(True)


def asked(desk):
    """Return the dialog that asks who signs in, if it does."""
    return next((one for one in desk.window.findChildren(ConnectDialog) if one.isVisible()), None)


def sign_in(qtbot, desk, password=PASSWORD):
    dialog = asked(desk)
    dialog.ui.password_edit.setText(password)
    qtbot.keyClick(dialog.ui.password_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "home" in desk.window.pages, timeout=20_000)
    settle(qtbot, desk.window.context.jobs)


def test_the_window_asks_who_signs_in_and_shows_who_did(qtbot, desk, guarded):
    assert desk.window.reception.heading.text() == "Silakan masuk"
    sign_in(qtbot, desk)
    window = desk.window
    assert window.context.actor.login == guarded.admin
    assert Right.ADMINISTER in window.context.actor.rights
    assert Right.REVIEW not in window.context.actor.rights
    said = window.top_bar.person_button.accessibleName()
    assert said == "Pegawai 905 · Administrator Pemda Contoh"
    assert window.menu.leave_action.isVisible()
    assert "kopi" not in window.status_bar.database_label.toolTip()


def test_signing_out_leaves_a_window_that_knows_nothing(qtbot, desk, guarded):
    sign_in(qtbot, desk)
    former = desk.window
    former.menu.leave_action.trigger()
    qtbot.waitUntil(lambda: asked(desk) is not None, timeout=20_000)
    assert desk.window is not former
    assert not isValid(former)
    assert desk.window.pages == {}
    assert desk.window.context.opened is None
    assert asked(desk).ui.login_edit.text() == "19800101 200501 2 905"
    asked(desk).ui.login_edit.setText("198001012005011900")
    sign_in(qtbot, desk)
    assert desk.window.context.actor.login == guarded.head_a
    assert desk.window.top_bar.person_button.accessibleName() == "Pegawai 900 · Kepala Dinas A"
    assert desk.window.top_bar.unit_chooser.text() == "Dinas A"


def test_another_database_is_chosen_from_an_open_window(qtbot, desk, guarded, tmp_path):
    sign_in(qtbot, desk)
    former = desk.window
    desk.window.menu.database_action.trigger()
    asked(desk).ui.file_radio.setChecked(True)
    asked(desk).ui.path_edit.setText(str(tmp_path / "unit.db"))
    qtbot.keyClick(asked(desk).ui.path_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Selamat" in desk.window.reception.heading.text(), timeout=20_000)
    settle(qtbot, desk.window.context.jobs)
    assert not isValid(former)  # nothing is left of what it showed
    assert desk.window.reception.heading.text() == "Selamat datang di WFH Desktop"
    assert desk.window.context.actor.login == ""
    assert not desk.window.menu.password_action.isVisible()


def test_whoever_has_no_mandate_is_told_so(qtbot, desk, guarded):
    asked(desk).ui.login_edit.setText("198001012005011906")
    asked(desk).ui.password_edit.setText(PASSWORD)
    asked(desk).accept()
    told = desk.window.reception
    qtbot.waitUntil(lambda: "belum mempunyai mandat" in told.sentence.text(), timeout=20_000)
    assert [one.text() for one in told.buttons] == ["Coba lagi", "Masuk sebagai orang lain…"]


def test_the_own_password_is_changed_from_the_menu(qtbot, desk, guarded):
    sign_in(qtbot, desk)
    window = desk.window
    window.menu.password_action.trigger()
    dialog = window.findChild(OwnPasswordDialog)
    for present, new, problem in (
        ("bukan ini sama sekali", "sepeda kuda hujan", "current"),
        (PASSWORD, "pendek", "password"),
        (PASSWORD, "sepeda kuda hujan", ""),
    ):
        dialog.ui.current_edit.setText(present)
        dialog.ui.password_edit.setText(new)
        dialog.ui.again_edit.setText(new)
        dialog.accept()
        settle(qtbot, window.context.jobs)
        if problem:
            assert getattr(dialog.ui, f"{problem}_problem").text()
    assert window.context.opened.database.key.password == "sepeda kuda hujan"
    window.context.opened.database.engine.dispose()  # the next connection needs the new one
    window.outlook.refresh()
    window.start.look_for_units()
    settle(qtbot, window.context.jobs)
    assert window.context.jobs.reachable
