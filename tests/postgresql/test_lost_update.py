"""Many who save to the same rows at once: whoever saw an older row is refused, nothing vanishes."""

import threading
from datetime import date, time
from functools import partial

import pytest

from tests.postgresql import saving
from wfh_desktop.domain.errors import Conflict, Refusal
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee, Objective
from wfh_desktop.services import attendance_entry, leave
from wfh_desktop.services.attendance_entry import CorrectionDraft

CLIENTS, SECONDS, THINK = 8, 4.0, 0.02
DAY = date(2026, 9, 10)


@pytest.fixture
def keys(region):
    return saving.prepare(region)


def test_no_save_vanishes(region, keys):
    actor = region.actor(region.head_a)
    client = partial(saving.save, region.url(region.head_a), actor, keys, think=THINK)
    done = saving.together(CLIENTS, SECONDS, client)
    counted, versions = region.one(
        "SELECT sum(title::int), sum(version - 1) FROM app.objective WHERE id = ANY(%s)", keys
    )
    (entries,) = region.one(
        "SELECT count(*) FROM app.audit_entry WHERE action = 'objective.changed'"
    )
    assert done.others == {}
    assert done.saves > 50
    assert done.conflicts > 0
    assert done.saves == counted == versions == entries


def test_without_versions_saves_vanish(region):
    """The control: the same people on a table that does not count its versions."""
    saving.prepare_careless(region)
    client = partial(saving.careless, region.url(), think=THINK)
    done = saving.together(CLIENTS, 1.5, client)
    (counted,) = region.one("SELECT sum(seen) FROM public.careless")
    assert done.saves > counted


def test_a_program_that_does_not_count_versions_is_refused_by_the_server(region, keys):
    database = region.database(region.head_a)
    actor = region.actor(region.head_a)

    def overwrite(work):
        work.session.connection().exec_driver_sql(
            "UPDATE objective SET title = 'menang' WHERE id = %s", (keys[0],)
        )

    with pytest.raises(Conflict):
        database.perform(actor, overwrite)
    assert region.one("SELECT title FROM app.objective WHERE id = %s", keys[0]) == ("0",)
    database.engine.dispose()


def test_what_a_guard_finds_stale_is_shown_at_once_and_not_tried_again(region, keys):
    database = region.database(region.head_a)
    tries = []

    def edit(work):
        tries.append(1)
        work.session.connection().exec_driver_sql(
            "UPDATE objective SET title = 'x', version = version + 2 WHERE id = %s", (keys[0],)
        )
        work.changed.add(Objective)

    with pytest.raises(Conflict):
        database.perform(region.actor(region.head_a), edit)
    assert len(tries) == 1
    database.engine.dispose()


def correct_together(region, hold):
    """Let four people correct the same day at once, all of whom saw no correction yet."""
    who = region.one("SELECT min(id) FROM app.employee WHERE unit_id = 4 AND nip LIKE '%%1__'")[0]
    draft = CorrectionDraft("lupa", time_in=time(7, 20), time_out=time(17, 0))
    actor, outcomes = region.actor(region.head_a), []

    def correct(work):
        work.session.get(Employee, who)
        hold(work)
        return attendance_entry.correct(work, 4, who, DAY, draft)

    def run():
        database = region.database(region.head_a)
        try:
            database.perform(actor, correct)
        except Conflict:
            outcomes.append("conflict")
        else:
            outcomes.append("saved")
        database.engine.dispose()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_those_who_correct_the_same_day_at_once_one_is_first(region):
    together = threading.Barrier(4, timeout=20)
    outcomes = correct_together(region, lambda work: together.wait())
    assert outcomes == ["conflict", "conflict", "conflict", "saved"]


def test_without_holding_the_person_all_would_be_first(region, monkeypatch):
    """The control."""
    together = threading.Barrier(4, timeout=20)
    monkeypatch.setattr(Work, "hold", lambda work, kind, key: None)
    add = Work.add

    def add_together(work, record):
        together.wait()
        return add(work, record)

    monkeypatch.setattr(Work, "add", add_together)
    assert correct_together(region, lambda work: None) == ["saved"] * 4


def at_once(region, *uses):
    """Let people do something at the same moment; return how it ended for each."""
    together, outcomes = threading.Barrier(len(uses), timeout=20), []
    actor = region.actor(region.head_a)

    def run(use):
        database = region.database(region.head_a)

        def task(work):
            work.session.connection()
            together.wait()
            return use(work)

        try:
            database.perform(actor, task)
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
        else:
            outcomes.append("saved")
        database.engine.dispose()

    threads = [threading.Thread(target=run, args=(use,)) for use in uses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_leaves_granted_at_once_never_share_a_day(region):
    who = region.one("SELECT min(id) FROM app.employee WHERE unit_id = 4 AND nip LIKE '%%1__'")[0]
    draft = leave.LeaveDraft(LeaveKind.ANNUAL, date(2026, 9, 21), date(2026, 9, 22), "surat")
    grant = lambda work: leave.grant(work, who, draft)  # noqa: E731
    assert at_once(region, grant, grant) == ["Invalid", "saved"]
