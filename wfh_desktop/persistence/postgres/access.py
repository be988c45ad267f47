"""Who may read, enter and change what on a shared server, table by table.

This is the whole of it, as data: policies and grants are generated from here, and the tests of
the rights read it too. Nobody but the server's console deletes anything, anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from wfh_desktop.persistence.models import Base

CONSOLE = "console"  # nobody who signs in: a table without a policy for a command refuses it


def _units(what: str, column: str = "unit_id") -> str:
    """Return the measured form of the condition: asked once for a statement, not for a row."""
    return f"{column} = ANY ((SELECT sec.my_units('{what}'))::int[])"


def _people(what: str, column: str) -> str:
    return f"{column} = ANY ((SELECT sec.my_people('{what}'))::int[])"


LINEAGE = "unit_id = ANY ((SELECT sec.my_lineage())::int[])"
MINE = "id = (SELECT sec.my_account())"
NOT_OWN = "employee_id IS DISTINCT FROM (SELECT sec.my_employee())"
ROOT = "(SELECT sec.administers_root())"

# By name: what a row must fulfil.
CONDITIONS = {
    "everybody": "true",
    # offices
    "unit in lineage": (f"{LINEAGE.replace('unit_id', 'id')} OR {_units('read', 'parent_id')}"),
    "lineage": LINEAGE,
    "lineage or nation": f"unit_id IS NULL OR {LINEAGE}",
    "below administered": _units("administer", "parent_id"),
    "unit administered": _units("administer", "id"),
    "administer": _units("administer"),
    "administer or nation": f"{_units('administer')} OR (unit_id IS NULL AND {ROOT})",
    # people
    "employee read": f"{_units('read')} OR {_people('read', 'id')}",
    "employee recorded": f"{_units('record')} AND {NOT_OWN.replace('employee_id', 'id')}",
    "of people": _people("read", "employee_id"),
    "unit or people": f"{_units('read')} OR {_people('read', 'employee_id')}",
    "unit or staff": f"{_units('read')} OR employee_id = ANY ((SELECT sec.my_staff())::int[])",
    "of staff": f"{_people('record', 'employee_id')} AND {NOT_OWN}",
    "record staff": f"{_units('record')} AND {_people('record', 'employee_id')} AND {NOT_OWN}",
    # months
    "read": _units("read"),
    "record": _units("record"),
    "record other": f"{_units('record')} AND {NOT_OWN}",
    "record imported": f"{_units('record')} AND ({NOT_OWN} OR import_id IS NOT NULL)",
    "assign": _units("assign"),
    "assign or review": _units("assign|review"),
    "assign, record or review": _units("assign|record|review"),
    "record or review": _units("record|review"),
    "review other": f"{_units('review')} AND {NOT_OWN}",
    "any right": _units("record|assign|review|recommend|verify|administer"),
    "compute": _units("record|recommend"),
    "compute or verify": _units("record|recommend|verify"),
    "compute other": f"{_units('record|recommend')} AND {NOT_OWN}",
    # logins
    "account": f"{_units('administer')} OR {MINE}",
    "account administered": (
        f"{_units('administer')} AND {MINE.replace(' = ', ' IS DISTINCT FROM ')}"
    ),
    "mandate": f"{_units('administer')} OR {MINE.replace('id', 'account_id', 1)}",
    "mandate administered": (
        f"{_units('administer')} "
        f"AND {MINE.replace('id = ', 'account_id IS DISTINCT FROM ', 1)} "
        f"AND (role <> 'inspektorat' OR {ROOT})"
    ),
}


@dataclass(frozen=True, slots=True)
class Access:
    """What persons may do with a table: the condition for each command, and its columns.

    *update* is what a row must fulfil before the change, *becomes* after it (the same unless
    said). The columns *fixed* may be named by no UPDATE; `id` may be named by nobody at all.
    """

    read: str
    insert: str = CONSOLE
    update: str = CONSOLE
    becomes: str = ""
    fixed: tuple[str, ...] = ()


def _office(update: str = "administer", *, insert: str = "administer") -> Access:
    return Access("lineage", insert, update, fixed=("unit_id",))


PERSON = ("unit_id", "employee_id")
MONTH = (*PERSON, "year", "month")

# By table.
ACCESS = {
    "installation": Access("everybody"),
    # offices
    "unit": Access("unit in lineage", "below administered", "unit administered"),
    "former_unit": _office(),
    "holiday": Access(
        "lineage or nation", "administer or nation", "administer or nation", fixed=("unit_id",)
    ),
    "schedule": _office(),
    "rule_choice": _office(),
    "base_amount": _office(),
    "ceiling": _office(),
    "letterhead": _office(),
    "signatory": _office(),
    "paper_layout": _office(),
    # people
    "employee": Access("employee read", "record", "employee recorded"),
    "rank": Access("of people", "of staff", "of staff", fixed=("employee_id",)),
    "position": Access("unit or people", "record staff", "record staff", fixed=("employee_id",)),
    "alias": Access("read", "record staff", "record staff", fixed=("employee_id",)),
    # attendance
    "imported_file": Access(
        "read", "record", "record", fixed=("unit_id", "kind", "content", "sha256")
    ),
    "scan": Access(
        "unit or staff",
        "record imported",
        "record",
        "record other",
        fixed=("unit_id", "device", "pin", "day", "at", "import_id"),
    ),
    "day_entry": Access(
        "read", "record imported", "record imported", fixed=(*PERSON, "day", "source")
    ),
    "correction": Access(
        "read",
        "record other",
        "record other",
        fixed=(
            *(*PERSON, "day", "status", "time_in", "time_out", "workplace", "leave"),
            *("reason", "evidence", "actor", "at"),
        ),
    ),
    "leave": Access("unit or staff", "record other", "record other", fixed=PERSON),
    "sanction": Access("unit or staff", "record other", "record other", fixed=PERSON),
    "conduct_event": Access("read", "record other", "record other", fixed=PERSON),
    "month_figure": Access("read", "record other", "record other", fixed=(*MONTH, "code")),
    # work
    "objective": Access("lineage", "assign", "assign", fixed=("unit_id",)),
    "target": Access("read", "assign", "assign or review", fixed=MONTH),
    "task": Access("lineage", "assign", "assign", fixed=("unit_id", "given")),
    "assignment": Access("read", "assign", "assign, record or review", fixed=(*PERSON, "task_id")),
    "work_report": Access("read", "record", "record or review", fixed=(*PERSON, "assignment_id")),
    "evidence": Access(
        "read",
        "record",
        "record",
        fixed=("unit_id", "report_id", "kind", "size", "sha256", "content"),
    ),
    "state_change": Access("read", "any right"),
    "assessment": Access("read", "review other", "review other", fixed=MONTH),
    # money
    "recommendation": Access(
        "read",
        "compute",
        "compute or verify",
        fixed=("unit_id", "year", "month", "revision", "replaces_id"),
    ),
    "recommendation_line": Access(
        "read", "compute other", "compute other", fixed=(*PERSON, "recommendation_id")
    ),
    "printed_paper": Access("read", "read"),
    # logins and the trace of the program
    "account": Access("account", "administer", "account administered", fixed=("login",)),
    "mandate": Access(
        "mandate",
        "mandate administered",
        "mandate administered",
        fixed=("unit_id", "account_id"),
    ),
    "audit_entry": Access("read", "read"),
    "alembic_version": Access("everybody"),
}

EVERYTHING = "(SELECT sec.reads_all())"  # what k_all must fulfil: it reads everything
TAKEN = "audit_entry"  # the only table that k_all adds to: what it took with it stays on record


def insertable(table: str) -> tuple[str, ...]:
    """Return the columns that an INSERT may name."""
    if ACCESS[table].insert == CONSOLE:
        return ()
    return tuple(column.name for column in Base.metadata.tables[table].c if column.name != "id")


def updatable(table: str) -> tuple[str, ...]:
    """Return the columns that an UPDATE may name."""
    access = ACCESS[table]
    if access.update == CONSOLE:
        return ()
    return tuple(name for name in insertable(table) if name not in access.fixed)
