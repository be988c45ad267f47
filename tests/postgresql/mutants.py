"""Deliberate damage to the rights of a server, piece by piece: every one has to be noticed."""

from dataclasses import dataclass

from wfh_desktop.persistence.postgres.access import ACCESS

DELETE = "CREATE POLICY celah ON app.{t} FOR DELETE TO k_user USING (true)"


@dataclass(frozen=True)
class Mutant:
    """Statements that break something, the table they concern ("" for all), and how to mend."""

    name: str
    statement: str
    table: str = ""
    mend: str = ""  # what belongs to the whole server has to be taken back


ON_TABLE = {
    "rls_off": "ALTER TABLE app.{t} DISABLE ROW LEVEL SECURITY",
    "read_all": "CREATE POLICY celah ON app.{t} FOR SELECT TO k_user USING (true)",
    "update_all": "CREATE POLICY celah ON app.{t} FOR UPDATE TO k_user USING (true); "
    "CREATE POLICY celah_read ON app.{t} FOR SELECT TO k_user USING (true)",
    "insert_all": "CREATE POLICY celah ON app.{t} FOR INSERT TO k_user WITH CHECK (true)",
    "delete": f"GRANT DELETE ON app.{{t}} TO k_user; {DELETE}",
    "truncate": "GRANT TRUNCATE ON app.{t} TO k_user",
    "update_any_column": "GRANT UPDATE ON app.{t} TO k_user",
    "grant_public": "GRANT SELECT ON app.{t} TO PUBLIC",
    "references": "GRANT REFERENCES ON app.{t} TO k_user",
    "trigger_right": "GRANT TRIGGER ON app.{t} TO k_user",
    "no_read_policy": "DROP POLICY read ON app.{t}",
}
ON_TRIGGER = {
    "dropped": "DROP TRIGGER {g} ON {t}",
    "disabled": "ALTER TABLE {t} DISABLE TRIGGER {g}",
}
ON_FUNCTION = {
    "open_path": "ALTER FUNCTION {f} RESET search_path",
    "other_rights": "ALTER FUNCTION {f} {other}",
    "for_everybody": "GRANT EXECUTE ON FUNCTION {f} TO PUBLIC",
}
LOGIN = "{login}"
ON_SERVER = {
    "owner": ("GRANT k_owner TO {login}", "REVOKE k_owner FROM {login}"),
    "audit": ("GRANT k_audit TO {login}", "REVOKE k_audit FROM {login}"),
    "logins": ("GRANT k_logins TO {login}", "REVOKE k_logins FROM {login}"),
    "migrator": ("GRANT k_migrator TO {login}", "REVOKE k_migrator FROM {login}"),
    "bypass": ("ALTER ROLE {login} BYPASSRLS", "ALTER ROLE {login} NOBYPASSRLS"),
    "superuser": ("ALTER ROLE {login} SUPERUSER", "ALTER ROLE {login} NOSUPERUSER"),
    "createrole": ("ALTER ROLE {login} CREATEROLE", "ALTER ROLE {login} NOCREATEROLE"),
    "createdb": ("ALTER ROLE {login} CREATEDB", "ALTER ROLE {login} NOCREATEDB"),
    "replication": ("ALTER ROLE {login} REPLICATION", "ALTER ROLE {login} NOREPLICATION"),
    "all_data": ("GRANT pg_read_all_data TO {login}", "REVOKE pg_read_all_data FROM {login}"),
    "write_all": ("GRANT pg_write_all_data TO {login}", "REVOKE pg_write_all_data FROM {login}"),
    "files": (
        "GRANT pg_read_server_files TO {login}",
        "REVOKE pg_read_server_files FROM {login}",
    ),
    "programs": (
        "GRANT pg_execute_server_program TO {login}",
        "REVOKE pg_execute_server_program FROM {login}",
    ),
    "statistics": ("GRANT pg_read_all_stats TO {login}", "REVOKE pg_read_all_stats FROM {login}"),
    "both_groups": ("GRANT k_all TO {login}", "REVOKE k_all FROM {login}"),
    "passes_on": (
        "GRANT k_user TO {login} WITH ADMIN OPTION",
        "REVOKE ADMIN OPTION FOR k_user FROM {login}",
    ),
    "group_bypass": ("ALTER ROLE k_user BYPASSRLS", "ALTER ROLE k_user NOBYPASSRLS"),
    "group_login": ("ALTER ROLE k_owner LOGIN", "ALTER ROLE k_owner NOLOGIN"),
    "group_audit": ("GRANT k_audit TO k_user", "REVOKE k_audit FROM k_user"),
    "own_settings": ("ALTER ROLE {login} SET row_security = off", "ALTER ROLE {login} RESET ALL"),
}
IN_DATABASE = {
    "temp": "GRANT TEMP ON DATABASE {database} TO k_user",
    "create_app": "GRANT CREATE ON SCHEMA app TO k_user",
    "create_sec": "GRANT CREATE ON SCHEMA sec TO k_user",
    "create_public": "GRANT CREATE ON SCHEMA public TO PUBLIC",
    "schema_owner": "ALTER SCHEMA sec OWNER TO k_user",
    "trace_insert": "GRANT INSERT ON audit.change TO k_user; "
    "ALTER TABLE audit.change DISABLE ROW LEVEL SECURITY",
    "trace_update": "GRANT UPDATE ON audit.change TO k_user",
    "trace_delete": "GRANT DELETE ON audit.change TO k_user",
    "trace_read": "ALTER TABLE audit.change DISABLE ROW LEVEL SECURITY",
    "trace_owner": "ALTER TABLE audit.change OWNER TO k_owner",
    "seal_insert": "GRANT INSERT ON audit.seal TO k_user",
    "seal_delete": "GRANT DELETE ON audit.seal TO k_user",
    "closure_write": "GRANT INSERT, UPDATE, DELETE ON sec.unit_closure TO k_user",
    "closure_read": "GRANT SELECT ON sec.unit_closure TO k_user",
    "all_functions": "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sec TO k_user",
    "default_functions": "ALTER DEFAULT PRIVILEGES FOR ROLE k_owner "
    "GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
    "database_setting": "ALTER DATABASE {database} SET row_security = off",
    "view": "CREATE VIEW app.celah AS SELECT * FROM app.leave; GRANT SELECT ON app.celah TO k_user",
    "rule": "CREATE RULE celah AS ON DELETE TO app.leave DO INSTEAD NOTHING",
    "extension": "CREATE EXTENSION IF NOT EXISTS pgcrypto",
    "no_unique": "DROP INDEX app.ix_recommendation_unit_id_year_month_revision",
    "overriding": "ALTER TABLE app.leave ALTER COLUMN id DROP IDENTITY IF EXISTS",
}
BODIES = {  # by function: what is said in it, and what a careless hand makes of that
    "sec.my_units(text)": (
        ("AND a.active", ""),
        ("AND NOT m.withdrawn", ""),
        ("coalesce(m.valid_to, 'infinity')", "'infinity'"),
        ("BETWEEN m.valid_from AND", "<="),
        ("a.login = session_user::text", "a.login = current_setting('app.user', true)"),
        ("c.ancestor_id = m.unit_id", "true"),
        ("r.role = m.role AND", ""),
    ),
    "sec.my_employee()": (("e.nip = substr(session_user::text, 3)", "false"),),
    "sec.fingerprint(integer)": (("sha256(", "sha224("),),
}


