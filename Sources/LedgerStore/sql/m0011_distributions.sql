-- What is paid out for ranks: a plan of who gets what, stored whole before anything is credited, and the postings that
-- credit it. Runs once, in one transaction with the other migrations. Programs that do not know it work on: nothing of
-- theirs changes. Cost: six empty tables.

-- Which legs of a posting did not take effect, where each is decided for itself. Written with the posting.
CREATE TABLE refused_legs (
  posting_id uuid NOT NULL,
  leg smallint NOT NULL CHECK (leg >= 0),
  refusal text NOT NULL CHECK (refusal ~ '^[a-z_]+$'),
  figures bigint[] NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (posting_id, leg)
);
CREATE TYPE refused_leg_row AS (
  posting_id uuid, leg smallint, refusal text, figures bigint[], created_at timestamptz);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refused_legs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE SEQUENCE distribution_numbers AS integer;
CREATE TABLE distributions (
  id uuid PRIMARY KEY,
  -- By which its legs and chunks name it.
  number integer NOT NULL UNIQUE DEFAULT nextval('distribution_numbers'),
  snapshot_id uuid NOT NULL REFERENCES snapshots (id),
  point_type_id uuid NOT NULL REFERENCES point_types (id),
  -- Where the period of a board was rewarded: which.
  board text COLLATE "C" NOT NULL,
  period_number integer,
  -- What was in force at this instant was applied.
  rules_at timestamptz NOT NULL,
  ties text NOT NULL CHECK (ties IN ('best', 'split', 'earliest')),
  needs_approval boolean NOT NULL,
  -- Whether what was given for earlier revisions of the ranks was set against it.
  is_correction boolean NOT NULL,
  winners integer NOT NULL CHECK (winners >= 0),
  legs integer NOT NULL CHECK (legs >= 0),
  tied_scores integer NOT NULL,
  tied_users integer NOT NULL,
  -- Of every leg in its order; what is approved.
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  phase text NOT NULL CHECK (phase IN ('waiting', 'paying', 'paid', 'rejected', 'failed')),
  -- Why it failed, or was rejected.
  reason text CHECK (octet_length(reason) <= 2048),
  planned_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  planned_by uuid NOT NULL,
  planner text COLLATE "C" NOT NULL,
  decided_at timestamptz,
  decided_by uuid,
  decider text COLLATE "C",
  -- When the last of it was posted.
  executed_at timestamptz,
  CHECK ((phase = 'paid') <= (executed_at IS NOT NULL)),
  CHECK (phase NOT IN ('rejected', 'failed') OR reason IS NOT NULL)
);
-- Ranks are paid for once. Where nothing could be planned there is nothing to be paid twice.
CREATE UNIQUE INDEX distributions_of_snapshots ON distributions (snapshot_id)
  WHERE phase <> 'rejected' AND (phase <> 'failed' OR legs > 0);
CREATE INDEX distributions_by_snapshot ON distributions (snapshot_id, number);
CREATE INDEX distributions_open ON distributions (number) WHERE phase IN ('waiting', 'paying');

-- What of each point type is given and taken back, and how much might be given at most.
CREATE TABLE distribution_sums (
  distribution_number integer NOT NULL,
  point_type_id uuid NOT NULL REFERENCES point_types (id),
  given numeric NOT NULL CHECK (given >= 0),
  taken numeric NOT NULL CHECK (taken >= 0),
  budget bigint,
  PRIMARY KEY (distribution_number, point_type_id)
);

-- Each line of the plan, from 1. What is taken back names the transaction that gave it.
CREATE TABLE distribution_legs (
  amount bigint NOT NULL CHECK (amount > 0),
  distribution_number integer NOT NULL,
  leg integer NOT NULL CHECK (leg > 0),
  place integer,
  rank integer,
  point_type_id uuid NOT NULL,
  rule_id uuid,
  takes_back uuid,
  user_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (distribution_number, leg)
);

-- The postings by which it is paid. Their ids are part of the plan: whoever posts one posts the same. Those of a later
-- attempt hold what an earlier one could not credit.
CREATE TABLE distribution_chunks (
  posting_id uuid NOT NULL UNIQUE,
  distribution_number integer NOT NULL,
  chunk integer NOT NULL CHECK (chunk > 0),
  first_leg integer NOT NULL,
  last_leg integer NOT NULL CHECK (last_leg BETWEEN first_leg AND first_leg + 999),
  attempt integer NOT NULL CHECK (attempt > 0),
  -- Once it is posted: how many legs took effect, and how many not.
  settled_at timestamptz,
  credited integer,
  refused integer,
  PRIMARY KEY (distribution_number, chunk),
  UNIQUE (distribution_number, first_leg, attempt),
  CHECK ((settled_at IS NULL) = (credited IS NULL) AND (settled_at IS NULL) = (refused IS NULL))
);

-- A plan never changes. Lines are written with their distribution; after that nothing but its course moves on, and
-- whether a chunk is posted.
CREATE FUNCTION guard_distribution() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changing text[] := ARRAY['phase', 'reason'];
  is_allowed boolean;
BEGIN
  CASE OLD.phase
    WHEN 'waiting' THEN
      is_allowed := NEW.phase IN ('paying', 'rejected');
      changing := changing || ARRAY['decided_at', 'decided_by', 'decider'];
    WHEN 'paying' THEN
      is_allowed := NEW.phase IN ('paid', 'failed');
      changing := changing || ARRAY['executed_at'];
    -- What was refused is tried again.
    WHEN 'paid' THEN is_allowed := NEW.phase = 'paying';
    WHEN 'failed' THEN is_allowed := NEW.phase = 'paying' AND OLD.legs > 0;
    ELSE is_allowed := false;
  END CASE;
  IF is_allowed IS NOT TRUE OR to_jsonb(NEW) - changing IS DISTINCT FROM to_jsonb(OLD) - changing THEN
    RAISE EXCEPTION 'UPDATE on distributions is refused: one that is % does not change so', OLD.phase
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON distributions FOR EACH ROW EXECUTE FUNCTION guard_distribution();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON distributions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON distribution_sums
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON distribution_legs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON distribution_chunks
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION guard_chunk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.settled_at IS NOT NULL
    OR to_jsonb(NEW) - ARRAY['settled_at', 'credited', 'refused']
      IS DISTINCT FROM to_jsonb(OLD) - ARRAY['settled_at', 'credited', 'refused']
  THEN
    RAISE EXCEPTION 'UPDATE on distribution_chunks is refused: what is to be posted, and what was, does not change'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON distribution_chunks FOR EACH ROW EXECUTE FUNCTION guard_chunk();

-- Lines are added while nothing of the plan is posted: in the transaction that makes it.
CREATE FUNCTION guard_distribution_legs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT distribution_number FROM added) AS a
    JOIN distributions d ON d.number = a.distribution_number
    WHERE d.xmin <> pg_current_xact_id()::xid
  ) THEN
    RAISE EXCEPTION 'INSERT on % is refused: the plan is complete and is never changed', TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER guard_added AFTER INSERT ON distribution_legs REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION guard_distribution_legs();
CREATE TRIGGER guard_added AFTER INSERT ON distribution_sums REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION guard_distribution_legs();
