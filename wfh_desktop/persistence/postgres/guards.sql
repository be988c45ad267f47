-- What rows may become, beyond who may touch them. Each table has a guard that `guarding.py` writes
-- from its own table: it stamps, counts versions and keeps closed months closed. The rules that
-- only one table has are written out here. Nothing here binds the server's console, but what is
-- final binds everybody.
--
-- A refusal is one word, which the program puts into a sentence; the SQLSTATE tells its kind.

SET ROLE k_owner;

-- The unit in which a person serves on a day: a definitive post goes before an acting one, then
-- the unit of today's staff list. 0 is no unit of anybody: whoever has no such person is refused
-- in the same words as whoever may not see them.
CREATE FUNCTION sec.unit_on(person integer, on_day date) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN coalesce(
    (SELECT p.unit_id FROM app.position p JOIN app.employee e ON e.id = p.employee_id
     WHERE p.employee_id = person AND NOT p.withdrawn
       AND p.valid_from <= on_day AND coalesce(p.valid_to >= on_day, true)
     ORDER BY p.capacity <> 'definitive', p.unit_id <> e.unit_id, p.valid_from DESC, p.id DESC
     LIMIT 1),
    (SELECT e.unit_id FROM app.employee e WHERE e.id = person),
    0);
END $$;

CREATE FUNCTION sec.last_day(year integer, month integer) RETURNS date
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT (make_date(year, month, 1) + interval '1 month' - interval '1 day')::date
$$;

-- Refuses if any month that touches these days is final for the unit or for one above it: its
-- newest recommendation is locked. Whoever is about to lock one waits for this change, and then
-- finds it; or this change waits for them, and then is refused.
CREATE FUNCTION sec.require_open(unit integer, first date, last date) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM app.recommendation r
  WHERE r.unit_id IN (SELECT c.ancestor_id FROM sec.unit_closure c WHERE c.descendant_id = unit)
    AND r.state = 'diajukan'
    AND make_date(r.year, r.month, 1) <= last AND sec.last_day(r.year, r.month) >= first
  FOR SHARE;
  IF EXISTS (
    SELECT 1 FROM sec.unit_closure c
    JOIN app.recommendation r ON r.unit_id = c.ancestor_id AND r.state = 'dikunci'
      AND make_date(r.year, r.month, 1) <= last AND sec.last_day(r.year, r.month) >= first
    WHERE c.descendant_id = unit
      AND NOT EXISTS (
        SELECT 1 FROM app.recommendation n
        WHERE n.unit_id = r.unit_id AND n.year = r.year AND n.month = r.month
          AND n.revision > r.revision))
  THEN
    RAISE EXCEPTION 'month_locked' USING ERRCODE = '55000';
  END IF;
END $$;

