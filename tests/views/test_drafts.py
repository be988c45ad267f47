"""What is typed survives a crash and a lost network, for its writer alone, for a week."""

import json
import os
import stat
import sys
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from wfh_desktop.domain.careers import Identity
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.services import people
from wfh_desktop.views.dialogs.alias import AliasDialog
from wfh_desktop.views.dialogs.conflict import ConflictDialog
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.dialogs.person import IdentityDialog
from wfh_desktop.views.drafts import Drafts

from .. import offices
from ..conftest import NOW

DATABASE = "postgresql+psycopg://p_1@server.contoh/kinerja"
TYPED, BASE = {"name": "Pegawai Satu"}, {"name": "Pegawai 1"}


@pytest.fixture
def drafts(tmp_path):
    made = Drafts()
    made.attach(tmp_path / "isian", DATABASE)
    yield made
    made.close()


def files(tmp_path):
    return [path for path in (tmp_path / "isian").rglob("*") if path.is_file()]


def test_what_was_kept_is_found_again_by_the_next_program(drafts, tmp_path):
    drafts.keep("PersonDialog/1", TYPED, BASE, 3).result()
    other = Drafts()
    other.attach(tmp_path / "isian", DATABASE)
    found = other.find("PersonDialog/1").result()
    assert (found.typed, found.base, found.version) == (TYPED, BASE, 3)
    assert datetime.now(UTC) - found.moment < timedelta(minutes=1)
    other.close()


def test_another_database_and_another_record_know_nothing_of_it(drafts, tmp_path):
    drafts.keep("PersonDialog/1", TYPED, BASE).result()
    other = Drafts()
    other.attach(tmp_path / "isian", DATABASE.replace("p_1", "p_2"))
    assert other.find("PersonDialog/1").result() is None
    assert drafts.find("PersonDialog/2").result() is None
    other.close()


def test_neither_names_nor_addresses_are_in_the_names_of_files(drafts, tmp_path):
    drafts.keep("PersonDialog/198001012005011001", TYPED, BASE).result()
    (path,) = files(tmp_path)
    assert "19800101" not in str(path)
    assert "server" not in str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_nobody_else_can_read_it(drafts, tmp_path):
    before = os.umask(0)
    try:
        drafts.keep("PersonDialog/1", TYPED, BASE).result()
    finally:
        os.umask(before)
    (path,) = files(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_after_a_week_it_is_gone(drafts, tmp_path):
    drafts.keep("PersonDialog/1", TYPED, BASE).result()
    (path,) = files(tmp_path)
    old = datetime.now(UTC) - timedelta(days=8)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"at": old.isoformat()}))
    assert drafts.find("PersonDialog/1").result() is None
    os.utime(path, (old.timestamp(), old.timestamp()))
    drafts.attach(tmp_path / "isian", "another")
    drafts.find("").result()
    assert files(tmp_path) == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"at": 1}', '{"at": "x", "typed": {}}'])
def test_a_damaged_draft_is_no_draft(drafts, tmp_path, content):
    drafts.keep("PersonDialog/1", TYPED, BASE).result()
    files(tmp_path)[0].write_text(content)
    assert drafts.find("PersonDialog/1").result() is None


