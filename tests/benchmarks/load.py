"""Programs that look on, and what a server spends on all of them."""

import heapq
import os
import threading
import time
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.orm import sessionmaker

from wfh_desktop.persistence.database import Database
from wfh_desktop.services import freshness

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def cpu(server):
    """Return the seconds of processor that a server and all its processes have used so far."""
    used = 0.0
    main = server.process.pid
    for one in Path("/proc").glob("[0-9]*"):
        try:
            said = (one / "stat").read_text(encoding="ascii", errors="replace")
        except OSError:  # it ended meanwhile; its parent counts it
            continue
        fields = said.rpartition(")")[2].split()
        if int(one.name) == main:
            used += sum(int(fields[column]) for column in (11, 12, 13, 14))
        elif int(fields[1]) == main:
            used += sum(int(fields[column]) for column in (11, 12))
    return used / TICKS


def percentile(values, share):
    """Return the value that a share of *values* does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


@dataclass
class Looks:
    """What those who look on have seen: how long each look took, and what each save waited."""

    taken: list = field(default_factory=list)
    waited: list = field(default_factory=list)
    missed: int = 0
    faults: list = field(default_factory=list)


class Desks:
    """Programs of different people that share what each would have worked out for itself.

    In an office every program has a processor of its own; here hundreds share one, and putting
    the same statements together for each of them would take longer than to run them.
    """

    def __init__(self, url):
        self.first = Database(url)
        self.login = self.first.engine.url.username
        event.listen(self.first.engine, "do_connect", self._sign_in, insert=True)

    def _sign_in(self, _, __, ___, options):
        options["user"] = self.login

    def sit_down(self, login):
        """Return the database as somebody opened it, with one connection that is open."""
        self.login = login
        desk = copy(self.first)
        theirs = self.first.engine
        desk.engine = Engine(theirs.pool.recreate(), theirs.dialect, theirs.url)
        desk.engine._compiled_cache = theirs._compiled_cache
        desk._sessions = sessionmaker(desk.engine)
        desk.engine.connect().close()
        return desk


class Looker:
    """A program with a page open, that asks now and then whether it is still as it was."""

    def __init__(self, database, actor, kinds, units, period):
        self.database = database
        self.actor, self.kinds, self.units, self.period = actor, kinds, units, period
        self.marks, self.asked, self.answered = None, 0.0, 0.0

    def look(self, looks, saves):
        """Ask once; compare with what was saved since the time before."""
        asked = time.monotonic()
        marks, _ = self.database.perform(
            self.actor,
            lambda work: freshness.marks(work, self.kinds, self.units, self.period),
        )
        answered = time.monotonic()
        looks.taken.append(answered - asked)
        if self.marks is not None:
            between = [
                (moment, changed)
                for moment, changed, *_ in list(saves)
                if self.asked < moment <= asked and changed & self.kinds
            ]
            looks.waited += [answered - moment for moment, _ in between]
            certain = any(moment > self.answered for moment, _ in between)
            looks.missed += certain and marks == self.marks
        self.marks, self.asked, self.answered = marks, asked, answered


def look_on(lookers, every, until, looks, saves, threads=6):
    """Let each of *lookers* look every so many seconds; return the threads that do it."""
    turns = [
        (time.monotonic() + every * number / len(lookers), number) for number in range(len(lookers))
    ]
    heapq.heapify(turns)
    lock = threading.Lock()

    def run():
        while True:
            with lock:
                moment, number = heapq.heappop(turns)
                heapq.heappush(turns, (moment + every, number))
            if moment > until:
                return
            time.sleep(max(0.0, moment - time.monotonic()))
            try:
                lookers[number].look(looks, saves)
            except Exception as fault:
                looks.faults.append(repr(fault)[:300])

    started = [threading.Thread(target=run, daemon=True) for _ in range(threads)]
    for thread in started:
        thread.start()
    return started
