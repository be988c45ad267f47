from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from wfh_desktop.domain.people import Level, Right
from wfh_desktop.domain.performance.assessment import AssessmentDraft
from wfh_desktop.domain.performance.panrb6 import CoreValue, Predicate, Rating
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import Realisation
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.services import performance, targets, work_reports
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.realisation import RealisationDialog
from wfh_desktop.views.dialogs.reason import ReasonDialog
from wfh_desktop.views.dialogs.target import TargetDialog
from wfh_desktop.views.page import Place
from wfh_desktop.views.pages.performance import PerformancePage
from wfh_desktop.views.widgets.predicate_field import PredicateField
from wfh_desktop.views.widgets.rating_grid import RatingGrid
from wfh_desktop.views.widgets.target_list import figures
from wfh_desktop.views.widgets.toast import Toast

from .. import offices
from ..conftest import NOW
from ..offices import SEPTEMBER

Key = Qt.Key
AUGUST = Period(2026, 8)


@pytest.fixture
def office(database, chief):
    """A unit of three; the first has a target, half of it done by an accepted report."""
    with database.work(chief, now=NOW) as work:
        place = offices.unit(work)
        people = [offices.somebody(work, place, number) for number in (1, 2, 3)]
        goal = offices.objective(work, place)
        target = offices.target(work, place, people[0], goal, quantity=Decimal(2))
        key = offices.task(work, place, people[0], target_ids=[(people[0].id, target)])
        report = offices.report(work, offices.share_of(work, key))
        work_reports.accept(work, report, work_reports.details(work, report).row.version, 4)
        return place


def rows(database, chief, period=SEPTEMBER):
    with database.work(chief, now=NOW) as work:
        return performance.month(work, 1, period)


def settled(qtbot, context):
    qtbot.waitUntil(lambda: not context.jobs.running, timeout=20_000)


@pytest.fixture
def page(qtbot, shown, context, office):
    page = shown(PerformancePage)
    settled(qtbot, context)
    return page


def choose(qtbot, context, page, row):
    page.ui.table.selectRow(row)
    settled(qtbot, context)


def appraise(page, results, values, behaviour=None, note=""):
    pane = page.appraisal_pane
    for number, rating in enumerate(Rating):
        if rating is results:
            pane.results_choice._group.button(number).click()
        if rating is behaviour:
            pane.behaviour_choice._group.button(number).click()
    for choice in pane.grid._choices.values():
        choice._group.button(list(Rating).index(values)).click()
    if note:
        pane.note_edit.setText(note)
        pane.note_edit.textEdited.emit(note)


def test_shows_targets_with_realisation_and_the_reports_behind(qtbot, page, context):
    choose(qtbot, context, page, 0)
    pane = page.target_pane
    assert figures(pane.targets.selected()) == "1 dari 2 laporan  ·  mutu 90 dari 100"
    assert pane.reports_label.text() == "1 dari 1 laporan dihitung"
    with qtbot.waitSignal(page.navigate) as asked:
        pane.reports.selectRow(0)
        qtbot.keyClick(pane.reports, Key.Key_Return)
    assert asked.args == [Place("work_reports", "report", 1)]


def test_lists_the_unit_by_rank_with_the_distribution(page):
    assert [row.person.name for row in page.model.rows] == ["Pegawai 1", "Pegawai 2", "Pegawai 3"]
    assert page.ui.distribution.counts == {"Belum dinilai": 3}
    assert page.ui.missing_pill.accessibleName() == "3 belum dinilai"
    assert "2 orang tanpa target" in page.ui.footer_label.text()


def test_the_field_shows_where_the_predicate_comes_from(qtbot, page, context):
    choose(qtbot, context, page, 0)
    page.tabs.setCurrentWidget(page.appraisal_pane)
    field = page.appraisal_pane.field
    assert field.predicate is None
    appraise(page, Rating.ABOVE, Rating.BELOW)
    assert field.predicate is Predicate.POOR
    assert field.accessibleName() == "Predikat: Kurang"


def test_an_appraisal_is_saved_and_the_next_person_comes_up(qtbot, page, context, database, chief):
    choose(qtbot, context, page, 1)
    page.tabs.setCurrentWidget(page.appraisal_pane)
    appraise(page, Rating.AS, Rating.AS)
    assert page.unsaved.keys() == {2}
    page.appraisal_pane.save_button.click()
    settled(qtbot, context)
    assert rows(database, chief)[1].score.predicate == "Baik"
    assert page.ui.table.selected().id == 3
    assert page.unsaved == {}
    assert page.ui.distribution.counts == {"Baik": 1, "Belum dinilai": 2}