def test_a_disk_that_is_full_costs_the_draft_and_nothing_else(drafts, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wfh_desktop.views.drafts.json.dump", full)
    drafts.keep("PersonDialog/1", TYPED, BASE).result()
    assert files(tmp_path) == []


@pytest.fixture
def person(database, chief, context):
    with database.work(chief, now=NOW) as work:
        place = offices.unit(work)
        made = offices.somebody(work, place)
    context.scope.choose_unit(place.id, place.name)
    return made


@pytest.fixture
def opened(qtbot, context, database, chief, person, drafts):
    """Open the identity of a person; the dialog stays until the test is over."""
    context.drafts = drafts
    alive = []

    def show(make=IdentityDialog):
        with database.work(chief, now=NOW) as work:
            details = people.details(work, person.id)
        dialog = make(context, details)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        alive.append(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: not context.jobs.running)
        return dialog

    yield show
    alive.clear()


def kept(drafts, person):
    return drafts.find(f"IdentityDialog/{person.id}").result()


def typing(dialog, text="Pegawai Satu"):
    """Type a name, and let the moment pass after which it is kept."""
    dialog.ui.name_edit.setText(text)
    dialog.keeper.look()


def test_what_is_typed_is_offered_after_a_crash(opened, drafts, person):
    typing(opened())  # which ends without a word
    again = opened()
    assert again.keeper.bar.text.startswith("Ada isian yang belum tersimpan dari pukul ")
    assert again.ui.name_edit.text() == "Pegawai 1"
    again.keeper.bar.action_button.click()
    assert again.ui.name_edit.text() == "Pegawai Satu"
    assert again.keeper.bar.isHidden()


def test_what_is_offered_can_be_thrown_away(opened, drafts, person):
    typing(opened())
    again = opened()
    again.keeper.bar.other_button.click()
    assert kept(drafts, person) is None
    assert again.keeper.bar.isHidden()
    assert again.ui.name_edit.text() == "Pegawai 1"


def test_saving_and_cancelling_forget_it(opened, drafts, person, qtbot, context):
    for leave in ("accept", "reject"):
        dialog = opened()
        typing(dialog, f"Pegawai {leave}")
        assert kept(drafts, person) is not None
        getattr(dialog, leave)()
        qtbot.waitUntil(lambda: not context.jobs.running)
        assert not dialog.isVisible()
        assert kept(drafts, person) is None


def test_typing_back_what_was_there_leaves_nothing(opened, drafts, person):
    dialog = opened()
    typing(dialog)
    typing(dialog, "Pegawai 1")
    assert kept(drafts, person) is None


def test_only_opening_and_closing_keeps_nothing_and_loses_nothing(opened, drafts, person):
    typing(opened())
    again = opened()
    again.keeper.look()
    again.reject()
    assert kept(drafts, person).typed["name"] == "Pegawai Satu"


def test_it_is_kept_by_itself_while_one_types(opened, drafts, person, qtbot):
    opened().ui.name_edit.setText("Pegawai Satu")
    qtbot.waitUntil(lambda: kept(drafts, person) is not None)


def test_a_draft_of_an_older_version_is_compared_with_what_others_did(
    opened, person, database, qtbot, context
):
    typing(opened())
    with database.work(Actor("Sekretaris", EVERYTHING), now=NOW) as work:
        row = people.details(work, person.id)
        identity = Identity("Pegawai Pertama", row.nip, phone="0811")
        people.edit(work, row.id, row.version, identity)
    again = opened()
    again.keeper.bar.action_button.click()
    again.accept()
    qtbot.waitUntil(lambda: not context.jobs.running)
    asked = again.findChild(ConflictDialog)
    said = {line.field: (line.mine, line.theirs, line.base) for line in asked.lines}
    assert said["name"] == ("Pegawai Satu", "Pegawai Pertama", "Pegawai 1")
    assert said["phone"] == ("(kosong)", "0811", "(kosong)")


def test_a_new_entry_has_a_draft_for_whom_it_is(opened, drafts, person):
    dialog = opened(AliasDialog)
    dialog.ui.value_edit.setText("1234")
    dialog.keeper.look()
    assert opened(AliasDialog).keeper.bar is not None
    assert opened(IdentityDialog).keeper.bar is None


class SecretDialog(EntryDialog):
    """A dialog that asks a password, beside a name."""

    def __init__(self, context, person):
        super().__init__(context)
        self.person = person
        layout = QVBoxLayout(self)
        self.name_edit, self.secret_edit = QLineEdit(), QLineEdit()
        for name in ("name_edit", "secret_edit"):
            getattr(self, name).setObjectName(name)
            layout.addWidget(getattr(self, name))
        self.secret_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.settle()


def test_a_dialog_that_asks_a_password_keeps_nothing(opened, tmp_path, drafts):
    dialog = opened(SecretDialog)
    dialog.name_edit.setText("p_1")
    dialog.secret_edit.setText("sangat rahasia")
    dialog.keeper.look()
    dialog.secret_edit.setEchoMode(QLineEdit.EchoMode.Normal)  # as one asks to see it
    dialog.secret_edit.setText("masih rahasia")
    dialog.keeper.look()
    drafts.find("").result()
    assert files(tmp_path) == []
