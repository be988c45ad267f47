"""Two people for one list on a real server: the program and the database agree on who may what."""

from contextlib import contextmanager, suppress
from functools import partial

import pytest
from sqlalchemy import select, update

from tests.regions import DINAS_A, SEPTEMBER
from wfh_desktop.domain.attendance import Status
from wfh_desktop.domain.errors import Invalid, NotAllowed
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.domain.work_reports import ReportState
from wfh_desktop.persistence.models import (
    Recommendation,
    RecommendationLine,
    WorkReport,
)
from wfh_desktop.services import tpp, work_reports
from wfh_desktop.services.tpp import workflow


@pytest.fixture
def perform(region):
    """Do something as somebody, in a program of their own."""
    open_now = {}

    def do(who, task, *arguments):
        database = open_now.setdefault(who, region.database(who))
        result, _ = database.perform(region.actor(who), partial(_swapped, task, arguments))
        return result

    yield do
    for database in open_now.values():
        database.engine.dispose()


def _swapped(task, arguments, work):
    return task(work, *arguments)


def shown(perform, who):
    return perform(who, tpp.current, DINAS_A, SEPTEMBER)


@pytest.fixture
def decided(region, perform):
    """The month of Dinas A with all its reports decided."""

    def decide(work):
        query = select(WorkReport).where(WorkReport.state == ReportState.SUBMITTED)
        for report in work.session.scalars(query).all():
            if report.employee_id != work.actor.employee_id:
                work_reports.accept(work, report.id, report.version, 4)

    perform(region.head_a, decide)
    perform(region.secretary_a, tpp.compute, DINAS_A, SEPTEMBER)
    perform(region.head_a, tpp.compute, DINAS_A, SEPTEMBER)
    return shown(perform, region.head_a)


@pytest.fixture
def submitted(region, perform, decided):
    perform(region.secretary_a, tpp.submit, decided.id, decided.version)
    return shown(perform, region.verifier)


def absent(region, who):
    """Let somebody have been away one day, entered past all guards; return who it is."""
    key = region.employee(who)
    with region.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        done = connection.execute(
            "UPDATE app.day_entry SET status = %s, time_in = NULL, time_out = NULL, "
            "version = version + 1 WHERE employee_id = %s AND day = '2026-09-02'",
            [Status.ABSENT.value, key],
        )
        assert done.rowcount == 1
    return key


def waiting(details):
    return [line.employee_id for line in details.lines if line.waiting]


def codes(perform, who, details):
    found = perform(who, tpp.before_submitting, details.id)
    return {one.code for one in found if one.blocking}


@contextmanager
def whether_hidden_or_refused():
    """Hidden by the policy or refused by the guard: both are well."""
    with suppress(NotAllowed, Invalid):
        yield


def test_two_people_bring_a_month_to_its_end(region, perform, submitted):
    assert (submitted.state, submitted.shared) == (State.SUBMITTED, True)
    assert submitted.submitted_login == region.secretary_a
    recalculated = perform(region.verifier, tpp.recalculate, submitted.id)
    assert recalculated.differences == ()
    perform(region.verifier, tpp.lock, submitted.id, submitted.version, "800/1")
    with region.superuser() as connection:
        row = connection.execute(
            "SELECT state, locked_login, confirmed, sec.fingerprint(id) "
            "FROM app.recommendation WHERE id = %s",
            [submitted.id],
        ).fetchone()
    same = recalculated.fingerprint
    assert row == (State.FINAL.value, region.verifier, same, same)


def test_the_submitter_locks_neither_through_the_program_nor_past_it(
    region, perform, decided, monkeypatch
):
    perform(region.head_a, tpp.submit, decided.id, decided.version)
    details = shown(perform, region.head_a)
    with pytest.raises(NotAllowed, match="needs_second_person"):
        perform(region.head_a, tpp.lock, details.id, details.version)
    monkeypatch.setattr(workflow, "submitted_by_actor", lambda work, record: False)
    with pytest.raises(NotAllowed, match="needs_second_person"):
        perform(region.head_a, tpp.lock, details.id, details.version)
    assert shown(perform, region.head_a).state is State.SUBMITTED


def test_who_calculates_leaves_their_own_line_to_another(region, perform, decided):
    own = absent(region, region.head_a)
    perform(region.head_a, tpp.compute, DINAS_A, SEPTEMBER)
    details = shown(perform, region.head_a)
    assert waiting(details) == [own]
    assert codes(perform, region.head_a, details) == {"others"}
    with pytest.raises(Invalid, match="check_failed"):
        perform(region.head_a, tpp.submit, details.id, details.version)
    perform(region.secretary_a, tpp.compute, DINAS_A, SEPTEMBER)
    details = shown(perform, region.head_a)
    assert waiting(details) == []
    perform(region.head_a, tpp.submit, details.id, details.version)
    assert shown(perform, region.head_a).state is State.SUBMITTED


