import threading

import pytest

from wfh_desktop.views.shell.status_bar import PATIENCE, StatusBar


@pytest.fixture
def bar(qtbot, context):
    bar = StatusBar(context.jobs)
    qtbot.addWidget(bar)
    bar.show()
    return bar


@pytest.fixture
def slow():
    """A use case that reports its first of four steps and then waits; and the gate it waits at."""
    gate = threading.Event()

    def task(work):
        work.progress(1, 4)
        for _ in range(500):
            if gate.wait(0.01):
                break
            work.progress(1, 4)

    yield task, gate
    gate.set()


def test_a_long_job_shows_its_name_and_progress(qtbot, context, bar, slow):
    task, gate = slow
    context.jobs.run(bar, task, label="Menghitung TPP")
    assert not bar.job_label.isVisible()
    qtbot.waitUntil(bar.job_label.isVisible, timeout=PATIENCE + 2000)
    assert bar.job_label.text() == "Menghitung TPP"
    qtbot.waitUntil(lambda: (bar.job_bar.value(), bar.job_bar.maximum()) == (1, 4))
    gate.set()
    qtbot.waitUntil(lambda: not bar.job_label.isVisible())


def test_its_button_cancels_it(qtbot, context, bar, slow):
    task, _ = slow
    job = context.jobs.run(bar, task, label="Menghitung TPP")
    qtbot.waitUntil(bar.cancel_button.isVisible, timeout=PATIENCE + 2000)
    with qtbot.waitSignal(context.jobs.idle):
        bar.cancel_button.click()
    assert job.cancelled
    assert not bar.cancel_button.isVisible()


def test_a_job_without_a_name_is_not_worth_a_word(qtbot, context, bar, slow):
    task, gate = slow
    context.jobs.run(bar, task)
    qtbot.wait(PATIENCE + 100)
    assert not bar.job_label.isVisible()
    gate.set()


def test_several_jobs_are_counted(qtbot, context, bar, slow):
    task, gate = slow
    context.jobs.run(bar, task, label="Mencetak")
    context.jobs.run(bar, lambda work: None, label="Menghitung TPP")
    qtbot.waitUntil(bar.job_label.isVisible, timeout=PATIENCE + 2000)
    assert bar.job_label.text() == "Mencetak (+1 lagi)"
    gate.set()
