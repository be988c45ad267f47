-- Takes away everything that the files run after this put there again, and with it whatever a
-- former version, or somebody's hand, has left behind: policies, triggers, functions and grants.

DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT p.polname, p.polrelid::regclass AS tab FROM pg_policy p
    JOIN pg_class c ON c.oid = p.polrelid
    WHERE c.relnamespace IN ('app'::regnamespace, 'sec'::regnamespace, 'audit'::regnamespace)
  LOOP
    EXECUTE format('DROP POLICY %I ON %s', one.polname, one.tab);
  END LOOP;
  FOR one IN
    SELECT t.tgname, t.tgrelid::regclass AS tab FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal
      AND c.relnamespace IN ('app'::regnamespace, 'sec'::regnamespace, 'audit'::regnamespace)
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.tab);
  END LOOP;
  FOR one IN
    SELECT p.oid::regprocedure AS routine FROM pg_proc p
    WHERE p.pronamespace IN ('app'::regnamespace, 'sec'::regnamespace, 'audit'::regnamespace)
  LOOP
    EXECUTE format('DROP ROUTINE %s', one.routine);
  END LOOP;
  FOR one IN
    SELECT c.oid::regclass AS tab, c.relkind, g.grantee
    FROM pg_class c
    CROSS JOIN LATERAL (
      SELECT (aclexplode(c.relacl)).grantee
      UNION
      SELECT (aclexplode(a.attacl)).grantee FROM pg_attribute a WHERE a.attrelid = c.oid
    ) g
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND g.grantee <> c.relowner
      AND c.relnamespace IN ('app'::regnamespace, 'sec'::regnamespace, 'audit'::regnamespace)
  LOOP
    EXECUTE format('REVOKE ALL ON %s %s FROM %s CASCADE',
      CASE one.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, one.tab,
      CASE one.grantee WHEN 0 THEN 'PUBLIC' ELSE one.grantee::regrole::text END);
  END LOOP;
  FOR one IN
    SELECT n.nspname, g.grantee FROM pg_namespace n
    CROSS JOIN LATERAL aclexplode(n.nspacl) g
    WHERE n.nspname IN ('app', 'sec', 'audit') AND g.grantee <> n.nspowner
    GROUP BY n.nspname, g.grantee
  LOOP
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %s CASCADE', one.nspname,
      CASE one.grantee WHEN 0 THEN 'PUBLIC' ELSE one.grantee::regrole::text END);
  END LOOP;
END $$;

GRANT USAGE ON SCHEMA app, sec, audit TO k_user, k_all;
GRANT USAGE ON SCHEMA sec TO k_audit;
GRANT USAGE, CREATE ON SCHEMA sec TO k_logins;
GRANT USAGE ON SCHEMA audit TO k_owner;