def test_the_database_refuses_the_own_line_too(region, perform, decided):
    own = region.employee(region.head_a)

    def raise_oneself(work):
        result = work.session.execute(
            update(RecommendationLine)
            .where(RecommendationLine.employee_id == own)
            .values(net=RecommendationLine.net + 1, version=RecommendationLine.version + 1)
        )
        work.log("test.raised", work.get(Recommendation, decided.id))
        return result.rowcount

    before = next(line.net for line in decided.lines if line.employee_id == own)
    with whether_hidden_or_refused():
        assert perform(region.head_a, raise_oneself) == 0
    after = shown(perform, region.head_a)
    assert next(line.net for line in after.lines if line.employee_id == own) == before


def test_what_changed_meanwhile_is_found_by_who_locks(region, perform, submitted):
    key = absent(region, region.nobody)
    with pytest.raises(Invalid, match="recalculated_net"):
        perform(region.verifier, tpp.lock, submitted.id, submitted.version)
    (difference,) = perform(region.verifier, tpp.recalculate, submitted.id).differences
    assert difference.employee_id == key
    assert shown(perform, region.verifier).state is State.SUBMITTED


def test_who_locks_without_recalculating_is_refused_by_the_database(
    region, perform, submitted, monkeypatch
):
    absent(region, region.nobody)
    monkeypatch.setattr(workflow, "refuse", list)
    with pytest.raises((Invalid, NotAllowed)):
        perform(region.verifier, tpp.lock, submitted.id, submitted.version)
    assert shown(perform, region.verifier).state is State.SUBMITTED


def test_the_second_person_sends_back_what_they_cannot_confirm(region, perform, submitted):
    perform(region.verifier, tpp.reopen, submitted.id, submitted.version, "Presensi keliru")
    details = shown(perform, region.secretary_a)
    assert (details.state, details.submitted_login) == (State.DRAFT, "")
    perform(region.secretary_a, tpp.compute, DINAS_A, SEPTEMBER)
    details = shown(perform, region.secretary_a)
    perform(region.secretary_a, tpp.submit, details.id, details.version)


def test_a_final_month_is_revised_and_never_changed(region, perform, submitted):
    perform(region.verifier, tpp.lock, submitted.id, submitted.version)
    final = shown(perform, region.head_a)
    with pytest.raises(NotAllowed):
        perform(region.verifier, tpp.reopen, final.id, final.version, "Keliru")
    key = perform(region.head_a, tpp.reopen, final.id, final.version, "Presensi keliru")
    revised = shown(perform, region.head_a)
    assert (revised.id, revised.revision, revised.state) == (key, 1, State.DRAFT)
    assert waiting(revised) == [region.employee(region.head_a)]
    perform(region.secretary_a, tpp.compute, DINAS_A, SEPTEMBER)
    assert waiting(shown(perform, region.head_a)) == []
    assert perform(region.head_a, tpp.details, final.id).lines == final.lines


def test_who_left_the_list_is_withdrawn_for_nothing_is_deleted(region, perform, decided):
    gone = decided.lines[5].employee_id
    with region.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE app.position SET valid_from = '2026-10-01', version = version + 1 "
            "WHERE employee_id = %s",
            [gone],
        )
    perform(region.secretary_a, tpp.compute, DINAS_A, SEPTEMBER)
    details = shown(perform, region.secretary_a)
    assert gone not in {line.employee_id for line in details.lines}
    with region.superuser() as connection:
        (kept,) = connection.execute(
            "SELECT withdrawn FROM app.recommendation_line WHERE employee_id = %s AND "
            "recommendation_id = %s",
            [gone, details.id],
        ).fetchone()
    assert kept is True


def test_nobody_without_the_right_takes_a_step(region, perform, decided):
    for who in (region.inspector, region.nobody, region.verifier):
        with pytest.raises(NotAllowed):
            perform(who, tpp.submit, decided.id, decided.version)
    for who in (region.inspector, region.nobody):
        with pytest.raises(NotAllowed):
            perform(who, tpp.compute, DINAS_A, SEPTEMBER)


def test_an_export_is_noted_in_the_name_of_the_login(region, perform, decided, tmp_path):
    path = tmp_path / "a.xlsx"
    assert perform(region.head_a, tpp.export, decided.id, path) == len(decided.lines)
    steps = perform(region.head_a, tpp.history, decided.id)
    assert steps[0].action == "recommendation.exported"
    assert steps[0].details["rows"] == len(decided.lines)
