"""What a unit head may try on the trace with their own login and a raw connection."""

import psycopg
import pytest

ATTACKS = [
    "UPDATE audit.change SET payload = '{}'",
    "UPDATE audit.change SET who = 'p_b' WHERE seq = 1",
    "DELETE FROM audit.change",
    "DELETE FROM audit.change WHERE who = session_user",
    "TRUNCATE audit.change",
    "TRUNCATE audit.change CASCADE",
    "TRUNCATE audit.seal",
    "UPDATE audit.seal SET hash = ''",
    "DELETE FROM audit.seal",
    "UPDATE audit.mark SET floor = 9999999",
    "INSERT INTO audit.mark VALUES (true, 9, 9, 9)",
    "DROP TABLE audit.change",
    "DROP TABLE audit.seal CASCADE",
    "DROP SCHEMA audit CASCADE",
    "ALTER TABLE audit.change DISABLE TRIGGER kept",
    "ALTER TABLE audit.change DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE audit.change DROP COLUMN payload",
    "ALTER TABLE audit.change RENAME TO x",
    "ALTER TABLE audit.change ADD COLUMN x int",
    "ALTER TABLE app.unit DISABLE TRIGGER trace",
    "ALTER TABLE app.unit DISABLE TRIGGER ALL",
    "DROP TRIGGER trace ON app.unit",
    "ALTER FUNCTION audit.write() RENAME TO w2",
    "DROP FUNCTION audit.write() CASCADE",
    "CREATE OR REPLACE FUNCTION audit.write() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RETURN NULL; END'",
    "INSERT INTO audit.change (at, who, tab, pk, op, txid, payload) "
    "VALUES (now(), 'p_b', 'tpp', '1', 'U', 1, '{}')",
    "INSERT INTO audit.seal VALUES (999, 1, '00')",
    "SET session_replication_role = replica",
    "SET LOCAL session_replication_role = 'local'",
    "LOCK TABLE audit.change IN ACCESS EXCLUSIVE MODE",
    "LOCK TABLE audit.seal IN SHARE ROW EXCLUSIVE MODE",
    "COPY audit.change FROM STDIN",
    "COMMENT ON TABLE audit.change IS 'x'",
    "CREATE INDEX ON audit.change (who)",
    "CREATE TRIGGER z BEFORE INSERT ON audit.change FOR EACH ROW "
    "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE z AS ON INSERT TO audit.change DO INSTEAD NOTHING",
    "ALTER SEQUENCE audit.change_seq_seq RESTART 1",
    "SELECT setval('audit.change_seq_seq', 1)",
    "SELECT nextval('audit.change_seq_seq')",
    "GRANT ALL ON audit.change TO CURRENT_USER",
    "REVOKE ALL ON audit.change FROM k_audit",
    "SET ROLE k_audit",
    "SET ROLE k_owner",
    "SELECT audit.write()",
    "SELECT audit.unit_of(1)",
    "SELECT audit.seal_now(-1)",
    "SELECT audit.seal_now(NULL)",
    "SET search_path = pg_temp; SELECT audit.seal_now(5000)",
    "CREATE TEMP TABLE seal (seal bigint); SELECT audit.seal_now(5000)",
    "REINDEX TABLE audit.change",
    "CLUSTER audit.change USING change_pkey",
    "WITH x AS (DELETE FROM audit.change RETURNING *) SELECT count(*) FROM x",
    "MERGE INTO audit.change c USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
]
# Everybody may seal; of a grant that one may not give, the server says so and does nothing.
HARMLESS = ("audit.seal_now", "GRANT ALL", "REVOKE ALL")
STATE = """SELECT (SELECT md5(string_agg(c::text, '|' ORDER BY seq)) FROM audit.change c),
  (SELECT md5(string_agg(s::text, '|' ORDER BY seal)) FROM audit.seal s),
  (SELECT last_value FROM audit.change_seq_seq),
  (SELECT md5(string_agg(pg_get_functiondef(p.oid), '|' ORDER BY p.oid)) FROM pg_proc p
    WHERE p.pronamespace = 'audit'::regnamespace),
  (SELECT md5(string_agg(t.tgname || t.tgenabled::text, '|' ORDER BY t.oid)) FROM pg_trigger t),
  (SELECT md5(string_agg(c.relname || coalesce(c.relacl::text, ''), '|' ORDER BY c.oid))
    FROM pg_class c WHERE c.relnamespace = 'audit'::regnamespace)"""
WRITES = [  # every way in which a row can be changed
    "INSERT INTO app.objective (unit_id, year, title, version) VALUES (2, 2026, 'x', 1)",
    "UPDATE app.objective SET title = 'a', version = version + 1 WHERE unit_id = 2",
    "WITH x AS (UPDATE app.objective SET title = 'b', version = version + 1 "
    "WHERE unit_id = 2 RETURNING 1) SELECT count(*) FROM x",
    "INSERT INTO app.objective (unit_id, year, title, version) VALUES (2, 2026, 'c', 1)",
    "MERGE INTO app.objective o USING (SELECT 2 AS unit) s ON o.unit_id = s.unit "
    "WHEN MATCHED THEN UPDATE SET title = 'd', version = o.version + 1",
    "DO $$ BEGIN UPDATE app.objective SET title = 'e', version = version + 1 "
    "WHERE unit_id = 2; END $$",
    "PREPARE p AS UPDATE app.objective SET title = 'f', version = version + 1 "
    "WHERE unit_id = 2; EXECUTE p",
]