def test_departing_from_the_proposal_asks_for_the_reason(qtbot, page, context, database, chief):
    choose(qtbot, context, page, 0)
    pane = page.appraisal_pane
    page.tabs.setCurrentWidget(pane)
    assert pane.proposal_label.text() == "usulan di bawah"
    appraise(page, Rating.AS, Rating.AS)
    pane.save_button.click()
    settled(qtbot, context)
    assert "tulis alasannya" in pane.problem_label.text()
    assert rows(database, chief)[0].score.predicate == ""
    appraise(page, None, Rating.AS, note="Data dari kementerian terlambat")
    for choice in pane.grid._choices.values():
        choice.choose(Rating.AS)
    pane.save_button.click()
    settled(qtbot, context)
    assert rows(database, chief)[0].score.predicate == "Baik"


def test_what_is_not_saved_waits_while_others_are_looked_at(qtbot, page, context):
    choose(qtbot, context, page, 0)
    pane = page.appraisal_pane
    appraise(page, Rating.BELOW, Rating.AS)
    choose(qtbot, context, page, 1)
    assert pane.draft() == AssessmentDraft()
    assert "1 penilaian belum disimpan" in page.ui.footer_label.text()
    choose(qtbot, context, page, 0)
    assert pane.draft().results is Rating.BELOW
    assert len(pane.draft().aspects) == 7


def test_the_rest_is_rated_as_expected_with_one_click(qtbot, page, context):
    choose(qtbot, context, page, 1)
    pane = page.appraisal_pane
    pane.grid._choices["Loyal"]._group.button(2).click()
    pane.all_button.click()
    aspects = pane.draft().aspects
    assert aspects.pop("Loyal") == Rating.ABOVE.value
    assert set(aspects.values()) == {Rating.AS.value}
    assert pane.behaviour_note.text() == "menurut nilai: sesuai"


def test_a_second_click_takes_a_rating_back(qtbot, page, context):
    choose(qtbot, context, page, 1)
    choice = page.appraisal_pane.behaviour_choice
    choice._group.button(2).click()
    assert choice.rating is Rating.ABOVE
    choice._group.button(2).click()
    assert choice.rating is None


def test_an_appraisal_can_be_taken_back(qtbot, page, context, database, chief):
    with database.work(chief, now=NOW) as work:
        draft = AssessmentDraft(results=Rating.AS, behaviour=Rating.ABOVE)
        performance.assess(work, 1, SEPTEMBER, 2, draft)
    page.refresh()
    settled(qtbot, context)
    choose(qtbot, context, page, 1)
    pane = page.appraisal_pane
    page.tabs.setCurrentWidget(pane)
    assert pane.behaviour_choice.rating is Rating.ABOVE
    assert pane.clear_button.isVisible()
    pane.clear_button.click()
    settled(qtbot, context)
    assert rows(database, chief)[1].score.predicate == ""
    assert pane.draft() == AssessmentDraft()


def test_says_so_when_somebody_else_appraised_meanwhile(qtbot, page, context, database, chief):
    choose(qtbot, context, page, 1)
    with database.work(chief, now=NOW) as work:
        draft = AssessmentDraft(results=Rating.AS, behaviour=Rating.AS)
        performance.assess(work, 1, SEPTEMBER, 2, draft)
    appraise(page, Rating.ABOVE, Rating.ABOVE)
    page.appraisal_pane.save_button.click()
    qtbot.waitUntil(lambda: page.window().findChild(QMessageBox) is not None)
    settled(qtbot, context)
    assert rows(database, chief)[1].score.predicate == "Baik"


def test_every_step_of_the_score_is_told(qtbot, page, context):
    choose(qtbot, context, page, 0)
    told = [page.trail_list.item(n).text() for n in range(page.trail_list.count())]
    assert told[0] == "Perilaku kerja belum dinilai."
    assert any("kuantitas 50 %, kualitas 90 %, waktu 100 %" in line for line in told)


