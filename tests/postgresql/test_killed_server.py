"""Programs and servers that are killed at work: what was acknowledged is there, whole and once."""

import os
import random
import time

import psycopg
import pytest

from tests import regions
from tests.postgres import Server
from tests.postgresql.crowd import Crowd, kept
from tests.postgresql.standby import Standby, promote

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks and kills")
CLIENTS_KILLED, SERVERS_KILLED = 50, 5


@pytest.fixture
def crowd(tmp_path):
    crowd = Crowd(tmp_path)
    yield crowd
    crowd.close()


@pytest.fixture(scope="module")
def lasting():
    """A server of these tests' own that keeps what it acknowledges, and a region on it."""
    server = Server(synchronous_commit="on")
    regions.build(server, "region")
    yield regions.Region(server, "region")
    server.remove()


def test_a_program_that_is_killed_leaves_nothing_half_done(region, crowd):
    chance = random.Random(9)
    for _ in range(CLIENTS_KILLED):
        number = crowd.start(region.url(region.head_a))
        crowd.wait(number)
        time.sleep(chance.uniform(0, 0.05))
        crowd.kill(number)
    with region.superuser() as connection:
        told = crowd.everything()
        assert len(told) >= CLIENTS_KILLED
        assert kept(connection, told) == ([], [])


def test_a_server_that_is_killed_loses_nothing_it_acknowledged(lasting, crowd):
    chance = random.Random(9)
    workers = [crowd.start(lasting.url(lasting.head_a)) for _ in range(3)]
    for _ in range(SERVERS_KILLED):
        for number in workers:
            crowd.wait(number)
        time.sleep(chance.uniform(0, 0.3))
        lasting.server.kill()
        lasting.server.start()
        for number in workers:  # they go on by themselves
            crowd.wait(number)
    for number in workers:
        crowd.kill(number)
    with lasting.superuser() as connection:
        assert kept(connection, crowd.everything()) == ([], [])


def test_a_server_that_acknowledges_too_early_is_caught(lasting, crowd):
    """The control: the same check finds what a hasty server has lost."""
    with lasting.superuser() as connection:
        connection.execute(f"ALTER ROLE {lasting.head_b} SET synchronous_commit = off")
        connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("UPDATE app.mandate SET version = version + 1, unit_id = 1 WHERE id = 2")
    lost = []
    for _ in range(5):
        number = crowd.start(lasting.url(lasting.head_b))
        crowd.wait(number, 5)
        lasting.server.kill()
        crowd.kill(number)
        lasting.server.start()
        with lasting.superuser() as connection:
            lost, _ = kept(connection, crowd.everything())
        if lost:
            break
    assert lost


def test_when_a_standby_takes_over_the_work_goes_on(lasting, crowd):
    standby = Standby(lasting.server)
    try:
        standby.become_necessary()
        hosts = f"host=127.0.0.1:{lasting.server.port}&host=127.0.0.1:{standby.port}"
        url = f"postgresql+psycopg://{lasting.head_a}@/region?{hosts}"
        workers = [crowd.start(url) for _ in range(3)]
        for number in workers:
            crowd.wait(number, 10)
        lasting.server.kill()
        promote(standby)
        for number in workers:
            crowd.wait(number, 10)
        for number in workers:
            crowd.kill(number)
        with psycopg.connect(standby.dsn("region")) as connection:
            assert kept(connection, crowd.everything()) == ([], [])
    finally:
        standby.remove()
