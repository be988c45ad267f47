"""Every way into another unit's rows that SQL has, generated for each table and identity.

What somebody may see and change is written here a second time, in plain Python and without a look
at the policies, so that the two can be held against each other.
"""

from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from tests import regions
from wfh_desktop.domain.mandates import RIGHTS, Role
from wfh_desktop.domain.people import Right
from wfh_desktop.persistence.models import Base

TABLES = tuple(
    table.name for table in Base.metadata.sorted_tables if table.name not in {"change", "seal"}
)
IDENTITIES = ("head_a", "head_b", "secretary_a", "verifier", "inspector", "admin", "nobody")
NEVER = {"42501"}  # insufficient privilege, or a guard that says so
REFUSED = NEVER | {"55000", "40001", "23514", "23505", "23503", "23502", "22P02", "22001", "22P05"}
ANY_RIGHT = (
    Right.RECORD | Right.ASSIGN | Right.REVIEW | Right.RECOMMEND | Right.VERIFY | Right.ADMINISTER
)
COMPUTE = Right.RECORD | Right.RECOMMEND

OFFICE = (
    "former_unit", "schedule", "rule_choice", "base_amount", "ceiling", "letterhead", "signatory",
    "paper_layout",
)  # fmt: skip
RECORDED = (
    "imported_file", "scan", "day_entry", "correction", "leave", "sanction", "conduct_event",
    "month_figure", "alias", "position", "rank", "employee",
)  # fmt: skip
WRITE = {  # by table: the rights with which a row may be made or changed
    "installation": Right(0),
    **dict.fromkeys(("unit", "holiday", *OFFICE, "account", "mandate"), Right.ADMINISTER),
    **dict.fromkeys(RECORDED, Right.RECORD),
    "objective": Right.ASSIGN,
    "target": Right.ASSIGN | Right.REVIEW,
    "task": Right.ASSIGN,
    "assignment": Right.ASSIGN | Right.RECORD | Right.REVIEW,
    "work_report": Right.RECORD | Right.REVIEW,
    "evidence": Right.RECORD,
    "state_change": ANY_RIGHT,
    "assessment": Right.REVIEW,
    "recommendation": COMPUTE | Right.VERIFY,
    "recommendation_line": COMPUTE,
    "printed_paper": Right.READ,
    "audit_entry": Right.READ,
}
OWN_ROWS = {"scan", "day_entry", "work_report", "assignment", "target"}  # guarded by content


@dataclass
class Me:
    """An identity as the written rule sees it."""

    name: str
    login: str
    account: int
    employee: int
    mandates: list  # (unit, role)
    below: dict  # unit -> the unit and all below it
    above: dict
    positions: list  # (employee, unit)
    employees: dict  # employee -> unit
    everything: bool = field(init=False)

    def __post_init__(self):
        self.everything = any(role is Role.INSPECTOR for _, role in self.mandates)

    def units(self, right):
        """Return the units in which one of the *right*s is held."""
        return {
            unit
            for place, role in self.mandates
            if RIGHTS[role] & right
            for unit in self.below[place]
        }

    @property
    def lineage(self):
        """Return the units read, and all above them."""
        return {high for unit in self.units(Right.READ) for high in self.above[unit]}

    @property
    def people(self):
        """Return who is or ever was in a unit that is read, and oneself."""
        mine = self.units(Right.READ)
        found = {key for key, unit in self.employees.items() if unit in mine}
        return found | {key for key, unit in self.positions if unit in mine} | {self.employee}

    def sees(self, table, row):
        """Tell whether a row may be read."""
        if table == "installation" or self.everything:
            return True
        unit = row.get("unit_id")
        match table:
            case "unit":
                return row["id"] in self.lineage or row["parent_id"] in self.units(Right.READ)
            case "holiday":
                return unit is None or unit in self.lineage
            case "employee":
                return unit in self.units(Right.READ) or row["id"] in self.people
            case "rank":
                return row["employee_id"] in self.people
            case "position" | "scan":
                return unit in self.units(Right.READ) or row["employee_id"] in self.people
            case "account":
                return unit in self.units(Right.ADMINISTER) or row["id"] == self.account
            case "mandate":
                return unit in self.units(Right.ADMINISTER) or row["account_id"] == self.account
            case "objective" | "task":
                return unit in self.lineage
        return unit in (self.lineage if table in OFFICE else self.units(Right.READ))

    def may_write(self, table, row):
        """Tell whether a row may have been made or changed by this identity at all."""
        if self.everything:
            return table == "audit_entry"  # what they took with them is noted
        allowed = self.units(WRITE[table])
        match table:
            case "unit":
                return row["id"] in allowed or row["parent_id"] in allowed
            case "holiday" if row["unit_id"] is None:
                return regions.PEMDA in allowed
            case "rank":
                return self.employees.get(row["employee_id"]) in allowed
            case "account" if row["id"] == self.account:
                return False
            case "mandate" if row["account_id"] == self.account:
                return False
        own = row["id"] if table == "employee" else row.get("employee_id")
        if own == self.employee and table not in OWN_ROWS:
            return False
        return row.get("unit_id") in allowed


