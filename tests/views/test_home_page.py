from datetime import date, time
from functools import partial

import pytest
from PySide6.QtCore import Qt

from tests import offices as work_offices
from tests.services import offices
from wfh_desktop.domain.attendance import Source, Workplace
from wfh_desktop.persistence.models import DayEntry
from wfh_desktop.services import attendance_entry
from wfh_desktop.services.attendance_entry import EntryDraft, Said
from wfh_desktop.services.home import Kind
from wfh_desktop.views.page import Place
from wfh_desktop.views.pages.home import HomePage
from wfh_desktop.views.widgets.day_cells import LOOKS


@pytest.fixture
def unit(database, chief):
    """A unit with three people; the first worked at home on 1 September 2026."""
    with database.work(chief) as work:
        unit = offices.office(work)
        staff = offices.people(work, unit, 3)
        work.add(
            DayEntry(
                unit_id=unit.id,
                employee_id=staff[0],
                day=date(2026, 9, 1),
                source=Source.FILE,
                workplace=Workplace.HOME,
                time_in=time(7, 20),
                time_out=time(16, 30),
            )
        )
        return work_offices.Known(unit.id, unit.name)


def test_shows_everybody_s_month_with_letters_and_causes(shown, unit):
    page = shown(HomePage, unit.id)
    strip = page.ui.strip.strip
    assert strip.rowCount() == 3
    assert strip.headerData(1, Qt.Orientation.Horizontal) == "1"
    first = strip.index(0, 1)
    assert LOOKS[Kind.HOME].word in first.data(Qt.ItemDataRole.ToolTipRole)
    assert "Selasa, 1 September 2026" in first.data(Qt.ItemDataRole.ToolTipRole)
    assert strip.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Belum jelas")


def test_the_strip_obeys_qt(qtmodeltester, shown, unit):
    page = shown(HomePage, unit.id)
    qtmodeltester.check(page.ui.strip.strip)


def test_every_number_leads_to_the_list_behind_it(qtbot, shown, unit):
    page = shown(HomePage, unit.id)
    for button, place in (
        (page.ui.reports_button, Place("work_reports", "waiting")),
        (page.ui.overdue_button, Place("tasks", "overdue")),
        (page.ui.unclear_button, Place("attendance", "unclear")),
    ):
        with qtbot.waitSignal(page.navigate) as told:
            qtbot.keyClick(button, Qt.Key.Key_Space)
        assert told.args == [place]


def test_every_step_of_the_month_leads_to_where_it_is_done(qtbot, shown, unit):
    page = shown(HomePage, unit.id)
    pages = []
    page.navigate.connect(lambda place: pages.append(place.page))
    for button in page.ui.checklist.buttons:
        button.click()
    assert pages == [
        "attendance", "work_reports", "performance", "tpp", "tpp", "tpp", "papers",
    ]  # fmt: skip


def test_enter_on_a_day_opens_that_day_of_that_person(qtbot, shown, unit):
    page = shown(HomePage, unit.id)
    page.ui.strip.setCurrentIndex(page.ui.strip.strip.index(1, 4))
    with qtbot.waitSignal(page.navigate) as told:
        qtbot.keyClick(page.ui.strip, Qt.Key.Key_Return)
    place = told.args[0]
    assert (place.page, place.part, place.day) == ("attendance", "day", date(2026, 9, 4))


def test_what_is_typed_elsewhere_appears_at_once(qtbot, shown, unit, context):
    page = shown(HomePage, unit.id)
    before = page.ui.unclear_button.figure
    person = page.ui.strip.strip.months[1].person
    draft = EntryDraft(
        person.id, date(2026, 9, 1), Said(time_in=time(7, 20), time_out=time(16, 30))
    )
    with qtbot.waitSignals([context.jobs.changed, context.jobs.idle]):
        context.jobs.run(page, partial(attendance_entry.enter, unit_id=unit.id, drafts=[draft]))
    qtbot.waitUntil(lambda: page.ui.unclear_button.figure == str(int(before) - 1))


def test_a_unit_without_people_says_so_and_leads_to_them(qtbot, shown, database, chief):
    with database.work(chief) as work:
        empty = offices.office(work)
        key = empty.id
    page = shown(HomePage, key)
    assert page.ui.empty_state.isVisible()
    with qtbot.waitSignal(page.navigate) as told:
        page.ui.empty_state.action_button.click()
    assert told.args == [Place("people")]


def test_the_legend_explains_only_what_is_to_be_seen(shown, unit):
    page = shown(HomePage, unit.id)
    said = page.ui.legend.accessibleName()
    assert "H WFH" in said
    assert "Sakit" not in said
