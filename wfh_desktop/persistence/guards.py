"""What the database itself refuses, whoever asks: changing a final month, rewriting a trace."""

from __future__ import annotations

from sqlalchemy import DDL, Connection, event

from wfh_desktop.persistence import tracing
from wfh_desktop.persistence.models import Base

LINE_IS_FROZEN = (
    "(SELECT state FROM recommendation WHERE id = {row}.recommendation_id) IS NOT 'draf'"
)

# By name: the moment and the table, then the condition under which it is refused.
GUARDS = {
    "recommendation_final": ("UPDATE ON recommendation", "OLD.state = 'dikunci'"),
    "recommendation_kept": ("DELETE ON recommendation", "1"),
    "recommendation_line_added": (
        "INSERT ON recommendation_line",
        LINE_IS_FROZEN.format(row="NEW"),
    ),
    "recommendation_line_changed": (
        "UPDATE ON recommendation_line",
        LINE_IS_FROZEN.format(row="OLD"),
    ),
    "recommendation_line_removed": (
        "DELETE ON recommendation_line",
        LINE_IS_FROZEN.format(row="OLD"),
    ),
    "printed_paper_changed": ("UPDATE ON printed_paper", "1"),
    "printed_paper_removed": ("DELETE ON printed_paper", "1"),
    "audit_entry_changed": ("UPDATE ON audit_entry", "1"),
    "audit_entry_removed": ("DELETE ON audit_entry", "1"),
    "state_change_changed": ("UPDATE ON state_change", "1"),
    "state_change_removed": ("DELETE ON state_change", "1"),
    "change_changed": ("UPDATE ON change", "1"),
    "change_removed": ("DELETE ON change", "1"),
    "seal_changed": ("UPDATE ON seal", "1"),
    "seal_removed": ("DELETE ON seal", "1"),
    "scan_changed": ("UPDATE OF unit_id, device, pin, day, at ON scan", "1"),
    "scan_removed": ("DELETE ON scan", "1"),
}

SQLITE = (
    *(
        f"CREATE TRIGGER guard_{name} BEFORE {moment} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, 'guard_{name}'); END"
        for name, (moment, condition) in GUARDS.items()
    ),
    *tracing.TRIGGERS.values(),
)

for statement in SQLITE:
    event.listen(
        Base.metadata,
        "after_create",
        DDL(statement.replace("%", "%%")).execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]
    )


def renew(connection: Connection) -> None:
    """Put today's triggers in the place of those that an older version left in an SQLite file."""
    remove(connection)
    for statement in SQLITE:
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Take all triggers away while tables are rebuilt: the one they name is gone for a moment."""
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for name in connection.exec_driver_sql(names).scalars().all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
