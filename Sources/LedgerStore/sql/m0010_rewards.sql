-- What is given for a rank, as it is now and as it was at any instant before. Runs once, in one transaction
-- with the other migrations. Programs that do not know it work on; a key of a service whose role is `payouts` is of no
-- use with them. Cost: empty tables, and a look at the services.
--
-- Nothing here is overwritten: a change ends a row and adds one. The set of rules at an instant that is past is what it
-- was then, and a payout that goes by the end of a period does not care when it is worked out. That takes three things:
-- changes come one after the other (hold_rewards.sql), each at an instant of its own which is later than that of every
-- change before (reward_clock), and whoever reads waits first for those that are under way (await_reward_changes).

ALTER TABLE services
  DROP CONSTRAINT services_role_check,
  ADD CONSTRAINT services_role_check CHECK (role IN ('reader', 'service', 'payouts', 'admin'));

CREATE TABLE reward_rules (
  rule_id uuid NOT NULL,
  -- From 1; the newest is what the rule says.
  revision integer NOT NULL CHECK (revision > 0),
  -- Whose ranks are rewarded: of one board as on a snapshot (`balance`, `earned`, or the id of a board that was
  -- defined), or of every board of the type that has no rules of its own.
  point_type_id uuid NOT NULL REFERENCES point_types (id),
  board text COLLATE "C" CHECK (board IN ('balance', 'earned') OR board = board::uuid::text),
  name text CHECK (octet_length(name) BETWEEN 1 AND 128),
  -- Either ranks, both included, or hundredths of a percent of all who are listed: those behind the first, up to the
  -- second.
  min_rank bigint,
  max_rank bigint CHECK (max_rank <= 1000000000),
  above_share integer CHECK (above_share >= 0),
  top_share integer CHECK (top_share <= 10000),
  active boolean NOT NULL,
  -- It held from here on, and up to but not including there; still, if nothing is said.
  valid_from timestamptz NOT NULL,
  valid_until timestamptz CHECK (valid_until > valid_from),
  -- The names of services, or commands.
  decided_by text COLLATE "C" NOT NULL CHECK (octet_length(decided_by) BETWEEN 1 AND 128),
  ended_by text COLLATE "C" CHECK (octet_length(ended_by) BETWEEN 1 AND 128),
  PRIMARY KEY (rule_id, revision),
  CHECK ((valid_until IS NULL) = (ended_by IS NULL)),
  CHECK ((min_rank IS NULL) = (max_rank IS NULL) AND (above_share IS NULL) = (top_share IS NULL)),
  CHECK ((min_rank IS NULL) <> (above_share IS NULL)),
  CHECK (min_rank BETWEEN 1 AND max_rank),
  CHECK (above_share < top_share)
);
-- A rule says one thing at a time.
CREATE UNIQUE INDEX reward_rules_present ON reward_rules (rule_id) WHERE valid_until IS NULL;
CREATE INDEX reward_rules_of_types ON reward_rules (point_type_id, valid_until);
CREATE INDEX reward_rules_by_time ON reward_rules (valid_from);
CREATE INDEX reward_rules_by_end ON reward_rules (valid_until);

-- What each who is reached is given: one amount of each point type.
CREATE TABLE reward_rule_amounts (
  rule_id uuid NOT NULL,
  revision integer NOT NULL,
  point_type_id uuid NOT NULL REFERENCES point_types (id),
  amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000000000),
  PRIMARY KEY (rule_id, revision, point_type_id),
  FOREIGN KEY (rule_id, revision) REFERENCES reward_rules (rule_id, revision)
);

-- By what the rules are applied, with validity as theirs.
CREATE TABLE reward_terms (
  id uuid PRIMARY KEY,
  revision integer NOT NULL CHECK (revision > 0),
  point_type_id uuid NOT NULL REFERENCES point_types (id),
  board text COLLATE "C" CHECK (board IN ('balance', 'earned') OR board = board::uuid::text),
  ties text NOT NULL CHECK (ties IN ('best', 'split', 'earliest')),
  approval text NOT NULL CHECK (approval IN ('none', 'other_service')),
  -- Whether each close of the board is paid without being asked.
  automatic boolean NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz CHECK (valid_until > valid_from),
  decided_by text COLLATE "C" NOT NULL CHECK (octet_length(decided_by) BETWEEN 1 AND 128),
  ended_by text COLLATE "C" CHECK (octet_length(ended_by) BETWEEN 1 AND 128),
  CHECK ((valid_until IS NULL) = (ended_by IS NULL)),
  CHECK (NOT automatic OR board IS NOT NULL)
);
CREATE UNIQUE INDEX reward_terms_revisions ON reward_terms (point_type_id, coalesce(board, ''), revision);
CREATE UNIQUE INDEX reward_terms_present ON reward_terms (point_type_id, coalesce(board, ''))
  WHERE valid_until IS NULL;
