-- The trace of every change, and the chain that seals it. May be run again at any time.
--
-- Run by a superuser, once the schemas, the tables of `app` and the functions of `sec` are there.
-- Everything here belongs to k_audit, which owns nothing else: who may change the shape of the
-- data cannot touch what is known of its changes by the same right. Nobody signs in as either.

GRANT USAGE ON SCHEMA sec TO k_audit;  -- to name its functions in policies

-- The tables -------------------------------------------------------------------------------------

SET ROLE k_audit;

CREATE TABLE IF NOT EXISTS audit.change (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  who varchar(63) NOT NULL,
  unit_id integer,
  tab varchar(40) NOT NULL,
  pk varchar(40) NOT NULL,
  op varchar(1) NOT NULL,
  txid bigint NOT NULL,
  addr varchar(45) NOT NULL DEFAULT '',
  payload text NOT NULL
);
CREATE INDEX IF NOT EXISTS ix_change_unit_id_seq ON audit.change (unit_id, seq);
CREATE INDEX IF NOT EXISTS ix_change_tab_pk ON audit.change (tab, pk);
CREATE INDEX IF NOT EXISTS ix_change_txid ON audit.change (txid);

CREATE TABLE IF NOT EXISTS audit.seal (
  seal bigint PRIMARY KEY,
  seq bigint NOT NULL UNIQUE REFERENCES audit.change (seq),
  hash varchar(64) NOT NULL
);

-- Up to where nothing unsealed can appear any more, so that sealing need not look further back:
-- all up to `floor`; all up to `seq` as soon as every transaction before `xid` has ended.
CREATE TABLE IF NOT EXISTS audit.mark (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  floor bigint NOT NULL DEFAULT 0,
  seq bigint NOT NULL DEFAULT 0,
  xid bigint NOT NULL DEFAULT 0
);
INSERT INTO audit.mark DEFAULT VALUES ON CONFLICT DO NOTHING;

-- What is written cannot be changed --------------------------------------------------------------

CREATE OR REPLACE FUNCTION audit.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'append_only' USING ERRCODE = '42501';
END $$;

CREATE OR REPLACE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.change
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE OR REPLACE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.seal
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

-- Writing ----------------------------------------------------------------------------------------

RESET ROLE;

-- A rank carries no unit of its own: it is seen by whoever sees the person.
CREATE OR REPLACE FUNCTION audit.unit_of(person integer) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT e.unit_id FROM app.employee e WHERE e.id = person
$$;
ALTER FUNCTION audit.unit_of(integer) OWNER TO k_owner;

SET ROLE k_audit;

-- One row of a table as it was and as it became; of an UPDATE only what differs. The arguments of
-- the trigger name the columns of files, of which only size and SHA-256 are told.
CREATE OR REPLACE FUNCTION audit.write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  was jsonb;
  becomes jsonb;
  whole jsonb;
  file bytea;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO audit.change (at, who, tab, pk, op, txid, addr, payload)
    VALUES (clock_timestamp(), session_user, TG_TABLE_NAME, '', 'T',
      pg_current_xact_id()::text::bigint, coalesce(host(inet_client_addr()), ''),
      '{"new": null, "old": null}');
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    was := to_jsonb(OLD);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    becomes := to_jsonb(NEW);
  END IF;
  whole := coalesce(becomes, was);
  IF TG_OP = 'UPDATE' THEN
    SELECT coalesce(jsonb_object_agg(o.key, o.value), '{}'),
        coalesce(jsonb_object_agg(o.key, whole -> o.key), '{}')
      INTO was, becomes
      FROM jsonb_each(was) o WHERE o.value IS DISTINCT FROM whole -> o.key;
  END IF;
  FOR i IN 0 .. TG_NARGS - 1 LOOP
    IF jsonb_typeof(was -> TG_ARGV[i]) = 'string' THEN
      file := decode(substr(was ->> TG_ARGV[i], 3), 'hex');
      was := was || jsonb_build_object(TG_ARGV[i],
        jsonb_build_object('bytes', length(file), 'sha256', encode(sha256(file), 'hex')));
    END IF;
    IF jsonb_typeof(becomes -> TG_ARGV[i]) = 'string' THEN
      file := decode(substr(becomes ->> TG_ARGV[i], 3), 'hex');
      becomes := becomes || jsonb_build_object(TG_ARGV[i],
        jsonb_build_object('bytes', length(file), 'sha256', encode(sha256(file), 'hex')));
    END IF;
  END LOOP;
  INSERT INTO audit.change (at, who, unit_id, tab, pk, op, txid, addr, payload)
  VALUES (clock_timestamp(), session_user,
    CASE
      WHEN whole ->> 'unit_id' IS NOT NULL THEN (whole ->> 'unit_id')::integer
      WHEN TG_TABLE_NAME = 'unit' THEN (whole ->> 'id')::integer
      WHEN whole ->> 'employee_id' IS NOT NULL THEN audit.unit_of((whole ->> 'employee_id')::integer)
    END,
    TG_TABLE_NAME, coalesce(whole ->> 'id', ''), left(TG_OP, 1),
    pg_current_xact_id()::text::bigint, coalesce(host(inet_client_addr()), ''),
    jsonb_build_object('old', was, 'new', becomes)::text);
  RETURN NULL;
