"""What saving on a server costs, and how much is lost under load, cuts and kills: nothing."""

import os
import random
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run by itself, without pytest

from sqlalchemy import insert

from tests import regions
from tests.benchmarks.load import Desks, percentile
from tests.postgres import Server
from tests.postgresql import saving
from tests.postgresql.crowd import Crowd, kept
from tests.postgresql.proxy import AFTER, BEFORE, LATE, Proxy
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import AuditEntry, Objective

UNIT = 2
CLIENTS, THINK = (8, 50), 0.2  # in an ordinary run, and for a release
SECONDS = (4.0, 600.0)
CUTS = (60, 10_000)
CLIENTS_KILLED, SERVERS_KILLED = (8, 1_000), (2, 120)
OUTAGES = (4, 200)
TIMED = 150
COST_BAR = 3.0  # times the bare statements
BACK_BAR = 5.0  # seconds after the network is back


def figures(*, bench=False) -> list[dict]:
    """Save, cut, kill and take the network away; count what is left of it."""
    server = Server(synchronous_commit="on")
    try:
        template = regions.build(server)
        names = ("cost", "updates", "cuts", "away", "killed")
        places = [regions.copy(server, template, f"commits_{name}") for name in names]
        rows = [
            _cost(places[0]),
            *_lost_updates(places[1], CLIENTS[bench], SECONDS[bench]),
            *_cuts(places[2], CUTS[bench]),
            _outages(places[3], OUTAGES[bench]),
        ]
        if os.name == "posix":
            rows += _kills(places[4], CLIENTS_KILLED[bench], SERVERS_KILLED[bench])
        return rows
    finally:
        server.remove()


def adding(title):
    """Return a use case that adds a sasaran."""

    def add(work):
        work.log("objective.created", work.add(Objective(unit_id=UNIT, year=2026, title=title)))

    return add


def _cost(region):
    """Compare a unit of work with the same two rows, sent as bare statements."""
    database, actor = region.database(region.head_a), region.actor(region.head_a)
    entry = {
        "unit_id": UNIT, "at": regions.NOW, "actor": "x", "action": "x", "subject": "x",
        "details": {},
    }  # fmt: skip
    goal = {"version": 1, "unit_id": UNIT, "year": 2026, "title": "telanjang"}

    def bare():
        with database.engine.begin() as connection:
            connection.execute(insert(Objective), goal)
            connection.execute(insert(AuditEntry), entry)

    ours, theirs = [], []
    for _ in range(TIMED):
        theirs.append(_timed(bare))
        ours.append(_timed(partial(database.perform, actor, adding("lengkap"))))
    database.engine.dispose()
    ratio = statistics.median(ours) / statistics.median(theirs)
    note = f"{statistics.median(ours) * 1000:.1f} ms, p95 {percentile(ours, 0.95) * 1000:.1f} ms"
    return _row("menyimpan di server, dengan protokol simpan", round(ratio, 2), "kali", COST_BAR,
                f"{note}; telanjang {statistics.median(theirs) * 1000:.1f} ms")  # fmt: skip


def _timed(task):
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


def _lost_updates(region, clients, seconds):
    keys, actor = saving.prepare(region), region.actor(region.head_a)
    desks = Desks(region.url(region.head_a))
    waiting = [desks.sit_down(region.head_a) for _ in range(clients)]

    def client(*, until, counted):
        saving.save_on(waiting.pop(), actor, keys, until=until, think=THINK, counted=counted)

    done = saving.together(clients, seconds, client)
    total, versions = region.one(
        "SELECT sum(title::int), sum(version - 1) FROM app.objective WHERE id = ANY(%s)", keys
    )
    (entries,) = region.one(
        "SELECT count(*) FROM app.audit_entry WHERE action = 'objective.changed'"
    )
    saving.prepare_careless(region)
    careless = partial(saving.careless, region.url(), think=THINK / 10)
    control = saving.together(8, min(seconds, 10.0), careless)
    (counted,) = region.one("SELECT sum(seen) FROM public.careless")
    note = (
        f"{clients} klien {seconds:.0f} detik: {done.saves} simpanan, {versions} versi, {entries} "
        f"jejak, {done.conflicts} ditolak; tanpa versi {control.saves - counted} dari "
        f"{control.saves} hilang"
    )
    exact = done.saves == total == versions == entries and control.saves > counted
    lost = abs(done.saves - total) + (0 if exact else 1)
    return [
        _row("perubahan yang tertimpa", lost, "kali", 0, note),
        _row("galat selama menyimpan bersama", sum(done.others.values()), "kali", 0,
             f"p95 menyimpan {percentile(done.seconds, 0.95):.3f} detik; {list(done.others)[:1]}"),
    ]  # fmt: skip


