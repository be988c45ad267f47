"""What is lost when the application is killed, the power cut, the disk full, a backup made at work.

Beside each figure stands its control: a careless way, in which the same harness finds the loss.
"""

import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run by itself, without pytest

from tests.keeping import crashing, faults
from tests.keeping.disks import Fault
from tests.keeping.office import ACTOR
from tests.keeping.test_old_databases import upgrades_killed
from wfh_desktop.domain.backups import Reason
from wfh_desktop.persistence import backup
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.files import sync
from wfh_desktop.persistence.models import ImportedFile

WRONG = ("lost", "half", "corrupt", "references", "more than was asked")
LARGE = 48  # files of a megabyte in the database that is backed up for speed
SLOWER = 3.0  # times as long as SQLite's own copy and check may a backup take
TASKS = {  # and how many steps of the disk each takes: beyond them nothing would fail
    "simpan": (faults.saving, 400),
    "cadangan": (faults.backing_up, 100),
    "impor": (faults.importing, 190),
}


def figures(*, bench: bool = False) -> list[dict]:
    """Do all of it, a hundredth as often unless *bench*."""
    with tempfile.TemporaryDirectory(prefix="wfh-crash-") as name:
        folder = Path(name)
        return [
            *_kills(folder, 1_000 if bench else 100, bench=bench),
            *_power(folder, 10_000 if bench else 300),
            *_faults(folder, 500 if bench else 20),
            *_loads(folder, 100 if bench else 5),
            _migrations(folder, 100 if bench else 2),
            _speed(folder / "speed"),
        ]


def _kills(folder, count, *, bench):
    modes = [{}, {"journal_mode": "WAL"}] if bench else [{}]
    for number, changed in enumerate(modes):
        start = time.monotonic()
        seen = crashing.kills(crashing.office(folder / f"kill{number}"), count, **changed)
        mode = changed.get("journal_mode", "TRUNCATE")
        note = f"{seen['saves']} simpanan, {seen['in the middle']} mati di tengah transaksi, "
        note += f"{time.monotonic() - start:.0f} s"
        yield _none(f"kill -9 {count} kali ({mode}), hilang atau setengah", _wrong(seen), note)
    for how, found in (("early", "lost"), ("torn", "half")):
        seen = crashing.kills(crashing.office(folder / how), max(12, count // 50), how)
        yield _some(f"kontrol kill -9: {how}", seen[found])


def _power(folder, images):
    start = time.monotonic()
    seen = crashing.power_cuts(folder / "power", images)
    note = f"{time.monotonic() - start:.0f} s"
    yield _none(f"listrik putus {images} kali, hilang atau rusak", _wrong(seen), note)
    fewer = max(40, images // 20)
    seen = crashing.power_cuts(folder / "off", fewer, synchronous="OFF")
    yield _some(f"kontrol tanpa menunggu disk, rusak dari {fewer}", seen["corrupt"])
    seen = crashing.power_cuts(folder / "wal", fewer, journal_mode="WAL", synchronous="NORMAL")
    yield _some(f"kontrol WAL NORMAL, hilang dari {fewer}", seen["lost"])


def _faults(folder, most):
    file = crashing.office(folder / "faults")
    kept = shutil.copyfile(file, folder / "kept.db")
    for name, (task, steps) in TASKS.items():
        faults.REACHED.clear()
        wrong, count = [], min(most, steps)
        for fault in (Fault.FULL, Fault.BROKEN):
            for point in faults.points(fault, count, steps):
                shutil.copyfile(kept, file)
                wrong += filter(None, [task(file, *point)])
        note = f"{faults.REACHED.total()} benar-benar gagal" + (f"; {wrong[0]}" if wrong else "")
        yield _none(f"disk gagal di {2 * count} titik: {name}", len(wrong), note)
    papers = [
        faults.writing_a_paper(folder / f"paper{number}", 100_000, 99_999 * number // most)
        for number in range(most)
        if not (folder / f"paper{number}").mkdir()
    ]
    yield _none(f"disk penuh di {most} titik: naskah", sum(map(bool, papers)), "RLIMIT_FSIZE")


def _loads(folder, count):
    seen = crashing.backups_under_load(folder / "load", count)
    note = f"{seen['saves']} simpanan selama itu"
    yield _none(f"cadangan saat sibuk, {count} kali: tidak baik", count - seen["good"], note)
    fewer = max(4, count // 10)
    seen = crashing.backups_under_load(folder / "copy", fewer, crashing.slow_copy)
    yield _some(f"kontrol salin berkas, rusak dari {fewer}", fewer - seen["good"])


def _migrations(folder, count):
    try:
        in_time, wrong = upgrades_killed(folder / "upgrade.db", count), 0
    except AssertionError:
        in_time, wrong = 0, 1
    note = f"{in_time} mati sebelum selesai"
    return _none(f"pembaruan dibunuh {count} kali: bukan lama dan bukan baru", wrong, note)


def _speed(folder):
    file = crashing.office(folder)
    database = Database(f"sqlite:///{file}")
    database.perform(ACTOR, _grow)
    _bare(file, folder / "bare.db")  # so that both find the file in memory
    bare = _seconds(partial(_bare, file, folder / "bare.db"))
    ours = _seconds(lambda: backup.make(database, folder / "cadangan", Reason.ASKED))
    database.engine.dispose()
    size = file.stat().st_size / 1_000_000
    return {
        "name": f"cadangan {size:.0f} MB yang diperiksa, dibanding SQLite sendiri",
        "value": round(ours / bare, 2),
        "unit": "kali",
        "bar": SLOWER,
        "ok": ours / bare <= SLOWER,
        "note": f"{ours:.2f} s; salin, integrity_check dan fsync saja {bare:.2f} s",
    }


def _grow(work):
    """Take in files, as an office does."""
    from hashlib import sha256

    for number in range(LARGE):
        content = bytes([number]) * 1_000_000
        fields = {"unit_id": 1, "kind": "staff", "name": "a", "actor": "x", "summary": {}}
        digest = sha256(content).hexdigest()
        file = ImportedFile(content=content, sha256=digest, at=work.now, **fields)
        work.log("file.imported", work.add(file))


def _bare(file, target):
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy)
        copy.execute("PRAGMA integrity_check").fetchall()
    sync(target)


def _seconds(task):
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def _wrong(seen):
    return sum(seen[name] for name in WRONG)


def _none(name, count, note):
    return {"name": name, "value": count, "unit": "kali", "bar": 0, "ok": not count, "note": note}


def _some(name, count):
    note = "harus ditemukan: kontrol"
    return {"name": name, "value": count, "unit": "kali", "bar": 1, "ok": count > 0, "note": note}
