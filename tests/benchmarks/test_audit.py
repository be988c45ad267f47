"""What the trace costs, how fast its chain is verified, and that no forgery passes."""

import random
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from datetime import time as moment_of
from pathlib import Path

if __name__ != "__main__" and str(Path(__file__).parents[2]) not in sys.path:
    sys.path.insert(0, str(Path(__file__).parents[2]))  # measured outside pytest, too

from sqlalchemy import insert

from tests.audit import forging, tampering
from tests.audit.conftest import File, Shared, rename
from tests.audit.forging import Tally
from tests.regions import Region
from tests.services import offices
from tests.services.test_papers import final, printed
from tests.services.tpp_months import prepared
from wfh_desktop.domain.chain import Anchor
from wfh_desktop.domain.papers import Paper
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.persistence.models import ImportedFile, Scan
from wfh_desktop.services import audit, papers

NOW = datetime(2026, 10, 2, 2, 0, tzinfo=UTC)
CHIEF = Actor("Kepala", EVERYTHING)
EVENTS, SCANS = 100_000, 37_000
LONGEST, SPEED, COST = 5.0, 100_000, 1.2  # seconds, events a second, times without a trace
PAYLOAD = (
    '{"old":{"text":"Menyusun laporan"},"new":{"text":"Menyusun laporan bulanan","version":3}}'
)


def figures(*, bench=False) -> list[dict]:
    """Measure the trace in a file and on a server; with *bench* try all forgeries there are."""
    with tempfile.TemporaryDirectory() as folder:
        place = File(Path(folder) / "chain.db", CHIEF)
        rows = [*_chain("berkas", place), *_cost(Path(folder))]
        rows.append(_tampered(Path(folder), 200 if bench else 5))
        rows += _forged(Path(folder), 500 if bench else 20, 10_000 if bench else 100)
        place.everything.engine.dispose()
    return rows + (_server() if bench else [])


def _row(name, value, unit, bar, note, *, ok):
    return {"name": name, "value": value, "unit": unit, "bar": bar, "ok": ok, "note": note}


def _chain(where, place):
    """Verify a long chain, then once more with one byte of it changed."""
    place.tamper(*_events(place))
    started = time.perf_counter()
    with place.work() as work:
        sealed = audit.seal(work)
    sealing = time.perf_counter() - started
    clock = time.perf_counter if place.shared else time.process_time  # a server works elsewhere
    needed = []
    with place.work() as work:
        for _ in range(3):
            started = clock()
            verdict = audit.verify(work)
            needed.append(clock() - started)
        assert verdict.sound
        assert verdict.unsealed == 0
    needed = min(needed)
    forged = "UPDATE change SET payload = replace(payload, 'bulanan', 'bulaman') WHERE seq = ?"
    place.tamper((forged, (EVENTS - 7,)))
    with place.work() as work:
        started = time.perf_counter()
        found = audit.verify(work, [verdict.head])
        finding = time.perf_counter() - started
        assert found.broken.seq == EVENTS - 7
    speed = round(EVENTS / needed)
    return [
        _row(f"Rantai 100 000 peristiwa diperiksa, {where}", round(needed, 2), "s", LONGEST,
             f"{speed} peristiwa per detik, batas {SPEED}", ok=needed <= LONGEST),
        _row(f"Laju pemeriksaan rantai, {where}", speed, "/s", SPEED,
             f"menyegel: {round(sealed / sealing)} per detik", ok=speed >= SPEED),
        _row(f"Satu bita yang diubah ditemukan, {where}", round(finding, 2), "s", LONGEST,
             "di antara 100 000 peristiwa, hampir di ujung", ok=finding <= LONGEST),
    ]  # fmt: skip


def _events(place):
    """Return statements that add events up to the number there are to be."""
    override = tampering.OVERRIDING
    names = "seq, at, who, unit_id, tab, pk, op, txid, addr, payload"
    moment = "'2026-10-02 02:00:00.123456'"
    if place.shared:
        series = f"SELECT n FROM generate_series(1, {EVENTS}) n"
        moment += "::timestamptz"
    else:
        series = (
            "WITH RECURSIVE s (n) AS "
            f"(SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {EVENTS}) SELECT n FROM s"
        )
    values = f"n, {moment}, 'p_1', 4, 'work_report', CAST(n % 999 AS text), 'U', n, '', '{PAYLOAD}'"
    return [
        ("DELETE FROM seal",),
        ("DELETE FROM change",),
        (f"INSERT INTO change ({names}) {override}SELECT {values} FROM ({series}) numbers",),
    ]


