"""A region on a shared server: two departments with a bidang each, their people and a month.

Whatever belongs to department B says `RAHASIA-B-`, so that a leak is seen wherever it comes out.
"""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cached_property

import psycopg
from sqlalchemy import text

from wfh_desktop.domain.attendance import Source
from wfh_desktop.domain.calendar import PRESETS
from wfh_desktop.domain.discipline import SanctionLevel
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.mandates import RIGHTS, Role
from wfh_desktop.domain.people import (
    EVERYTHING,
    Actor,
    Capacity,
    EmploymentStatus,
    Level,
    Right,
)
from wfh_desktop.domain.performance import Generation
from wfh_desktop.domain.performance.panrb6 import Rating
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.targets import TargetDraft
from wfh_desktop.domain.tasks import Share, TaskDraft
from wfh_desktop.domain.work_reports import ReportDraft
from wfh_desktop.persistence import postgres
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import (
    Account,
    Alias,
    Assessment,
    ConductEvent,
    Correction,
    DayEntry,
    Employee,
    ImportedFile,
    Leave,
    Mandate,
    MonthFigure,
    Objective,
    Position,
    PrintedPaper,
    Rank,
    Sanction,
    Scan,
    Unit,
)
from wfh_desktop.persistence.postgres import installing
from wfh_desktop.services import calendar, days_off, office, targets, tasks, tpp, work_reports
from wfh_desktop.services.calendar import ScheduleDraft
from wfh_desktop.services.office import AmountDraft

NOW = datetime(2026, 10, 2, 2, 0, tzinfo=UTC)
START = date(2020, 1, 1)
SEPTEMBER = Period(2026, 9)
RULES = "jambi"
AMOUNTS = {7: 3130000, 11: 7650000, 12: 9340000, 14: 15800000}
PAGU = 400000000
PEOPLE = 20  # in each bidang
CANARY = "RAHASIA-B-"
CONSOLE = Actor("Konsol peladen", EVERYTHING)

PEMDA, DINAS_A, DINAS_B, BIDANG_A1, BIDANG_B1 = range(1, 6)
UNITS = {  # by number: name and parent
    PEMDA: ("Pemda Contoh", None),
    DINAS_A: ("Dinas A", PEMDA),
    DINAS_B: (f"{CANARY}Dinas", PEMDA),
    BIDANG_A1: ("Bidang A1", DINAS_A),
    BIDANG_B1: (f"{CANARY}Bidang", DINAS_B),
}
SIDE_A, SIDE_B = (DINAS_A, BIDANG_A1), (DINAS_B, BIDANG_B1)
CANDIDATES = {  # who signs in: unit, title, class, role
    "head_a": (DINAS_A, "Kepala Dinas", 14, Role.HEAD),
    "head_b": (DINAS_B, f"{CANARY}Kepala", 14, Role.HEAD),
    "secretary_a": (DINAS_A, "Sekretaris", 12, Role.SECRETARIAT),
    "verifier": (PEMDA, "Kepala Bagian Organisasi", 11, Role.VERIFIER),
    "inspector": (PEMDA, "Inspektur", 14, Role.INSPECTOR),
    "admin": (PEMDA, "Kepala BKPSDM", 14, Role.ADMINISTRATOR),
    "nobody": (BIDANG_A1, "Pengolah Data", 7, None),
}


def nip(number):
    """Return an 18-digit NIP that belongs to nobody."""
    return f"19800101200501{1 + number % 2}{number:03}"


def login(name):
    """Return the login of one of those who sign in."""
    return f"p_{nip(900 + list(CANDIDATES).index(name))}"