CREATE FUNCTION sec.has(what text, unit integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN unit = ANY (sec.my_units(what)); END
$$;

CREATE FUNCTION sec.require(what text, unit integer) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT sec.has(what, unit) THEN
    RAISE EXCEPTION 'no_right' USING ERRCODE = '42501';
  END IF;
END $$;

-- The only steps there are, as the program knows them: of what, from where, to where.
CREATE FUNCTION sec.require_step(what text, before text, after text) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (what, before, after) NOT IN ({STEPS}) THEN
    RAISE EXCEPTION 'state_jump' USING ERRCODE = '55000';
  END IF;
END $$;

-- What is final stays as it is, whoever asks.
CREATE FUNCTION sec.kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'is_final' USING ERRCODE = '55000';
END $$;

-- Offices and people -----------------------------------------------------------------------------

CREATE FUNCTION sec.rule_unit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.parent_id IS DISTINCT FROM OLD.parent_id THEN
    PERFORM sec.require('administer', OLD.parent_id);
    PERFORM sec.require('administer', NEW.parent_id);
  END IF;
  RETURN NEW;
END $$;

-- The number by which a login knows its person is not moved to anybody else.
CREATE FUNCTION sec.rule_employee() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.nip IS DISTINCT FROM OLD.nip AND EXISTS (
    SELECT 1 FROM app.account a WHERE a.login = 'p_' || OLD.nip)
  THEN
    RAISE EXCEPTION 'immutable_column' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

-- Attendance -------------------------------------------------------------------------------------

-- Whoever reads a file of a machine may enter what it says of themselves too: in the transaction
-- that stores the file, as the evidence. They may empty such a row, but not say anything else.
CREATE FUNCTION sec.rule_day_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  empty boolean := NEW.time_in IS NULL AND NEW.time_out IS NULL AND NEW.status IS NULL
    AND NEW.leave IS NULL AND NEW.note = '';
BEGIN
  PERFORM sec.require_import(NEW.import_id,
    own => NEW.employee_id = sec.my_employee() AND (TG_OP = 'INSERT' OR NOT empty),
    new_file => TG_OP = 'INSERT' OR NEW.import_id IS DISTINCT FROM OLD.import_id);
  RETURN NEW;
END $$;

CREATE FUNCTION sec.rule_scan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.employee_id IS NOT NULL
    AND (TG_OP = 'INSERT' OR NEW.employee_id IS DISTINCT FROM OLD.employee_id)
  THEN
    PERFORM sec.require('record', sec.unit_on(NEW.employee_id, NEW.day));
  END IF;
  IF TG_OP = 'INSERT' THEN
    PERFORM sec.require_import(NEW.import_id, own => NEW.employee_id = sec.my_employee(),
      new_file => true);
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION sec.require_import(file integer, own boolean, new_file boolean) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  stored app.imported_file;
BEGIN
  IF file IS NOT NULL AND (new_file OR own) THEN
    SELECT f.* INTO stored FROM app.imported_file f WHERE f.id = file;
    IF NOT coalesce(sec.has('record', stored.unit_id), false) THEN
      RAISE EXCEPTION 'wrong_parent' USING ERRCODE = '23514';
    END IF;
  END IF;
  IF own AND stored.at IS DISTINCT FROM now() THEN
    RAISE EXCEPTION 'own_row' USING ERRCODE = '42501';
  END IF;
END $$;

-- Work -------------------------------------------------------------------------------------------

CREATE FUNCTION sec.rule_target() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.done_quantity := NULL;
    NEW.done_quality := NULL;
    NEW.done_days := NULL;
    NEW.done_cost := NULL;
    RETURN NEW;
  END IF;
  IF (NEW.done_quantity, NEW.done_quality, NEW.done_days, NEW.done_cost)
    IS DISTINCT FROM (OLD.done_quantity, OLD.done_quality, OLD.done_days, OLD.done_cost)
  THEN
    PERFORM sec.require('review', NEW.unit_id);
    IF NEW.employee_id = sec.my_employee() THEN
      RAISE EXCEPTION 'own_row' USING ERRCODE = '42501';
    END IF;
  END IF;
  IF (NEW.objective_id, NEW.title, NEW.measure, NEW.quantity, NEW.quality, NEW.days, NEW.cost,
      NEW.scope_percent, NEW.state)
    IS DISTINCT FROM (OLD.objective_id, OLD.title, OLD.measure, OLD.quantity, OLD.quality, OLD.days,
      OLD.cost, OLD.scope_percent, OLD.state)
  THEN
    PERFORM sec.require('assign', NEW.unit_id);
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION sec.rule_assignment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.state := 'diberikan';
    RETURN NEW;
  END IF;
  IF NEW.state <> OLD.state THEN
    PERFORM sec.require_step('assignment', OLD.state, NEW.state);
  END IF;
  IF (NEW.quantity, NEW.target_id) IS DISTINCT FROM (OLD.quantity, OLD.target_id) THEN
    PERFORM sec.require('assign', NEW.unit_id);
  END IF;
  RETURN NEW;
END $$;

-- Writing a report is the work of the secretariat, deciding on it that of the head, and never on
-- one's own. Its words change only while it is a draft or was returned.
CREATE FUNCTION sec.rule_work_report() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  decided boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'konsep' THEN
      RAISE EXCEPTION 'state_jump' USING ERRCODE = '55000';
    END IF;
    IF NOT EXISTS (
      SELECT 1 FROM app.assignment a
      WHERE a.id = NEW.assignment_id AND a.employee_id = NEW.employee_id)
    THEN
      RAISE EXCEPTION 'wrong_parent' USING ERRCODE = '23514';
    END IF;
    NEW.submitted_at := NULL;
    NEW.rating := NULL;
    NEW.reason := '';
    NEW.decided_at := NULL;
    NEW.decided_by := '';
    RETURN NEW;
  END IF;
  IF (NEW.day, NEW.starts, NEW.ends, NEW.text, NEW.quantity, NEW.no_evidence)
    IS DISTINCT FROM (OLD.day, OLD.starts, OLD.ends, OLD.text, OLD.quantity, OLD.no_evidence)
  THEN
    PERFORM sec.require('record', NEW.unit_id);
    IF OLD.state NOT IN ('konsep', 'dikembalikan') THEN
      RAISE EXCEPTION 'state_jump' USING ERRCODE = '55000';
    END IF;
  END IF;
  IF NEW.state <> OLD.state THEN
    PERFORM sec.require_step('work_report', OLD.state, NEW.state);
  END IF;
  decided := NEW.state <> OLD.state AND 'diterima' IN (NEW.state, OLD.state)
    OR NEW.state = 'dikembalikan' AND OLD.state = 'menunggu';
  IF decided OR NEW.rating IS DISTINCT FROM OLD.rating AND NEW.state IN (OLD.state, 'diterima')
    OR NEW.reason <> OLD.reason AND NEW.state = OLD.state
  THEN
    PERFORM sec.require('review', NEW.unit_id);
    IF NEW.employee_id = sec.my_employee() THEN
      RAISE EXCEPTION 'own_row' USING ERRCODE = '42501';
    END IF;
  ELSIF NEW.state <> OLD.state THEN
    PERFORM sec.require(
      CASE WHEN NEW.state = 'menunggu' THEN 'record|review' ELSE 'record' END, NEW.unit_id);
  END IF;
  IF NEW.state = 'diterima' THEN
    IF NEW.rating IS NULL OR NEW.rating NOT BETWEEN 1 AND 5 THEN
      RAISE EXCEPTION 'rating_range' USING ERRCODE = '23514';
    END IF;
  ELSIF NEW.rating IS NOT NULL THEN
    RAISE EXCEPTION 'state_jump' USING ERRCODE = '55000';
  END IF;
  NEW.submitted_at := CASE WHEN NEW.state = 'menunggu' AND OLD.state IN ('konsep', 'dikembalikan')
    THEN now() ELSE OLD.submitted_at END;
  IF decided THEN
    NEW.decided_at := CASE WHEN NEW.state = 'menunggu' THEN NULL ELSE now() END;
    NEW.decided_by := CASE WHEN NEW.state = 'menunggu' THEN '' ELSE sec.my_name() END;
  ELSIF NEW.decided_at IS NOT NULL THEN
    NEW.decided_at := OLD.decided_at;
    NEW.decided_by := OLD.decided_by;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION sec.rule_evidence() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  report app.work_report;
BEGIN
  SELECT w.* INTO report FROM app.work_report w WHERE w.id = NEW.report_id;
  PERFORM sec.require_open(report.unit_id, report.day, report.day);
  IF report.state NOT IN ('konsep', 'dikembalikan') THEN
    RAISE EXCEPTION 'is_final' USING ERRCODE = '55000';
  END IF;
  RETURN NEW;
END $$;

-- Money ------------------------------------------------------------------------------------------

-- SHA-256 over everybody's amounts: what the second person has to have calculated themselves.
CREATE FUNCTION sec.fingerprint(recommendation integer) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(convert_to(coalesce(string_agg(
    concat_ws('|', l.employee_id, trim_scale(l.gross), trim_scale(l.net), l.inputs),
    E'\n' ORDER BY l.employee_id), ''), 'UTF8')), 'hex')
  FROM app.recommendation_line l
  WHERE l.recommendation_id = recommendation AND NOT l.withdrawn