END $$;

-- Tens of thousands of scans come at once, from a file that is kept with its own hash: one row of
-- the trace for those of a statement in a unit, with their number and the SHA-256 of all of them.
CREATE OR REPLACE FUNCTION audit.write_many() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD' AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit.change (at, who, unit_id, tab, pk, op, txid, addr, payload)
    SELECT clock_timestamp(), session_user, r.unit_id, TG_TABLE_NAME, min(r.id)::text, 'I',
      pg_current_xact_id()::text::bigint, coalesce(host(inet_client_addr()), ''),
      jsonb_build_object('old', NULL, 'new', jsonb_build_object(
        'rows', count(*), 'first', min(r.id), 'last', max(r.id), 'sha256',
        encode(sha256(convert_to(string_agg(r::text, E'\n' ORDER BY r.id), 'UTF8')), 'hex')))::text
    FROM new_rows r GROUP BY r.unit_id;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO audit.change (at, who, unit_id, tab, pk, op, txid, addr, payload)
    SELECT clock_timestamp(), session_user, r.unit_id, TG_TABLE_NAME, min(r.id)::text, 'D',
      pg_current_xact_id()::text::bigint, coalesce(host(inet_client_addr()), ''),
      jsonb_build_object('new', NULL, 'old', jsonb_build_object(
        'rows', count(*), 'first', min(r.id), 'last', max(r.id), 'sha256',
        encode(sha256(convert_to(string_agg(r::text, E'\n' ORDER BY r.id), 'UTF8')), 'hex')))::text
    FROM old_rows r GROUP BY r.unit_id;
  ELSE
    INSERT INTO audit.change (at, who, unit_id, tab, pk, op, txid, addr, payload)
    SELECT clock_timestamp(), session_user, n.unit_id, TG_TABLE_NAME, min(n.id)::text, 'U',
      pg_current_xact_id()::text::bigint, coalesce(host(inet_client_addr()), ''),
      jsonb_build_object(
        'old', jsonb_build_object('rows', count(*), 'first', min(o.id), 'last', max(o.id), 'sha256',
          encode(sha256(convert_to(string_agg(o::text, E'\n' ORDER BY o.id), 'UTF8')), 'hex')),
        'new', jsonb_build_object('rows', count(*), 'first', min(n.id), 'last', max(n.id), 'sha256',
          encode(sha256(convert_to(string_agg(n::text, E'\n' ORDER BY n.id), 'UTF8')), 'hex')))::text
    FROM new_rows n JOIN old_rows o ON o.id = n.id GROUP BY n.unit_id;
  END IF;
  RETURN NULL;
END $$;

-- Sealing ----------------------------------------------------------------------------------------

