"""Programs in processes of their own that save until they are killed, and what they were told."""

import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT

WORKER = Path(__file__).with_name("worker.py")


class Crowd:
    """Starts programs at once, all from one that has loaded everything already."""

    def __init__(self, folder):
        self.folder = folder
        self.known = []
        self.running = {}
        self.nursery = subprocess.Popen(
            [sys.executable, "-W", "ignore", WORKER, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    def start(self, url):
        """Start one more program on a database; return its name."""
        number = f"w{secrets.token_hex(4)}"
        self.known.append(number)
        self.nursery.stdin.write(f"{number} {url}\n")
        self.nursery.stdin.flush()
        self.running[number] = int(self.nursery.stdout.readline())
        return number

    def kill(self, number):
        """End a program at whatever it is doing."""
        os.kill(self.running.pop(number), signal.SIGKILL)

    def told(self, number):
        """Return the titles of which a program was told that they are saved."""
        path = self.folder / number
        lines = path.read_text().splitlines() if path.exists() else []
        return [line for line in lines if not line.startswith("?")]

    def wait(self, number, more=1, seconds=20):
        """Wait until a program was told of some more saves."""
        until, target = time.monotonic() + seconds, len(self.told(number)) + more
        while len(self.told(number)) < target:
            assert time.monotonic() < until, f"{number} stands still"
            time.sleep(0.01)

    def everything(self):
        """Return the titles of which any of the programs was told."""
        return [title for number in self.known for title in self.told(number)]

    def close(self):
        for number in list(self.running):
            self.kill(number)
        self.nursery.kill()
        self.nursery.communicate()


def kept(connection, told):
    """Return how many of the saves that were told of are missing, and how many are not whole."""
    rows = connection.execute(
        "SELECT o.title, count(*), count(a.id) FROM app.objective o LEFT JOIN app.audit_entry a "
        "ON a.action = 'objective.created' AND a.subject = 'objective:' || o.id "
        "WHERE o.title ~ '^w[0-9a-f]{8}-' GROUP BY o.title"
    ).fetchall()
    found = {title: (count, entries) for title, count, entries in rows}
    lost = [title for title in told if title not in found]
    partial = [title for title, what in found.items() if what != (2, 2)]
    return lost, partial
