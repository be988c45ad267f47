"""What hostile files and words cost: damaged workbooks and texts, bombs, formulas, names."""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # run by itself, without pytest

SIZES = {"xlsx": (300, 10_000), "csv": (150, 5_000)}  # quick, and those of a release
BATCH = 250  # files for one process: what one of them breaks ends only that one
SLOWEST, MOST = 10.0, 512  # seconds and MB for one file
KINDS = {"xlsx": ("staff.xlsx", "matrix.xlsx"), "csv": ("staff.csv", "attlog.dat")}


def figures(*, bench=False) -> list[dict]:
    """Damage files at random and open bombs; none may escape its process, its time or memory."""
    rows = []
    for kind, sizes in SIZES.items():
        rows += _damaged(kind, sizes[bench])
    return [*rows, *_bombs()]


def _damaged(kind, count):
    start, found = time.perf_counter(), Counter()
    slowest = memory = 0.0
    for seed in range(0, count, BATCH):
        batch = [__file__, kind, str(seed), str(min(BATCH, count - seed))]
        done = subprocess.run([sys.executable, *batch], capture_output=True, check=False)
        if done.returncode:
            found["uncaught"] += 1
            continue
        told = json.loads(done.stdout)
        found.update(told["outcomes"])
        slowest, memory = max(slowest, told["slowest"]), max(memory, told["memory"])
    wrong = sum(number for name, number in found.items() if name.startswith("uncaught"))
    took = time.perf_counter() - start
    usual = ", ".join(f"{number} {name}" for name, number in found.most_common(4))
    name = f"{count} berkas {kind} rusak"
    return [
        _row(f"{name}, lolos dari pembaca", wrong, "berkas", 0, f"{usual}; {took:.0f} s"),
        _row(f"{name}, yang paling lama", round(slowest, 2), "s", SLOWEST, ""),
        _row(f"{name}, memori", memory, "MB", MOST, ""),
    ]


def _bombs():
    program = ROOT / "tests" / "safety" / "imports.py"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, program, "write", folder], check=True)
        done = subprocess.run(
            [sys.executable, program, "measure", folder], check=True, capture_output=True
        )
    rows = json.loads(done.stdout)
    wrong = [row["name"] for row in rows if row["outcome"].startswith("uncaught")]
    slow = max(rows, key=lambda row: row["seconds"])
    memory = max(max(row["own"], row["parser"]) for row in rows)
    name = f"{len(rows)} bom"
    return [
        _row(f"{name}, lolos dari pembaca", len(wrong), "berkas", 0, ", ".join(wrong)),
        _row(f"{name}, yang paling lama", slow["seconds"], "s", SLOWEST, slow["name"]),
        _row(f"{name}, memori", memory, "MB", MOST, "pembaca dan prosesnya"),
    ]


def _row(name, value, unit, bar, note):
    return {
        "name": name, "value": value, "unit": unit, "bar": bar, "ok": value <= bar, "note": note,
    }  # fmt: skip


def batch(kind, seed, count):
    """Return what became of *count* damaged files, each read as the program reads it.

    A damaged workbook can ask for gigabytes: its own parsing process stops there, not this one.
    """
    from tests.readers import test_fuzz
    from wfh_desktop import readers
    from wfh_desktop.domain.errors import Unreadable

    chance, found, slowest = random.Random(f"{kind} {seed}"), Counter(), 0.0
    for number in range(count):
        name = KINDS[kind][number % len(KINDS[kind])]
        content = test_fuzz.damaged(test_fuzz.GENERATED[name], chance)
        start = time.perf_counter()
        try:
            readers.read(content, name=name)
            found["read"] += 1
        except Unreadable as refusal:
            found[refusal.code] += 1
        except BaseException as fault:
            found[f"uncaught {type(fault).__name__}"] += 1
        slowest = max(slowest, time.perf_counter() - start)
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    memory = max(resource.getrusage(who).ru_maxrss for who in both) // 1024
    return {"outcomes": found, "slowest": slowest, "memory": memory}


def test_a_small_batch_escapes_nowhere():
    for kind in KINDS:
        told = batch(kind, 0, 20)
        assert sum(told["outcomes"].values()) == 20
        assert not any(name.startswith("uncaught") for name in told["outcomes"])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(batch(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
