-- Empties a fresh installation, whose own few rows would stand in the way of those of a dump.

SET LOCAL session_replication_role = replica;

DO $$
DECLARE
  tables text;
BEGIN
  SELECT string_agg(c.oid::regclass::text, ', ') INTO tables FROM pg_class c
  WHERE c.relkind = 'r'
    AND c.relnamespace IN ('app'::regnamespace, 'sec'::regnamespace, 'audit'::regnamespace);
  EXECUTE 'TRUNCATE ' || tables;
END $$;
