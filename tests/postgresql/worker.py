"""Programs that save until they are killed: run as a script, it forks one for each line it reads.

A line says who works and where: `NUMBER URL`. The program writes a line for each save it was told
of, to the file `NUMBER` in the folder that is the only argument of the script.
"""

import os
import sys
from pathlib import Path

from wfh_desktop.domain.errors import Unreachable
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.persistence import commits
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import Objective

UNIT = 2
commits.BRIEF = (0.2,) * 20
commits.LADDER = (0.0, *commits.BRIEF)


def pair(title):
    """Return a use case that adds two rows of the same title, and one entry for each."""

    def add(work):
        for _ in range(2):
            goal = work.add(Objective(unit_id=UNIT, year=2026, title=title))
            work.log("objective.created", goal)

    return add


def work(number, url, folder):
    """Save pair after pair; note each one of which the server said that it is saved."""
    database = Database(url)
    actor = Actor(f"Pegawai {number}", EVERYTHING)
    told = os.open(folder / number, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    count = 0
    while True:
        count += 1
        title = f"{number}-{count}"
        try:
            database.perform(actor, pair(title))
        except Unreachable as refusal:
            os.write(told, f"? {title} {refusal.code}\n".encode())
        else:
            os.write(told, f"{title}\n".encode())


def main():
    folder = Path(sys.argv[1])
    for line in sys.stdin:
        number, url = line.split()
        child = os.fork()
        if child == 0:
            try:
                work(number, url, folder)
            finally:
                os._exit(1)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
