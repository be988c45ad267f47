"""The first start, from nothing to a unit with its people, by buttons and keys."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from wfh_desktop.domain.periods import Period
from wfh_desktop.services import office, people, units
from wfh_desktop.services.first_start import Step
from wfh_desktop.views.dialogs.first_start import FirstStartDialog
from wfh_desktop.views.widgets import choices

SEPTEMBER = Period(2026, 9)


@pytest.fixture
def dialog(qtbot, context):
    made = FirstStartDialog(context)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.context.jobs.running, timeout=20_000)


def on(qtbot, dialog):
    dialog.ui.next_button.click()
    settle(qtbot, dialog)


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "daftar.csv"
    path.write_text(
        "NIP;NAMA;GOLONGAN;JABATAN\n"
        "197001011995011001;Pegawai 1;IV/b;Kepala Dinas\n"
        "198001012005011002;Pegawai 2;III/b;Pengolah Data\n"
        "199201012020011000;Pegawai 3;III/a;Arsiparis Terampil\n",
        encoding="utf-8",
    )
    return path


def fill(qtbot, dialog, upto):
    """Answer the steps before *upto*."""
    ui = dialog.ui
    ui.region_edit.setText("Pemerintah Kota Manado")
    ui.since_edit.set_day(date(2026, 1, 1))
    on(qtbot, dialog)
    if upto > Step.UNIT:
        ui.office_name_edit.setText("Dinas Contoh")
        ui.place_edit.setText("Contoh")
        on(qtbot, dialog)
    if upto > Step.HEAD:
        ui.head_name_edit.setText("Pegawai 1")
        ui.head_nip_edit.setText("19700101 199501 1 001")
        ui.head_title_edit.setText("Kepala Dinas")
        choices.select(ui.head_grade_box, "IV/b")
        on(qtbot, dialog)
    if upto > Step.RULES:
        on(qtbot, dialog)


def test_five_steps_make_a_unit_with_its_people(qtbot, dialog, database, chief, listed):
    fill(qtbot, dialog, Step.STAFF)
    assert dialog.step is Step.STAFF
    dialog.take_file(listed)
    settle(qtbot, dialog)
    assert dialog.ui.preview_label.text().startswith("1 pegawai siap disimpan. 1 baris dilewati")
    dialog.ui.without_check.setChecked(True)
    settle(qtbot, dialog)
    assert dialog.ui.preview_label.text().startswith("2 pegawai siap disimpan.")
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.ui.next_button.click()
    with database.work(chief) as work:
        unit = units.find(work, "Dinas Contoh", date(2026, 9, 1)).id
        names = [row.name for row in people.roster(work, unit, SEPTEMBER)]
        rules = office.choices(work, unit)
    assert names == ["Pegawai 1", "Pegawai 3", "Pegawai 2"]
    assert [row.rule_id for row in rules] == ["manado-2022"]
    assert dialog.context.scope.unit_id == unit


def test_a_step_with_a_problem_is_not_left(qtbot, dialog):
    on(qtbot, dialog)
    assert dialog.step is Step.REGION
    assert dialog.ui.region_problem.text() == "Nama pemerintah daerah wajib diisi."
    fill(qtbot, dialog, Step.HEAD)
    assert dialog.step is Step.HEAD
    dialog.ui.head_nip_edit.setText("123")
    on(qtbot, dialog)
    assert dialog.step is Step.HEAD
    assert "18 angka" in dialog.ui.head_nip_problem.text()
    assert dialog.ui.head_name_problem.isVisible()


def test_one_can_go_back_and_nothing_is_lost(qtbot, dialog):
    fill(qtbot, dialog, Step.HEAD)
    dialog.ui.back_button.click()
    dialog.ui.back_button.click()
    assert dialog.step is Step.REGION
    assert not dialog.ui.back_button.isVisible()
    on(qtbot, dialog)
    assert dialog.ui.office_name_edit.text() == "Dinas Contoh"


def test_nothing_is_stored_before_the_end(qtbot, dialog, database, chief):
    fill(qtbot, dialog, Step.STAFF)
    dialog.reject()
    with database.work(chief) as work:
        assert units.tree(work, date(2026, 9, 1)) == []


def test_head_rules_and_staff_can_be_skipped(qtbot, dialog, database, chief):
    fill(qtbot, dialog, Step.HEAD)
    on(qtbot, dialog)
    choices.select(dialog.ui.rule_id_box, "")
    on(qtbot, dialog)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.ui.next_button.click()
    with database.work(chief) as work:
        assert len(units.tree(work, date(2026, 9, 1))) == 2


def test_the_rules_of_the_region_are_offered(qtbot, dialog):
    fill(qtbot, dialog, Step.RULES)
    assert choices.value(dialog.ui.rule_id_box) == "manado-2022"
    assert "contoh hitung" in dialog.ui.rule_note.text()


def test_a_file_that_cannot_be_read_is_told_and_can_be_left_out(qtbot, dialog, tmp_path):
    fill(qtbot, dialog, Step.STAFF)
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(b"PK\x03\x04")
    dialog.take_file(path)
    settle(qtbot, dialog)
    assert "rusak.xlsx" in dialog.ui.preview_label.text()
    assert dialog.ui.next_button.isEnabled()


def test_every_step_is_done_by_keyboard(qtbot, dialog):
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.ui.region_edit)
    qtbot.keyClicks(dialog.focusWidget(), "Pemerintah Kota Contoh")
    dialog.ui.next_button.setFocus()
    qtbot.keyClick(dialog.ui.next_button, Qt.Key.Key_Space)
    settle(qtbot, dialog)
    assert dialog.step is Step.UNIT
    assert dialog.focusWidget() is dialog.ui.office_name_edit


def test_the_demo_unit_is_one_button_away(qtbot, dialog, monkeypatch):
    from wfh_desktop.services import demo
    from wfh_desktop.services.units import UnitDraft

    def build(work):
        return units.create(work, UnitDraft("Unit Contoh", None, date(2026, 1, 1)))

    monkeypatch.setattr(demo, "build", build)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.ui.demo_button.click()