def _cuts(region, operations):
    proxy, actor = Proxy(region.server.port), region.actor(region.head_a)
    url = f"postgresql+psycopg://{region.head_a}@127.0.0.1:{proxy.port}/{region.name}"
    database, chance = Database(url), random.Random(7)
    for number in range(operations):
        proxy.cut = chance.choice([None, BEFORE, AFTER, LATE])
        database.perform(actor, adding(f"potong {number}"))
    proxy.cut = None
    database.engine.dispose()
    proxy.close()
    rows, titles = region.one(
        "SELECT count(*), count(DISTINCT title) FROM app.objective WHERE title ~ '^potong'"
    )
    note = f"{operations} simpanan lewat sambungan yang diputus di sekitar COMMIT"
    return [
        _row("COMMIT tanpa jawaban: hilang", operations - titles, "kali", 0, note),
        _row("COMMIT tanpa jawaban: ganda", rows - titles, "kali", 0, note),
    ]


def _outages(region, cycles):
    """Take the network away in the middle of work; return how long after its return work ends."""
    proxy, actor = Proxy(region.server.port), region.actor(region.head_a)
    url = f"postgresql+psycopg://{region.head_a}@127.0.0.1:{proxy.port}/{region.name}"
    database, late = Database(url), []
    for number in range(cycles):
        back = []

        def work(work, number=number, back=back):
            adding(f"jauh {number}")(work)
            if not back:
                proxy.go_away()
                back.append(0.0)

        def wait(done, total, back=back):
            if back == [0.0]:
                proxy.come_back()
                back[0] = time.monotonic()

        database.perform(actor, work, progress=wait)
        late.append(time.monotonic() - (back[0] or time.monotonic()))
    database.engine.dispose()
    proxy.close()
    (titles,) = region.one("SELECT count(*) FROM app.objective WHERE title ~ '^jauh'")
    return _row("bekerja lagi setelah jaringan kembali", max(late), "detik", BACK_BAR,
                f"{cycles} kali jaringan hilang; {cycles - titles} simpanan hilang")  # fmt: skip


def _kills(region, clients, servers):
    chance, rows = random.Random(9), []
    with tempfile.TemporaryDirectory() as folder:
        crowd = Crowd(Path(folder))
        for _ in range(clients):
            number = crowd.start(region.url(region.head_a))
            crowd.wait(number)
            time.sleep(chance.uniform(0, 0.05))
            crowd.kill(number)
        rows.append(_left(region, crowd, f"{clients} program dimatikan"))
        workers = [crowd.start(region.url(region.head_a)) for _ in range(4)]
        for _ in range(servers):
            for number in workers:
                crowd.wait(number, seconds=60)
            time.sleep(chance.uniform(0, 0.3))
            region.server.kill()
            region.server.start()
        for number in workers:
            crowd.wait(number, seconds=60)
            crowd.kill(number)
        rows.append(_left(region, crowd, f"{servers} kali server dimatikan"))
        crowd.close()
    return rows


def _left(region, crowd, what):
    told = crowd.everything()
    with region.superuser() as connection:
        lost, partial_saves = kept(connection, told)
    return _row(f"{what}: hilang atau setengah", len(lost) + len(partial_saves), "kali", 0,
                f"{len(told)} simpanan dinyatakan berhasil")  # fmt: skip


def _row(name, value, unit, bar, note):
    return {
        "name": name, "value": value, "unit": unit, "bar": bar, "ok": value <= bar, "note": note
    }  # fmt: skip


def test_saving_on_a_server() -> None:
    for figure in figures():
        assert figure["ok"], figure
