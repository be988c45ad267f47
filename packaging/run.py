r"""Set up WFH Desktop on this computer and run it: the one script behind the commands of README.

python3 packaging/run.py            set up; open the demo unit, or without a display print it
python3 packaging/run.py test       set up; check style and types, run the tests (rest: to pytest)
python3 packaging/run.py figures    set up; measure, and print each figure beside its bar
                                    (--bench: the sizes of a release; names: only those)
python3 packaging/run.py lock       write packaging/requirements.lock anew from pyproject.toml

Needs Python and pip alone. On Windows: `py -3 packaging\run.py`.
"""

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    sys.exit(
        "WFH Desktop memerlukan Python 3.11 sampai 3.14; yang dijalankan ini Python {}.{}.".format(
            *sys.version_info
        )
    )

import argparse
import os
import subprocess
from pathlib import Path

import environment
import figures
import libraries
import lock
from environment import ROOT, SetupError

SCREEN_PROBE = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
TOOLS = (
    ("Bentuk kode", ["ruff", "format", "--check", "--quiet", "."]),
    ("Kaidah kode", ["ruff", "check", "--quiet", "."]),
    ("Tipe", ["mypy"]),
)


def main(arguments: list[str]) -> int:
    """Carry out one command; return the exit status of what it ran."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace", line_buffering=True)  # type: ignore[union-attr]
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command != "test":
        _parser().error(f"argumen tidak dikenal: {' '.join(rest)}")
    try:
        return options.run(options, rest)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nDibatalkan.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py", description="Menyiapkan dan menjalankan WFH Desktop.", allow_abbrev=False
    )
    parser.set_defaults(command="", run=demo, out=ROOT / "build" / "demo")
    parser.add_argument("--out", type=Path, metavar="MAP", help="tempat unit contoh dan naskahnya")
    commands = parser.add_subparsers(dest="command", metavar="PERINTAH")
    tested = commands.add_parser(
        "test", help="jalankan pengujian; argumen selebihnya diteruskan ke pytest", add_help=False
    )
    tested.set_defaults(run=test)
    measured = commands.add_parser("figures", help="ukur kecepatan dan bandingkan dengan batasnya")
    measured.add_argument("--json", type=Path, metavar="BERKAS", help="simpan juga sebagai JSON")
    measured.add_argument(
        "--bench", action="store_true", help="dengan ukuran besar untuk rilis (berjam-jam)"
    )
    measured.add_argument("only", nargs="*", metavar="NAMA", help="hanya ini, misalnya tpp")
    measured.set_defaults(run=measure)
    locked = commands.add_parser("lock", help="tulis ulang packaging/requirements.lock")
    locked.add_argument(
        "--upgrade", action="store_true", help="ambil versi terbaru yang dibolehkan"
    )
    locked.set_defaults(run=lambda options, _: lock.write(upgrade=options.upgrade))
    return parser


def _python(*, window: bool) -> Path:
    """Bring libraries and environment; return the interpreter to run the product with."""
    libraries.ensure(window=window)
    return environment.prepare()


def demo(options: argparse.Namespace, _: list[str]) -> int:
    """Open the demo unit in the window; without a display, make its month and papers headless."""
    python = _python(window=_display_named())
    folder = options.out.absolute()
    database = f"sqlite:///{(folder / 'demo.db').as_posix()}"
    if _screen(python):
        return _call([python, "-m", "wfh_desktop.app", "--demo", "--db", database])
    print("Tidak ada layar: bulan unit contoh dikerjakan tanpa jendela.")
    return _call([python, "-m", "wfh_desktop.cli", "--db", database, "demo", "--out", folder])


def _display_named() -> bool:
    return os.name == "nt" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _screen(python: Path) -> bool:
    """Tell whether a window can be opened here: a display may be named and yet not answer."""
    if not _display_named():
        return False
    probe = subprocess.run(
        [python, "-c", SCREEN_PROBE],
        check=False,
        env=environment.surroundings(),
        capture_output=True,
    )
    return probe.returncode == 0


def test(_: argparse.Namespace, rest: list[str]) -> int:
    """Run style, rules, types and tests, all of them, and report what failed at the end."""
    python = _python(window=False)
    failed = [name for name, tool in TOOLS if _call([python, "-m", *tool])]
    for name in ("Bentuk kode", "Kaidah kode", "Tipe"):
        print(f"{name}: {'ADA YANG SALAH' if name in failed else 'baik'}")
    status = _pytest(python, rest)
    if failed:
        print(f"Gagal: {', '.join(failed)}.", file=sys.stderr)
    return status or int(bool(failed))


def measure(options: argparse.Namespace, _: list[str]) -> int:
    """Print the figures beside their bars."""
    python = _python(window=False)
    return figures.show(python, options.json, bench=options.bench, only=options.only)


def _pytest(python: Path, rest: list[str]) -> int:
    """Run the tests on all cores with coverage; *rest* goes to pytest and wins over ours."""
    workers = "0" if "WFH_TEST_URL" in os.environ else str(environment.cores())
    os.environ.setdefault("PYTHONHASHSEED", "0")  # all workers have to see the same order of sets
    coverage = [python, "-m", "coverage"]
    _call([*coverage, "erase"])
    status = _call([*coverage, "run", "-m", "pytest", "-n", workers, *rest], stdin=None)
    _call([*coverage, "combine", "--quiet"])
    shown = ".venv/bin/python -m coverage report"
    print(f"Cakupan: {_covered(python) or 0} % (rinciannya: {shown})")
    return status


def _covered(python: Path) -> str:
    """Return how many percent of the product the tests ran through."""
    command = [python, "-m", "coverage", "report", "--format=total"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


def _call(command: list[str | Path], stdin: int | None = subprocess.DEVNULL) -> int:
    variables = environment.surroundings()
    done = subprocess.run(command, check=False, cwd=ROOT, env=variables, stdin=stdin)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
