"""A line that breaks around COMMIT: everything is saved once, whatever became of the answer."""

import random
import threading
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from tests.postgresql.proxy import AFTER, BEFORE, DEAF, LATE, Proxy
from wfh_desktop.domain.errors import Cancelled, Conflict, Unreachable
from wfh_desktop.persistence import commits
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import AuditEntry, Objective

UNIT = 2
OPERATIONS = 300


@pytest.fixture
def region(common_region):
    return common_region


@pytest.fixture
def proxy(server):
    proxy = Proxy(server.port)
    yield proxy
    proxy.close()


@pytest.fixture
def database(region, proxy, monkeypatch):
    monkeypatch.setattr(commits, "LADDER", (0.0, 0.02, 0.1))
    monkeypatch.setattr(commits, "BRIEF", (0.02, 0.1))
    monkeypatch.setattr(commits, "SLICE", 0.02)
    url = f"postgresql+psycopg://{region.head_a}@127.0.0.1:{proxy.port}/{region.name}"
    database = Database(url)
    yield database
    database.engine.dispose()


@pytest.fixture
def head(region):
    return region.actor(region.head_a)


def adding(title):
    """Return a use case that adds a sasaran."""

    def add(work):
        goal = work.add(Objective(unit_id=UNIT, year=2026, title=title))
        work.log("objective.created", goal)
        return goal.id

    return add


def saved(region, prefix):
    """Return how many rows there are, how many titles, and how many audit entries tell of them."""
    return region.one(
        "SELECT count(*), count(DISTINCT title), (SELECT count(*) FROM app.audit_entry a "
        "WHERE a.action = 'objective.created' AND EXISTS (SELECT FROM app.objective o "
        "WHERE a.subject = 'objective:' || o.id AND o.title LIKE %s || '%%')) "
        "FROM app.objective WHERE title LIKE %s || '%%'",
        prefix,
        prefix,
    )


def run(database, head, proxy, operations, perform):
    """Save again and again, each time with something else happening to the line."""
    chance = random.Random(operations)
    for number in range(operations):
        proxy.cut = chance.choice([None, BEFORE, AFTER, LATE])
        perform(database, head, number)
        proxy.cut = None


def ours(database, head, number):
    database.perform(head, adding(f"sekali {number}"))


def naive(database, head, number):
    """Try again until no error comes back, as most programs do."""
    while True:
        try:
            with database._sessions.begin() as session:
                goal = Objective(unit_id=UNIT, year=2026, title=f"lagi {number}")
                session.add(goal)
            return
        except DBAPIError:
            continue


def test_no_save_is_lost_and_none_is_made_twice(region, database, head, proxy):
    run(database, head, proxy, OPERATIONS, ours)
    assert saved(region, "sekali ") == (OPERATIONS, OPERATIONS, OPERATIONS)


def test_trying_again_until_there_is_no_error_saves_twice(region, database, head, proxy):
    """The control: without asking what became of the COMMIT, the same cuts make duplicates."""
    run(database, head, proxy, OPERATIONS // 5, naive)
    rows, titles, _ = saved(region, "lagi ")
    assert titles == OPERATIONS // 5
    assert rows > titles


def test_a_session_that_hangs_on_a_broken_line_is_ended(region, database, head, proxy, monkeypatch):
    """Else its locks would stand in everybody's way for a minute."""
    monkeypatch.setattr(commits, "ORPHAN", 0.1)
    proxy.cut = DEAF
    database.perform(head, adding("tuli"))
    assert saved(region, "tuli") == (1, 1, 1)
    with region.superuser() as connection:
        (idle,) = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s "
            "AND state = 'idle in transaction'",
            [region.name],
        ).fetchone()
    assert idle == 0


def test_a_line_that_breaks_before_the_end_is_replaced(region, database, head, proxy):
    tries = []

    def add(work):
        tries.append(work.session)
        goal = work.add(Objective(unit_id=UNIT, year=2026, title="terputus"))
        if len(tries) == 1:
            proxy.break_off()
        work.log("objective.created", goal)

    database.perform(head, add)
    assert len(tries) == 2
    assert saved(region, "terputus") == (1, 1, 1)


def test_reading_over_a_line_that_breaks_at_the_end_is_enough(database, head, proxy):
    def read(work):
        work.session.get(Objective, 1)
        proxy.cut = BEFORE
        return "read"

    assert database.perform(head, read)[0] == "read"


def test_a_server_that_stays_away_is_a_refusal(region, database, head, proxy):
    proxy.go_away()
    with pytest.raises(Unreachable) as refusal:
        database.perform(head, adding("jauh"))
    assert refusal.value.code == "away"
    assert saved(region, "jauh") == (0, 0, 0)


def test_nobody_claims_to_know_what_nobody_can_ask(database, head, proxy):
    def add(work):
        adding("entah")(work)
        proxy.cut = AFTER
        proxy.refuse()

    with pytest.raises(Unreachable) as refusal:
        database.perform(head, add)
    assert refusal.value.code == "uncertain"