@dataclass
class Region:
    """A database of its own on a server, filled with a region; open it as one of its people."""

    server: object
    name: str
    head_a: str = login("head_a")
    head_b: str = login("head_b")
    secretary_a: str = login("secretary_a")
    verifier: str = login("verifier")
    inspector: str = login("inspector")
    admin: str = login("admin")
    nobody: str = login("nobody")
    held: ExitStack = field(default_factory=ExitStack, repr=False)  # what is open, until `close`
    known: dict = field(default_factory=dict, repr=False)  # databases by login

    def url(self, who=None):
        """Return the address at which somebody signs in; None is the superuser."""
        return self.server.url(self.name, who) if who else self.server.url(self.name)

    def connect(self, who):
        """Open a raw connection as somebody, each statement for itself."""
        return psycopg.connect(
            self.server.dsn(self.name, who),
            autocommit=True,
            options=f"-c search_path={installing.SEARCH_PATH}",
        )

    def superuser(self):
        """Open a raw connection as the superuser."""
        return psycopg.connect(self.server.dsn(self.name), autocommit=True)

    def database(self, who):
        """Open the database as somebody's program would."""
        return Database(self.url(who))

    def perform(self, who, task):
        """Run a use case as somebody's program would; return its result."""
        if who not in self.known:
            self.known[who] = database = self.database(who)
            self.held.callback(database.engine.dispose)
        return self.known[who].perform(self.actor(who), task)[0]

    def actor(self, who):
        """Return somebody as the program knows them after signing in."""
        name, employee_id = self.one(
            "SELECT name, employee_id FROM app.account WHERE login = %s", who
        )
        roles = self.eye.execute(
            "SELECT m.role FROM app.mandate m JOIN app.account a ON a.id = m.account_id "
            "WHERE a.login = %s AND NOT m.withdrawn",
            [who],
        ).fetchall()
        rights = Right(0)
        for (role,) in roles:
            rights |= RIGHTS[Role(role)]
        return Actor(name, rights, who, employee_id)

    def employee(self, who):
        """Return the number of somebody on the staff list."""
        return self.actor(who).employee_id

    def one(self, statement, *values):
        """Return the first row of a statement that the superuser sends."""
        return self.eye.execute(statement, values).fetchone()

    @cached_property
    def eye(self):
        """A connection of the superuser's that stays open, to look at what is there."""
        return self.held.enter_context(self.superuser())

    def close(self):
        """Close everything that is open."""
        self.held.close()


def build(server, name="region_template"):
    """Install the program on a server, fill a database with a region; return its name."""
    postgres.install(server.url(), name)
    database = Database(server.url(name))
    with database.work(CONSOLE, now=NOW) as work:
        _units(work)
        people = _people(work)
        _office(work)
    with database.work(CONSOLE, now=NOW) as work:
        _accounts(work, people)
    for unit_id in (BIDANG_A1, BIDANG_B1):
        with database.work(CONSOLE, now=NOW) as work:
            _month(work, unit_id, people[unit_id])
            _work(work, unit_id, people[unit_id])
    with database.work(CONSOLE, now=NOW) as work:
        for unit_id in (DINAS_A, DINAS_B):
            _month(work, unit_id, people[unit_id])
        for unit_id in (*SIDE_A, *SIDE_B):
            tpp.compute(work, unit_id, SEPTEMBER)
    database.engine.dispose()
    logins(server, name)
    with psycopg.connect(server.dsn(name), autocommit=True) as connection:
        connection.execute("UPDATE app.recommendation SET computed_at = clock_timestamp()")
        connection.execute("ANALYZE")
    return name


def logins(server, name):
    """Make those who sign in, as roles of the whole server."""
    with psycopg.connect(server.dsn(name), autocommit=True) as connection:
        for one in CANDIDATES:
            connection.execute("SELECT sec.make_login(%s)", [login(one)])
            connection.execute(f"ALTER ROLE {login(one)} CONNECTION LIMIT -1")


def copy(server, template, name):
    """Make a database of its own from a template; return it as a region."""
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} OWNER k_owner TEMPLATE {template} STRATEGY file_copy"
        )
    region = Region(server, name)
    engine = Database(region.url()).engine
    with engine.begin() as connection:
        installing.grant_database(connection)
        # Logins are of the whole server: another test may have changed their group.
        connection.execute(text("SELECT sec.enrol(login::text) FROM app.account"))
    engine.dispose()
    return region


