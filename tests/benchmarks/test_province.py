"""What row level security costs in a province, and how long its TPP takes."""

import statistics
import sys
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run by itself, without pytest

from tests.benchmarks.province import NAME, Province, drop
from tests.postgres import ADMIN, Server
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Database
from wfh_desktop.services import attendance, tpp
from wfh_desktop.services.tpp import facts
from wfh_desktop.services.tpp.lines import calculated

CHIEF = Actor("Pengukur", EVERYTHING)
MARCH = Period(2025, 3)
SECTION_HEAD, DINAS_HEAD, INSPECTOR = (f"p_19{n}0101200501100{n}" for n in (71, 72, 73))
RECAP = """
    SELECT employee_id, count(*), count(time_in), min(time_in), max(time_out) FROM day_entry
    WHERE unit_id = ANY (%s) AND day BETWEEN '2025-03-01' AND '2025-03-31' GROUP BY employee_id
"""
PERSON = """
    SELECT day, time_in, time_out FROM day_entry
    WHERE employee_id = %s AND day BETWEEN '2025-03-01' AND '2025-03-31'
"""
REGION = """
    SELECT unit_id, count(*), count(time_in) FROM day_entry
    WHERE day BETWEEN '2025-03-01' AND '2025-03-31' GROUP BY unit_id
"""
TIMES = 21
PAY_BAR = 6.0  # times the bare calculation: reading a month and storing its lines


def figures(*, bench=False) -> list[dict]:
    """Measure a province of 10 000 people and 3.1 million days; without *bench* a tenth of it."""
    server = Server(shared_buffers="512MB", work_mem="16MB", max_connections="50")
    try:
        province = Province(server, *((25, 25, 10_000) if bench else (5, 12, 1_000)))
        province.build()
        rows = [*_cost(province), *_pages(province)]
        drop(server)
        payday = Province(
            server, *((40, 25, 100_000) if bench else (1, 5, 500)), MARCH.first, MARCH.last
        )
        payday.build()
        return [*rows, *_pay(payday)]
    finally:
        server.remove()


def _cost(province):
    """Compare each query of a head with the same one of the administrator, whom nothing filters."""
    section = 2 + province.dinas
    with province.admin() as admin:
        below = "SELECT array_agg(descendant_id) FROM sec.unit_closure WHERE ancestor_id = 2"
        (dinas,) = admin.execute(below).fetchone()
        query = "SELECT min(id) FROM employee WHERE unit_id = %s"
        (person,) = admin.execute(query, [section]).fetchone()
    province.account(SECTION_HEAD, section, "kepala")
    province.account(DINAS_HEAD, 2, "kepala")
    province.account(INSPECTOR, 1, "inspektorat")
    asked = [
        ("rekap bulan satu bidang", SECTION_HEAD, RECAP, [[section]], 50),
        (f"rekap bulan satu dinas ({len(dinas)} unit)", DINAS_HEAD, RECAP, [dinas], 50),
        ("bulan satu pegawai", SECTION_HEAD, PERSON, [person], 5),
        ("bulan seluruh provinsi (inspektorat)", INSPECTOR, REGION, [], 1000),
    ]
    for name, login, query, values, bar in asked:
        mine = _median(province, login, query, values)
        free = _median(province, None, query, values)
        yield _row(f"RLS: {name}, median", mine, "ms", bar, f"tanpa RLS {free:.2f} ms")
        if bar == 50:
            yield _row(f"RLS: {name}, terhadap saringan eksplisit", mine / free, "kali", 2)


def _median(province, login, query, values):
    """Return the median milliseconds of a query, as *login* or as the administrator."""
    with province.admin() if login is None else _signed_in(province, login) as connection:
        took = []
        for _ in range(TIMES):
            start = time.perf_counter()
            connection.execute(query, values).fetchall()
            took.append((time.perf_counter() - start) * 1000)
        return statistics.median(took)


def _signed_in(province, login):
    import psycopg

    connection = psycopg.connect(province.server.dsn(NAME, login))
    connection.execute("SET search_path = app, audit")
    return connection


def _pages(province):
    """Open the month page of a head through the service, with and without the policies."""
    for name, login, unit_id in (
        ("bidang", SECTION_HEAD, 2 + province.dinas),
        ("dinas", DINAS_HEAD, 2),
    ):
        page = partial(attendance.month_view, unit_id=unit_id, period=MARCH)
        mine, free = (_page(province.server.url(NAME, one), page) for one in (login, ADMIN))
        yield _row(
            f"halaman presensi sebulan satu {name}, terhadap saringan eksplisit",
            mine / free,
            "kali",
            2,
            f"{mine * 1000:.0f} ms",
        )


def _pay(province):
    """Calculate and store one month of TPP for everybody, unit by unit."""
    province.prepare_pay(MARCH)
    first = 2 + province.dinas
    database = Database(province.server.url(NAME))
    start = time.perf_counter()
    for unit_id in range(first, province.units + 1):
        database.perform(CHIEF, partial(tpp.compute, unit_id=unit_id, period=MARCH))
    took = time.perf_counter() - start
    with database.work(CHIEF) as work:
        chosen = facts.choice(work, first, MARCH)
        found = facts.gather(work, first, MARCH, chosen)
        start = time.perf_counter()
        calculated(found, work.progress)
        bare = (time.perf_counter() - start) / len(found.people)
    with province.admin() as connection:
        query = "SELECT count(*), count(*) FILTER (WHERE net > 0) FROM recommendation_line"
        people, paid = connection.execute(query).fetchone()
    database.engine.dispose()
    each = took / people
    note = (
        f"{took:.0f} detik seluruhnya, {each * 1000:.1f} ms per orang; {people - paid} tanpa jumlah"
    )
    name = f"TPP sebulan {people} orang, dihitung dan disimpan per unit, terhadap hitungan saja"
    return [_row(name, each / bare, "kali", PAY_BAR, note)]


def _page(url, page):
    database = Database(url)
    took = []
    for _ in range(7):
        start = time.perf_counter()
        database.perform(CHIEF, page)
        took.append(time.perf_counter() - start)
    database.engine.dispose()
    return statistics.median(took)


def _row(name, value, unit, bar, note=""):
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "bar": bar,
        "ok": value <= bar,
        "note": note,
    }