def test_waiting_for_the_server_can_be_cancelled(database, head, proxy, monkeypatch):
    monkeypatch.setattr(commits, "BRIEF", (60.0,))
    proxy.go_away()

    def cancel(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        database.perform(head, adding("batal"), progress=cancel)


def test_the_wait_ends_when_the_server_is_back(region, database, head, proxy, monkeypatch):
    monkeypatch.setattr(commits, "BRIEF", (60.0,))
    monkeypatch.setattr(commits, "BETWEEN", 0.05)
    proxy.go_away()
    waits = []

    def come_back(done, total):
        waits.append(done)
        if len(waits) == 3:
            proxy.come_back()

    database.perform(head, adding("kembali"), progress=come_back)
    assert saved(region, "kembali") == (1, 1, 1)


def mark_of(database, head, task):
    """Return the mark of a unit of work that was committed."""
    marks = []
    with database.work(head) as work:
        task(work)
        work.session.flush()
        marks.append(commits._mark(work.session))
    return marks[0]


@pytest.fixture
def mark(database, head):
    return mark_of(database, head, adding("tanda"))


def settled(database, mark):
    return commits.settle(database.engine, mark, lambda *_: None)


def test_what_was_committed_is_found(database, mark):
    assert settled(database, mark)


def test_a_number_that_a_crash_gave_to_somebody_else_proves_nothing(database, mark):
    """The number says committed, but the audit entry is not there."""
    assert not settled(database, replace(mark, entry=mark.entry + 1000))
    assert settled(database, replace(mark, at=None))  # the control: by the number alone


def test_a_transaction_of_which_the_server_never_heard_was_not_committed(database, mark):
    assert not settled(database, replace(mark, xid=str(int(mark.xid) + 1_000_000), entry=0))


def test_after_another_server_took_over_only_the_entry_counts(database, mark):
    assert settled(database, replace(mark, timeline="00000009"))
    assert not settled(database, replace(mark, timeline="00000009", entry=mark.entry + 1000))
    with pytest.raises(Unreachable, match="uncertain"):
        settled(database, replace(mark, timeline="00000009", at=None))


def test_a_server_that_became_a_standby_is_left(region, database, head):
    tries = []

    def add(work):
        tries.append(work)
        if len(tries) == 1:
            work.session.connection().exec_driver_sql("SET TRANSACTION READ ONLY")
        return adding("pindah")(work)

    database.perform(head, add)
    assert len(tries) == 2
    assert saved(region, "pindah") == (1, 1, 1)


def test_two_that_lock_each_other_out_both_end(region, server, head):
    """A deadlock is the server's to break and the program's to begin anew."""
    own = Database(region.url(region.head_a))
    keys = [own.perform(head, adding(f"kunci {n}"))[0] for n in range(2)]
    own.engine.dispose()
    both = threading.Barrier(2, timeout=10)
    tries, failures = [], []

    def cross(first, second):
        def edit(work):
            tries.append(first)
            work.get(Objective, first).title += "x"
            work.session.flush()
            if len(tries) <= 2:
                both.wait()
            goal = work.get(Objective, second)
            goal.title += "x"
            work.log("objective.changed", goal)

        own = Database(region.url(region.head_a))
        try:
            own.perform(head, edit)
        except Conflict:  # whoever came second had read the row before
            own.perform(head, edit)
        except Exception as error:
            failures.append(error)
        own.engine.dispose()

    threads = [threading.Thread(target=cross, args=pair) for pair in (keys, keys[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(tries) > 2
    assert region.one(
        "SELECT sum(length(title)) FROM app.objective WHERE title LIKE 'kunci%%'"
    ) == (2 * (len("kunci 0") + 2),)


def test_asking_needs_no_more_lines_than_working(region, database, head, proxy, monkeypatch):
    """All lines of a program may break at once, and each has to be asked about."""
    monkeypatch.setattr(database.engine.pool, "_max_overflow", 0)
    monkeypatch.setattr(database.engine.pool, "_timeout", 0.2)
    proxy.cut = AFTER
    database.perform(head, adding("satu"))
    assert saved(region, "satu") == (1, 1, 1)


def test_waiting_in_vain_for_a_line_to_ask_over_is_not_knowing(database, mark, monkeypatch):
    monkeypatch.setattr(database.engine.pool, "_max_overflow", 0)
    monkeypatch.setattr(database.engine.pool, "_timeout", 0.05)
    with database.engine.connect(), pytest.raises(Unreachable, match="uncertain"):
        settled(database, mark)


def test_whoever_cancels_the_question_is_not_told_that_nothing_changed(
    database, head, proxy, mark, monkeypatch
):
    def cancel(done, total):
        raise Cancelled

    proxy.go_away()
    monkeypatch.setattr(commits, "LADDER", (1.0,))
    with pytest.raises(Unreachable, match="uncertain"):
        commits.settle(database.engine, mark, cancel)


def test_the_trace_of_a_save_that_was_asked_for_is_complete(region, database, head, proxy):
    proxy.cut = AFTER
    key, changed = database.perform(head, adding("jejak"))
    assert changed == {Objective, AuditEntry}
    assert region.one("SELECT title FROM app.objective WHERE id = %s", key) == ("jejak",)
