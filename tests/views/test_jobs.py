import threading

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from sqlalchemy import func, select

from wfh_desktop.domain.errors import Cancelled, Invalid, Problem
from wfh_desktop.persistence.models import Unit
from wfh_desktop.views.jobs import Jobs


def add_units(work):
    from datetime import date

    for number in range(1000):
        unit = work.add(Unit(name=f"Unit {number}", valid_from=date(2026, 1, 1)))
        work.log("unit.added", unit)
        work.progress(number, 1000)


def count(work):
    return work.session.scalar(select(func.count()).select_from(Unit))


@pytest.fixture
def owner(qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    return owner


def test_cancelling_rolls_back(qtbot, context, owner):
    answers = []
    job = context.jobs.run(owner, add_units, lambda _: answers.append("added"))
    qtbot.waitSignal(context.jobs.progressed).wait()
    job.cancel()
    qtbot.waitSignal(context.jobs.idle).wait()
    context.jobs.run(owner, count, answers.append)
    qtbot.waitSignal(context.jobs.idle).wait()
    assert answers == [0]


def test_a_job_cancelled_before_its_turn_never_begins(qtbot, context, owner):
    begun, gate = [], threading.Event()
    context.jobs.run(owner, lambda work: gate.wait(5))
    waiting = context.jobs.run(owner, lambda work: begun.append(True))
    waiting.cancel()
    gate.set()
    qtbot.waitSignal(context.jobs.idle).wait()
    assert begun == []


def test_a_bug_is_logged_and_shown(qtbot, context, owner, caplog):
    context.jobs.run(owner, lambda work: 1 / 0)
    qtbot.waitSignal(context.jobs.idle).wait()
    assert "ZeroDivisionError" in owner.findChild(QMessageBox).detailedText()
    assert "unexpected error" in caplog.text


def test_the_same_bug_is_not_shown_twice_at_once(qtbot, context, owner):
    def fail(work):
        raise ValueError

    for _ in range(2):
        context.jobs.run(owner, fail)
    qtbot.waitSignal(context.jobs.idle).wait()
    assert len(owner.findChildren(QMessageBox)) == 1


def test_a_refusal_is_explained_and_not_logged(qtbot, context, owner, caplog):
    def refuse(work):
        raise Invalid([Problem("nama", "required")])

    context.jobs.run(owner, refuse)
    qtbot.waitSignal(context.jobs.idle).wait()
    assert owner.findChild(QMessageBox).text() == "Nama wajib diisi."
    assert caplog.text == ""


def test_a_dialog_can_be_enabled_again_after_a_bug(qtbot, context, owner):
    enabled = []
    context.jobs.run(owner, lambda work: 1 / 0, failed=lambda: enabled.append(True))
    qtbot.waitSignal(context.jobs.idle).wait()
    assert enabled == [True]


def test_being_cancelled_is_told_without_a_message(qtbot, context, owner):
    told = []
    job = context.jobs.run(owner, add_units, refused=told.append)
    job.cancel()
    qtbot.waitSignal(context.jobs.idle).wait()
    assert [type(refusal) for refusal in told] == [Cancelled]
    assert owner.findChild(QMessageBox) is None


def test_a_bug_after_the_owner_was_closed_is_logged_all_the_same(qtbot, context, caplog):
    gate, owner = threading.Event(), QWidget()
    context.jobs.run(owner, lambda work: gate.wait(5) and 1 / 0)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    gate.set()
    qtbot.waitSignal(context.jobs.idle).wait()
    assert "owner was closed" in caplog.text


def test_what_is_asked_before_the_database_is_open_waits_for_it(qtbot, database, chief, owner):
    jobs, answers = Jobs(chief), []
    jobs.run(owner, count, answers.append)
    qtbot.wait(50)
    assert answers == []
    with qtbot.waitSignal(jobs.idle):
        jobs.attach(database)
    assert answers == [0]


def test_a_commit_tells_which_kinds_of_record_changed(qtbot, context, owner):
    with qtbot.waitSignal(context.jobs.changed, timeout=20_000) as told:
        context.jobs.run(owner, add_units)
    assert Unit in told.args[0]


def test_work_without_a_database_reports_its_progress(qtbot, chief, owner):
    def read(progress):
        progress(1, 2)
        return "read"

    jobs, answers = Jobs(chief), []
    with qtbot.waitSignals([jobs.progressed, jobs.idle]):
        jobs.compute(owner, read, answers.append, label="Membaca berkas")
    assert answers == ["read"]
    jobs.close()
