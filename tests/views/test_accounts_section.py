"""The section Pengguna over a real server, worked as an administrator works it."""

import json
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QMessageBox

from tests.regions import BIDANG_A1, DINAS_A, PEMDA, SEPTEMBER, nip
from wfh_desktop.domain.mandates import Role
from wfh_desktop.persistence.opening import Opened
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.dialogs.account import AccountDialog
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.dialogs.mandate import MandateDialog
from wfh_desktop.views.dialogs.move import MoveDialog
from wfh_desktop.views.jobs import Jobs
from wfh_desktop.views.pages.office import OfficePage
from wfh_desktop.views.sections.accounts import ONE_USER
from wfh_desktop.views.widgets import choices

PASSWORD = "sepeda kuda hujan"


@pytest.fixture
def open_as(qtbot, region, tmp_path):
    """Show the section as one of those who sign in."""
    kept = []

    def open_as(login):
        database, actor = region.database(login), region.actor(login)
        jobs = Jobs(actor)
        jobs.attach(database)
        context = Context(actor, jobs, Scope(SEPTEMBER))
        context.drafts.attach(tmp_path / "drafts", "kinerja")
        context.scope.choose_unit(PEMDA, "Pemda Contoh")
        page = OfficePage(context)
        kept.append((page, database))
        qtbot.addWidget(page)
        page.resize(1190, 690)
        page.show()
        section = page.sections["accounts"]
        page.ui.tabs.setCurrentWidget(section)
        settle(qtbot, section)
        return section

    yield open_as
    for page, database in kept:
        page.context.jobs.close()
        database.engine.dispose()


@pytest.fixture
def section(open_as, region):
    return open_as(region.admin)


def settle(qtbot, section):
    qtbot.waitUntil(lambda: not section.context.jobs.running, timeout=20_000)


def dialog(section):
    return next(one for one in section.findChildren(EntryDialog) if one.isVisible())


def store(qtbot, section):
    dialog(section).accept()
    settle(qtbot, section)


def confirm(qtbot, section):
    (box,) = [one for one in section.window().findChildren(QMessageBox) if one.isVisible()]
    next(one for one in box.buttons() if one.text() != "Batal").click()
    settle(qtbot, section)


def choose(section, login):
    key = next(row.id for row in section.model.rows if row.login == login)
    assert section.ui.table.select_key(key)


def cells(section, login):
    row = next(row for row in section.model.rows if row.login == login)
    return [column.text(row) for column in section.model.columns]


def make_account(qtbot, section, number=105):
    section.ui.add_button.click()
    form = dialog(section)
    key = next(one.id for one in form.candidates.values() if one.nip == nip(number))
    choices.select(form.ui.employee_id_box, key)
    form.ui.password_edit.setText(PASSWORD)
    store(qtbot, section)
    return f"p_{nip(number)}"


def test_lists_who_may_sign_in_as_what_and_says_it_in_the_panel(section, region):
    assert len(section.model.rows) == 7
    assert cells(section, region.head_a) == [
        "Pegawai 900", "19800101 200501 1 900", "Dinas A", "Kepala Dinas A", "aktif"
    ]  # fmt: skip
    choose(section, region.head_a)
    assert section.ui.side_panel.accessibleName() == "Pegawai 900"
    assert [one.accessibleName() for one in section.mandate_list.buttons] == [
        "Koreksi Kepala Dinas A", "Akhiri Kepala Dinas A", "Tarik Kepala Dinas A"
    ]  # fmt: skip
    assert section.ui.footer_label.text() == "7 akun  ·  1 tanpa mandat hari ini"


def test_an_account_is_made_and_chosen_so_that_a_mandate_follows(qtbot, section, region):
    login = make_account(qtbot, section)
    assert section.ui.table.selected().login == login
    assert cells(section, login)[3:] == ["tanpa mandat", "–"]
    section.ui.mandate_button.click()
    form = dialog(section)
    choices.select(form.ui.role_box, Role.ACTING_HEAD)
    assert form.ui.bounded_check.isChecked()
    assert not form.ui.bounded_check.isEnabled()
    choices.select(form.ui.unit_id_box, DINAS_A)
    form.ui.decree_edit.setText("SPT 5/2026")
    store(qtbot, section)
    row = section.ui.table.selected()
    (mandate,) = row.mandates
    assert (mandate.role, mandate.unit_id, mandate.decree) == (
        Role.ACTING_HEAD, DINAS_A, "SPT 5/2026"
    )  # fmt: skip
    assert mandate.valid_to - mandate.valid_from == timedelta(days=13)
    assert cells(section, login)[3].startswith("Plt./Plh. Dinas A s.d. ")
    assert region.one("SELECT count(*) FROM pg_roles WHERE rolname = %s", login)[0] == 1