def identity(region, name):
    """Read who somebody is from the tables, as the superuser."""
    login = getattr(region, name)
    with region.superuser() as connection:
        connection.execute("SET search_path = app")
        account, employee = connection.execute(
            "SELECT id, employee_id FROM account WHERE login = %s", [login]
        ).fetchone()
        held = connection.execute(
            "SELECT unit_id, role FROM mandate WHERE account_id = %s AND NOT withdrawn", [account]
        ).fetchall()
        parents = dict(connection.execute("SELECT id, parent_id FROM unit").fetchall())
        positions = connection.execute(
            "SELECT employee_id, unit_id FROM position WHERE NOT withdrawn"
        ).fetchall()
        employees = dict(connection.execute("SELECT id, unit_id FROM employee").fetchall())
    above = {unit: _line(unit, parents) for unit in parents}
    below = {high: {low for low in parents if high in above[low]} for high in parents}
    mandates = [(unit, Role(role)) for unit, role in held]
    return Me(name, login, account, employee, mandates, below, above, positions, employees)


def _line(unit, parents):
    line = set()
    while unit is not None:
        line.add(unit)
        unit = parents[unit]
    return line


def rows(region, table):
    """Return all rows of a table by number, as the superuser sees them."""
    with region.superuser() as connection:
        query = sql.SQL("SELECT to_jsonb(t) FROM app.{} t").format(sql.Identifier(table))
        return {row["id"]: row for (row,) in connection.execute(query)}


@dataclass(frozen=True)
class Attack:
    """A statement, and the SQLSTATEs with which it may end; "" is to end without an error."""

    name: str
    statement: object
    ends: frozenset
    empty: bool = False  # if it ends well, it must have done nothing


def on_table(table, other, mine):
    """Return the attacks on a table; *other* and *mine* are rows without and with a right."""
    name = sql.Identifier("app", table)
    columns = [column.name for column in Base.metadata.tables[table].c]
    plain = [column for column in columns if column != "id"]
    versioned = "version" in columns
    bump = ", version = version + 1" if versioned else ""

    def attack(kind, text, ends, *, empty=False, **parts):
        statement = sql.SQL(text).format(t=name, **parts)
        return Attack(f"{table}.{kind}", statement, frozenset(ends), empty)

    for kind, text in FORBIDDEN.items():
        yield attack(kind, text, NEVER)
    for kind, row in (("other", other), ("mine", mine)):
        if row is None:
            continue
        key = sql.Literal(row["id"])
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        for column in plain:
            same = sql.SQL("{c} = {c}").format(c=sql.Identifier(column))
            text = (
                f"UPDATE {{t}} SET {{same}}{bump if column != 'version' else ''} WHERE id = {{k}}"
            )
            ends = {"", *REFUSED}
            yield attack(
                f"update_{column}_{kind}", text, ends, empty=kind == "other", same=same, k=key
            )
        yield attack(
            f"copy_row_{kind}",
            "INSERT INTO {t} ({names}) SELECT {names} FROM {t} WHERE id = {k}",
            NEVER,
            names=names,
            k=key,
        )
        yield attack(f"no_version_{kind}", NO_VERSION[versioned], {"", *REFUSED}, empty=True, k=key)
    if other is not None:
        yield from _inserts(attack, other, plain, columns)


def _inserts(attack, other, plain, columns):
    """Make rows for the other side, plainly and in disguise."""
    values = sql.SQL(", ").join(sql.Literal(_literal(other[column])) for column in plain)
    names = sql.SQL(", ").join(map(sql.Identifier, plain))
    parts = {"names": names, "values": values, "k": sql.Literal(other["id"])}
    insert = "INSERT INTO {t} ({names}) VALUES ({values})"
    ends = {"", *REFUSED}  # a row that says nothing of its unit gets that of whoever writes it
    yield attack("insert_other", insert, ends, **parts)
    yield attack("insert_returning", f"{insert} RETURNING *", ends, **parts)
    yield attack("on_conflict_nothing", f"{insert} ON CONFLICT DO NOTHING", ends, **parts)
    yield attack("cte_insert", f"WITH x AS ({insert} RETURNING 1) SELECT * FROM x", ends, **parts)
    column = sql.Identifier(plain[-1])
    update = "UPDATE {t} SET {c} = {c} WHERE id = {k}"
    yield attack(
        "cte_update",
        f"WITH x AS ({update} RETURNING 1) SELECT * FROM x",
        {"", *REFUSED},
        empty=True,
        c=column,
        **parts,
    )
    yield attack(
        "merge",
        "MERGE INTO {t} t USING (SELECT {k} AS k) s ON t.id = s.k "
        "WHEN MATCHED THEN UPDATE SET {c} = t.{c} "
        "WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({values})",
        REFUSED,
        c=column,
        **parts,
    )
    yield attack(
        "for_update",
        "SELECT id FROM {t} WHERE id = {k} FOR UPDATE",
        {"", *NEVER},
        empty=True,
        **parts,
    )
    yield attack(
        "prepared", "DO $$ BEGIN UPDATE {t} SET {c} = {c} WHERE id = {k}; END $$",
        {"", *REFUSED}, c=column, **parts,
    )  # fmt: skip


