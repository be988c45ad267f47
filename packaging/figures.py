"""Run every module of `tests/benchmarks` in its own process; print its figures beside the bars.

Each module offers `figures(*, bench=False) -> list[dict]` with the keys name, value, unit, bar, ok
and note: *value* and *bar* are numbers in *unit*, *ok* tells whether the bar is met. With *bench*
the sizes are those of a release, which take hours; without, those of a working day.
"""

import contextlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from environment import ROOT, surroundings

BENCHMARKS = ROOT / "tests" / "benchmarks"
KEYS = {"name", "value", "unit", "bar", "ok", "note"}


def show(
    python: Path, target: Path | None, *, bench: bool = False, only: Sequence[str] = ()
) -> int:
    """Measure, print it as table and JSON, save that to *target*; 1 if a bar is missed.

    All modules are measured, or *only* those of these names: "tpp", "readers".
    """
    rows: list[dict[str, Any]] = []
    broken = []
    for module in sorted(BENCHMARKS.glob("test_*.py")):
        if only and module.stem.removeprefix("test_") not in only:
            continue
        print(f"Mengukur {module.stem.removeprefix('test_')} ...", file=sys.stderr)
        done = subprocess.run(
            [python, __file__, module, *(["--bench"] if bench else [])],
            check=False,
            cwd=ROOT,
            env={"QT_QPA_PLATFORM": "offscreen"} | surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        if done.returncode:
            broken.append(module.stem)
        else:
            rows += json.loads(done.stdout)
    text = json.dumps(rows, ensure_ascii=False, indent=2)
    print(table(rows), text, sep="\n\n")
    if target:
        target.write_text(text + "\n", encoding="utf-8")
    if broken:
        print(f"Tidak dapat diukur: {', '.join(broken)}.", file=sys.stderr)
    return int(bool(broken) or not rows or not all(row["ok"] for row in rows))


def table(rows: list[dict[str, Any]]) -> str:
    """Return the figures as an aligned table: name, value, bar, ok or short, note."""
    lines = [("angka", "nilai", "batas", "satuan", "", "catatan")]
    for row in rows:
        verdict = "ok" if row["ok"] else "short"
        numbers = (f"{row['value']:.3g}", f"{row['bar']:.3g}")
        lines.append((row["name"], *numbers, row["unit"], verdict, row["note"]))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in (1, 2) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def measure(module: Path, *, bench: bool = False) -> list[dict[str, Any]]:
    """Import one benchmark module and return its figures; refuse a row without all its keys."""
    spec = importlib.util.spec_from_file_location(module.stem, module)
    if spec is None or spec.loader is None:
        raise ImportError(str(module))
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    rows: list[dict[str, Any]] = loaded.figures(bench=bench)
    for row in rows:
        if set(row) != KEYS:
            raise ValueError(f"{module.name}: {sorted(set(row) ^ KEYS)}")
    return rows


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        measured = measure(Path(sys.argv[1]), bench="--bench" in sys.argv)
    print(json.dumps(measured, default=float))
