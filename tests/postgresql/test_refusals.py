"""What the server refuses reaches the user as a sentence."""

import re

import pytest

from tests.conftest import ROOT
from wfh_desktop import words
from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed, Problem, Refusal, Unreachable
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.persistence import commits, refusals
from wfh_desktop.persistence.models import Objective
from wfh_desktop.words.server import DENIED, GUARDED, OPENING

CHIEF = Actor("Kepala", EVERYTHING)
GUARD = "DO $$ BEGIN RAISE EXCEPTION '{}' USING ERRCODE = '{}'; END $$"
RAISED = re.compile(r"RAISE EXCEPTION\s+'(\w+)'\s+USING\s+ERRCODE\s*=\s*'(\w{5})'", re.IGNORECASE)
REFUSED = re.compile(r'"([a-z_]+)", "(42501|55000|23514)"')


@pytest.fixture
def region(common_region):
    return common_region


@pytest.fixture
def database(region):
    database = region.database(region.head_a)
    yield database
    database.engine.dispose()


def send(database, statement):
    """Send a statement in a unit of work; return the refusal."""
    tries = []

    def task(work):
        tries.append(1)
        work.session.connection().exec_driver_sql(statement)

    with pytest.raises(Refusal) as refusal:
        database.perform(CHIEF, task)
    return refusal.value, len(tries)


@pytest.mark.parametrize(
    ("code", "state", "kind"),
    [
        ("stale_row", "40001", Conflict),
        ("immutable_column", "42501", NotAllowed),
        ("needs_second_person", "42501", NotAllowed),
        ("own_row", "42501", NotAllowed),
        ("own_row", "55000", Invalid),
        ("state_jump", "55000", Invalid),
        ("month_locked", "55000", Invalid),
        ("is_final", "55000", Invalid),
        ("inputs_changed", "55000", Invalid),
        ("no_base_amount", "23514", Invalid),
        ("out_of_bounds", "23514", Invalid),
    ],
)
def test_a_guard_is_believed_at_once(database, code, state, kind):
    refusal, tries = send(database, GUARD.format(code, state))
    assert type(refusal) is kind
    assert tries == 1
    assert code not in words.explain(refusal)


def test_what_may_not_be_read_is_not_allowed(database):
    refusal, _ = send(database, "DELETE FROM unit")
    assert isinstance(refusal, NotAllowed)
    assert words.explain(refusal) == "Anda tidak berwenang melakukan tindakan ini."


@pytest.mark.parametrize("state", ["40001", "40P01", "55P03"])
def test_two_in_each_others_way_are_tried_a_few_times(database, monkeypatch, state):
    monkeypatch.setattr(commits, "CLASH_PAUSE", 0.001)
    refusal, tries = send(database, GUARD.format("could not serialize access", state))
    assert tries == commits.CLASHES + 1
    assert isinstance(refusal, Conflict if state == "40001" else Unreachable)


def test_whoever_was_faster_is_seen_by_the_use_case_on_the_second_try(database):
    refusal, tries = send(database, GUARD.format("duplicate key", "23505"))
    assert tries == 2
    assert refusal.problems == (Problem("database", "taken"),)


@pytest.mark.parametrize(
    ("state", "code"), [("57014", "slow"), ("53300", "full"), ("53100", "full")]
)
def test_an_exhausted_server_is_no_fault_of_the_program(database, state, code):
    refusal, _ = send(database, GUARD.format("enough", state))
    assert (type(refusal), refusal.code) == (Unreachable, code)


def test_a_statement_that_takes_too_long_is_stopped(database):
    refusal, _ = send(database, "SET LOCAL statement_timeout = 50; SELECT pg_sleep(5)")
    assert refusal.code == "slow"


def test_a_fault_of_the_program_stays_one(database):
    with pytest.raises(Exception, match="no_such_table") as fault, database.work(CHIEF) as work:
        work.session.connection().exec_driver_sql("SELECT * FROM no_such_table")
    assert not isinstance(fault.value, Refusal)


def test_more_at_once_than_there_are_lines_is_a_refusal(database, monkeypatch):
    monkeypatch.setattr(database.engine.pool, "_timeout", 0.05)
    lines = [database.engine.connect() for _ in range(3)]
    with pytest.raises(Unreachable):
        database.perform(CHIEF, lambda work: work.get(Objective, 1))
    for one in lines:
        one.close()


def test_whatever_a_guard_says_has_a_sentence():
    folder = ROOT / "wfh_desktop" / "persistence" / "postgres"
    sources = [*folder.glob("*.sql"), *folder.glob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in sources]
    said = {one for text in texts for how in (RAISED, REFUSED) for one in how.findall(text)}
    assert len(said) > 10
    wrong = {
        (code, state)
        for code, state in said
        if (state == "42501" and code not in DENIED)
        or (state in {"55000", "23514"} and code not in GUARDED)
    }
    assert wrong == set()


def test_every_code_has_a_sentence():
    assert {"taken", "broken_rule"} <= set(GUARDED)
    assert {*OPENING} >= {*refusals.CONNECTING, "server_refused", "server_away"}