FORBIDDEN = {  # nobody who signs in may do any of this to any table
    "delete": "DELETE FROM {t}",
    "delete_nothing": "DELETE FROM {t} WHERE false",
    "truncate": "TRUNCATE {t}",
    "truncate_cascade": "TRUNCATE {t} CASCADE",
    "copy_in": "COPY {t} FROM STDIN",
    "copy_file": "COPY {t} TO '/tmp/curi'",
    "copy_program": "COPY {t} TO PROGRAM 'cat'",
    "lock_access_exclusive": "BEGIN; LOCK TABLE {t} IN ACCESS EXCLUSIVE MODE",
    "lock_share": "BEGIN; LOCK TABLE {t} IN SHARE MODE",
    "set_id": "UPDATE {t} SET id = id + 1",
    "merge_delete": "MERGE INTO {t} t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
    "cte_delete": "WITH x AS (DELETE FROM {t} RETURNING 1) SELECT count(*) FROM x",
    "disable_trigger": "ALTER TABLE {t} DISABLE TRIGGER ALL",
    "disable_policies": "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY",
    "new_policy": "CREATE POLICY celah ON {t} USING (true)",
    "drop_policy": "DROP POLICY read ON {t}",
    "new_trigger": "CREATE TRIGGER celah BEFORE UPDATE ON {t} FOR EACH ROW "
    "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "new_rule": "CREATE RULE celah AS ON INSERT TO {t} DO INSTEAD NOTHING",
    "new_index": "CREATE INDEX celah ON {t} (id)",
    "own": "ALTER TABLE {t} OWNER TO CURRENT_USER",
    "drop": "DROP TABLE {t}",
    "new_column": "ALTER TABLE {t} ADD COLUMN celah integer",
    "drop_column": "ALTER TABLE {t} DROP COLUMN id",
    "inherit": "CREATE TABLE app.celah () INHERITS ({t})",
    "reference": "CREATE TEMP TABLE celah (x integer REFERENCES {t} (id))",
    "view": "CREATE VIEW app.celah AS SELECT * FROM {t}",
    "statistics": "CREATE STATISTICS app.celah ON id, id FROM {t}",
    "comment": "COMMENT ON TABLE {t} IS 'celah'",
    "publish": "CREATE PUBLICATION celah FOR TABLE {t}",
}
NO_VERSION = {
    True: "UPDATE {t} SET version = version + 2 WHERE id = {k}",
    False: "UPDATE {t} SET id = {k} WHERE id = {k}",
}


def _literal(value):
    if isinstance(value, dict | list):
        import json

        return json.dumps(value)
    return value


def attempt(connection, statement):
    """Send a statement; return its SQLSTATE ("" if it ended well), its answer, and the notices."""
    answer, notices = [], []
    handler = lambda note: notices.append(str(note.message_primary))  # noqa: E731
    connection.add_notice_handler(handler)
    try:
        text = statement if isinstance(statement, str) else statement.as_string(connection)
        with connection.cursor() as cursor:
            if text.startswith("COPY") and "STDOUT" in text:
                with cursor.copy(text) as copied:
                    answer = [bytes(part).decode() for part in copied]
            elif text.startswith("COPY") and "STDIN" in text:
                with cursor.copy(text) as copied:
                    copied.write("1\n")
            else:
                cursor.execute(text)
                answer = _answers(cursor)
    except psycopg.Error as error:
        return error.sqlstate, answer, [*notices, str(error)]
    finally:
        connection.remove_notice_handler(handler)
        if connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            connection.execute("ROLLBACK")
    return "", answer, notices


def _answers(cursor):
    """Return all rows of all answers; for a command without rows how many it touched."""
    answer = []
    while True:
        if cursor.description:
            answer += cursor.fetchall()
        elif cursor.rowcount > 0:
            answer.append(("touched", cursor.rowcount))
        if not cursor.nextset():
            return answer
