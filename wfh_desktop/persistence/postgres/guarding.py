"""What the server refuses in rows whoever asks: a guard for each table, written from this one.

A guard is a BEFORE trigger. It stamps the unit of a row from the person or the parent, and who and
when from the login and the clock of the server; it counts versions, keeps columns that never
change, and keeps closed months closed. What only one table needs is in `guards.sql`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from wfh_desktop.domain import tasks, work_reports
from wfh_desktop.domain.tpp import workflow
from wfh_desktop.persistence.models import Base
from wfh_desktop.persistence.postgres.access import ACCESS

DAY = ("{row}.day", "{row}.day")
MONTH = ("make_date({row}.year, {row}.month, 1)", "sec.last_day({row}.year, {row}.month)")
RANGE = ("{row}.starts", "{row}.ends")
WHO_AND_WHEN = {"actor": "sec.my_name()", "at": "now()"}


@dataclass(frozen=True, slots=True)
class Guard:
    """What is seen to in the rows of one table.

    *unit* is stamped when a row is made. *days* are the first and the last day that a row speaks
    of: they must lie in open months; *harmless* columns may change all the same. *stamps* are set
    once. *rule* says that `sec.rule_<table>` has more to say. *kept* is the condition under which
    an UPDATE or DELETE is refused to everybody, *added* the same for an INSERT.
    """

    unit: str = ""
    days: tuple[str, str] | None = None
    harmless: tuple[str, ...] = ()
    stamps: dict[str, str] = field(default_factory=dict)
    rule: bool = False
    kept: str = ""


def _served(day: str) -> str:
    return f"sec.unit_on(NEW.employee_id, {day})"


BY_DAY, BY_MONTH = _served("NEW.day"), _served("sec.last_day(NEW.year, NEW.month)")
PARENT = "coalesce((SELECT p.unit_id FROM app.{} p WHERE p.id = NEW.{}), 0)"
FINAL_LIST = (
    "EXISTS (SELECT 1 FROM app.recommendation r "
    "WHERE r.id = OLD.recommendation_id AND r.state <> 'draf')"
)

# By table; one without an entry only has its versions counted.
GUARDS = {
    "unit": Guard(rule=True),
    "employee": Guard(rule=True),
    # attendance
    "imported_file": Guard(stamps=WHO_AND_WHEN),
    "scan": Guard(
        days=DAY,
        rule=True,
        kept="(NEW.unit_id, NEW.device, NEW.pin, NEW.day, NEW.at, NEW.import_id) "
        "IS DISTINCT FROM (OLD.unit_id, OLD.device, OLD.pin, OLD.day, OLD.at, OLD.import_id)",
    ),
    "day_entry": Guard(BY_DAY, DAY, rule=True),
    "correction": Guard(BY_DAY, DAY, stamps=WHO_AND_WHEN),
    "leave": Guard(_served("NEW.starts"), RANGE, ("document", "note")),
    "sanction": Guard(_served("NEW.starts"), RANGE, ("kind", "decree")),
    "conduct_event": Guard(BY_DAY, DAY),
    "month_figure": Guard(BY_MONTH, MONTH),
    # work
    "target": Guard(BY_MONTH, MONTH, rule=True),
    "assignment": Guard(
        _served("(SELECT t.given FROM app.task t WHERE t.id = NEW.task_id)"), rule=True
    ),
    "work_report": Guard(BY_DAY, DAY, rule=True),
    "evidence": Guard(PARENT.format("work_report", "report_id"), rule=True),
    "state_change": Guard(stamps=WHO_AND_WHEN, kept="true"),
    "assessment": Guard(BY_MONTH, MONTH),
    # money
    "recommendation": Guard(rule=True, kept="OLD.state = 'dikunci'"),
    "recommendation_line": Guard(
        PARENT.format("recommendation", "recommendation_id"), rule=True, kept=FINAL_LIST
    ),
    "printed_paper": Guard(stamps=WHO_AND_WHEN, kept="true"),
    # logins and the trace of the program
    "account": Guard(rule=True),
    "mandate": Guard(rule=True),
    "audit_entry": Guard(stamps=WHO_AND_WHEN, rule=True, kept="true"),
}
NEVER_REMOVED = {"scan", "recommendation"}  # not even where their rows may still change
INPUTS = {
    table: guard.days for table, guard in GUARDS.items() if guard.days and table != "scan"
}  # what a month's amounts rest on; a scan says when it came through its file
STEPS: dict[str, Iterable[tuple[StrEnum, StrEnum]]] = {
    "recommendation": [(one, other) for one, all_ in workflow.NEXT.items() for other in all_],
    "work_report": work_reports.STEPS,
    "assignment": tasks.STEPS,
}


def steps() -> str:
    """Return all steps that there are as rows: ('recommendation', 'draf', 'diajukan'), ..."""
    rows = sorted(
        (kind, before.value, after.value)
        for kind, found in STEPS.items()
        for before, after in found
    )
    return ",\n    ".join(f"('{kind}', '{before}', '{after}')" for kind, before, after in rows)


def statements() -> Iterator[str]:
    """Return the guards of all tables that persons may write to."""
    for table in sorted(ACCESS):
        columns = set(Base.metadata.tables[table].c.keys()) if table in Base.metadata.tables else ()
        guard = GUARDS.get(table, Guard())
        if "version" in columns or table in GUARDS:
            yield _function(table, guard, versioned="version" in columns)
            yield _trigger(table, "guard", f"guard_{table}()")
        if guard.rule:
            yield _trigger(table, "rule", f"rule_{table}()")
        yield from _kept(table, guard)


def _trigger(table: str, name: str, function: str) -> str:
    """Return a trigger that binds whoever signed in: those of the same moment go by name."""
    return (
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON app.{table} FOR EACH ROW "
        f"WHEN (NOT sec.is_console()) EXECUTE FUNCTION sec.{function}"
    )


def _kept(table: str, guard: Guard) -> Iterator[str]:
    if not guard.kept:
        return
    begin = f"CREATE TRIGGER final_{{0}} BEFORE {{0}} ON app.{table} FOR EACH ROW"
    if "EXISTS" in guard.kept:  # the condition of a trigger may not look into tables
        yield _kept_function(table, guard.kept)
        for moment in ("UPDATE", "DELETE"):
            yield f"{begin.format(moment)} EXECUTE FUNCTION sec.kept_{table}()"
        return
    yield f"{begin.format('UPDATE')} WHEN ({guard.kept}) EXECUTE FUNCTION sec.kept()"
    when = "" if table in NEVER_REMOVED else f" WHEN ({guard.kept})"
    yield f"{begin.format('DELETE')}{when} EXECUTE FUNCTION sec.kept()"


def _kept_function(table: str, condition: str) -> str:
    return _plpgsql(
        f"kept_{table}",
        [
            f"IF {condition} THEN",
            "  RAISE EXCEPTION 'is_final' USING ERRCODE = '55000';",
            "END IF;",
            "RETURN coalesce(NEW, OLD);",
        ],
    )


def _function(table: str, guard: Guard, *, versioned: bool) -> str:
    made = [f"NEW.{name} := {value};" for name, value in guard.stamps.items()]
    if versioned:
        made.append("NEW.version := 1;")
    if guard.unit:
        made.append(f"NEW.unit_id := {guard.unit};")
    if guard.days:
        made.append(_open(guard.days, "NEW", table))
    changed = [f"NEW.{name} := OLD.{name};" for name in guard.stamps]
    if versioned:
        changed += _refuse("NEW.version <> OLD.version + 1", "stale_row", "40001")
    fixed = ("id", *ACCESS[table].fixed)
    changed += _refuse(_differ(fixed), "immutable_column", "42501")
    changed += _still_open(table, guard)
    return _plpgsql(
        f"guard_{table}",
        [
            "IF TG_OP = 'INSERT' THEN",
            *(f"  {line}" for line in made),
            "ELSE",
            *(f"  {line}" for line in changed),
            "END IF;",
            "RETURN NEW;",
        ],
    )


def _still_open(table: str, guard: Guard) -> list[str]:
    """Check the days a row spoke of and speaks of now, unless only its wording changed."""
    if not guard.days:
        return []
    checks = [_open(guard.days, "OLD", table), _open(guard.days, "NEW", table)]
    if guard.days is RANGE:
        end_only = [_differ(_telling(table, guard, besides=("ends",)))]
        return [
            f"IF {end_only[0]} THEN",
            *(f"  {line}" for line in checks),
            "ELSIF NEW.ends <> OLD.ends THEN",
            "  PERFORM sec.require_open(NEW.unit_id, least(NEW.ends, OLD.ends) + 1, "
            "greatest(NEW.ends, OLD.ends));",
            "END IF;",
        ]
    return checks[:1] if not _moves(table, guard) else checks


def _moves(table: str, guard: Guard) -> bool:
    """Tell whether the days of a row, or whose they are, may change at all."""
    named = {"day"} if guard.days is DAY else {"year", "month"}
    return bool((named | {"employee_id"}) - set(ACCESS[table].fixed))


def _telling(table: str, guard: Guard, besides: tuple[str, ...]) -> tuple[str, ...]:
    silent = {"id", "version", *ACCESS[table].fixed, *guard.harmless, *besides}
    return tuple(
        column.name for column in Base.metadata.tables[table].c if column.name not in silent
    )


def _open(days: tuple[str, str], row: str, table: str) -> str:
    first, last = (day.format(row=row) for day in days)
    unit = f"{row}.unit_id"
    if table == "scan":  # a machine may stand in one unit and serve the people of another
        unit = f"CASE WHEN {row}.employee_id IS NULL THEN {unit} ELSE "
        unit += f"sec.unit_on({row}.employee_id, {row}.day) END"
    return f"PERFORM sec.require_open({unit}, {first}, {last});"


def _differ(names: tuple[str, ...]) -> str:
    new, old = (", ".join(f"{row}.{name}" for name in names) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def _refuse(condition: str, code: str, state: str) -> list[str]:
    return [
        f"IF {condition} THEN",
        f"  RAISE EXCEPTION '{code}' USING ERRCODE = '{state}';",
        "END IF;",
    ]


def inputs() -> str:
    """Return the condition that something changed which a month's amounts rest on."""
    return "\n    OR ".join(
        f"EXISTS (SELECT 1 FROM audit.changed('{table}', below, since) c (key) "  # noqa: S608 - ours
        f"JOIN app.{table} t ON t.id = c.key "
        f"WHERE {days[0].format(row='t')} <= $4 AND {days[1].format(row='t')} >= $3)"
        for table, days in INPUTS.items()
    )


def _plpgsql(name: str, lines: list[str]) -> str:
    body = "\n".join(f"  {line}" for line in lines)
    return (
        f"CREATE FUNCTION sec.{name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
        f"SET search_path = pg_catalog, pg_temp AS $$\nBEGIN\n{body}\nEND $$"
    )