def drop(server, name):
    """Remove a database, whoever is still connected."""
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _secret(unit_id, text):
    return f"{CANARY}{text}" if unit_id in SIDE_B else text


def _units(work):
    for number, (name, parent) in UNITS.items():
        unit = work.add(Unit(name=name, parent_id=parent, valid_from=START))
        work.log("test.prepared", unit)
        assert unit.id == number


def _hire(work, number, unit_id, title="Pengolah Data", job_class=7, level=Level.PELAKSANA):
    person = Employee(
        unit_id=unit_id,
        nip=nip(number),
        name=_secret(unit_id, f"Pegawai {number}"),
        phone=_secret(unit_id, f"0812{number}"),
    )
    work.add(person)
    work.session.add_all(
        [
            Rank(
                employee_id=person.id,
                status=EmploymentStatus.PNS,
                grade="III/b",
                decree=_secret(unit_id, "SK pangkat"),
                valid_from=START,
            ),
            Position(
                unit_id=unit_id,
                employee_id=person.id,
                title=_secret(unit_id, title),
                level=level,
                job_class=job_class,
                valid_from=START,
            ),
            Alias(
                unit_id=unit_id,
                employee_id=person.id,
                kind="pin",
                value=_secret(unit_id, f"{number:04}"),
            ),
        ]
    )
    work.log("test.prepared", person)
    return person.id


def _people(work):
    """Return the numbers of the people of each unit."""
    found = {unit_id: [] for unit_id in UNITS}
    for name, (unit_id, title, job_class, _) in CANDIDATES.items():
        number = 900 + list(CANDIDATES).index(name)
        found[unit_id].append(_hire(work, number, unit_id, title, job_class, Level.PENGAWAS))
    for first, unit_id in ((100, BIDANG_A1), (200, BIDANG_B1)):
        found[unit_id] += [_hire(work, first + one, unit_id) for one in range(PEOPLE)]
    return found


def _office(work):
    hours = next(preset.hours for preset in PRESETS if preset.key == "manado_service")
    calendar.add_schedule(work, PEMDA, ScheduleDraft("Biasa", hours, START))
    days_off.seed(work, SEPTEMBER.year)
    office.choose_rules(work, PEMDA, RULES, date(2026, 1, 1))
    drafts = [
        AmountDraft("TOTAL", Decimal(rupiah), job_class=key) for key, rupiah in AMOUNTS.items()
    ]
    office.set_amounts(work, PEMDA, RULES, date(2026, 1, 1), drafts)
    for unit_id in (*SIDE_A, *SIDE_B):
        office.set_ceilings(work, unit_id, [(SEPTEMBER, 0, Decimal(PAGU))])
        office.appoint(
            work,
            unit_id,
            office.SignatoryDraft(
                role="head",
                name=_secret(unit_id, "Kepala"),
                title="Kepala",
                capacity=Capacity.DEFINITIVE,
                valid_from=START,
            ),
        )


def _accounts(work, people):
    for name, (unit_id, _, _, role) in CANDIDATES.items():
        found = work.session.execute(
            text("SELECT id, name FROM employee WHERE nip = :nip"), {"nip": login(name)[2:]}
        ).one()
        account = work.add(
            Account(unit_id=unit_id, login=login(name), name=found.name, employee_id=found.id)
        )
        if role:
            work.session.add(
                Mandate(unit_id=unit_id, account_id=account.id, role=role, valid_from=START)
            )
        work.log("test.prepared", account)