def test_a_target_is_set_for_many_with_a_new_sasaran(qtbot, page, context, database, chief):
    page.ui.add_button.click()
    dialog = page.findChild(TargetDialog)
    qtbot.waitUntil(dialog.isEnabled)
    ui = dialog.ui
    ui.people_chips.choose([2, 3])
    ui.objective_box.setEditText("Arsip tertib")
    assert ui.objective_note.text() == "Sasaran baru; ditambahkan ke 2026."
    ui.title_edit.setText("Penataan arsip")
    ui.quantity_edit.setText("1.500")
    ui.measure_box.setEditText("berkas")
    with qtbot.waitSignal(dialog.saved):
        ui.save_button.click()
    settled(qtbot, context)
    _, second, third = rows(database, chief)
    for row in (second, third):
        (target,) = row.targets
        assert (target.objective, target.quantity, target.measure) == (
            "Arsip tertib", 1500, "berkas",
        )  # fmt: skip


def test_the_target_dialog_marks_every_problem(qtbot, page, context):
    page.ui.add_button.click()
    dialog = page.findChild(TargetDialog)
    qtbot.waitUntil(dialog.isEnabled)
    ui = dialog.ui
    ui.quantity_edit.setText("banyak")
    ui.save_button.click()
    assert ui.quantity_problem.text() == "Kuantitas harus berupa angka, bukan banyak."
    ui.quantity_edit.setText("0")
    ui.people_chips.choose([1])
    ui.save_button.click()
    qtbot.waitUntil(dialog.isEnabled)
    assert ui.quantity_problem.text() == "Kuantitas harus lebih dari nol."
    assert ui.title_problem.text() == "Uraian wajib diisi."


def test_a_target_is_changed(qtbot, page, context, database, chief):
    choose(qtbot, context, page, 0)
    qtbot.keyClick(page.target_pane.targets, Key.Key_Return)
    dialog = page.findChild(TargetDialog)
    qtbot.waitUntil(dialog.isEnabled)
    assert dialog.ui.objective_box.currentText() == "Layanan data tepat waktu"
    dialog.ui.quantity_edit.setText("1")
    with qtbot.waitSignal(dialog.saved):
        dialog.ui.save_button.click()
    settled(qtbot, context)
    assert rows(database, chief)[0].targets[0].quantity == 1


def test_realisation_by_hand_wins_and_is_marked(qtbot, page, context, database, chief):
    choose(qtbot, context, page, 0)
    page.target_pane.realise_button.click()
    dialog = page.findChild(RealisationDialog)
    assert dialog.ui.quantity_edit.placeholderText() == "1 menurut laporan"
    dialog.ui.quantity_edit.setText("2")
    with qtbot.waitSignal(dialog.saved):
        dialog.accept()
    settled(qtbot, context)
    done = rows(database, chief)[0].targets[0].done
    assert (done.quantity, done.by_hand, done.reports) == (2, {"quantity"}, 1)
    assert figures(page.target_pane.targets.selected()).startswith("✎2 dari 2 laporan")


def test_a_target_is_cancelled_with_a_reason_and_restored(qtbot, page, context, database, chief):
    choose(qtbot, context, page, 0)
    page.target_pane.cancel_button.click()
    dialog = page.findChild(ReasonDialog)
    dialog.ui.reason_edit.setText("Kegiatan dihapus")
    dialog.accept()
    settled(qtbot, context)
    assert rows(database, chief)[0].targets == ()
    (toast,) = page.window().findChildren(Toast)
    toast.undo_button.click()
    settled(qtbot, context)
    assert len(rows(database, chief)[0].targets) == 1


def test_last_months_targets_are_copied_and_confirmed(qtbot, page, context, database, chief):
    with database.work(chief, now=NOW) as work:
        place, person = offices.Known(1, ""), offices.Known(2, "")
        offices.target(work, place, person, offices.Known(1, ""), AUGUST)
    page.refresh()
    settled(qtbot, context)
    page.ui.copy_button.click()
    settled(qtbot, context)
    assert "1 target bulan lalu disalin sebagai konsep" in page.ui.message_bar.text
    assert "1 konsep target belum ditetapkan" in page.ui.footer_label.text()
    assert page.ui.confirm_button.isVisible()
    page.ui.message_bar.action_button.click()
    settled(qtbot, context)
    assert rows(database, chief)[1].targets[0].state == "ditetapkan"
    assert page.ui.confirm_button.isHidden()


