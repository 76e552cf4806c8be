-- The ledger: point types, users, accounts and the transactions they are chains of; the requests that were answered,
-- and the batches by which changes are numbered. What SQL can hold, SQL holds: a row that breaks an invariant is
-- refused here, whoever writes it. Runs once, in one transaction with the other migrations. Cost: empty tables.

-- One row: what is true of the whole ledger.
CREATE TABLE settings (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  -- Travels with a dump, so that a mirror of another ledger is never taken for one of this.
  ledger_id uuid NOT NULL DEFAULT gen_random_uuid(),
  -- Rises with every change of a definition (point types, later boards). Writers hold the definitions lock shared and
  -- read this, so nobody settles a batch by definitions that are no longer true.
  generation bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO settings DEFAULT VALUES;

CREATE TABLE point_types (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text COLLATE "C" NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
  display_name text NOT NULL CHECK (octet_length(display_name) BETWEEN 1 AND 256),
  description text CHECK (octet_length(description) <= 4096),
  enabled boolean NOT NULL DEFAULT true,
  -- Bounds of one award or deduction through the API.
  min_amount bigint CHECK (min_amount > 0),
  max_amount bigint CHECK (max_amount > 0),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (min_amount <= max_amount)
);
-- What a caller means who names no type.
INSERT INTO point_types (name, display_name) VALUES ('points', 'Points');

-- Everyone who has an account has a row here, and registered users without one as well.
CREATE TABLE users (
  id text COLLATE "C" PRIMARY KEY CHECK (octet_length(id) BETWEEN 1 AND 128),
  display_name text CHECK (octet_length(display_name) BETWEEN 1 AND 256),
  enabled boolean NOT NULL DEFAULT true,
  metadata json CHECK (octet_length(metadata::text) <= 4096),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 90);

-- The last link of each chain, kept for speed. No index on a column that changes, and room in every page: all updates
-- stay in place (HOT).
CREATE TABLE accounts (
  user_id text COLLATE "C" NOT NULL REFERENCES users (id),
  point_type_id uuid NOT NULL REFERENCES point_types (id),
  balance bigint NOT NULL CHECK (balance >= 0),
  held bigint NOT NULL,
  total_earned bigint NOT NULL CHECK (total_earned >= 0),
  total_spent bigint NOT NULL CHECK (total_spent >= 0),
  -- Counts transactions. 0 only inside the transaction that creates the row.
  version bigint NOT NULL CHECK (version >= 0),
  -- Counts every rewrite of the row; what mirrors compare.
  revision bigint NOT NULL CHECK (revision >= version),
  last_transaction_at timestamptz,
  -- When total_earned was reached; NULL until a credit counted.
  earned_at timestamptz,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, point_type_id),
  CHECK (held BETWEEN 0 AND balance),
  CHECK ((version = 0) = (last_transaction_at IS NULL))
) WITH (fillfactor = 75);
-- For "does this type have accounts"; holds no changing column, so it costs nothing but when an account is created.
CREATE INDEX accounts_by_type ON accounts (point_type_id, user_id);

CREATE TYPE transaction_type AS ENUM ('credit', 'debit');

-- Every change, for ever. Version n+1 of an account begins where version n ended.
CREATE TABLE transactions (
  -- The posting's id with the leg's number in its last two bytes.
  id uuid NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  point_type_id uuid NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  type transaction_type NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  before bigint NOT NULL CHECK (before >= 0),
  after bigint NOT NULL CHECK (after >= 0),
  -- The running totals after it.
  total_earned bigint NOT NULL CHECK (total_earned >= 0),
  total_spent bigint NOT NULL CHECK (total_spent >= 0),
  kind text COLLATE "C" NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_]{0,31}$'),
  category text COLLATE "C",
  reason text CHECK (octet_length(reason) <= 512),
  description text CHECK (octet_length(description) <= 2048),
  -- Who the caller says did it, and who checked it; created_by is who really called.
  actor text CHECK (octet_length(actor) <= 128),
  validator_id text CHECK (octet_length(validator_id) <= 128),
  related_to text CHECK (octet_length(related_to) <= 128),
  tournament_id text CHECK (octet_length(tournament_id) <= 128),
  registration_id text CHECK (octet_length(registration_id) <= 128),
  -- The transaction that this one takes back, wholly or in part.
  reverses uuid,
  metadata json CHECK (octet_length(metadata::text) <= 4096),
  -- The event's own time; created_at is taken under the account's lock and never goes back within an account.
  occurred_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  created_by uuid NOT NULL,
  PRIMARY KEY (id, user_id),
  -- The history, and the proof that no version exists twice.
  UNIQUE (user_id, point_type_id, version),
  CHECK (after = CASE type WHEN 'credit' THEN before + amount ELSE before - amount END),
  CHECK ((kind = 'reversal') = (reverses IS NOT NULL))
);
CREATE INDEX transactions_by_reversed ON transactions (reverses) WHERE reverses IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: its rows are written once and never changed', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transactions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was answered under an idempotency key: one row, accepted or refused, for ever.
CREATE TABLE requests (
  -- The first half of a digest of (service, key).
  digest uuid PRIMARY KEY,
  -- A digest of what was asked, and two bytes for each of its fields, by which a different field can be named.
  fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) BETWEEN 16 AND 128),
  -- What was made of it: a posting ...
  posting_id uuid,
  -- ... or the code of a refusal, and the leg it was about.
  refusal text CHECK (refusal ~ '^[a-z_]+$'),
  refused_leg smallint,
  -- What else was told: of a posting that reverses, how much was left; the figures of a refusal.
  figures bigint[],
  created_at timestamptz NOT NULL,
  CHECK ((posting_id IS NULL) <> (refusal IS NULL))
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON requests
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One row for each database transaction that changed accounts. `position` numbers them without a gap, in an order in
-- which they became visible; a lease holder assigns it.
CREATE SEQUENCE batch_ids AS bigint CACHE 1;
CREATE TABLE batches (
  id bigint PRIMARY KEY,
  -- A second name, for whoever must know that it is still the same ledger at this position.
  uid uuid NOT NULL DEFAULT gen_random_uuid(),
  position bigint UNIQUE CHECK (position > 0),
  -- The accounts changed and the revision each had afterwards.
  user_ids text[] COLLATE "C" NOT NULL,
  point_type_ids uuid[] NOT NULL,
  revisions bigint[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (cardinality(user_ids) = cardinality(point_type_ids) AND cardinality(user_ids) = cardinality(revisions))
) WITH (fillfactor = 90);
CREATE INDEX batches_without_position ON batches (id) WHERE position IS NULL;

-- Who does what only one may do at a time. Time is Postgres's.
CREATE TABLE leases (
  name text COLLATE "C" PRIMARY KEY,
  holder uuid NOT NULL,
  -- Rises with every new holder.
  term bigint NOT NULL,
  expires_at timestamptz NOT NULL
);
