-- Logins: made, closed, opened and given a password by whoever administers the unit of the account.
--
-- The only functions that run with the right to create roles. A secret is the SCRAM verifier that
-- the client made; a password in clear is refused, so that none reaches a log of the server.

SET ROLE k_owner;

-- Refuses unless the caller administers the account of *who* and every unit in which it holds, or
-- will hold, a mandate: else a password could be reset to borrow rights that one does not have.
CREATE FUNCTION sec.require_administers(who text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  account app.account;
BEGIN
  IF who !~ '^p_[0-9]{18}$' THEN
    RAISE EXCEPTION 'login_name' USING ERRCODE = '23514';
  END IF;
  IF sec.is_console() THEN
    RETURN;
  END IF;
  SELECT a.* INTO account FROM app.account a WHERE a.login = who;
  IF account.id IS NULL OR account.login = session_user::text
    OR account.unit_id <> ALL (sec.my_units('administer'))
    OR EXISTS (
      SELECT 1 FROM app.mandate m
      WHERE m.account_id = account.id AND NOT m.withdrawn
        AND coalesce(m.valid_to >= sec.today('WIB'), true)
        AND m.unit_id <> ALL (sec.my_units('administer')))
  THEN
    RAISE EXCEPTION 'not_administered' USING ERRCODE = '42501';
  END IF;
END $$;

-- Whether *who* only ever reads everything, as the inspektorat does.
CREATE FUNCTION sec.only_inspects(who text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(bool_and(m.role = 'inspektorat'), false)
    AND coalesce(bool_or(u.parent_id IS NULL), false)
  FROM app.account a
  JOIN app.mandate m ON m.account_id = a.id AND NOT m.withdrawn
    AND coalesce(m.valid_to >= sec.today('WIB'), true)
  JOIN app.unit u ON u.id = m.unit_id
  WHERE a.login = who
$$;

REVOKE ALL ON FUNCTION sec.require_administers(text), sec.only_inspects(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.require_administers(text), sec.only_inspects(text) TO k_logins;
RESET ROLE;
SET ROLE k_logins;

-- Puts a login into the group that its mandates ask for: whoever only inspects reads through
-- policies that ask once, not row by row; everybody else through those of their units.
CREATE FUNCTION sec.enrol(who text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  joins text := CASE WHEN sec.only_inspects(who) THEN 'k_all' ELSE 'k_user' END;
  leaves text := CASE joins WHEN 'k_all' THEN 'k_user' ELSE 'k_all' END;
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = who) THEN
    IF pg_has_role(who, leaves, 'MEMBER') THEN
      EXECUTE format('REVOKE %I FROM %I', leaves, who);
    END IF;
    IF NOT pg_has_role(who, joins, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', joins, who);
    END IF;
  END IF;
END $$;

CREATE FUNCTION sec.set_secret(who text, secret text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF secret !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
    RAISE EXCEPTION 'not_a_verifier' USING ERRCODE = '23514';
  END IF;
  EXECUTE format('ALTER ROLE %I PASSWORD %L', who, secret);
END $$;

CREATE FUNCTION sec.end_sessions(who text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT pg_terminate_backend(s.pid) FROM pg_stat_activity s WHERE s.usename = who
$$;

-- A login without a password, with which nobody can sign in yet. Made by this role and no other:
-- since PostgreSQL 16 only who made a role may change it.
CREATE FUNCTION sec.make_login(login text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = login) THEN
    EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION '
      'NOBYPASSRLS INHERIT CONNECTION LIMIT 5', login);
  END IF;
  PERFORM sec.enrol(login);
END $$;

CREATE FUNCTION sec.create_login(login text, secret text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM sec.require_administers(login);
  PERFORM sec.make_login(login);
  PERFORM sec.set_secret(login, secret);
END $$;

CREATE FUNCTION sec.reset_login(login text, secret text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM sec.require_administers(login);
  PERFORM sec.set_secret(login, secret);
  PERFORM sec.end_sessions(login);
END $$;

CREATE FUNCTION sec.close_login(login text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM sec.require_administers(login);
  EXECUTE format('ALTER ROLE %I NOLOGIN', login);
  PERFORM sec.end_sessions(login);
END $$;

CREATE FUNCTION sec.open_login(login text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM sec.require_administers(login);
  EXECUTE format('ALTER ROLE %I LOGIN', login);
END $$;

-- A mandate that comes or goes may change the group.
CREATE FUNCTION sec.enrol_again() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM sec.enrol(sec.login_of(NEW.account_id));
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION sec.enrol(text), sec.set_secret(text, text), sec.end_sessions(text),
  sec.enrol_again(), sec.make_login(text), sec.create_login(text, text), sec.reset_login(text, text),
  sec.close_login(text), sec.open_login(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.create_login(text, text), sec.reset_login(text, text),
  sec.close_login(text), sec.open_login(text) TO k_user;
RESET ROLE;

SET ROLE k_owner;
CREATE FUNCTION sec.login_of(account integer) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.login FROM app.account a WHERE a.id = account
$$;
REVOKE ALL ON FUNCTION sec.login_of(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sec.login_of(integer) TO k_logins;
RESET ROLE;

CREATE TRIGGER enrol AFTER INSERT OR UPDATE ON app.mandate
  FOR EACH ROW EXECUTE FUNCTION sec.enrol_again();
