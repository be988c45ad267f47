-- Everything in the server's own books that decides who may do what: one line a fact. What differs
-- between versions of PostgreSQL, between servers and between databases is left out: the name of
-- the database and its owner's peers, the superusers, and the logins of persons.

WITH ours AS (
  SELECT n.oid, n.nspname FROM pg_namespace n WHERE n.nspname IN ('app', 'sec', 'audit', 'public')
), grants AS (
  SELECT 'grant ' || kind || ' ' || name AS line, acl FROM (
    SELECT CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind,
      n.nspname || '.' || c.relname AS name, c.relacl AS acl, c.relowner AS owner,
      CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS type
    FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    UNION ALL
    SELECT 'function', p.oid::regprocedure::text, coalesce(p.proacl, acldefault('f', p.proowner)),
      p.proowner, 'f'
    FROM pg_proc p
    WHERE p.pronamespace IN (SELECT n.oid FROM ours n)
      OR p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ '^lo_(creat|create|from_bytea)$'
    UNION ALL
    SELECT 'schema', n.nspname, s.nspacl, s.nspowner, 'n'
    FROM ours n JOIN pg_namespace s ON s.oid = n.oid
    UNION ALL
    SELECT 'database', 'this', coalesce(d.datacl, acldefault('d', d.datdba)), d.datdba, 'd'
    FROM pg_database d WHERE d.datname = current_database()
  ) objects
), columns AS (
  SELECT n.nspname || '.' || c.relname AS name, a.attname, g.grantee, g.privilege_type,
    g.is_grantable
  FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
  CROSS JOIN LATERAL aclexplode(a.attacl) g
), roles AS (
  SELECT r.* FROM pg_roles r WHERE r.rolname ~ '^k_'
)
SELECT line || ' to ' || CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END
  || ': ' || string_agg(g.privilege_type || CASE WHEN g.is_grantable THEN '*' ELSE '' END, ' '
    ORDER BY g.privilege_type)
FROM grants CROSS JOIN LATERAL aclexplode(acl) g
WHERE g.privilege_type <> 'MAINTAIN'
  AND NOT EXISTS (SELECT 1 FROM pg_roles r WHERE r.oid = g.grantee
    AND (r.rolsuper OR r.rolname LIKE 'pg\_%' AND line = 'grant schema public'))
GROUP BY line, g.grantee
UNION ALL
SELECT format('grant columns %s to %s: %s (%s)', name,
  CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
  privilege_type || CASE WHEN is_grantable THEN '*' ELSE '' END,
  string_agg(attname, ' ' ORDER BY attname))
FROM columns GROUP BY name, grantee, privilege_type, is_grantable
UNION ALL
SELECT format('policy %s.%s %s: %s for %s to %s using (%s) check (%s)', p.schemaname, p.tablename,
  p.policyname, p.permissive, p.cmd, array_to_string(p.roles, ' '),
  regexp_replace(p.qual, '\s+', ' ', 'g'), regexp_replace(p.with_check, '\s+', ' ', 'g'))
FROM pg_policies p JOIN ours n ON n.nspname = p.schemaname
UNION ALL
SELECT format('relation %s.%s: %s of %s, row security %s, forced %s, options %s', n.nspname,
  c.relname, c.relkind, c.relowner::regrole, c.relrowsecurity, c.relforcerowsecurity, c.reloptions)
FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
UNION ALL
SELECT format('constraint %s %s: %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
FROM pg_constraint k JOIN ours n ON n.oid = k.connamespace WHERE k.contype IN ('p', 'u', 'f', 'c')
UNION ALL
SELECT format('index %s.%s: %s', i.schemaname, i.indexname, i.indexdef)
FROM pg_indexes i JOIN ours n ON n.nspname = i.schemaname
UNION ALL
SELECT format('identity %s.%s.%s: %s', n.nspname, c.relname, a.attname, a.attidentity)
FROM pg_class c JOIN ours n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE a.attidentity <> ''
UNION ALL
SELECT format('function %s: %s of %s, definer %s, %s, leakproof %s, strict %s, parallel %s, set %s, '
  'language %s, returns %s, body %s', p.oid::regprocedure, p.prokind, p.proowner::regrole,
  p.prosecdef, p.provolatile, p.proleakproof, p.proisstrict, p.proparallel, p.proconfig,
  l.lanname, p.prorettype::regtype, encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex'))
FROM pg_proc p JOIN ours n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
UNION ALL
SELECT format('trigger %s.%s %s: %s, %s', n.nspname, c.relname, t.tgname, t.tgenabled,
  pg_get_triggerdef(t.oid))
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN ours n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal
UNION ALL
SELECT format('trigger of a reference disabled: %s %s', t.tgrelid::regclass, t.tgconstraint)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN ours n ON n.oid = c.relnamespace
WHERE t.tgisinternal AND t.tgenabled <> 'O'
UNION ALL
SELECT format('rule %s.%s %s', r.schemaname, r.tablename, r.rulename)
FROM pg_rules r JOIN ours n ON n.nspname = r.schemaname
UNION ALL
SELECT format('schema %s of %s', s.nspname,
  CASE WHEN s.nspname = 'public' THEN 'anybody' ELSE s.nspowner::regrole::text END)
FROM pg_namespace s WHERE s.nspname !~ '^pg_' AND s.nspname <> 'information_schema'
UNION ALL
SELECT format('database of %s', d.datdba::regrole)
FROM pg_database d WHERE d.datname = current_database()
UNION ALL
SELECT format('default of %s in %s for %s: %s', d.defaclrole::regrole, d.defaclnamespace,
  d.defaclobjtype, d.defaclacl)
FROM pg_default_acl d JOIN roles r ON r.oid = d.defaclrole
UNION ALL
SELECT format('role %s: super %s, inherit %s, createrole %s, createdb %s, login %s, '
  'replication %s, bypassrls %s, connections %s', r.rolname, r.rolsuper, r.rolinherit,
  r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication, r.rolbypassrls, r.rolconnlimit)
FROM roles r
UNION ALL
SELECT DISTINCT format('member %s of %s, admin %s', m.member::regrole, m.roleid::regrole,
  m.admin_option)
FROM pg_auth_members m JOIN roles r ON r.oid = m.member JOIN pg_roles g ON g.oid = m.roleid
WHERE NOT (r.rolname = 'k_logins' AND g.rolname ~ '^p_')  -- since 16, who makes a role has it so
UNION ALL
SELECT format('setting of %s: %s', coalesce(r.rolname, 'everybody'), s.setconfig)
FROM pg_db_role_setting s LEFT JOIN roles r ON r.oid = s.setrole
WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
  AND (s.setrole = 0 OR r.oid IS NOT NULL)
UNION ALL
SELECT 'extension ' || e.extname FROM pg_extension e
UNION ALL
SELECT format('event trigger %s', e.evtname) FROM pg_event_trigger e
UNION ALL
-- Logins by what is wrong with them: none of this is to be found on a server in good order.
SELECT format('login %s: %s', CASE WHEN r.rolname ~ '^p_[0-9]{18}$' THEN 'of a person' ELSE
    r.rolname::text END, wrong)
FROM pg_roles r
CROSS JOIN LATERAL (
  SELECT 'may do anything' WHERE r.rolsuper AND r.rolname ~ '^p_'
  UNION ALL
  SELECT 'skips row security' WHERE r.rolbypassrls AND NOT r.rolsuper AND r.rolname <> 'k_backup'
  UNION ALL
  SELECT 'makes roles' WHERE r.rolcreaterole AND NOT r.rolsuper AND r.rolname <> 'k_logins'
  UNION ALL
  SELECT 'makes databases or replicates'
  WHERE (r.rolcreatedb OR r.rolreplication) AND r.rolname ~ '^[pk]_'
  UNION ALL
  SELECT 'has settings of its own' FROM pg_db_role_setting s
  WHERE s.setrole = r.oid AND r.rolname ~ '^p_'
  UNION ALL
  SELECT 'is a member of ' || g.rolname FROM pg_roles g
  WHERE r.rolname ~ '^p_' AND g.oid <> r.oid AND NOT r.rolsuper
    AND g.rolname NOT IN ('k_user', 'k_all') AND pg_has_role(r.oid, g.oid, 'MEMBER')
  UNION ALL
  SELECT 'is a member of both k_user and k_all'
  WHERE r.rolname ~ '^p_' AND NOT r.rolsuper AND pg_has_role(r.oid, 'k_user', 'MEMBER')
    AND pg_has_role(r.oid, 'k_all', 'MEMBER')
  UNION ALL
  SELECT 'may pass membership on' FROM pg_auth_members m
  WHERE m.member = r.oid AND m.admin_option AND r.rolname ~ '^p_'
  UNION ALL
  SELECT 'owns something' FROM pg_shdepend d
  WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid AND d.deptype = 'o'
    AND r.rolname ~ '^p_' AND d.dbid IN (0, (
      SELECT b.oid FROM pg_database b WHERE b.datname = current_database()))
) AS found (wrong)
WHERE r.rolname !~ '^pg_'
ORDER BY 1