def test_a_mandate_is_corrected_ended_and_withdrawn(qtbot, section, region):
    choose(section, region.secretary_a)
    section.mandate_list.buttons[0].click()
    form = dialog(section)
    assert not form.ui.unit_id_box.isEnabled()
    form.ui.decree_edit.setText("SK 9")
    store(qtbot, section)
    assert section.ui.table.selected().mandates[0].decree == "SK 9"
    section.mandate_list.buttons[1].click()
    last = section.look.today - timedelta(days=1)
    dialog(section).ui.valid_to_edit.set_day(last)
    store(qtbot, section)
    assert section.ui.table.selected().running == ()
    section.mandate_list.buttons[2].click()
    confirm(qtbot, section)
    assert section.ui.table.selected().mandates == ()


def test_what_speaks_against_a_mandate_stands_at_its_field(qtbot, section, region):
    choose(section, region.nobody)
    section.ui.mandate_button.click()
    form = dialog(section)
    choices.select(form.ui.role_box, Role.HEAD)
    choices.select(form.ui.unit_id_box, DINAS_A)
    store(qtbot, section)
    assert form.ui.role_problem.text().startswith("Unit itu sudah dipimpin Pegawai 900")
    choices.select(form.ui.role_box, Role.INSPECTOR)
    choices.select(form.ui.unit_id_box, BIDANG_A1)
    store(qtbot, section)
    assert form.ui.unit_id_problem.text() == (
        "Peran Inspektorat hanya diberikan pada unit teratas."
    )
    form.reject()


def test_an_account_is_closed_and_opened_and_gets_another_password(qtbot, section, region):
    choose(section, region.nobody)
    section.ui.close_button.click()
    confirm(qtbot, section)
    assert cells(section, region.nobody)[4] == "ditutup"
    assert not section.ui.close_button.isVisible()
    section.ui.reopen_button.click()
    settle(qtbot, section)
    assert cells(section, region.nobody)[4] == "–"
    section.ui.password_button.click()
    form = dialog(section)
    form.ui.suggest_button.click()
    assert len(form.ui.password_edit.displayText()) == 19
    store(qtbot, section)
    kept = region.one("SELECT rolpassword FROM pg_authid WHERE rolname = %s", region.nobody)[0]
    assert kept.startswith("SCRAM-SHA-256$")
    with region.superuser() as connection:
        connection.execute(f"ALTER ROLE {region.nobody} PASSWORD NULL")


def test_nobody_changes_what_is_their_own(section, region):
    choose(section, region.admin)
    for button in (
        section.ui.mandate_button, section.ui.close_button, section.ui.password_button,
        *section.mandate_list.buttons,
    ):  # fmt: skip
        assert not button.isEnabled()
        assert "administrator lain" in button.toolTip()


def test_a_head_sees_the_own_account_and_why_nothing_is_to_be_done(open_as, region):
    section = open_as(region.head_a)
    assert [row.login for row in section.model.rows] == [region.head_a]
    assert "Hanya administrator" in section.ui.add_button.toolTip()
    assert not section.ui.add_button.isEnabled()


def test_no_password_is_kept_as_a_draft_even_while_it_is_shown(qtbot, section, tmp_path):
    section.ui.add_button.click()
    form = dialog(section)
    assert isinstance(form, AccountDialog)
    form.ui.suggest_button.click()
    shown = form.ui.password_edit.displayText()
    form.keeper.look()
    section.context.drafts.close()
    kept = [one.read_text() for one in (tmp_path / "drafts").rglob("*.json")]
    assert all(shown not in json.dumps(one) for one in kept)
    form.reject()


def test_a_draft_of_a_mandate_is_kept(qtbot, section, region, tmp_path):
    """The control of the test before: other dialogs do keep what is typed."""
    choose(section, region.nobody)
    section.ui.mandate_button.click()
    form = dialog(section)
    assert isinstance(form, MandateDialog)
    settle(qtbot, section)
    form.ui.decree_edit.setText("SPT yang belum disimpan")
    form.keeper.look()
    section.context.drafts.close()
    kept = "".join(one.read_text() for one in (tmp_path / "drafts").rglob("*.json"))
    assert "SPT yang belum disimpan" in kept


def test_a_file_says_that_it_has_one_user_and_leads_to_a_server(qtbot, context, shown, database):
    context.attach(Opened(database, None))
    page = shown(OfficePage)
    section = page.sections["accounts"]
    page.ui.tabs.setCurrentWidget(section)
    settle(qtbot, section)
    assert section.ui.stack.currentWidget() is section.ui.empty_state
    assert "satu pengguna" in ONE_USER
    assert not section.ui.side_panel.isVisible()
    section.ui.empty_state.action_button.click()
    (moving,) = section.findChildren(MoveDialog)
    assert moving.file.name == "test.db"
    moving.reject()
