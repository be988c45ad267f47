"""The rights of `access` as statements: row security, policies, and grants on columns."""

from __future__ import annotations

from collections.abc import Iterator

from wfh_desktop.persistence.postgres.access import (
    ACCESS,
    CONDITIONS,
    CONSOLE,
    EVERYTHING,
    TAKEN,
    insertable,
    updatable,
)


def statements() -> Iterator[str]:
    """Return everything that gives persons their rights in the schema `app`."""
    for table in sorted(ACCESS):
        yield f"ALTER TABLE app.{table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE app.{table} NO FORCE ROW LEVEL SECURITY"
        yield from _policies(table)
        yield from _grants(table)


def _policies(table: str) -> Iterator[str]:
    access = ACCESS[table]
    read = CONDITIONS[access.read]
    yield f"CREATE POLICY read ON app.{table} FOR SELECT TO k_user USING ({read})"
    everything = "true" if access.read == "everybody" else EVERYTHING
    yield f"CREATE POLICY read_all ON app.{table} FOR SELECT TO k_all USING ({everything})"
    if table == TAKEN:
        check = f"FOR INSERT TO k_all WITH CHECK ({everything})"
        yield f"CREATE POLICY insert_all ON app.{table} {check}"
    if access.insert != CONSOLE:
        insert = CONDITIONS[access.insert]
        yield f"CREATE POLICY insert ON app.{table} FOR INSERT TO k_user WITH CHECK ({insert})"
    if access.update != CONSOLE:
        before, after = access.update, access.becomes or access.update
        yield (
            f"CREATE POLICY update ON app.{table} FOR UPDATE TO k_user "
            f"USING ({CONDITIONS[before]}) WITH CHECK ({CONDITIONS[after]})"
        )


def _grants(table: str) -> Iterator[str]:
    yield f"GRANT SELECT ON app.{table} TO k_user, k_all"
    for command, columns in (("INSERT", insertable(table)), ("UPDATE", updatable(table))):
        if columns:
            names = ", ".join(f'"{name}"' for name in columns)
            whom = "k_user, k_all" if (table, command) == (TAKEN, "INSERT") else "k_user"
            yield f"GRANT {command} ({names}) ON app.{table} TO {whom}"