def _month(work, unit_id, people):
    """Let everybody come on time all month and be judged; a few other things happen too."""
    days = calendar.calendar(work, unit_id, SEPTEMBER).working_days(SEPTEMBER)
    file = work.add(
        ImportedFile(
            unit_id=unit_id,
            kind="attlog",
            name=_secret(unit_id, "presensi.dat"),
            sha256=f"{unit_id:064}",
            content=_secret(unit_id, "isi").encode(),
            at=NOW,
            actor="Konsol",
            summary={"note": _secret(unit_id, "ringkasan")},
        )
    )
    for key in people:
        work.session.add_all(
            DayEntry(
                unit_id=unit_id,
                employee_id=key,
                day=day,
                source=Source.MANUAL,
                time_in=time(7, 20),
                time_out=time(17, 30),
                note=_secret(unit_id, "hadir"),
            )
            for day in days
        )
        work.session.add(
            Assessment(
                unit_id=unit_id,
                employee_id=key,
                year=SEPTEMBER.year,
                month=SEPTEMBER.month,
                generation=Generation.PANRB6,
                results=Rating.AS,
                behaviour=Rating.AS,
                aspects={},
                predicate="Baik",
                note=_secret(unit_id, "catatan"),
            )
        )
    for number, key in enumerate(people):
        work.session.add_all(
            Scan(
                unit_id=unit_id,
                employee_id=key,
                device=_secret(unit_id, "M1"),
                pin=f"{unit_id}{number:03}",
                day=days[0],
                at=at,
                import_id=file.id,
            )
            for at in (time(7, 20), time(17, 30))
        )
    _happenings(work, unit_id, people[-1])
    work.log("test.prepared", file)


def _happenings(work, unit_id, key):
    """Let one person have a leave, a sanction, an event, a correction, a figure and a paper."""
    who = {"unit_id": unit_id, "employee_id": key}
    work.session.add_all(
        [
            Leave(
                **who,
                kind=LeaveKind.ANNUAL,
                starts=date(2026, 8, 3),
                ends=date(2026, 8, 4),
                document=_secret(unit_id, "surat cuti"),
            ),
            Sanction(
                **who,
                level=SanctionLevel.LIGHT,
                kind=_secret(unit_id, "teguran lisan"),
                starts=date(2026, 3, 1),
                ends=date(2026, 3, 31),
            ),
            ConductEvent(
                **who, day=date(2026, 9, 7), code="APEL", reason=_secret(unit_id, "tidak apel")
            ),
            Correction(
                **who,
                day=date(2026, 9, 8),
                time_in=time(7, 25),
                time_out=time(17, 30),
                reason=_secret(unit_id, "lupa"),
                actor="Konsol",
                at=NOW,
            ),
            MonthFigure(
                **who, year=2026, month=9, code="gross_salary", value=Decimal(5000000 + key)
            ),
            PrintedPaper(
                unit_id=unit_id,
                year=2026,
                month=8,
                paper="rekap",
                revision=0,
                draft=False,
                code=_secret(unit_id, "K1"),
                sha256=f"{unit_id:064}",
                content=_secret(unit_id, "naskah").encode(),
                at=NOW,
                actor="Konsol",
            ),
        ]
    )


def _work(work, unit_id, people):
    """Set a target, give a task and hand in a report for everybody of a bidang."""
    goal = work.add(
        Objective(unit_id=unit_id, year=SEPTEMBER.year, title=_secret(unit_id, "Sasaran"))
    )
    work.log("test.prepared", goal)
    title = _secret(unit_id, "Rekap data")
    for key in people[:3]:
        draft = TargetDraft(
            employee_id=key,
            objective_id=goal.id,
            title=title,
            measure="laporan",
            quantity=Decimal(1),
        )
        targets.set_target(work, unit_id, SEPTEMBER, draft)
    shares = tuple(Share(key, Decimal(1)) for key in people)
    given = TaskDraft(title, date(2026, 9, 18), shares, given=date(2026, 9, 1))
    task = tasks.give(work, unit_id, given)
    row, _ = tasks.details(work, task)
    for share in row.shares:
        report = ReportDraft(
            share.id,
            date(2026, 9, 16),
            _secret(unit_id, "Laporan selesai"),
            Decimal(1),
            no_evidence="lisan",
        )
        work_reports.hand_in(work, report, [])