$$;

-- The most that can be due to a person: of each component the highest amount for any of the posts
-- of the month, twice over for factors above one and for acting posts. NULL if the unit has no
-- amounts under these rules at all, 0 if there are none for these posts.
CREATE FUNCTION sec.most(unit integer, rules text, first date, last date, person integer)
RETURNS numeric
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH amounts AS (
    SELECT b.component, b.job_class, b.title, b.amount
    FROM app.base_amount b JOIN sec.unit_closure c ON c.ancestor_id = b.unit_id
    WHERE c.descendant_id = unit AND b.rule_id = rules
      AND b.valid_from <= last AND coalesce(b.valid_to >= first, true)
  ), highest AS (
    SELECT max(a.amount) AS amount
    FROM amounts a JOIN app.position p ON p.employee_id = person AND NOT p.withdrawn
      AND p.valid_from <= last AND coalesce(p.valid_to >= first, true)
      AND CASE a.title WHEN '' THEN a.job_class = p.job_class ELSE lower(a.title) = lower(p.title) END
    GROUP BY a.component
  )
  SELECT CASE WHEN EXISTS (SELECT 1 FROM amounts)
    THEN (SELECT 2 * coalesce(sum(h.amount), 0) FROM highest h) END
$$;

CREATE FUNCTION sec.rule_recommendation_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  list app.recommendation;
  bound numeric;
  pagu numeric;