def _cost(folder):
    """Compare taking in the scans of a file with and without the triggers of the trace."""
    needed = {True: [], False: []}
    for turn in range(3):
        for traced in (True, False):
            place = File(folder / f"scans-{turn}-{traced}.db", CHIEF)
            if not traced:
                place.tamper()
            needed[traced].append(_imported(place))
            place.everything.engine.dispose()
    ratio = min(needed[True]) / min(needed[False])
    return [
        _row("Impor 37 000 pindaian dengan jejak, dibanding tanpa jejak", round(ratio, 2), "kali",
             COST, f"{min(needed[True]):.2f} s dan {min(needed[False]):.2f} s", ok=ratio <= COST),
    ]  # fmt: skip


def _imported(place):
    with place.work() as work:
        unit = offices.office(work)
        (key,) = offices.people(work, unit, 1)
        file = work.add(
            ImportedFile(
                unit_id=unit.id,
                kind="presensi",
                name="log.dat",
                sha256="0" * 64,
                content=b"x" * 100_000,
                at=NOW,
                actor="Kepala",
                summary={},
            )
        )
        number = file.id
        work.log("attendance.imported", file)
        unit_id = unit.id
    scans = [
        {
            "unit_id": unit_id,
            "employee_id": key,
            "device": "1",
            "pin": str(n % 600),
            "day": date(2026, 9, 1 + n % 30),
            "at": moment_of(n // 3600 % 24, n // 60 % 60, n % 60),
            "import_id": number,
        }
        for n in range(SCANS)
    ]
    started = time.process_time()
    with place.work() as work:
        work.session.execute(insert(Scan), scans)
        work.log("attendance.imported", work.get(ImportedFile, number))
    return time.process_time() - started


def _tampered(folder, trials):
    """Try each of the nine ways in a file, with anchors and, as the control, without."""
    place = File(folder / "tampered.db", CHIEF)
    with place.work() as work:
        for number in range(40):
            rename(work, f"Unit {number}")
    with place.work() as work:
        audit.seal(work)
    rows, dice = tampering.read(place), random.Random(23)
    anchors = [Anchor(row.seal, row.hash) for row in (*rows[9::10], rows[-1])]
    place.tamper(
        ("CREATE TABLE kept_change AS SELECT * FROM change",),
        ("CREATE TABLE kept_seal AS SELECT * FROM seal",),
    )
    found = alone = 0
    for kind in tampering.KINDS:
        for _ in range(trials):
            place.tamper(*kind(rows, dice.randrange(1, len(rows) - 1), dice))
            with place.work() as work:
                found += not audit.verify(work, anchors).sound
                alone += not audit.verify(work).sound
            place.tamper(
                ("DELETE FROM seal",),
                ("DELETE FROM change",),
                ("INSERT INTO change SELECT * FROM kept_change",),
                ("INSERT INTO seal SELECT * FROM kept_seal",),
            )
    place.everything.engine.dispose()
    tried = trials * len(tampering.KINDS)
    assert alone < tried  # else the control proves nothing
    return _row("Pengubahan jejak yang ditemukan dengan jangkar", 100 * found / tried, "%", 100,
                f"{tried} percobaan, 9 cara; rantai tanpa jangkar menemukan {alone}",
                ok=found == tried)  # fmt: skip


def _forged(folder, flips, codes):
    """Forge a paper in every way, and guess codes."""
    place = File(folder / "papers.db", CHIEF)
    dice, tally, guessed = random.Random(16), Tally(), Tally()
    with place.work() as work:
        unit = prepared(work)
        final(work, unit)
        genuine = {paper: printed(work, unit, paper) for paper in (Paper.LETTER, Paper.LIST)}
        letter, listing = genuine.values()
        for name, pdf in (*forging.flips(letter, dice, flips), *forging.edits(letter, listing)):
            tally.add(name, papers.check(work, pdf))
        for code in forging.codes(dice, codes):
            guessed.add(code, papers.check(work, None, code))
        known = sum(papers.check(work, pdf).finding == "authentic" for pdf in genuine.values())
    place.everything.engine.dispose()
    return [
        _row("Dokumen palsu yang diterima", len(tally.accepted), "", 0,
             f"{tally.tried} pemalsuan; {known} dari 2 dokumen asli diterima",
             ok=not tally.accepted and known == 2),
        _row("Kode tebakan yang diterima", len(guessed.accepted), "", 0,
             f"{guessed.tried} kode acak 60 bit", ok=not guessed.accepted),
    ]  # fmt: skip


class _Console(Shared):
    """A database on a server with nobody in it, reached as its superuser."""

    def __init__(self, server, name):
        self.region = Region(server, name)
        self.everything = self.region.database(None)
        self.console = CHIEF


def _server():
    from tests.postgres import Server
    from wfh_desktop.persistence import postgres

    server = Server()
    try:
        postgres.install(server.url(), "chain")
        place = _Console(server, "chain")
        rows = _chain("server", place)
        place.everything.engine.dispose()
        return rows
    finally:
        server.remove()


def test_the_trace_is_quick_and_no_forgery_passes():
    for row in figures():
        assert row["ok"], row
