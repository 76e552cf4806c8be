-- Snapshot tables: who had which rank on a board, kept for good. Runs once, in one transaction with the other
-- migrations. Programs that do not know them work on: nothing of theirs changes. Cost: four empty tables.
-- No table is made while the service runs, whatever the size of a snapshot: its role may not, and need not.

CREATE SEQUENCE snapshot_numbers AS integer;
CREATE TABLE snapshots (
  id uuid PRIMARY KEY,
  -- By which entries name it.
  number integer NOT NULL UNIQUE DEFAULT nextval('snapshot_numbers'),
  point_type_id uuid NOT NULL REFERENCES point_types (id),
  -- `balance`, `earned`, or the id of a board that was defined. What it was called then is kept with it.
  board text COLLATE "C" NOT NULL CHECK (board IN ('balance', 'earned') OR board = board::uuid::text),
  board_name text COLLATE "C" NOT NULL,
  category text COLLATE "C" NOT NULL DEFAULT '',
  period_number integer,
  period_label text COLLATE "C",
  purpose text NOT NULL CHECK (purpose IN ('close', 'scheduled', 'demand')),
  source text NOT NULL CHECK (source IN ('ledger', 'live')),
  -- What is taken, so that whoever finds it unfinished can finish it: which slot of the accounts, who is listed, in
  -- which order.
  slot_key bigint,
  min_score bigint,
  min_count bigint,
  enabled_only boolean NOT NULL,
  rank_style text NOT NULL CHECK (rank_style IN ('competition', 'dense', 'ordinal')),
  ascending boolean NOT NULL,
  -- The instant that it shows: the end of a period, by which it is decided who was enabled; else when it was taken.
  as_of timestamptz,
  state text NOT NULL DEFAULT 'building' CHECK (state IN ('building', 'complete', 'failed', 'expired')),
  reason text,
  began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The moment of the ledger, and the last position numbered then.
  taken_at timestamptz,
  position bigint,
  members bigint,
  score_sum numeric,
  digest bytea CHECK (octet_length(digest) = 32),
  -- What came of comparing it with its mirror.
  checked bigint CHECK (checked >= 0),
  drifted bigint CHECK (drifted BETWEEN 0 AND checked),
  repaired bigint CHECK (repaired BETWEEN 0 AND drifted),
  -- From when on it may be removed; for ever if nothing is said. Its row stays, and says when it was.
  keep_until timestamptz,
  removed_at timestamptz,
  CHECK ((period_number IS NULL) = (period_label IS NULL)),
  CHECK (purpose <> 'close' OR (period_number IS NOT NULL AND as_of IS NOT NULL AND source = 'ledger')),
  CHECK (source = 'live' OR (slot_key IS NULL) = (board IN ('balance', 'earned'))),
  CHECK (state NOT IN ('complete', 'expired')
    OR (as_of IS NOT NULL AND taken_at IS NOT NULL AND members IS NOT NULL AND score_sum IS NOT NULL
      AND digest IS NOT NULL)),
  CHECK ((checked IS NULL) = (drifted IS NULL) AND (checked IS NULL) = (repaired IS NULL)),
  CHECK (removed_at IS NULL OR state = 'expired')
);
-- A period is closed once.
CREATE UNIQUE INDEX snapshots_of_closes ON snapshots (board, period_number) WHERE purpose = 'close';
-- A board's snapshots, newest first.
CREATE INDEX snapshots_by_board ON snapshots (point_type_id, board, as_of DESC, number DESC) WHERE state = 'complete';
CREATE INDEX snapshots_to_remove ON snapshots (keep_until)
  WHERE state IN ('complete', 'expired') AND removed_at IS NULL;

-- One row for each who is listed. They come in order of place, so the index is only ever appended to, and lie in that
-- order; nothing here is sorted by user, because a million of them into such an index cost more than all the rest.
CREATE TABLE snapshot_entries (
  score bigint NOT NULL,
  reached_at timestamptz NOT NULL,
  -- How many transactions the account had when it was read. After the end of a period it may go on.
  version bigint NOT NULL,
  snapshot_number integer NOT NULL,
  -- In order, from 1 without a gap; equals have the same rank, but not the same place.
  place integer NOT NULL CHECK (place > 0),
  rank integer NOT NULL CHECK (rank BETWEEN 1 AND place),
  user_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (snapshot_number, place)
);