-- Anyone may call this, and every client does once a minute. Rows are sealed in the order of their
-- numbers as far as they are committed; one that is committed late is sealed late. The lock is on
-- the table because users can take no such lock themselves, as they could an advisory one.
CREATE OR REPLACE FUNCTION audit.seal_now(max_rows integer DEFAULT 5000) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mark audit.mark;
  ended bigint;
  begun bigint;
  newest bigint;
  one audit.change;
  link bigint;
  hash text;
  done bigint := 0;
  most bigint := least(greatest(coalesce(max_rows, 5000), 0), 100000);
BEGIN
  BEGIN
    LOCK TABLE audit.seal IN SHARE ROW EXCLUSIVE MODE NOWAIT;
  EXCEPTION WHEN lock_not_available THEN
    RETURN 0;
  END;
  SELECT * INTO mark FROM audit.mark;
  SELECT coalesce(max(c.seq), 0) INTO newest FROM audit.change c;
  IF newest = mark.floor THEN
    RETURN 0;
  END IF;
  ended := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  begun := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
  SELECT s.seal, s.hash INTO link, hash FROM audit.seal s ORDER BY s.seal DESC LIMIT 1;
  link := coalesce(link, 0);
  hash := coalesce(hash, repeat('0', 64));
  FOR one IN
    SELECT c.* FROM audit.change c
    WHERE c.seq > mark.floor AND NOT EXISTS (SELECT 1 FROM audit.seal s WHERE s.seq = c.seq)
    ORDER BY c.seq LIMIT most
  LOOP
    link := link + 1;
    done := done + 1;
    hash := encode(sha256(convert_to(concat_ws(E'\x1f', hash, link, one.seq,
      to_char(one.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), one.who,
      coalesce(one.unit_id::text, ''), one.tab, one.pk, one.op, one.txid, one.addr, one.payload),
      'UTF8')), 'hex');
    INSERT INTO audit.seal VALUES (link, one.seq, hash);
  END LOOP;
  IF done < most AND mark.xid <= ended THEN
    UPDATE audit.mark m SET floor = greatest(m.floor, m.seq), seq = newest, xid = begun;
  ELSIF mark.xid > begun THEN  -- restored on another server, whose transactions count anew
    UPDATE audit.mark m SET seq = 0, xid = 0;
  END IF;
  RETURN done;
END $$;

