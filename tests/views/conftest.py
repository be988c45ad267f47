import gc

import pytest
from PySide6.QtCore import QLocale, QSettings

from tests.accounts.conftest import guarded
from wfh_desktop.domain.periods import Period
from wfh_desktop.views import labels, theme
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.jobs import Jobs

__all__ = ["guarded"]  # a fixture that another folder has, for these tests too


@pytest.fixture(autouse=True)
def collect_garbage_here():
    """Do as the application does: no widget dies in a worker."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def own_settings(tmp_path, monkeypatch):
    """Keep the preferences of a test to itself, and what is typed in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )


@pytest.fixture(scope="session", autouse=True)
def looks(qapp):
    """Look and speak as the application does."""
    qapp.setOrganizationName("WFH")
    qapp.setApplicationName("WFH Desktop")
    QLocale.setDefault(labels.INDONESIAN)
    qapp.setStyle("Fusion")
    theme.apply(qapp, theme.Scheme.LIGHT)


@pytest.fixture
def context(qtbot, database, chief):
    """A context over the empty test database; choose a unit with `context.scope`."""
    jobs = Jobs(chief)
    jobs.attach(database)
    yield Context(chief, jobs, Scope(Period(2026, 9)))
    jobs.close()


@pytest.fixture
def shown(qtbot, context):
    """Show a page for a unit (by default number 1) and wait for its first answer."""

    def show(page_type, unit_id=1, name="Unit Contoh"):
        context.scope.choose_unit(unit_id, name)
        page = page_type(context)
        qtbot.addWidget(page)
        page.resize(1190, 690)
        with qtbot.waitSignal(context.jobs.idle):
            page.show()
        return page

    return show
