"""Monday morning: fifty people at work in one department while three hundred programs look on."""

import random
import statistics
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from datetime import time as dt_time
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run by itself, without pytest

from sqlalchemy import select

from tests import regions
from tests.benchmarks.load import Desks, Looker, Looks, cpu, look_on, percentile
from tests.postgres import Server
from wfh_desktop.domain.errors import Conflict, Invalid
from wfh_desktop.domain.mandates import Role
from wfh_desktop.domain.people import Level
from wfh_desktop.domain.tasks import Share, TaskDraft
from wfh_desktop.domain.work_reports import ReportDraft, ReportState
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import (
    Account,
    Assignment,
    ConductEvent,
    Correction,
    DayEntry,
    Employee,
    Evidence,
    Holiday,
    Leave,
    Mandate,
    MonthFigure,
    Position,
    Recommendation,
    RuleChoice,
    Scan,
    Schedule,
    Target,
    Task,
    WorkReport,
)  # fmt: skip
from wfh_desktop.services import attendance_entry, tasks, tpp, work_reports
from wfh_desktop.services.attendance_entry import CorrectionDraft

UNIT, BIDANG = regions.DINAS_A, regions.BIDANG_A1
WORKERS = 50
LOOKERS = 300  # in an ordinary run a third of them
HEADS = 10  # of the workers; the others are the secretariat
QUICK, BENCH = 12.0, 600.0  # seconds
THINK = (4.0, 10.0)  # seconds from one save to the next
DAY = date(2026, 9, 16)
DAYS = [date(2026, 9, day) for day in (1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 17, 18)]
SEVEN, FIVE = dt_time(7, 25), dt_time(17, 30)
WARM = 6  # looks after which a session of the server has read what it needs
EVERY = 10.0  # seconds from one look to the next
PAGES = (
    frozenset({WorkReport, Evidence, Task, Employee}),
    frozenset({Task, Assignment, WorkReport, Target, Employee}),
    frozenset({Recommendation, RuleChoice, ConductEvent, MonthFigure}),
    frozenset({Correction, DayEntry, Employee, Holiday, Leave, Position, Scan, Schedule}),
)
SEEN_BAR, POLL_BAR = 12.0, 25.0
SAVE_BAR = 1.0  # seconds; here all programs and the server share two cores