-- The last link, which is printed on papers and filed outside: an anchor of all before it.
CREATE OR REPLACE FUNCTION audit.head(OUT seal bigint, OUT hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.seal, s.hash::text FROM audit.seal s ORDER BY s.seal DESC LIMIT 1
$$;

-- The link of a number, by which anybody can tell whether an anchor still holds.
CREATE OR REPLACE FUNCTION audit.hash_of(number bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.hash::text FROM audit.seal s WHERE s.seal = number
$$;

-- Papers -----------------------------------------------------------------------------------------

RESET ROLE;

-- Whoever holds a paper in hand may ask what it is, though its unit is closed to them. A code has
-- 60 bits, so that nobody finds one by trying.
CREATE OR REPLACE FUNCTION audit.paper(codes text[], hash text) RETURNS TABLE (
  paper varchar, unit varchar, year integer, month integer, revision integer, draft boolean,
  code varchar, at timestamptz, actor varchar, whole boolean, newest integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH direct AS (
    SELECT p.id FROM app.printed_paper p WHERE p.code = ANY (codes) OR p.sha256 = hash
  ), sheets AS (  -- of a paper with a sheet for each person
    SELECT p.id FROM app.printed_paper p
    JOIN app.audit_entry e ON e.subject = 'printed_paper:' || p.id
    WHERE NOT EXISTS (SELECT FROM direct) AND p.paper = 'rincian' AND e.action = 'paper.issued'
      AND jsonb_exists_any(e.details::jsonb -> 'sheets', codes)
  )
  SELECT p.paper, u.name, p.year, p.month, p.revision, p.draft, p.code, p.at, p.actor,
    p.sha256 = hash AND (p.draft OR encode(sha256(p.content), 'hex') = hash),
    (SELECT max(r.revision) FROM app.recommendation r
      WHERE r.unit_id = p.unit_id AND r.year = p.year AND r.month = p.month
        AND r.state = 'dikunci')
  FROM app.printed_paper p JOIN app.unit u ON u.id = p.unit_id
  WHERE p.id IN (SELECT d.id FROM direct d UNION ALL SELECT s.id FROM sheets s)
$$;
ALTER FUNCTION audit.paper(text[], text) OWNER TO k_owner;

SET ROLE k_audit;

-- Who may see what -------------------------------------------------------------------------------

ALTER TABLE audit.change ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.mark ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS read_unit ON audit.change;
CREATE POLICY read_unit ON audit.change FOR SELECT TO k_user
  USING (unit_id = ANY ((SELECT sec.my_units('read'))::int[]));
DROP POLICY IF EXISTS read_all ON audit.change;
CREATE POLICY read_all ON audit.change FOR SELECT TO k_all USING ((SELECT sec.reads_all()));
DROP POLICY IF EXISTS read_all ON audit.seal;
CREATE POLICY read_all ON audit.seal FOR SELECT TO k_all USING ((SELECT sec.reads_all()));

REVOKE ALL ON audit.change, audit.seal, audit.mark FROM PUBLIC, k_user, k_all, k_owner;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA audit FROM PUBLIC, k_user, k_all, k_owner;
GRANT SELECT ON audit.change TO k_user, k_all;
GRANT SELECT ON audit.seal TO k_all;
REVOKE ALL ON FUNCTION audit.refuse(), audit.write(), audit.write_many(),
  audit.seal_now(integer), audit.head(), audit.hash_of(bigint) FROM PUBLIC, k_user, k_all, k_owner;
GRANT EXECUTE ON FUNCTION audit.seal_now(integer), audit.head(), audit.hash_of(bigint)
  TO k_user, k_all;
GRANT USAGE ON SCHEMA audit TO k_user, k_all;

RESET ROLE;
REVOKE ALL ON FUNCTION audit.unit_of(integer), audit.paper(text[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.paper(text[], text) TO k_user, k_all;
GRANT EXECUTE ON FUNCTION audit.unit_of(integer) TO k_audit;

-- Every table of the application leaves a trace --------------------------------------------------

DO $$
DECLARE
  tab record;
  target text;
  event text;
  files text;
BEGIN
  FOR tab IN
    SELECT c.oid, c.relname FROM pg_class c
    WHERE c.relnamespace = 'app'::regnamespace AND c.relkind = 'r'
      AND c.relname <> 'alembic_version'
    ORDER BY c.relname
  LOOP
    target := 'app.' || quote_ident(tab.relname);
    EXECUTE 'CREATE OR REPLACE TRIGGER trace_truncate AFTER TRUNCATE ON ' || target
      || ' FOR EACH STATEMENT EXECUTE FUNCTION audit.write()';
    IF tab.relname = 'scan' THEN
      FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete'] LOOP
        EXECUTE 'CREATE OR REPLACE TRIGGER trace_' || event || ' AFTER ' || event || ' ON '
          || target || ' REFERENCING '
          || CASE WHEN event <> 'insert' THEN 'OLD TABLE AS old_rows ' ELSE '' END
          || CASE WHEN event <> 'delete' THEN 'NEW TABLE AS new_rows ' ELSE '' END
          || 'FOR EACH STATEMENT EXECUTE FUNCTION audit.write_many()';
      END LOOP;
    ELSE
      SELECT coalesce(string_agg(quote_literal(a.attname), ', ' ORDER BY a.attnum), '') INTO files
        FROM pg_attribute a
        WHERE a.attrelid = tab.oid AND a.attnum > 0 AND NOT a.attisdropped
          AND a.atttypid = 'bytea'::regtype;
      EXECUTE 'CREATE OR REPLACE TRIGGER trace AFTER INSERT OR UPDATE OR DELETE ON ' || target
        || ' FOR EACH ROW EXECUTE FUNCTION audit.write(' || files || ')';
    END IF;
  END LOOP;
END $$;
