-- Who is asking, and which units and people are theirs. Everything rests on session_user: the name
-- under which a connection signed in, which nothing that it sends can change.
--
-- They are PL/pgSQL because that keeps its plans for as long as a connection lasts; functions in SQL
-- are planned anew for every statement, which costs more than the query behind a policy.

SET ROLE k_owner;

-- The server's console: whoever maintains the database, and can do everything anyway.
CREATE FUNCTION sec.is_console() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT pg_has_role(session_user, 'k_owner', 'MEMBER')
$$;

-- The date in a zone of Indonesia now, by the server's clock: the client may set its own zone.
CREATE FUNCTION sec.today(zone text) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (statement_timestamp() AT TIME ZONE
    CASE zone WHEN 'WIT' THEN interval '9 hours' WHEN 'WITA' THEN interval '8 hours'
      ELSE interval '7 hours' END)::date
$$;

CREATE FUNCTION sec.my_account() RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (
  SELECT a.id FROM app.account a WHERE a.login = session_user::text
); END
$$;

-- Whoever has the NIP of the login is the one who signs in, whatever the account says.
CREATE FUNCTION sec.my_employee() RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (
  SELECT coalesce(
    (SELECT e.id FROM app.employee e WHERE e.nip = substr(session_user::text, 3)),
    (SELECT a.employee_id FROM app.account a WHERE a.login = session_user::text))
); END
$$;

CREATE FUNCTION sec.my_name() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(
    (SELECT a.name FROM app.account a WHERE a.login = session_user::text), session_user::text)
$$;

-- The units in which the caller holds today a mandate with one of the rights in *what*, which
-- are divided by |, and all units below them.
CREATE FUNCTION sec.my_units(what text) RETURNS integer[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (
  SELECT coalesce(array_agg(DISTINCT c.descendant_id), '{}')
  FROM app.account a
  JOIN app.mandate m ON m.account_id = a.id AND NOT m.withdrawn
  JOIN app.unit u ON u.id = m.unit_id
  JOIN (VALUES {RIGHTS}) AS r (role, what)
    ON r.role = m.role AND r.what = ANY (string_to_array($1, '|'))
  JOIN sec.unit_closure c ON c.ancestor_id = m.unit_id
  WHERE a.login = session_user::text AND a.active
    AND sec.today(u.zone) BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity')
); END
$$;

-- The units that the caller may read, and all above them: whose calendar and rules hold for them.
CREATE FUNCTION sec.my_lineage() RETURNS integer[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (
  SELECT coalesce(array_agg(DISTINCT c.ancestor_id), '{}')
  FROM sec.unit_closure c WHERE c.descendant_id = ANY (sec.my_units('read'))
); END
$$;

-- The people of the units in which the caller has the right: for reading, whoever ever served
-- there, and the caller; for anything else, whoever serves there now or is to.
CREATE FUNCTION sec.my_people(what text DEFAULT 'read') RETURNS integer[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (
  WITH mine AS MATERIALIZED (SELECT unnest(sec.my_units($1)) AS unit_id)
  SELECT coalesce(array_agg(DISTINCT found.id), '{}')
  FROM (
    SELECT e.id FROM app.employee e JOIN mine ON mine.unit_id = e.unit_id
    UNION ALL
    SELECT p.employee_id FROM app.position p JOIN mine ON mine.unit_id = p.unit_id
    WHERE NOT p.withdrawn AND ($1 = 'read' OR coalesce(p.valid_to >= sec.today('WIB'), true))
    UNION ALL
    SELECT sec.my_employee() WHERE $1 = 'read'
  ) found
  WHERE found.id IS NOT NULL
); END
$$;

-- Whoever serves now, or is to, in the units that the caller may read, and the caller: what was
-- noted of them elsewhere before may still count today, as a leave or a sanction does.
CREATE FUNCTION sec.my_staff() RETURNS integer[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (
  WITH mine AS MATERIALIZED (SELECT unnest(sec.my_units('read')) AS unit_id)
  SELECT coalesce(array_agg(DISTINCT found.id), '{}')
  FROM (
    SELECT e.id FROM app.employee e JOIN mine ON mine.unit_id = e.unit_id
    UNION ALL
    SELECT p.employee_id FROM app.position p JOIN mine ON mine.unit_id = p.unit_id
    WHERE NOT p.withdrawn AND coalesce(p.valid_to >= sec.today('WIB'), true)
    UNION ALL
    SELECT sec.my_employee()
  ) found
  WHERE found.id IS NOT NULL
); END
$$;

CREATE FUNCTION sec.administers_root() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (
  SELECT EXISTS (
    SELECT 1 FROM app.unit u
    WHERE u.parent_id IS NULL AND u.id = ANY (sec.my_units('administer')))
); END
$$;

-- Whether the caller holds today a mandate of the inspektorat in a unit that has none above it.
CREATE FUNCTION sec.reads_all() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN (
  SELECT EXISTS (
    SELECT 1 FROM app.account a
    JOIN app.mandate m ON m.account_id = a.id AND NOT m.withdrawn AND m.role = 'inspektorat'
    JOIN app.unit u ON u.id = m.unit_id AND u.parent_id IS NULL
    WHERE a.login = session_user::text AND a.active
      AND sec.today(u.zone) BETWEEN m.valid_from AND coalesce(m.valid_to, 'infinity'))
); END
$$;

-- Units above and below each other, kept from the tree whenever it changes.
CREATE FUNCTION sec.keep_closure() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM sec.fill_closure();
  RETURN NULL;
END $$;

CREATE FUNCTION sec.fill_closure() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  LOCK TABLE sec.unit_closure IN SHARE ROW EXCLUSIVE MODE;
  WITH RECURSIVE tree AS (
    SELECT u.id AS ancestor_id, u.id AS descendant_id FROM app.unit u
    UNION
    SELECT t.ancestor_id, u.id FROM tree t JOIN app.unit u ON u.parent_id = t.descendant_id
  ), gone AS (
    DELETE FROM sec.unit_closure c
    WHERE (c.ancestor_id, c.descendant_id) NOT IN (SELECT * FROM tree)
  )
  INSERT INTO sec.unit_closure SELECT * FROM tree
  EXCEPT SELECT c.ancestor_id, c.descendant_id FROM sec.unit_closure c;
  IF EXISTS (
    SELECT 1 FROM sec.unit_closure one
    JOIN sec.unit_closure other
      ON (other.ancestor_id, other.descendant_id) = (one.descendant_id, one.ancestor_id)
    WHERE one.ancestor_id <> one.descendant_id)
  THEN
    RAISE EXCEPTION 'unit_cycle' USING ERRCODE = '23514';
  END IF;
END $$;

CREATE TRIGGER closure AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF id, parent_id ON app.unit
  FOR EACH STATEMENT EXECUTE FUNCTION sec.keep_closure();
SELECT sec.fill_closure();

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sec FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.my_account(), sec.my_employee(), sec.my_name(), sec.my_units(text),
  sec.my_lineage(), sec.my_people(text), sec.my_staff(), sec.administers_root(), sec.reads_all(),
  sec.is_console()
  TO k_user, k_all;

RESET ROLE;