-- Where to find a user: the users of a snapshot in the order of their ids, 64 on a page, and the place of each. A page
-- is named by its first user.
CREATE TABLE snapshot_users (
  snapshot_number integer NOT NULL,
  first_user text COLLATE "C" NOT NULL,
  users text[] COLLATE "C" NOT NULL,
  places integer[] NOT NULL CHECK (cardinality(places) = cardinality(users)),
  PRIMARY KEY (snapshot_number, first_user)
);

-- What a mirror was read to hold, before it becomes a snapshot. A mirror that moves shows some twice: the newest
-- counts.
CREATE TABLE snapshot_arrivals (
  snapshot_number integer NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  score bigint NOT NULL,
  reached_at timestamptz NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (snapshot_number, user_id)
);

-- What a snapshot comes to, from the entries that are stored. The digest says what the entries say of rank, user, score
-- and when it was reached, and nothing of when or by whom they were stored: SHA-256 of the SHA-256 digests, one behind
-- the other, of each thousand entries in order of place; the bytes of an entry are its rank (4 bytes), score (8), the
-- microseconds from 2000-01-01 00:00 UTC until it was reached (8), the length of the user's id in bytes (4), all big
-- endian, and the id in UTF-8. It leaves out the account's version, which goes on after a period. By thousands, so that
-- no more than one of them is ever held in memory.
CREATE FUNCTION snapshot_contents(snapshot integer, OUT members bigint, OUT score_sum numeric, OUT digest bytea)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(thousand.members), 0)::bigint, coalesce(sum(thousand.score_sum), 0),
    sha256(coalesce(string_agg(thousand.digest, ''::bytea ORDER BY thousand.number), ''::bytea))
  FROM (
    SELECT (e.place - 1) / 1000 AS number, count(*) AS members, sum(e.score) AS score_sum,
      sha256(string_agg(
        int4send(e.rank) || int8send(e.score) || timestamptz_send(e.reached_at)
          || int4send(octet_length(e.user_id)) || convert_to(e.user_id, 'UTF8'),
        ''::bytea ORDER BY e.place)) AS digest
    FROM snapshot_entries e WHERE e.snapshot_number = snapshot GROUP BY 1
  ) AS thousand
$$;

-- Entries are added to snapshots that are being built, and to no others; they are removed from those, and from those
-- whose time is over. A look at whole statements: one at each row would cost more than the row.
CREATE FUNCTION guard_snapshot_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT snapshot_number FROM touched) AS t
    LEFT JOIN snapshots s ON s.number = t.snapshot_number
    WHERE s.state IS DISTINCT FROM 'building' AND (TG_OP = 'INSERT' OR s.state IS DISTINCT FROM 'expired')
  ) THEN
    RAISE EXCEPTION '% on % is refused: the snapshot is complete and is never changed', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER guard_added AFTER INSERT ON snapshot_entries REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION guard_snapshot_entries();
CREATE TRIGGER guard_removed AFTER DELETE ON snapshot_entries REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION guard_snapshot_entries();
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON snapshot_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guard_added AFTER INSERT ON snapshot_users REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION guard_snapshot_entries();
CREATE TRIGGER guard_removed AFTER DELETE ON snapshot_users REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION guard_snapshot_entries();
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON snapshot_users
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a row may become. Building: complete or failed. Failed: building. Complete: expired, once its time is over;
-- before that how long it is kept may change, and what came of comparing it may be told once. Expired: removed.
CREATE FUNCTION guard_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- What may differ between the two.
  changing text[] := ARRAY['state', 'keep_until'];
  is_allowed boolean;
BEGIN
  CASE OLD.state
    WHEN 'building' THEN
      is_allowed := NEW.state IN ('building', 'complete', 'failed');
      changing := changing || ARRAY['reason', 'as_of', 'taken_at', 'position', 'members', 'score_sum', 'digest'];
      is_allowed := is_allowed AND (OLD.as_of IS NULL OR NEW.as_of IS NOT DISTINCT FROM OLD.as_of);
    WHEN 'failed' THEN
      is_allowed := NEW.state IN ('building', 'failed');
      changing := changing || ARRAY['reason'];
    WHEN 'complete' THEN
      is_allowed := NEW.state = 'complete' OR (NEW.state = 'expired' AND OLD.keep_until <= clock_timestamp());
      IF OLD.checked IS NULL THEN changing := changing || ARRAY['checked', 'drifted', 'repaired']; END IF;
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
CREATE TRIGGER guard_changes BEFORE UPDATE ON snapshots FOR EACH ROW EXECUTE FUNCTION guard_snapshot();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON snapshots
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
