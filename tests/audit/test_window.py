"""The window seals in the background, and says loudly that the chain was rewritten."""

import pytest
from PySide6.QtCore import QSettings

from tests.audit import tampering
from tests.audit.conftest import change
from wfh_desktop.domain.periods import Period
from wfh_desktop.services import audit
from wfh_desktop.services.audit import anchors
from wfh_desktop.views.context import Context, Scope
from wfh_desktop.views.jobs import Jobs
from wfh_desktop.views.shell.sealing import Sealing
from wfh_desktop.views.widgets.message_bar import MessageBar


@pytest.fixture
def context(qtbot, file, chief, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    jobs = Jobs(chief)
    jobs.attach(file.everything)
    yield Context(chief, jobs, Scope(Period(2026, 9)))
    jobs.close()


@pytest.fixture
def bar(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def sealing(context, bar):
    return Sealing(context, bar, bar)


def look(qtbot, sealing, context):
    sealing.look()
    qtbot.waitUntil(lambda: not context.jobs.running)


def remembered(file):
    with file.work() as work:
        return anchors.read(audit.folder() / f"{audit.installation(work)}.txt")


def test_a_change_is_sealed_and_remembered(qtbot, file, context, sealing, bar):
    change(file, "Satu")
    for _ in range(2):
        look(qtbot, sealing, context)
    with file.work() as work:
        assert audit.verify(work, [one.anchor for one in remembered(file)]).unsealed == 0
    assert remembered(file)
    assert bar.text == ""


def test_the_first_change_starts_the_minute_and_no_other_delays_it(context, sealing):
    assert not sealing.clock.isActive()
    context.jobs.changed.emit(frozenset())
    assert 50_000 < sealing.clock.remainingTime() <= 64_000  # such a clock is coarse
    sealing.clock.start(10)
    context.jobs.changed.emit(frozenset())
    assert sealing.clock.remainingTime() <= 10


def test_the_database_is_looked_at_soon_after_it_was_opened(context, sealing):
    context.scope.choose_unit(1, "Unit Contoh")
    assert 0 < sealing.clock.remainingTime() <= 5_500


def test_a_rewritten_chain_is_told_until_somebody_takes_note(qtbot, file, context, sealing, bar):
    change(file, "Satu")
    for _ in range(2):
        look(qtbot, sealing, context)
    file.tamper(*tampering.cut(tampering.read(file), 1, None))
    for _ in range(2):
        look(qtbot, sealing, context)
        assert "tidak lagi memuat segel 3" in bar.text
        assert "Inspektorat" in bar.text
    bar.action_button.click()
    qtbot.waitUntil(lambda: not context.jobs.running)
    look(qtbot, sealing, context)
    assert bar.text == ""
