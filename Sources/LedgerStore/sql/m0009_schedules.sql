-- Snapshots that are taken again and again, and what else a snapshot's row tells of how it came to be. Runs once, in
-- one transaction with the other migrations. Programs that do not know it work on: what is new may be left out. Cost:
-- an empty table, and five columns without a rewrite; snapshots are locked for a moment.

CREATE TABLE snapshot_schedules (
  id uuid PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
  point_type_id uuid NOT NULL REFERENCES point_types (id),
  -- As on a snapshot: `balance`, `earned`, or the id of a board that was defined.
  board text COLLATE "C" NOT NULL CHECK (board IN ('balance', 'earned') OR board = board::uuid::text),
  board_name text COLLATE "C" NOT NULL,
  category text COLLATE "C" NOT NULL DEFAULT '',
  expression text NOT NULL CHECK (octet_length(expression) <= 256),
  time_zone text NOT NULL,
  source text NOT NULL CHECK (source IN ('ledger', 'live')),
  -- For ever if nothing is said.
  keep_days integer CHECK (keep_days BETWEEN 1 AND 36500),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Never, if there is nothing: the expression names no instant any more.
  next_due_at timestamptz,
  -- The instant that was seen to last; which snapshot came of it, or why there was none.
  last_due_at timestamptz,
  last_snapshot_id uuid,
  last_refusal text CHECK (octet_length(last_refusal) <= 2048)
);
CREATE INDEX snapshot_schedules_due ON snapshot_schedules (next_due_at) WHERE next_due_at IS NOT NULL;

ALTER TABLE snapshots
  -- By which schedule it was taken, and at which instant it was due. A schedule may be gone, and its name another's.
  ADD COLUMN schedule_id uuid,
  ADD COLUMN schedule_name text COLLATE "C",
  ADD COLUMN due_at timestamptz,
  -- Why it was not compared with its mirror.
  ADD COLUMN not_compared text CHECK (octet_length(not_compared) <= 512),
  -- How often it was begun to be taken anew. Who reads a mirror for it does so under one number: if another has begun
  -- since, what he read counts no more.
  ADD COLUMN attempts integer NOT NULL DEFAULT 0,
  ADD COLUMN tried_at timestamptz,
  ADD CHECK ((schedule_id IS NULL) = (due_at IS NULL) AND (schedule_id IS NULL) = (schedule_name IS NULL)),
  ADD CHECK (not_compared IS NULL OR checked IS NULL);
-- An instant of a schedule is taken once, whoever takes it and however often.
CREATE UNIQUE INDEX snapshots_of_schedules ON snapshots (schedule_id, due_at) WHERE schedule_id IS NOT NULL;
-- Those that were begun and are not there yet.
CREATE INDEX snapshots_being_built ON snapshots (number) WHERE state = 'building';
-- Closes whose row does not say yet how long they are kept.
CREATE INDEX snapshots_to_announce ON snapshots (as_of)
  WHERE purpose = 'close' AND state = 'complete' AND keep_until IS NULL;

-- As before, with the attempts of one that is being built, and with why one was not compared.
CREATE OR REPLACE FUNCTION guard_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- What may differ between the two.
  changing text[] := ARRAY['state', 'keep_until'];
  is_allowed boolean;
BEGIN
  CASE OLD.state
    WHEN 'building' THEN
      is_allowed := NEW.state IN ('building', 'complete', 'failed');
      changing := changing || ARRAY['reason', 'as_of', 'taken_at', 'position', 'members', 'score_sum', 'digest',
        'attempts', 'tried_at'];
      is_allowed := is_allowed AND (OLD.as_of IS NULL OR NEW.as_of IS NOT DISTINCT FROM OLD.as_of);
    WHEN 'failed' THEN
      is_allowed := NEW.state IN ('building', 'failed');
      changing := changing || ARRAY['reason', 'attempts', 'tried_at'];
    WHEN 'complete' THEN
      is_allowed := NEW.state = 'complete' OR (NEW.state = 'expired' AND OLD.keep_until <= clock_timestamp());
      IF OLD.checked IS NULL AND OLD.not_compared IS NULL THEN
        changing := changing || ARRAY['checked', 'drifted', 'repaired', 'not_compared'];
      END IF;
    ELSE
      is_allowed := NEW.state = 'expired' AND OLD.removed_at IS NULL;
      changing := ARRAY['removed_at'];
  END CASE;
  -- Where nothing is said of how long, the condition is NULL.
  IF is_allowed IS NOT TRUE OR to_jsonb(NEW) - changing IS DISTINCT FROM to_jsonb(OLD) - changing THEN
    RAISE EXCEPTION 'UPDATE on snapshots is refused: a snapshot that is % does not change so', OLD.state
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
