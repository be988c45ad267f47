"""The trace in an SQLite file: triggers that note each row as it was and as it became.

A server does the same by `postgres/audit.sql`. Here one person works, so `who` is empty, and the
trace numbers each unit of work by the first entry that it makes in the audit log.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table

from wfh_desktop.persistence.models import Base
from wfh_desktop.persistence.models.audit import Change, Seal

TRACES = (Change.__tablename__, Seal.__tablename__)  # would trace themselves without end
# Scans come by tens of thousands from a file that is kept, and traced with its own hash: to note
# each would cost half as much again as to take it in.
UNTRACED = {("scan", "INSERT")}

# What a link says of a change. A NULL where none may be makes the whole of it NULL: not as sealed.
REST = {
    "sqlite": (
        "CAST(c.seq || char(31) || replace(c.at, ' ', 'T') || char(31) || c.who || char(31) || "
        "coalesce(c.unit_id, '') || char(31) || c.tab || char(31) || c.pk || char(31) || c.op || "
        "char(31) || c.txid || char(31) || c.addr || char(31) || c.payload AS BLOB)"
    ),
    "postgresql": (
        "concat_ws(E'\\x1f', c.seq, to_char(c.at AT TIME ZONE 'UTC', "
        "'YYYY-MM-DD\"T\"HH24\\:MI\\:SS.US'), c.who, coalesce(CAST(c.unit_id AS text), ''), "
        "c.tab, c.pk, c.op, c.txid, c.addr, c.payload)"
    ),
}


def _triggers() -> dict[str, str]:
    """Return for each table and verb the statement that creates its trigger, by name."""
    return {
        f"trace_{table.name}_{verb.lower()}": _trigger(table, verb)
        for table in Base.metadata.sorted_tables
        if table.name not in TRACES
        for verb in ("INSERT", "UPDATE", "DELETE")
        if (table.name, verb) not in UNTRACED
    }


def _trigger(table: Table, verb: str) -> str:
    row = "OLD" if verb == "DELETE" else "NEW"
    return (
        f"CREATE TRIGGER trace_{table.name}_{verb.lower()} AFTER {verb} ON {table.name} "  # noqa: S608 - names of our own
        "BEGIN INSERT INTO change (at, who, unit_id, tab, pk, op, txid, addr, payload) VALUES ("
        f"strftime('%Y-%m-%d %H:%M:%f000', 'now'), '', {_unit(table, row)}, '{table.name}', "
        f"{row}.id, '{verb[0]}', {_number(table, row)}, '', {_payload(table, verb)}); END"
    )


def _unit(table: Table, row: str) -> str:
    """Return the unit whose people may see the change."""
    if "unit_id" in table.c:
        return f"{row}.unit_id"
    if table.name == "unit":
        return f"{row}.id"
    if "employee_id" in table.c:
        return f"(SELECT unit_id FROM employee WHERE id = {row}.employee_id)"  # noqa: S608 - as above
    return "NULL"


def _number(table: Table, row: str) -> str:
    if table.name == "audit_entry":
        return f"{row}.id"
    return "coalesce((SELECT max(id) FROM audit_entry), 0) + 1"


def _payload(table: Table, verb: str) -> str:
    match verb:
        case "INSERT":
            return f"""'{{"old":null,"new":{{' || {_whole(table, "NEW")} || '}}}}'"""
        case "DELETE":
            return f"""'{{"old":{{' || {_whole(table, "OLD")} || '}},"new":null}}'"""
        case _:
            old, new = _changed(table, "OLD"), _changed(table, "NEW")
            return f"""'{{"old":{{' || {old} || '}},"new":{{' || {new} || '}}}}'"""


def _whole(table: Table, row: str) -> str:
    return " || ',' || ".join(f"'\"{one.name}\":' || {_value(one, row)}" for one in table.c)


def _changed(table: Table, row: str) -> str:
    """Return an expression for the columns that an UPDATE changes."""
    pieces = (
        f"CASE WHEN OLD.{one.name} IS NOT NEW.{one.name} "
        f"THEN ',\"{one.name}\":' || {_value(one, row)} ELSE '' END"
        for one in table.c
    )
    return f"substr({' || '.join(pieces)}, 2)"


def _value(column: Column[object], row: str) -> str:
    """Return an expression for what the trace keeps of a column: of a file only its size.

    SQLite before 3.41 takes its own JSON functions for unsafe in a trigger. Control characters
    stay as they are: whoever reads this has to allow them.
    """
    value = f"{row}.{column.name}"
    match column.type:
        case LargeBinary():
            return f"""coalesce('{{"bytes":' || length({value}) || '}}', 'null')"""
        case Integer() | Boolean():
            return f"coalesce({value}, 'null')"
        case _:
            escaped = rf"""replace(replace({value}, '\', '\\'), '"', '\"')"""
            return f"""coalesce('"' || {escaped} || '"', 'null')"""


TRIGGERS = _triggers()