BEGIN
  -- Whoever hands the list in waits for this change, or this change for them.
  SELECT r.* INTO list FROM app.recommendation r WHERE r.id = NEW.recommendation_id FOR SHARE;
  IF list.state <> 'draf' THEN
    RAISE EXCEPTION 'is_final' USING ERRCODE = '55000';
  END IF;
  IF TG_OP = 'INSERT' AND NOT EXISTS (
    SELECT 1 FROM app.position p
    JOIN sec.unit_closure c ON c.descendant_id = p.unit_id AND c.ancestor_id = list.unit_id
    WHERE p.employee_id = NEW.employee_id AND NOT p.withdrawn
      AND p.valid_from <= sec.last_day(list.year, list.month)
      AND coalesce(p.valid_to >= make_date(list.year, list.month, 1), true))
  THEN
    RAISE EXCEPTION 'no_position' USING ERRCODE = '23514';
  END IF;
  NEW.written_by := session_user;
  IF NEW.net < 0 OR NEW.net > NEW.gross THEN
    RAISE EXCEPTION 'out_of_bounds' USING ERRCODE = '23514';
  END IF;
  IF NEW.gross > 0 AND NOT NEW.withdrawn THEN  -- who left the list may have no amount any more
    SELECT c.amount INTO pagu FROM app.ceiling c
    WHERE (c.unit_id, c.year, c.month) = (list.unit_id, list.year, list.month);
    bound := sec.most(list.unit_id, list.rule_id, make_date(list.year, list.month, 1),
      sec.last_day(list.year, list.month), NEW.employee_id);
    IF bound = 0 THEN
      RAISE EXCEPTION 'no_base_amount' USING ERRCODE = '23514';
    END IF;
    IF NEW.gross > least(coalesce(bound, pagu, 200000000), pagu) THEN
      RAISE EXCEPTION 'out_of_bounds' USING ERRCODE = '23514';
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- A list begins as a draft, and a later one only after a final one.
CREATE FUNCTION sec.begin_recommendation(new app.recommendation) RETURNS app.recommendation
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  newest app.recommendation;
BEGIN
  SELECT r.* INTO newest FROM app.recommendation r
  WHERE (r.unit_id, r.year, r.month) = (new.unit_id, new.year, new.month)
  ORDER BY r.revision DESC LIMIT 1;
  IF newest.id IS NOT NULL THEN
    PERFORM sec.require('recommend', new.unit_id);
  END IF;
  IF new.state <> 'draf' OR coalesce(newest.state <> 'dikunci', false)
    OR new.revision <> coalesce(newest.revision + 1, 0)
    OR new.replaces_id IS DISTINCT FROM newest.id
  THEN
    RAISE EXCEPTION 'state_jump' USING ERRCODE = '55000';
  END IF;
  new.computed_at := now();
  new.submitted_at := NULL;
  new.submitted_by := '';
  new.submitted_login := '';
  new.locked_at := NULL;
  new.locked_by := '';
  new.locked_login := '';
  new.number := '';
  new.dated := NULL;
  new.digest := '';
  new.confirmed := '';
  RETURN new;
