"""Killing the application, cutting its power and copying it under load, as often as wanted.

Each function returns how often what happened. Each has a control: a careless way of doing the
same, in which the harness must find what it is there to find.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest import mock

from tests.keeping.disks import after_power_cut, disk
from tests.keeping.office import ACTOR, fill, save, saved
from wfh_desktop.domain.backups import Reason
from wfh_desktop.persistence import backup, connecting, schema
from wfh_desktop.persistence.backup import checking
from wfh_desktop.persistence.database import Database

NURSERY = Path(__file__).with_name("nursery.py")
LATEST = 0.03  # seconds that a process still lives after some saves
SELDOM = 10  # kills from one look at every page to the next
SLOW = 16_384, 0.002  # bytes a slow disk copies, then seconds it rests
SAVES = 40  # recorded before the power is cut


def office(folder):
    """Make a small office in a file at today's schema, closed; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "wfh.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database.engine)
    fill(database, people=2)
    database.engine.dispose()
    return path


@contextmanager
def pragmas(**changed):
    """Open databases otherwise than the application does."""
    now = dict(pragma.split(" = ") for pragma in connecting.PRAGMAS)
    other = tuple(f"{name} = {value}" for name, value in (now | changed).items())
    with mock.patch.object(connecting, "PRAGMAS", other):
        yield


# kill -9


def kills(file, count, how="real", **changed):
    """Kill a process that saves *count* times, each time anew on the same file; count outcomes."""
    answers, chance, seen = file.with_name("answers"), random.Random(8), Counter()
    words = [f"{name}={value}" for name, value in changed.items()]
    with subprocess.Popen(
        [sys.executable, NURSERY, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=NURSERY.parents[2],
    ) as nursery:
        before = saved(file)[0]
        for number in range(1, count + 1):
            answers.write_bytes(b"")
            print(how, file, answers, file=nursery.stdin, flush=True)
            pid = int(nursery.stdout.readline())
            _wait_for(answers, chance.randrange(3))
            time.sleep(chance.uniform(0, LATEST))
            os.kill(pid, signal.SIGKILL)
            _wait_for_death(pid)
            hot = _hot(file)
            there, wrong = saved(file, thoroughly=number % SELDOM == 0 or number == count)
            seen.update(_after_kill(answers, before, there, wrong, "in the middle" if hot else ""))
            before = there
    seen["saves"] = saved(file)[0]
    return seen


def _wait_for(answers, count):
    """Wait until so many saves were answered, however slow the machine is."""
    patience = time.monotonic() + 20
    while len(answers.read_bytes().split()) < count and time.monotonic() < patience:
        time.sleep(0.001)


def _wait_for_death(pid):
    """Wait until the nursery has buried its child, so that nobody writes any more."""
    while True:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.0005)


def _hot(file):
    """Tell whether half a transaction lies in the file, and its journal beside it."""
    journal = file.with_name(f"{file.name}-journal")
    return journal.exists() and journal.stat().st_size > 0


def _after_kill(answers, before, there, *signs):
    given = answers.read_text().split()
    answered = int(given[-1]) if given else before
    yield "kills"
    yield from filter(None, signs)
    if there < answered:
        yield "lost"
    if there > answered + 1:
        yield "more than was asked"


# power cuts


def power_cuts(folder, images, saves=SAVES, **changed):
    """Cut the power at random moments while saves go on; count what each disk then holds."""
    file = office(folder)
    with pragmas(**changed):
        base, log = _record(file, saves)
    chance, seen = random.Random(10), Counter()
    out = folder / "after"
    for _ in range(images):
        moment = chance.randrange(len(log) + 1)
        files, answered = after_power_cut(base, log[:moment], chance)
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        for name, content in files.items():
            (out / name).write_bytes(content)
        there, wrong = saved(out / file.name)
        seen["images"] += 1
        seen[wrong or ("lost" if there < answered else "kept")] += 1
    return seen


def _record(file, saves):
    with disk() as shim:
        database = Database(f"sqlite:///{file}")
        with database.engine.connect():
            pass  # the first connection may change the journal mode, which is no save
        base = {path.name: path.read_bytes() for path in file.parent.glob("wfh.db*")}
        base.pop(f"{file.name}-shm", None)
        shim.recording = True
        for number in range(1, saves + 1):
            database.perform(ACTOR, partial(save, number=number))
            shim.note("answer", number)
        shim.recording = False
        database.engine.dispose()
    return base, shim.log


# backups under load


def backups_under_load(folder, count, copy=None):
    """Back up *count* times while two threads save without a pause; count what came of it.

    *copy* replaces the making of a backup, for the control.
    """
    file = office(folder)
    database = Database(f"sqlite:///{file}")
    seen, done, lock, numbers = (
        Counter(),
        threading.Event(),
        threading.Lock(),
        iter(range(1, 10**6)),
    )

    def write():
        while not done.is_set():
            with lock:
                number = next(numbers)
                database.perform(ACTOR, partial(save, number=number))
            seen["saves"] += 1

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for number in range(count):
            seen.update(_backed_up(database, file, folder / f"copy-{number}.db", copy))
    finally:
        done.set()
        for thread in threads:
            thread.join()
        database.engine.dispose()
    return seen


def _backed_up(database, file, target, copy):
    start = time.monotonic()
    if copy:
        copy(file, target)
    else:
        made = backup.make(database, file.parent / "cadangan", Reason.ASKED)
        backup.restore(made.path, target)
    seconds = time.monotonic() - start
    _, wrong = saved(target)
    sound = checking.check(target).state == "baik"
    yield "backups"
    yield wrong or ("good" if sound else "corrupt")
    if seconds > 5:
        yield "slow"


def slow_copy(source, target):
    """Copy a file as a slow disk does, without asking SQLite: the control."""
    size, rest = SLOW
    with source.open("rb") as there, target.open("wb") as here:
        while part := there.read(size):
            here.write(part)
            time.sleep(rest)
