"""How fast a whole database moves, beside a plain COPY and executemany of the same rows.

A move reads every row twice and writes it once, in small transactions, with a checksum of each; the
baseline copies the rows at once and believes that they arrived.
"""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests.moving import office
from tests.postgres import Server
from wfh_desktop.persistence import moving
from wfh_desktop.persistence.moving.rows import shapes

SCANS = """
    WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 999 + ?)
    INSERT INTO scan (unit_id, employee_id, device, pin, day, at, import_id)
    SELECT 1, 1, '1', printf('%06d', i / 500), date('2020-01-01', (i % 500) || ' days'),
           printf('%02d:%02d:%02d.000000', 7 + i % 10, i % 60, i * 7 % 60), 1 FROM n
"""
INDEXES = ("unit_id, device, pin, day, at", "unit_id, day", "employee_id, day")  # as there
SCAN = next(one for one in shapes() if one.name == "scan")
ROOT = Path(__file__).parents[2]


def figures(bench=False):
    """Return rows a second in both directions beside the baseline, and how kills went."""
    rows = 1_000_000 if bench else 100_000
    with TemporaryDirectory() as folder:
        file = office.build(Path(folder) / "asal.db")
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(SCANS, (rows,))
        server = Server()
        try:
            return [
                *speeds(server, file, Path(folder), rows),
                *kills(server, file, Path(folder), 100 if bench else 3),
            ]
        finally:
            server.remove()


def speeds(server, file, folder, rows):
    """Move there and back; copy the largest table plainly in the same run."""
    moving.ServerTarget(server.url("kinerja")).close()  # installs
    there = rate(rows, lambda: move(f"sqlite:///{file}", server.url("kinerja")))
    back = rate(rows, lambda: move(server.url("kinerja"), f"sqlite:///{folder}/balik.db"))
    plain_there = rate(rows, lambda: copy_there(server, file))
    plain_back = rate(rows, lambda: copy_back(server, folder / "polos.db"))
    return [
        figure("file to server", there, plain_there, "COPY"),
        figure("server to file", back, plain_back, "executemany"),
    ]


def figure(name, value, plain, baseline):
    """Return a row; a checked move may take five times as long as a blind copy."""
    return {
        "name": f"moving: {name}",
        "value": value,
        "unit": "rows/s",
        "bar": plain / 5,
        "ok": value >= plain / 5,
        "note": f"plain {baseline}: {plain:,.0f} rows/s; the move also reads back and sums up",
    }


def rate(rows, task):
    """Return rows a second."""
    began = time.perf_counter()
    task()
    return rows / (time.perf_counter() - began)


def move(source, target):
    """Move as the program does, and insist that all is the same."""
    with (
        closing(moving.open_source(source)) as one,
        closing(moving.open_target(target)) as other,
    ):
        assert moving.move(one, other, lambda _: None).same


def copy_there(server, file):
    """Copy the scans by one COPY into a table of the same columns and indexes."""
    columns = ", ".join(SCAN.columns)
    with (
        closing(sqlite3.connect(file)) as source,
        psycopg.connect(server.dsn("kinerja")) as target,
        target.cursor() as cursor,
    ):
        cursor.execute("CREATE TABLE plain (LIKE app.scan INCLUDING INDEXES)")
        with cursor.copy(f"COPY plain ({columns}) FROM STDIN") as lines:
            for row in source.execute(f"SELECT {columns} FROM scan"):
                lines.write_row(row)


def copy_back(server, file):
    """Copy the scans by one executemany into a table of the same columns and indexes."""
    columns = ", ".join(SCAN.columns)
    places = ", ".join("?" * len(SCAN.columns))
    with (
        psycopg.connect(server.dsn("kinerja")) as source,
        source.cursor(name="plain") as cursor,
        closing(sqlite3.connect(file)) as target,
        target,
    ):
        cursor.itersize = 1000
        cursor.execute("SELECT id, unit_id, employee_id, device, pin, day::text, at::text, "
                       "import_id FROM app.scan")  # fmt: skip
        target.execute(f"CREATE TABLE scan ({columns}, PRIMARY KEY (id))")
        for number, index in enumerate(INDEXES):
            target.execute(f"CREATE INDEX i{number} ON scan ({index})")
        target.executemany(f"INSERT INTO scan VALUES ({places})", cursor)


def kills(server, file, folder, count):
    """Kill the command at any moment, so many times, and go on; nothing may be lost or doubled."""
    chance = random.Random(count)
    url, killed = server.url("dibunuh"), 0
    moving.ServerTarget(url).close()
    command = [sys.executable, "-m", "wfh_desktop.cli", "move", str(file), url]
    began = time.perf_counter()
    rounds = 0
    while killed < count:
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                process.wait(0.4 + chance.random() * 4)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                killed += 1
        rounds += 1
        if process.returncode == 0:  # it arrived: begin anew with another target
            same(file, url)
            url = server.url(f"dibunuh_{rounds}")
    move(f"sqlite:///{file}", url)
    return [
        {
            "name": "moving: killed and gone on with",
            "value": killed,
            "unit": "kills",
            "bar": count,
            "ok": same(file, url),
            "note": f"every table the same at the end; {time.perf_counter() - began:.0f} s",
        }
    ]


def same(file, url):
    """Tell whether both ends hold the same."""
    with (
        closing(moving.open_source(f"sqlite:///{file}")) as one,
        closing(moving.open_source(url)) as other,
    ):
        return moving.compare(one, other, lambda _: None).same


def test_the_figures_can_be_taken():
    assert all(row["ok"] for row in figures())
