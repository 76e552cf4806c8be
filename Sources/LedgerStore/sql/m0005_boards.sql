-- Boards that are defined, their periods, and the places of accounts on them. Runs once, in one transaction with the
-- other migrations. Cost: two columns without a value, which rewrite nothing; one look at each account, which are held
-- alone meanwhile; three empty tables.
-- A program that does not know boards would leave the places of the accounts it writes as they were, so none may.

-- In which period of which board an account has a place (slot_keys: the board's number in the upper half, the
-- period's in the lower, ascending), and three values of each place: the score, since when, in microseconds since
-- 1970, and how many entries count. Nothing where there is none.
ALTER TABLE accounts
  ADD COLUMN slot_keys bigint[],
  ADD COLUMN slot_values bigint[],
  ADD CONSTRAINT accounts_slots_check CHECK (cardinality(slot_keys) * 3 = cardinality(slot_values));

-- As a batch sends them; the type before it stays for programs that are being replaced.
CREATE TYPE account_state AS (
  place tid, user_id text, point_type_id uuid, balance bigint, held bigint, total_earned bigint, total_spent bigint,
  version bigint, revision bigint, last_transaction_at timestamptz, earned_at timestamptz, updated_at timestamptz,
  slot_keys bigint[], slot_values bigint[]);

-- Everything up to here is closed: the ledger's time is never before it, also where the server's clock is put back.
ALTER TABLE settings ADD COLUMN closed_until timestamptz NOT NULL DEFAULT '-infinity';

CREATE SEQUENCE board_numbers AS integer;
CREATE TABLE boards (
  id uuid PRIMARY KEY,
  -- By which rows of accounts and mirrors name it; never used again.
  number integer NOT NULL UNIQUE DEFAULT nextval('board_numbers') CHECK (number > 0),
  point_type_id uuid NOT NULL REFERENCES point_types (id),
  name text COLLATE "C" NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9_-]{0,63}$' AND name NOT IN ('balance', 'earned')),
  -- Of one of the boards that a board has for each category: which; else empty.
  category text COLLATE "C" NOT NULL DEFAULT '',
  display_name text NOT NULL CHECK (octet_length(display_name) BETWEEN 1 AND 256),
  description text CHECK (octet_length(description) <= 4096),
  metric text NOT NULL CHECK (metric IN ('earned', 'spent', 'net', 'best', 'count')),
  -- Which entries count: those of these categories only, or of all but these; neither means of all.
  only_categories text[],
  except_categories text[],
  counts_rewards boolean NOT NULL,
  period text NOT NULL CHECK (period IN ('all_time', 'daily', 'weekly', 'monthly', 'seasons')),
  -- Of a weekly board: 1 Monday to 7 Sunday.
  first_day integer CHECK (first_day BETWEEN 1 AND 7),
  time_zone text NOT NULL,
  grace_seconds integer NOT NULL CHECK (grace_seconds BETWEEN 0 AND 604800),
  rank_style text NOT NULL CHECK (rank_style IN ('competition', 'dense', 'ordinal')),
  ascending boolean NOT NULL,
  -- Who is listed and ranked.
  min_score bigint,
  min_count bigint CHECK (min_count > 0),
  enabled_only boolean NOT NULL,
  -- It is filled from the ledger before it is read; stopped or removed, it takes nothing.
  state text NOT NULL DEFAULT 'filling' CHECK (state IN ('filling', 'ready', 'stopped', 'removed')),
  -- Up to which user it is filled, while it is.
  filled_until text COLLATE "C" NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (only_categories IS NULL OR except_categories IS NULL),
  CHECK ((period = 'weekly') = (first_day IS NOT NULL))
);
-- A name is free again once its board was removed.
CREATE UNIQUE INDEX boards_by_name ON boards (name, category) WHERE state <> 'removed';
CREATE INDEX boards_by_type ON boards (point_type_id);

-- Laid down ahead of time; from then on the row says when a period begins and ends, whatever becomes of the rules of
-- time zones.
CREATE TABLE periods (
  board_id uuid NOT NULL REFERENCES boards (id),
  -- Ascending with time. Of days, weeks and months it is counted from 1970, of seasons from 1.
  number integer NOT NULL,
  label text COLLATE "C" NOT NULL CHECK (octet_length(label) BETWEEN 1 AND 64),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closing', 'frozen', 'skipped', 'failed')),
  -- Why it failed, or was skipped.
  reason text,
  -- When nothing could count in it any more.
  closed_at timestamptz,
  frozen_at timestamptz,
  snapshot_id uuid,
  PRIMARY KEY (board_id, number),
  UNIQUE (board_id, label),
  CHECK ((state = 'frozen') = (frozen_at IS NOT NULL))
);
CREATE INDEX periods_by_time ON periods (board_id, ends_at);
CREATE INDEX periods_not_closed ON periods (board_id, starts_at) WHERE state IN ('open', 'closing', 'failed');

-- Who was disabled and enabled when: whether somebody was at the end of a period is asked after it.
CREATE TABLE user_standings (
  user_id text COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  since timestamptz NOT NULL,
  enabled boolean NOT NULL,
  PRIMARY KEY (user_id, since)
);

CREATE FUNCTION note_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Later than the one before, and than all that is closed, also where the clock was put back: who was enabled when a
  -- period ended is settled with it.
  INSERT INTO user_standings (user_id, since, enabled)
  SELECT NEW.id,
    greatest(clock_timestamp(), max(s.since) + interval '1 us', (SELECT closed_until FROM settings)), NEW.enabled
  FROM user_standings s WHERE s.user_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER note_standing_of_new AFTER INSERT ON users FOR EACH ROW WHEN (NOT NEW.enabled)
  EXECUTE FUNCTION note_standing();
CREATE TRIGGER note_standing AFTER UPDATE OF enabled ON users FOR EACH ROW WHEN (NEW.enabled <> OLD.enabled)
  EXECUTE FUNCTION note_standing();
-- Since when the disabled were disabled is not known; before there were boards nobody asked.
INSERT INTO user_standings (user_id, since, enabled) SELECT id, created_at, false FROM users WHERE NOT enabled;
