"""The page Atur, section by section, worked as an administrator works it."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialogButtonBox, QInputDialog, QMessageBox, QTableWidgetItem

from wfh_desktop.domain.calendar import PRESETS, HolidayKind, Zone
from wfh_desktop.domain.careers import Identity, PositionDraft, RankDraft
from wfh_desktop.domain.people import Actor, Capacity, EmploymentStatus, Level, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.services import calendar, office, people, units
from wfh_desktop.services.units import UnitDraft
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.conflict import ConflictDialog
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.page import Place
from wfh_desktop.views.pages.office import OfficePage
from wfh_desktop.views.sections.about import parts
from wfh_desktop.views.sections.calendar import week
from wfh_desktop.views.widgets import choices
from wfh_desktop.views.widgets.toast import Toast

START = date(2026, 1, 1)
SEPTEMBER = Period(2026, 9)


@pytest.fixture
def bureau(database, chief):
    with database.work(chief) as work:
        region = units.create(work, UnitDraft("Pemerintah Kota Contoh", None, START))
        bureau = units.create(work, UnitDraft("Dinas Contoh", region, START))
        people.add(
            work,
            Identity("Pegawai 1", "197001011995011001", "Ir."),
            RankDraft(EmploymentStatus.PNS, START, "IV/b"),
            PositionDraft(bureau, "Kepala Dinas", Level.JPT_PRATAMA, START, 14),
        )
    return bureau


@pytest.fixture
def page(qtbot, context, bureau):
    context.scope.choose_unit(bureau, "Dinas Contoh")
    made = OfficePage(context)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    with qtbot.waitSignal(context.jobs.idle):
        made.show()
    settle(qtbot, context)
    return made


def settle(qtbot, context):
    qtbot.waitUntil(lambda: not context.jobs.running, timeout=20_000)


def section(qtbot, page, key):
    """Show a section and wait until it has fetched what it shows."""
    page.visit(Place("office", key))
    settle(qtbot, page.context)
    return page.ui.tabs.currentWidget()


def dialog(page):
    return next(one for one in page.findChildren(EntryDialog) if one.isVisible())


def store(qtbot, page):
    dialog(page).accept()
    settle(qtbot, page.context)


def fetched(database, chief, task, *arguments):
    with database.work(chief) as work:
        return task(work, *arguments)


def said(page):
    """Return what the toast says."""
    return [one.accessibleName() for one in page.window().findChildren(Toast) if one.isVisible()]


def test_shows_the_tree_and_a_kop_made_of_its_names(page):
    shown = page.sections["letterhead"]
    assert [row.name for row in shown.model.rows] == ["Pemerintah Kota Contoh", "Dinas Contoh"]
    assert shown.ui.government_edit.text() == "Pemerintah Kota Contoh"
    assert shown.ui.inherited_label.text().startswith("Belum ada kop")
    assert shown.ui.logo_button.toolTip() == "Simpan kop unit ini dahulu"


def test_the_kop_is_previewed_while_it_is_typed_and_stored(qtbot, page, database, chief, bureau):
    shown = page.sections["letterhead"]
    shown.ui.government_edit.setText("PEMERINTAH KOTA CONTOH")
    shown.ui.office_edit.setText("DINAS CONTOH")
    shown.ui.place_edit.setText("Contoh")
    assert "PEMERINTAH KOTA CONTOH DINAS CONTOH" in shown.ui.preview.accessibleDescription()
    shown.ui.save_button.click()
    settle(qtbot, page.context)
    kop = fetched(database, chief, office.letterhead, bureau, SEPTEMBER)
    assert (kop.government, kop.place) == ("PEMERINTAH KOTA CONTOH", "Contoh")
    assert "Kop surat tersimpan" in said(page)
    shown.ui.office_edit.clear()
    shown.ui.save_button.click()
    settle(qtbot, page.context)
    assert shown.ui.office_problem.text() == "Baris kedua kop wajib diisi."


def test_a_logo_is_put_into_the_kop_and_taken_out(qtbot, page, tmp_path, database, chief, bureau):
    shown = page.sections["letterhead"]
    shown.ui.save_button.click()
    settle(qtbot, page.context)
    picture = QImage(40, 50, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    picture.save(str(tmp_path / "logo.png"))
    shown.take_logo(tmp_path / "logo.png")
    settle(qtbot, page.context)
    assert fetched(database, chief, office.letterhead, bureau, SEPTEMBER).logo
    assert shown.ui.no_logo_button.isEnabled()
    shown.ui.no_logo_button.click()
    settle(qtbot, page.context)
    assert fetched(database, chief, office.letterhead, bureau, SEPTEMBER).logo is None


def test_units_are_added_corrected_reorganised_and_ended(qtbot, page):
    shown = page.sections["letterhead"]
    shown.ui.units_table.select_key(page.context.scope.unit_id)
    shown.ui.add_button.click()
    form = dialog(page)
    form.ui.name_edit.setText("Bidang Data")
    choices.select(form.ui.zone_box, Zone.WITA)
    store(qtbot, page)
    assert [row.name for row in shown.model.rows][-1] == "Bidang Data"
    shown.ui.units_table.selectRow(2)
    shown.ui.correct_button.click()
    assert not dialog(page).ui.parent_id_box.isVisible()
    dialog(page).ui.code_edit.setText("1.01")
    store(qtbot, page)
    assert shown.model.rows[2].code == "1.01"
    shown.ui.units_table.selectRow(2)
    shown.ui.reorganise_button.click()
    dialog(page).ui.name_edit.setText("Bidang Layanan Data")
    store(qtbot, page)
    assert (shown.model.rows[2].name, shown.model.rows[2].formerly) == (
        "Bidang Layanan Data",
        ("Bidang Data",),
    )
    shown.ui.units_table.selectRow(1)
    shown.ui.end_button.click()
    store(qtbot, page)
    assert "Masih ada unit di bawahnya" in dialog(page).ui.valid_to_problem.text()
    dialog(page).reject()


def test_a_signatory_is_appointed_with_the_title_of_the_person(
    qtbot, page, database, chief, bureau
):
    shown = section(qtbot, page, "signatories")
    assert "pimpinan unit belum ditetapkan" in shown.ui.present_label.text()
    shown.ui.add_button.click()
    form = dialog(page)
    assert form.ui.position_title_edit.text() == "Kepala Dinas"
    assert not form.ui.name_edit.isVisible()
    store(qtbot, page)
    assert "pimpinan unit Ir. Pegawai 1" in shown.ui.present_label.text()
    shown.ui.add_button.click()
    form = dialog(page)
    choices.select(form.ui.role_box, "treasurer")
    choices.select(form.ui.employee_id_box, None)
    form.ui.name_edit.setText("Pejabat Lain, S.E.")
    form.ui.position_title_edit.setText("Bendahara Pengeluaran")
    choices.select(form.ui.capacity_box, Capacity.ON_BEHALF)
    assert form.ui.on_behalf_of_edit.isVisible()
    store(qtbot, page)
    assert form.ui.on_behalf_of_problem.isVisible()
    form.ui.on_behalf_of_edit.setText("Kepala Dinas")
    store(qtbot, page)
    signing = fetched(database, chief, office.signatories, bureau, date(2026, 9, 30))
    assert signing["treasurer"].name == "Pejabat Lain, S.E."
    shown.ui.table.selectRow(1)
    shown.ui.withdraw_button.click()
    box = page.findChild(QMessageBox)
    next(one for one in box.buttons() if one.text() == "Tarik").click()
    settle(qtbot, page.context)
    assert len(shown.model.rows) == 1


def test_a_signatory_is_corrected_where_it_stands(qtbot, page, database, chief, bureau):
    shown = section(qtbot, page, "signatories")
    shown.ui.add_button.click()
    store(qtbot, page)
    shown.ui.table.selectRow(0)
    shown.ui.correct_button.click()
    form = dialog(page)
    assert choices.value(form.ui.role_box) == "head"
    assert form.ui.position_title_edit.text() == "Kepala Dinas"
    form.ui.position_title_edit.setText("Kepala Badan")
    store(qtbot, page)
    signing = fetched(database, chief, office.signatories, bureau, date(2026, 9, 30))
    assert signing["head"].title == "Kepala Badan"
    assert len(shown.model.rows) == 1


def test_work_hours_are_taken_from_a_preset_and_changed_by_day(
    qtbot, page, database, chief, bureau
):
    shown = section(qtbot, page, "calendar")
    shown.ui.add_schedule_button.click()
    form = dialog(page)
    assert form.ui.name_edit.text() == PRESETS[0].name
    form.ui.sabtu_check.setChecked(True)
    assert form.ui.sabtu_starts_edit.isEnabled()
    form.ui.jumat_check.setChecked(False)
    store(qtbot, page)
    (row,) = fetched(database, chief, calendar.schedules, bureau, date(2026, 9, 30))
    assert sorted(row.hours) == [0, 1, 2, 3, 5]
    shown.ui.schedules_table.selectRow(0)
    shown.ui.change_schedule_button.click()
    dialog(page).ui.name_edit.clear()
    store(qtbot, page)
    assert dialog(page).ui.name_problem.isVisible()
    dialog(page).reject()
    shown.ui.cancel_schedule_button.click()
    box = page.findChild(QMessageBox)
    next(one for one in box.buttons() if one.text() == "Batalkan").click()
    settle(qtbot, page.context)
    assert shown.schedules.rows == []


def test_holidays_are_seeded_added_changed_and_cancelled(qtbot, page):
    shown = section(qtbot, page, "calendar")
    shown.ui.seed_button.click()
    settle(qtbot, page.context)
    assert shown.ui.count_label.text() == "25 hari libur"
    assert "25 hari libur ditambahkan" in said(page)
    shown.ui.add_holiday_button.click()
    form = dialog(page)
    form.ui.name_edit.setText("Hari jadi kota")
    form.ui.day_edit.set_day(date(2026, 9, 24))
    store(qtbot, page)
    rows = {row.day: row for row in shown.holidays.rows}
    assert rows[date(2026, 9, 24)].kind is HolidayKind.LOCAL
    assert shown.ui.week_label.text().startswith("September 2026")
    shown.ui.holidays_table.select_key(rows[date(2026, 9, 24)].id)
    shown.ui.cancel_holiday_button.click()
    settle(qtbot, page.context)
    assert shown.ui.count_label.text() == "25 hari libur"
    assert shown.ui.cancel_holiday_button.text() == "&Pulihkan"


def test_a_week_says_its_hours_in_few_words():
    assert week(PRESETS[0].hours) == "Sen–Kam 07.30–16.00, Jum 07.30–16.30"


def test_rule_sets_are_proven_live_and_chosen_for_the_unit(qtbot, page, database, chief, bureau):
    shown = section(qtbot, page, "rules")
    assert "belum ada aturan TPP" in shown.ui.chosen_label.text()
    assert all(row.examples and not row.failing for row in shown.sets.rows)
    assert shown.ui.sets_table.select_key("banjarmasin-2025")
    assert "contoh cocok" in shown.ui.proof_pill.text()
    shown.ui.choose_button.click()
    form = dialog(page)
    form.ui.unit_factor_edit.setText("nol koma")
    store(qtbot, page)
    assert form.ui.unit_factor_problem.isVisible()
    form.ui.unit_factor_edit.setText("0,68")
    store(qtbot, page)
    (row,) = fetched(database, chief, office.choices, bureau)
    assert (row.rule_id, row.unit_factor) == ("banjarmasin-2025", Decimal("0.68"))
    assert shown.ui.chosen_label.text() == (
        "September 2026: TPP ASN Kota Banjarmasin, faktor unit 0,68."
    )


def test_a_rule_set_whose_example_fails_cannot_be_chosen(qtbot, page):
    from dataclasses import replace

    shown = section(qtbot, page, "rules")
    first = shown.sets.rows[0]
    name = first.rules.id
    broken = tuple(replace(one, failure=_Failure()) for one in first.examples[:1])
    shown._proved(shown.proofs | {name: broken})
    shown.ui.sets_table.select_key(name)
    assert not shown.ui.choose_button.isEnabled()
    assert shown.ui.choose_button.toolTip() == "Ada contoh hitung yang tidak cocok"
    assert "1 dari 1 contoh tidak cocok" in shown.ui.proof_pill.text()


class _Failure:
    example, path, expected, got, why = "x", "net", Decimal(2), Decimal(1), ""


def test_amounts_are_typed_pasted_and_stored_by_class_and_title(
    qtbot, page, database, chief, bureau
):
    with database.work(chief) as work:
        office.choose_rules(work, bureau, "banjarmasin-2025", START)
    shown = section(qtbot, page, "rules")
    shown.reload()
    settle(qtbot, page.context)
    shown.ui.tabs.setCurrentIndex(1)
    grid = shown.ui.amounts_grid
    grid.setCurrentCell(10, 0)
    QGuiApplication.clipboard().setText("4.000.000\t1.000.000,50\n3.000.000\tabc")
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    shown.ui.save_amounts_button.click()
    box = page.findChild(QMessageBox) or page.window().findChild(QMessageBox)
    assert "Kelas 6: abc bukan angka." in box.text()
    box.close()
    grid.item(11, 1).setText("")
    shown.ui.title_button.click()
    asked = shown.findChild(QInputDialog)
    asked.setTextValue("Ajudan")
    asked.accept()
    grid.setItem(17, 0, QTableWidgetItem("2.500.000"))
    grid.item(10, 0).setText("4.000.000")
    shown.ui.save_amounts_button.click()
    settle(qtbot, page.context)
    rows = fetched(database, chief, office.amounts, bureau, "banjarmasin-2025", date(2026, 9, 30))
    assert {(row.title or row.job_class, row.component): row.amount for row in rows} == {
        (7, "BK"): Decimal(4_000_000),
        ("Ajudan", "BK"): Decimal(2_500_000),
    }


def test_the_pagu_is_typed_by_month(qtbot, page, database, chief, bureau):
    page.visit(Place("office", "ceiling"))
    settle(qtbot, page.context)
    shown = page.sections["rules"]
    assert shown.ui.tabs.currentIndex() == 2
    shown.ui.ceilings_grid.item(8, 0).setText("Rp 150.000.000")
    shown.ui.save_ceilings_button.click()
    settle(qtbot, page.context)
    rows = fetched(database, chief, office.ceilings, bureau, 2026)
    assert [row.amount for row in rows if row.amount] == [Decimal(150_000_000)]
    assert shown.ui.ceilings_grid.item(8, 0).text() == "150.000.000"


def change(database, chief, task, *arguments, **named):
    """Let somebody else do something."""
    with database.work(chief) as work:
        task(work, *arguments, **named)


def resolve(page, *buttons):
    """Answer the question whose amounts stay."""
    asked = page.findChild(ConflictDialog)
    for button in buttons:
        getattr(asked.ui, button).click()
    asked.ui.button_box.button(QDialogButtonBox.StandardButton.Ok).click()
    return asked


def test_a_pagu_that_somebody_else_set_is_never_overwritten_unasked(
    qtbot, page, database, chief, bureau
):
    page.visit(Place("office", "ceiling"))
    settle(qtbot, page.context)
    shown = page.sections["rules"]
    grid = shown.ui.ceilings_grid
    for row, text in ((8, "150.000.000"), (9, "160.000.000")):
        grid.item(row, 0).setText(text)
    change(database, chief, office.set_ceilings, bureau, [(SEPTEMBER, 0, Decimal(140_000_000))])
    shown.ui.save_ceilings_button.click()
    settle(qtbot, page.context)
    qtbot.waitUntil(lambda: page.findChild(ConflictDialog) is not None)
    asked = resolve(page, "theirs_button")
    assert [(line.caption, line.mine, line.theirs) for line in asked.lines] == [
        ("September 2026, Pagu (Rp)", "150.000.000", "140.000.000")
    ]
    assert [grid.item(row, 0).text() for row in (8, 9)] == ["140.000.000", "160.000.000"]
    shown.ui.save_ceilings_button.click()
    settle(qtbot, page.context)
    rows = fetched(database, chief, office.ceilings, bureau, 2026)
    assert [row.amount for row in rows if row.amount] == [140_000_000, 160_000_000]


def test_an_amount_that_somebody_else_set_is_never_overwritten_unasked(
    qtbot, page, database, chief, bureau
):
    change(database, chief, office.choose_rules, bureau, "banjarmasin-2025", START)
    shown = section(qtbot, page, "rules")
    shown.reload()
    settle(qtbot, page.context)
    shown.ui.tabs.setCurrentIndex(1)
    grid = shown.ui.amounts_grid
    grid.item(10, 0).setText("4.000.000")
    theirs = office.AmountDraft("BK", Decimal(5_000_000), job_class=7)
    change(database, chief, office.set_amounts, bureau, "banjarmasin-2025", START, [theirs])
    assert page.editing()
    shown.ui.save_amounts_button.click()
    settle(qtbot, page.context)
    qtbot.waitUntil(lambda: page.findChild(ConflictDialog) is not None)
    resolve(page, "mine_button")
    assert grid.item(10, 0).text() == "4.000.000"
    shown.ui.save_amounts_button.click()
    settle(qtbot, page.context)
    rows = fetched(database, chief, office.amounts, bureau, "banjarmasin-2025", date(2026, 9, 30))
    assert [row.amount for row in rows] == [4_000_000]
    assert not page.editing()


def test_a_line_of_the_kop_that_somebody_else_changed_is_asked_about(
    qtbot, page, database, chief, bureau
):
    shown = section(qtbot, page, "letterhead")
    drafts = [
        office.LetterheadDraft("PEMERINTAH KOTA", "DINAS", "", address, "Kota", "800")
        for address in ("Jalan Lama", "Jalan Mereka")
    ]
    change(database, chief, office.set_letterhead, bureau, 0, drafts[0])
    shown.reload()
    settle(qtbot, page.context)
    qtbot.keyClicks(shown.ui.place_edit, "X")
    shown.ui.address_edit.selectAll()
    qtbot.keyClicks(shown.ui.address_edit, "Jalan Baru")
    change(database, chief, office.set_letterhead, bureau, 1, drafts[1])
    shown.ui.save_button.click()
    settle(qtbot, page.context)
    qtbot.waitUntil(lambda: page.findChild(ConflictDialog) is not None)
    asked = resolve(page, "mine_button")
    assert [(line.caption, line.mine, line.theirs, line.base) for line in asked.lines] == [
        ("Alamat", "Jalan Baru", "Jalan Mereka", "Jalan Lama")
    ]
    shown.ui.save_button.click()
    settle(qtbot, page.context)
    kop = fetched(database, chief, office.letterhead, bureau, SEPTEMBER)
    assert (kop.address, kop.place) == ("Jalan Baru", "KotaX")


def test_about_says_version_and_where_the_data_are(qtbot, page):
    shown = section(qtbot, page, "about")
    assert shown.ui.version_label.text() == "Versi 0.1.0"
    assert "Basis data: " in shown.ui.database_label.text()
    assert any(part.casefold().startswith("pyside6") for part in parts())


def test_whoever_is_no_administrator_changes_nothing(qtbot, context, bureau):
    clerk = Context(Actor("Sekretariat", Right.READ | Right.RECORD), context.jobs, context.scope)
    context.scope.choose_unit(bureau, "Dinas Contoh")
    page = OfficePage(clerk)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, context)
    for key, names in {
        "letterhead": ("add_button", "save_button"),
        "signatories": ("add_button",),
        "calendar": ("seed_button", "add_schedule_button", "add_holiday_button"),
        "rules": ("choose_button", "save_ceilings_button"),
    }.items():
        shown = section(qtbot, page, key)
        for name in names:
            button = getattr(shown.ui, name)
            assert not button.isEnabled()
            assert button.toolTip() == "Hanya administrator yang mengatur"
