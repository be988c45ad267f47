"""A process that has everything loaded and bears others, which save until they are killed.

Starting Python a hundred times would take most of the time; a fork takes a hundredth of it.
Reads lines "HOW FILE ANSWERS" from standard input and each process says its number when it begins.
"""

import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.keeping.office import ACTOR, fill, save
from wfh_desktop.persistence import connecting, schema
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import Ceiling, Unit

LIFE = 60  # seconds: if whoever was to kill it is gone


def main():
    pragmas = dict(pragma.split(" = ") for pragma in connecting.PRAGMAS)
    changed = dict(word.split("=") for word in sys.argv[1:])
    connecting.PRAGMAS = tuple(f"{name} = {value}" for name, value in (pragmas | changed).items())
    warm_up()
    for line in sys.stdin:
        how, file, answers = line.split()
        pid = os.fork()
        if pid == 0:
            live(how, file, answers)
        os.waitpid(pid, 0)


def warm_up():
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/warm.db")
        schema.upgrade(database.engine)
        fill(database, people=1)
        database.perform(ACTOR, save)
        database.engine.dispose()


def live(how, file, answers):
    """Save and answer, save and answer, until it is killed."""
    handle = os.open(answers, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    database = Database(f"sqlite:///{file}")
    with database.engine.connect() as connection:
        number = connection.exec_driver_sql("SELECT count(*) FROM ceiling").scalar()
    print(os.getpid(), flush=True)  # noqa: T201 - its way to speak
    until = time.monotonic() + LIFE
    while time.monotonic() < until:
        number += 1
        if how == "early":  # the control that loses: it answers before it has saved
            os.write(handle, b"%d\n" % number)
        if how == "torn":  # the control that leaves halves: two transactions for one save
            torn(database, number)
        else:
            database.perform(ACTOR, partial(save, number=number))
        if how != "early":
            os.write(handle, b"%d\n" % number)
    os._exit(0)


def torn(database, number):
    def first(work):
        year, month = divmod(number, 12)
        row = Ceiling(unit_id=1, year=2000 + year, month=1 + month, amount=None)
        work.log("ceiling.set", work.add(row))

    def second(work):
        unit = work.get(Unit, 1)
        unit.name = f"Dinas Contoh {number}"
        work.log("unit.renamed", unit)

    database.perform(ACTOR, first)
    time.sleep(0.005)
    database.perform(ACTOR, second)


if __name__ == "__main__":
    main()
