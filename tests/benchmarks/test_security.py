"""How much of what a shared database promises holds: each promise with what it was tried by."""

import os
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run by itself, without pytest

from hypothesis import HealthCheck, given, settings

from tests import regions
from tests.postgres import Server
from tests.postgresql import test_visible
from tests.postgresql.attacks import IDENTITIES, identity
from tests.postgresql.siege import assault, sight

ROOT = Path(__file__).parents[2]
PROMISES = {  # what the ordinary tests prove at their own size; the large sizes are other modules
    "T1 hak di katalog peladen": ["postgresql/test_catalog.py"],
    "T7 jawaban COMMIT yang hilang": ["postgresql/test_commit.py"],
    "T11 gangguan cakram": ["keeping/test_faults.py"],
    "T12 cadangan dan pemulihan": ["keeping/test_backup.py", "postgresql/test_server_commands.py"],
    "T13 basis data tiap rilis": ["keeping/test_old_databases.py", "postgresql/test_upgrade.py"],
    "T14 berkas yang bermusuhan": ["safety/test_imports.py", "readers/test_fuzz.py"],
    "T15 sel rumus": ["safety/test_formulas.py"],
    "T16 naskah palsu": ["audit/test_papers.py"],
    "T17 nama berkas dan gambar": ["safety/test_attachments.py"],
    "T18 SQL sisipan": ["safety/test_injection.py"],
    "T19 data pribadi di catatan": ["accounts/test_canaries.py"],
    "T20 jaringan putus": ["postgresql/test_network.py", "views/test_live_refresh.py"],
    "T21 perubahan orang lain": ["views/test_live_refresh.py"],
    "T22 hak yang berakhir, T24 orang kedua": [
        "postgresql/test_rights.py",
        "postgresql/test_guards.py",
        "postgresql/test_second_person.py",
    ],
    "T23 jejak yang diubah": ["audit/test_tampering.py"],
    "T25 jam komputer yang salah": ["postgresql/test_network.py"],
    "T27 dua mesin basis data": ["parity"],
}


def figures(*, bench=False) -> list[dict]:
    """Attack a region, ask in random provinces, and run the tests of every other promise."""
    server = Server()
    try:
        template = regions.build(server)
        rows = [*_attacks(server, template), _provinces(server, template, 10_000 if bench else 200)]
    finally:
        server.remove()
    return [*rows, *(_promise(name, paths) for name, paths in PROMISES.items())]


def _attacks(server, template):
    """Let every identity try everything."""
    region = regions.copy(server, template, "region_measured")
    statements = leaks = misses = 0
    for name in IDENTITIES:
        me = identity(region, name)
        misses += len(list(sight(region, me)))
        tried, wrong = assault(region, me)
        statements += tried
        leaks += len(wrong)
    note = f"{statements} pernyataan oleh {len(IDENTITIES)} pengguna"
    yield _row("T2 serangan SQL yang tembus atau mengubah sesuatu", leaks, note)
    yield _row("T2 tabel yang terlihat lain dari aturannya", misses, f"{len(IDENTITIES)} pengguna")
    yield _row("T2 pernyataan serangan", statements, "sekurang-kurangnya 1.300", least=1300)


def _provinces(server, template, count):
    """Ask who sees what in *count* random provinces."""
    region = regions.copy(server, template, "region_provinces")
    asked = []
    with region.superuser() as connection:
        connection.autocommit = False
        connection.execute("SET search_path = app")
        connection.commit()

        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(test_visible.provinces())
        def holds(province):
            asked.append(province)
            test_visible.holds(connection, province)

        try:
            holds()
            wrong = 0
        except AssertionError:
            wrong = 1
    return _row("T4 pohon unit dengan pandangan yang salah", wrong, f"{len(asked)} pohon acak")


def _promise(name, paths):
    """Run the tests of one promise; return how many failed."""
    files = [str(ROOT / "tests" / path) for path in paths]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files],
        check=False,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
    )
    counted = {word: int(n) for n, word in re.findall(r"(\d+) (passed|failed|error)", done.stdout)}
    failed = counted.get("failed", 0) + counted.get("error", 0) + (not counted.get("passed"))
    return _row(name, failed, f"{counted.get('passed', 0)} pengujian lulus")


def _row(name, value, note, *, least=None):
    """Return a figure of which there may be none, or of which there must be *least*."""
    return {
        "name": name,
        "value": value,
        "unit": "buah",
        "bar": least or 0,
        "ok": value >= least if least else value == 0,
        "note": note,
    }
