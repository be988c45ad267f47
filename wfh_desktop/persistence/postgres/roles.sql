-- The roles of the server. They hold for all its databases. May be run again at any time.
--
-- Nobody signs in as k_owner, k_audit, k_logins, k_user or k_all: the first three own things, the
-- other two are what logins are members of.

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['k_owner', 'k_audit', 'k_logins', 'k_user', 'k_all', 'k_migrator',
    'k_backup']
  LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = name) THEN
      EXECUTE format('CREATE ROLE %I', name);
    END IF;
  END LOOP;
END $$;

ALTER ROLE k_owner NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS NOREPLICATION INHERIT;
ALTER ROLE k_audit NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS NOREPLICATION INHERIT;
ALTER ROLE k_logins NOLOGIN NOSUPERUSER CREATEROLE NOCREATEDB NOBYPASSRLS NOREPLICATION INHERIT;
ALTER ROLE k_user NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS NOREPLICATION INHERIT;
ALTER ROLE k_all NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS NOREPLICATION INHERIT;
ALTER ROLE k_migrator NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS NOREPLICATION INHERIT;
-- Reads everything for a dump and writes nothing; without a password until somebody gives it one.
ALTER ROLE k_backup LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB BYPASSRLS NOREPLICATION INHERIT
  CONNECTION LIMIT 3;
ALTER ROLE k_backup SET default_transaction_read_only = on;

GRANT k_owner TO k_migrator;
GRANT pg_read_all_data TO k_backup;
GRANT pg_signal_backend TO k_logins;  -- ends the sessions of a closed login
GRANT k_user, k_all TO k_logins WITH ADMIN OPTION;