def test_a_month_of_2018_asks_for_numbers(qtbot, page, context, database, chief):
    march = Period(2018, 3)
    with database.work(chief, now=NOW) as work:
        place, person = offices.Known(1, ""), offices.Known(1, "")
        goal = offices.objective(work, place, 2018)
        key = offices.target(work, place, person, goal, march)
        row = next(one for one in targets.listing(work, 1, march) if one.id == key)
        targets.realise(work, key, row.version, Realisation(Decimal(4), Decimal(90), Decimal(20)))
    context.scope.choose_period(march)
    settled(qtbot, context)
    pane = page.appraisal_pane
    page.tabs.setCurrentWidget(pane)
    choose(qtbot, context, page, 0)
    assert pane.field.isHidden()
    fields = pane.grid._numbers
    assert list(fields)[-1] == "Kerja sama"
    for field in fields.values():
        field.setText("80,5")
    pane.save_button.click()
    settled(qtbot, context)
    score = rows(database, chief, march)[0].score
    assert score.predicate == "Baik"
    assert score.score == (Decimal(266) / 3 * 60 + Decimal("80.5") * 40) / 100


def test_whoever_leads_is_asked_for_leadership_under_the_older_rules(qtbot):
    from wfh_desktop.domain.performance import Generation
    from wfh_desktop.domain.performance.assessment import aspects_asked

    grid = RatingGrid()
    qtbot.addWidget(grid)
    grid.ask(aspects_asked(Generation.PP46, Level.PENGAWAS), numbers=True)
    grid.show_aspects({"Kepemimpinan": "85.5"})
    assert grid.aspects() == {"Kepemimpinan": "85,5"}


def test_a_locked_month_only_shows(qtbot, page, context):
    choose(qtbot, context, page, 0)
    context.scope.show_state(State.FINAL)
    pane = page.target_pane
    buttons = (page.ui.add_button, pane.edit_button, page.appraisal_pane.save_button)
    assert {button.toolTip() for button in buttons} == {"September 2026 sudah dikunci"}
    assert not any(button.isEnabled() for button in buttons)


def test_the_secretariat_sees_and_does_not_appraise(qtbot, context, office, chief):
    clerk = replace(chief, rights=Right.READ | Right.RECORD | Right.ASSIGN)
    context.scope.choose_unit(1, "Unit Contoh")
    page = PerformancePage(Context(clerk, context.jobs, context.scope))
    qtbot.addWidget(page)
    page.show()
    settled(qtbot, context)
    assert page.appraisal_pane.save_button.toolTip() == "Hanya pimpinan menilai"
    assert page.ui.add_button.isEnabled()


def test_the_home_page_can_ask_for_who_is_not_appraised(qtbot, page, context, database, chief):
    with database.work(chief, now=NOW) as work:
        draft = AssessmentDraft(results=Rating.AS, behaviour=Rating.AS)
        performance.assess(work, 1, SEPTEMBER, 2, draft)
    page.refresh()
    settled(qtbot, context)
    page.visit(Place("performance", "missing"))
    assert [row.id for row in page.model.rows] == [1, 3]
    assert page.tabs.currentWidget() is page.appraisal_pane
    page.visit(Place("performance", key=2))
    assert page.ui.table.selected().id == 2


def test_a_unit_without_people_says_where_they_come_from(qtbot, shown, database, chief):
    with database.work(chief, now=NOW) as work:
        offices.unit(work)
    page = shown(PerformancePage)
    assert page.ui.stack.currentWidget() is page.ui.empty_state
    with qtbot.waitSignal(page.navigate) as asked:
        page.ui.empty_state.action_button.click()
    assert asked.args == [Place("people")]


@pytest.mark.parametrize("results", Rating)
@pytest.mark.parametrize("behaviour", Rating)
def test_every_cell_of_the_field_can_be_painted(qtbot, results, behaviour):
    field = PredicateField()
    qtbot.addWidget(field)
    field.show_ratings(results, behaviour)
    assert not field.grab().isNull()
    assert field.predicate is not None


def test_the_seven_values_are_asked_in_order(page, qtbot, context):
    choose(qtbot, context, page, 0)
    assert list(page.appraisal_pane.grid._choices) == [value.value for value in CoreValue]


def test_the_list_obeys_qt(qtmodeltester, page):
    qtmodeltester.check(page.model)