def mutants(connection, database, login):
    """Return all damage that can be done to a database; *login* is that of a head."""
    for table in ACCESS:
        for name, text in ON_TABLE.items():
            yield Mutant(f"{table}.{name}", text.format(t=table), table)
    for table, trigger in _triggers(connection):
        for name, text in ON_TRIGGER.items():
            yield Mutant(
                f"{table}.{trigger}.{name}",
                text.format(t=table, g=trigger),
                table.removeprefix("app."),
            )
    for function, definer in _functions(connection):
        other = "SECURITY INVOKER" if definer else "SECURITY DEFINER"
        for name, text in ON_FUNCTION.items():
            yield Mutant(f"{function}.{name}", text.format(f=function, other=other))
    for name, (text, mend) in ON_SERVER.items():
        yield Mutant(f"server.{name}", text.format(login=login), mend=mend.format(login=login))
    for name, text in IN_DATABASE.items():
        yield Mutant(f"database.{name}", text.format(database=database))
    yield from _careless(connection)


def _careless(connection):
    """Return functions with one of their conditions left out."""
    for function, changes in BODIES.items():
        (body,) = connection.execute(
            "SELECT pg_get_functiondef(%s::regprocedure)", [function]
        ).fetchone()
        for said, made in changes:
            assert said in body, (function, said)
            yield Mutant(f"{function}: {said}", body.replace(said, made, 1))


def _triggers(connection):
    return connection.execute(
        "SELECT t.tgrelid::regclass::text, t.tgname FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE NOT t.tgisinternal AND n.nspname IN ('app', 'audit') ORDER BY 1, 2"
    ).fetchall()


def _functions(connection):
    return connection.execute(
        "SELECT p.oid::regprocedure::text, p.prosecdef FROM pg_proc p "
        "JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname IN ('sec', 'audit') AND p.proconfig IS NOT NULL ORDER BY 1"
    ).fetchall()
