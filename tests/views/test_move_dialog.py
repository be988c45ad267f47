"""The dialog that moves a file to a server: asked, stopped, gone on with, and what it came to."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from wfh_desktop.domain.backups import Reason
from wfh_desktop.domain.errors import Cancelled, Unreadable
from wfh_desktop.domain.moves import Finding, Report, TableCount
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence import schema
from wfh_desktop.persistence.database import Database
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.dialogs import move
from wfh_desktop.views.dialogs.move import MoveDialog
from wfh_desktop.views.jobs import Jobs

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
SAME = TableCount("unit", 1234, 1234, "a" * 64, "a" * 64)
OTHER = TableCount("scan", 2, 1, "a" * 64, "b" * 64)


def report(*tables, **values):
    return Report("kantor.db", "kinerja (db)", "id", NOW, NOW, tables, **values)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kantor.db"


@pytest.fixture
def context(qtbot, file, chief):
    database = Database(f"sqlite:///{file}")
    schema.upgrade(database.engine)
    jobs = Jobs(chief)
    jobs.attach(database)
    yield Context(chief, jobs, Scope(Period(2026, 9)))
    jobs.close()
    database.engine.dispose()


@pytest.fixture
def dialog(qtbot, context, file):
    made = MoveDialog(context, file)
    made.setAttribute(move.Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


@pytest.fixture
def moved(monkeypatch):
    """Stand in for the move itself; each call does what is next in the list."""
    calls = SimpleNamespace(wishes=[], copies=[], answers=[])

    def stand_in(copy, wish, latest, progress):
        calls.copies.append(copy)
        calls.wishes.append(wish)
        latest.table = "unit"
        progress(1, 4)
        progress(3, 4)
        answer = calls.answers.pop(0)
        if callable(answer):
            return answer(progress)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(move, "_move", stand_in)
    return calls


def fill(dialog):
    ui = dialog.ui
    ui.host_edit.setText("db.contoh.go.id")
    ui.login_edit.setText("postgres")
    ui.password_edit.setText("rahasia-sekali")


def begin(qtbot, dialog):
    with qtbot.waitSignal(dialog.context.jobs.idle, timeout=20_000):
        dialog.ui.move_button.click()
        qtbot.waitUntil(dialog.ui.progress_room.isVisible)
    qtbot.waitUntil(lambda: not dialog.context.jobs.running)


def test_what_is_missing_is_said_beside_the_field(dialog, moved):
    dialog.ui.move_button.click()
    assert dialog.ui.host_problem.isVisible()
    assert dialog.ui.ask_room.isVisible()
    assert moved.wishes == []


def test_a_backup_of_the_file_is_moved_and_every_table_shown(qtbot, dialog, moved, file):
    moved.answers = [report(SAME, to_server=True, findings=(Finding("x", (), True),))]
    fill(dialog)
    begin(qtbot, dialog)
    (wish,), (copy,) = moved.wishes, moved.copies
    assert wish.url == "postgresql+psycopg://postgres@db.contoh.go.id/kinerja"
    assert wish.password == "rahasia-sekali"
    assert "rahasia" not in repr(wish)
    assert copy.parent == file.with_name("kantor-cadangan")
    assert str(Reason.ASKED) in copy.name
    assert dialog.ui.result_room.isVisible()
    assert "Semua 1 tabel sama: 1.234 baris." in dialog.ui.verdict_label.text()
    assert "buat akun pegawai" in dialog.ui.verdict_label.text()
    assert dialog.model.rowCount() == 1
    assert dialog.ui.password_edit.text() == ""
    with qtbot.waitSignal(dialog.accepted):
        dialog.ui.close_button.click()


def test_a_difference_is_shown_and_the_dialog_is_not_accepted(qtbot, dialog, moved):
    moved.answers = [report(SAME, OTHER)]
    fill(dialog)
    begin(qtbot, dialog)
    assert dialog.ui.verdict_label.text() == "TIDAK SAMA: scan."
    with qtbot.waitSignal(dialog.rejected):
        dialog.ui.close_button.click()


def test_it_can_be_stopped_and_gone_on_with(qtbot, dialog, moved):
    def until_stopped(progress):
        while True:
            progress(1, 4)

    moved.answers = [until_stopped, report(SAME)]
    fill(dialog)
    dialog.ui.move_button.click()
    qtbot.waitUntil(lambda: dialog.ui.step_label.text() == "Menyalin tabel unit", timeout=20_000)
    dialog.ui.close_button.click()
    qtbot.waitUntil(dialog.ui.ask_room.isVisible, timeout=20_000)
    assert dialog.isVisible()
    assert dialog.ui.other_problem.text() == move.STOPPED
    assert dialog.ui.move_button.text() == "&Lanjutkan"
    begin(qtbot, dialog)
    assert dialog.ui.result_room.isVisible()


def test_a_new_beginning_is_offered_where_it_helps(qtbot, dialog, moved):
    changed = Unreadable("move_changed", "kantor.db", "unit")
    moved.answers = [Unreadable("server_away", "kinerja (db)"), changed, report(SAME)]
    fill(dialog)
    begin(qtbot, dialog)
    assert not dialog.ui.restart_check.isVisible()
    assert "tidak dapat dihubungi" in dialog.ui.other_problem.text()
    begin(qtbot, dialog)
    assert dialog.ui.restart_check.isVisible()
    dialog.ui.restart_check.setChecked(True)
    begin(qtbot, dialog)
    assert [wish.restart for wish in moved.wishes] == [False, False, True]


def test_the_report_is_saved_with_all_letters_of_every_checksum(qtbot, dialog, moved, tmp_path):
    moved.answers = [report(SAME, proof="c" * 64)]
    fill(dialog)
    begin(qtbot, dialog)
    with qtbot.waitSignal(dialog.context.jobs.idle):
        dialog._save(str(tmp_path / "laporan.txt"))
    text = (tmp_path / "laporan.txt").read_text(encoding="utf-8")
    assert "a" * 64 in text
    assert "c" * 64 in text
    assert "1.234" in text
    assert "rahasia" not in text


def test_closing_while_it_runs_only_stops_it(qtbot, dialog, moved):
    moved.answers = [Cancelled()]
    fill(dialog)
    begin(qtbot, dialog)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.rejected):
        dialog.reject()