def test_no_attack_of_a_unit_head_changes_the_trace(region):
    with region.connect(region.head_a) as connection:
        while connection.execute("SELECT audit.seal_now()").fetchone()[0]:
            pass
    before = region.one(STATE)
    passed = []
    for attack in ATTACKS:
        try:
            with region.connect(region.head_a) as connection:
                connection.execute(attack)
            passed.append(attack)
        except psycopg.Error:
            pass
    assert region.one(STATE) == before
    wrong = [one for one in passed if not any(name in one for name in HARMLESS)]
    assert wrong == []


def test_the_same_attacks_by_a_superuser_would_be_noticed(region):
    before = region.one(STATE)
    with region.superuser() as connection:
        connection.execute("ALTER TABLE audit.change DISABLE TRIGGER kept")
        connection.execute("UPDATE audit.change SET payload = '{}' WHERE seq = 1")
    assert region.one(STATE) != before


def test_even_the_owner_of_the_trace_appends_only(region):
    with region.superuser() as connection:
        for statement in ATTACKS[:9]:
            with pytest.raises(psycopg.Error, match=r"append_only|referenced"):
                connection.execute(statement)


def test_every_way_of_writing_leaves_its_rows_in_the_trace(region):
    counted = "SELECT count(*), max(seq) FROM audit.change WHERE tab = 'objective'"
    with region.connect(region.head_a) as connection:
        for statement in WRITES:
            before, _ = region.one(counted)
            connection.execute(statement)
            after, last = region.one(counted)
            rows = region.one("SELECT count(*) FROM app.objective WHERE unit_id = 2")[0]
            assert after - before == (1 if statement.startswith("INSERT") else rows), statement
            who, unit_id, addr = region.one(
                "SELECT who, unit_id, addr FROM audit.change WHERE seq = %s", last
            )
            assert (who, unit_id, addr) == (region.head_a, 2, "127.0.0.1")


def test_a_head_reads_the_trace_of_their_own_units_only(region):
    with region.connect(region.head_a) as connection:
        seen = connection.execute("SELECT DISTINCT unit_id FROM audit.change").fetchall()
        text = connection.execute("SELECT string_agg(payload, '') FROM audit.change").fetchone()[0]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM audit.seal")
    assert {unit for (unit,) in seen} == {2, 4}
    assert "RAHASIA-B-" not in text


def test_many_scans_are_one_row_of_the_trace_with_the_hash_of_all(region):
    with region.superuser() as connection:
        connection.execute(
            "INSERT INTO app.scan (unit_id, device, pin, day, at) "
            "SELECT 4, 'x', n::text, '2027-01-01', '07:30' FROM generate_series(1, 500) n"
        )
        (payload,) = connection.execute(
            "SELECT payload::json -> 'new' FROM audit.change ORDER BY seq DESC LIMIT 1"
        ).fetchone()
    assert payload["rows"] == 500
    assert len(payload["sha256"]) == 64


def test_a_change_committed_late_is_sealed_late_and_never_forgotten(region):
    insert = "INSERT INTO app.objective (unit_id, year, title, version) VALUES (2, 2026, %s, 1)"
    unsealed = (
        "SELECT count(*) FROM audit.change c "
        "WHERE NOT EXISTS (SELECT FROM audit.seal s WHERE s.seq = c.seq)"
    )
    with region.superuser() as slow, region.connect(region.head_a) as quick:
        slow.autocommit = False
        slow.execute(insert, ["lambat"])
        quick.execute(insert, ["cepat"])
        for _ in range(3):
            quick.execute("SELECT audit.seal_now()")
        assert region.one(unsealed)[0] == 0
        slow.commit()
        assert region.one(unsealed)[0] > 0
        quick.execute("SELECT audit.seal_now()")
        assert region.one(unsealed)[0] == 0
        for _ in range(3):
            quick.execute("SELECT audit.seal_now()")
        assert region.one("SELECT floor = (SELECT max(seq) FROM audit.change) FROM audit.mark")[0]


def test_sealing_goes_on_after_a_restore_to_a_server_that_counts_anew(region):
    with region.superuser() as connection:
        for _ in range(3):
            connection.execute("SELECT audit.seal_now()")
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE audit.mark SET xid = 9000000000")
        connection.execute("RESET session_replication_role")
        connection.execute("UPDATE app.unit SET name = 'Lain', version = version + 1 WHERE id = 2")
        sealed = [connection.execute("SELECT audit.seal_now()").fetchone()[0] for _ in range(4)]
        assert sealed[0] > 0
        mark = connection.execute("SELECT xid < 9000000000, floor > 0 FROM audit.mark").fetchone()
    assert mark == (True, True)