CREATE INDEX reward_terms_by_time ON reward_terms (valid_from);
CREATE INDEX reward_terms_by_end ON reward_terms (valid_until);

-- So much of a point type is given away for one snapshot at most.
CREATE TABLE reward_budgets (
  terms_id uuid NOT NULL REFERENCES reward_terms (id),
  point_type_id uuid NOT NULL REFERENCES point_types (id),
  amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000000000),
  PRIMARY KEY (terms_id, point_type_id)
);

-- The instant of the last change; nothing where there was none.
CREATE FUNCTION last_reward_change() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT greatest((SELECT max(valid_from) FROM reward_rules), (SELECT max(valid_until) FROM reward_rules),
    (SELECT max(valid_from) FROM reward_terms), (SELECT max(valid_until) FROM reward_terms))
$$;

-- The time, never before the last change, nor within what is closed: also where the server's clock is put back. Whoever
-- changes adds a microsecond, so that his change is later than what anybody has read, too.
CREATE FUNCTION reward_clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT greatest(clock_timestamp(), last_reward_change(), (SELECT closed_until FROM settings))
$$;

-- Waits for the changes that are under way, and says up to when nothing changes any more: whoever changes from now on
-- does it at a later instant. The lock is taken for a moment only, so that a long transaction which asked for rules
-- keeps nobody from changing them; and it is let go whatever happens, because nothing between can fail. For a
-- transaction that sees at each statement what is committed. The number is "REWARD" in ASCII.
CREATE FUNCTION await_reward_changes() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  moment timestamptz;
BEGIN
  PERFORM pg_advisory_lock_shared(90457770119748);
  moment := reward_clock();
  PERFORM pg_advisory_unlock_shared(90457770119748);
  RETURN moment;
END $$;

-- A row is added for what begins to hold, and ended once; both now, and not before any other change. So what held in
-- the past stays. Whoever changes has looked at the clock before: a minute is more than it takes him.
CREATE FUNCTION guard_validity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changing CONSTANT text[] := ARRAY['valid_until', 'ended_by'];
  moment timestamptz := NEW.valid_from;
  is_allowed boolean := NEW.valid_until IS NULL;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    moment := NEW.valid_until;
    is_allowed := OLD.valid_until IS NULL AND to_jsonb(NEW) - changing = to_jsonb(OLD) - changing;
  END IF;
  is_allowed := is_allowed AND moment >= clock_timestamp() - interval '1 minute'
    AND moment >= coalesce(last_reward_change(), '-infinity');
  IF is_allowed IS NOT TRUE THEN
    RAISE EXCEPTION '% on % is refused: its rows are written once and never changed', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER validity BEFORE INSERT OR UPDATE ON reward_rules
  FOR EACH ROW EXECUTE FUNCTION guard_validity();
CREATE TRIGGER validity BEFORE INSERT OR UPDATE ON reward_terms
  FOR EACH ROW EXECUTE FUNCTION guard_validity();

-- Amounts come in the transaction in which their row is made, and never later.
CREATE FUNCTION guard_reward_amounts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  are_new boolean;
BEGIN
  IF TG_TABLE_NAME = 'reward_budgets' THEN
    SELECT bool_and(t.xmin = pg_current_xact_id()::xid AND t.valid_until IS NULL) INTO are_new
    FROM added a JOIN reward_terms t ON t.id = a.terms_id;
  ELSE
    SELECT bool_and(r.xmin = pg_current_xact_id()::xid AND r.valid_until IS NULL) INTO are_new
    FROM added a JOIN reward_rules r ON (r.rule_id, r.revision) = (a.rule_id, a.revision);
  END IF;
  IF are_new IS FALSE THEN
    RAISE EXCEPTION 'INSERT on % is refused: what it would add to stands already', TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER with_their_row AFTER INSERT ON reward_rule_amounts REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION guard_reward_amounts();
CREATE TRIGGER with_their_row AFTER INSERT ON reward_budgets REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION guard_reward_amounts();

CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON reward_rules
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON reward_terms
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reward_rule_amounts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reward_budgets
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
