"""A second server that follows a first one and can take its place."""

import os
import socket
import tempfile
import time
from pathlib import Path

import psycopg

from tests.postgres import ADMIN, WAIT, Server, _programs, _runnable


class Standby(Server):
    """A copy of another server that receives everything the other one writes."""

    def __init__(self, primary):
        self.primary = primary
        self.settings = primary.settings
        self.home = Path(tempfile.mkdtemp(prefix="wfhpg-"))
        self.data = self.home / "data"
        self.programs, self.identity = _runnable(_programs(), self.home)
        self.environment = os.environ | {"LC_ALL": "C", "HOME": str(self.home)}
        self.process = None
        self.run(
            "pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "--no-sync",
            "-h", "127.0.0.1", "-p", str(primary.port), "-U", ADMIN,
        )  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def become_necessary(self):
        """Let the first server acknowledge nothing that this one has not got."""
        with psycopg.connect(self.primary.dsn(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")
            until = time.monotonic() + WAIT
            query = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
            while connection.execute(query).fetchone() != (1,):
                assert time.monotonic() < until
                time.sleep(0.02)


def promote(standby):
    """Let a standby take the place of the server it followed."""
    with psycopg.connect(standby.dsn(), autocommit=True) as connection:
        connection.execute("SELECT pg_promote()")