@dataclass
class Told:
    """What the people at work were told."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    saves: list = field(default_factory=list)  # moment of the answer, tables changed, mark
    seconds: list = field(default_factory=list)
    slowness: list = field(default_factory=list)
    kinds: Counter = field(default_factory=Counter)
    conflicts: int = 0
    refused: int = 0
    faults: Counter = field(default_factory=Counter)


class Morning:
    """A region at work: who is there, and what there is to do."""

    def __init__(self, server):
        self.region = regions.copy(server, regions.build(server), "monday")
        self.told = Told()
        self.logins = []
        console = Database(self.region.url())
        with console.work(regions.CONSOLE, now=regions.NOW) as work:
            self._people(work)
        with console.work(regions.CONSOLE, now=regions.NOW) as work:
            self._tasks(work)
        console.engine.dispose()
        with self.region.superuser() as connection:
            for login, _ in self.logins:
                connection.execute(f"CREATE ROLE {login} LOGIN IN ROLE k_user")
            connection.execute("ANALYZE")
        self.desks = Desks(self.region.url(self.logins[0][0]))

    def _people(self, work):
        for number in range(WORKERS):
            employee = regions._hire(work, 300 + number, UNIT, "Kepala", 9, Level.PENGAWAS)
            login = f"p_{regions.nip(300 + number)}"
            role = Role.HEAD if number < HEADS else Role.SECRETARIAT
            account = Account(
                unit_id=UNIT, login=login, name=f"Pegawai {300 + number}", employee_id=employee
            )
            work.add(account)
            work.session.add(
                Mandate(unit_id=UNIT, account_id=account.id, role=role, valid_from=regions.START)
            )
            work.log("test.prepared", account)
            self.logins.append((login, role))

    def _tasks(self, work):
        rows = work.session.connection().exec_driver_sql(
            f"SELECT id FROM employee WHERE unit_id = {BIDANG} AND nip NOT LIKE '%%9__'"
        )
        self.people = [key for (key,) in rows]
        shares = tuple(Share(key, Decimal(900)) for key in self.people)
        task = tasks.give(
            work, BIDANG, TaskDraft("Layanan", date(2026, 9, 30), shares, given=date(2026, 9, 1))
        )
        row, _ = tasks.details(work, task)
        self.shares = [share.id for share in row.shares]
        self.drafts = [
            work_reports.write(work, self.report(share, "bersama")) for share in self.shares[:10]
        ]

    def report(self, share, text):
        return ReportDraft(share, DAY, text, Decimal(1), no_evidence="lisan")


class Person(threading.Thread):
    """Somebody at a computer of their own."""

    def __init__(self, morning, number, until, think):
        super().__init__(daemon=True)
        self.morning, self.until, self.think = morning, until, think
        self.login, self.role = morning.logins[number]
        self.acts = 0
        self.chance = random.Random(number)
        self.actor = morning.region.actor(self.login)
        self.database = morning.desks.sit_down(self.login)

    def run(self):
        time.sleep(self.chance.uniform(0, self.think[1]))
        while time.monotonic() < self.until:
            self._act()
            time.sleep(self.chance.uniform(*self.think))
        self.database.engine.dispose()

    def _act(self):
        self.acts += 1
        told, mark = self.morning.told, f"t{self.chance.getrandbits(48):012x}"
        doing = self.chance.choices(*zip(*self._choices(), strict=True))[0]
        try:
            task = doing(mark)
            if task is None:
                return
            slowness = _slowness()
            begun = time.perf_counter()
            _, changed = self.database.perform(self.actor, task)
            ended = time.monotonic()
        except Conflict:
            told.conflicts += 1
        except Invalid as refusal:
            told.refused += 1
            told.kinds[f"ditolak: {refusal}"] += 1
        except Exception as fault:
            told.faults[repr(fault)[:300]] += 1
        else:
            with told.lock:
                if self.acts > 1:  # at first every session of the server is slower
                    told.seconds.append(time.perf_counter() - begun)
                    told.slowness.append(slowness)
                told.saves.append((ended, changed, mark))
                told.kinds[doing.__name__] += 1

    def try_everything(self):
        """Let what everybody shares be worked out before anything is measured."""
        for doing, _ in self._choices():
            if task := doing("percobaan"):
                self.database.perform(self.actor, task)
        self.database.engine.dispose()

    def _choices(self):
        if self.role is Role.HEAD:
            return (self.review, 5), (self.give, 3), (self.recommend, 1)
        return (self.hand_in, 5), (self.correct, 3), (self.revise, 3)

    def hand_in(self, mark):
        draft = self.morning.report(self.chance.choice(self.morning.shares), mark)
        return lambda work: work_reports.hand_in(work, draft, [])

    def correct(self, mark):
        who, day = self.chance.choice(self.morning.people), self.chance.choice(DAYS)
        shown, _ = self.database.perform(self.actor, lambda work: self._shown(work, who, day))
        draft = CorrectionDraft(reason=mark, time_in=SEVEN, time_out=FIVE, replaces=shown)
        return lambda work: attendance_entry.correct(work, BIDANG, who, day, draft)

    def revise(self, mark):
        """Change a report that others change as well: whoever comes second is told so."""
        key = self.chance.choice(self.morning.drafts)
        (version, share), _ = self.database.perform(self.actor, lambda work: self._seen(work, key))
        time.sleep(self.chance.uniform(0, self.think[0]))
        draft = self.morning.report(share, mark)
        return lambda work: work_reports.revise(work, key, version, draft)

    def review(self, mark):
        waiting, _ = self.database.perform(
            self.actor,
            lambda work: work_reports.listing(
                work, BIDANG, regions.SEPTEMBER, [ReportState.SUBMITTED]
            ),
        )
        if not waiting:
            return None
        row = self.chance.choice(waiting[-20:])
        return lambda work: work_reports.send_back(work, row.id, row.version, mark)

    def give(self, mark):
        share = Share(self.chance.choice(self.morning.people), Decimal(1))
        draft = TaskDraft(mark, date(2026, 9, 30), (share,), given=date(2026, 9, 2))
        return lambda work: tasks.give(work, BIDANG, draft)

    def recommend(self, _):
        return lambda work: tpp.compute(work, BIDANG, regions.SEPTEMBER)

    @staticmethod
    def _shown(work, who, day):
        """Return the correction that holds."""
        query = select(Correction.id).where(
            Correction.employee_id == who, Correction.day == day, ~Correction.withdrawn
        )
        return work.session.scalar(query.order_by(Correction.id.desc()).limit(1))

    @staticmethod
    def _seen(work, key):
        report = work.get(WorkReport, key)
        return report.version, report.assignment_id


def _slowness():
    """Return how many times longer a little work takes than its processor needs for it."""
    begun, used = time.perf_counter(), time.thread_time()
    sum(range(100_000))
    return max(1.0, (time.perf_counter() - begun) / (time.thread_time() - used))


def figures(*, bench=False) -> list[dict]:
    """Let three hundred programs look on, first at nothing, then at fifty people who work."""
    server = Server()
    try:
        morning = Morning(server)
        quiet, busy, count = (60.0, BENCH, LOOKERS) if bench else (5.0, QUICK, LOOKERS // 3)
        lookers = _lookers(morning, count)
        idle = _observe(morning, lookers, quiet, ())
        for number in (0, WORKERS - 1):
            Person(morning, number, 0.0, THINK).try_everything()
        people = [
            Person(morning, number, time.monotonic() + busy, THINK) for number in range(WORKERS)
        ]
        work = _observe(morning, lookers, busy, people)
        for one in lookers:
            one.database.engine.dispose()
        return _rows(morning, idle, work, busy, LOOKERS / count)
    finally:
        server.remove()


def _lookers(morning, count):
    lookers = []
    for number in range(count):
        login = morning.logins[number % WORKERS][0]
        kinds = PAGES[number % len(PAGES)]
        desk = morning.desks.sit_down(login)
        looker = Looker(desk, regions.CONSOLE, kinds, (UNIT, BIDANG), regions.SEPTEMBER)
        for _ in range(WARM):
            looker.look(Looks(), ())
        lookers.append(looker)
    return lookers


def _observe(morning, lookers, seconds, people):
    """Let everybody do what they do for some seconds; return what was seen and what it cost."""
    looks, before, begun = Looks(), cpu(morning.region.server), time.monotonic()
    lookers_at_work = look_on(
        lookers, EVERY, begun + seconds + (EVERY if people else 0), looks, morning.told.saves
    )
    for one in people:
        one.start()
    for one in (*people, *lookers_at_work):
        one.join()
    share = 100 * (cpu(morning.region.server) - before) / (time.monotonic() - begun)
    return looks, share


def _lost(morning):
    """Return how many saves that somebody was told of have left no trace."""
    marks = [mark for _, changed, mark in morning.told.saves if Recommendation not in changed]
    query = (
        "SELECT count(*) FROM unnest(%s::text[]) AS m(mark) WHERE NOT EXISTS "
        "(SELECT FROM audit.change c WHERE c.payload LIKE '%%' || m.mark || '%%')"
    )
    return morning.region.one(query, marks)[0]


def _rows(morning, idle, work, seconds, scale):
    told, (looks, share), (_, quiet) = morning.told, work, idle
    waits, raw = percentile(looks.waited, 0.95), percentile(told.seconds, 0.95)
    slow = statistics.mean(told.slowness or [1])
    done = ", ".join(f"{name} {count}" for name, count in sorted(told.kinds.items()))
    middle = statistics.median(told.seconds or [0])
    return [
        _row("Senin pagi: simpanan 50 orang", len(told.saves), "kali", 1, done, least=True),
        _row("Senin pagi: bentrok yang diberitahukan", told.conflicts, "kali", len(told.saves),
             f"{told.refused} ditolak aturan"),
        _row("Senin pagi: simpanan hilang", _lost(morning), "kali", 0, "dicari di jejak"),
        _row("Senin pagi: galat", sum(told.faults.values()) + len(looks.faults), "kali", 0,
             "; ".join([*told.faults, *looks.faults[:1]])),
        _row("Senin pagi: menyimpan, p95", raw / slow, "detik", SAVE_BAR,
             f"diukur p95 {raw:.2f}, median {middle:.2f} detik pada komputer yang {slow:.1f} kali "
             f"lebih lambat karena sibuk; {len(told.saves) / seconds:.1f} simpanan per detik"),
        _row("Senin pagi: terlihat orang lain, p95", waits, "detik", SEEN_BAR,
             f"{len(looks.waited)} kali dilihat"),
        _row("Senin pagi: perubahan yang tidak terlihat", looks.missed, "kali", 0,
             f"{len(looks.taken)} kali bertanya, p95 {percentile(looks.taken, 0.95):.3f} detik"),
        _row("Senin pagi: server untuk 300 yang bertanya", quiet * scale, "% inti", POLL_BAR,
             f"diukur dengan {LOOKERS / scale:.0f}; bersama 50 orang bekerja {share:.0f} %"),
    ]  # fmt: skip


def _row(name, value, unit, bar, note, *, least=False):
    ok = value >= bar if least else value <= bar
    return {"name": name, "value": value, "unit": unit, "bar": bar, "ok": ok, "note": note}


def test_monday_morning() -> None:
    for figure in figures():
        assert figure["ok"], figure
