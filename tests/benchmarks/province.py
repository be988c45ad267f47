"""A province in PostgreSQL, made set by set: units, people, positions, days, a month of TPP."""

from dataclasses import dataclass
from datetime import date

import psycopg
from sqlalchemy import Boolean, Date, DateTime, Integer, LargeBinary, Numeric, Time

from wfh_desktop.domain.calendar import PRESETS
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.domain.performance import Generation
from wfh_desktop.domain.performance.panrb6 import Rating
from wfh_desktop.persistence import postgres
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import Base
from wfh_desktop.services import calendar, days_off, office
from wfh_desktop.services.calendar import ScheduleDraft

NAME = "provinsi"
RULES = "kemnaker-15-2024"  # has its amounts by class in itself
START = date(2020, 1, 1)
DAYS = """
    SELECT day::date FROM generate_series('{}'::date, '{}', '1 day') day
    WHERE extract(isodow FROM day) <> 7
"""  # 313 in a year
NIP = """
    to_char('1965-01-01'::date + g % 12000, 'YYYYMMDD') || '200501'
    || (1 + g % 2) || lpad((g / 12000 % 1000)::text, 3, '0')
"""


@dataclass(frozen=True)
class Province:
    """How many units and people there are, and who is asked to look at them."""

    server: object
    dinas: int
    sections: int  # in each dinas
    people: int
    first: date = date(2025, 1, 1)
    last: date = date(2025, 12, 31)

    @property
    def units(self):
        """The number of all units: the region, its dinas, their sections."""
        return 1 + self.dinas * (1 + self.sections)

    def build(self):
        """Install the database and fill it; the planner knows it afterwards."""
        postgres.install(self.server.url(), NAME)
        with self.admin() as connection:
            connection.execute("SET session_replication_role = replica")  # millions of rows
            self._units(connection)
            self._people(connection)
            self._days(connection)
            connection.execute("SET session_replication_role = origin")
            connection.commit()
            connection.autocommit = True
            connection.execute("VACUUM ANALYZE")

    def admin(self):
        """Connect as the administrator of the server, whom no policy restrains."""
        connection = psycopg.connect(self.server.dsn(NAME))
        connection.execute("SET search_path = app, audit")
        return connection

    def account(self, login, unit_id, role):
        """Give somebody a login with a mandate; return it."""
        with self.admin() as connection:
            held = "SELECT 1 FROM pg_roles WHERE rolname = %s"
            if not connection.execute(held, [login]).fetchone():
                group = "k_all" if role == "inspektorat" else "k_user"
                connection.execute(f"CREATE ROLE {login} LOGIN IN ROLE {group}")
            key = connection.execute("SELECT count(*) + 1 FROM account").fetchone()[0]
            insert(connection, "account", "", id=key, unit_id=1, login=f"'{login}'", active=True)
            values = {"id": key, "unit_id": unit_id, "account_id": key, "role": f"'{role}'"}
            insert(connection, "mandate", "", valid_from=f"'{START}'", **values)
        return login

    def _units(self, connection):
        dated = {"name": "'Unit ' || g", "zone": "'WIB'", "valid_from": f"'{START}'"}
        insert(connection, "unit", "", id=1, **dated | {"name": "'Provinsi'"})
        tree = f"generate_series(2, {1 + self.dinas}) g"
        insert(connection, "unit", tree, id="g", parent_id=1, **dated)
        first = 2 + self.dinas
        tree = f"generate_series({first}, {self.units}) g"
        above = f"2 + (g - {first}) / {self.sections}"
        insert(connection, "unit", tree, id="g", parent_id=above, **dated)
        connection.execute("SELECT sec.fill_closure()")

    def _people(self, connection):
        everybody = f"generate_series(1, {self.people}) g"
        place = f"{2 + self.dinas} + g % {self.dinas * self.sections}"
        name = "'Pegawai ' || g"
        insert(
            connection,
            "employee",
            everybody,
            id="g",
            unit_id=place,
            nip=NIP,
            name=name,
            active=True,
        )
        since = {"valid_from": f"'{START}'", "employee_id": "g", "id": "g"}
        insert(connection, "rank", everybody, status="'PNS'", grade="'III/b'", **since)
        held = {"title": "'Pengolah Data'", "level": "'Pelaksana'", "capacity": "'definitive'"}
        insert(connection, "position", everybody, unit_id=place, job_class=7, **held, **since)

    def _days(self, connection):
        days = DAYS.format(self.first, self.last)
        source = f"app.employee e CROSS JOIN ({days}) d"
        insert(
            connection,
            "day_entry",
            source,
            id="row_number() OVER ()",
            unit_id="e.unit_id",
            employee_id="e.id",
            day="d.day",
            source="'berkas'",
            time_in="'07:20'::time + make_interval(mins => (e.id * 7 + d.day - '2025-01-01') % 30)",
            time_out="'16:35'::time",
        )

    def prepare_pay(self, period):
        """Set hours, holidays and rules for all, and let everybody be appraised in *period*."""
        database = Database(self.server.url(NAME))
        with database.work(Actor("Konsol", EVERYTHING)) as work:
            hours = next(preset.hours for preset in PRESETS if preset.key == "manado_service")
            calendar.add_schedule(work, 1, ScheduleDraft("Biasa", hours, START))
            days_off.seed(work, period.year)
            office.choose_rules(work, 1, RULES, self.first)
        database.engine.dispose()
        with self.admin() as connection:
            connection.execute("SET session_replication_role = replica")
            insert(
                connection,
                "assessment",
                "app.employee e",
                id="e.id",
                unit_id="e.unit_id",
                employee_id="e.id",
                year=period.year,
                month=period.month,
                generation=f"'{Generation.PANRB6.value}'",
                results=f"'{Rating.AS.value}'",
                behaviour=f"'{Rating.AS.value}'",
                predicate="'Baik'",
            )
            connection.commit()
            connection.autocommit = True
            connection.execute("VACUUM ANALYZE")


def drop(server):
    """Remove the province, so that another one may take its place."""
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def insert(connection, table, source, /, **values):
    """Insert a row for each one of *source*; what is not given is empty as its type has it."""
    columns = {}
    for column in Base.metadata.tables[table].columns:
        if column.name in values:
            columns[column.name] = values[column.name]
        elif not column.nullable:
            columns[column.name] = "1" if column.name == "version" else _nothing(column.type)
    rows = f"SELECT {', '.join(map(str, columns.values()))}"
    rows += f" FROM {source}" if source else ""
    identity = "OVERRIDING SYSTEM VALUE" if _identity(connection, table) else ""
    connection.execute(f"INSERT INTO app.{table} ({', '.join(columns)}) {identity} {rows}")


def _identity(connection, table):
    query = "SELECT attidentity FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'id'"
    found = connection.execute(query, [f"app.{table}"]).fetchone()
    return found and found[0] == "a"


def _nothing(kind):
    for known, nothing in {
        Boolean: "false",
        Integer: "0",
        Numeric: "0",
        Date: "current_date",
        DateTime: "now()",
        Time: "'00:00'",
        LargeBinary: "''",
    }.items():
        if isinstance(kind, known):
            return nothing
    return "'{}'" if "JSON" in str(kind) else "''"