END $$;

-- What keeps a list from being handed in or locked: somebody wrote their own line, is on the list
-- of another unit too, something that it was made from has changed since, or it exceeds the pagu.
-- Of two lists with the same person that are handed in at once, one waits for the other.
CREATE FUNCTION sec.require_sound(list app.recommendation) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM app.employee e
  WHERE e.id IN (
    SELECT l.employee_id FROM app.recommendation_line l
    WHERE l.recommendation_id = list.id AND NOT l.withdrawn)
  ORDER BY e.id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT 1 FROM app.recommendation_line l JOIN app.employee e ON e.id = l.employee_id
    WHERE l.recommendation_id = list.id AND NOT l.withdrawn
      AND (l.written_by = 'p_' || e.nip OR l.written_by IN (
        SELECT a.login FROM app.account a WHERE a.employee_id = l.employee_id)))
  THEN
    RAISE EXCEPTION 'own_row' USING ERRCODE = '55000';
  END IF;
  IF EXISTS (
    SELECT 1 FROM app.recommendation_line l
    JOIN app.recommendation_line m ON m.employee_id = l.employee_id AND NOT m.withdrawn
    JOIN app.recommendation o ON o.id = m.recommendation_id AND o.state <> 'draf'
      AND o.unit_id <> list.unit_id AND (o.year, o.month) = (list.year, list.month)
    WHERE l.recommendation_id = list.id AND NOT l.withdrawn AND l.net > 0 AND m.net > 0
      AND NOT EXISTS (
        SELECT 1 FROM app.recommendation n
        WHERE (n.unit_id, n.year, n.month) = (o.unit_id, o.year, o.month)
          AND n.revision > o.revision AND n.state <> 'draf'))
  THEN
    RAISE EXCEPTION 'paid_twice' USING ERRCODE = '55000';
  END IF;
  IF sec.inputs_changed(list.unit_id, list.computed_at, make_date(list.year, list.month, 1),
    sec.last_day(list.year, list.month))
  THEN
    RAISE EXCEPTION 'inputs_changed' USING ERRCODE = '55000';
  END IF;
  IF (SELECT sum(l.net) FROM app.recommendation_line l
      WHERE l.recommendation_id = list.id AND NOT l.withdrawn)
    > (SELECT c.amount FROM app.ceiling c
      WHERE (c.unit_id, c.year, c.month) = (list.unit_id, list.year, list.month))
  THEN
    RAISE EXCEPTION 'over_ceiling' USING ERRCODE = '55000';
  END IF;
END $$;

-- Whether anything that the amounts of a month rest on changed in a unit or below it.
CREATE FUNCTION sec.inputs_changed(unit integer, since timestamptz, first date, last date)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  below integer[] := array(
    SELECT c.descendant_id FROM sec.unit_closure c WHERE c.ancestor_id = unit);
BEGIN
  RETURN EXISTS (
      SELECT 1 FROM app.scan s JOIN app.imported_file f ON f.id = s.import_id
      WHERE s.unit_id = ANY (below) AND s.day BETWEEN $3 AND $4 AND f.at > since)
    OR {INPUTS};
END $$;

