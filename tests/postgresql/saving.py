"""People who save to the same few rows at the same time, and what is left of it."""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import text

from wfh_desktop.domain.errors import Conflict
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import Objective

UNIT = 2
ROWS = 18
SEEN = text("SELECT seen FROM public.careless WHERE id = :key")
CARELESS = text("UPDATE public.careless SET seen = :seen WHERE id = :key")


@dataclass
class Counted:
    """What a number of clients did: saves they were told of, refusals, seconds a save took."""

    saves: int = 0
    conflicts: int = 0
    others: Counter = field(default_factory=Counter)
    seconds: list = field(default_factory=list)

    def add(self, other):
        self.saves += other.saves
        self.conflicts += other.conflicts
        self.others += other.others
        self.seconds += other.seconds


def prepare(region):
    """Add rows that each count the saves made to them; return their numbers."""
    database = region.database(region.head_a)

    def add(work):
        goals = [work.add(Objective(unit_id=UNIT, year=2026, title="0")) for _ in range(ROWS)]
        work.log("objective.created", goals[0])
        return [goal.id for goal in goals]

    keys, _ = database.perform(region.actor(region.head_a), add)
    database.engine.dispose()
    return keys


def save(url, actor, keys, *, until, think, counted):
    """Look at a row, think, save one more than was seen; again and again."""
    save_on(Database(url), actor, keys, until=until, think=think, counted=counted)


def save_on(database, actor, keys, *, until, think, counted):
    """Do that with a database that is open; close it in the end."""
    chance = random.Random(threading.get_ident())
    mine = Counted()
    while time.monotonic() < until:
        key = chance.choice(keys)
        version, seen = _look(database, actor, key)
        time.sleep(chance.uniform(0, think))
        begun = time.perf_counter()
        try:
            database.perform(actor, _edit(key, version, str(int(seen) + 1)))
        except Conflict:
            mine.conflicts += 1
        except Exception as error:
            mine.others[repr(error)] += 1
        else:
            mine.saves += 1
            mine.seconds.append(time.perf_counter() - begun)
    database.engine.dispose()
    counted.add(mine)


def _look(database, actor, key):
    def look(work):
        goal = work.get(Objective, key)
        return goal.version, goal.title

    return database.perform(actor, look)[0]


def _edit(key, version, title):
    def edit(work):
        goal = work.get(Objective, key, version)
        goal.title = title
        work.log("objective.changed", goal)

    return edit


def prepare_careless(region):
    """Make a table without guards that counts its saves."""
    with region.superuser() as connection:
        connection.execute("CREATE TABLE public.careless (id int PRIMARY KEY, seen int)")
        connection.execute(
            "INSERT INTO public.careless SELECT g, 0 FROM generate_series(0, %s) g", [ROWS - 1]
        )


def careless(url, *, until, think, counted):
    """Do the same without versions, on a table without guards."""
    database = Database(url)
    chance = random.Random(threading.get_ident())
    mine = Counted()
    while time.monotonic() < until:
        key = {"key": chance.randrange(ROWS)}
        with database.engine.begin() as connection:
            seen = connection.scalar(SEEN, key)
        time.sleep(chance.uniform(0, think))
        with database.engine.begin() as connection:
            connection.execute(CARELESS, key | {"seen": seen + 1})
        mine.saves += 1
    database.engine.dispose()
    counted.add(mine)


def together(clients, seconds, client):
    """Let clients work at the same time for some seconds; return what they did."""
    counted, until = Counted(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=client, kwargs={"until": until, "counted": counted})
        for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counted
