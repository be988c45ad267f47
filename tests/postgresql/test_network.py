"""Slow, lossy, silent and absent networks, and clocks that are wrong."""

import os
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.postgres import Server
from tests.postgresql.proxy import Proxy
from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.errors import Unreachable
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.persistence import commits, connecting, line
from wfh_desktop.persistence import database as unit_of_work
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import AuditEntry, Objective, Unit
from wfh_desktop.services import clock

UNIT = 2
CHIEF = Actor("Kepala", EVERYTHING)
RESTARTS, OUTAGES = 5, 15
BACK = 5.0  # seconds after the network is back


@pytest.fixture
def region(common_region):
    return common_region


@pytest.fixture
def proxy(server):
    proxy = Proxy(server.port)
    yield proxy
    proxy.close()


@pytest.fixture
def database(region, proxy):
    url = f"postgresql+psycopg://{region.head_a}@127.0.0.1:{proxy.port}/{region.name}"
    database = Database(url)
    yield database
    database.engine.dispose()


def add(work):
    goal = work.add(Objective(unit_id=UNIT, year=2026, title="Sasaran"))
    work.log("objective.created", goal)
    return goal.id


def goals(region):
    return region.one("SELECT count(*) FROM app.objective WHERE title = 'Sasaran'")[0]


def test_a_slow_and_lossy_line_only_takes_longer(region, database, proxy):
    proxy.latency, proxy.loss = 0.25, 0.05
    before = goals(region)
    database.perform(CHIEF, add)
    assert goals(region) == before + 1


def test_a_network_that_comes_and_goes(region, database, proxy):
    """Each time it is back, a save that was waiting for it is done within five seconds."""
    before, late = goals(region), []
    for number in range(OUTAGES):
        back = 0.0

        def work(work, last=number % 3):
            nonlocal back
            key = add(work)
            if back == 0.0:
                proxy.break_off() if last else proxy.go_away()
                back = time.monotonic()
            return key

        def wait(done, total):
            if not proxy_is_there(proxy):
                proxy.come_back()

        database.perform(CHIEF, work, progress=wait)
        late.append(time.monotonic() - back)
    assert goals(region) == before + OUTAGES
    assert max(late) < BACK


def proxy_is_there(proxy):
    return proxy._listener.fileno() >= 0


def test_a_server_that_is_restarted():
    """A program that is at work meanwhile goes on by itself, within five seconds."""
    server = Server(synchronous_commit="on")
    database = Database(server.url())
    try:
        _tables(database)
        for _ in range(RESTARTS):
            done = []

            def work(work, done=done):
                entry = _noted(work)
                if not done:
                    server.stop()
                    server.start()
                    done.append(time.monotonic())
                return entry

            database.perform(CHIEF, work)
            assert time.monotonic() - done[0] < BACK
        with database.work(CHIEF) as work:
            assert work.session.query(AuditEntry).count() == RESTARTS + 1
    finally:
        database.engine.dispose()
        server.remove()


def _tables(database):
    from sqlalchemy.schema import CreateSchema

    from wfh_desktop.persistence.models import Base

    with database.engine.begin() as connection:
        connection.execute(CreateSchema("app"))
    Base.metadata.create_all(database.engine)
    with database.work(CHIEF) as work:
        unit = work.add(Unit(name="Unit", valid_from=datetime(2020, 1, 1).date()))  # noqa: DTZ001
        work.log("unit.created", unit)


def _noted(work):
    work.log("unit.seen", work.get(Unit, 1))


def test_a_server_that_takes_everything_and_says_nothing(region, proxy, monkeypatch):
    """Keepalives find nothing wrong with it; the program gives up by itself and tries again."""
    monkeypatch.setitem(connecting.ALWAYS, "connect_timeout", 2)
    monkeypatch.setattr(line, "ANSWER", 0.3)
    monkeypatch.setattr(commits, "BRIEF", ())
    monkeypatch.setattr(commits, "LADDER", (0.1,))
    url = f"postgresql+psycopg://{region.head_a}@127.0.0.1:{proxy.port}/{region.name}"
    database = Database(url)
    database.perform(CHIEF, add)
    proxy.hung = True
    begun = time.monotonic()
    with pytest.raises(Unreachable):
        database.perform(CHIEF, add)
    assert time.monotonic() - begun < 10
    proxy.hung = False
    proxy.break_off()
    database.perform(CHIEF, add)
    database.engine.dispose()


@pytest.mark.parametrize("days", [-2, 2])
def test_a_wrong_clock_of_the_computer_dates_nothing(region, database, monkeypatch, days):
    class Wrong(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=days)

    monkeypatch.setattr(unit_of_work, "datetime", Wrong)
    assert abs(Wrong.now() - datetime.now()) > timedelta(days=1)  # noqa: DTZ005
    key, _ = database.perform(CHIEF, add)
    at, now = region.one(
        "SELECT at, clock_timestamp() FROM app.audit_entry WHERE subject = %s", f"objective:{key}"
    )
    assert abs(at - now) < timedelta(minutes=1)
    with database.work(CHIEF) as work:
        assert abs(work.now - now) < timedelta(minutes=1)
    alone = Database("sqlite://")  # the control: a file has no other clock than the computer's
    with alone.work(CHIEF) as work:
        assert abs(work.now - now) > timedelta(days=1)
    alone.engine.dispose()


@pytest.mark.parametrize(
    ("zone", "place"),
    [(Zone.WIB, "Asia/Jakarta"), (Zone.WITA, "Asia/Makassar"), (Zone.WIT, "Asia/Jayapura")],
)
@pytest.mark.parametrize("computer", ["Asia/Jayapura", "America/New_York"])
def test_the_day_is_that_of_the_unit_wherever_the_computer_thinks_it_is(
    region, monkeypatch, zone, place, computer
):
    with region.superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE app.unit SET zone = %s WHERE id = %s", [zone.value, UNIT])
    monkeypatch.setenv("PGTZ", computer)
    monkeypatch.setenv("TZ", computer)
    if hasattr(time, "tzset"):
        time.tzset()
    database = Database(region.url(region.head_a))
    try:
        with database.work(CHIEF) as work:
            assert clock.today(work, UNIT) == work.now.astimezone(ZoneInfo(place)).date()
            hours = zone.local(work.now) - work.now.replace(tzinfo=None)
            assert hours == datetime.now(ZoneInfo(place)).utcoffset()
            assert work.now.utcoffset() == timedelta(0)
    finally:
        database.engine.dispose()
        os.environ.pop("TZ")
        if hasattr(time, "tzset"):
            time.tzset()
