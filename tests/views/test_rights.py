"""What each role finds disabled, and why: the server would refuse it anyway, but not so kindly."""

from functools import partial

import pytest

from tests.services import offices
from wfh_desktop.domain.mandates import RIGHTS, Role
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.jobs import Jobs
from wfh_desktop.views.page import Place
from wfh_desktop.views.pages.attendance import AttendancePage
from wfh_desktop.views.pages.office import OfficePage
from wfh_desktop.views.pages.people import PeoplePage
from wfh_desktop.views.pages.performance import PerformancePage
from wfh_desktop.views.pages.tasks import TasksPage
from wfh_desktop.views.pages.tpp import TppPage
from wfh_desktop.views.pages.work_reports import WorkReportsPage

ACTS = {  # by page: the acts in its head, and the right that each asks for
    AttendancePage: {"import_button": Right.RECORD},
    PeoplePage: {
        "add_button": Right.RECORD, "import_button": Right.RECORD, "edit_button": Right.RECORD,
    },
    TasksPage: {"add_button": Right.ASSIGN},
    WorkReportsPage: {"add_button": Right.RECORD},
    PerformancePage: {"copy_button": Right.ASSIGN},
    TppPage: {"compute_button": Right.RECORD, "conduct_button": Right.RECORD},
}  # fmt: skip
SECTIONS = {
    "letterhead": ("add_button", "save_button"),
    "signatories": ("add_button",),
    "calendar": ("add_schedule_button", "add_holiday_button", "seed_button"),
    "accounts": ("add_button", "mandate_button", "close_button", "password_button"),
}


@pytest.fixture
def open_as(qtbot, database, chief):
    """Show a page over a unit of three people as somebody in a role."""
    with database.work(chief) as work:
        unit = offices.office(work)
        offices.people(work, unit, 3)
        unit_id = unit.id
    kept = []

    def open_as(role, page_type):
        actor = Actor("Pegawai 1", RIGHTS[role])
        jobs = Jobs(actor)
        jobs.attach(database)
        context = Context(actor, jobs, Scope(Period(2026, 9)))
        context.scope.choose_unit(unit_id, "Unit Contoh")
        page = page_type(context)
        kept.append(page)
        qtbot.addWidget(page)
        page.resize(1190, 690)
        page.show()
        qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)
        return page

    yield open_as
    for page in kept:
        page.context.jobs.close()


@pytest.mark.parametrize("page_type", ACTS, ids=lambda page: page.key)
def test_an_act_is_open_to_those_with_the_right_and_explained_to_the_others(open_as, page_type):
    for role in (Role.INSPECTOR, Role.SECRETARIAT, Role.HEAD):
        page = open_as(role, page_type)
        for name, right in ACTS[page_type].items():
            button = getattr(page.ui, name)
            may = right in RIGHTS[role]
            assert ("berwenang" in button.toolTip() or "Hanya" in button.toolTip()) != may, name
            assert may or not button.isEnabled(), name


@pytest.mark.parametrize("page_type", [TasksPage, WorkReportsPage, TppPage])
def test_an_empty_page_does_not_offer_what_one_may_not_do(open_as, page_type):
    assert not open_as(Role.INSPECTOR, page_type).ui.empty_state.action_button.isEnabled()


def test_only_an_administrator_decides_for_the_office(qtbot, open_as):
    page = open_as(Role.HEAD, OfficePage)
    for key, names in SECTIONS.items():
        page.visit(Place("office", key))
        qtbot.waitUntil(partial(lambda jobs: not jobs.running, page.context.jobs))
        for name in names:
            button = getattr(page.ui.tabs.currentWidget().ui, name)
            assert not button.isEnabled(), (key, name)
            assert "administrator" in button.toolTip().lower(), (key, name)
