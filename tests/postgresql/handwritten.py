"""Attacks that no generator thinks of: oracles, disguises, roles, files, functions, settings.

They are aimed at department B (units 3 and 5) and at the server; whoever sends them.
"""

from tests.postgresql.attacks import NEVER, REFUSED, Attack

B = "(3, 5)"
NEXT = "version = version + 1"
ME = "(SELECT {} FROM app.account WHERE login = session_user)"
SOME = frozenset({"", *REFUSED})
OFTEN = frozenset(
    {*REFUSED, "42601", "0A000", "42704", "42883", "58P01", "22023", "25001", "42P01"}
)


def _read(name, text):
    """A query that may well be answered; what it may not do is tell of the other side."""
    return Attack(name, text, frozenset({"", *OFTEN, "22012", "2201B", "P0001", "P0002", "42P17"}))


def _no(name, text, *ends):
    return Attack(name, text, frozenset({*NEVER, *ends}))


QUERIES = {
    "plain": f"SELECT * FROM app.work_report WHERE unit_id IN {B}",
    "or_true": f"SELECT text FROM app.work_report WHERE unit_id IN {B} OR true",
    "union": "SELECT text FROM app.work_report WHERE unit_id = 5 "
    "UNION SELECT note FROM app.day_entry",
    "cte": "WITH x AS MATERIALIZED (SELECT * FROM app.leave) SELECT * FROM x WHERE unit_id = 5",
    "recursive": "WITH RECURSIVE x AS (SELECT id, name FROM app.unit WHERE id = 1 UNION "
    "SELECT u.id, u.name FROM app.unit u JOIN x ON u.parent_id = x.id) SELECT * FROM x",
    "lateral": "SELECT r.text FROM app.unit u, LATERAL (SELECT text FROM app.work_report "
    "WHERE unit_id = 5) r",
    "sample": "SELECT note FROM app.day_entry TABLESAMPLE SYSTEM (100)",
    "ctid": "SELECT note FROM app.assessment WHERE ctid = ANY (ARRAY['(0,1)', '(0,30)']::tid[])",
    "key_share": "SELECT text FROM app.work_report WHERE unit_id = 5 FOR KEY SHARE",
    "copy_query": "COPY (SELECT text FROM app.work_report) TO STDOUT",
    "copy_table": "COPY app.employee TO STDOUT",
    "copy_names": "COPY app.employee (name) TO STDOUT",
    "row_security": "SET row_security = off; SELECT name FROM app.employee WHERE unit_id = 5",
    "aggregate": "SELECT string_agg(text, ',') FROM app.work_report",
    "json": "SELECT jsonb_agg(t) FROM app.sanction t",
    "window": "SELECT first_value(name) OVER (ORDER BY id DESC) FROM app.employee",
    "exists": "SELECT 'RAHASIA-B-ada' WHERE EXISTS (SELECT 1 FROM app.leave WHERE unit_id = 5)",
    "count": "SELECT 'RAHASIA-B-ada' FROM app.leave WHERE unit_id = 5 HAVING count(*) > 0",
    "division": "SELECT 1 FROM app.month_figure WHERE unit_id = 5 AND 1 / (value - 5000000) > 0",
    "cast": "SELECT 1 FROM app.work_report WHERE unit_id = 5 AND text::int = 1",
    "regex": "SELECT 1 FROM app.work_report WHERE unit_id = 5 AND text ~ '('",
    "leaky_like": "SELECT text FROM app.work_report WHERE pg_sleep(0) IS NOT NULL "
    "AND text LIKE '%R%'",
    "explain": "EXPLAIN (ANALYZE, VERBOSE) SELECT text FROM app.work_report WHERE unit_id = 5",
    "xml": "SELECT query_to_xml('SELECT * FROM app.leave', true, false, '')::text",
    "table_xml": "SELECT table_to_xml('app.employee', true, false, '')::text",
    "schema_xml": "SELECT schema_to_xml('app', true, false, '')::text",
    "database_xml": "SELECT database_to_xml(true, false, '')::text",
    "cursor": "BEGIN; DECLARE c CURSOR FOR SELECT name FROM app.employee; FETCH ALL FROM c",
    "hold": "DECLARE c CURSOR WITH HOLD FOR SELECT name FROM app.employee; FETCH ALL FROM c",
    "prepared": "PREPARE q AS SELECT name FROM app.employee; EXECUTE q; DEALLOCATE q",
    "block": "DO $$ DECLARE r record; BEGIN FOR r IN SELECT text FROM app.work_report LOOP "
    "RAISE NOTICE '%', r.text; END LOOP; END $$",
    "raise": "DO $$ DECLARE r record; BEGIN SELECT * INTO STRICT r FROM app.leave "
    "WHERE unit_id = 5; RAISE EXCEPTION '%', r; END $$",
    "fake_user": "SET app.user = 'p_198001012005012901'; SELECT name FROM app.employee",
    "fake_name": "SET application_name = 'k_owner'; SELECT name FROM app.employee",
    "own_path": "SET search_path = pg_temp, app; SELECT name FROM employee",
    "activity": "SELECT query FROM pg_stat_activity WHERE usename <> session_user "
    "AND query NOT IN ('', '<insufficient privilege>')",
    "statistics": "SELECT * FROM pg_stats WHERE schemaname IN ('app', 'audit', 'sec')",
    "extended": "SELECT * FROM pg_stats_ext",
    "trace": "SELECT payload FROM audit.change",
    "trace_of_b": "SELECT payload FROM audit.change WHERE unit_id IN (3, 5) OR unit_id IS NULL",
    "log_of_b": "SELECT details FROM app.audit_entry WHERE unit_id IN (3, 5) OR unit_id IS NULL",
    "seals": "SELECT * FROM audit.seal",
    "accounts": "SELECT * FROM app.account WHERE login <> session_user",
    "my_units": "SELECT sec.my_units('read'), sec.my_units('administer'), sec.my_lineage()",
    "my_people": "SELECT name FROM app.employee WHERE id = ANY (sec.my_people('read'))",
    "fingerprint": "SELECT sec.fingerprint(id) FROM app.recommendation WHERE unit_id = 5",
    "paper": "SELECT convert_from(content, 'UTF8') FROM app.printed_paper",
    "raw_file": "SELECT convert_from(content, 'UTF8'), summary FROM app.imported_file",
    "roles": "SELECT rolname FROM pg_roles WHERE rolname = 'k_owner' AND rolcanlogin",
}
REFUSALS = {
    "role_owner": "SET ROLE k_owner",
    "role_audit": "SET ROLE k_audit",
    "role_logins": "SET ROLE k_logins",
    "role_migrator": "SET ROLE k_migrator",
    "role_backup": "SET ROLE k_backup",
    "role_admin": "SET ROLE wfh_admin",
    "role_postgres": "SET ROLE pg_read_all_data",
    "authorization": "SET SESSION AUTHORIZATION k_owner",
    "replica": "SET session_replication_role = replica",
    "hidden_log": "SET log_statement = 'none'",
    "preload": "SET session_preload_libraries = 'x'",
    "system": "ALTER SYSTEM SET fsync = off",
    "database": "ALTER DATABASE postgres SET row_security = off",
    "new_database": "CREATE DATABASE celah",
    "new_schema": "CREATE SCHEMA celah",
    "new_table": "CREATE TABLE app.celah (x int)",
    "new_audit_table": "CREATE TABLE audit.celah (x int)",
    "public_table": "CREATE TABLE public.celah (x int)",
    "temp_table": "CREATE TEMP TABLE celah (x int)",
    "temp_unit": "CREATE TEMP TABLE unit (id int)",
    "new_role": "CREATE ROLE p_celah LOGIN SUPERUSER",
    "grant_owner": "GRANT k_owner TO CURRENT_USER",
    "grant_all": "GRANT k_all TO CURRENT_USER",
    "bypass": "ALTER ROLE CURRENT_USER BYPASSRLS",
    "superuser": "ALTER ROLE CURRENT_USER SUPERUSER",
    "other_password": "ALTER ROLE k_backup PASSWORD 'x'",
    "rename_role": "ALTER ROLE k_backup RENAME TO celah",
    "drop_role": "DROP ROLE k_backup",
    "owned": "REASSIGN OWNED BY k_owner TO CURRENT_USER",
    "drop_owned": "DROP OWNED BY k_owner",
    "extension": "CREATE EXTENSION file_fdw",
    "language": "CREATE LANGUAGE plsample HANDLER plpgsql_call_handler",
    "server": "CREATE SERVER celah FOREIGN DATA WRAPPER tidak_ada",
    "library": "LOAD '/lib/x86_64-linux-gnu/libc.so.6'",
    "c_function": "CREATE FUNCTION app.s(int) RETURNS int AS 'libc.so.6', 'system' LANGUAGE c",
    "leak_function": "CREATE FUNCTION app.leak(text) RETURNS bool LANGUAGE plpgsql "
    "COST 0.0000001 AS 'BEGIN RAISE NOTICE ''%'', $1; RETURN true; END'",
    "temp_function": "CREATE FUNCTION pg_temp.leak(text) RETURNS bool LANGUAGE sql "
    "AS 'SELECT true'",
    "new_my_units": "CREATE OR REPLACE FUNCTION sec.my_units(what text) RETURNS integer[] "
    "LANGUAGE sql AS 'SELECT ARRAY[1,2,3,4,5]'",
    "alter_my_units": "ALTER FUNCTION sec.my_units(text) RESET search_path",
    "drop_my_units": "DROP FUNCTION sec.my_units(text)",
    "read_file": "SELECT pg_read_file('PG_VERSION')",
    "list_files": "SELECT pg_ls_dir('.')",
    "stat_file": "SELECT pg_stat_file('PG_VERSION')",
    "large_object": "SELECT lo_import('/etc/passwd')",
    "large_export": "SELECT lo_export(1, '/tmp/x')",
    "program": "COPY (SELECT 1) TO PROGRAM 'id'",
    "file": "COPY (SELECT 1) TO '/tmp/celah'",
    "passwords": "SELECT * FROM pg_authid",
    "raw_statistics": "SELECT * FROM pg_statistic",
    "user_mappings": "SELECT * FROM pg_user_mapping",
    "catalogue": "UPDATE pg_class SET relrowsecurity = false",
    "policies": "DELETE FROM pg_policy",
    "reload": "SELECT pg_reload_conf()",
    "rotate": "SELECT pg_rotate_logfile()",
    "promote": "SELECT pg_promote()",
    "slot": "SELECT pg_create_physical_replication_slot('celah')",
    "checkpoint": "CHECKPOINT",
    "closure_read": "SELECT * FROM sec.unit_closure",
    "closure_write": "INSERT INTO sec.unit_closure VALUES (2, 5)",
    "closure_fill": "SELECT sec.fill_closure()",
    "trace_insert": "INSERT INTO audit.change (at, who, tab, pk, op, txid, payload) "
    "VALUES (now(), 'x', 'unit', '1', 'U', 1, '{}')",
    "trace_update": "UPDATE audit.change SET who = 'x'",
    "trace_delete": "DELETE FROM audit.change",
    "trace_truncate": "TRUNCATE audit.change CASCADE",
    "trace_drop": "DROP TABLE audit.change CASCADE",
    "trace_trigger": "ALTER TABLE audit.change DISABLE TRIGGER ALL",
    "trace_lock": "BEGIN; LOCK TABLE audit.change IN EXCLUSIVE MODE",
    "seal_insert": "INSERT INTO audit.seal VALUES (999999, 1, 'x')",
    "seal_delete": "DELETE FROM audit.seal",
    "seal_update": "UPDATE audit.seal SET hash = 'x'",
    "seal_lock": "BEGIN; LOCK TABLE audit.seal IN SHARE ROW EXCLUSIVE MODE",
    "version": "UPDATE app.alembic_version SET version_num = '0001'",
    "version_delete": "DELETE FROM app.alembic_version",
    "installation": "UPDATE app.installation SET min_app = '99'",
    "drop_database": "DROP DATABASE postgres",
    "event_trigger": "CREATE EVENT TRIGGER celah ON ddl_command_start EXECUTE FUNCTION sec.guard()",
    "cast": "CREATE CAST (text AS integer) WITHOUT FUNCTION",
    "operator": "CREATE OPERATOR app.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
    "domain": "CREATE DOMAIN app.celah AS text",
    "type": "CREATE TYPE app.celah AS (x int)",
    "sequence": "CREATE SEQUENCE app.celah",
    "tablespace": "CREATE TABLESPACE celah LOCATION '/tmp'",
    "subscription": "CREATE SUBSCRIPTION celah CONNECTION 'x' PUBLICATION x WITH (connect = false)",
}
CHANGES = {
    "move_here": "UPDATE app.employee SET unit_id = 4, version = version + 1 WHERE unit_id = 5",
    "report_of_b": f"UPDATE app.work_report SET rating = 5, {NEXT} WHERE unit_id IN {B}",
    "all_scores": "UPDATE app.assessment SET score = 120, version = version + 1 WHERE unit_id = 5",
    "line_of_b": f"UPDATE app.recommendation_line SET net = 1, {NEXT} WHERE unit_id IN {B}",
    "final_b": f"UPDATE app.recommendation SET state = 'dikunci', {NEXT} WHERE unit_id IN {B}",
    "jump_to_final": "UPDATE app.recommendation SET state = 'dikunci', version = version + 1",
    "head_of_b": "INSERT INTO app.mandate (version, unit_id, account_id, role, decree, valid_from, "
    "withdrawn) SELECT 1, 3, id, 'kepala', '', '2020-01-01', false FROM app.account "
    "WHERE login = session_user",
    "other_login": "UPDATE app.account SET login = session_user, version = version + 1",
    "other_employee": "UPDATE app.account SET employee_id = 1, version = version + 1 "
    "WHERE login = session_user",
    "longer_term": "UPDATE app.mandate SET valid_to = NULL, version = version + 1 "
    f"WHERE account_id = {ME.format('id')}",
    "own_class": "UPDATE app.position SET job_class = 17, version = version + 1 "
    f"WHERE employee_id = {ME.format('employee_id')}",
    "own_score": "UPDATE app.assessment SET score = 120, version = version + 1 "
    f"WHERE employee_id = {ME.format('employee_id')}",
    "own_pay": "UPDATE app.recommendation_line SET gross = 99999999, net = 99999999, "
    "version = version + 1 "
    f"WHERE employee_id = {ME.format('employee_id')}",
    "own_correction": "INSERT INTO app.correction (version, unit_id, employee_id, day, reason, "
    "evidence, actor, at, withdrawn) SELECT 1, 4, employee_id, '2026-09-09', 'x', '', 'x', now(), "
    "false FROM app.account WHERE login = session_user",
}
FUNCTIONS = {  # these may end well and do nothing: what they did is looked at afterwards
    "grant_function": "GRANT EXECUTE ON FUNCTION sec.my_units(text) TO PUBLIC",
    "vacuum_full": "VACUUM FULL pg_catalog.pg_class",
    "seal": "SELECT audit.seal_now()",
    "head": "SELECT * FROM audit.head()",
    "advisory": "SELECT pg_try_advisory_xact_lock(1)",
    "notify": "NOTIFY celah, 'x'",
    "listen": "LISTEN celah; UNLISTEN *",
    "cancel_others": "SELECT pg_cancel_backend(pid) FROM pg_stat_activity "
    "WHERE usename IS DISTINCT FROM session_user AND backend_type = 'checkpointer'",
    "create_login": "SELECT sec.create_login('p_199999999999999999', 'x')",
    "weak_login": "SELECT sec.create_login('k_owner', 'x')",
    "reset_console": "SELECT sec.reset_login('wfh_admin', 'x')",
    "close_console": "SELECT sec.close_login('k_owner')",
    "write_trace": "SELECT audit.write()",
    "guard": "SELECT sec.guard()",
}

HANDWRITTEN = [
    *(_read(name, text) for name, text in QUERIES.items()),
    *(
        _no(name, text, *OFTEN)
        for name, text in REFUSALS.items()
    ),
    *(Attack(name, text, SOME) for name, text in CHANGES.items()),
    *(Attack(name, text, SOME | OFTEN | {"0A000", "P0001"}) for name, text in FUNCTIONS.items()),
]  # fmt: skip