CREATE FUNCTION sec.rule_recommendation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  same boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    RETURN sec.begin_recommendation(NEW);
  END IF;
  same := (NEW.rule_id, NEW.rule_digest, NEW.snapshot::text, NEW.computed_at)
    IS NOT DISTINCT FROM (OLD.rule_id, OLD.rule_digest, OLD.snapshot::text, OLD.computed_at);
  NEW.submitted_at := OLD.submitted_at;
  NEW.submitted_by := OLD.submitted_by;
  NEW.submitted_login := OLD.submitted_login;
  NEW.locked_at := NULL;
  NEW.locked_by := '';
  NEW.locked_login := '';
  IF NEW.state = 'draf' AND OLD.state = 'draf' THEN
    PERFORM sec.require('record|recommend', NEW.unit_id);
    NEW.computed_at := CASE WHEN same THEN OLD.computed_at ELSE now() END;
    NEW.number := '';
    NEW.dated := NULL;
    NEW.digest := '';
    NEW.confirmed := '';
    RETURN NEW;
  END IF;
  PERFORM sec.require_step('recommendation', OLD.state, NEW.state);
  IF NOT same THEN
    RAISE EXCEPTION 'immutable_column' USING ERRCODE = '42501';
  END IF;
  IF NEW.state = 'diajukan' THEN
    PERFORM sec.require('recommend', NEW.unit_id);
    PERFORM sec.require_sound(NEW);
    NEW.submitted_at := now();
    NEW.submitted_by := sec.my_name();
    NEW.submitted_login := session_user;
    RETURN NEW;
  END IF;
  IF NEW.state = 'draf' THEN
    PERFORM sec.require('recommend|verify', NEW.unit_id);
    NEW.submitted_at := NULL;
    NEW.submitted_by := '';
    NEW.submitted_login := '';
    RETURN NEW;
  END IF;
  PERFORM sec.require('verify', NEW.unit_id);
  IF OLD.submitted_login = session_user::text THEN
    RAISE EXCEPTION 'needs_second_person' USING ERRCODE = '42501';
  END IF;
  PERFORM sec.require_sound(NEW);
  IF NEW.confirmed <> sec.fingerprint(NEW.id) THEN
    RAISE EXCEPTION 'not_confirmed' USING ERRCODE = '55000';
  END IF;
  NEW.locked_at := now();
  NEW.locked_by := sec.my_name();
  NEW.locked_login := session_user;
  RETURN NEW;
END $$;

-- Logins and the trace of the program -------------------------------------------------------------

-- An account is that of the person whose NIP it bears; whoever gives it administers their unit.
CREATE FUNCTION sec.rule_account() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  digits text := substr(NEW.login, 3);
BEGIN
  IF NEW.login !~ '^p_[0-9]{18}$' THEN
    RAISE EXCEPTION 'login_name' USING ERRCODE = '23514';
  END IF;
  IF EXISTS (
    SELECT 1 FROM app.employee e
    WHERE (e.id = NEW.employee_id OR e.nip = digits)
      AND (e.nip <> digits OR NOT sec.has('administer', e.unit_id)))
  THEN
    RAISE EXCEPTION 'not_administered' USING ERRCODE = '42501';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.employee_id IS NOT NULL
    AND NEW.employee_id IS DISTINCT FROM OLD.employee_id
  THEN
    RAISE EXCEPTION 'immutable_column' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION sec.rule_mandate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.role = 'plt' AND NEW.valid_to IS NULL THEN
    RAISE EXCEPTION 'mandate_needs_end' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;

-- An entry without a unit is about a unit, a person's rank or the whole nation: it is filed where
-- those are who see it.
CREATE FUNCTION sec.rule_audit_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  kind text := split_part(NEW.subject, ':', 1);
  number integer := substring(NEW.subject FROM ':([0-9]{1,9})$')::integer;
BEGIN
  IF NEW.unit_id IS NULL THEN
    NEW.unit_id := coalesce(
      CASE kind
        WHEN 'unit' THEN (SELECT u.id FROM app.unit u WHERE u.id = number AND sec.has('read', u.id))
        WHEN 'rank' THEN (
          SELECT e.unit_id FROM app.rank r JOIN app.employee e ON e.id = r.employee_id
          WHERE r.id = number AND sec.has('read', e.unit_id))
      END,
      (SELECT min(one) FROM unnest(sec.my_units('read')) one));
  END IF;
  RETURN NEW;
END $$;

RESET ROLE;
SET ROLE k_audit;

-- For `sec.inputs_changed`: rows of a table that changed in some units since a moment.
CREATE INDEX IF NOT EXISTS ix_change_unit_id_at ON audit.change (unit_id, at);
CREATE FUNCTION audit.changed(kind text, units integer[], since timestamptz) RETURNS SETOF integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT c.pk::integer FROM audit.change c
  WHERE c.unit_id = ANY (units) AND c.at > since AND c.tab = kind AND c.pk <> ''
$$;
REVOKE ALL ON FUNCTION audit.changed(text, integer[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.changed(text, integer[], timestamptz) TO k_owner;

RESET ROLE;
