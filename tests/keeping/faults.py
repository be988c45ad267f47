"""What the application does when the disk fails at a chosen step; each returns what it saw.

Steps of SQLite fail in `disks`. Files that Python itself writes fail in a process of their own that
the kernel forbids to write beyond a size (`RLIMIT_FSIZE`): it answers EFBIG where a full disk would
answer ENOSPC, at any byte that is wanted.
"""

import os
import sqlite3
from collections import Counter
from contextlib import closing
from functools import partial

from tests.keeping.disks import Fault, disk
from tests.keeping.office import ACTOR, save, saved
from wfh_desktop import readers, words
from wfh_desktop.domain.backups import Reason
from wfh_desktop.domain.errors import Refusal
from wfh_desktop.persistence import backup, files
from wfh_desktop.persistence.backup import checking
from wfh_desktop.persistence.database import Database
from wfh_desktop.services import staff_import

SAVES = 30  # that are tried until one is refused
LINES = "NIP,NAMA,GOL,JABATAN\n" + "".join(
    f"1980010120050110{n:02},PEGAWAI BARU {n},III/b,Pengolah Data\n" for n in range(1, 9)
)


def saving(file, fault, at):
    """Save until the disk fails at step *at*, then once more on a disk that works again."""
    before = saved(file)[0]
    answered, said = before, ""
    with disk() as shim:
        database = Database(f"sqlite:///{file}")
        shim.arm(fault, at)
        for number in range(before + 1, before + SAVES + 1):
            try:
                database.perform(ACTOR, partial(save, number=number))
            except Refusal as refusal:
                said = words.explain(refusal)
                break
            answered = number
        failed = shim.failed
        shim.disarm()
        there, wrong = saved(file)
        database.perform(ACTOR, partial(save, number=there + 1))  # what was typed is not lost
        database.engine.dispose()
    return _seen(fault, failed, said, wrong, there in {answered, answered + 1}, saved(file)[1])


def backing_up(file, fault, at):
    """Make a backup on a disk that fails at step *at*."""
    folder, said, before = backup.folder_of(file), "", file.read_bytes()
    with disk() as shim:
        database = Database(f"sqlite:///{file}")
        with database.engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
        shim.arm(fault, at)
        try:
            backup.make(database, folder, Reason.ASKED)
        except Refusal as refusal:
            said = words.explain(refusal)
        failed = shim.failed
        shim.disarm()
        database.engine.dispose()
    left = [one for one in folder.iterdir() if one.suffix != ".json"] if folder.exists() else []
    whole = all(not checking.check(one).damage for one in left)
    return _seen(fault, failed, said, "", whole, "" if file.read_bytes() == before else "changed")


def importing(file, fault, at):
    """Take a list of people over on a disk that fails at step *at*: all of them, or none."""
    source = file.with_name("pegawai.csv")
    source.write_text(LINES)
    reading, content = readers.read(source), source.read_bytes()
    wishes = staff_import.Wishes(unit="Dinas Contoh", accept=True)
    task = partial(
        staff_import.run, reading=reading, wishes=wishes, name=source.name, content=content,
        store=True,
    )  # fmt: skip
    before, said = people(file), ""
    with disk() as shim:
        database = Database(f"sqlite:///{file}")
        shim.arm(fault, at)
        try:
            database.perform(ACTOR, task)
        except Refusal as refusal:
            said = words.explain(refusal)
        failed = shim.failed
        shim.disarm()
        after = people(file)
        database.engine.dispose()
    wrong = "" if checking.check(file).state == "baik" else "corrupt"
    return _seen(fault, failed, said, wrong, after in {before, before + 8}, "")


def people(file):
    """Return how many people a file holds, once what was half done is taken back."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT count(*) FROM employee").fetchone()[0]


def writing_a_paper(folder, size, room):
    """Write *size* bytes over a former paper where only *room* fit; return what happened."""
    import resource  # not on Windows

    path = files.save(b"lama", folder / "daftar.pdf")
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        os.write(write, _try_to_write(path, size).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    os.close(write)
    with os.fdopen(read) as answers:
        said = answers.read()
    whole = path.stat().st_size in {4, size}
    alone = [one.name for one in folder.iterdir()] == [path.name]
    return _seen(Fault.FULL, int(room < size), said, "", whole and alone, "")


def _try_to_write(path, size):
    try:
        files.save(b"%PDF" + bytes(size - 4), path)
    except Refusal as refusal:
        return words.explain(refusal)
    return ""


def _seen(fault, failed, said, wrong, consistent, later):
    """Return what is wrong; empty if all is as it should be."""
    REACHED[fault] += bool(failed)
    if wrong or later:
        return wrong or later
    if bool(said) != (bool(failed) and fault is not Fault.HELD):
        return f"said {said!r} after {failed} failures"
    return "" if consistent else "neither before nor after"


REACHED = Counter()  # points at which the disk really failed


def points(fault, count, most):
    """Return *count* pairs of a fault and a step, spread over the first *most* steps."""
    return [(fault, 1 + number * most // count) for number in range(count)]


ALL = [
    *points(Fault.FULL, 10, 300),
    *points(Fault.BROKEN, 10, 300),
    *points(Fault.HELD, 4, 12),
    (Fault.FORBIDDEN, 1),
]
